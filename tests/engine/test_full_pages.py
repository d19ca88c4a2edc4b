"""A page full of digits is read, with bars that have come off."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.data import starter
from engine.data.handwriting.writing import write
from engine.data.preprocess import from_image
from engine.inference.pages import find_digits
from engine.inference.predictor import Predictor
from engine.inference.trust import load_base_behind_gate

Line = list[tuple[float, float]]
UNIT = 110  # pixels of a digit's height
FIVE: list[Line] = [[(0.1, 0.05), (0.06, 0.45), (0.4, 0.42), (0.55, 0.7), (0.35, 1.0), (0.02, 0.92)]]


@pytest.fixture(scope="module")
def model() -> Predictor:
    return load_base_behind_gate()


def page(text: str, seed: int = 1) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return a page with lines of digits, dark on light, 1.6 heights apart."""
    random = np.random.default_rng(seed)
    lines = text.split()
    sheet = Image.new(
        "L", (int(UNIT * (1.6 * max(map(len, lines)) + 1)), int(UNIT * (1.9 * len(lines) + 1))), 245
    )
    draw = ImageDraw.Draw(sheet)
    for row, letters in enumerate(lines):
        for column, letter in enumerate(letters):
            if letter == "_":
                continue
            strokes = [stroke[:, :2] for stroke in write(int(letter), random)]
            low = np.concatenate(strokes).min(axis=0)
            size = float(np.ptp(np.concatenate(strokes)[:, 1]))
            ink(draw, [((stroke - low) / size).tolist() for stroke in strokes], column, row)
    return sheet, draw


def ink(draw: ImageDraw.ImageDraw, lines: list[Line], column: int, row: int, pen: int = 9) -> None:
    """Draw lines in units of a digit's height at a place of the page."""
    for line in lines:
        path = [(UNIT * (x + 1.6 * column + 0.6), UNIT * (y + 1.9 * row + 0.6)) for x, y in line]
        draw.line(path, fill=30, width=pen, joint="curve")
        for x, y in path:
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=30)


def read(sheet: Image.Image, model: Predictor) -> str:
    """Return what is read of a page, ``?`` for what is turned away."""
    answers = model.predict(np.stack([found.digit for found in find_digits(np.asarray(sheet), model)]))
    return "".join(str(answer.label) if answer.is_digit else "?" for answer in answers)


def test_a_large_page_of_many_digits_is_not_taken_for_grain(model: Predictor) -> None:
    text = "2849063 8530294 6492850 3928604 9284062"
    found = read(page(text)[0], model)
    assert len(found) == 35
    assert sum(map(str.__eq__, found, text.replace(" ", ""))) >= 33


@pytest.mark.parametrize("above", [0.1, 0.25, 0.4])
def test_the_bar_of_a_5_that_has_come_off_belongs_to_it(above: float, model: Predictor) -> None:
    sheet, draw = page("284 3_9 602")
    ink(draw, [*FIVE, [(0.35, 0.05 - above), (0.75, 0.02 - above)]], 1, 1)
    assert read(sheet, model) == "284359602"


def test_grain_with_many_specks_is_still_blank() -> None:
    random = np.random.default_rng(2)
    grain = random.normal(0, 1, (60, 80)).repeat(10, 0).repeat(10, 1)
    assert from_image(np.clip(225 - 40 * (grain > 1.6), 0, 255).astype(np.uint8)).is_blank


def test_a_long_row_whose_digits_were_cut_for_a_try_is_still_a_number(model: Predictor) -> None:
    digits = starter.load_kept()[0][75:100]
    row = np.zeros((112, 25 * 84 + 28), np.uint8)
    for place, digit in enumerate(digits):
        row[28:84, 28 + 84 * place : 84 + 84 * place] = np.kron(digit, np.ones((2, 2), np.uint8))
    assert model.gate is not None
    found = find_digits(255 - row, model.gate)
    assert len(found) == 25
