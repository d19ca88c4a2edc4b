"""How long the tab Why takes for one digit, on one thread, with the nearest of 60,000 training digits.

    python bench/inference/explaining.py [--digits 30] [--times 6]

Explains starter digits with the shipped ``cnn`` and prints medians and 95th percentiles in milliseconds. The
starter digits are repeated so many times, slightly moved, to be searched; looking through them happens once
for a model and is printed in seconds, with the memory that it keeps.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from engine.data import starter
from engine.device import use_threads
from engine.inference.explain import integrated_gradients, occlusion
from engine.inference.neighbours import Neighbours
from engine.inference.predictor import load_base
from engine.inference.training_digits import TrainingDigits
from engine.inference.variations import variations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=30)
    parser.add_argument("--times", type=int, default=6)
    options = parser.parse_args()
    use_threads(1)
    model = load_base()
    images, labels = starter.load()
    searched = np.concatenate([np.roll(images, shift, (1, 2)) for shift in moves(options.times)])
    begun = time.perf_counter()
    near = Neighbours(
        model, TrainingDigits(searched, np.tile(labels, options.times).astype(np.int8), is_starter=True)
    )
    kept = (near._features.nbytes + searched.nbytes) / 1e6
    seconds = time.perf_counter() - begun
    print(f"{len(searched):,} digits looked through in {seconds:.1f} s, {kept:.0f} MB kept")
    asked = images[:: len(images) // options.digits][: options.digits]
    parts: dict[str, Callable[[np.ndarray], object]] = {
        "pieces covered": lambda digit: occlusion(model, digit, 4),
        "gradient": lambda digit: integrated_gradients(model, digit, 4),
        "variations": lambda digit: variations(model, digit),
        "nearest": near.nearest,
    }
    all_told = np.zeros((len(asked), 2))
    for name, part in parts.items():
        part(asked[0])  # warm
        taken = np.array([measured(part, digit) for digit in asked])
        all_told += taken
        print(told(name, taken))
    print(told("all", all_told))


def moves(times: int) -> list[tuple[int, int]]:
    return [(number % 3 - 1, number // 3 % 3 - 1) for number in range(times)]


def measured(part: Callable[[np.ndarray], object], digit: np.ndarray) -> tuple[float, float]:
    """Return milliseconds by the clock, and of this thread's CPU time, which other programs disturb less."""
    begun, used = time.perf_counter(), time.thread_time()
    part(digit)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - used)


def told(name: str, taken: np.ndarray) -> str:
    clock, used = taken.T
    low, high = np.percentile(clock, [50, 95])
    return f"{name:15} p50 {low:6.1f}  p95 {high:6.1f} ms   CPU p50 {np.median(used):6.1f} ms"


if __name__ == "__main__":
    main()
