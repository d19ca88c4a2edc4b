"""``runs``: list a document's runs, and write them as other programs read them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli.arguments import Say, add_document
from engine.cli.output import Output
from engine.data.document import Document
from engine.data.run_lock import is_held
from engine.data.runs import RunRecord, RunTable
from engine.errors import Code
from engine.export import curves_csv, tensorboard
from engine.export.saving import save

NAME = "runs"
STATES_JA = {
    "running": "学習中",
    "paused": "一時停止",
    "stopped": "停止",
    "finished": "完了",
    "failed": "失敗",
}
SUMMARY = ("list a document's runs", "ドキュメントの実行を一覧する")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``runs`` takes."""
    add_document(parser, say)
    parser.add_argument(
        "--csv",
        type=Path,
        metavar="PATH",
        help=say("also write a table with a line a run", "実行を 1 行ずつの表(CSV)にも書き出す"),
    )
    parser.add_argument(
        "--curves-csv",
        type=Path,
        metavar="PATH",
        help=say("also write every point of the curves", "曲線のすべての点を CSV にも書き出す"),
    )
    parser.add_argument(
        "--tensorboard",
        type=Path,
        metavar="FOLDER",
        help=say("also write TensorBoard event files", "TensorBoard のイベントファイルにも書き出す"),
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print a line a run, oldest first."""
    document = Document.open(arguments.document, for_reading=True)
    try:
        records = document.runs.list()
        left_out = {number: document.runs.why_unreadable(number) for number in document.runs.unreadable()}
        # nobody trains it: its process was killed; in JSON it keeps the state that is stored
        cut_off = {
            record.id
            for record in records
            if record.state == "running" and not is_held(arguments.document, record.id)
        }
        _export(arguments, document.runs, records, output)
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
        english, japanese = record.state, STATES_JA[record.state]
        if record.id in cut_off:
            english, japanese = "cut off", "中断"
        settings = f"{record.config.model}, {record.config.epochs} × {record.config.batch_size}"
        head, tail = f"{record.id:>4}  {score:>8}  ", f" {settings:<18} {record.name}"
        wide = 9 - len(japanese)  # each of these characters takes two columns
        output.text(f"{head}{english:<9}{tail}", f"{head}{japanese:<{wide}}{tail}")
    for number, error in left_out.items():
        if error is not None and error.code is Code.NETWORK_UNKNOWN:
            output.error(error)
            continue
        output.note(
            f"Run {number} is damaged and was left out; the others are whole.",
            f"実行 {number} は壊れているため省きました。ほかの実行は無事です。",
        )
    if not records:
        output.text("No runs yet.", "実行はまだありません。")
    return 0


def _export(
    arguments: argparse.Namespace, runs: RunTable, records: Sequence[RunRecord], output: Output
) -> None:
    """Write the files that were asked for."""
    if arguments.csv:
        save(arguments.csv, curves_csv.runs_table(runs, records))
        output.note(f"Written: {arguments.csv}", f"書き出しました: {arguments.csv}")
    if arguments.curves_csv:
        save(arguments.curves_csv, curves_csv.curves_table(runs, records))
        output.note(f"Written: {arguments.curves_csv}", f"書き出しました: {arguments.curves_csv}")
    if arguments.tensorboard:
        tensorboard.export(runs, records, arguments.tensorboard, output.progress)
        output.note(f"Written: {arguments.tensorboard}", f"書き出しました: {arguments.tensorboard}")
