"""Runs as tables: a line a run, or a line a point of their curves; UTF-8 with a mark, as Excel wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine.data.runs import RunRecord, RunTable
from engine.export.tables import table
from engine.training.comparison import settings_of
from engine.training.history import EPOCH_FIGURES, Points, epoch_points, step_points
from engine.training.interval import wilson

_PLACES = ("epoch", "step", "images", "seconds")
CURVE_COLUMNS = ("run", "name", "point", *_PLACES, "loss", *EPOCH_FIGURES)
_RESULTS = (
    "best_epoch",
    "val_loss",
    "val_accuracy",
    "val_images",
    "interval_low",
    "interval_high",
    "seconds",
)


def runs_table(runs: RunTable, records: Iterable[RunRecord]) -> bytes:
    """Return a line a run: result with its 95 % interval, every setting and fact, note."""
    lines: list[dict[str, Any]] = []
    for record in records:
        line: dict[str, Any] = {"run": record.id, "name": record.name, "state": record.state}
        line |= {"reason": record.reason, "best_epoch": record.best_epoch, "val_loss": record.val_loss}
        line |= {"val_accuracy": record.val_accuracy, "val_images": record.val_images}
        if record.val_accuracy is not None and record.val_images:
            correct = round(record.val_accuracy * record.val_images)
            line["interval_low"], line["interval_high"] = wilson(correct, record.val_images)
        line["seconds"] = runs.last_value(record.id, "seconds")
        settings = settings_of(record)
        if settings["hidden"] is not None:
            settings["hidden"] = " ".join(str(units) for units in settings["hidden"])
        lines.append(line | settings | {"created": record.created, "note": record.note})
    columns = ["run", "name", "state", "reason", *_RESULTS]
    columns += list(dict.fromkeys(name for line in lines for name in line if name not in columns))
    return table(columns, [[line.get(name) for name in columns] for line in lines])


def curves_table(runs: RunTable, records: Iterable[RunRecord]) -> bytes:
    """Return a line for every point of the runs' curves, steps before the epochs they belong to.

    ``loss`` is one batch's, the other figures are an epoch's; accuracies are 0 … 1.
    """
    lines: list[Sequence[Any]] = []
    for record in records:
        points = {"step": step_points(runs, record), "epoch": epoch_points(runs, record)}
        found = [line for kind, some in points.items() for line in _lines(record, kind, some)]
        found.sort(key=lambda line: (line[4], line[2] == "epoch"))
        lines += found
    return table(CURVE_COLUMNS, lines)


def _lines(record: RunRecord, kind: str, points: Points) -> list[list[Any]]:
    whole = {"step", "images"} | ({"epoch"} if kind == "epoch" else set())
    columns: list[list[Any]] = []
    for name in _PLACES:
        values = getattr(points, name).tolist()
        columns.append([int(value) for value in values] if name in whole else values)
    nothing = [None] * len(points)
    for name in ("loss", *EPOCH_FIGURES):
        columns.append(points.values[name].tolist() if name in points.values else nothing)
    return [[record.id, record.name, kind, *row] for row in zip(*columns, strict=True)]
