"""Trains the model that ships with the program, so that it can read digits before anyone has trained.

    python -m engine.training.train_base --mnist FOLDER [--out assets/base]

FOLDER holds MNIST's original files; only its 60,000 train digits are read, never the 10,000 test digits.
Equal torch version and seed give equal bytes.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.data import idx, rarity
from engine.events import EpochCompleted, RunFailed
from engine.inference.predictor import Predictor
from engine.training import checkpoint, models
from engine.training.batches import Digits
from engine.training.evaluation import Metrics
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

SEED = 20_26
HELD_OUT = 5_000  # of the 60,000: they choose the epoch and the threshold, and measure both
RARE = 0.5  # digits of rare styles shown again, as a share of the others
KEPT = 0.999  # share of the rightly read held-out digits that the threshold must let pass
CONFIG = TrainConfig(
    model="cnn", epochs=10, batch_size=128, learning_rate=0.006, augment="light", seed=SEED, device="cpu"
)

CARD = """# The model that ships with Digit Dojo

`base.safetensors` answers on the Test page and to `--run base` before anything was trained, and is a
starting point for training on few digits of one's own (`--start-from base`).

| | |
| --- | --- |
| network | `{model}`, {parameters:,} trainable numbers |
| trained on | {train:,} of MNIST's 60,000 train digits, rare styles oftener; no test digits |
| settings | {epochs} epochs, batch size {batch_size}, learning rate {learning_rate:g} (one cycle) |
| augmentation | {augment} |
| seed | {seed} |
| made with | torch {torch}, CPU, one thread |
| accuracy | {accuracy:.2%} of the other {n:,} train digits, which also chose the epoch |
| 95 % interval | {low:.2%} to {high:.2%} |
| "not sure" | below a confidence of {threshold:.2f} |
| answered | {sure:.2%} of those digits; {sure_right:.2%} of the answers are right |

Made by `python -m engine.training.train_base --mnist FOLDER`; equal seed and torch version give equal bytes.

## Limits
It knows single digits 0 to 9, white on black, 28 × 28, prepared as `engine.data.preprocess` does. Hands that
write otherwise than MNIST's American writers of the 1990s are read less well: a 1 with a long upstroke is
often taken for a 7. It answers with a digit whatever it is shown: a letter or a scribble can be "read" with
high confidence. The confidence is not calibrated.

## Data and licence
MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, made from NIST Special Databases 1 and 3;
licence CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/). The weights derived from it ship under
the same licence.
"""


@dataclass(frozen=True, slots=True)
class Base:
    """A trained base model: safetensors bytes and what they achieve on the held-out digits."""

    weights: bytes
    metrics: Metrics
    threshold: float
    sure: float  # share of the held-out digits answered at the threshold
    sure_right: float  # share of those answers that are right


def train(digits: Digits, config: TrainConfig = CONFIG, held_out: int = HELD_OUT) -> Base:
    """Train on all but ``held_out`` of ``digits``; every bit follows from ``config.seed``."""
    order = np.random.default_rng(config.seed).permutation(len(digits.labels))
    learn, hold = (
        Digits(digits.images[part], digits.labels[part]) for part in (order[held_out:], order[:held_out])
    )
    store = MemoryStore()
    shown = with_rare_styles(learn, config.seed)
    for event in Trainer(config, shown, hold, store=store, threads=1).run():
        if isinstance(event, EpochCompleted):
            say(f"epoch {event.epoch:2}: val_loss {event.val_loss:.4f} val_accuracy {event.val_accuracy:.4f}")
        if isinstance(event, RunFailed):
            raise RuntimeError(f"{event.code} {event.fields}")
    assert store.best is not None  # a completed run has one
    return measured(Predictor(config, store.best.weights), hold)


def with_rare_styles(digits: Digits, seed: int) -> Digits:
    """Return ``digits`` and RARE as many again, drawn so that rare ways of writing come often.

    It read 97.6 % of the pen strokes of 30 other writers instead of 96.9 %, and MNIST as well as before.
    """
    chances = rarity.chances(digits.images, digits.labels)
    count = round(RARE * len(digits.labels))
    again = np.random.default_rng(seed).choice(len(chances), count, p=chances / chances.sum())
    places = np.concatenate([np.arange(len(chances)), again])
    return Digits(digits.images[places], digits.labels[places])


def measured(predictor: Predictor, hold: Digits) -> Base:
    """Return the model with its threshold and with what it achieves on the ``hold`` digits."""
    probabilities = predictor.probabilities(hold.images)
    threshold = choose_threshold(probabilities, hold.labels)
    sure = probabilities.max(1) >= threshold
    about = models.describe(predictor.config) | {"threshold": threshold}
    return Base(
        checkpoint.weights_to_bytes(predictor.model, about),
        predictor.evaluate(hold.images, hold.labels),
        threshold,
        float(sure.mean()),
        float((probabilities.argmax(1) == hold.labels)[sure].mean()),
    )


def choose_threshold(probabilities: NDArray[np.float32], labels: NDArray[np.int8]) -> float:
    """Return the highest confidence, in hundredths, that KEPT of the right answers reach.

    Args:
        probabilities: (N, 10).
        labels: (N,) 0 … 9; at least one of them is read right.
    """
    confidence = probabilities.max(1)[probabilities.argmax(1) == labels]
    lowest = float(np.quantile(confidence.astype(np.float64), 1 - KEPT))
    return math.floor(lowest * 100) / 100


def card(base: Base, config: TrainConfig, train_images: int) -> str:
    """Return the text that ships beside the weights."""
    low, high = base.metrics.interval()
    model = models.build(config)
    return CARD.format(
        parameters=models.parameter_count(model),
        train=train_images,
        torch=torch.__version__.split("+")[0],
        accuracy=base.metrics.accuracy,
        n=base.metrics.n,
        low=low,
        high=high,
        threshold=base.threshold,
        sure=base.sure,
        sure_right=base.sure_right,
        **{name: value for name, value in config.to_dict().items() if name in CARD},
    )


def say(text: str) -> None:
    """Print for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write ``base.safetensors`` and ``base.md``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True, help="folder with MNIST's original files")
    parser.add_argument("--out", type=Path, default=Path("assets/base"))
    parser.add_argument("--epochs", type=int, default=CONFIG.epochs)
    parser.add_argument("--images", type=int, default=60_000, help="fewer for a trial")
    options = parser.parse_args(arguments)
    config = TrainConfig.from_dict({**CONFIG.to_dict(), "epochs": options.epochs})
    found = idx.read(options.mnist / "train-images-idx3-ubyte.gz")
    digits = Digits(found.digits[: options.images], found.labels[: options.images])
    held_out = min(HELD_OUT, len(digits.labels) // 10)
    base = train(digits, config, held_out)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "base.safetensors").write_bytes(base.weights)
    text = card(base, config, len(digits.labels) - held_out)
    (options.out / "base.md").write_text(text, encoding="utf-8")
    say(text)


if __name__ == "__main__":
    main()
