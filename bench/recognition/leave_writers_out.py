"""How the recipe of the shipped model reads people it has never seen.

    python -m bench.recognition.leave_writers_out --mnist FOLDER --pen STROKES.jsonl.gz [--without-pen]

The writers are cut into folds; for each a model is trained as ``engine.training.train_base`` does, on the
others' strokes (some of them choose the temperature), and reads the fold's digits, drawn as the canvas
draws them. With ``--without-pen`` one model learns from no pen stroke at all and reads every writer. MNIST's
10,000 test digits are read at the end and choose nothing. Prints accuracy by fold, digit and writer, the
confusions, and the calibration error; ``--sheet FILE`` keeps a picture of the worst errors. A fold takes
some twenty minutes on one core: ``--fold N --keep FOLDER`` trains one alone, and the same without ``--fold``
reads with all that are kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine.config import TrainConfig
from engine.data import idx
from engine.data.found import Found
from engine.data.strokes import StrokeDigit, read_lines
from engine.inference.predictor import Predictor, from_weights
from engine.training import base_digits
from engine.training.batches import Digits
from engine.training.calibration import calibration_error
from engine.training.interval import wilson
from engine.training.train_base import CONFIG, HELD_OUT, PICTURED, learning, train

COLUMNS = 20  # of the sheet


def main() -> None:
    """Train and read, fold by fold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--without-pen", action="store_true")
    parser.add_argument("--epochs", type=int, default=CONFIG.epochs)
    parser.add_argument("--synthesised", type=int, default=base_digits.SYNTHESISED)
    parser.add_argument("--pictured", type=int, default=PICTURED)
    parser.add_argument("--fold", type=int, help="this one alone, from 0; several can then run side by side")
    parser.add_argument("--keep", type=Path, help="folder for the models; those in it are not trained again")
    parser.add_argument("--sheet", type=Path, help="picture of the errors that were surest")
    chosen = parser.parse_args()
    config = TrainConfig.from_dict(CONFIG.to_dict() | {"epochs": chosen.epochs})
    found = idx.read(chosen.mnist / "train-images-idx3-ubyte.gz")
    order = np.random.default_rng(config.seed).permutation(len(found.labels))
    mnist, hold = (
        Digits(found.digits[part], found.labels[part].astype(np.int64))
        for part in (order[HELD_OUT:], order[:HELD_OUT])
    )
    pens = [digit for digit in read_lines(chosen.pen) if digit.label is not None]
    test = idx.read(chosen.mnist / "t10k-images-idx3-ubyte.gz")
    answers, digits = [], []
    for number, (known, left_out) in enumerate(folds(pens, 1 if chosen.without_pen else chosen.folds)):
        if chosen.fold not in (None, number):
            continue
        kept = chosen.keep / f"fold-{number}.safetensors" if chosen.keep else None
        if kept and kept.exists():
            model = from_weights(kept.read_bytes())
        else:
            known = [] if chosen.without_pen else known
            familiar, strangers = base_digits.strangers_of(known)
            learn = learning(mnist, familiar, chosen.synthesised, chosen.pictured, config.seed + number)
            base = train(learn, hold, base_digits.drawn(strangers), config)
            model = from_weights(base.weights)
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(base.weights)
        drawn = base_digits.drawn(left_out)
        answers.append(model.probabilities(drawn.images))
        digits.append((drawn, [digit.writer or "" for digit in left_out]))
        print(
            f"fold {number}: {figure(answers[-1], drawn.labels)}; threshold {model.threshold:.2f}", flush=True
        )
        print(f"  MNIST test: {mnist_figure(model, test)}", flush=True)
    everything = base_digits.joined([part for part, _ in digits])
    report(np.concatenate(answers), everything, [writer for _, writers in digits for writer in writers])
    if chosen.sheet:
        save_sheet(np.concatenate(answers), everything, chosen.sheet)


def folds(pens: Sequence[StrokeDigit], count: int) -> list[tuple[list[StrokeDigit], list[StrokeDigit]]]:
    """Return (others, left out) for each of ``count`` groups of writers."""
    writers = sorted({digit.writer or "" for digit in pens})
    return [
        (
            [digit for digit in pens if (digit.writer or "") not in part],
            [digit for digit in pens if (digit.writer or "") in part],
        )
        for part in (set(writers[first::count]) for first in range(count))
    ]


def figure(answers: np.ndarray, labels: np.ndarray) -> str:
    """Return an accuracy with its size, interval and calibration error."""
    right = int((answers.argmax(1) == labels).sum())
    low, high = wilson(right, len(labels))
    error = calibration_error(answers, labels)
    share = f"{right / len(labels):.2%} of {len(labels):,} [{low:.2%} … {high:.2%}]"
    return f"{share}, calibration error {error:.2%}"


def mnist_figure(model: Predictor, test: Found) -> str:
    """Return how ``model`` reads MNIST's test digits."""
    return figure(model.probabilities(test.digits), test.labels)


def report(answers: np.ndarray, digits: Digits, writers: Sequence[str]) -> None:
    """Print the whole, by digit, by writer, and the pairs that are taken for each other."""
    read = answers.argmax(1)
    right = read == digits.labels
    print(f"all: {figure(answers, digits.labels)}")
    for label in range(10):
        own = digits.labels == label
        print(f"  {label}: {right[own].mean():.2%} of {own.sum():,}")
    pairs = Counter(zip(digits.labels[~right].tolist(), read[~right].tolist(), strict=True))
    print("  confusions:", ", ".join(f"{a}→{b} {n}" for (a, b), n in pairs.most_common(12)))
    by_writer = {name: right[np.array(writers) == name].mean() for name in set(writers)}
    worst = sorted(by_writer.items(), key=lambda item: item[1])[:6]
    print("  hardest writers:", ", ".join(f"{name} {share:.1%}" for name, share in worst))


def save_sheet(answers: np.ndarray, digits: Digits, path: Path, most: int = 100) -> None:
    """Save the ``most`` errors that were surest, and print label and answer of each, row by row."""
    read = answers.argmax(1)
    wrong = np.flatnonzero(read != digits.labels)
    wrong = wrong[np.argsort(-answers.max(1)[wrong])][:most]
    rows = -(-len(wrong) // COLUMNS)
    sheet = np.zeros((rows * 30, COLUMNS * 30), np.uint8)
    for place, index in enumerate(wrong):
        top, left = place // COLUMNS * 30, place % COLUMNS * 30
        sheet[top : top + 28, left : left + 28] = digits.images[index]
    Image.fromarray(sheet).resize((sheet.shape[1] * 2, sheet.shape[0] * 2)).save(path)
    for row in range(rows):
        part = wrong[row * COLUMNS : (row + 1) * COLUMNS]
        print(" ".join(f"{digits.labels[index]}→{read[index]}" for index in part))


if __name__ == "__main__":
    main()
