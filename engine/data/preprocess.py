"""The only code that makes canonical digits: 28×28, white ink on black, in MNIST's frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.strokes import Strokes, render


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A canonical digit and where it was found.

    Attributes:
        digit: (28, 28) uint8, white ink on black; all zeros when blank.
        is_blank: nothing was there.
        inverted: the source was dark ink on a light ground.
        box: (left, top, right, bottom) of the ink in source pixels (or units of the strokes), the last two
            exclusive; None when blank.
    """

    digit: NDArray[np.uint8]
    is_blank: bool
    inverted: bool
    box: tuple[int, int, int, int] | None


def from_strokes(strokes: Strokes) -> Prepared:
    """Make the canonical digit from pen strokes; see ``engine.data.strokes.render``. Never raises."""
    digit = render(strokes)
    if not digit.any():
        return Prepared(digit, is_blank=True, inverted=False, box=None)
    return Prepared(digit, is_blank=False, inverted=False, box=_extent(strokes))


def _extent(strokes: Strokes) -> tuple[int, int, int, int]:
    points = np.concatenate([np.asarray(stroke, np.float64)[:, :2] for stroke in strokes if len(stroke)])
    points = points[np.isfinite(points).all(axis=1)]
    left, top = np.floor(points.min(axis=0))
    right, bottom = np.floor(points.max(axis=0))
    return int(left), int(top), int(right) + 1, int(bottom) + 1
