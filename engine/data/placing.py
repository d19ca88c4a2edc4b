"""Where the ink of a canonical digit lies: MNIST's frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 28
"""Pixels of a canonical digit's side."""
BOX = 20
"""Pixels of the box that the ink fills, keeping its aspect."""
MARGIN = (SIDE - BOX) // 2
MIDDLE = 14.0
"""Row and column index of the centre of mass: MNIST's train digits have 14.00 ± 0.29, never beyond 0.5."""


def crop_to_box(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blacken what a soft edge left outside the middle 20×20 of a (28, 28) page, as MNIST's box does."""
    cropped = np.zeros_like(page)
    inner = np.s_[MARGIN : MARGIN + BOX, MARGIN : MARGIN + BOX]
    cropped[inner] = page[inner]
    return cropped


def put_mass_in_middle(digit: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shift a (28, 28) digit by whole pixels so that its centre of mass is at (14, 14) ± 0.5.

    MNIST was made with whole shifts too (Yadav and Bottou, "Cold case: the lost MNIST digits", 2019); they
    leave every grey value as it was drawn. A shift never pushes ink out of the picture.
    """
    weights = digit.astype(np.float64)
    total = weights.sum()
    if total == 0:
        return digit
    moved = digit
    index = np.arange(SIDE)
    for axis in (0, 1):
        profile = weights.sum(axis=1 - axis)
        inked = np.flatnonzero(profile)
        shift = round(MIDDLE - float((profile * index).sum() / total))
        shift = min(max(shift, -int(inked[0])), SIDE - 1 - int(inked[-1]))
        moved = np.roll(moved, shift, axis=axis)
    return moved


def is_canonical(digit: NDArray[np.uint8]) -> bool:
    """Say whether a (28, 28) picture already is white ink on black in MNIST's frame.

    Its ink has a long side of 19 to 20 pixels, its centre of mass lies within MNIST's half pixel of the
    middle, and it holds both full white and as little ink as a stroke leaves.
    """
    rows = np.flatnonzero(digit.any(axis=1))
    columns = np.flatnonzero(digit.any(axis=0))
    if not len(rows) or digit.max() < 200:
        return False
    long_side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
    if not BOX - 1 <= long_side <= BOX:
        return False
    weights = digit.astype(np.float64)
    total = weights.sum()
    index = np.arange(SIDE)
    down = float((weights.sum(axis=1) * index).sum() / total)
    across = float((weights.sum(axis=0) * index).sum() / total)
    return abs(down - MIDDLE) <= 0.51 and abs(across - MIDDLE) <= 0.51
