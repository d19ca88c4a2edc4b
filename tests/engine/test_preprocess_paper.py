"""Preprocessing of what lies around a digit: shadows, tables, ruled paper, frames, the border."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import SHAPES, draw, likeness
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.data.closing import close, open_up
from engine.data.preprocess import from_image

Levels = NDArray[np.uint8]


def expected(digit: int) -> Levels:
    return from_image(draw(digit)).digit


def written(page: Levels, light: NDArray[np.float64] | float = 225.0) -> Levels:
    """Return dark ink on paper in a light, with the noise of a camera."""
    noise = np.random.default_rng(0).normal(0, 3, page.shape)
    return np.clip(light * (1 - 0.75 * (page / 255)) + noise, 0, 255).astype(np.uint8)


def ruled(size: int, pitch: int, turn: float, level: int, grid: bool) -> Levels:
    """Return printed lines as ink on black, (size, size)."""
    down, across = np.mgrid[:size, :size]
    on = (down + turn * across) % pitch < 2
    if grid:
        on |= (across - turn * down) % pitch < 2
    return np.where(on, level, 0).astype(np.uint8)


def sheet_on(table: int, page: Levels, turn: float) -> Levels:
    """Return a page, ink on black, as a sheet on a table of a level that has a grain."""
    picture = np.random.default_rng(1).normal(table, 5, (400, 460))
    paper = Image.fromarray((235 - page * 0.8).astype(np.uint8))
    cut = Image.new("L", paper.size, 255).rotate(turn, expand=True)
    lying = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    lying.paste(paper.rotate(turn, Image.Resampling.BICUBIC, expand=True), (70, 30), cut)
    return np.asarray(lying)


def test_closing_fills_thin_dark_lines_and_keeps_edges() -> None:
    page = np.full((40, 60), 200, np.uint8)
    page[:, 30:] = 90  # the edge of a shadow
    lined = page.copy()
    lined[10:13] = 20
    assert np.array_equal(close(lined, 7), page)
    assert np.array_equal(open_up(255 - lined, 7), 255 - page)
    assert np.array_equal(close(lined[:, :20].T, 7), page[:, :20].T)


def test_closing_takes_a_strip_along_the_border_for_the_edge_of_something_wide() -> None:
    page = np.full((50, 50), 200, np.uint8)
    page[:, :4] = 60
    assert np.array_equal(close(page, 9), page)


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("turn", [0.0, 0.6, -2.0])
def test_the_hard_edge_of_a_shadow_is_not_ink(digit: int, turn: float) -> None:
    down, across = np.mgrid[-1:1:280j, -1:1:280j]
    light = np.where(across + turn * down > 0.25, 120.0, 230.0)
    prepared = from_image(written(draw(digit, extent=130), light))
    assert prepared.inverted
    assert likeness(prepared.digit, expected(digit)) > 0.85


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("table", [30, 70, 170])
def test_a_sheet_on_a_table_is_read_without_the_table(digit: int, table: int) -> None:
    prepared = from_image(sheet_on(table, draw(digit, pen=9, extent=150), 4.0))
    assert prepared.inverted
    assert likeness(prepared.digit, expected(digit)) > 0.85


@pytest.mark.parametrize("table", [30, 70])
def test_an_empty_sheet_on_a_dark_table_is_blank(table: int) -> None:
    assert from_image(sheet_on(table, np.zeros((280, 280), np.uint8), 0.0)).is_blank


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize(("level", "turn"), [(90, 0.0), (150, 0.03), (250, 0.0), (250, -0.04)])
@pytest.mark.parametrize("grid", [False, True])
def test_printed_lines_are_not_ink(digit: int, level: int, turn: float, grid: bool) -> None:
    page = draw(digit, pen=9, extent=140)
    prepared = from_image(written(np.maximum(page, ruled(280, 41, turn, level, grid))))
    assert prepared.inverted
    assert likeness(prepared.digit, expected(digit)) > 0.8


@pytest.mark.parametrize("level", [60, 120, 250])
@pytest.mark.parametrize("grid", [False, True])
def test_ruled_paper_alone_is_blank(level: int, grid: bool) -> None:
    assert from_image(written(ruled(280, 41, 0.0, level, grid))).is_blank


def grained(picture: NDArray[np.float64], spread: float) -> Levels:
    """Return levels with grain a few pixels wide and the noise of a camera."""
    random = np.random.default_rng(3)
    height, width = picture.shape
    coarse = random.normal(0, spread, (height // 6 + 2, width // 6 + 2)).astype(np.float32)
    cloudy = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    return np.clip(picture + cloudy + random.normal(0, 2, picture.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("steep", [8, 20, 300])
@pytest.mark.parametrize("second", [0.5, 0.8, 9.0])
@pytest.mark.parametrize("turn", [0.0, 0.5])
def test_a_shadow_alone_is_blank(steep: float, second: float, turn: float) -> None:
    down, across = np.mgrid[-1:1:300j, -1:1:400j]
    along = across + turn * down + 0.2
    edge = np.minimum(along, second - along)
    light = 235 * (1 - 0.4 / (1 + np.exp(-np.clip(edge * steep, -40, 40))))
    assert from_image(grained(light, 3)).is_blank


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("steep", [10, 200])
def test_a_digit_half_in_a_band_of_shadow_is_read(digit: int, steep: float) -> None:
    down, across = np.mgrid[-1:1:280j, -1:1:280j]
    edge = np.minimum(across + 0.4 * down, 0.6 - across - 0.4 * down)
    light = 235 * (1 - 0.4 / (1 + np.exp(-np.clip(edge * steep, -40, 40))))
    prepared = from_image(written(draw(digit, pen=8, extent=150), light))
    assert prepared.inverted
    assert likeness(prepared.digit, expected(digit)) > 0.85


@pytest.mark.parametrize("table", [40, 90, 150])
@pytest.mark.parametrize("turn", [0.0, 5.0])
def test_an_empty_sheet_on_a_grained_table_is_blank(table: int, turn: float) -> None:
    sheet = sheet_on(0, np.zeros((280, 280), np.uint8), turn).astype(np.float64)
    around = sheet < 100
    lying = np.where(around, grained(np.full(sheet.shape, float(table)), 14), grained(sheet, 2))
    assert from_image(lying.astype(np.uint8)).is_blank


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("table", [30, 70])
def test_a_sheet_half_in_shadow_on_a_grained_table_is_read(digit: int, table: int) -> None:
    sheet = sheet_on(0, draw(digit, pen=9, extent=150), 4.0).astype(np.float64)
    paper = Image.fromarray(sheet_on(0, np.zeros((280, 280), np.uint8), 4.0))
    around = np.asarray(paper) < 100
    down, across = np.mgrid[-1 : 1 : sheet.shape[0] * 1j, -1 : 1 : sheet.shape[1] * 1j]
    light = 1 - 0.35 / (1 + np.exp(-(across + 0.3 * down) * 15))
    lying = np.where(around, grained(np.full(sheet.shape, float(table)), 10), sheet) * light
    prepared = from_image(grained(lying, 2))
    assert prepared.inverted
    assert likeness(prepared.digit, expected(digit)) > 0.8


def test_light_that_fades_is_no_table() -> None:
    down, across = np.mgrid[-1:1:280j, -1:1:280j]
    light = 132 + 62 * across + 42 * down
    prepared = from_image(written(draw(4, extent=220), light))
    assert likeness(prepared.digit, expected(4)) > 0.85


@pytest.mark.parametrize("grid", [False, True])
@pytest.mark.parametrize("level", [60, 120, 200])
@pytest.mark.parametrize("turn", [0.0, 0.03])
@pytest.mark.parametrize("pitch", [31, 150])
def test_ruled_paper_with_grain_is_blank(grid: bool, level: int, turn: float, pitch: int) -> None:
    page = ruled(420, pitch, turn, level, grid)
    assert from_image(grained(225.0 * (1 - 0.6 * (page / 255)), 4)).is_blank


def test_an_upright_line_from_border_to_border_may_be_a_one() -> None:
    page = np.full((120, 80), 255, np.uint8)
    page[:, 40:42] = 0
    assert not from_image(page).is_blank


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("first", [False, True])
def test_a_digit_that_touches_its_frame_is_read_without_it(digit: int, axis: int, first: bool) -> None:
    page = draw(digit, pen=10, extent=140)
    if digit == 1 and axis == 1:  # a 1 along the frame's line is no digit to anybody
        page = np.ascontiguousarray(np.rot90(page))
    inked = np.flatnonzero((page > 99).any(axis=1 - axis))
    touching = np.roll(page, 13 - int(inked[0]) if first else 266 - int(inked[-1]), axis)
    picture = Image.fromarray(touching)
    ImageDraw.Draw(picture).rectangle((9, 10, 270, 269), outline=255, width=5)
    assert likeness(from_image(255 - np.asarray(picture)).digit, from_image(255 - page).digit) > 0.85


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("inverted", [False, True])
def test_a_digit_in_a_drawn_frame_is_read_without_it(digit: int, inverted: bool) -> None:
    picture = Image.fromarray(draw(digit, extent=150))
    ImageDraw.Draw(picture).rectangle((9, 12, 268, 270), outline=255, width=5)
    page = np.asarray(picture)
    prepared = from_image(255 - page if inverted else page)
    assert prepared.box == from_image(draw(digit, extent=150)).box


def test_an_empty_frame_is_blank_and_a_thick_square_zero_is_not() -> None:
    thin, thick = Image.new("L", (280, 280)), Image.new("L", (200, 280))
    ImageDraw.Draw(thin).rectangle((9, 12, 268, 270), outline=255, width=4)
    ImageDraw.Draw(thick).rectangle((10, 10, 189, 269), outline=255, width=34)
    assert from_image(np.asarray(thin)).is_blank
    assert not from_image(np.asarray(thick)).is_blank


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("pen", [3, 12, 24])
@pytest.mark.parametrize("inverted", [False, True])
def test_a_picture_cut_to_the_digit_keeps_all_of_it(digit: int, pen: int, inverted: bool) -> None:
    page = draw(digit, pen=pen)
    rows, columns = np.flatnonzero((page > 99).any(axis=1)), np.flatnonzero((page > 99).any(axis=0))
    tight = page[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if digit == 1:  # a bar that fills the picture is no digit to anybody
        tight = np.pad(tight, ((0, 0), (30, 30)))
    prepared = from_image(255 - tight if inverted else tight)
    assert prepared.inverted == inverted
    assert likeness(prepared.digit, from_image(page).digit) > 0.9


@pytest.mark.parametrize("digit", SHAPES)
@pytest.mark.parametrize("inverted", [False, True])
def test_a_small_digit_of_a_broad_pen_is_not_taken_for_a_sheet(digit: int, inverted: bool) -> None:
    page = draw(digit, (140, 140), pen=15, extent=56)
    prepared = from_image(255 - page if inverted else page)
    assert prepared.inverted == inverted
    rows, columns = np.flatnonzero((page > 99).any(axis=1)), np.flatnonzero((page > 99).any(axis=0))
    assert (
        np.abs(np.subtract(prepared.box or (0,), (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))).max()
        <= 1
    )


def test_specks_far_from_a_digit_are_left_out_and_its_loose_bar_stays() -> None:
    page = draw(5, extent=120).copy()
    box = from_image(page).box
    page[10:26, 250:266] = 255
    assert from_image(page).box == box


@pytest.mark.parametrize("grain", [10, 25])
def test_a_thin_line_on_rough_paper_is_read(grain: int) -> None:
    coarse = np.random.default_rng(2).normal(0, grain, (70, 70)).astype(np.float32)
    rough = np.asarray(Image.fromarray(coarse).resize((280, 280), Image.Resampling.BICUBIC))
    paper = np.clip(215 + rough - draw(4, pen=3, extent=100) * 0.7, 0, 255).astype(np.uint8)
    assert likeness(from_image(paper).digit, expected(4)) > 0.8
