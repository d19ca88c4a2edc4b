"""A run as it was at the end of each of its epochs: figures, and what the model answered then."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.events import Confusion
from engine.inference.predictor import Predictor, load_epoch

if TYPE_CHECKING:
    from engine.data.document import Document


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of one epoch whose model is kept.

    Attributes:
        epoch, step: its number, and the last step of it.
        train_loss, train_accuracy, val_loss, val_accuracy: its figures; None where there are none.
        confusion: 10 rows (true digit) of 10 counts (answer) on the val split; None without one.
    """

    epoch: int
    step: int
    train_loss: float | None
    train_accuracy: float | None
    val_loss: float | None
    val_accuracy: float | None
    confusion: Confusion | None


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The kept epochs of one run, first first.

    Attributes:
        run: its number.
        best_epoch: 0 before there is one.
        done: epochs that the run has done; more than ``moments`` where it was long.
        moments, predictors: the epochs and their models, in the same order.
    """

    run: int
    best_epoch: int
    done: int
    moments: tuple[Moment, ...]
    predictors: tuple[Predictor, ...]

    def answers(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return (E, N, 10) probabilities of each epoch's model for (N, 28, 28) uint8 canonical digits."""
        answers = np.empty((len(self.predictors), len(images), 10), np.float32)
        for place, predictor in enumerate(self.predictors):
            answers[place] = predictor.probabilities(images)
        return answers


def load_past(
    document: Document, run: int, progress: Callable[[int, int], bool] = lambda _done, _total: True
) -> Past:
    """Return the kept epochs of a run; none for a run that has no whole epoch, or is of an older format.

    Args:
        document: belongs to the calling thread.
        run: its number.
        progress: told (models loaded, of all); where it returns False, the rest is left out.

    Raises:
        EngineError: RUN_MISSING, CHECKPOINT_DAMAGED, DOCUMENT_DAMAGED.
    """
    record = document.runs.get(run)
    figures = {
        name: _by_epoch(document, run, name)
        for name in ("train_loss", "train_accuracy", "val_loss", "val_accuracy")
    }
    rows = document.epochs.list(run)
    kept = [row for row in rows if row.has_model or row.epoch == record.best_epoch]
    moments: list[Moment] = []
    predictors: list[Predictor] = []
    for row in kept:
        if not progress(len(moments), len(kept)):
            break
        values = {name: _known(by_epoch.get(row.epoch)) for name, by_epoch in figures.items()}
        moments.append(Moment(row.epoch, row.step, confusion=row.confusion, **values))
        predictors.append(load_epoch(document, run, row.epoch))
    return Past(run, record.best_epoch or 0, len(rows), tuple(moments), tuple(predictors))


def _by_epoch(document: Document, run: int, name: str) -> dict[int, float]:
    _, epochs, values = document.runs.metrics(run, name)
    return dict(zip(epochs.tolist(), values.tolist(), strict=True))


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value
