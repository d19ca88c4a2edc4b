"""Digits that are harder to read than a canvas shows them, for the model that ships.

Strokes of real pens as their writers might have written them another time; and digits of broad pens and of
few pixels, whose bowls are filled and whose gaps are closed, as small scans and felt pens leave them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.data.canonical import make_canonical
from engine.data.handwriting.redraw import redraw, trace_of
from engine.data.handwriting.writing import write
from engine.data.placing import SIDE
from engine.data.strokes import StrokeDigit
from engine.training import pen_page
from engine.training.batches import Digits

PENS = (5, 25)  # pixels on a page whose digits are 120 high
_AT_ONCE = 256  # digits that are redrawn together
_COARSE = 0.6  # share of digits that are brought to few pixels
_FEW = (8, 20)  # pixels of the longer side
_ENLARGED = 8  # times, as preprocessing does before it looks for ink
_LEVELS = (0.2, 0.5)  # grey values that are taken for the edge of the ink
_EDGE = 0.3  # grey values from paper to full ink


def redrawn(pens: Sequence[StrokeDigit], copies: int, seed: int) -> Digits:
    """Return each pen digit ``copies`` times, with another slant, haste, tremor and pen; dots are left out.

    A picture follows from seed, copy and the digit's place alone.
    """
    found = [(trace, digit.label) for digit in pens if (trace := trace_of(digit.strokes)) is not None]
    images = [np.empty((0, SIDE, SIDE), np.uint8)]
    for copy in range(copies):
        for start in range(0, len(found), _AT_ONCE):
            part = found[start : start + _AT_ONCE]
            randoms = [np.random.default_rng((seed, 100 + copy, start + place)) for place in range(len(part))]
            images.append(redraw([trace for trace, _ in part], randoms))
    labels = np.array([label for _, label in found], np.int64)
    return Digits(np.concatenate(images), np.tile(labels, copies))


def pictured(pens: Sequence[StrokeDigit], written: int, seed: int) -> Digits:
    """Return each pen digit, and ``written`` of our own hands, as pictures of broad pens and few pixels."""
    labels = np.concatenate([[digit.label for digit in pens], np.arange(written) % 10]).astype(np.int64)
    images = np.empty((len(labels), SIDE, SIDE), np.uint8)
    for place, label in enumerate(labels):
        random = np.random.default_rng((seed, 11, place))
        strokes = list(pens[place].strokes) if place < len(pens) else write(int(label), random)
        page = pen_page.draw(strokes, int(random.integers(*PENS)))
        strength = coarse(page, random) if random.random() < _COARSE else _shares(page)
        images[place] = make_canonical(strength)
    return Digits(images, labels)


def coarse(page: Image.Image, random: np.random.Generator) -> NDArray[np.float32]:
    """Bring a digit, light on dark, to few pixels and enlarge it again; return its ink (h, w), 0 … 1."""
    ratio = int(random.integers(*_FEW)) / max(page.size)
    few = page.resize(
        (max(2, round(page.width * ratio)), max(2, round(page.height * ratio))), Image.Resampling.BOX
    )
    large = few.resize((few.width * _ENLARGED, few.height * _ENLARGED), Image.Resampling.BICUBIC)
    shares = _shares(large)
    ink = np.clip((shares - np.float32(random.uniform(*_LEVELS))) / np.float32(_EDGE) + np.float32(0.5), 0, 1)
    if not ink.any():  # thinner than one of the few pixels
        ink = shares
    rows, columns = np.nonzero(ink)
    found: NDArray[np.float32] = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return found


def _shares(page: Image.Image) -> NDArray[np.float32]:
    return np.asarray(page).astype(np.float32) / np.float32(255)
