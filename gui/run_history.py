"""Stored runs as the Train page shows them: their curves, their outcome, what they can go on with."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject

from engine.errors import Code
from engine.events import EpochCompleted, RunFinished, RunStarted
from engine.training.plan import EpochPlan
from gui.widgets.curve_series import NAN, FloatArray, RunSeries
from gui.widgets.train_buttons import Continuable
from gui.widgets.training_log import epoch_line, run_line

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.data.runs import RunRecord

Steps = NDArray[np.int64]

UNFINISHED = ("running", "paused", "stopped")
REASONS = {"stopped": "stopped", "paused": "stopped", "running": "stopped"}


class RunHistory:
    """The runs of a document, each one's curves read once.

    Args:
        document: returns the document that is open now.
    """

    def __init__(self, document: Callable[[], Document]) -> None:
        self._document = document
        self._series: dict[int, RunSeries] = {}

    def records(self) -> list[RunRecord]:
        """Return all runs, oldest first."""
        return self._document().runs.list()

    def series(self, run: int) -> RunSeries:
        """Return the curves of a run, from memory or from the document."""
        if run not in self._series:
            document = self._document()
            self._series[run] = series_of(document, document.runs.get(run))
        return self._series[run]

    def keep(self, series: RunSeries) -> None:
        """Remember the curves of a run that is trained now."""
        self._series[series.run] = series

    def clear(self) -> None:
        """Forget all: another document is open."""
        self._series.clear()


def series_of(document: Document, record: RunRecord) -> RunSeries:
    """Return the curves of a stored run. Batch accuracies are not stored; they stay nan."""
    plan = plan_of(record)
    series = RunSeries(record.id, plan.images, best_epoch=record.best_epoch or 0)
    seconds_at = document.runs.metrics(record.id, "seconds")
    steps, _, losses = document.runs.metrics(record.id, "loss")
    times = _times(seconds_at, steps)
    for step, second, loss in zip(steps, times, losses, strict=True):
        series.steps.append(step, plan.images_seen(int(step)), second, loss, NAN)
    steps, epochs, losses = document.runs.metrics(record.id, "train_loss")
    times = _times(seconds_at, steps)
    others = {
        name: _by_step(document, record.id, name)
        for name in ("val_loss", "train_accuracy", "val_accuracy", "ms_per_step")
    }
    for step, epoch, second, loss in zip(steps, epochs, times, losses, strict=True):
        at = int(step)
        val_loss, train_accuracy, val_accuracy, pace = (others[name].get(at, NAN) for name in others)
        row = (epoch, step, plan.images_seen(at), second, loss, val_loss, train_accuracy, val_accuracy, pace)
        series.epochs.append(*(float(value) for value in row))
    return series


def plan_of(record: RunRecord) -> EpochPlan:
    """Return the arithmetic of a stored run, with its extensions."""
    epochs = sum(record.facts.get("segments", [record.config.epochs]))
    return EpochPlan(max(1, int(record.facts.get("n_train", 1))), record.config.batch_size, epochs)


def started_of(record: RunRecord) -> RunStarted:
    """Return how the run began."""
    plan = plan_of(record)
    return RunStarted(
        run=record.id,
        config=record.config,
        device=str(record.facts.get("spoken_device", record.facts.get("device", ""))),
        parameters=int(record.facts.get("parameters", 0)),
        train_images=plan.images,
        val_images=int(record.facts.get("n_val", 0)),
        steps_per_epoch=plan.steps_per_epoch,
        total_epochs=plan.epochs,
        total_steps=plan.total_steps,
    )


def finished_of(record: RunRecord, series: RunSeries) -> RunFinished:
    """Return where the run stands, as if it had ended there."""
    rows = series.epochs
    done = len(rows) > 0
    return RunFinished(
        run=record.id,
        reason=REASONS.get(record.state, record.reason or "completed"),
        epoch=int(rows.column("epoch")[-1]) if done else 0,
        step=int(rows.column("step")[-1]) if done else 0,
        seconds=float(rows.column("seconds")[-1]) if done else NAN,
        best_epoch=record.best_epoch or 0,
        val_loss=record.val_loss,
        val_accuracy=record.val_accuracy,
        val_images=record.val_images or 0,
        train_accuracy=float(rows.column("train_accuracy")[-1]) if done else None,
    )


def log_of(record: RunRecord, series: RunSeries) -> list[str]:
    """Return the lines that the training of a stored run printed."""
    plan, rows = plan_of(record), series.epochs
    lines = [run_line(started_of(record))]
    before = 0.0
    for row in zip(*(rows.column(name).tolist() for name in rows.columns), strict=True):
        event = _epoch_of(record, dict(zip(rows.columns, row, strict=True)))
        planned = _planned_at(record, event.epoch)
        lines.append(epoch_line(event, planned, plan.steps_per_epoch, event.seconds - before))
        before = event.seconds
    return lines


def _epoch_of(record: RunRecord, row: dict[str, float]) -> EpochCompleted:
    """Return one row of the curves as what the training said then."""
    return EpochCompleted(
        run=record.id,
        epoch=int(row["epoch"]),
        step=int(row["step"]),
        images_seen=int(row["images"]),
        seconds=0.0 if math.isnan(row["seconds"]) else row["seconds"],
        train_loss=row["train_loss"],
        train_accuracy=row["train_accuracy"],
        val_loss=None if math.isnan(row["val_loss"]) else row["val_loss"],
        val_accuracy=None if math.isnan(row["val_accuracy"]) else row["val_accuracy"],
        val_images=record.val_images or 0,
        confusion=None,
        is_best=int(row["epoch"]) == record.best_epoch,
        ms_per_step=row["ms_per_step"],
        learning_rate=NAN,
    )


def _planned_at(record: RunRecord, epoch: int) -> int:
    """Return how many epochs were planned when ``epoch`` was trained: extensions came later."""
    total = 0
    for number, length in enumerate(record.facts.get("segments", [record.config.epochs])):
        total += int(length)
        if epoch <= total:  # early stopping has shortened the plan afterwards
            return record.config.epochs if number == 0 else total
    return max(total, epoch)


def continuable(document: Document) -> Continuable | None:
    """Return the last run, if it can go on."""
    record = document.runs.last()
    if record is None or (record.state == "failed" and record.reason == Code.LOSS_NOT_FINITE):
        return None  # its saved numbers lead there again; a full disk, for one, can be mended
    saved = document.runs.load_checkpoint(record.id, "last")
    if saved is None or saved.training_state is None:
        return None
    return Continuable(record.id, saved.epoch, record.state not in (*UNFINISHED, "failed"))


class RunWords(QObject):
    """What is said of a run; lupdate finds the plural form of a text only in a ``tr``."""

    def epochs(self, count: int) -> str:
        """Return a number of epochs in words."""
        return self.tr("%Ln epoch(s)", "", count)


def described(record: RunRecord) -> str:
    """Return what tells a run from others in a word or two, for lists."""
    parts = [record.config.model.upper(), RunWords().epochs(plan_of(record).epochs)]
    if record.val_accuracy is not None:
        parts.append(QLocale().toString(100 * record.val_accuracy, "f", 1) + " %")
    return ", ".join(parts)


def _by_step(document: Document, run: int, name: str) -> dict[int, float]:
    steps, _, values = document.runs.metrics(run, name)
    return {int(step): float(value) for step, value in zip(steps, values, strict=True)}


def _times(known: tuple[Steps, Steps, FloatArray], steps: Steps) -> FloatArray:
    """Return the seconds at ``steps``, straight between the epochs' ends; nan where none are stored."""
    at, _, seconds = known
    wanted = steps.astype(np.float64)
    if not len(at):
        return np.full(len(wanted), NAN)
    return np.interp(wanted, np.concatenate([[0.0], at]), np.concatenate([[0.0], seconds]))
