"""What a training wants to keep, gathered until the next save and then stored all at once."""

from __future__ import annotations

import math
import time
from typing import Any

from torch import nn

from engine.config import TrainConfig
from engine.data import epochs
from engine.data.epochs import EpochRow
from engine.errors import Code, EngineError
from engine.events import CheckpointSaved, Confusion
from engine.training import checkpoint, models
from engine.training.checkpoint import Progress, TrainingState
from engine.training.optim import AdamW
from engine.training.store import MetricRow, Saved, Store

SAVE_EVERY = 2.0  # seconds between two saves at the ends of epochs, so that tiny epochs cost no disk
SAVE_WITHIN = 30.0  # seconds after which a long epoch is saved in its middle


class Recorder:
    """Keeps one run in ``store``.

    Figures and a new best model wait for the next save, so that a crash leaves figures, best and last of the
    same moment.
    """

    def __init__(self, store: Store, config: TrainConfig) -> None:
        self.run = store.run
        self._store = store
        self._about = models.describe(config)
        self._config = config
        self._rows: list[MetricRow] = []
        self._best: Saved | None = None
        self._epochs: list[EpochRow] = []
        self._model_bytes = 1  # of one epoch's model, once the first was packed
        self._saved_at = -math.inf

    def take_over(self, weights: bytes) -> None:
        """Keep what ``weights`` say about how far they can be trusted: few own digits hardly change it."""
        _, about = checkpoint.read_weights(weights)
        self._about |= {name: about[name] for name in checkpoint.TRUST if name in about}

    def start_clock(self) -> None:
        """Count the time to the first save inside an epoch from now; the first epoch's end always saves."""
        self._started_at = time.perf_counter()

    def note(self, step: int, epoch: int, **figures: float | None) -> None:
        """Remember figures of one step; None is no figure."""
        for name, value in figures.items():
            if value is not None:
                self._rows.append(MetricRow(step, epoch, name, value))

    def note_best(self, progress: Progress, model: nn.Module) -> None:
        """Remember the model as it is now as the best so far."""
        self._best = Saved(progress.epoch, progress.step, self._weights(model), None)

    def note_epoch(self, progress: Progress, model: nn.Module, confusion: Confusion | None) -> None:
        """Remember the epoch just completed, to look back at; of a long run not every model."""
        weights = None
        if epochs.stays(progress.epoch, epochs.gap(progress.epoch, self._model_bytes)):
            weights = checkpoint.small_weights(model, self._about)
            self._model_bytes = len(weights)
        self._epochs.append(EpochRow(progress.epoch, progress.step, confusion, weights))

    def is_due(self, *, within_epoch: bool = False) -> bool:
        """Return whether it is time for another save."""
        now = time.perf_counter()
        if within_epoch:
            return now - max(self._saved_at, self._started_at) > SAVE_WITHIN
        return now - self._saved_at > SAVE_EVERY

    def save(self, model: nn.Module, optimizer: AdamW, progress: Progress, **updates: Any) -> CheckpointSaved:
        """Store what was remembered and where the training stands; ``updates`` as in ``Store``.

        Raises:
            EngineError: LOSS_NOT_FINITE when the weights are no numbers; nothing is stored then.
        """
        if not checkpoint.all_finite(model):
            raise diverged(self._config, progress.epoch, progress.step)
        weights = self._weights(model)
        state = TrainingState(weights, optimizer.state(), progress).to_bytes()
        figures = {
            "segments": list(progress.segments),
            "best_epoch": progress.best_epoch,
            "val_loss": progress.best_val_loss,
            "val_accuracy": progress.best_val_accuracy,
        }
        last = Saved(progress.epoch, progress.step, weights, state)
        self._store.save_progress(self._rows, last, self._best, figures | updates, self._epochs)
        self._rows, self._best, self._epochs = [], None, []
        self._saved_at = time.perf_counter()
        return CheckpointSaved(self.run, progress.epoch, progress.step)

    def mark(self, state: str, reason: str | None = None) -> None:
        """Store only how the run is doing."""
        self._store.save_progress((), None, None, {"state": state, "reason": reason})

    def _weights(self, model: nn.Module) -> bytes:
        """Return a copy of the model that says what it is."""
        return checkpoint.weights_to_bytes(model, self._about)


def diverged(config: TrainConfig, epoch: int, step: int) -> EngineError:
    """Return the error for a loss that is no number any more."""
    rate = config.learning_rate
    return EngineError(Code.LOSS_NOT_FINITE, epoch=epoch, step=step, learning_rate=rate)
