"""When pieces side by side are believed to be a number, and not a letter of several strokes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

STRONG = 0.75  # how likely a piece must be one digit to speak for a number
_COVERED = 0.2  # of the height: neighbouring digits lie over each other no farther, side by side …
_LOW = 0.4  # … one stands no lower than the other …
_HIGH = 0.65  # … and reaches no higher
_NARROW = 0.5  # of its height: two neighbours as narrow are ones, or strokes of a letter as い and リ have …
_SHORT = 0.7  # … where one is that much shorter
_SPLAYED = 0.75  # to the side for each step down: digits of one hand lean apart no farther, as ハ does

Fields = NDArray[np.float64]


def is_number(boxes: Fields, leans: Fields, shares: NDArray[np.floating]) -> bool:
    """Say whether pieces side by side are a written number.

    Two must both look like digits and stand like digits of one line. Of more, most must: so a number that
    is still being written, or has one digit that nobody can read, stays a number.

    Args:
        boxes: (n, 4) left, top, right and bottom of each piece, from left to right; n ≥ 2.
        leans: (n,) how each leans, as ``lean`` says it.
        shares: (n,) how likely each piece is one digit, 0 … 1.
    """
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    fits = [
        _stand_together(left / height, right / height) and second - first <= _SPLAYED
        for (left, right), (first, second) in zip(pairwise(boxes), pairwise(leans), strict=True)
    ]
    beside = np.array([*fits, False]) | np.array([False, *fits])
    good = int((beside & (shares >= STRONG)).sum())
    return good == len(boxes) if len(boxes) == 2 else 2 * good > len(boxes)


def lean(digit: NDArray[np.uint8]) -> float:
    """Return how far the ink of a picture (H, W) goes to the right for each pixel down; 0 without ink."""
    ink = digit.astype(np.float64)
    mass = ink.sum(axis=1)
    if not mass.any():
        return 0.0
    down = np.arange(len(ink)) - mass @ np.arange(len(ink)) / mass.sum()
    spread = float(mass @ down**2)
    return float(down @ (ink @ np.arange(ink.shape[1]))) / spread if spread else 0.0


def _stand_together(left: Fields, right: Fields) -> bool:
    """Say whether two neighbours stand like digits of one line; 1 is the height of the line."""
    widths, heights = (np.array([box[side + 2] - box[side] for box in (left, right)]) for side in (0, 1))
    is_narrow = (widths < _NARROW * heights).all()
    return bool(
        left[2] - right[0] <= _COVERED
        and abs(left[3] - right[3]) <= _LOW
        and abs(left[1] - right[1]) <= _HIGH
        and not (is_narrow and heights.min() < _SHORT * heights.max())
    )
