"""The digits that a model has learned from: their average, and those most like a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data import starter
from engine.data.splits import Split
from engine.inference.explain import last_hidden

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.inference.predictor import Predictor

COUNT = 8  # neighbours that are shown
ROOM = 96 << 20  # bytes of all digits' features; of more digits a part is looked at
CHUNK = 500  # digits between two words of progress
CLASSES = 10

Progress = Callable[[int, int], bool]  # (done, total) -> False when it should end


@dataclass(frozen=True, slots=True, eq=False)
class TrainingDigits:
    """What a model has learned from, or for the shipped one digits of the same kind.

    Attributes:
        images: (N, 28, 28) uint8.
        labels: (N,) 0 … 9, as they were when the run began.
        is_starter: they are the starter digits, not a run's own.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    is_starter: bool

    def averages(self) -> list[NDArray[np.uint8] | None]:
        """Return the average digit (28, 28) of each class; None where there is none of it."""
        means: list[NDArray[np.uint8] | None] = []
        for label in range(CLASSES):
            own = self.labels == label
            mean = np.rint(self.images[own].mean(axis=0, dtype=np.float64)) if own.any() else None
            means.append(None if mean is None else mean.astype(np.uint8))
        return means


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The digits most like one, the nearest first.

    Attributes:
        images: (K, 28, 28) uint8, K ≤ COUNT.
        labels: (K,) 0 … 9.
        distances: (K,) Euclidean, in the last hidden layer.
        looked_at, digits: how many training digits were compared, of how many.
        is_starter: they are the starter digits, not a run's own.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    distances: NDArray[np.float32]
    looked_at: int
    digits: int
    is_starter: bool


def training_digits(document: Document, run: int | None) -> TrainingDigits:
    """Return the labelled digits that ``run`` learned from; for the shipped model the starter digits.

    The shipped model learned from many more digits than it could bring along; the starter digits are a
    part of the same collection.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    if run is None:
        images, labels = starter.load()
        return TrainingDigits(images, labels.astype(np.int8), is_starter=True)
    members = document.runs.members(run, Split.TRAIN)
    labelled = members.labels >= 0
    if labelled.all():  # no second copy of them all
        return TrainingDigits(members.images, members.labels, is_starter=False)
    return TrainingDigits(members.images[labelled], members.labels[labelled], is_starter=False)


class Neighbours:
    """Finds the training digits that a model sees as most like a new one.

    Two digits are as far apart as what the last hidden layer makes of them: by pixels a digit that is
    slanted a little differently would be far away. Of more digits than have room in ROOM bytes, every n-th
    is looked at.

    Args:
        predictor: whose last hidden layer it is.
        digits: where to look.
        progress: told (digits done, of all); where it returns False, the rest is left out.
    """

    def __init__(
        self,
        predictor: Predictor,
        digits: TrainingDigits,
        progress: Progress = lambda _done, _total: True,
    ) -> None:
        self._predictor = predictor
        self._digits = digits
        width = last_hidden(predictor, np.zeros((1, 28, 28), np.uint8)).shape[1]
        most = max(CHUNK, ROOM // (4 * width))
        every = -(-len(digits.labels) // most) or 1
        self._chosen = np.arange(0, len(digits.labels), every)
        self._features = np.zeros((len(self._chosen), width), np.float32)
        done = 0
        while done < len(self._chosen) and progress(done, len(self._chosen)):
            part = self._chosen[done : done + CHUNK]
            self._features[done : done + len(part)] = last_hidden(predictor, digits.images[part])
            done += len(part)
        self._chosen, self._features = self._chosen[:done], self._features[:done]
        self._squares = np.einsum("nd,nd->n", self._features, self._features)

    def nearest(self, digit: NDArray[np.uint8], count: int = COUNT) -> Nearest:
        """Return the ``count`` digits nearest to (28, 28) uint8 ``digit``; fewer where there are fewer."""
        asked = last_hidden(self._predictor, digit[None])[0]
        squares = self._squares - 2 * (self._features @ asked) + asked @ asked
        count = min(count, len(squares))
        near = np.argpartition(squares, count - 1)[:count] if count else np.empty(0, np.intp)
        near = near[np.argsort(squares[near], kind="stable")]
        found = self._chosen[near]
        return Nearest(
            images=self._digits.images[found],
            labels=self._digits.labels[found],
            distances=np.sqrt(np.maximum(squares[near], 0)),
            looked_at=len(self._chosen),
            digits=len(self._digits.labels),
            is_starter=self._digits.is_starter,
        )
