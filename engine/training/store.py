"""Where a training leaves its figures and checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from engine.data.epochs import EpochRow
from engine.training.checkpoint import TrainingState


class MetricRow(NamedTuple):
    """One figure: ``step`` and ``epoch`` it belongs to, name, value."""

    step: int
    epoch: int
    name: str
    value: float


class Saved(NamedTuple):
    """A model at the end of ``step``; ``state`` (see TrainingState) only where training can go on."""

    epoch: int
    step: int
    weights: bytes
    state: bytes | None


class Store(Protocol):
    """Keeps one run. ``run`` is its number."""

    @property
    def run(self) -> int:
        """The run's number."""

    def save_progress(
        self,
        metrics: Sequence[MetricRow],
        last: Saved | None,
        best: Saved | None,
        updates: dict[str, Any],
        epochs: Sequence[EpochRow] = (),
    ) -> None:
        """Keep all of it or nothing: figures, the checkpoints that are given, what is new of the run, epochs.

        ``updates``: state, reason, segments (epochs planned and added), best_epoch, val_loss, val_accuracy,
        val_images, or some of them.
        """


class MemoryStore:
    """Keeps a run in memory: for tests, benchmarks and scripts.

    Attributes:
        metrics, last, best: what was saved; the last of each kind.
        columns: the run's columns (state, best_epoch, …).
        epochs: by their number.
        saves: how often something was saved.
    """

    def __init__(self, run: int = 1) -> None:
        self.run = run
        self.metrics: list[MetricRow] = []
        self.last: Saved | None = None
        self.best: Saved | None = None
        self.columns: dict[str, Any] = {}
        self.epochs: dict[int, EpochRow] = {}
        self.saves = 0

    def save_progress(
        self,
        metrics: Sequence[MetricRow],
        last: Saved | None,
        best: Saved | None,
        updates: dict[str, Any],
        epochs: Sequence[EpochRow] = (),
    ) -> None:
        """Keep it."""
        self.metrics.extend(metrics)
        self.last = last or self.last
        self.best = best or self.best
        self.columns.update(updates)
        self.epochs.update((row.epoch, row) for row in epochs)
        self.saves += 1

    def state(self) -> TrainingState:
        """Return the state to resume from; ValueError before the first save."""
        if self.last is None or self.last.state is None:
            raise ValueError("nothing was saved")
        return TrainingState.from_bytes(self.last.weights, self.last.state)

    def values(self, name: str) -> list[float]:
        """Return the values of one figure, in order."""
        return [row.value for row in self.metrics if row.name == name]
