"""What a run's curves are made of: the points of its events, and their exact place on every axis."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.events import EpochCompleted, StepCompleted

EPOCH, STEP, IMAGES, SECONDS = AXES = ("epoch", "step", "images", "seconds")

FloatArray = NDArray[np.float64]

STEP_COLUMNS = ("step", "images", "seconds", "loss", "accuracy")
EPOCH_COLUMNS = (
    "epoch",
    "step",
    "images",
    "seconds",
    "train_loss",
    "val_loss",
    "train_accuracy",
    "val_accuracy",
    "ms_per_step",
)
RATE_COLUMNS = ("step", "images", "learning_rate")
NAN = float("nan")


class Table:
    """Rows of float64 that grow at the end; a column is a view, never a copy.

    Args:
        columns: the names of the columns, in the order in which ``append`` takes them.
    """

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self._rows = 0
        self._data: FloatArray = np.empty((len(columns), 64))

    def __len__(self) -> int:
        return self._rows

    def append(self, *values: float) -> None:
        """Add one row."""
        if self._rows == self._data.shape[1]:
            larger: FloatArray = np.empty((len(self.columns), 2 * self._rows))
            larger[:, : self._rows] = self._data
            self._data = larger
        self._data[:, self._rows] = values
        self._rows += 1

    def extend(self, *columns: FloatArray) -> None:
        """Add many rows, given column by column, (N,) each."""
        count = len(columns[0])
        if self._rows + count > self._data.shape[1]:
            larger: FloatArray = np.empty((len(self.columns), 2 * (self._rows + count)))
            larger[:, : self._rows] = self._data[:, : self._rows]
            self._data = larger
        self._data[:, self._rows : self._rows + count] = columns
        self._rows += count

    def column(self, name: str) -> FloatArray:
        """Return the values of one column, float64 (rows,)."""
        return self._data[self.columns.index(name), : self._rows]

    def keep_until(self, step: int) -> None:
        """Drop the rows after global step ``step``; rows are in the order of their steps."""
        self._rows = int(np.searchsorted(self.column("step"), step, side="right"))


@dataclass(slots=True, eq=False)
class RunSeries:
    """The points of one run.

    Attributes:
        run: number of the run.
        images: training images of an epoch; with the images seen it gives the exact place on the epoch axis.
        planned: epochs that are planned in all; the end of the x axis while the run lives.
        total_steps: steps that are planned in all.
        best_epoch: epoch of the lowest validation loss, 0 before the first.
        stopped_early: early stopping ended the run at its last epoch.
        rates: the corners of the learning rate's schedule: steps done, images shown then, rate.
        steps: a row for each StepCompleted, columns STEP_COLUMNS, accuracies 0 … 1.
        epochs: a row for each EpochCompleted, columns EPOCH_COLUMNS; nan where there is no val split.
    """

    run: int
    images: int
    planned: int = 0
    total_steps: int = 0
    best_epoch: int = 0
    stopped_early: bool = False
    rates: Table = field(default_factory=lambda: Table(RATE_COLUMNS))
    steps: Table = field(default_factory=lambda: Table(STEP_COLUMNS))
    epochs: Table = field(default_factory=lambda: Table(EPOCH_COLUMNS))

    def add(self, event: object) -> None:
        """Take the point of a StepCompleted or an EpochCompleted; other events hold none."""
        if isinstance(event, StepCompleted):
            self.steps.append(event.step, event.images_seen, event.seconds, event.loss, event.accuracy)
        elif isinstance(event, EpochCompleted):
            self.add_epoch(event)

    def add_epoch(self, event: EpochCompleted) -> None:
        """Take the point of a finished epoch."""
        self.epochs.append(
            event.epoch,
            event.step,
            event.images_seen,
            event.seconds,
            event.train_loss,
            NAN if event.val_loss is None else event.val_loss,
            event.train_accuracy,
            NAN if event.val_accuracy is None else event.val_accuracy,
            event.ms_per_step,
        )
        if event.is_best:
            self.best_epoch = event.epoch

    def keep_until(self, step: int) -> None:
        """Drop what came after global step ``step``: a run goes on from its last saved state."""
        self.steps.keep_until(step)
        self.epochs.keep_until(step)

    def step_x(self, axis: str) -> FloatArray:
        """Return where the step points lie on ``axis``, one of AXES."""
        return self._x(self.steps, axis)

    def epoch_x(self, axis: str) -> FloatArray:
        """Return where the epoch points lie on ``axis``, one of AXES."""
        return self.epochs.column("epoch") if axis == EPOCH else self._x(self.epochs, axis)

    def nearest(self, x: float, axis: str) -> int:
        """Return the row of the epoch that lies nearest to ``x`` on ``axis``; there must be one."""
        return int(np.argmin(np.abs(self.epoch_x(axis) - x)))

    def rate_line(self, axis: str) -> tuple[FloatArray, FloatArray]:
        """Return the corners of the learning rate's line: where they lie on ``axis``, and the rates.

        By seconds only what was trained has a place.
        """
        rates = self.rates.column("learning_rate")
        if axis != SECONDS:
            return self._x(self.rates, axis), rates
        table = self.steps if len(self.steps) else self.epochs
        steps, seconds = table.column("step"), table.column("seconds")
        if not len(steps) or not len(rates) or not np.isfinite(seconds).all():
            return np.empty(0), np.empty(0)
        at = self.rates.column("step")
        inside = np.append(at[at < steps[-1]], steps[-1])
        places = np.interp(inside, np.append(0.0, steps), np.append(0.0, seconds))
        return places, np.interp(inside, at, rates)

    def end_x(self, axis: str) -> float:
        """Return where the planned end lies on ``axis``; for seconds, where the run is now."""
        if axis == SECONDS:
            ends = [table.column("seconds")[-1] for table in (self.steps, self.epochs) if len(table)]
            return max(ends, default=0.0)
        planned = {EPOCH: self.planned, STEP: self.total_steps, IMAGES: self.planned * self.images}
        reached = self.epoch_x(axis)[-1] if len(self.epochs) else 0.0
        return max(float(planned[axis]), float(reached))

    def _x(self, table: Table, axis: str) -> FloatArray:
        if axis == EPOCH:  # one epoch = every training image shown once
            return table.column("images") / max(self.images, 1)
        return table.column(axis)
