"""``import``: bring images, folders and data files into a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli import arguments as readers
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.data.document import Document
from engine.data.importers import import_paths
from engine.data.samples import Split
from engine.sentences import counted, sentence_for

NAME = "import"
SUMMARY = ("bring digits into a document", "ドキュメントに数字を読み込む")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``import`` takes."""
    readers.add_document(parser, say)
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help=say(
            "images, folders (a sub-folder's name is the label), IDX, CSV, NPZ, stroke JSON lines",
            "画像、フォルダー(サブフォルダー名がラベル)、IDX、CSV、NPZ、ストローク(JSON Lines)",
        ),
    )
    parser.add_argument(
        "--label", type=readers.label, metavar="D", help=say("label of all of them", "全部に付けるラベル")
    )
    parser.add_argument(
        "--split",
        type=readers.split,
        metavar="S",
        help=say(
            "train, val or test; left out: 80, 10 and 10 %%", "train、val、test。省略時は 80・10・10 %%"
        ),
    )
    parser.add_argument(
        "--group",
        type=readers.name,
        metavar="G",
        help=say(
            "a writer or sheet that stays on one side of the split",
            "書き手や用紙の名前(同じ名前の数字は学習用・検証用・テスト用に分かれない)",
        ),
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Import and say what was added, what was there before and what was rejected, and why.

    2 when all of it was rejected, else 0.
    """
    document = Document.open(arguments.document)
    try:
        before = document.samples.count()
        report = import_paths(
            document,
            arguments.paths,
            label=arguments.label,
            split=Split(arguments.split) if arguments.split else None,
            group=arguments.group,
            on_progress=output.progress,
        )
    except KeyboardInterrupt:
        kept = document.samples.count() - before
        output.note(
            f"Stopped. Digits that were added before and are kept: {kept:,}. Import again for the rest; "
            "what is there already is left out.",
            f"中断しました。それまでに追加した数字 {kept:,} 個は残っています。もう一度読み込むと残りが"
            "追加されます(すでにあるものは重複しません)。",
        )
        raise
    finally:
        document.close()
    rejected = [{"path": item.path, "code": item.code} for item in report.rejected]
    output.json({"added": report.added, "duplicates": report.duplicates, "rejected": rejected})
    output.text(
        f"Added {counted(report.added, 'digit')}; {report.duplicates:,} were there before; "
        f"{len(rejected):,} rejected.",
        f"追加 {report.added:,} 個、重複 {report.duplicates:,} 個、"
        f"読み込めなかったもの {len(rejected):,} 件。",
    )
    for item in report.rejected:
        line = sentence_for(item.code, item.fields, output.language)
        output.note(line, line)
    return 2 if rejected and not report.added and not report.duplicates else 0
