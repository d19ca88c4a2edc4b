"""The parts of a digit: connected pieces of ink, without dust."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_BLOCKS = 96  # blocks along the side of a square picture; ink of touching blocks is one piece
_DUST_AREA = 0.03  # of the largest piece's area, and
_DUST_EXTENT = 0.15  # of its extent: below both a piece is dust
_GRAIN_AREA = 0.004  # of the largest piece's area: below it a piece is dust however long
_SPECK = 0.006  # of the short side: a lone piece smaller than this, or than 3 pixels, is dust
_TANGLE = 25  # pieces more than holes, or holes more than pieces, from which ink is noise, not a digit


def keep_digit(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Return the mask without dust, or None where nothing is left or all is noise.

    The mask is changed in place.

    Args:
        mask: (H, W) bool, True is ink.
    """
    block = max(1, round(math.sqrt(mask.size) / _BLOCKS))
    counts = _block_counts(mask, block)
    labels, pieces = label(counts > 0)
    if pieces == 0:
        return None
    areas = np.bincount(labels.ravel(), counts.ravel(), minlength=pieces + 1)[1:]
    extents = _extents(labels, pieces)
    largest = int(np.argmax(areas * extents))
    dust = (areas < _DUST_AREA * areas[largest]) & (extents < max(2.0, _DUST_EXTENT * extents[largest]))
    dust |= areas < _GRAIN_AREA * areas[largest]
    if dust.any():
        kept = np.concatenate([[False], ~dust])[labels]
        mask &= np.repeat(np.repeat(kept, block, 0), block, 1)[: mask.shape[0], : mask.shape[1]]
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    extent = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    short = min(mask.shape)
    speck = max(_SPECK * short, min(3, short / 32))
    if extent <= speck or abs(_pieces_less_holes(mask)) > _TANGLE:
        return None
    return mask


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


def _pieces_less_holes(mask: NDArray[np.bool_]) -> int:
    """Return Euler's number of a mask, counted from its 2×2 windows (Gray 1971), corners joining."""
    page = np.pad(mask, 1).astype(np.int8)
    upper = page[:, :-1] + page[:, 1:]
    filled = upper[:-1] + upper[1:]
    ones = np.count_nonzero(filled == 1)
    threes = np.count_nonzero(filled == 3)
    diagonals = np.count_nonzero((filled == 2) & (page[:-1, :-1] == page[1:, 1:]))
    return int(ones - threes - 2 * diagonals) // 4


def _block_counts(mask: NDArray[np.bool_], block: int) -> NDArray[np.int32]:
    height, width = mask.shape
    padded = np.pad(mask, ((0, -height % block), (0, -width % block))).astype(np.int32)
    rows = sum((padded[offset::block] for offset in range(1, block)), padded[::block])
    return sum((rows[:, offset::block] for offset in range(1, block)), rows[:, ::block])


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
