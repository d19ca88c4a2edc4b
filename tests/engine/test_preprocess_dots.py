"""Preprocessing of dotted digits, as worksheets print them."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import SHAPES, draw, likeness
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.data.dots import strokes_of_dots
from engine.data.preprocess import from_image

Levels = NDArray[np.uint8]


def dotted(digit: int, dot: float = 6, gap: float = 13, size: int = 280) -> Levels:
    """Return (size, size) uint8: white dots on black along a digit's strokes."""
    page = Image.new("L", (size * 4, size * 4))
    pen = ImageDraw.Draw(page)
    for stroke in SHAPES[digit]:
        path = (np.array(stroke) * 0.7 + 0.15) * size
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        for place in np.linspace(0, along[-1], round(along[-1] / gap) + 1):
            x, y = (4 * float(np.interp(place, along, path[:, axis])) for axis in (0, 1))
            pen.ellipse((x - 2 * dot, y - 2 * dot, x + 2 * dot, y + 2 * dot), fill=255)
    return np.asarray(page.reduce(4))


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize(("dot", "gap"), [(5, 9), (6, 13), (5, 15)])
@pytest.mark.parametrize("inverted", [False, True])
def test_a_dotted_digit_is_the_digit_that_its_dots_trace(
    digit: int, dot: float, gap: float, inverted: bool
) -> None:
    page = dotted(digit, dot, gap)
    prepared = from_image(255 - page if inverted else page)
    assert prepared.inverted == inverted
    assert likeness(prepared.digit, from_image(draw(digit)).digit) > 0.8


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("pen", [1, 8, 24])
def test_a_drawn_digit_is_not_dotted(digit: int, pen: int) -> None:
    assert strokes_of_dots(draw(digit, pen=pen) > 100) is None


@pytest.mark.parametrize("pitch", [12, 25, 40])
def test_dotted_paper_is_no_digit(pitch: int) -> None:
    down, across = np.mgrid[:280, :280]
    dots = (down % pitch < 4) & (across % pitch < 4)
    assert strokes_of_dots(dots) is None
    assert strokes_of_dots(dots | (draw(5, pen=9, extent=140) > 100)) is None


def test_grain_is_not_dotted() -> None:
    random = np.random.default_rng(0)
    coarse = random.normal(0, 1, (60, 60)).astype(np.float32)
    grain = np.asarray(Image.fromarray(coarse).resize((280, 280), Image.Resampling.BICUBIC))
    for level in (1.5, 2.0, 2.5):
        assert strokes_of_dots(grain > level) is None
