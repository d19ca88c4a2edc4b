"""What redrawing pen strokes for each epoch brings a training on few digits of one writer, and costs.

    python -m bench.recognition.redrawn --pen STROKES.jsonl.gz [--each 10] [--part accuracy|speed]

``accuracy``: the first digits a class of a writer are learned from random weights and from the shipped model,
with strokes as stored and redrawn, without augmentation and with the light one; the writer's other digits are
read. Writers are those that the shipped model did not learn from. ``speed``: images a second of a training
on 2,000 pen digits, all of them redrawn or none. One CPU thread.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.config import STROKES, TrainConfig
from engine.data.strokes import StrokeDigit, read_lines, to_json
from engine.device import use_threads
from engine.inference.predictor import BASE, Predictor
from engine.resources import asset
from engine.training import base_digits
from engine.training.batches import Digits
from engine.training.interval import wilson
from engine.training.pen import Pen
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

RATES = {"random": 0.005, "base": 0.001}
EPOCHS = 40
SPEED_IMAGES = 2_000
REPEATS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--part", choices=("accuracy", "speed"), default="accuracy")
    chosen = parser.parse_args()
    use_threads(1)
    pens = [digit for digit in read_lines(chosen.pen) if digit.label is not None]
    if chosen.part == "speed":
        speed(pens[:SPEED_IMAGES])
    else:
        accuracy(base_digits.strangers_of(pens)[1], chosen.each)


def accuracy(pens: Sequence[StrokeDigit], each: int) -> None:
    """Print what is read of each writer's other digits."""
    writers = sorted({digit.writer or "" for digit in pens})
    print(f"writers {', '.join(writers)}, {each} digits a class")
    for start_from, augment in itertools.product(RATES, ("off", "light")):
        found: dict[str, list[tuple[int, int]]] = {}
        for strokes in STROKES:
            found[strokes] = []
            for writer in writers:
                own, rest = parted([digit for digit in pens if (digit.writer or "") == writer], each)
                config = TrainConfig(
                    start_from=start_from,
                    augment=augment,
                    strokes=strokes,
                    epochs=EPOCHS,
                    learning_rate=RATES[start_from],
                    device="cpu",
                )
                model = trained(config, own)
                tested = base_digits.drawn(rest)
                right = model.logits(tested.images).argmax(1) == tested.labels
                found[strokes].append((int(right.sum()), len(right)))
        for strokes, scores in found.items():
            right, n = (sum(part) for part in zip(*scores, strict=True))
            low, high = wilson(right, n)
            single = ", ".join(f"{score / count:.1%}" for score, count in scores)
            print(
                f"from {start_from:6}, augmentation {augment:5}, strokes {strokes:7}: "
                f"{right / n:.2%} of {n:,} [{low:.2%} … {high:.2%}] ({single})",
                flush=True,
            )


def speed(pens: Sequence[StrokeDigit]) -> None:
    """Print images a CPU second, the median of REPEATS trainings of two epochs."""
    for model, strokes in itertools.product(("mlp", "cnn"), STROKES):
        config = TrainConfig(model=model, epochs=2, augment="light", strokes=strokes, device="cpu")
        own, pen = base_digits.drawn(list(pens)), pen_of(config, pens)
        paces = []
        for repeat in range(REPEATS + 1):
            began = time.process_time()
            list(Trainer(config, own, None, store=MemoryStore(), threads=1, pen=pen).run())
            pace = 2 * len(pens) / (time.process_time() - began)
            if repeat:
                paces.append(pace)
            elif strokes == "redrawn":
                print(f"{model}: with reading the strokes {pace:,.0f} images/CPU-s")
        print(f"{model}, strokes {strokes}: {statistics.median(paces):,.0f} images/CPU-s", flush=True)


def trained(config: TrainConfig, own: Sequence[StrokeDigit]) -> Predictor:
    """Return the model after a training on these digits."""
    store = MemoryStore()
    weights = asset(BASE).read_bytes() if config.start_from == "base" else None
    digits: Digits = base_digits.drawn(list(own))
    pen = pen_of(config, own)
    list(Trainer(config, digits, None, store=store, start_weights=weights, threads=1, pen=pen).run())
    assert store.best is not None
    return Predictor(config, store.best.weights)


def pen_of(config: TrainConfig, pens: Sequence[StrokeDigit]) -> Pen | None:
    """Return what redraws them, where ``config`` has it."""
    if config.strokes == "stored":
        return None
    return Pen(
        {place: to_json(digit.strokes).encode() for place, digit in enumerate(pens)}, config.seed, Path()
    )


def parted(pens: Sequence[StrokeDigit], each: int) -> tuple[list[StrokeDigit], list[StrokeDigit]]:
    """Return ``each`` digits of every class, as they were written first, and the others."""
    labels = np.array([digit.label for digit in pens])
    first = {int(place) for label in range(10) for place in np.flatnonzero(labels == label)[:each]}
    return (
        [digit for place, digit in enumerate(pens) if place in first],
        [digit for place, digit in enumerate(pens) if place not in first],
    )


if __name__ == "__main__":
    main()
