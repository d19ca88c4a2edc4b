"""``new``: make a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.data import starter
from engine.data.document import Document
from engine.sentences import counted

NAME = "new"
SUMMARY = ("make a document", "ドキュメントを新しく作る")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``new`` takes."""
    parser.add_argument(
        "document", metavar="DOC", type=Path, help=say("the .dojo file to make", "作る .dojo ファイル")
    )
    parser.add_argument(
        "--starter",
        action="store_true",
        help=say("put the 10,000 starter digits in", "付属の数字 10,000 個を入れる"),
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Make the document and say how many digits it holds; one that was not filled is removed again."""
    document = Document.create(arguments.document)
    try:
        try:
            if arguments.starter:
                starter.add_to(document)
            samples = document.samples.count()
        finally:
            document.close()
    except BaseException:  # Ctrl+C too
        arguments.document.unlink(missing_ok=True)
        raise
    output.json({"document": str(arguments.document), "samples": samples})
    output.text(
        f"Made {arguments.document} with {counted(samples, 'digit')}.",
        f"{arguments.document} を作りました(数字 {samples:,} 個)。",
    )
    return 0
