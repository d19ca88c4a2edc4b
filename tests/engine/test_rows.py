"""Which strokes, and which pieces of a picture, are one digit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_digits import draw
from PIL import Image, ImageDraw

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


SIGNS: dict[str, list[list[tuple[int, int]]]] = {
    "い": [
        [(10, 10), (8, 30), (9, 55), (14, 75), (20, 82), (26, 74), (29, 64)],
        [(62, 16), (70, 30), (75, 48), (76, 60)],
    ],
    "リ": [[(15, 10), (15, 35), (15, 60)], [(60, 8), (60, 45), (56, 70), (46, 86), (32, 96)]],
    "ハ": [[(35, 20), (28, 55), (8, 90)], [(60, 18), (72, 50), (92, 88)]],
    "ル": [[(28, 15), (28, 50), (22, 70), (8, 92)], [(55, 10), (55, 88), (75, 75), (92, 55)]],
    "化": [
        [(30, 5), (8, 45)],
        [(22, 30), (22, 95)],
        [(80, 25), (48, 52)],
        [(48, 10), (48, 85), (56, 92), (86, 90), (90, 75)],
    ],
}  # as they are written, in boxes of 100


def shown(strokes: list[Stroke], model: Predictor) -> str:
    """Return what the Test page shows of a drawing, ``?`` for what is turned away."""
    row = row_of_strokes(strokes)
    answers = model.predict(row.digits()[row.choose(model.shares(row.digits()))])
    return "".join(str(answer.label) if answer.is_digit else "?" for answer in answers)


def sign(name: str) -> list[Stroke]:
    return [np.array(stroke, np.float32) for stroke in SIGNS[name]]


def labels(model: Predictor, digits: np.ndarray) -> list[int]:
    return [answer.label for answer in model.predict(digits)]


@pytest.mark.parametrize("text", ["2026", "47", "5577", "10", "314159"])
def test_digits_side_by_side_are_read_as_a_number(text: str, model: Predictor) -> None:
    assert "".join(str(label) for label in read(number(text), model)) == text


def test_digits_that_touch_are_read_apart(model: Predictor) -> None:
    assert read(number("28", gap=-0.03), model) == [2, 8]


@pytest.mark.parametrize("name", SIGNS)
def test_a_letter_of_several_pieces_is_no_number(name: str, model: Predictor) -> None:
    assert shown(sign(name), model) == "?"


def test_a_digit_that_nobody_can_read_leaves_the_others_of_a_number(model: Predictor) -> None:
    scribble = np.array([[0, 0], [0.7, 0.9], [0.1, 0.9], [0.6, 0], [0.1, 0.5], [0.7, 0.4]], np.float32)
    row = number("207", gap=0.2)
    right = max(float(stroke[:, 0].max()) for stroke in row)
    assert shown([*row, scribble + np.float32([right + 0.2, 0.1])], model) == "207?"


def test_a_letter_beside_a_digit_does_not_take_it_along(model: Predictor) -> None:
    letter = [stroke / 100 + np.float32([2.5, 0.1]) for stroke in sign("リ")]
    assert shown([*number("8"), *letter], model) == "8?"


def test_a_number_may_hold_a_small_nought(model: Predictor) -> None:
    one, small = number("1", seed=1), [stroke * 0.6 for stroke in number("0", seed=4)]
    right, low = np.concatenate(one).max(axis=0)
    left, _ = np.concatenate(small).min(axis=0)
    _, bottom = np.concatenate(small).max(axis=0)
    shift = np.array([right + 0.2 - left, low - bottom])
    small = [(stroke + shift).astype(np.float32) for stroke in small]
    assert shown([*one, *small], model) == "10"


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


def test_neighbours_that_are_too_wide_for_a_digit_are_left_out_but_not_what_may_be_one_drawing() -> None:
    close = row_of_strokes(number("0820630", gap=0.05))
    assert len(close.cuts) >= 6
    assert any(part.first < part.last for part in close.parts), "neighbours may be one digit"
    for part in close.parts:
        may_be_wide = part.first == part.last or (part.first, part.last) in close.words
        assert may_be_wide or part.box[2] - part.box[0] <= 2.5
    short = row_of_strokes(number("0820", gap=0.05))
    assert (0, len(short.cuts)) in short.words
    (whole,) = (part for part in short.parts if (part.first, part.last) == (0, len(short.cuts)))
    assert whole.box[2] - whole.box[0] > 2.5


def test_a_drawing_without_ink_has_no_parts() -> None:
    for strokes in ([], [np.empty((0, 2), np.float32)], [np.full((3, 2), np.nan, np.float32)]):
        row = row_of_strokes(strokes)
        assert row.parts == ()
        assert row.choose(np.empty(0)) == []


def test_dashes_side_by_side_are_no_number() -> None:
    dashes = [np.array([[x, 50.0], [x + 20, 50.0]]) for x in (10.0, 33.0)]
    row = row_of_strokes(dashes)
    assert [row.parts[place].pieces for place in row.choose(np.full(len(row.parts), 0.9))] == [(0, 1)]


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


def test_the_loop_of_a_wide_2_is_no_line_of_its_own(model: Predictor, gate: Gate) -> None:
    image = Image.new("L", (700, 420), 255)
    pen = ImageDraw.Draw(image)
    top = [(230, 130), (290, 80), (370, 90), (380, 140), (330, 230), (240, 320)]
    loop = [(150, 350), (80, 340), (60, 300), (80, 260), (120, 255), (220, 290)]
    pen.line([*top, *loop, (330, 325), (480, 330)], fill=0, width=20, joint="curve")
    pen.line([(550, 90), (680, 90), (620, 220), (590, 350)], fill=0, width=20, joint="curve")
    found = find_digits(np.asarray(image), gate)
    assert labels(model, np.stack([part.digit for part in found])) == [2, 7]


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
