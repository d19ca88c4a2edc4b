"""``runs``: list a document's runs."""

from __future__ import annotations

import argparse

from engine.cli.arguments import Say, add_document
from engine.cli.output import Output
from engine.data.document import Document

NAME = "runs"
SUMMARY = ("list a document's runs", "ドキュメントの実行を一覧する")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``runs`` takes."""
    add_document(parser, say)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print a line a run, oldest first."""
    document = Document.open(arguments.document)
    try:
        records, damaged = document.runs.list(), document.runs.unreadable()
    finally:
        document.close()
    for record in records:
        output.json(
            {
                "run": record.id,
                "name": record.name,
                "config": record.config.to_dict(),
                "state": record.state,
                "reason": record.reason,
                "best_epoch": record.best_epoch,
                "val_loss": record.val_loss,
                "val_accuracy": record.val_accuracy,
                "val_images": record.val_images,
                "created": record.created,
                "facts": record.facts,
            }
        )
        score = "–" if record.val_accuracy is None else f"{record.val_accuracy:.2%}"
        settings = f"{record.config.model}, {record.config.epochs} × {record.config.batch_size}"
        line = f"{record.id:>4}  {score:>8}  {record.state:<9} {settings:<18} {record.name}"
        output.text(line, line)
    for number in damaged:
        output.note(
            f"Run {number} is damaged and was left out; the others are whole.",
            f"実行 {number} は壊れているため省きました。ほかの実行は無事です。",
        )
    if not records:
        output.text("No runs yet.", "実行はまだありません。")
    return 0
