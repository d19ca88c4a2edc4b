"""Preprocessing: whatever the picture, the canonical digit is the same."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import SHAPES, draw, likeness
from numpy.typing import NDArray
from PIL import Image

from engine.data.parts import label
from engine.data.placing import is_canonical
from engine.data.preprocess import from_image, from_strokes


def stroke_width(digit: NDArray[np.uint8]) -> float:
    """Return twice the area of the ink by the length of its outline, in pixels."""
    ink = np.pad(digit.astype(float) / 255, 1)
    down, across = np.gradient(ink)
    return float(2 * ink.sum() / np.hypot(down, across).sum())


def holes(digit: NDArray[np.uint8]) -> int:
    """Return how many pieces of ground the ink encloses."""
    return label(np.pad(digit < 100, 1, constant_values=True))[1] - 1


def test_a_picture_is_centred_and_keeps_its_aspect() -> None:
    page = np.zeros((300, 200), np.uint8)
    page[20:120, 30:80] = np.pad(np.full((80, 30), 0, np.uint8), 10, constant_values=255)
    prepared = from_image(page)
    assert prepared.box == (30, 20, 80, 120)
    assert not prepared.inverted
    rows, columns = np.flatnonzero(prepared.digit.any(axis=1)), np.flatnonzero(prepared.digit.any(axis=0))
    assert len(rows) == 20
    assert 9 <= len(columns) <= 11
    down, across = (np.indices((28, 28)) * prepared.digit).sum(axis=(1, 2)) / prepared.digit.sum()
    assert abs(down - 14) <= 0.5 and abs(across - 14) <= 0.5


@pytest.mark.parametrize("digit", SHAPES)
def test_a_canonical_digit_comes_back_unchanged_in_both_polarities(digit: int) -> None:
    canonical = from_image(draw(digit)).digit
    same, inverse = from_image(canonical), from_image(255 - canonical)
    assert is_canonical(canonical)
    assert np.array_equal(same.digit, canonical) and not same.inverted
    assert np.array_equal(inverse.digit, canonical) and inverse.inverted


@pytest.mark.parametrize("digit", SHAPES)
def test_dark_and_light_ink_give_the_same_digit(digit: int) -> None:
    page = draw(digit)
    light, dark = from_image(page), from_image(255 - page)
    assert (light.inverted, dark.inverted) == (False, True)
    assert likeness(light.digit, dark.digit) > 0.99


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("pen", [1, 3, 8, 20, 30])
def test_thin_lines_and_thick_markers_end_at_mnists_width(digit: int, pen: int) -> None:
    page = draw(digit, pen=pen)
    prepared = from_image(page)
    assert 2.3 <= stroke_width(prepared.digit) <= 3.7
    assert likeness(prepared.digit, from_image(draw(digit, pen=12)).digit) > 0.8


@pytest.mark.parametrize(("digit", "count"), [(0, 1), (8, 2), (4, 1), (7, 0)])
@pytest.mark.parametrize("pen", [1, 12, 30])
def test_holes_stay_open(digit: int, count: int, pen: int) -> None:
    assert holes(from_image(draw(digit, pen=pen, extent=200)).digit) == count


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("side", [64, 500, 1400])
def test_the_size_of_the_canvas_does_not_matter(digit: int, side: int) -> None:
    prepared = from_image(draw(digit, (side, side), pen=side * 0.04))
    assert likeness(prepared.digit, from_image(draw(digit)).digit) > 0.93


@pytest.mark.parametrize("digit", [0, 4, 5, 7, 8])
@pytest.mark.parametrize("pen", [14, 24])
def test_polarity_is_found_when_ink_touches_the_border_and_covers_much(digit: int, pen: int) -> None:
    page = draw(digit, (130, 130), pen=pen, extent=110)
    rows, columns = np.flatnonzero(page.any(axis=1)), np.flatnonzero(page.any(axis=0))
    tight = page[rows[0] + 1 : rows[-1], columns[0] + 1 : columns[-1]]
    assert not from_image(tight).inverted
    assert from_image(255 - tight).inverted


def test_an_enlarged_tiny_digit_is_smooth() -> None:
    tiny = np.asarray(Image.fromarray(draw(0)).resize((8, 8), Image.Resampling.BOX))
    assert likeness(from_image(tiny).digit, from_image(draw(0)).digit) > 0.8


@pytest.mark.parametrize("inverted", [False, True])
def test_a_small_digit_in_a_wide_picture_is_found(inverted: bool) -> None:
    page = draw(4, (1800, 300), pen=3, extent=40, at=(1500, 200))
    prepared = from_image(255 - page if inverted else page)
    assert prepared.box is not None
    assert prepared.box[0] > 1480 and prepared.box[3] < 260
    assert likeness(prepared.digit, from_image(draw(4)).digit) > 0.85


def test_dust_is_left_out_and_loose_parts_are_kept() -> None:
    page = draw(5)
    dusty = page.copy()
    for row, column in ((5, 5), (270, 20), (30, 260), (200, 250)):
        dusty[row : row + 3, column : column + 3] = 255
    assert from_image(dusty).box == from_image(page).box
    assert from_image(page).box is not None
    top = from_image(page).box[1]  # type: ignore[index]
    assert top == int(np.flatnonzero((page >= 102).any(axis=1))[0])


def test_a_one_of_two_pixels_width_is_not_dust() -> None:
    page = np.full((600, 2000), 255, np.uint8)
    page[100:500, 1000:1002] = 0
    prepared = from_image(page)
    assert not prepared.is_blank
    assert prepared.digit.any(axis=1).sum() == 20
    assert 2.3 <= prepared.digit[14].sum() / 255 <= 3.3


def test_pictures_of_one_row_or_column_do_not_fail() -> None:
    line = np.zeros((1, 300), np.uint8)
    assert from_image(line).is_blank
    line[0, 100:200] = 255
    assert not from_image(line).is_blank
    assert not from_image(line.T).is_blank
    assert from_image(np.zeros((1, 1), np.uint8)).is_blank


@pytest.mark.parametrize("digit", SHAPES)
def test_uneven_light_does_not_change_the_digit(digit: int) -> None:
    page = draw(digit)
    down, across = np.mgrid[-1:1:280j, -1:1:280j]
    expected = from_image(page).digit
    gradient = 130 + 60 * across + 40 * down
    vignette = 220 * (1 - 0.35 * (down**2 + across**2))
    for light in (gradient, vignette):
        paper = np.clip(light * (1 - 0.6 * (page / 255)), 0, 255).astype(np.uint8)
        prepared = from_image(paper)
        assert prepared.inverted
        assert likeness(prepared.digit, expected) > 0.9


def test_noise_does_not_hide_a_digit() -> None:
    noise = np.random.default_rng(0).normal(0, 12, (280, 280))
    paper = np.clip(200 - draw(8) * 0.45 + noise, 0, 255).astype(np.uint8)
    assert likeness(from_image(paper).digit, from_image(draw(8)).digit) > 0.9


@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("side", [28, 280])
def test_a_uniform_picture_is_blank(value: int, side: int) -> None:
    prepared = from_image(np.full((side, side), value, np.uint8))
    assert prepared.is_blank and prepared.box is None and not prepared.digit.any()


@pytest.mark.parametrize("spread", [2, 10, 30, 60])
@pytest.mark.parametrize("side", [28, 280, 600])
def test_noise_alone_is_blank(spread: int, side: int) -> None:
    noise = np.random.default_rng(side).normal(128, spread, (side, side))
    assert from_image(np.clip(noise, 0, 255).astype(np.uint8)).is_blank


@pytest.mark.parametrize("side", [100, 280])
def test_a_smooth_gradient_alone_is_blank(side: int) -> None:
    down, across = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    for light in (across, down + across, -(down**2) - across**2, np.exp(-(down**2 + across**2) * 3)):
        level = (light - light.min()) / np.ptp(light) * 255
        assert from_image(level.astype(np.uint8)).is_blank


def test_strokes_and_their_picture_agree() -> None:
    strokes = [np.array(stroke, np.float32) for stroke in SHAPES[4]]
    assert likeness(from_strokes(strokes).digit, from_image(draw(4)).digit) > 0.93


@pytest.mark.parametrize("digit", SHAPES)
def test_the_edge_of_a_shadow_is_not_ink(digit: int) -> None:
    page = draw(digit, extent=120)
    down, across = np.mgrid[-1:1:280j, -1:1:280j]
    light = 200 - 80 / (1 + np.exp(-(across + 0.5 * down + 0.4) * 30))
    noise = np.random.default_rng(digit).normal(0, 3, page.shape)
    paper = np.clip(light * (1 - 0.7 * (page / 255)) + noise, 0, 255).astype(np.uint8)
    prepared = from_image(paper)
    assert prepared.inverted
    assert likeness(prepared.digit, from_image(page).digit) > 0.85
