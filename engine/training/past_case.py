"""A stored run as the doctor saw it when its training ended; no PyTorch."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.data.document import Document
from engine.data.runs import RunRecord
from engine.errors import Code
from engine.events import Confusion, EpochCompleted, RunFailed, RunFinished
from engine.training.history import Points, epoch_points
from engine.training.illness import Case, DataFacts


def case_of(document: Document, run: int, facts: DataFacts) -> Case:
    """Return what there is to examine of a stored run, finished or not.

    Args:
        document: has the run.
        run: its number.
        facts: of the digits it learnt from.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
    """
    record = document.runs.get(run)
    epochs = completed_epochs(document, record)
    if record.state == "failed":
        where = len(epochs) + 1
        return Case(
            record.config, epochs, facts, RunFailed(run, record.reason or Code.INTERNAL, {"epoch": where})
        )
    last = epochs[-1] if epochs else None
    ending = RunFinished(
        run=run,
        reason=record.reason or "stopped",
        epoch=last.epoch if last else 0,
        step=last.step if last else 0,
        seconds=last.seconds if last else 0.0,
        best_epoch=record.best_epoch or 0,
        val_loss=record.val_loss,
        val_accuracy=record.val_accuracy,
        val_images=record.val_images or 0,
        train_accuracy=last.train_accuracy if last else None,
    )
    return Case(record.config, epochs, facts, ending)


def completed_epochs(document: Document, record: RunRecord) -> list[EpochCompleted]:
    """Return the epochs of a stored run as its training told them, first first."""
    points = epoch_points(document.runs, record)
    tables = {kept.epoch: kept.confusion for kept in document.epochs.list(record.id)}
    return [_epoch(record, points, row, tables) for row in range(len(points))]


def _epoch(
    record: RunRecord, points: Points, row: int, tables: Mapping[int, Confusion | None]
) -> EpochCompleted:
    number = int(points.epoch[row])
    figures = {name: float(values[row]) for name, values in points.values.items()}
    seconds = float(points.seconds[row])
    return EpochCompleted(
        run=record.id,
        epoch=number,
        step=int(points.step[row]),
        images_seen=int(points.images[row]),
        seconds=seconds if math.isfinite(seconds) else 0.0,
        train_loss=figures["train_loss"],
        train_accuracy=figures["train_accuracy"],
        val_loss=_known(figures["val_loss"]),
        val_accuracy=_known(figures["val_accuracy"]),
        val_images=record.val_images or 0,
        confusion=tables.get(number),
        is_best=number == record.best_epoch,
        ms_per_step=figures["ms_per_step"],
        learning_rate=figures["learning_rate"],
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
