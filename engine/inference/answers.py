"""Many things read at once, and how many of them rightly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.reading import Item
from engine.training.interval import wilson

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction


class Reader(Protocol):
    """What answers: a ``Predictor``."""

    def predict(self, images: NDArray[np.uint8]) -> list[Prediction]:
        """Return one answer for each of (N, 28, 28) digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An item and what was read; ``prediction`` is None where there was nothing to read."""

    item: Item
    prediction: Prediction | None

    @property
    def is_right(self) -> bool | None:
        """Whether the most probable digit is the known one; None without an answer or a label."""
        if self.prediction is None or self.item.label is None:
            return None
        return self.prediction.label == self.item.label

    @property
    def is_unsure(self) -> bool:
        """Whether the model answered, but was not sure."""
        return self.prediction is not None and not self.prediction.is_digit


@dataclass(frozen=True, slots=True)
class Summary:
    """What all answers came to.

    Attributes:
        items: how many there are.
        unsure: answers that the model was not sure of; they count in the accuracy all the same.
        unreadable: files that could not be read, and pictures without ink.
        right, known: right answers, of those whose label is known.
    """

    items: int
    unsure: int
    unreadable: int
    right: int
    known: int

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 … 1; 0 where no label is known."""
        return self.right / max(1, self.known)

    def interval(self) -> tuple[float, float]:
        """Return its 95 % Wilson interval."""
        return wilson(self.right, self.known)

    def plus(self, more: Summary) -> Summary:
        """Return both together."""
        return Summary(
            self.items + more.items,
            self.unsure + more.unsure,
            self.unreadable + more.unreadable,
            self.right + more.right,
            self.known + more.known,
        )


def answers(reader: Reader, chunk: Sequence[Item], threshold: float | None = None) -> list[Answer]:
    """Read the items together, in their order.

    Args:
        reader: the model.
        chunk: what is to be read.
        threshold: the trust from which an answer is given; None leaves that to the model.
    """
    readable = [item.prepared.digit for item in chunk if item.prepared is not None and item.has_ink]
    found = reader.predict(np.stack(readable)) if readable else []
    predictions = iter(found if threshold is None else [answer.judged(threshold) for answer in found])
    return [Answer(item, next(predictions) if item.has_ink else None) for item in chunk]


def summary(found: Iterable[Answer]) -> Summary:
    """Count."""
    every = list(found)
    verdicts = [answer.is_right for answer in every]
    return Summary(
        len(every),
        sum(answer.is_unsure for answer in every),
        sum(answer.prediction is None for answer in every),
        sum(verdict is True for verdict in verdicts),
        sum(verdict is not None for verdict in verdicts),
    )
