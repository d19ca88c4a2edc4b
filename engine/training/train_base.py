"""Trains the model that ships with the program, so that it can read digits before anyone has trained.

    python -m engine.training.train_base --mnist FOLDER --pen STROKES.jsonl.gz [--out assets/base]

FOLDER holds MNIST's original files; only its 60,000 train digits are read, never the 10,000 test digits.
Equal torch version and seed give equal bytes.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.augmentation import Amounts
from engine.config import TrainConfig
from engine.data import idx
from engine.data.strokes import StrokeDigit, read_lines
from engine.events import EpochCompleted, RunFailed
from engine.inference.predictor import UNSURE_BELOW, Predictor
from engine.training import base_digits, checkpoint, hard_digits, models
from engine.training.base_digits import SYNTHESISED
from engine.training.batches import Digits
from engine.training.calibration import calibration_error, fit_temperature, probabilities
from engine.training.evaluation import Metrics
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

SEED = 20_26
HELD_OUT = 5_000  # of the 60,000: not learned from
PEN_COPIES, REDRAWN = 2, 4  # of each pen digit: as it was written, and as it might have been another time
PICTURED = 24_000  # digits of our own hands as pictures of broad pens and few pixels
KEPT = 0.99  # share of the rightly read digits of strangers that the threshold must let pass
AMOUNTS = Amounts(shift=1.5, turn=9.0, scale=0.1, shear=0.12, thicker=0.3, thinner=0.2, elastic=0.5)
CONFIG = TrainConfig(
    model="cnn",
    epochs=16,
    batch_size=128,
    learning_rate=0.006,
    augment="custom",
    augment_amounts=AMOUNTS,
    seed=SEED,
    device="cpu",
)

CARD = """# The model that ships with Digit Dojo

`base.safetensors` answers on the Test page and to `--run base` before anything was trained, and is a
starting point for training on few digits of one's own (`--start-from base`).

| | |
| --- | --- |
| network | `{model}`, {parameters:,} trainable numbers |
| learned from | {train:,} images, as listed below |
| settings | {epochs} epochs, batch size {batch_size}, learning rate {learning_rate:g} (one cycle) |
| augmentation | {amounts} |
| seed | {seed} |
| made with | torch {torch}, CPU, one thread |
| MNIST train digits not learned from | {mnist} |
| pen digits of writers not learned from | {pen} |
| temperature | {temperature:.3f}, fitted on those writers |
| calibration error there | {before:.2%} before, {after:.2%} after |
| "not sure" | below a confidence of {threshold:.2f} |
| answered | {sure:.2%} of those writers' digits; {sure_right:.2%} of the answers are right |

Images: MNIST train digits, rare styles oftener, without the 2,000 starter digits that a new document
holds back to validate and test; pen strokes of {writers} writers, with {copies} pens each, {redrawn} times
redrawn with another slant, haste and tremor, and once as a picture of a broad pen; {synthesised:,} digits
written by our own synthesiser (`engine.data.handwriting`), and {pictured:,} more as pictures of broad pens,
most of them of few pixels.

The digits not learned from also chose between two recipes, and the pen writers among them the temperature and
the threshold, so these figures flatter a little. No MNIST test digit was used for anything.

Made by `python -m engine.training.train_base --mnist FOLDER --pen STROKES`; equal seed and torch version give
equal bytes.

## Limits
It knows single digits 0 to 9, white on black, 28 × 28, prepared as `engine.data.preprocess` does. It answers
with a digit whatever it is shown: a letter or a scribble can be "read" with high confidence.

## Data and licence
MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, made from NIST Special Databases 1 and 3;
licence CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/). Pen strokes: "Pen-Based Recognition of
Handwritten Digits" by E. Alpaydin and F. Alimoglu, UCI Machine Learning Repository, CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/). The weights derived from both ship under CC BY-SA 3.0.
"""


@dataclass(frozen=True, slots=True)
class Base:
    """A trained base model: safetensors bytes, and what they achieve on digits not learned from.

    Attributes:
        weights: they carry threshold and temperature.
        mnist, pen: on MNIST's train digits and on strangers' pen digits; ``pen`` is None without any.
        before, after: expected calibration error, at temperature 1 and at the fitted one.
        sure, sure_right: share answered at the threshold, and of those the right ones.
    """

    weights: bytes
    mnist: Metrics
    pen: Metrics | None
    temperature: float
    threshold: float
    before: float
    after: float
    sure: float
    sure_right: float


def learning(
    mnist: Digits, pens: Sequence[StrokeDigit], synthesised: int, pictured: int, seed: int
) -> Digits:
    """Return all that the model learns from; it follows from the arguments alone.

    Args:
        mnist: of MNIST's train part.
        pens: labelled strokes, perhaps none.
        synthesised: how many digits to write ourselves.
        pictured: how many more to write as pictures of broad pens and few pixels.
        seed: of all that is drawn.
    """
    return base_digits.joined(
        [
            base_digits.learning_digits(mnist, pens, synthesised, seed, PEN_COPIES),
            hard_digits.redrawn(pens, REDRAWN, seed),
            hard_digits.pictured(pens, pictured, seed),
        ]
    )


def train(learn: Digits, hold: Digits, strangers: Digits, config: TrainConfig = CONFIG) -> Base:
    """Train on ``learn`` and return the last epoch's model; every bit follows from ``config.seed``.

    No epoch is chosen: by the last the learning rate has fallen to nothing, while the loss on digits not
    learned from would choose an early one, of a model that is less sure and reads worse.

    Args:
        learn: what ``learning`` returns.
        hold: digits of the same source, not learned from; at least one.
        strangers: digits of writers not learned from; where there are none, ``hold`` stands in.
        config: the settings.
    """
    store = MemoryStore()
    choosing = base_digits.joined([hold, strangers])
    for event in Trainer(config, learn, choosing, store=store, threads=1).run():
        if isinstance(event, EpochCompleted):
            say(f"epoch {event.epoch:2}: val_loss {event.val_loss:.4f} val_accuracy {event.val_accuracy:.4f}")
        if isinstance(event, RunFailed):
            raise RuntimeError(f"{event.code} {event.fields}")
    assert store.last is not None  # a completed run has one
    return measured(Predictor(config, store.last.weights), hold, strangers)


def measured(predictor: Predictor, hold: Digits, strangers: Digits) -> Base:
    """Return the model with its temperature and threshold, and with what it achieves."""
    unseen = strangers if len(strangers.labels) else hold
    logits = predictor.logits(unseen.images)
    temperature = fit_temperature(logits, unseen.labels)
    answers = probabilities(logits, temperature)
    threshold = choose_threshold(answers, unseen.labels)
    sure = answers.max(1) >= threshold
    about = models.describe(predictor.config) | {"threshold": threshold, "temperature": round(temperature, 6)}
    return Base(
        checkpoint.weights_to_bytes(predictor.model, about),
        predictor.evaluate(hold.images, hold.labels),
        predictor.evaluate(strangers.images, strangers.labels) if len(strangers.labels) else None,
        temperature,
        threshold,
        calibration_error(probabilities(logits), unseen.labels),
        calibration_error(answers, unseen.labels),
        float(sure.mean()),
        float((answers.argmax(1) == unseen.labels)[sure].mean()) if sure.any() else 0.0,
    )


def choose_threshold(answers: NDArray[np.floating[Any]], labels: NDArray[Any]) -> float:
    """Return the highest confidence, in hundredths, that KEPT of the right answers reach.

    Args:
        answers: (N, 10) probabilities.
        labels: (N,) 0 … 9; where none of them is read right, UNSURE_BELOW is returned.
    """
    confidence = answers.max(1)[answers.argmax(1) == labels]
    if not len(confidence):
        return UNSURE_BELOW
    lowest = float(np.quantile(confidence.astype(np.float64), 1 - KEPT))
    return math.floor(lowest * 100) / 100


def card(
    base: Base, config: TrainConfig, train_images: int, writers: int, synthesised: int, pictured: int
) -> str:
    """Return the text that ships beside the weights."""
    return CARD.format(
        parameters=models.parameter_count(models.build(config)),
        train=train_images,
        writers=writers,
        copies=PEN_COPIES,
        redrawn=REDRAWN,
        synthesised=synthesised,
        pictured=pictured,
        amounts=", ".join(f"{name} {amount:g}" for name, amount in asdict(AMOUNTS).items() if amount),
        torch=torch.__version__.split("+")[0],
        mnist=figure(base.mnist),
        pen=figure(base.pen) if base.pen else "none were at hand",
        temperature=base.temperature,
        threshold=base.threshold,
        before=base.before,
        after=base.after,
        sure=base.sure,
        sure_right=base.sure_right,
        **{name: value for name, value in config.to_dict().items() if name in CARD},
    )


def figure(metrics: Metrics) -> str:
    """Return an accuracy with its size and 95 % interval."""
    low, high = metrics.interval()
    return f"{metrics.accuracy:.2%} of {metrics.n:,} (95 % interval {low:.2%} to {high:.2%})"


def say(text: str) -> None:
    """Print for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write ``base.safetensors`` and ``base.md``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True, help="folder with MNIST's original files")
    parser.add_argument("--pen", type=Path, help="pen strokes, JSON lines with label and writer")
    parser.add_argument("--out", type=Path, default=Path("assets/base"))
    parser.add_argument("--epochs", type=int, default=CONFIG.epochs)
    parser.add_argument("--images", type=int, default=60_000, help="of MNIST; fewer for a trial")
    parser.add_argument("--synthesised", type=int, default=SYNTHESISED)
    parser.add_argument("--pictured", type=int, default=PICTURED)
    options = parser.parse_args(arguments)
    config = TrainConfig.from_dict({**CONFIG.to_dict(), "epochs": options.epochs})
    found = idx.read(options.mnist / "train-images-idx3-ubyte.gz")
    digits = Digits(found.digits[: options.images], found.labels[: options.images])
    order = np.random.default_rng(config.seed).permutation(len(digits.labels))
    held_out = min(HELD_OUT, len(order) // 10)
    mnist, hold = (
        Digits(digits.images[part], digits.labels[part]) for part in (order[held_out:], order[:held_out])
    )
    known, strangers = base_digits.strangers_of(list(read_lines(options.pen)) if options.pen else [])
    learn = learning(mnist, known, options.synthesised, options.pictured, config.seed)
    base = train(learn, hold, base_digits.drawn(strangers), config)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "base.safetensors").write_bytes(base.weights)
    writers = len({digit.writer for digit in known})
    text = card(base, config, len(learn.labels), writers, options.synthesised, options.pictured)
    (options.out / "base.md").write_text(text, encoding="utf-8")
    say(text)


if __name__ == "__main__":
    main()
