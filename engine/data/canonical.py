"""From the ink of a picture to the canonical digit: MNIST's frame and MNIST's stroke width."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.data.placing import BOX, MARGIN, SIDE, put_mass_in_middle
from engine.data.strokes import PEN_WIDTH

_GRID = 80
"""Pixels of the ink's long side where its width is changed: four for each pixel of the result."""
_FINE = _GRID // BOX
_THRESHOLD = 0.4  # ink strength from which a pixel is ink; below a half, so that 1-pixel lines hold together
_RIDGE = 0.6  # the distance field's slope below which a pixel is on the middle line of a stroke
_LEAST_WIDTH = 0.8  # of the pen's width: how thin the thinnest part of a stroke may become
_MOST_SCALE = 3.0  # a dot is not blown up beyond this
_FADE = 2.0  # grid pixels over which ink fades

Field = NDArray[np.float32]


def make_canonical(strength: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Make the 28×28 digit of an ink strength cropped to its box.

    The strokes are thickened or thinned to MNIST's width: by moving their outline, and by keeping a thin line
    along their middle, so that no part is lost. Scaling makes the result, not the source, fill the 20×20 box.

    Args:
        strength: (H, W) float32, 0 is ground and 1 is ink.
    """
    mask = _on_grid(strength)
    long_side = max(mask.shape)
    pad = 16
    mask = np.pad(mask, pad)
    inside = distance(~mask, reach=_GRID // 3)  # of ink pixels to the ground
    middle = _middle_line(mask, inside)
    width = _stroke_width(inside, middle)
    pen = PEN_WIDTH * _FINE
    scale = min((_GRID - pen) / max(long_side - width, 1.0), _MOST_SCALE)
    wanted = pen / scale
    grow = (wanted - width) / 2
    outside = distance(mask, reach=pad)
    outline = np.where(mask, 0.5 - inside, outside - 0.5) - np.float32(grow)
    line = distance(middle, reach=pad) - np.float32(wanted / 2 * _LEAST_WIDTH)
    ink = np.clip(0.5 - np.minimum(outline, line) / np.float32(_FADE), 0, 1)
    return put_mass_in_middle(_fit(ink, scale, dot=(_GRID - pen) / max(long_side - width, 1.0) > _MOST_SCALE))


def distance(mask: NDArray[np.bool_], reach: int) -> Field:
    """Return each pixel's distance to the nearest True pixel, or ``reach + 1`` where that is farther.

    Exact Euclidean distance in two passes: along rows, then the best of the rows within reach.

    Args:
        mask: (H, W) bool.
        reach: pixels.
    """
    height, width = mask.shape
    far = np.float32(reach + 1)
    columns = np.arange(width, dtype=np.float32)
    left = np.maximum.accumulate(np.where(mask, columns, -1e6), axis=1)
    right = np.minimum.accumulate(np.where(mask, columns, 1e6)[:, ::-1], axis=1)[:, ::-1]
    across = np.minimum(np.minimum(columns - left, right - columns), far).astype(np.float32) ** 2
    best = across.copy()
    for step in range(1, min(reach, height - 1) + 1):
        square = np.float32(step * step)
        np.minimum(best[step:], across[:-step] + square, out=best[step:])
        np.minimum(best[:-step], across[step:] + square, out=best[:-step])
    return np.minimum(np.sqrt(best), far)


def _on_grid(strength: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Bring the long side to ``_GRID`` pixels and decide for each whether it is ink."""
    height, width = strength.shape
    shrink = max(height, width) // _GRID
    if shrink >= 2:  # the strongest of each block: the mean would lose a line of one pixel
        padded = np.pad(strength, ((0, -height % shrink), (0, -width % shrink)))
        rows = reduce(np.maximum, (padded[offset::shrink] for offset in range(shrink)))
        strength = reduce(np.maximum, (rows[:, offset::shrink] for offset in range(shrink)))
        height, width = strength.shape
    scale = _GRID / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    tone = Image.fromarray((strength * 255).astype(np.uint8))
    grid = np.asarray(tone.resize(size, Image.Resampling.BICUBIC))
    mask = grid >= 255 * _THRESHOLD
    return mask if mask.any() else grid >= grid.max()


def _middle_line(mask: NDArray[np.bool_], inside: Field) -> NDArray[np.bool_]:
    """Return the pixels on the strokes' middle: there the distance to the ground has no slope."""
    padded = np.pad(inside, 1)
    down = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2
    across = (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2
    middle = mask & (down * down + across * across < _RIDGE**2)
    return middle if middle.any() else mask


def _stroke_width(inside: Field, middle: NDArray[np.bool_]) -> float:
    """Return the typical width in grid pixels: twice the middle line's distance to the ground."""
    return max(1.0, 2 * float(np.median(inside[middle])) - 0.75)


def _fit(ink: Field, scale: float, dot: bool) -> NDArray[np.uint8]:
    """Resample the ink to its box of 20 pixels and lay it into the middle of 28×28."""
    rows = np.flatnonzero((ink > 0.25).any(axis=1))
    columns = np.flatnonzero((ink > 0.25).any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    unit = _FINE / scale if dot else max(bottom - top, right - left) / BOX
    high, wide = (
        min(BOX, math.ceil((stop - start) / unit - 1e-6)) for start, stop in ((top, bottom), (left, right))
    )
    middle_y, middle_x = (top + bottom) / 2, (left + right) / 2
    # the box is widened to whole pixels of the result, which keeps the aspect exact
    tall, broad = high * unit, wide * unit
    room = math.ceil(unit) + 1
    canvas = Image.fromarray(np.pad((ink * 255 + 0.5).astype(np.uint8), room))
    x, y = middle_x - broad / 2 + room, middle_y - tall / 2 + room
    small = canvas.resize((wide, high), Image.Resampling.HAMMING, box=(x, y, x + broad, y + tall))
    digit = np.zeros((SIDE, SIDE), np.uint8)
    up, over = MARGIN + (BOX - high) // 2, MARGIN + (BOX - wide) // 2
    digit[up : up + high, over : over + wide] = np.asarray(small)
    return digit
