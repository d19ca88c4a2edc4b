"""Finds every digit in a picture: one, a number, or a page full of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.canonical import make_canonical
from engine.data.decode import ImageSource, read_picture
from engine.data.parts import label
from engine.data.preprocess import INK, Prepared, from_image, ink_in, widened
from engine.inference.cuts import cuts_of
from engine.inference.rows import Fields, Row, divided, row_height

SMALLEST = 48  # pixels of the shorter side: less is the picture of one digit
MOST_PIECES = 1500  # beyond it the picture is grain
_DUST = 0.15  # of the height of the digits: smaller pieces are dust, unless they lie at a digit
_GRAIN = 3  # pixels: smaller pieces are dust
_UPRIGHT = 0.55  # of the height of the digits: a piece as high may be a digit of its own
_BESIDE = 0.35  # of that height: a smaller piece that near belongs to a digit
_LOOSE = 0.5  # of that height: a smaller piece that near stands in the line of a digit, as the bar of a 5
_SAME_LINE = 0.4  # of the lower piece's height: covered as far, two pieces are in one line …
_REACH = 4.0  # … where they are no more than so many heights apart
_FRAME = 0.8  # of both sides of the picture: a piece that large around others is a frame
_WIDE = 0.55  # of its height: a piece as wide beside others may be digits that touch …
_WIDE_ALONE = 1.35  # … but alone it may be a wide letter

Mask = NDArray[np.bool_]


class Judge(Protocol):
    """Says how likely pictures show one digit: ``engine.inference.reject.Gate``."""

    def shares(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return (N,) numbers 0 … 1 for (N, 28, 28) canonical digits."""


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """The ink of a picture and its pieces.

    Attributes:
        strength: (H, W) float32, 0 is ground and 1 is ink.
        labels: (H, W) number of each pixel's piece from 1, 0 is ground.
        boxes: (n, 4) left, top, right and bottom of each piece, the last two exclusive.
        held: (n,) equal numbers for pieces that hang together.
        inks: (n,) how much ink the cut before a piece crosses, 1 is the width of the pen.
        inverted, scale: as ``Prepared`` and ``Picture`` have them.
    """

    strength: NDArray[np.float32]
    labels: NDArray[np.intp]
    boxes: Fields
    held: list[int]
    inks: list[float]
    inverted: bool
    scale: int

    def prepared(self, pieces: Sequence[int]) -> Prepared:
        """Return the canonical digit of some pieces."""
        left, top = self.boxes[pieces, :2].min(axis=0).astype(int)
        right, bottom = self.boxes[pieces, 2:].max(axis=0).astype(int)
        crop = np.s_[top:bottom, left:right]
        mask = np.isin(self.labels[crop], np.asarray(pieces) + 1)
        digit = make_canonical(self.strength[crop] * widened(mask))
        left, top, right, bottom = (int(edge) * self.scale for edge in (left, top, right, bottom))
        return Prepared(digit, is_blank=False, inverted=self.inverted, box=(left, top, right, bottom))

    def row(self, pieces: Sequence[int]) -> Row:
        """Return the ways to divide the pieces of a line."""
        held = [self.held[piece] for piece in pieces]
        inks = [self.inks[piece] for piece in pieces]
        return divided(self.boxes[pieces], self.prepared, pieces, held, inks)


def find_digits(source: ImageSource, judge: Judge) -> list[Prepared]:
    """Return every digit of a picture, line by line from the top, each line from the left.

    What is not a digit, as a letter, is found too: what reads it then turns it away. A picture of one digit
    gives what ``from_image`` gives; an empty one gives none.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
    """
    whole = from_image(source)
    found: list[Prepared] = []
    for row in rows_in(source):
        chosen = row.choose(judge.shares(row.digits()))
        found += [row.parts[place].prepared for place in chosen]
    if len(found) > 1:
        return found
    return [] if whole.is_blank else [whole]


def rows_in(source: ImageSource) -> list[Row]:
    """Return the rows of a picture with all ways to divide them, from the top; none where there is no ink.

    Raises:
        EngineError: as ``find_digits``.
    """
    page = _page(source)
    if page is None:
        return []
    lines = _lines(page.boxes, page.held)
    lines.sort(key=lambda line: float(page.boxes[line, 1].min() + page.boxes[line, 3].max()))
    return [page.row(line) for line in lines]


def _page(source: ImageSource) -> _Page | None:
    picture = read_picture(source)
    ink = ink_in(picture) if min(picture.tone.shape) >= SMALLEST else None
    if ink is None:
        return None
    labels, count = label(ink.strength >= INK)
    if not 0 < count <= MOST_PIECES:
        return None
    boxes = _boxes(labels, count)
    kept = _without_frame(boxes, labels.shape) & (np.ptp(boxes.reshape(-1, 2, 2), axis=1).max(1) >= _GRAIN)
    if not kept.any():
        return None
    kept &= _not_dust(boxes, kept)
    labels = _renumbered(labels, kept)
    labels, held, inks = _cut_wide(labels, _boxes(labels, int(kept.sum())))
    return _Page(ink.strength, labels, _boxes(labels, len(held)), held, inks, ink.is_dark, picture.scale)


def _boxes(labels: NDArray[np.intp], count: int) -> Fields:
    """Return left, top, right and bottom of each piece, (count, 4); none may be missing."""
    rows, columns = np.nonzero(labels)
    piece = labels[rows, columns] - 1
    boxes = np.empty((count, 4))
    for side, values in ((0, columns), (1, rows)):
        low, high = np.full(count, max(labels.shape)), np.full(count, -1)
        np.minimum.at(low, piece, values)
        np.maximum.at(high, piece, values)
        boxes[:, side], boxes[:, side + 2] = low, high + 1
    return boxes


def _without_frame(boxes: Fields, shape: tuple[int, ...]) -> Mask:
    sizes = boxes[:, 2:] - boxes[:, :2]
    is_frame = (sizes >= _FRAME * np.array([shape[1], shape[0]])).all(axis=1)
    alone = np.ones(len(boxes), np.bool_)
    return alone if len(boxes) == 1 or is_frame.all() else np.logical_not(is_frame)


def _not_dust(boxes: Fields, kept: Mask) -> Mask:
    """Say which pieces are large, or lie at a large one."""
    height = row_height(boxes[kept])
    sizes = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    large = kept & (sizes >= _DUST * height)
    near = np.array([bool((_apart(box, boxes[large]) <= _BESIDE * height).any()) for box in boxes])
    kept_too: Mask = large | (near & (sizes >= _DUST / 2 * height))
    return kept_too


def _apart(box: Fields, boxes: Fields) -> Fields:
    """Return how far a box (4,) is from each of ``boxes`` (n, 4); 0 where they touch."""
    gaps = np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:])
    distance: Fields = np.hypot(*np.maximum(gaps, 0).T)
    return distance


def _renumbered(labels: NDArray[np.intp], kept: Mask) -> NDArray[np.intp]:
    numbers = np.concatenate([[0], np.cumsum(kept) * kept])
    return numbers[labels].astype(np.intp)


def _cut_wide(labels: NDArray[np.intp], boxes: Fields) -> tuple[NDArray[np.intp], list[int], list[float]]:
    """Cut pieces that are wide where little ink joins their sides: whether a cut stays, the judge says.

    Returns:
        The numbers of the pieces anew, for each of which piece it was, and how much ink the cut before it
        crosses.
    """
    labels = labels.copy()
    held = list(range(len(boxes)))
    inks = [0.0] * len(boxes)
    height = row_height(boxes)
    tall_ones = (boxes[:, 3] - boxes[:, 1] >= _UPRIGHT * height).sum()
    wide = _WIDE if tall_ones > 1 else _WIDE_ALONE
    for piece, (left, top, right, bottom) in enumerate(boxes.astype(int)):
        tall = bottom - top
        if right - left < wide * tall or tall < _UPRIGHT * height:
            continue
        own = labels[top:bottom, left:right]
        mask = own == piece + 1
        cuts = cuts_of(mask)
        behind = np.zeros(mask.shape, np.intp)  # of each pixel: how many cuts lie to its left
        for cut in cuts:
            behind += np.arange(right - left) >= cut.columns[:, None]
        for place, cut in enumerate(cuts, 1):
            if (mask & (behind == place)).any():
                held.append(piece)
                inks.append(cut.ink)
                own[mask & (behind == place)] = len(held)
    return labels, held, inks


def _lines(boxes: Fields, held: Sequence[int]) -> list[list[int]]:
    """Return the pieces of each line: neighbours side by side, and small pieces with what they lie at.

    Pieces with the same number in ``held`` hang together.
    """
    count = len(boxes)
    height = row_height(boxes)
    root = list(range(count))

    def find(piece: int) -> int:
        while root[piece] != piece:
            root[piece] = root[root[piece]]
            piece = root[piece]
        return piece

    tall = boxes[:, 3] - boxes[:, 1]
    upright = tall >= _UPRIGHT * height
    for piece, number in enumerate(held):
        root[find(piece)] = find(held.index(number))
    for piece in range(count):
        beside = np.maximum(boxes[:, 0], boxes[piece, 0]) - np.minimum(boxes[:, 2], boxes[piece, 2])
        shared = np.minimum(boxes[:, 3], boxes[piece, 3]) - np.maximum(boxes[:, 1], boxes[piece, 1])
        same = (shared >= _SAME_LINE * np.minimum(tall, tall[piece])) & (beside <= _REACH * height) & upright
        for other in np.flatnonzero(same & upright[piece]):
            root[find(int(other))] = find(piece)
        if not upright[piece]:
            distance = _apart(boxes[piece], boxes) / height
            distance[piece] = np.inf
            nearest = int(np.argmin(distance))
            if count > 1 and distance[nearest] <= _LOOSE:
                root[find(piece)] = find(nearest)
    lines: dict[int, list[int]] = {}
    for piece in range(count):
        lines.setdefault(find(piece), []).append(piece)
    return list(lines.values())
