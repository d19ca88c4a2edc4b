"""The digits that a model has learned from, and the average of each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data import starter
from engine.data.splits import Split

if TYPE_CHECKING:
    from engine.data.document import Document

CLASSES = 10


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
