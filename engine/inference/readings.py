"""What a model answers for the digits of a document, kept apart from their labels.

An answer depends on model and pixels alone: it stays true while labels are put right, digits moved or
deleted. Nothing here imports PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.events import Confusion
from engine.training import calibration

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor

CHUNK = 1000  # images at a time
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Answers of one model.

    Attributes:
        ids: (N,) rising.
        probabilities: (N, 10) float32, calibrated as the model says.
        answers: (N,) int8: the digit that is read.
    """

    ids: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    answers: NDArray[np.int8]

    @classmethod
    def none(cls) -> Readings:
        """Return the readings of no digit."""
        return cls(np.empty(0, np.int64), np.empty((0, 10), np.float32), np.empty(0, np.int8))

    def __len__(self) -> int:
        return len(self.ids)

    def has(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say of each id (M,) whether it was read."""
        return np.isin(ids, self.ids)

    def of(self, ids: NDArray[np.int64]) -> Readings:
        """Return the readings of ids (M,), rising, all of which were read."""
        rows = np.searchsorted(self.ids, ids)
        return Readings(ids, self.probabilities[rows], self.answers[rows])

    def joined(self, other: Readings) -> Readings:
        """Return these and others; no id is in both."""
        ids = np.concatenate([self.ids, other.ids])
        order = np.argsort(ids)
        return Readings(
            ids[order],
            np.concatenate([self.probabilities, other.probabilities])[order],
            np.concatenate([self.answers, other.answers])[order],
        )


def read(
    predictor: Predictor,
    ids: NDArray[np.int64],
    images: NDArray[np.uint8],
    progress: Progress = lambda _done, _total: True,
) -> Readings:
    """Read digits.

    Args:
        predictor: the model.
        ids: (N,) rising.
        images: (N, 28, 28) white ink on black.
        progress: told (read, of all) between chunks; where it returns False the rest is left out.
    """
    logits = [np.empty((0, 10), np.float32)]
    done = 0
    while done < len(ids) and progress(done, len(ids)):
        logits.append(predictor.logits(images[done : done + CHUNK]))
        done = min(done + CHUNK, len(ids))
    answers = np.concatenate(logits)
    probabilities = calibration.probabilities(answers, predictor.temperature).astype(np.float32)
    return Readings(ids[:done], probabilities, answers.argmax(axis=1).astype(np.int8))


def confusion_of(labels: NDArray[np.int8], answers: NDArray[np.int8]) -> Confusion:
    """Return 10 rows (label) of 10 counts (answer) for labels (N,) 0 … 9 and answers (N,)."""
    table = np.bincount(labels.astype(np.int64) * 10 + answers, minlength=100).reshape(10, 10)
    return tuple(tuple(row) for row in table.tolist())


def surest_first(readings: Readings) -> NDArray[np.intp]:
    """Return the order (N,) in which the surest answers come first, of equals the newest digit."""
    sure = readings.probabilities.max(axis=1) if len(readings) else np.empty(0)
    return np.lexsort((-readings.ids, -sure))


def suspicion(probabilities: NDArray[np.float32], labels: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return how much more another digit is believed than the label, -1 … 1, of each digit.

    The normalized margin of Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in
    Dataset Labels" (2021), arXiv:1911.00068, with its sign turned: above 0 another digit is likelier.

    Args:
        probabilities: (N, 10), of a model that has not learned from these labels.
        labels: (N,) 0 … 9.
    """
    others = probabilities.copy()
    rows = np.arange(len(labels))
    own = others[rows, labels].copy()
    others[rows, labels] = -1.0
    margin: NDArray[np.float32] = others.max(axis=1, initial=-1.0) - own
    return margin
