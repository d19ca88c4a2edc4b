"""The training digits that a model sees as most like a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.inference.explain import last_hidden
from engine.inference.training_digits import TrainingDigits

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor

COUNT = 8  # neighbours that are shown
ROOM = 96 << 20  # bytes of all digits' features; of more digits a part is looked at
CHUNK = 500  # digits between two words of progress

Progress = Callable[[int, int], bool]  # (done, total) -> False when it should end


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
