"""How well the shipped model reads digits through each way of preprocessing, and how long that takes.

    python bench/recognition/measure_preprocessing.py [--digits N] [--sheet FOLDER]

Pen strokes are taken as vectors, drawn at many pen widths in both polarities, and laid on synthetic photos
(uneven light, shadow, coloured ink, noise, JPEG, ruled paper). The data folder is found by DOJO_DATA or
beside the checkout. Times are of a shared machine: compare them within one run only.
"""

from __future__ import annotations

import argparse
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from engine.data.preprocess import Prepared, from_image, from_strokes
from engine.data.strokes import StrokeDigit, read_lines
from engine.inference.predictor import load_base

Page = NDArray[np.uint8]


def draw(
    digit: StrokeDigit, side: int, pen: float, rng: np.random.Generator, share: tuple[float, float]
) -> Page:
    """Return (side, side) uint8, white ink on black, at a random size and place."""
    times = 2
    points = np.concatenate(digit.strokes)[:, :2]
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = max(rng.uniform(*share) * side - pen, 4) / max(float(extent.max()), 1.0)
    offset = pen / 2 + rng.uniform(0, 1, 2) * np.maximum(side - extent * scale - pen, 0)
    page = Image.new("L", (side * times, side * times))
    brush = ImageDraw.Draw(page)
    radius = pen * times / 2
    for stroke in digit.strokes:
        placed = ((stroke[:, :2] - low) * scale + offset) * times
        brush.line([tuple(point) for point in placed.tolist()], fill=255, width=max(1, round(pen * times)))
        for x, y in placed.tolist() if pen > 1 else []:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(page.resize((side, side), Image.Resampling.BOX))


def photo(ink: Page, rng: np.random.Generator, ruled: bool, shadow: bool) -> bytes:
    """Lay ink on paper as a camera would see it: colour, light, blur, noise and JPEG."""
    side = len(ink)
    down, across = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    light = 190 + 45 * (np.cos(angle) * across + np.sin(angle) * down) * rng.uniform(0, 1)
    light *= 1 - rng.uniform(0, 0.2) * (down**2 + across**2)
    if shadow:  # a soft-edged shadow over a part of the page
        edge = np.cos(angle + 1) * across + np.sin(angle + 1) * down - rng.uniform(-0.6, 0.6)
        light *= 1 - 0.4 / (1 + np.exp(-edge * rng.uniform(10, 40)))
    paper = np.array([1.0, 0.98, 0.93]) * light[:, :, None]
    if ruled:
        rows = (np.arange(side) + int(rng.integers(0, 40))) % max(24, side // 7) < max(1, side // 200)
        paper[rows] *= np.array([0.8, 0.86, 0.95])
    colour = np.array(
        [(0.15, 0.15, 0.2), (0.15, 0.2, 0.6), (0.6, 0.15, 0.15), (0.35, 0.35, 0.35)][rng.integers(4)]
    )
    share = ink[:, :, None] / 255
    picture = Image.fromarray(np.clip(paper * (1 - share + share * colour), 0, 255).astype(np.uint8))
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.5))), np.float64)
    noisy = np.clip(blurred + rng.normal(0, rng.uniform(2, 7), blurred.shape), 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noisy).save(file, "JPEG", quality=int(rng.integers(50, 92)))
    return file.getvalue()


def pen_digits() -> list[StrokeDigit]:
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return list(
        read_lines(Path(os.environ.get("DOJO_DATA", beside)) / "pen" / "pendigits_train_strokes.jsonl.gz")
    )


def measure(
    name: str,
    digits: list[StrokeDigit],
    prepare: Callable[[StrokeDigit], Callable[[], Prepared]],
    predict: Callable[[NDArray[np.uint8]], NDArray[np.intp]],
    sheet: Path | None,
) -> None:
    """Print one line: accuracy, what was called nothing, median and slowest milliseconds."""
    images, seconds, blank = [], [], 0
    for digit in digits:
        job = prepare(digit)
        start = time.perf_counter()
        prepared = job()
        seconds.append(time.perf_counter() - start)
        images.append(prepared.digit)
        blank += prepared.is_blank
    stack = np.stack(images)
    labels = np.array([digit.label for digit in digits])
    right = predict(stack) == labels
    each = " ".join(f"{right[labels == label].mean():.2f}" for label in range(10))
    low, high = np.percentile(seconds, (50, 99)) * 1000
    print(
        f"{name:34} {right.mean():.3f}  blank {blank:3}  {low:6.2f} ms  p99 {high:6.2f} ms  0…9: {each}",
        flush=True,
    )
    if sheet is not None:
        _contact_sheet(stack[~right][:240], sheet / f"{name.replace(' ', '_')}.png")


def _contact_sheet(images: NDArray[np.uint8], path: Path, across: int = 24) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page = np.zeros((max(1, -(-len(images) // across)) * 28, across * 28), np.uint8)
    for index, image in enumerate(images):
        top, left = index // across * 28, index % across * 28
        page[top : top + 28, left : left + 28] = image
    Image.fromarray(page).resize((page.shape[1] * 2, page.shape[0] * 2), Image.Resampling.NEAREST).save(path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--digits", type=int, default=1000)
    options.add_argument("--sheet", type=Path, help="a folder for pictures of what was read wrong")
    chosen = options.parse_args()
    everything = pen_digits()
    digits = everything[:: max(1, len(everything) // chosen.digits)]
    predictor = load_base()

    def predict(images: NDArray[np.uint8]) -> NDArray[np.intp]:
        return np.array([prediction.label for prediction in predictor.predict(images)])

    rng = np.random.default_rng(0)
    measure("strokes", digits, lambda digit: lambda: from_strokes(digit.strokes), predict, chosen.sheet)
    for side, pens in ((64, (1, 3)), (280, (1, 2, 4, 8, 14, 20, 30)), (1000, (4, 40))):
        for pen in pens:
            for dark in (False, True):

                def canvas(
                    digit: StrokeDigit, side: int = side, pen: int = pen, dark: bool = dark
                ) -> Callable[[], Prepared]:
                    page = draw(digit, side, pen, rng, (0.55, 0.85))
                    page = 255 - page if dark else page
                    return lambda: from_image(page)

                name = f"canvas {side} pen {pen} {'dark' if dark else 'light'}"
                measure(name, digits, canvas, predict, chosen.sheet)
    for name, ruled, shadow in (
        ("photo", False, False),
        ("photo shadow", False, True),
        ("photo ruled", True, False),
    ):

        def taken(digit: StrokeDigit, ruled: bool = ruled, shadow: bool = shadow) -> Callable[[], Prepared]:
            ink = draw(digit, 600, rng.uniform(5, 24), rng, (0.25, 0.7))
            data = photo(ink, rng, ruled, shadow)
            return lambda: from_image(data)

        measure(name, digits[::4], taken, predict, chosen.sheet)


if __name__ == "__main__":
    main()
