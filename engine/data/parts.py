"""The parts of a digit: connected pieces of ink, without dust."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_BLOCKS = 96  # blocks along the side of a square picture; ink of touching blocks is one piece
_DUST_AREA = 0.03  # of the largest piece's area, and
_DUST_EXTENT = 0.15  # of its extent: below both a piece is dust
_GRAIN_AREA = 0.004  # of the largest piece's area: below it a piece is dust however long
_FAR = 0.4  # of the largest piece's extent from its box: a loose part of a digit is nearer
_FAR_EXTENT = 0.4  # of its extent: below it a piece so far away is dust
_FRAME = 0.8  # of the picture's sides: a frame is longer
_STRAIGHT = 0.1  # of its sides: how far a frame's lines leave its box
_THIN = 0.1  # of its shorter side: how thick a frame's lines are at most
_CLOSED = 0.95  # of each side is drawn
_SPECK = 0.006  # of the short side: a lone piece smaller than this, or than 3 pixels, is dust
_TANGLE = 25  # pieces more than holes, or holes more than pieces, from which ink is noise, not a digit


def keep_digit(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Return the mask without dust and without a frame, or None where nothing is left or all is noise.

    The mask is changed in place.

    Args:
        mask: (H, W) bool, True is ink.
    """
    pieces = _Pieces(mask)
    if not pieces.count:
        return None
    areas, extents = pieces.areas, pieces.extents
    frame = pieces.frame()
    if frame.all():
        return None
    largest = int(np.argmax(areas * extents * ~frame))
    dust = (areas < _DUST_AREA * areas[largest]) & (extents < max(2.0, _DUST_EXTENT * extents[largest]))
    dust |= areas < _GRAIN_AREA * areas[largest]
    dust |= pieces.away(largest) & (extents < _FAR_EXTENT * extents[largest])
    if dust.any() or frame.any():
        mask &= pieces.on_picture(~(dust | frame))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    extent = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    short = min(mask.shape)
    speck = max(_SPECK * short, min(3, short / 32))
    if extent <= speck or abs(_pieces_less_holes(mask)) > _TANGLE:
        return None
    return mask


def at_border(mask: NDArray[np.bool_], least: float = 0.0) -> NDArray[np.bool_]:
    """Return the pieces of a mask that touch the border of the picture, none where no other piece is large.

    Args:
        mask: (H, W) bool, True is ink.
        least: of the shorter side of the picture, the extent from which a piece is large.
    """
    pieces = _Pieces(mask)
    last = np.array([pieces.labels.shape]).T - 1
    touching = ((pieces.low == 0) | (pieces.high == last)).any(axis=0)
    if not (pieces.extents[~touching] >= least * min(pieces.labels.shape)).any() and least > 0:
        touching[:] = False
    return mask & pieces.on_picture(touching)


class _Pieces:
    """The pieces of a mask, found on blocks.

    Attributes:
        labels: (h, w) number of each block's piece from 1, 0 is ground.
        count: how many pieces.
        areas: (count,) pixels of ink.
        low: (2, count) first row and column of each piece's box, in blocks.
        high: (2, count) last row and column.
        extents: (count,) longer side of the box.
    """

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._shape = mask.shape
        self._block = max(1, round(math.sqrt(mask.size) / _BLOCKS))
        counts = _block_counts(mask, self._block)
        self.labels, self.count = label(counts > 0)
        self.areas = np.bincount(self.labels.ravel(), counts.ravel(), minlength=self.count + 1)[1:]
        places = np.nonzero(self.labels)
        number = self.labels[places] - 1
        self.low = np.full((2, self.count), max(self.labels.shape))
        self.high = np.full((2, self.count), -1)
        for axis in (0, 1):
            np.minimum.at(self.low[axis], number, places[axis])
            np.maximum.at(self.high[axis], number, places[axis])
        self.extents = (self.high - self.low).max(axis=0, initial=0) + 1

    def frame(self) -> NDArray[np.bool_]:
        """Say which pieces run straight around most of the picture, as a drawn box does.

        A 0 that fills the picture is round, or thick and alone.
        """
        frames = np.zeros(self.count, np.bool_)
        for piece in np.flatnonzero(
            (self.high - self.low + 1 >= _FRAME * np.array([self.labels.shape]).T).all(axis=0)
        ):
            (top, left), (bottom, right) = self.low[:, piece], self.high[:, piece]
            own = self.labels[top : bottom + 1, left : right + 1] == piece + 1
            tall, wide = (max(1, round(_STRAIGHT * side)) for side in own.shape)
            sides = (
                own[:tall].any(axis=0),
                own[-tall:].any(axis=0),
                own[:, :wide].any(axis=1),
                own[:, -wide:].any(axis=1),
            )
            thick = self.areas[piece] / self._block**2 / (2 * sum(own.shape))  # in blocks
            closed = min(float(side.mean()) for side in sides) >= _CLOSED
            frames[piece] = closed and (self.count > 1 or thick <= _THIN * min(own.shape))
        return frames

    def away(self, piece: int) -> NDArray[np.bool_]:
        """Say which pieces lie farther from the box of one than a loose part of a digit would."""
        gap = np.maximum(self.low - self.high[:, [piece]], self.low[:, [piece]] - self.high).max(axis=0)
        far: NDArray[np.bool_] = gap > _FAR * self.extents[piece]
        return far

    def on_picture(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the blocks of the chosen pieces, (H, W) bool."""
        blocks = np.concatenate([[False], chosen])[self.labels]
        wide = np.repeat(np.repeat(blocks, self._block, 0), self._block, 1)
        return wide[: self._shape[0], : self._shape[1]]


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
