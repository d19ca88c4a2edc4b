"""Closing and opening of a picture: what is thinner than a square is filled with its surroundings.

A straight edge, sharp or soft and at any angle, comes back as it was: a square fits on either side of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.uint8]


def close(tone: Levels, side: int) -> Levels:
    """Return the picture without anything dark that is thinner than ``side`` pixels.

    The picture goes on beyond its border as it ends there.

    Args:
        tone: (H, W) uint8.
        side: pixels of the square.
    """
    reach = side // 2 + 1
    pad = 2 * reach  # a strip along the border is wide then
    closed = _lowest(highest(np.pad(tone, pad, mode="edge"), reach), reach)
    return closed[pad:-pad, pad:-pad]


def open_up(tone: Levels, side: int) -> Levels:
    """Return the picture without anything light that is thinner than ``side`` pixels; see ``close``."""
    return np.invert(close(np.invert(tone), side))


def shrink(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Return the mask without what lies within ``reach`` pixels of its edge; the picture's border is none.

    Args:
        mask: (H, W) bool.
        reach: pixels along each axis.
    """
    padded = np.pad(mask, reach, mode="edge").astype(np.uint8)
    return _lowest(padded, reach)[reach:-reach, reach:-reach].astype(np.bool_)


def highest(tone: Levels, reach: int) -> Levels:
    """Return the highest level within ``reach`` pixels along each axis, by doubling the stretch looked at."""
    for axis in (0, 1):
        page = tone if axis == 0 else np.ascontiguousarray(tone.T)
        length, width = len(page), 2 * reach + 1
        # beyond the border lies nothing; after each turn best[i] holds page[i : i + seen]
        best = np.zeros((length + 2 * reach, page.shape[1]), np.uint8)
        best[reach:-reach] = page
        seen = 1
        while seen < width:
            step = min(seen, width - seen)
            best = np.maximum(best[:-step], best[step:])
            seen += step
        tone = best if axis == 0 else np.ascontiguousarray(best.T)
    return tone


def _lowest(tone: Levels, reach: int) -> Levels:
    return np.invert(highest(np.invert(tone), reach))
