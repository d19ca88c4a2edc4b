"""Pictures of digits for the tests of preprocessing, drawn at any size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Outline = list[list[tuple[float, float]]]

_ROUND = np.linspace(0, 2 * np.pi, 40)
# strokes in a unit square, y down
SHAPES: dict[int, Outline] = {
    0: [[(0.5 + 0.35 * float(np.sin(a)), 0.5 - 0.45 * float(np.cos(a))) for a in _ROUND]],
    1: [[(0.5, 0.05), (0.5, 0.95)]],
    4: [[(0.6, 0.95), (0.6, 0.05), (0.15, 0.65), (0.85, 0.65)]],
    5: [
        [(0.3, 0.1), (0.28, 0.45), (0.6, 0.45), (0.75, 0.7), (0.55, 0.93), (0.25, 0.88)],
        [(0.36, 0.04), (0.8, 0.04)],
    ],
    7: [[(0.2, 0.1), (0.8, 0.1), (0.4, 0.95)]],
    8: [
        [(0.5 + 0.22 * float(np.sin(a)), 0.27 - 0.22 * float(np.cos(a))) for a in _ROUND],
        [(0.5 + 0.27 * float(np.sin(a)), 0.74 - 0.24 * float(np.cos(a))) for a in _ROUND],
    ],
}


def draw(
    digit: int,
    size: tuple[int, int] = (280, 280),
    pen: float = 12,
    *,
    extent: float | None = None,
    at: tuple[float, float] | None = None,
) -> NDArray[np.uint8]:
    """Return (H, W) uint8, white ink on black.

    Args:
        digit: one of ``SHAPES``.
        size: width, height.
        pen: pixels.
        extent: pixels of the digit's unit square; by default 0.7 of the shorter side.
        at: left, top of the unit square; by default it is in the middle.
    """
    times = 4
    width, height = size
    unit = extent or 0.7 * min(size)
    left, top = at or ((width - unit) / 2, (height - unit) / 2)
    page = Image.new("L", (width * times, height * times))
    brush = ImageDraw.Draw(page)
    radius = pen * times / 2
    for stroke in SHAPES[digit]:
        points = [((left + x * unit) * times, (top + y * unit) * times) for x, y in stroke]
        brush.line(points, fill=255, width=max(1, round(pen * times)))
        for x, y in points:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(page.resize(size, Image.Resampling.BOX))


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return the correlation of two digits, at best within a shift of a pixel: 1 for the same.

    A centre of mass near half a pixel may be rounded to either side.
    """
    shifts = [np.roll(other, (down, across), (0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return max(float(np.corrcoef(one.ravel(), shifted.ravel())[0, 1]) for shifted in shifts)
