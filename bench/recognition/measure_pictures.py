"""How well the shipped model reads pictures of pen digits through the program's own preprocessing.

    python bench/recognition/measure_pictures.py STROKES [--digits N] [--seed N] [--writers choose|report]
        [--only TEXT] [--sheet FOLDER]

STROKES is a file of stroke JSON lines with labels and writers. Whoever changes the preprocessing chooses on
every third writer (``choose``: a number that 3 divides) and reports on the others. A cell is accuracy in
percent; ``∅`` says how many pictures came out as "nothing here". The first line is the same digits taken as
strokes, without any picture: what the model can do. For pictures without a digit it says how many were seen
to be empty. Equal seed, equal pictures.
"""

from __future__ import annotations

import argparse
import io
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pen_pictures as pictures
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.data.preprocess import Prepared, from_image, from_strokes
from engine.data.strokes import StrokeDigit, read_lines
from engine.inference.predictor import Predictor, from_weights, load_base

SIZES = (64, 140, 280, 800, 2000)
PENS = (1, 2, 4, 8, 14, 20, 30)
ANGLES = (-15, -10, -5, 5, 10, 15)
FLOOR = 95.0  # percent: below it a cell's digits and confusions are told
EMPTY = 60  # pictures without a digit a scene

Source = NDArray[np.uint8] | bytes
Make = Callable[[StrokeDigit, np.random.Generator], Source]


@dataclass
class Result:
    """What became of one cell."""

    name: str
    labels: NDArray[np.intp]
    answers: NDArray[np.intp]
    blank: int
    slowest: float  # milliseconds, 95 % took less

    @property
    def accuracy(self) -> float:
        return 100 * float((self.labels == self.answers).mean())


class Bench:
    """Makes, reads and tells."""

    def __init__(
        self, digits: list[StrokeDigit], seed: int, sheet: Path | None, only: str, predictor: Predictor
    ) -> None:
        self.digits = digits
        self.seed = seed
        self.sheet = sheet
        self.only = only
        self.predictor = predictor
        self.results: list[Result] = []

    def measure(self, name: str, make: Make, every: int = 1) -> Result | None:
        """Read one picture of each ``every``-th digit; None where the cell was not asked for."""
        if not any(part in name for part in self.only.split("|")):
            return None
        digits = self.digits[::every]
        sources, prepared, seconds = [], [], []
        for index, digit in enumerate(digits):
            source = make(digit, np.random.default_rng([self.seed, zlib.crc32(name.encode()), index]))
            start = time.perf_counter()
            prepared.append(from_image(source))
            seconds.append(time.perf_counter() - start)
            if self.sheet is not None:
                sources.append(_thumbnail(source))
        answers = self._answers(prepared)
        labels = np.array([digit.label for digit in digits])
        blank = sum(one.is_blank for one in prepared)
        slowest = float(np.percentile(seconds, 95)) * 1000
        result = Result(name, labels, answers, blank, slowest)
        self.results.append(result)
        wrong = np.flatnonzero(answers != labels)
        if self.sheet is not None and len(wrong):
            _sheet(
                [(sources[at], prepared[at].digit, f"{labels[at]}→{answers[at]}") for at in wrong[:60]],
                self.sheet / f"{name.replace(' ', '_').replace(':', '')}.png",
            )
        return result

    def empty(self, name: str, scene: pictures.Scene) -> str:
        """Return how many pictures without a digit were seen to be empty."""
        found = []
        for index in range(EMPTY):
            rng = np.random.default_rng([self.seed, zlib.crc32(name.encode()), index, 1])
            source = pictures.photograph(None, scene, rng)
            prepared = from_image(source)
            if not prepared.is_blank:
                found.append((_thumbnail(source), prepared.digit, "?"))
        if self.sheet is not None and found:
            _sheet(found, self.sheet / f"empty_{name.replace(' ', '_').replace(':', '')}.png")
        return f"{EMPTY - len(found)} of {EMPTY}"

    def _answers(self, prepared: list[Prepared]) -> NDArray[np.intp]:
        """Return the digits read, -1 for nothing."""
        answers = self.predictor.probabilities(np.stack([one.digit for one in prepared])).argmax(1)
        answers[[one.is_blank for one in prepared]] = -1
        return answers

    def strokes(self) -> float:
        answers = self._answers([from_strokes(digit.strokes) for digit in self.digits])
        return 100 * float((answers == [digit.label for digit in self.digits]).mean())


def canvases(bench: Bench) -> None:
    """Sizes by pens, in both polarities."""
    for dark in (False, True):
        title = "dark ink on white" if dark else "light ink on black"
        print(f"\ncanvas, {title}: pen in pixels of 280" + "".join(f"{pen:>9}" for pen in PENS), flush=True)
        for side in SIZES:
            every = 1 if side < 500 else 2 if side < 1500 else 4

            def line(pen: int, side: int = side, dark: bool = dark, every: int = every) -> str:
                def make(digit: StrokeDigit, rng: np.random.Generator) -> Source:
                    page = pictures.canvas(digit.strokes, side, pen, rng)
                    return 255 - page if dark else page

                result = bench.measure(f"canvas {side} pen {pen} {'dark' if dark else 'light'}", make, every)
                return "        -" if result is None else f"{result.accuracy:6.1f}{_blank(result):3}"

            print(
                f"  {side:5} px, n = {len(bench.digits[::every]):4}".ljust(37) + "".join(map(line, PENS)),
                flush=True,
            )


def variants(bench: Bench) -> None:
    """Canvases that differ in one thing."""
    print("\ncanvas otherwise                        %   ∅     n   ms p95")
    for side in SIZES[1:]:
        _tell(
            bench.measure(
                f"lines of one hard pixel, {side} px",
                lambda digit, rng, side=side: (
                    255 - pictures.canvas(digit.strokes, side, 0.01, rng, hard=True)
                ),
                1 if side < 500 else 2 if side < 1500 else 4,
            )
        )
    for angle in ANGLES:
        _tell(
            bench.measure(
                f"turned by {angle}°",
                lambda digit, rng, angle=angle: pictures.canvas(
                    digit.strokes, 280, rng.uniform(4, 20), rng, angle=angle
                ),
            )
        )
    for quality in (30, 10):
        _tell(
            bench.measure(
                f"JPEG {quality}",
                lambda digit, rng, quality=quality: pictures.jpeg(
                    255 - pictures.canvas(digit.strokes, 280, rng.uniform(2, 20), rng), quality
                ),
            )
        )
    for name, place in pictures.PLACES.items():
        _tell(bench.measure(f"{name}, light", lambda digit, rng, place=place: place(digit.strokes, rng)))
        _tell(bench.measure(f"{name}, dark", lambda digit, rng, place=place: 255 - place(digit.strokes, rng)))


def photos(bench: Bench) -> None:
    """Scenes before a camera."""
    print("\nphotos                                  %   ∅     n   ms p95   without a digit: empty")
    for name, scene in pictures.SCENES.items():
        _tell(
            bench.measure(
                name, lambda digit, rng, scene=scene: pictures.photograph(digit.strokes, scene, rng), 2
            ),
            lambda name=name, scene=scene: bench.empty(name, scene),
        )


def _tell(result: Result | None, more: Callable[[], str] | None = None) -> None:
    if result is not None:
        read = f"{result.accuracy:5.1f} {result.blank:3} {len(result.labels):5}"
        print(f"  {result.name:34} {read} {result.slowest:8.1f}   {more() if more else ''}", flush=True)


def _blank(result: Result) -> str:
    return f"∅{result.blank}" if result.blank else ""


def worst(bench: Bench) -> None:
    """Tell the digits and confusions of each cell below the floor."""
    print(f"\ncells below {FLOOR:g} %: accuracy of each digit, and what was read instead")
    for result in sorted(bench.results, key=lambda one: one.accuracy):
        if result.accuracy >= FLOOR:
            break
        right = result.labels == result.answers
        each = " ".join(f"{digit}:{100 * right[result.labels == digit].mean():.0f}" for digit in range(10))
        pairs = Counter(zip(result.labels[~right].tolist(), result.answers[~right].tolist(), strict=True))
        common = " ".join(
            f"{label}→{'∅' if answer < 0 else answer}×{count}"
            for (label, answer), count in pairs.most_common(6)
        )
        print(f"  {result.name:34} {result.accuracy:5.1f}  {each}  {common}")


def balanced(digits: list[StrokeDigit], count: int) -> list[StrokeDigit]:
    """Take about ``count`` digits, the same number of each writer and label, in the file's order."""
    groups: dict[tuple[str, int], list[StrokeDigit]] = {}
    for digit in digits:
        if digit.label is not None:
            groups.setdefault((digit.writer or "", digit.label), []).append(digit)
    order = sorted(groups, key=lambda key: (zlib.crc32(repr(key).encode()), key))
    taken: list[StrokeDigit] = []
    for turn in range(max(len(group) for group in groups.values())):
        taken += [groups[key][turn] for key in order if turn < len(groups[key])]
        if len(taken) >= count:
            break
    return taken[:count]


def _thumbnail(source: Source) -> Image.Image:
    picture = Image.open(io.BytesIO(source)) if isinstance(source, bytes) else Image.fromarray(source)
    picture = picture.convert("RGB")
    picture.thumbnail((140, 140), Image.Resampling.BOX)
    return picture


def _sheet(shown: list[tuple[Image.Image, NDArray[np.uint8], str]], path: Path, across: int = 5) -> None:
    """Save pictures beside their 28×28 and what was read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page = Image.new("RGB", (across * 290, -(-len(shown) // across) * 160), "gray")
    pen = ImageDraw.Draw(page)
    for index, (picture, digit, text) in enumerate(shown):
        left, top = index % across * 290, index // across * 160
        page.paste(picture, (left, top))
        page.paste(Image.fromarray(digit).resize((140, 140), Image.Resampling.NEAREST), (left + 144, top))
        pen.text((left + 4, top + 144), text, fill="white", font_size=14)
    page.save(path)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("strokes", type=Path)
    options.add_argument(
        "--digits", type=int, default=300, help="a cell; a half of them on photos and large canvases"
    )
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--writers", choices=("choose", "report", "all"), default="report")
    options.add_argument(
        "--only", default="", help="cells whose name holds this, or one of these parted by |"
    )
    options.add_argument("--weights", type=Path, help="another model than the shipped one")
    options.add_argument("--sheet", type=Path, help="a folder for pictures of what was read wrong")
    chosen = options.parse_args()
    wanted = {"choose": (True,), "report": (False,), "all": (True, False)}[chosen.writers]
    digits = [digit for digit in read_lines(chosen.strokes) if (int(digit.writer or 0) % 3 == 0) in wanted]
    taken = balanced(digits, chosen.digits)
    model = from_weights(chosen.weights.read_bytes()) if chosen.weights else load_base()
    bench = Bench(taken, chosen.seed, chosen.sheet, chosen.only, model)
    writers = len({digit.writer for digit in taken})
    print(f"{len(taken)} digits of {writers} writers, seed {chosen.seed}")
    print(f"taken as strokes: {bench.strokes():.1f} %", flush=True)
    canvases(bench)
    variants(bench)
    photos(bench)
    worst(bench)


if __name__ == "__main__":
    main()
