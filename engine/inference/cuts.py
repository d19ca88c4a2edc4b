"""Where digits that touch in a picture may be cut apart: ways from top to bottom that cross little ink.

Neighbours touch at a spot and lie over each other beside it, so a straight column goes through both where
a way that gives room crosses the width of one pen. Such a way is looked for around every place, with little
and with much room to the sides: with much, it may leave the ink altogether before it finds the spot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_GRID = 60  # rows in which a piece is looked at
_ROOMS = (0.1, 0.2, 0.3)  # of the height: how far a way leaves its middle, to each side
_STEP = 0.05  # of the height, from one way's middle to the next
_SPACING = 0.12  # of the height: what lies between two cuts is no narrower
_UPRIGHT = 0.5  # of the height: what lies on either side of a cut is no lower
_SLANT = 0.03  # of a pixel of ink: what a step aside costs
_AWAY = 0.001  # … and a row whose pixel is a pixel from the middle, all rows together
_MOST_INK = 1.6  # widths of the pen: neighbours hang together by no more
_MOST = 12  # cuts of one piece
_ROUND = 0.8  # of the edges between pixels: how long the outline is that they draw

Mask = NDArray[np.bool_]
Fields = NDArray[np.float64]
Columns = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A way from the top of a piece to its bottom.

    Attributes:
        columns: (H,) the first column to the right of it, in each row.
        ink: how much ink it crosses, 1 is the width of the pen.
    """

    columns: Columns
    ink: float


def cuts_of(mask: Mask) -> list[Cut]:
    """Return where one piece of ink (H, W) may be two digits, from left to right."""
    block = max(1, round(len(mask) / _GRID))
    ink = _shrunk(mask, block)
    pen = max(_pen(mask) / block, 1.0)
    found = [_ways(ink, max(1, round(room * len(ink)))) for room in _ROOMS]
    ways, crossed = (np.concatenate(parts) for parts in zip(*found, strict=True))
    middles = _crossings(ink, ways)
    chosen: list[int] = []
    for way in np.argsort(crossed, kind="stable").tolist():
        if crossed[way] > _MOST_INK * pen or len(chosen) == _MOST:
            break
        is_new = all(abs(middles[way] - middles[other]) >= _SPACING * len(ink) for other in chosen)
        if is_new and _stand_on_both_sides(ink > 0, ways[way]):
            chosen.append(way)
    rows = np.arange(len(mask)) // block
    return [
        Cut(np.clip(ways[way][rows] * block, 0, mask.shape[1]), float(crossed[way] / pen))
        for way in sorted(chosen, key=lambda way: float(middles[way]))
    ]


def _ways(ink: Fields, room: int) -> tuple[Columns, Fields]:
    """Return the columns (K, H) of the easiest way around each place, and how much ink it crosses (K,).

    Dynamic programming over the rows, for all places at once; a step down goes aside by a column at most.
    """
    height, width = ink.shape
    middles = np.arange(0, width, max(1, round(_STEP * height)))
    aside = np.arange(-room, room + 1)
    page = np.pad(ink, ((0, 0), (room, room)))[:, middles[:, None] + aside + room]  # (H, K, A)
    away = _AWAY / height * np.abs(aside)
    value = page[0] + away
    came = np.zeros(page.shape, np.intp)
    for row in range(1, height):
        before = np.pad(value, ((0, 0), (1, 1)), constant_values=np.inf)
        tried = np.stack([before[:, 1:-1], before[:, :-2] + _SLANT, before[:, 2:] + _SLANT])
        came[row] = np.array([0, -1, 1])[tried.argmin(axis=0)]
        value = tried.min(axis=0) + page[row] + away
    every = np.arange(len(middles))
    at = value.argmin(axis=1)
    ways = np.empty((len(middles), height), np.intp)
    crossed = np.zeros(len(middles))
    for row in range(height - 1, -1, -1):
        ways[:, row] = middles + aside[at]
        crossed += page[row, every, at]
        at = at + came[row, every, at]
    return ways, crossed


def _crossings(ink: Fields, ways: Columns) -> Fields:
    """Return the column (K,) around which each way crosses ink; its own middle where it crosses none."""
    height, width = ink.shape
    weight = ink[np.arange(height), np.clip(ways, 0, width - 1)] + 1e-3
    middles: Fields = (weight * ways).sum(axis=1) / weight.sum(axis=1)
    return middles


def _stand_on_both_sides(ink: Mask, way: Columns) -> bool:
    """Say whether what lies on either side of a way (H,) is high enough for a digit."""
    is_left = np.arange(ink.shape[1]) < way[:, None]
    for side in (ink & is_left, ink & ~is_left):
        rows = np.flatnonzero(side.any(axis=1))
        if not len(rows) or rows[-1] + 1 - rows[0] < _UPRIGHT * len(ink):
            return False
    return True


def _pen(mask: Mask) -> float:
    """Return about how wide the pen is: what a line of half the outline's length needs for as much ink."""
    page = np.pad(mask, 1)
    outline = np.count_nonzero(page[1:] != page[:-1]) + np.count_nonzero(page[:, 1:] != page[:, :-1])
    return 2 * float(np.count_nonzero(mask)) / max(_ROUND * outline, 1.0)


def _shrunk(mask: Mask, block: int) -> Fields:
    """Return the share of ink of each block."""
    height, width = mask.shape
    padded = np.pad(mask, ((0, -height % block), (0, -width % block))).astype(np.float64)
    shares: Fields = padded.reshape(-(-height // block), block, -1, block).mean(axis=(1, 3))
    return shares
