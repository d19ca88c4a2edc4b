"""The only code that makes canonical digits: 28×28, white ink on black, in MNIST's frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.canonical import make_canonical
from engine.data.decode import ImageSource, Picture, read_picture
from engine.data.dots import strokes_of_dots
from engine.data.ink import Ink, find_ink
from engine.data.parts import keep_digit
from engine.data.placing import SIDE, is_canonical
from engine.data.strokes import Strokes, render

INK = 0.4
"""Strength from which a pixel counts as ink."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A canonical digit and where it was found.

    Attributes:
        digit: (28, 28) uint8, white ink on black; all zeros when blank.
        is_blank: nothing was there.
        inverted: the source was dark ink on a light ground.
        box: (left, top, right, bottom) of the ink in source pixels (or units of the strokes), the last two
            exclusive; None when blank.
    """

    digit: NDArray[np.uint8]
    is_blank: bool
    inverted: bool
    box: tuple[int, int, int, int] | None


def from_strokes(strokes: Strokes) -> Prepared:
    """Make the canonical digit from pen strokes; see ``engine.data.strokes.render``. Never raises."""
    digit = render(strokes)
    if not digit.any():
        return Prepared(digit, is_blank=True, inverted=False, box=None)
    return Prepared(digit, is_blank=False, inverted=False, box=_extent(strokes))


def _extent(strokes: Strokes) -> tuple[int, int, int, int]:
    points = np.concatenate([np.asarray(stroke, np.float64)[:, :2] for stroke in strokes if len(stroke)])
    points = points[np.isfinite(points).all(axis=1)]
    left, top = np.floor(points.min(axis=0))
    right, bottom = np.floor(points.max(axis=0))
    return int(left), int(top), int(right) + 1, int(bottom) + 1


def from_image(source: ImageSource) -> Prepared:
    """Make the canonical digit from a picture: a file, its bytes, a Pillow image or a uint8 array.

    Polarity, transparency, colour, rotation and uneven light are found, not assumed. A picture that
    already is canonical comes back unchanged, bit for bit; its negative comes back as its inverse.

    Args:
        source: arrays have the shape (H, W), (H, W, 3) or (H, W, 4).

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
    """
    picture = read_picture(source)
    if picture.tone.shape == (SIDE, SIDE):
        for inverted, digit in ((picture.dark_ink, picture.tone), (True, 255 - picture.tone)):
            if is_canonical(digit):
                return Prepared(digit.copy(), is_blank=False, inverted=inverted, box=_box(digit > 0, 1))
    ink = _with_dots_joined(ink_in(picture))
    mask = None if ink is None else keep_digit(ink.strength >= INK)
    if ink is None or mask is None:
        return Prepared(np.zeros((SIDE, SIDE), np.uint8), is_blank=True, inverted=False, box=None)
    left, top, right, bottom = _box(mask, 1)
    crop = np.s_[top:bottom, left:right]
    digit = make_canonical(ink.strength[crop] * widened(mask[crop]))
    return Prepared(digit, is_blank=False, inverted=ink.is_dark, box=_box(mask, picture.scale))


def ink_in(picture: Picture) -> Ink | None:
    """Return the ink of a decoded picture; None where there is nothing that looks like ink."""
    return _covering(picture) if picture.is_coverage else find_ink(picture.tone)


def _with_dots_joined(ink: Ink | None) -> Ink | None:
    """Return ink whose dots are strokes, where it is dotted."""
    joins = None if ink is None else strokes_of_dots(ink.strength >= INK)
    if ink is None or joins is None:
        return ink
    return Ink(np.maximum(ink.strength, joins, dtype=np.float32), ink.is_dark)


def _covering(picture: Picture) -> Ink | None:
    """Take what covers a transparent picture as ink."""
    if np.ptp(picture.tone) < 32:  # the same everywhere
        return None
    return Ink(picture.tone.astype(np.float32) / np.float32(255), is_dark=picture.dark_ink)


def widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a mask (H, W) widened by a pixel, so that the soft edge of the ink stays."""
    wide = mask.copy()
    for axis in (0, 1):
        ahead, behind = np.s_[1:], np.s_[:-1]
        before = wide.copy()
        rows = (ahead, behind) if axis == 0 else ((np.s_[:], ahead), (np.s_[:], behind))
        wide[rows[0]] |= before[rows[1]]
        wide[rows[1]] |= before[rows[0]]
    return wide


def _box(mask: NDArray[np.bool_], scale: int) -> tuple[int, int, int, int]:
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    left, top = int(columns[0]) * scale, int(rows[0]) * scale
    return left, top, (int(columns[-1]) + 1) * scale, (int(rows[-1]) + 1) * scale
