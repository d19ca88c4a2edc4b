"""What a few own digits are worth: *Teach it my hand*, writer by writer.

    python -m bench.recognition.few_shot --mnist FOLDER --pen STROKES.jsonl.gz [--start FILE] [--part PART]

``hand`` (the default part): the first and the last 1, 5 and 10 digits a class of one writer are learned as
the window does it; the writer's other digits are read before and after, and so are MNIST train digits that
neither model learned from, and starter digits that the lesson did not use. ``corrections``: the first 1, 3
and 5 digits that are misread are learned, and all but those five are read. ``transfer``: the same digits
learned from random weights and from the shipped model, with and without augmentation, nothing rehearsed.

Writers are those that ``train_base`` keeps from the shipped model; they chose its temperature. The
settings of ``engine.training.teach`` were chosen on every second of them; the others are reported apart.
``--start`` names weights that no pen stroke went into (``train_base`` without ``--pen``): then all writers
are strangers. One CPU thread.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.config import TrainConfig
from engine.data import idx, starter
from engine.data.strokes import StrokeDigit, read_lines
from engine.device import use_threads
from engine.inference.predictor import BASE, Predictor
from engine.resources import asset
from engine.training import base_digits, teach
from engine.training.batches import Digits
from engine.training.interval import wilson
from engine.training.store import MemoryStore
from engine.training.train_base import HELD_OUT, SEED
from engine.training.trainer import Trainer

EACH = (1, 5, 10)  # digits a class
CORRECTIONS = (1, 3, 5)
PLAIN = {"epochs": 40, "batch_size": 32, "device": "cpu"}
PLAIN_RATES = {"random": 0.005, "base": 0.001}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One lesson: right answers of ``n`` before and after, seconds, gains on MNIST and starter digits."""

    n: int
    before: int
    after: int
    seconds: float
    mnist: float
    kept: float


class Bench:
    """The model to start from and the digits that show what it forgets."""

    def __init__(self, weights: bytes, mnist: Digits) -> None:
        self._weights = weights
        self._mnist, self._kept = mnist, Digits(*starter.load_kept())
        self.start = Predictor(teach.settings(1), weights)
        self._mnist_before = right(self.start, mnist)
        self._kept_before = right(self.start, self._kept)

    def lesson(self, own: Digits, rest: Digits) -> Outcome:
        """Learn ``own`` as the window does, and read ``rest``."""
        began = time.process_time()
        learned = teach.Lesson(teach.settings, self._weights, len(own.labels)).learned(own)
        seconds = time.process_time() - began
        assert learned is not None
        return Outcome(
            len(rest.labels),
            right(self.start, rest),
            right(learned, rest),
            seconds,
            (right(learned, self._mnist) - self._mnist_before) / len(self._mnist.labels),
            (right(learned, self._kept) - self._kept_before) / len(self._kept.labels),
        )

    def plain(self, own: Digits, rest: Digits, start_from: str, augment: str) -> int:
        """Train on ``own`` alone; return how many of ``rest`` are read right."""
        rate = PLAIN_RATES[start_from]
        config = TrainConfig(start_from=start_from, augment=augment, learning_rate=rate, **PLAIN)
        store, weights = MemoryStore(), None if start_from == "random" else self._weights
        list(Trainer(config, own, None, store=store, start_weights=weights, threads=1).run())
        assert store.best is not None
        return right(Predictor(config, store.best.weights), rest)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights that no pen stroke went into")
    parser.add_argument("--part", choices=("hand", "corrections", "transfer"), default="hand")
    chosen = parser.parse_args()
    use_threads(1)
    bench = Bench((chosen.start or asset(BASE)).read_bytes(), unused_of_mnist(chosen.mnist))
    pens = [digit for digit in read_lines(chosen.pen) if digit.label is not None]
    strangers = base_digits.strangers_of(pens)[1]
    writers = by_writer(pens if chosen.start else strangers)
    choosing = set(list(by_writer(strangers))[::2])
    groups = {
        "writers that chose the settings": {w: d for w, d in writers.items() if w in choosing},
        "other writers": {w: d for w, d in writers.items() if w not in choosing},
    }
    for title, group in groups.items():
        print(f"{title}: {', '.join(group)}", flush=True)
        {"hand": hand, "corrections": corrections, "transfer": transfer}[chosen.part](bench, group)


def hand(bench: Bench, writers: dict[str, Digits]) -> None:
    """Print before and after for EACH digits a class, two draws of each writer, all writers and each."""
    for each in EACH:
        found = {
            w: [bench.lesson(*parted(digits, each, last)) for last in (False, True)]
            for w, digits in writers.items()
        }
        report(f"{each:2} a class", [outcome for both in found.values() for outcome in both])
        for writer, both in found.items():
            print(f"     {writer}: " + ", ".join(f"{o.before / o.n:.1%} → {o.after / o.n:.1%}" for o in both))


def corrections(bench: Bench, writers: dict[str, Digits]) -> None:
    """Print before and after for CORRECTIONS misread digits, of writers with more than those."""
    most = max(CORRECTIONS)
    hard = {}
    for writer, digits in writers.items():
        wrong = np.flatnonzero(bench.start.logits(digits.images).argmax(1) != digits.labels)
        if len(wrong) > most:
            hard[writer] = wrong[:most]
    for count in CORRECTIONS:
        outcomes = []
        for writer, wrong in hard.items():
            digits = writers[writer]
            rest = np.setdiff1d(np.arange(len(digits.labels)), wrong)
            outcomes.append(bench.lesson(part(digits, wrong[:count]), part(digits, rest)))
        if outcomes:
            report(f"{count} corrections, {len(outcomes)} writers", outcomes)


def transfer(bench: Bench, writers: dict[str, Digits]) -> None:
    """Print accuracy from random weights and from the shipped ones, with and without augmentation."""
    for each in EACH:
        for start_from in PLAIN_RATES:
            for augment in ("off", "light", "strong"):
                pairs = [parted(digits, each) for digits in writers.values()]
                n = sum(len(rest.labels) for _, rest in pairs)
                score = sum(bench.plain(own, rest, start_from, augment) for own, rest in pairs)
                print(f"  {each:2} a class, {start_from:6}, {augment:6}: {figure(score, n)}", flush=True)


def report(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print all outcomes of one kind as one line."""
    n = sum(one.n for one in outcomes)
    before, after = sum(one.before for one in outcomes), sum(one.after for one in outcomes)
    seconds = statistics.median(one.seconds for one in outcomes)
    print(f"  {title}: {figure(before, n)} → {figure(after, n)}; {seconds:.2f} CPU-s")
    for name, lost in (
        ("MNIST", [one.mnist for one in outcomes]),
        ("starter", [one.kept for one in outcomes]),
    ):
        print(f"     {name} digits not used: mean {np.mean(lost):+.2%}, worst {min(lost):+.2%}", flush=True)


def figure(score: int, n: int) -> str:
    """Return an accuracy with its size and 95 % interval."""
    low, high = wilson(score, n)
    return f"{score / n:.2%} of {n:,} [{low:.2%} … {high:.2%}]"


def right(model: Predictor, digits: Digits) -> int:
    """Return how many of ``digits`` are read right."""
    return int((model.logits(digits.images).argmax(1) == digits.labels).sum())


def parted(digits: Digits, each: int, last: bool = False) -> tuple[Digits, Digits]:
    """Return ``each`` digits of every class, as they were written first or last, and the others."""
    taken = slice(-each, None) if last else slice(each)
    first = np.concatenate([np.flatnonzero(digits.labels == label)[taken] for label in range(10)])
    return part(digits, first), part(digits, np.setdiff1d(np.arange(len(digits.labels)), first))


def part(digits: Digits, places: np.ndarray) -> Digits:
    """Return the digits at ``places``."""
    return Digits(digits.images[places], digits.labels[places])


def by_writer(pens: Sequence[StrokeDigit]) -> dict[str, Digits]:
    """Return each writer's digits as the canvas draws them."""

    def each() -> Iterator[tuple[str, Digits]]:
        for writer in sorted({digit.writer or "" for digit in pens}):
            yield writer, base_digits.drawn([digit for digit in pens if (digit.writer or "") == writer])

    return dict(each())


def unused_of_mnist(folder: Path) -> Digits:
    """Return the MNIST train digits that neither ``train_base`` nor any rehearsal learns from."""
    found = idx.read(folder / "train-images-idx3-ubyte.gz")
    order = np.random.default_rng(SEED).permutation(len(found.labels))[:HELD_OUT]
    rehearsed = {image.tobytes() for image in starter.load()[0]}
    places = [place for place in order if found.digits[place].tobytes() not in rehearsed]
    return Digits(found.digits[places], found.labels[places].astype(np.int64))


if __name__ == "__main__":
    main()
