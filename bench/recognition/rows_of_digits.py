"""How numbers of several digits are read, and whether single digits stay single.

    python -m bench.recognition.rows_of_digits --pen STROKES.jsonl.gz [--rows 500] [--seed 6]

Each row holds two to six digits of one writer whom neither gate nor shipped model has learned from, side by
side: heights vary by 8 % (standard deviation), the base line by 6 % and the gaps between the digits' boxes
are normal with a mean of 18 % and a deviation of 12 % of the height, at least -5 %. Each row is read as
strokes and as a picture of 1,000 pixels. Prints the share of rows that are read entirely right, of those
divided right, and of single digits (of all 30 writers, most of whom the gate has learned from) that stay
one digit."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.recognition.no_digits import pens_of
from engine.data.strokes import Stroke, StrokeDigit, read_lines
from engine.inference.pages import rows_in
from engine.inference.predictor import Predictor
from engine.inference.rows import Row, row_of_strokes
from engine.inference.trust import load_base_behind_gate
from engine.training.interval import wilson

GAP, GAP_DEVIATION, LEAST_GAP = 0.18, 0.12, -0.05  # of the height
PAGE = 1000  # pixels of a picture's width


def main() -> None:
    """Write the rows, read them, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--sheet", type=Path, help="picture of the rows that are read wrong")
    chosen = parser.parse_args()
    model = load_base_behind_gate()
    random = np.random.default_rng(chosen.seed)
    rows = written_rows(pens_of(chosen.pen), chosen.rows, random)
    wrong = []
    for name, read in (("strokes", read_strokes), ("pictures", read_picture)):
        found = [read(strokes, model) for _, strokes in rows]
        right = sum(text == number for text, (number, _) in zip(found, rows, strict=True))
        split = sum(len(text) == len(number) for text, (number, _) in zip(found, rows, strict=True))
        digits = sum(
            sum(a == b for a, b in zip(text, number, strict=True))
            for text, (number, _) in zip(found, rows, strict=True)
            if len(text) == len(number)
        )
        print(
            f"{name}: read entirely right {share(right, len(rows))}, divided right {share(split, len(rows))}"
        )
        total = sum(
            len(number) for text, (number, _) in zip(found, rows, strict=True) if len(text) == len(number)
        )
        print(f"  digits of rightly divided rows read right: {share(digits, total)}")
        wrong += [
            (number, text, strokes)
            for text, (number, strokes) in zip(found, rows, strict=True)
            if text != number
        ]
        print("  wrong:", ", ".join(f"{number}→{text}" for number, text, _ in wrong[-40:]))
    if chosen.sheet:
        save_sheet([strokes for _, _, strokes in wrong[:60]], chosen.sheet)
    single = [digit for digit in read_lines(chosen.pen) if digit.label is not None]
    known = {digit.writer for digit in pens_of(chosen.pen)}
    for name, digits_of in (
        ("all writers", single),
        ("writers not learned from", [digit for digit in single if digit.writer in known]),
    ):
        whole = sum(len(divide(row_of_strokes(digit.strokes), model)) == 1 for digit in digits_of)
        print(f"single digits that stay single, {name}: {share(whole, len(digits_of))}")


def written_rows(
    pens: Sequence[StrokeDigit], count: int, random: np.random.Generator
) -> list[tuple[str, list[Stroke]]]:
    """Return (number, strokes) of ``count`` rows; the height of a digit is about 1."""
    by_writer: dict[str, list[StrokeDigit]] = {}
    for digit in pens:
        by_writer.setdefault(digit.writer or "", []).append(digit)
    writers = sorted(by_writer)
    rows = []
    for place in range(count):
        own = by_writer[writers[place % len(writers)]]
        digits = [own[int(at)] for at in random.integers(0, len(own), int(random.integers(2, 7)))]
        rows.append(("".join(str(digit.label) for digit in digits), side_by_side(digits, random)))
    return rows


def side_by_side(digits: Sequence[StrokeDigit], random: np.random.Generator) -> list[Stroke]:
    """Return the strokes of ``digits`` in a row."""
    row: list[Stroke] = []
    right = 0.0
    for digit in digits:
        points = np.concatenate([np.asarray(stroke)[:, :2] for stroke in digit.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = math.exp(random.normal(0, 0.08)) / max(
            float(high[1] - low[1]), 0.5 * float(high[0] - low[0]), 1e-6
        )
        gap = max(LEAST_GAP, random.normal(GAP, GAP_DEVIATION)) if row else 0.0
        shift = np.array([right + gap, random.normal(0, 0.06) - scale * float(high[1] - low[1])])
        row += [
            ((np.asarray(stroke)[:, :2] - low) * scale + shift).astype(np.float32) for stroke in digit.strokes
        ]
        right += gap + scale * float(high[0] - low[0])
    return row


def drawn(strokes: Sequence[Stroke]) -> np.ndarray:
    """Return a picture (H, PAGE) uint8 of strokes, dark on light, with a pen of a tenth of the height."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 0.8 * PAGE / max(float(high[0] - low[0]), float(high[1] - low[1]))
    height = int(scale * float(high[1] - low[1]) + 0.2 * PAGE)
    page = Image.new("L", (PAGE, height), 245)
    pen = max(3, round(scale * 0.08))
    draw = ImageDraw.Draw(page)
    for stroke in strokes:
        path = [(float(x), float(y)) for x, y in (stroke - low) * scale + 0.1 * PAGE]
        draw.line(path, fill=30, width=pen, joint="curve")
        for x, y in (path[0], path[-1]):
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=30)
    return np.asarray(page)


def divide(row: Row, model: Predictor) -> list[int]:
    """Return the parts of a row that the shipped gate chooses."""
    return row.choose(model.shares(row.digits()))


def read_strokes(strokes: Sequence[Stroke], model: Predictor) -> str:
    """Return what is read of strokes, ``?`` for what is turned away."""
    return read_row(row_of_strokes(strokes), model)


def read_picture(strokes: Sequence[Stroke], model: Predictor) -> str:
    """Return what is read of a picture of strokes, line after line."""
    return "".join(read_row(row, model) for row in rows_in(drawn(strokes)))


def read_row(row: Row, model: Predictor) -> str:
    """Return the digits of a row."""
    digits = row.digits()[divide(row, model)]
    answers = model.predict(digits)
    return "".join(str(answer.label) if answer.is_digit else "?" for answer in answers)


def share(right: int, n: int) -> str:
    """Return a share with its size and interval."""
    low, high = wilson(right, n)
    return f"{right / n:.2%} of {n:,} [{low:.2%} … {high:.2%}]"


def save_sheet(rows: Sequence[Sequence[Stroke]], path: Path) -> None:
    """Save pictures of rows, four abreast."""
    tiles = [Image.fromarray(drawn(row)).resize((300, 100)) for row in rows]
    sheet = Image.new("L", (1200, 100 * -(-len(tiles) // 4) or 100), 255)
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % 4 * 300, place // 4 * 100))
    sheet.save(path)


if __name__ == "__main__":
    main()
