"""What is turned away at the default threshold: 1,000 things without a digit, and real digits.

    python -m bench.recognition.rejection --pen STROKES.jsonl.gz [--mnist FOLDER] [--styles 40]

The non-digits are those of ``bench.recognition.no_digits``; the digits are 1,000 of the six pen writers
that the gate has not learned from, and with ``--mnist`` MNIST's 10,000 test digits. Everything goes the
whole way of the Test page: it is divided, judged and read by the shipped model. A thing counts as answered
as soon as one digit is shown for it. Prints the share turned away by kind, what confidence alone and the
gate alone would do, and with ``--styles`` how many of each way of writing are turned away."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bench.recognition import no_digits
from bench.recognition.rows_of_digits import share
from engine.data import idx
from engine.data.handwriting.hand import Hand
from engine.data.handwriting.templates import TEMPLATES
from engine.data.handwriting.writing import write_as
from engine.data.preprocess import from_strokes
from engine.data.strokes import render
from engine.inference.pages import find_digits
from engine.inference.predictor import Predictor
from engine.inference.rows import row_of_strokes
from engine.inference.trust import load_base_behind_gate

DIGITS = 1_000
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--mnist", type=Path)
    parser.add_argument("--styles", type=int, default=0, help="digits of each way of writing")
    parser.add_argument("--seed", type=int, default=4)
    chosen = parser.parse_args()
    model = load_base_behind_gate()
    pens = no_digits.pens_of(chosen.pen)
    kinds = no_digits.thousand(pens, chosen.seed)
    print(f"default threshold {model.threshold}")
    print("turned away on the whole way of the page:")
    shown = {name: [text_of(thing, model) for thing in things] for name, things in kinds.items()}
    shown["all without a digit"] = [text for texts in shown.values() for text in texts]
    for name, texts in shown.items():
        print(f"  {name}: {share(sum(not has_digit(text) for text in texts), len(texts))}")
    partly = sum(has_digit(text) and "?" in text for text in shown["all without a digit"])
    print(f"  of those answered, {partly} with a ? beside the digit")
    letters = no_digits.alike()
    away = sum(not has_digit(text_of(one, model)) for one in letters)
    print(f"  letters like digits: {share(away, len(letters))}")
    order = np.random.default_rng(chosen.seed).permutation(len(pens))[:DIGITS]
    some = [pens[int(place)] for place in order]
    texts = [text_of([np.asarray(stroke)[:, :2] for stroke in digit.strokes], model) for digit in some]
    print(f"  pen digits of unseen writers: {share(sum('?' in text for text in texts), len(texts))}")
    right = sum(text == str(digit.label) for text, digit in zip(texts, some, strict=True))
    answered = sum("?" not in text for text in texts)
    print(f"  read right: {share(right, len(texts))}; of those answered {share(right, answered)}")
    digits = np.stack([from_strokes(digit.strokes).digit for digit in some])
    compare(model, digits, np.concatenate([no_digits.canonical(things) for things in kinds.values()]))
    if chosen.mnist:
        test = idx.read(chosen.mnist / "t10k-images-idx3-ubyte.gz")
        answers = model.predict(test.digits)
        print(f"MNIST test digits: {share(sum(not one.is_digit for one in answers), len(answers))}")
        right = sum(
            one.is_digit and one.label == label for one, label in zip(answers, test.labels, strict=True)
        )
        print(f"  read right: {share(right, len(answers))}")
    if chosen.styles:
        by_style(model, chosen.styles)


def has_digit(text: str) -> bool:
    """Return whether a digit is shown."""
    return any(letter.isdigit() for letter in text)


def text_of(thing: object, model: Predictor) -> str:
    """Return what the Test page shows for strokes (a list) or a picture."""
    if isinstance(thing, list):
        row = row_of_strokes(thing)
        digits = row.digits()[row.choose(model.shares(row.digits()))]
    else:
        found = find_digits(thing, model)
        digits = np.stack([one.digit for one in found]) if found else np.zeros((0, 28, 28), np.uint8)
    return "".join(str(answer.label) if answer.is_digit else "?" for answer in model.predict(digits))


def compare(model: Predictor, digits: np.ndarray, others: np.ndarray) -> None:
    """Print what confidence, the gate and the lesser of both turn away, each whole picture as one digit."""
    print("threshold: share of digits / of non-digits turned away by confidence, gate, trust")
    columns = []
    for images in (digits, others):
        confidence, gate = model.probabilities(images).max(axis=1), model.shares(images)
        columns.append((confidence, gate, np.minimum(confidence, gate)))
    for threshold in THRESHOLDS:
        cells = [
            f"{(one < threshold).mean():.2%} / {(other < threshold).mean():.2%}"
            for one, other in zip(*columns, strict=True)
        ]
        print(f"  {threshold}: " + "; ".join(cells))


def by_style(model: Predictor, each: int) -> None:
    """Print the ways of writing of which more than one in forty is turned away, and the mean of all."""
    random = np.random.default_rng(1)
    shares: list[float] = []
    for label, ways in enumerate(TEMPLATES):
        for way in ways:
            written = [write_as(way, label, random, Hand.draw(random)) for _ in range(each)]
            answers = model.predict(np.stack([render(strokes) for strokes in written]))
            away = sum(not answer.is_digit for answer in answers)
            shares.append(away / each)
            if away > each / 40:
                print(f"  {label} {way.name}: {away} of {each} turned away")
    print(f"ways of writing: {len(shares)}, turned away {np.mean(shares):.2%}, most {max(shares):.2%}")


if __name__ == "__main__":
    main()
