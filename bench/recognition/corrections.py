"""What a few corrections on the Test page are worth: *Learn now*, writer by writer.

    python -m bench.recognition.corrections --mnist FOLDER --pen STROKES --start WEIGHTS
        [--measured 28,14,15,19] [--chose 2,4,20,6]

WEIGHTS is a model that no pen stroke went into (``engine.training.train_base`` without ``--pen``): then all
writers are strangers. It lies as a run in a document with the starter digits. For each writer the first
1, 3 and 5 digits of the class that it misreads most often (then of the others) are stored as the Test page
stores a correction, and ``engine.training.corrections.learn`` learns them, as *Learn now* does. Read before
and after are: the writer's other digits, without any of those five; of these the ones of the corrected
classes; the document's 1,000 test digits, and the MNIST train digits that neither model learned from. Some
writers chose how such lessons learn; the others are reported apart. *whole* is the same lesson without the
smaller step at its end (``engine.training.gentle``). One CPU thread.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.recognition.few_shot import by_writer, figure, part, right, unused_of_mnist
from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.sample_types import CORRECTION, Misreading
from engine.data.samples import NewSample, Split
from engine.data.strokes import read_lines
from engine.device import use_threads
from engine.inference.predictor import Predictor, from_weights, load_run
from engine.training import corrections
from engine.training.batches import Digits
from engine.training.teach import Score

COUNTS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Before and after of one lesson."""

    others: tuple[Score, Score]  # of the writer
    classes: tuple[Score, Score]  # the corrected classes of those
    test: tuple[Score, Score]
    mnist: tuple[Score, Score]
    learned: Score  # of the corrections
    seconds: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="weights that no pen stroke went into")
    parser.add_argument("--measured", type=names, default=names("28,14,15,19"))
    parser.add_argument("--chose", type=names, default=names("2,4,20,6"))
    chosen = parser.parse_args()
    use_threads(1)
    weights = chosen.start.read_bytes()
    model, mnist = from_weights(weights), unused_of_mnist(chosen.mnist)
    writers = by_writer([digit for digit in read_lines(chosen.pen) if digit.label is not None])
    for title, group in (("writers that chose nothing", chosen.measured), ("the others", chosen.chose)):
        print(title)
        measure(weights, model, {writer: writers[writer] for writer in group}, mnist)


def names(text: str) -> list[str]:
    """Return the writers that a text lists."""
    return [name for name in text.split(",") if name]


def measure(weights: bytes, model: Predictor, writers: dict[str, Digits], mnist: Digits) -> None:
    """Print COUNTS lessons of each writer, and all together."""
    found: dict[str, list[Outcome]] = {}
    for writer in writers:
        digits = writers[writer]
        wrong = order_of(model, digits)[: max(COUNTS)]
        read = model.logits(digits.images[wrong]).argmax(1)
        told = ", ".join(f"{a} as {b}" for a, b in zip(digits.labels[wrong].tolist(), read, strict=True))
        print(f"writer {writer}: corrected {told}", flush=True)
        for count in COUNTS:
            for kind, outcome in lesson(weights, digits, wrong, count, mnist).items():
                found.setdefault(f"{count}{kind}", []).append(outcome)
                print(f"  {count}{kind}: {line(outcome)}", flush=True)
    for count, outcomes in found.items():
        print(f"{count} corrections, {len(outcomes)} writers together: {line(total(outcomes))}")
        for name in ("others", "classes", "test", "mnist"):
            gains = [gain(getattr(outcome, name)) for outcome in outcomes]
            print(f"   {name}: mean {np.mean(gains):+.2%}, worst {min(gains):+.2%}, best {max(gains):+.2%}")


def wrong_of(model: Predictor, digits: Digits) -> np.ndarray:
    """Return the places that are misread."""
    return np.flatnonzero(model.logits(digits.images).argmax(1) != digits.labels)


def order_of(model: Predictor, digits: Digits) -> np.ndarray:
    """Return the misread places, those of the most often misread class first, as they were written."""
    wrong = wrong_of(model, digits)
    often = Counter(digits.labels[wrong].tolist())
    return np.array(sorted(wrong, key=lambda place: (-often[int(digits.labels[place])], place)), np.int64)


def lesson(
    weights: bytes, digits: Digits, wrong: np.ndarray, count: int, mnist: Digits
) -> dict[str, Outcome]:
    """Correct the first ``count`` of ``wrong`` in a new document, learn, and read what was not corrected.

    The outcome of the lesson is under an empty name, that of its whole step under " whole".
    """
    rest = part(digits, np.setdiff1d(np.arange(len(digits.labels)), wrong))
    classes = part(rest, np.flatnonzero(np.isin(rest.labels, digits.labels[wrong[:count]])))
    with tempfile.TemporaryDirectory() as folder:
        document = Document.create(Path(folder) / "bench.dojo")
        starter.add_to(document)
        before = from_weights(weights)
        run = document.runs.create(TrainConfig(model=before.config.model), {}, {})
        document.runs.save_checkpoint(run, 1, 1, weights, "best", None)
        document.runs.update(run, state="finished", best_epoch=1)
        document.samples.add(
            NewSample(
                digits.images[place],
                int(digits.labels[place]),
                Split.TRAIN,
                source=CORRECTION,
                misreading=Misreading(run=run),
            )
            for place in wrong[:count]
        )
        began = time.process_time()
        learned = corrections.learn(document, str(run), str(run))
        seconds = time.process_time() - began
        assert learned is not None
        last = document.runs.load_checkpoint(learned.run, "last")
        assert last is not None
        models = {"": load_run(document, learned.run), " whole": from_weights(last.weights)}
        test, _ = corrections.fixed_test(document)
        document.close()
    corrected, outcomes = part(digits, wrong[:count]), {}
    for kind, after in models.items():
        both = [(score(before, one), score(after, one)) for one in (rest, classes, test, mnist)]
        outcomes[kind] = Outcome(*both, score(after, corrected), seconds)
    assert outcomes[""].test == (learned.test_before, learned.test_after)  # as the window tells it
    return outcomes


def score(model: Predictor, digits: Digits) -> Score:
    return Score(right(model, digits), len(digits.labels))


def gain(pair: tuple[Score, Score]) -> float:
    return pair[1].accuracy - pair[0].accuracy


def total(outcomes: Sequence[Outcome]) -> Outcome:
    """Return all digits of all writers as one outcome."""

    def summed(scores: Sequence[Score]) -> Score:
        return Score(sum(one.right for one in scores), sum(one.n for one in scores))

    def both(name: str) -> tuple[Score, Score]:
        pairs = [getattr(outcome, name) for outcome in outcomes]
        return summed([pair[0] for pair in pairs]), summed([pair[1] for pair in pairs])

    seconds = float(np.median([outcome.seconds for outcome in outcomes]))
    learned = summed([outcome.learned for outcome in outcomes])
    return Outcome(both("others"), both("classes"), both("test"), both("mnist"), learned, seconds)


def line(outcome: Outcome) -> str:
    """Return an outcome in one line."""
    parts = [f"learned {outcome.learned.right} of {outcome.learned.n}"]
    for name in ("others", "classes", "test", "mnist"):
        before, after = getattr(outcome, name)
        parts.append(f"{name} {figure(before.right, before.n)} → {figure(after.right, after.n)}")
    return "; ".join(parts) + f"; {outcome.seconds:.1f} CPU-s"


if __name__ == "__main__":
    main()
