"""Dotted digits, as worksheets print them to trace: dots that follow each other are joined to strokes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.data.parts import label

_SMALLEST = 64  # pixels of the shorter side: in smaller pictures dots are not told from gaps
_COARSE = 280  # pixels of the long side at which dots are looked for
_FEWEST, _MOST = 8, 200  # dots of a digit
_DUST = 0.35  # of a dot's usual area
_LONGEST = 0.2  # of the digit's extent: a dot or a short dash
_ALIKE = 3.5  # times the area of the small ones: dots are alike, the paper's grain is not
_FILLED = 0.6  # of its box that a dot fills
_EVEN = 1.6  # times the usual gap: nearly each dot has another so near
_SPARSE = 5.0  # times a dot's size: no gap between dots of one stroke is wider
_NEXT = 1.45  # times the usual gap: dots so near follow each other
_NEIGHBOURS = 2.7  # that a dot has at most on average: along a stroke two, on dotted paper four


def strokes_of_dots(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Return the strokes that join dots, (H, W) bool; None where the ink is not dotted.

    Args:
        mask: (H, W) bool, True is ink.
    """
    if min(mask.shape) < _SMALLEST:
        return None
    factor = -(-max(mask.shape) // _COARSE)
    labels, count = label(_reduced(mask, factor))
    if not _FEWEST <= count <= 2 * _MOST:
        return None
    middles, sizes = _dots(labels, count)
    if not _FEWEST <= len(middles) <= _MOST or sizes.max() > _LONGEST * np.ptp(middles, axis=0).max():
        return None
    apart = np.sqrt(((middles[:, None] - middles) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    nearest = apart.min(axis=1)
    gap, size = float(np.median(nearest)), float(np.median(sizes))
    linked = apart <= _NEXT * gap
    if np.percentile(nearest, 90) > _EVEN * gap or gap > _SPARSE * size or linked.sum(1).mean() > _NEIGHBOURS:
        return None
    page = Image.new("L", (mask.shape[1], mask.shape[0]))
    pen = ImageDraw.Draw(page)
    places = [(x, y) for y, x in ((middles + 0.5) * factor).tolist()]
    for one, other in np.argwhere(np.triu(linked)).tolist():
        pen.line([places[one], places[other]], fill=255, width=max(1, round(size * factor)))
    return np.asarray(page) > 0


def _dots(labels: NDArray[np.intp], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return middles (n, 2) and longer sides (n,) of what may be dots, none where the pieces are unlike."""
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    places = np.nonzero(labels)
    number = labels[places] - 1
    low, high = np.full((count, 2), max(labels.shape)), np.full((count, 2), -1)
    for axis in (0, 1):
        np.minimum.at(low[:, axis], number, places[axis])
        np.maximum.at(high[:, axis], number, places[axis])
    sides = high - low + 1
    dots = areas >= _DUST * np.median(areas)
    few, many = np.percentile(areas[dots], (10, 90))
    if many > _ALIKE * few or np.median(areas[dots] / sides[dots].prod(axis=1)) < _FILLED:
        return np.zeros((0, 2)), np.zeros(0)
    return (low + high)[dots] / 2, sides[dots].max(axis=1).astype(np.float64)


def _reduced(mask: NDArray[np.bool_], factor: int) -> NDArray[np.bool_]:
    """Return blocks of pixels that are mostly ink."""
    height, width = mask.shape
    padded = np.pad(mask, ((0, -height % factor), (0, -width % factor)))
    blocks = padded.reshape(padded.shape[0] // factor, factor, padded.shape[1] // factor, factor)
    mostly: NDArray[np.bool_] = blocks.mean(axis=(1, 3)) >= 0.5
    return mostly
