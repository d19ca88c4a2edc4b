"""Trains the gate that ships with the program: it tells digits from letters, scribbles and marks.

    python -m engine.training.train_gate --mnist FOLDER --pen STROKES.jsonl.gz [--out assets/gate]

FOLDER holds MNIST's original files; only its 60,000 train digits are read, never the 10,000 test digits.
Equal torch version, seed and ways of writing (``engine.data.handwriting``) give equal bytes.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.augmentation import NAMED
from engine.data import idx
from engine.data.handwriting import synthesis
from engine.data.handwriting.writing import write
from engine.data.strokes import StrokeDigit, read_lines
from engine.inference import reject
from engine.inference.predictor import load_base
from engine.inference.reject import NO_DIGIT
from engine.training import base_digits, checkpoint, gate_digits, models
from engine.training.batches import Batches, Digits
from engine.training.interval import wilson
from engine.training.optim import AdamW
from engine.training.schedule import learning_rate
from engine.training.train_base import HELD_OUT, say

SEED = 20_26
EPOCHS = 8
WHOLE_EPOCHS = 2  # that show everything; those after them what is hard
HARD, EASY = 0.2, 0.15  # shares of everything that a later epoch shows: of what was hard, of the rest
BATCH_SIZE = 128
LEARNING_RATE = 0.006
WEIGHT_DECAY = 0.01
AUGMENT = "light"
SYNTHESISED = 30_000
PICTURED = 15_000  # digits written anew and drawn as pictures
NO_DIGITS = 60_000
SPOILED = 40_000  # pictures made of digits so that none is left
CHOOSING = 6_000  # synthesised digits, and pictures without one, that choose temperature and threshold
MADE_UP = "pictures without a digit, made anew"
LOWEST = 0.05  # the threshold is no lower
KEPT = 0.995  # of each kind of digits not learned from: the goal is 99 %, and strangers are harder

CARD = """# The gate that ships with Digit Dojo

`gate.safetensors` says how likely a picture shows one digit at all. It stands before every model, the shipped
one and those a user trains, so that a scribble is not read as a digit with 99 %.

| | |
| --- | --- |
| network | `cnn` with eleven classes: the digits, and everything else; {parameters:,} trainable numbers |
| learned from | {digits:,} images of digits, {others:,} made-up pictures without one, or with several |
| settings | {epochs} epochs, batch size {batch_size}, learning rate {rate:g} (one cycle) |
| later epochs | from the third on {hard:.0%} of all pictures, the hardest so far, and {easy:.0%} by chance |
| augmentation | {augment} |
| seed | {seed} |
| made with | torch {torch}, CPU, one thread |
| temperature | {temperature:.3f} |
| threshold | {threshold:.2f} |
{rows}

Digits: MNIST train digits, rare styles oftener, without the 2,000 starter digits that a new document holds
back; pen strokes of {writers} writers, with {copies} pens each; {synthesised:,} digits of our own
synthesiser. Pictures without a digit (`engine.training.gate_digits`): letters (Latin, Greek, Cyrillic), kana,
signs and small drawings written by the synthesiser's hands, some with the feet of print, letters of no
alphabet, scribbles (waves, roaming and shaken pens, zigzags, loops), digits over each other, side by side, on
their side, crossed out, marks and spots, a third of it drawn with broad and narrow pens as pictures; and the
digits learned from laid over each other, mirrored or turned. What could be read as a digit (O, l, I, S, Z, B,
q, g and the like) was left out of them.

The digits and pictures not learned from chose temperature and threshold, so these figures flatter a little.
The digits of a further {strangers} pen writers taught nothing: `bench/recognition` measures on them.
They have had a say in how many of the digits that choose must pass, and in nothing else. No MNIST test digit
was used for anything.

Made by `python -m engine.training.train_gate --mnist FOLDER --pen STROKES`; equal seed, torch version and
ways of writing (`engine.data.handwriting`) give equal bytes.

## Limits
It knows pictures prepared as `engine.data.preprocess` does. It cannot tell letters and digits of the same
form.

## Data and licence
MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, made from NIST Special Databases 1 and 3;
licence CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/). Pen strokes: "Pen-Based Recognition of
Handwritten Digits" by E. Alpaydin and F. Alimoglu, UCI Machine Learning Repository, CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/). The weights derived from both ship under CC BY-SA 3.0.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What passes of one kind of pictures: its name, how many there are, and how many pass."""

    name: str
    n: int
    passed: int

    def row(self) -> str:
        """Return a line of the card."""
        low, high = wilson(self.passed, self.n)
        share = self.passed / self.n
        return (
            f"| let pass: {self.name} | {share:.2%} of {self.n:,} (95 % interval {low:.2%} to {high:.2%}) |"
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """How the gate's answers are judged, and what then passes of each kind."""

    temperature: float
    threshold: float
    measured: tuple[Measured, ...]

    def numbers(self) -> dict[str, float]:
        """Return what is kept beside the weights."""
        return {"threshold": self.threshold, "temperature": self.temperature}


def train(digits: Digits, others: NDArray[np.uint8], epochs: int = EPOCHS) -> torch.nn.Sequential:
    """Return the network that tells ``digits`` from ``others`` (N, 28, 28); every bit follows from SEED."""
    network = reject.build(SEED).train()
    everything = base_digits.joined([digits, Digits(others, np.full(len(others), NO_DIGIT, np.int64))])
    batches = Batches(everything, batch_size=BATCH_SIZE, seed=SEED, amounts=NAMED[AUGMENT])
    optimizer = AdamW(network, WEIGHT_DECAY)
    losses = torch.zeros(len(everything.labels))  # of each picture, when it was shown last
    hard, easy = (round(share * len(losses)) for share in (HARD, EASY))
    counts = [len(losses) if epoch < WHOLE_EPOCHS else hard + easy for epoch in range(epochs)]
    steps = sum(math.ceil(count / BATCH_SIZE) for count in counts)
    step = 0
    for epoch, count in enumerate(counts, start=1):
        order = batches.order(epoch)
        if count < len(losses):
            order = practised(order, losses, hard, easy)
        for index in range(math.ceil(count / BATCH_SIZE)):
            step += 1
            images, labels = batches.batch(order, index, epoch, step)
            optimizer.zero_grad()
            each = functional.cross_entropy(network(images), labels, reduction="none")
            each.mean().backward()  # type: ignore[no-untyped-call]
            optimizer.step(learning_rate(step, LEARNING_RATE, (1,), steps))
            losses[order[index * BATCH_SIZE : (index + 1) * BATCH_SIZE]] = each.detach()
        say(f"epoch {epoch:2}: {count:,} pictures, train_loss {float(losses[order].mean()):.4f}")
    return network.eval()


def practised(order: Tensor, losses: Tensor, hard: int, easy: int) -> Tensor:
    """Return which pictures an epoch shows that practises, in the order of ``order`` (N,), which has all.

    Those are the ``hard`` ones that cost most when they were shown last, and ``easy`` of the others by
    chance: without them what is known would be forgotten.

    Args:
        order: a permutation of all pictures.
        losses: (N,) of each picture.
        hard: pictures that cost most.
        easy: others; together at most N.
    """
    is_shown = torch.zeros(len(losses), dtype=torch.bool)
    is_shown[losses.argsort(descending=True, stable=True)[:hard]] = True
    others = order[~is_shown[order]]
    is_shown[others[:easy]] = True
    return order[is_shown[order]]


def fit_temperature(odds: NDArray[np.float64], is_digit: NDArray[np.bool_]) -> float:
    """Return the temperature, 0.25 … 8, at which the log-odds (N,) explain best what is a digit."""
    signed = np.where(is_digit, odds, -odds)
    tried = np.exp(np.linspace(math.log(0.25), math.log(8), 200))
    losses = [np.logaddexp(0, -signed / temperature).mean() for temperature in tried]
    return float(tried[int(np.argmin(losses))])


def choose_threshold(kinds: Sequence[NDArray[np.floating]]) -> float:
    """Return the highest trust, in hundredths, that KEPT of every kind of digits reach; at least LOWEST."""
    lowest = min(float(np.quantile(trust.astype(np.float64), 1 - KEPT)) for trust in kinds)
    return max(math.floor(lowest * 100) / 100, LOWEST)


def writers_of(
    pens: Sequence[StrokeDigit],
) -> tuple[list[StrokeDigit], list[StrokeDigit], list[StrokeDigit]]:
    """Split pen digits by writer: those to learn from, those that choose, and those never looked at."""
    known, strangers = base_digits.strangers_of(pens)
    names = sorted({digit.writer or "" for digit in known})
    choosing = set(names[1 :: base_digits.STRANGER - 1])
    return (
        [digit for digit in known if (digit.writer or "") not in choosing],
        [digit for digit in known if (digit.writer or "") in choosing],
        strangers,
    )


def pictured(pens: Sequence[StrokeDigit], written: int) -> Digits:
    """Return pen digits and ``written`` ones of our own, drawn as pictures with pens of any width."""
    labels = np.concatenate([[digit.label for digit in pens], np.arange(written) % 10]).astype(np.int64)
    images = np.empty((len(labels), 28, 28), np.uint8)
    for place, label in enumerate(labels):
        random = np.random.default_rng((SEED, 9, place))
        is_pen = place < len(pens)
        strokes = list(pens[place].strokes) if is_pen else write(int(label), random)
        images[place] = gate_digits.pictured(strokes, random)
    return Digits(images, labels)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write ``gate.safetensors`` and ``gate.md``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True, help="folder with MNIST's original files")
    parser.add_argument("--pen", type=Path, help="pen strokes, JSON lines with label and writer")
    parser.add_argument("--out", type=Path, default=Path("assets/gate"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--images", type=int, default=60_000, help="of MNIST; fewer for a trial")
    parser.add_argument("--synthesised", type=int, default=SYNTHESISED)
    parser.add_argument("--no-digits", type=int, default=NO_DIGITS)
    parser.add_argument("--pictured", type=int, default=PICTURED)
    parser.add_argument("--spoiled", type=int, default=SPOILED)
    parser.add_argument(
        "--weights", type=Path, help="measure these, made by the same command, instead of training"
    )
    parser.add_argument("--choosing", type=int, default=CHOOSING)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)  # more would change the last bits
    found = idx.read(options.mnist / "train-images-idx3-ubyte.gz")
    order = np.random.default_rng(SEED).permutation(min(options.images, len(found.labels)))
    held_out = min(HELD_OUT, len(order) // 10)
    mnist = Digits(found.digits[order[held_out:]], found.labels[order[held_out:]].astype(np.int64))
    writers = writers_of(list(read_lines(options.pen)) if options.pen else [])
    network, learned = _network(options, mnist, writers[0])
    held = {
        "MNIST train digits": found.digits[order[:held_out]],
        "pen digits of writers who chose": base_digits.drawn(writers[1]).images,
        "digits synthesised anew": synthesis.generate(options.choosing, SEED + 1)[0],
    }
    pictures = {name: images for name, images in held.items() if len(images)}
    pictures[MADE_UP] = gate_digits.generate(options.choosing, SEED + 1)
    choice = choose(network, pictures)
    about = {"model": "gate", **choice.numbers(), **learned, "mean": models.MEAN, "std": models.STD}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "gate.safetensors").write_bytes(checkpoint.weights_to_bytes(network, about))
    text = card(network, choice, learned, options, [len({one.writer for one in part}) for part in writers])
    (options.out / "gate.md").write_text(text, encoding="utf-8")
    say(text)


def _network(
    options: argparse.Namespace, mnist: Digits, pens: Sequence[StrokeDigit]
) -> tuple[torch.nn.Sequential, dict[str, int]]:
    """Train the network, or take the weights that are given; tell how many pictures it learned from."""
    if options.weights:
        data = options.weights.read_bytes()
        network = reject.build().eval()
        checkpoint.load_weights(network, data)
        _, about = checkpoint.read_weights(data)
        return network, {"digits": about["digits"], "others": about["others"]}
    learning = base_digits.learning_digits(mnist, pens, options.synthesised, SEED)
    digits = base_digits.joined([learning, pictured(pens, options.pictured)])
    say(f"{len(digits.labels):,} digits; making {options.no_digits + options.spoiled:,} pictures without one")
    made = gate_digits.generate(options.no_digits, SEED)
    others = np.concatenate([made, gate_digits.spoiled(learning, options.spoiled, SEED)])
    return train(digits, others, options.epochs), {"digits": len(digits.labels), "others": len(others)}


def choose(network: torch.nn.Module, pictures: dict[str, NDArray[np.uint8]]) -> Choice:
    """Return temperature and threshold by pictures not learned from, the last kind of them made up.

    The threshold is one of trust: it is chosen with the shipped model behind the gate.
    """
    odds = [reject.log_odds(network, images) for images in pictures.values()]
    is_digit = np.concatenate(
        [np.full(len(part), name != MADE_UP) for name, part in zip(pictures, odds, strict=True)]
    )
    temperature = round(fit_temperature(np.concatenate(odds), is_digit), 6)
    base = load_base()
    trust = [
        np.minimum(
            1 / (1 + np.exp(-np.clip(part / temperature, -60, 60))), base.probabilities(images).max(axis=1)
        )
        for part, images in zip(odds, pictures.values(), strict=True)
    ]
    threshold = choose_threshold(trust[:-1])
    passed = [int((part >= threshold).sum()) for part in trust]
    return Choice(temperature, threshold, tuple(map(Measured, pictures, map(len, trust), passed)))


def card(
    network: torch.nn.Module,
    choice: Choice,
    learned: dict[str, int],
    options: argparse.Namespace,
    writers: Sequence[int],
) -> str:
    """Return the text that ships beside the weights; ``writers`` taught, chose, and were not looked at."""
    return CARD.format(
        parameters=models.parameter_count(network),
        **learned,
        epochs=options.epochs,
        hard=HARD,
        easy=EASY,
        batch_size=BATCH_SIZE,
        rate=LEARNING_RATE,
        augment=AUGMENT,
        seed=SEED,
        torch=torch.__version__.split("+")[0],
        **choice.numbers(),
        rows="\n".join(measured.row() for measured in choice.measured),
        writers=writers[0],
        copies=base_digits.PEN_COPIES,
        synthesised=options.synthesised,
        strangers=writers[2],
    )


if __name__ == "__main__":
    main()
