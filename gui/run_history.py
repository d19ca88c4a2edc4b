"""Stored runs as the Train page shows them: their curves, their outcome, what they can go on with."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLocale, QObject

from engine.errors import Code, EngineError
from engine.events import EpochCompleted, RunFinished, RunStarted
from engine.training.history import epoch_points, images_at, plan_of, schedule_of, step_points
from engine.training.plan import EpochPlan
from gui.widgets.curve_series import EPOCH_COLUMNS, NAN, RunSeries
from gui.widgets.train_buttons import Continuable
from gui.widgets.training_log import epoch_line, run_line

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.data.runs import RunRecord

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

    def plan_rates(self, event: RunStarted, series: RunSeries) -> None:
        """Give the curves of a run that begins or goes on the learning rates it is going to have."""
        plan_rates(self._document(), event, series)

    def clear(self) -> None:
        """Forget all: another document is open."""
        self._series.clear()


def series_of(document: Document, record: RunRecord) -> RunSeries:
    """Return the curves of a stored run. Batch accuracies are not stored; they stay nan."""
    series = epochs_of(document, record)
    add_steps(document, record, series)
    return series


def epochs_of(document: Document, record: RunRecord) -> RunSeries:
    """Return the curves of a stored run by epoch, without its single steps."""
    plan = plan_of(record)
    series = RunSeries(record.id, plan.images, best_epoch=record.best_epoch or 0)
    series.stopped_early = record.state == "finished" and record.reason == "early_stop"
    points = epoch_points(document.runs, record)
    figures = [points.values[name] for name in EPOCH_COLUMNS[4:]]
    series.epochs.extend(points.epoch, points.step, points.images, points.seconds, *figures)
    steps, rates = schedule_of(record, points)
    series.rates.extend(steps, images_at(plan, steps), rates)
    return series


def add_steps(document: Document, record: RunRecord, series: RunSeries) -> None:
    """Give the curves of a stored run its single steps."""
    points = step_points(document.runs, record)
    unknown = np.full(len(points), NAN)
    series.steps.extend(points.step, points.images, points.seconds, points.values["loss"], unknown)


def plan_rates(document: Document, event: RunStarted, series: RunSeries) -> None:
    """Give the curves of a run that begins or goes on the learning rates it is going to have."""
    plan = EpochPlan(event.train_images, event.config.batch_size, event.total_epochs)
    try:
        record = document.runs.get(event.run)
    except EngineError:  # it is told of in a moment, by the training itself
        steps, rates = np.empty(0), np.empty(0)
    else:
        segments = [int(length) for length in record.facts.get("segments", [record.config.epochs])]
        added = event.total_epochs - sum(segments)  # an extension is noted with its first save
        facts = {**record.facts, "segments": segments + [added] * (added > 0)}
        going_on = replace(record, facts=facts, reason=None)
        steps, rates = schedule_of(going_on, epoch_points(document.runs, record))
    series.rates.keep_until(-1)
    series.rates.extend(steps, images_at(plan, steps), rates)


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
    last_steps = [int(table.column("step")[-1]) for table in (rows, series.steps) if len(table)]
    return RunFinished(
        run=record.id,
        reason=REASONS.get(record.state, record.reason or "completed"),
        epoch=int(rows.column("epoch")[-1]) if done else 0,
        step=max(last_steps, default=0),  # within an epoch, where the run was stopped there
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
