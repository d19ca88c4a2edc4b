"""How pages of many digits are read, where the bar of a 5 or of a 7 has come off its digit.

    python -m bench.recognition.pages_of_digits --pen STROKES.jsonl.gz [--pages 40] [--seed 6] [--choosing]

Each page holds five lines of six digits of one writer whom neither gate nor shipped model has learned from
(with ``--choosing`` those whose digits chose the gate's threshold), 1.5 heights from middle to middle, 1.9
from line to line, all off by up to 5 % of the height and drawn with a pen of 8 %. Every second digit is a 5
or a 7 of several strokes, whose shortest stroke, its bar, is moved 5 to 25 % of the height upwards (5) and
as far to the right. Prints the share of pages with as many digits as were written, of these digits found
whole, and of all digits read right."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.recognition.rows_of_digits import share
from engine.data.strokes import Stroke, StrokeDigit, read_lines
from engine.inference.pages import find_digits
from engine.inference.trust import load_base_behind_gate
from engine.training.train_gate import writers_of

LINES, COLUMNS = 5, 6
UNIT = 120  # pixels of a digit's height
WIDE, HIGH = 1.5, 1.9  # heights from digit to digit and from line to line
OFF = (0.05, 0.25)  # of the height: how far a bar is moved


def main() -> None:
    """Write the pages, read them, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--choosing", action="store_true")
    parser.add_argument("--sheet", type=Path, help="picture of a page that is read wrong")
    chosen = parser.parse_args()
    model = load_base_behind_gate()
    random = np.random.default_rng(chosen.seed)
    digits = [digit for digit in read_lines(chosen.pen) if digit.label is not None]
    pens = writers_of(digits)[1 if chosen.choosing else 2]
    counted, whole, loose, read = 0, 0, 0, 0
    for place in range(chosen.pages):
        page, written = written_page(pens, place, random)
        found = find_digits(page, model)
        counted += len(found) == len(written)
        answers = model.predict(np.stack([one.digit for one in found])) if found else []
        for label, box, is_loose in written:
            own = [at for at, one in enumerate(found) if one.box and _covers(one.box, box) >= 0.9]
            whole += is_loose and len(own) == 1
            loose += is_loose
            read += len(own) == 1 and answers[own[0]].is_digit and answers[own[0]].label == label
        if chosen.sheet and len(found) != len(written):
            _save(page, [one.box for one in found if one.box], chosen.sheet)
    total = chosen.pages * LINES * COLUMNS
    print(f"pages with as many digits as written: {share(counted, chosen.pages)}")
    print(f"digits with a loose bar found whole: {share(whole, loose)}")
    print(f"digits found whole and read right: {share(read, total)}")


Written = tuple[int, tuple[float, float, float, float], bool]


def written_page(
    pens: Sequence[StrokeDigit], place: int, random: np.random.Generator
) -> tuple[np.ndarray, list[Written]]:
    """Return a page (H, W) uint8, dark on light, and each digit's label, box and whether its bar is loose."""
    writers = sorted({digit.writer or "" for digit in pens})
    own = [digit for digit in pens if (digit.writer or "") == writers[place % len(writers)]]
    barred = [digit for digit in pens if digit.label in (5, 7) and len(digit.strokes) > 1]
    page = Image.new("L", (int(UNIT * (WIDE * COLUMNS + 1)), int(UNIT * (HIGH * LINES + 1))), 245)
    draw = ImageDraw.Draw(page)
    written: list[Written] = []
    for line in range(LINES):
        for column in range(COLUMNS):
            is_loose = (line + column) % 2 == 0
            digit = (barred if is_loose else own)[int(random.integers(len(barred if is_loose else own)))]
            strokes = _placed(digit, is_loose, random)
            middle = np.array([(column + 0.75) * WIDE, (line + 0.6) * HIGH]) + random.uniform(-0.05, 0.05, 2)
            strokes = [(stroke + middle) * UNIT for stroke in strokes]
            _ink(draw, strokes)
            points = np.concatenate(strokes)
            box = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
            written.append((int(digit.label or 0), box, is_loose))
    return np.asarray(page), written


def _placed(digit: StrokeDigit, is_loose: bool, random: np.random.Generator) -> list[Stroke]:
    """Return the strokes of a digit of height 1 around the origin; the bar is moved off where it is loose."""
    strokes = [np.asarray(stroke)[:, :2].astype(np.float64) for stroke in digit.strokes]
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float(high[1] - low[1]), 0.5 * float(high[0] - low[0]), 1e-6)
    strokes = [(stroke - (low + high) / 2) / size for stroke in strokes]
    if is_loose:
        bar = min(range(len(strokes)), key=lambda at: float(np.ptp(strokes[at], axis=0).sum()))
        upwards = -1 if digit.label == 5 else 0
        strokes[bar] = strokes[bar] + [random.uniform(*OFF), upwards * random.uniform(*OFF)]
    return strokes


def _ink(draw: ImageDraw.ImageDraw, strokes: Sequence[Stroke]) -> None:
    pen = 0.08 * UNIT
    for stroke in strokes:
        path = [(float(x), float(y)) for x, y in stroke]
        draw.line(path, fill=30, width=round(pen), joint="curve")
        for x, y in (path[0], path[-1]):
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=30)


def _covers(found: tuple[int, int, int, int], box: tuple[float, float, float, float]) -> float:
    """Return how much of a written digit's box a found one covers, 0 … 1; 0 if it is far larger."""
    sides = [max(0.0, min(found[at + 2], box[at + 2]) - max(found[at], box[at])) for at in (0, 1)]
    area, own = ((one[2] - one[0]) * (one[3] - one[1]) for one in (box, found))
    return sides[0] * sides[1] / area if own <= 1.8 * area + 4000 else 0.0


def _save(page: np.ndarray, boxes: Sequence[tuple[int, int, int, int]], path: Path) -> None:
    sheet = Image.fromarray(page).convert("RGB")
    for box in boxes:
        ImageDraw.Draw(sheet).rectangle(box, outline=(200, 0, 0), width=3)
    sheet.save(path)


if __name__ == "__main__":
    main()
