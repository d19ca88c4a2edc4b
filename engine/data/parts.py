"""The parts of a digit: connected pieces of ink, without dust."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCKS = 96  # blocks along the long side; pieces closer than a block count as one
_DUST_AREA = 0.03  # of the largest piece's area, and
_DUST_EXTENT = 0.15  # of its extent: below both a piece is dust
_SPECK = 0.012  # of the picture's long side: a lone piece smaller than this in both directions is dust


def keep_digit(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Return the mask without dust, or None where nothing is left.

    Args:
        mask: (H, W) bool, True is ink.
    """
    block = -(-max(mask.shape) // _BLOCKS)
    counts = _block_counts(mask, block)
    labels, pieces = label(counts > 0)
    if pieces == 0:
        return None
    areas = np.bincount(labels.ravel(), counts.ravel(), minlength=pieces + 1)[1:]
    extents = _extents(labels, pieces)
    sizes = areas * extents
    largest = int(np.argmax(sizes))
    if extents[largest] * block <= _SPECK * max(mask.shape):
        return None
    dust = (areas < _DUST_AREA * areas[largest]) & (extents < max(2.0, _DUST_EXTENT * extents[largest]))
    dust |= areas < 0.004 * areas[largest]
    if not dust.any():
        return mask
    kept = np.concatenate([[False], ~dust])[labels]
    return mask & np.repeat(np.repeat(kept, block, 0), block, 1)[: mask.shape[0], : mask.shape[1]]


def label(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], int]:
    """Number the pieces of a mask from 1, joined over sides and corners.

    Runs of each row are joined with touching runs of the row above (union and find).

    Returns:
        (H, W) numbers, 0 being ground, and how many there are.
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    edges = np.diff(padded, axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if not len(rows):
        return np.zeros(mask.shape, np.intp), 0
    root = list(range(len(rows)))

    def find(run: int) -> int:
        while root[run] != run:
            root[run] = root[root[run]]
            run = root[run]
        return run

    row_list, start_list, end_list = rows.tolist(), starts.tolist(), ends.tolist()
    above = 0
    for run, row in enumerate(row_list):
        while row_list[above] < row - 1 or (row_list[above] == row - 1 and end_list[above] < start_list[run]):
            above += 1
        other = above
        while other < run and row_list[other] == row - 1 and start_list[other] <= end_list[run]:
            root[find(other)] = find(run)
            other += 1
    numbers, dense = np.unique([find(run) for run in range(len(rows))], return_inverse=True)
    marks = np.zeros((height, width + 1), np.intp)
    np.add.at(marks, (rows, starts), dense + 1)
    np.add.at(marks, (rows, ends), -(dense + 1))
    return np.cumsum(marks, axis=1)[:, :-1], len(numbers)


def _block_counts(mask: NDArray[np.bool_], block: int) -> NDArray[np.int64]:
    height, width = mask.shape
    down, across = np.arange(0, height, block), np.arange(0, width, block)
    return np.add.reduceat(np.add.reduceat(mask.astype(np.int64), down, axis=0), across, axis=1)


def _extents(labels: NDArray[np.intp], pieces: int) -> NDArray[np.float64]:
    """Return the longer side of each piece's box, in blocks."""
    longest = np.zeros(pieces)
    for axis in (0, 1):
        place = np.nonzero(labels)[axis]
        number = labels[labels > 0] - 1
        low, high = np.full(pieces, np.inf), np.full(pieces, -np.inf)
        np.minimum.at(low, number, place)
        np.maximum.at(high, number, place)
        longest = np.maximum(longest, high - low + 1)
    return longest
