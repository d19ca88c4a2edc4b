"""The parts of a digit: connected pieces of ink, without dust."""

from __future__ import annotations

import math
from typing import Any

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
_JOINED = 0.12  # of its shorter side: what is joined to a frame and smaller than this is a rest of it
_SLENDER = 0.12  # of its longer side: a piece of a printed line is narrower
_REST = 0.03  # of the longer side: where lines were taken away, smaller pieces are rests of them
_SPECK = 0.006  # of the short side: a lone piece smaller than this, or than 3 pixels, is dust
_PROMINENT = 0.3  # of all strong ink is in one piece of a digit
_WRITTEN = 0.05  # of the longer side: the digits of a full page are no smaller, grain is …
_PAGE = 0.9  # … and hold so much of all strong ink
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
    frame = pieces.frame()
    if frame.any():
        drawn = mask & pieces.on_picture(frame)
        mask &= ~drawn | _joined_to_frame(drawn)
        pieces = _Pieces(mask)
        if not pieces.count:
            return None
    areas, extents = pieces.areas, pieces.extents
    largest = int(np.argmax(areas * extents))
    dust = (areas < _DUST_AREA * areas[largest]) & (extents < max(2.0, _DUST_EXTENT * extents[largest]))
    dust |= areas < _GRAIN_AREA * areas[largest]
    dust |= pieces.away(largest) & (extents < _FAR_EXTENT * extents[largest])
    if dust.any():
        mask &= pieces.on_picture(~dust)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    extent = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    short = min(mask.shape)
    speck = max(_SPECK * short, min(3, short / 32))
    if extent <= speck or abs(_pieces_less_holes(mask)) > _TANGLE:
        return None
    return mask


def _joined_to_frame(drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what of a frame is not its four lines: a digit that touches it.

    Args:
        drawn: (H, W) bool, the frame and what is joined to it.
    """
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    rest = drawn.copy()
    box = rest[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    for side in (box, box[::-1], box.T, box.T[::-1]):
        _peel(side)
    pieces = _Pieces(rest)
    return rest & pieces.on_picture(pieces.extents * pieces.block >= _JOINED * min(box.shape))


def _peel(page: NDArray[np.bool_]) -> None:
    """Take the line along the upper side of (H, W) ink away, in place; it may be slanted."""
    first = page.argmax(axis=0)
    index = np.arange(len(page))[:, None]
    ends = ~page & (index > first)
    below = np.where(ends.any(axis=0), ends.argmax(axis=0), len(page))
    on_line = page.any(axis=0) & (first <= max(1, round(_STRAIGHT * len(page))))
    if on_line.any():
        thick = float(np.median((below - first)[on_line]))
        page[(index >= first) & (index < first + thick + max(2.0, thick / 3)) & on_line] = False


def at_border(mask: NDArray[np.bool_], least: float = 0.0) -> NDArray[np.bool_]:
    """Return the pieces of a mask that touch the border of the picture, none where no other piece is large.

    Args:
        mask: (H, W) bool, True is ink.
        least: of the shorter side of the picture, the extent from which a piece is large.
    """
    pieces = _Pieces(mask)
    touching = pieces.touching()
    if not (pieces.extents[~touching] >= least * min(pieces.labels.shape)).any() and least > 0:
        touching[:] = False
    return mask & pieces.on_picture(touching)


def rests_of_paper(mask: NDArray[np.bool_], firm: NDArray[np.bool_], had_lines: bool) -> NDArray[np.bool_]:
    """Return what is no ink where uneven light or printed lines were taken away.

    That is grain: what is nowhere firm, and everything where no piece stands out, unless nearly all is in
    pieces of the size of digits, as on a page full of them. Of lines bits are left, and
    ends at the border.

    Args:
        mask: (H, W) bool, True is ink.
        firm: (H, W) bool, True is strong ink.
        had_lines: lines were taken away.
    """
    pieces = _Pieces(mask)
    firm_areas = pieces.areas_of(mask & firm)
    rests = firm_areas == 0
    if had_lines:
        sides = pieces.high - pieces.low + 1
        slender = sides.min(axis=0) <= np.maximum(_SLENDER * sides.max(axis=0), 2)
        rests |= pieces.extents < _REST * max(pieces.labels.shape)
        rests |= slender & pieces.touching()
    firm_ink = firm_areas.sum()
    if pieces.count > _TANGLE and firm_areas[~rests].max(initial=0) < _PROMINENT * firm_ink:
        written = ~rests & (pieces.extents >= _WRITTEN * max(pieces.labels.shape))
        if firm_areas[written].sum() < _PAGE * firm_ink:
            return mask
    return mask & pieces.on_picture(rests)


class _Pieces:
    """The pieces of a mask, found on blocks.

    Attributes:
        block: pixels of a block's side.
        labels: (h, w) number of each block's piece from 1, 0 is ground.
        count: how many pieces.
        areas: (count,) pixels of ink.
        low: (2, count) first row and column of each piece's box, in blocks.
        high: (2, count) last row and column.
        extents: (count,) longer side of the box.
    """

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._shape = mask.shape
        self.block = max(1, round(math.sqrt(mask.size) / _BLOCKS))
        counts = _block_counts(mask, self.block)
        self.labels, self.count = label(counts > 0)
        self.areas = self.areas_of(mask)
        places = np.nonzero(self.labels)
        number = self.labels[places] - 1
        self.low = np.full((2, self.count), max(self.labels.shape))
        self.high = np.full((2, self.count), -1)
        for axis in (0, 1):
            np.minimum.at(self.low[axis], number, places[axis])
            np.maximum.at(self.high[axis], number, places[axis])
        self.extents = (self.high - self.low).max(axis=0, initial=0) + 1

    def areas_of(self, mask: NDArray[np.bool_]) -> NDArray[Any]:
        """Return (count,) how many pixels of a mask are each piece's."""
        counts = _block_counts(mask, self.block)
        return np.bincount(self.labels.ravel(), counts.ravel(), minlength=self.count + 1)[1:]

    def touching(self) -> NDArray[np.bool_]:
        """Say which pieces touch the border of the picture."""
        last = np.array([self.labels.shape]).T - 1
        touching: NDArray[np.bool_] = ((self.low == 0) | (self.high == last)).any(axis=0)
        return touching

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
            thick = self.areas[piece] / self.block**2 / (2 * sum(own.shape))  # in blocks
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
        wide = np.repeat(np.repeat(blocks, self.block, 0), self.block, 1)
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
