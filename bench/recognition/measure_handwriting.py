"""What written digits are worth: train with and without them, and read the pen strokes of unseen writers.

    python bench/recognition/measure_handwriting.py [--written N ...] [--real N] [--augment light] [--report]
    python bench/recognition/measure_handwriting.py --sheet PICTURE

No pen stroke enters the training. Writers whose number divides by 3 are for development: look at their digits
and mend the templates by them; the others are measured with ``--report`` only, rarely. ``--sheet`` draws
every way of writing, a row each, by 28 hands, to be looked at: anybody must read every digit. The data folder
is found by DOJO_DATA or beside the checkout.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.config import TrainConfig
from engine.data import idx
from engine.data.handwriting.hand import Hand
from engine.data.handwriting.synthesis import generate
from engine.data.handwriting.templates import TEMPLATES
from engine.data.handwriting.writing import write_as
from engine.data.strokes import read_lines, render
from engine.inference.predictor import Predictor
from engine.training.batches import Digits
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

DATA = Path(os.environ.get("DOJO_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
HELD_OUT = 5_000  # of MNIST's train digits, for measuring; its test digits are not touched
DEVELOPMENT = 3  # every third writer
ACROSS = 28


def pen_digits() -> dict[str, Digits]:
    """Return the pen strokes of the development and of the report writers, drawn."""
    found = list(read_lines(DATA / "pen" / "pendigits_train_strokes.jsonl.gz"))
    images = np.stack([render(digit.strokes) for digit in found])
    labels = np.array([digit.label for digit in found])
    development = np.array([int(digit.writer or 0) % DEVELOPMENT == 0 for digit in found])
    parts = {"development": development, "report": ~development}
    return {name: Digits(images[part], labels[part]) for name, part in parts.items()}


def trained(learn: Digits, hold: Digits, augment: str, epochs: int) -> Predictor:
    """Return the project's small network after ``epochs`` of ``learn``."""
    config = TrainConfig(
        model="cnn", epochs=epochs, batch_size=128, learning_rate=0.006, augment=augment, device="cpu"
    )
    store = MemoryStore()
    for _ in Trainer(config, learn, hold, store=store, threads=1).run():
        pass
    assert store.last is not None
    return Predictor(config, store.last.weights)


def line(predictor: Predictor, name: str, digits: Digits) -> str:
    """Return the accuracy over all and for each digit."""
    right = predictor.probabilities(digits.images).argmax(axis=1) == digits.labels
    each = " ".join(f"{label}:{right[digits.labels == label].mean():.1%}" for label in range(10))
    return f"  {name:12} {right.mean():.2%}  {each}"


def sheet(path: Path, seed: int) -> None:
    """Draw every way of writing, a row each."""
    rows: list[NDArray[np.uint8]] = []
    for label, ways in enumerate(TEMPLATES):
        for place, way in enumerate(ways):
            random = np.random.default_rng((seed, label, place))
            hands = (Hand.draw(random) for _ in range(ACROSS))
            rows.append(np.hstack([render(write_as(way, label, random, hand)) for hand in hands]))
        rows.append(np.full((4, ACROSS * 28), 128, np.uint8))
    page = Image.fromarray(np.vstack(rows))
    page.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC).save(path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--written", type=int, nargs="+", default=[0, 60_000])
    options.add_argument("--real", type=int, default=55_000)
    options.add_argument("--augment", choices=("off", "light", "strong"), default="light")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--report", action="store_true", help="measure the report writers too")
    options.add_argument("--sheet", type=Path, help="draw this PNG and end")
    chosen = options.parse_args()
    if chosen.sheet is not None:
        sheet(chosen.sheet, chosen.seed)
        return
    found = idx.read(DATA / "mnist" / "train-images-idx3-ubyte.gz")
    order = np.random.default_rng(5).permutation(len(found.labels))
    held, learn = order[:HELD_OUT], order[HELD_OUT:][: chosen.real]
    hold = Digits(found.digits[held], found.labels[held])
    pen = pen_digits()
    if not chosen.report:
        del pen["report"]
    images, labels = generate(max(chosen.written), chosen.seed)
    for count in chosen.written:
        both = Digits(
            np.concatenate([found.digits[learn], images[:count]]),
            np.concatenate([found.labels[learn].astype(np.int64), labels[:count]]),
        )
        predictor = trained(both, hold, chosen.augment, chosen.epochs)
        print(f"{len(learn):,} of MNIST and {count:,} written, {chosen.epochs} epochs, {chosen.augment}")
        for name, digits in {"MNIST, held": hold, **pen}.items():
            print(line(predictor, name, digits), flush=True)


if __name__ == "__main__":
    main()
