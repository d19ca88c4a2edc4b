"""``check``: verify a document's integrity."""

from __future__ import annotations

import argparse

from engine.cli.arguments import Say, add_document
from engine.cli.output import Output
from engine.data.document import Document
from engine.errors import Code, EngineError
from engine.sentences import counted, sentence

NAME = "check"
SUMMARY = ("verify a document's integrity", "ドキュメントが壊れていないか調べる")
_TOO_DAMAGED = (Code.DOCUMENT_DAMAGED, Code.DOCUMENT_TRUNCATED, Code.DOCUMENT_FOREIGN, Code.FILE_EMPTY)


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``check`` takes."""
    add_document(parser, say)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print what was found; 0 when all is well, else 2."""
    try:
        document = Document.open(arguments.document, for_reading=True)
    except EngineError as error:
        if error.code in _TOO_DAMAGED:  # to be opened at all: a finding too
            found = {"code": error.code.value, "detail": sentence(error, output.language)}
            output.json({"ok": False, "samples": None, "runs": None, "problems": [found]})
        raise
    try:
        problems = document.check()
        samples, runs = document.samples.count(), len(document.runs.list())
        left_out = [document.runs.why_unreadable(run) for run in document.runs.unreadable()]
    finally:
        document.close()
    output.json(
        {
            "ok": not problems,
            "samples": samples,
            "runs": runs,
            "problems": [{"code": problem.code, "detail": problem.detail} for problem in problems],
        }
    )
    for reason in left_out:
        if reason is not None and reason.code is Code.NETWORK_UNKNOWN:
            output.error(reason)
    if not problems:
        output.text(
            f"{arguments.document} is sound: {counted(samples, 'digit')}, {counted(runs, 'run')}.",
            f"{arguments.document} に問題はありません(数字 {samples:,} 個、実行 {runs:,} 件)。",
        )
        return 0
    for problem in problems:
        output.text(f"{problem.code}: {problem.detail}", f"{problem.code}: {problem.detail}")
    output.note(
        f"{arguments.document} has {counted(len(problems), 'problem')}. "
        "Keep a copy of it, then open a backup or import the digits again.",
        f"{arguments.document} に問題が {len(problems)} 件あります。"
        "コピーを残してから、バックアップを開くか、数字を読み込み直してください。",
    )
    return 2
