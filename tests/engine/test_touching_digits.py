"""Digits that touch in a picture are cut apart; a letter of one piece is not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.data.handwriting.writing import write
from engine.inference.cuts import cuts_of
from engine.inference.pages import find_digits
from engine.inference.predictor import Predictor
from engine.inference.trust import load_base_behind_gate

Line = list[tuple[float, float]]
M: list[Line] = [[(5, 100), (12, 2), (45, 75), (80, 2), (88, 100)]]
H: list[Line] = [[(8, 0), (8, 100)], [(72, 0), (72, 100)], [(8, 50), (72, 50)]]
INFINITY: list[Line] = [
    [
        (70, 50),
        (35, 10),
        (5, 30),
        (5, 70),
        (35, 90),
        (70, 50),
        (105, 10),
        (135, 30),
        (135, 70),
        (105, 90),
        (70, 50),
    ]
]
PERCENT: list[Line] = [
    [(20, 15), (2, 30), (8, 52), (28, 50), (34, 28), (20, 15)],
    [(75, 0), (35, 100)],
    [(98, 50), (80, 65), (86, 88), (106, 85), (112, 62), (98, 50)],
]


@pytest.fixture(scope="module")
def model() -> Predictor:
    return load_base_behind_gate()


def picture(lines: list[Line], pen: int = 9) -> np.ndarray:
    """Return a picture (H, W), dark on light, of lines that begin near the origin and are 100 pixels high."""
    right, bottom = np.concatenate([np.array(line) for line in lines]).max(axis=0)
    page = Image.new("L", (int(right) + 80, int(bottom) + 80), 245)
    draw = ImageDraw.Draw(page)
    for line in lines:
        path = [(40 + x, 40 + y) for x, y in line]
        draw.line(path, fill=30, width=pen, joint="curve")
        for x, y in path:
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=30)
    return np.asarray(page)


def touching(text: str, random: np.random.Generator) -> list[Line]:
    """Return the lines of digits side by side, so near that a pen of 9 pixels joins them."""
    lines: list[Line] = []
    right = 0.0
    for letter in text:
        strokes = [stroke[:, :2] for stroke in write(int(letter), random)]
        points = np.concatenate(strokes)
        low = points.min(axis=0)
        size = 100 / float(np.ptp(points[:, 1]))
        lines += [[(right + x, y) for x, y in ((stroke - low) * size).tolist()] for stroke in strokes]
        right += size * float(np.ptp(points[:, 0])) + 4
    return lines


def read(image: np.ndarray, model: Predictor) -> str:
    """Return what is read of a picture, ``?`` for what is turned away."""
    answers = model.predict(np.stack([found.digit for found in find_digits(image, model)]))
    return "".join(str(answer.label) if answer.is_digit else "?" for answer in answers)


def test_most_rows_of_digits_that_touch_are_read_right(model: Predictor) -> None:
    random = np.random.default_rng(4)
    numbers = ["368", "902", "4053", "625", "830", "2960", "538", "206", "495", "683"]
    found = [read(picture(touching(number, random)), model) for number in numbers]
    assert sum(map(str.__eq__, found, numbers)) >= 6


@pytest.mark.parametrize("letter", [M, H, INFINITY, PERCENT], ids=["M", "H", "infinity", "percent"])
def test_a_sign_alone_is_not_taken_for_digits_side_by_side(letter: list[Line], model: Predictor) -> None:
    assert set(read(picture(letter), model)) == {"?"}


def test_a_way_goes_between_two_boxes_that_stand_askew() -> None:
    mask = np.zeros((100, 110), np.bool_)
    for row in range(100):
        left = 50 - row // 4  # the gap runs down to the left; the two touch in one place
        mask[row, [0, 1, 2, 3, *range(left - 6, left)]] = True
        mask[row, [*range(left + 6, left + 12), 106, 107, 108, 109]] = True
    mask[:6, :50] = mask[:6, 56:] = True
    mask[60:63, 20:50] = True
    best = min(cuts_of(mask), key=lambda cut: cut.ink)
    assert np.ptp(best.columns) >= 15
    assert best.ink <= 1
