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
    from engine.data.samples import Samples

CLASSES = 10


@dataclass(frozen=True, slots=True, eq=False)
class TrainingDigits:
    """What a model has learned from, or for the shipped one digits of the same kind.

    Attributes:
        images: (N, 28, 28) uint8.
        labels: (N,) 0 … 9, as they were when the run began.
        is_starter: they are the starter digits, not a run's own.
        shown: (N,) how often an epoch shows each, on average; None where all come equally often.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    is_starter: bool
    shown: NDArray[np.float64] | None = None

    @property
    def has_rehearsed(self) -> bool:
        """Whether a lesson rehearsed starter digits, and they are among them."""
        return self.shown is not None

    def averages(self) -> list[NDArray[np.uint8] | None]:
        """Return the average digit (28, 28) of each class as it was shown; None where there is none of it."""
        return [self._average(np.flatnonzero(self.labels == label)) for label in range(CLASSES)]

    def _average(self, places: NDArray[np.intp]) -> NDArray[np.uint8] | None:
        if not len(places):
            return None
        shown = self.shown[places] if self.shown is not None else None
        if shown is None:
            mean = self.images[places].mean(axis=0, dtype=np.float64)
        else:
            mean = np.tensordot(shown / shown.sum(), self.images[places], axes=1)
        average: NDArray[np.uint8] = np.rint(mean).astype(np.uint8)
        return average


def training_digits(document: Document, run: int | None) -> TrainingDigits:
    """Return the labelled digits that ``run`` learned from; for the shipped model the starter digits.

    The shipped model learned from many more digits than it could bring along; the starter digits are a
    part of the same collection. A lesson learned from few own digits and from the starter digits that it
    rehearsed: of those it drew some for each epoch, so all that it drew from are here.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    if run is None:
        images, labels = starter.load()
        return TrainingDigits(images, labels.astype(np.int8), is_starter=True)
    members = document.runs.members(run, Split.TRAIN)
    rehearse = document.runs.get(run).config.rehearse
    if rehearse:
        return _with_rehearsed(members, rehearse)
    labelled = members.labels >= 0
    if labelled.all():  # no second copy of them all
        return TrainingDigits(members.images, members.labels, is_starter=False)
    return TrainingDigits(members.images[labelled], members.labels[labelled], is_starter=False)


def _with_rehearsed(members: Samples, rehearse: int) -> TrainingDigits:
    """Return a lesson's own digits, each once however often an epoch shows it, and what it rehearsed."""
    labelled = members.labels >= 0
    ids, images, labels = members.ids[labelled], members.images[labelled], members.labels[labelled]
    _, first, times = np.unique(ids, return_index=True, return_counts=True)
    others, other_labels = starter.load_rehearsed()
    return TrainingDigits(
        np.concatenate([images[first], others]),
        np.concatenate([labels[first], other_labels.astype(np.int8)]),
        is_starter=False,
        shown=np.concatenate([times, np.full(len(others), rehearse / len(others))]),
    )
