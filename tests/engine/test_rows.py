"""Which strokes, and which pieces of a picture, are one digit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_digits import draw
from PIL import Image

from engine.data.handwriting.writing import write
from engine.data.preprocess import from_image
from engine.data.strokes import Stroke
from engine.errors import Code, EngineError
from engine.inference.pages import find_digits, rows_in
from engine.inference.predictor import Predictor
from engine.inference.reject import Gate
from engine.inference.rows import StrokeRows, row_of_strokes
from engine.inference.trust import load_base_behind_gate


@pytest.fixture(scope="module")
def model() -> Predictor:
    return load_base_behind_gate()


@pytest.fixture(scope="module")
def gate(model: Predictor) -> Gate:
    assert model.gate is not None
    return model.gate


def number(text: str, gap: float = 0.3, seed: int = 0) -> list[Stroke]:
    """Return the strokes of digits side by side, ``gap`` of a height between them."""
    random = np.random.default_rng(seed)
    row: list[Stroke] = []
    for letter in text:
        digit = write(int(letter), random)
        left = min(float(stroke[:, 0].min()) for stroke in digit)
        right = max((float(stroke[:, 0].max()) for stroke in row), default=0.0)
        shift = right + gap - left if row else 0.0
        row += [(stroke[:, :2] + [shift, 0]).astype(np.float32) for stroke in digit]
    return row


def read(strokes: list[Stroke], model: Predictor) -> list[int]:
    """Return what the shipped model reads of a row."""
    row = row_of_strokes(strokes)
    return labels(model, row.digits()[row.choose(model.shares(row.digits()))])


def labels(model: Predictor, digits: np.ndarray) -> list[int]:
    return [answer.label for answer in model.predict(digits)]


@pytest.mark.parametrize("text", ["2026", "47", "5577", "10", "314159"])
def test_digits_side_by_side_are_read_as_a_number(text: str, model: Predictor) -> None:
    assert "".join(str(label) for label in read(number(text), model)) == text


def test_digits_that_touch_are_read_apart(model: Predictor) -> None:
    assert read(number("28", gap=-0.03), model) == [2, 8]


def test_a_digit_of_several_strokes_stays_one_digit(gate: Gate) -> None:
    random = np.random.default_rng(1)
    for label in (4, 5, 7, 8) * 10:
        row = row_of_strokes(write(label, random))
        assert len(row.choose(gate.shares(row.digits()))) == 1


def test_a_flag_that_lies_off_its_5_does_not_become_a_digit(model: Predictor) -> None:
    body = np.array([[30, 12], [28, 45], [60, 45], [75, 70], [55, 93], [25, 88]], np.float32)
    flag = np.array([[42, 0], [90, 1]], np.float32)
    assert read([body, flag], model) == [5]


def test_a_dot_over_a_line_belongs_to_it(gate: Gate) -> None:
    line, dot = np.array([[50, 40], [50, 100]], np.float32), np.array([[55, 5]], np.float32)
    row = row_of_strokes([line, dot])
    assert len(row.choose(gate.shares(row.digits()))) == 1


def test_a_far_stroke_is_another_digit_whatever_the_gate_says() -> None:
    row = row_of_strokes(number("11", gap=2.0))
    assert [part.pieces for part in row.parts] == [(0,), (1,)]
    assert row.cuts == (math.inf,)


def test_strokes_of_a_later_digit_may_come_first(model: Predictor) -> None:
    strokes = number("274", seed=2)
    assert read(strokes[::-1], model) == [2, 7, 4]


def test_a_drawing_without_ink_has_no_parts() -> None:
    for strokes in ([], [np.empty((0, 2), np.float32)], [np.full((3, 2), np.nan, np.float32)]):
        row = row_of_strokes(strokes)
        assert row.parts == ()
        assert row.choose(np.empty(0)) == []


def test_hundreds_of_strokes_are_no_number() -> None:
    random = np.random.default_rng(0)
    strokes = [(random.random((2, 2)) + place).astype(np.float32) for place in range(200)]
    assert len(row_of_strokes(strokes).parts) == 1


def test_what_was_drawn_before_is_not_prepared_again() -> None:
    rows, strokes = StrokeRows(), number("47")
    first = rows.row(strokes)
    again = rows.row([*strokes, strokes[0] + np.float32(9.0)])
    kept = {id(part.prepared) for part in first.parts}
    assert kept <= {id(part.prepared) for part in again.parts}


def page(*places: tuple[int, int, int], size: tuple[int, int] = (600, 400)) -> np.ndarray:
    """Return a picture (H, W) of digits (digit, left, top), 100 pixels high, dark on light."""
    ink = np.zeros((size[1], size[0]), np.uint8)
    for digit, left, top in places:
        ink = np.maximum(ink, draw(digit, size, pen=9, extent=100, at=(left, top)))
    return 255 - ink


def test_every_digit_of_a_picture_is_found_with_its_box(model: Predictor, gate: Gate) -> None:
    found = find_digits(page((7, 40, 150), (0, 160, 160), (4, 280, 150), (5, 400, 150)), gate)
    assert [part.box[0] for part in found if part.box] == pytest.approx([56, 171, 291, 421], abs=4)
    assert labels(model, np.stack([part.digit for part in found])) == [7, 0, 4, 5]


def test_lines_are_read_from_the_top_and_each_from_the_left(model: Predictor, gate: Gate) -> None:
    found = find_digits(page((5, 300, 220), (4, 60, 30), (7, 60, 230), (0, 300, 20)), gate)
    assert labels(model, np.stack([part.digit for part in found])) == [4, 0, 7, 5]


def test_a_picture_of_one_digit_gives_what_preprocessing_gives(gate: Gate) -> None:
    picture = 255 - draw(5)
    (found,) = find_digits(picture, gate)
    assert np.array_equal(found.digit, from_image(picture).digit)


def test_an_empty_picture_holds_no_digit(gate: Gate) -> None:
    assert find_digits(np.full((200, 300), 255, np.uint8), gate) == []
    assert rows_in(np.full((200, 300), 255, np.uint8)) == []


def test_grain_is_no_page_of_digits(gate: Gate) -> None:
    grain = np.random.default_rng(0).integers(0, 256, (400, 600), dtype=np.uint8)
    assert len(find_digits(grain, gate)) <= 1


def test_boxes_are_in_pixels_of_a_large_picture(gate: Gate) -> None:
    small = page((7, 40, 150), (4, 380, 150))
    large = Image.fromarray(small).resize((2400, 1600))
    for one, other in zip(find_digits(small, gate), find_digits(large, gate), strict=True):
        assert np.array(other.box) / 4 == pytest.approx(np.array(one.box), abs=4)


def test_a_file_that_is_no_picture_is_an_error(gate: Gate, tmp_path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(EngineError) as caught:
        find_digits(tmp_path / "a.png", gate)
    assert caught.value.code is Code.IMAGE_UNREADABLE
