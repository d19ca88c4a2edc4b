"""When pieces side by side are believed to be a number, and not a letter of several strokes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

STRONG = 0.75  # how likely a piece must be one digit to speak for a number …
_SURE = 0.99  # … where it was cut from the only other one
_TOUCH = 1.1  # widths of the pen: two digits hang together by no more; the loops of an ∞ do
_LONG = 1.35  # of the height: so wide are two digits that hang together, if nothing else is there
_SLIM = 0.6  # of its height: two neighbours as narrow that hang together are strokes of a letter
_COVERED = 0.2  # of the height: neighbouring digits lie over each other no farther, side by side …
_LOW = 0.4  # … one stands no lower than the other …
_HIGH = 0.65  # … and reaches no higher
_NARROW = 0.5  # of its height: two neighbours as narrow are ones, or strokes of a letter as い and リ have …
_SHORT = 0.7  # … where one is that much shorter
_LOWER = 0.57  # of the other's height: neighbouring digits are no lower, as the rings of a % are
_SPLAYED = 0.75  # to the side for each step down: digits of one hand lean apart no farther, as ハ does

Fields = NDArray[np.float64]


def is_number(boxes: Fields, leans: Fields, shares: NDArray[np.floating], inks: Fields | None = None) -> bool:
    """Say whether pieces side by side are a written number.

    Two must both look like digits and stand like digits of one line. Of more, most must: so a number that
    is still being written, or has one digit that nobody can read, stays a number. If all hang together,
    every piece must: a letter as M has strokes that alone would be a 1.

    Args:
        boxes: (n, 4) left, top, right and bottom of each piece, from left to right; n ≥ 2.
        leans: (n,) how each leans, as ``lean`` says it.
        shares: (n,) how likely each piece is one digit, 0 … 1.
        inks: (n - 1,) how much ink was cut between neighbours, 1 is the width of the pen; 0 where none was.
    """
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    if height <= 0:  # dashes, or dots
        return False
    fits = [
        _stand_together(left / height, right / height) and second - first <= _SPLAYED
        for (left, right), (first, second) in zip(pairwise(boxes), pairwise(leans), strict=True)
    ]
    beside = np.array([*fits, False]) | np.array([False, *fits])
    good = beside & (shares >= STRONG)
    if inks is not None and (inks > 0).all():
        return bool(good.all()) and _may_hang_together(boxes, shares, inks)
    return bool(good.all()) if len(boxes) == 2 else 2 * int(good.sum()) > len(boxes)


def _may_hang_together(boxes: Fields, shares: NDArray[np.floating], inks: Fields) -> bool:
    """Say whether pieces that were all cut from one drawing may be the digits of a number."""
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    is_slim = widths < _SLIM * heights
    if (is_slim[1:] & is_slim[:-1]).any():
        return False
    is_long = np.ptp(boxes[:, [0, 2]]) >= _LONG * np.ptp(boxes[:, [1, 3]])
    return bool(is_long) and (len(boxes) > 2 or bool((shares >= _SURE).all() and inks[0] <= _TOUCH))


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
        and heights.min() >= _LOWER * heights.max()
        and not (is_narrow and heights.min() < _SHORT * heights.max())
    )
