"""5 epochs against 40, on ten own digits and on 1,000: where over-fitting appears, what early stopping keeps.

    python bench/training/overfitting.py [--pen STROKES.jsonl.gz] [--writer NAME]

The experiment is the window's own: “5 epochs against 40, on a perceptron”, its settings included. The ten are
one digit of each class by one writer, whose other digits validate; the 1,000 are starter digits, of which
1,000 others validate. Each of the two is trained a third time, for 40 epochs with early stopping.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.preprocess import from_strokes
from engine.data.splits import Split
from engine.data.strokes import read_lines
from engine.training import checkpoint, models, prescriptions, sweep
from engine.training.checkup import facts_of
from engine.training.control import Control
from engine.training.doctor import examine
from engine.training.evaluation import evaluate
from engine.training.interval import wilson
from engine.training.past_case import case_of, completed_epochs
from gui.widgets.experiment_choice import FOUNDING, offered, plan_of

ROOT = Path(__file__).resolve().parents[2]
FORM = TrainConfig(device="cpu")  # what stands in the window of somebody who has changed nothing
PATIENCE = 5


def ten_own_digits(document: Document, strokes: Path, writer: str | None) -> str:
    """One of each class to learn from, the writer's others to validate; return whose."""
    digits = [digit for digit in read_lines(strokes) if digit.label is not None and digit.writer]
    chosen = writer or min(str(digit.writer) for digit in digits)
    seen: set[int] = set()
    parts: dict[Split, tuple[list[np.ndarray], list[int]]] = {Split.TRAIN: ([], []), Split.VAL: ([], [])}
    for digit in digits:
        if str(digit.writer) == chosen:
            images, labels = parts[Split.VAL if digit.label in seen else Split.TRAIN]
            seen.add(int(digit.label or 0))
            images.append(from_strokes(digit.strokes).digit)
            labels.append(int(digit.label or 0))
    for split, (images, labels) in parts.items():
        document.samples.add_arrays(np.stack(images), np.array(labels), split=split, source="import")
    return chosen


def thousand_digits(document: Document) -> None:
    """1,000 starter digits to learn from, the starter's own 1,000 to validate."""
    starter.add_to(document)
    train = document.samples.load(Split.TRAIN)
    first = [np.flatnonzero(train.labels == label)[:100] for label in range(10)]
    spare = np.setdiff1d(np.arange(len(train.ids)), np.concatenate(first))
    document.samples.set_split([int(place) for place in train.ids[spare]], Split.TEST)


def run_all(document: Document, images: int) -> None:
    choice = offered(FOUNDING, FORM, images)
    plan = plan_of(choice, "5, 40", images=images)
    stopping = replace(plan, base=replace(plan.base, early_stop=PATIENCE), values=(40,))
    print(f"  batches of {plan.base.batch_size}, learning rate {plan.base.learning_rate}")
    for each in (plan, stopping):
        for event in sweep.sweep(document, each, Control()):
            if isinstance(event, sweep.PointMeasured):
                tell(document, event.point.run)


def tell(document: Document, run: int) -> None:
    record = document.runs.get(run)
    epochs = completed_epochs(document, record)
    best, last = epochs[(record.best_epoch or 1) - 1], epochs[-1]
    lowest = min(epochs, key=lambda epoch: epoch.val_loss or 0.0)
    low, high = wilson(round((best.val_accuracy or 0) * best.val_images), best.val_images)
    stop = f", patience {record.config.early_stop}" if record.config.early_stop else ""
    print(f"  run {run}: {record.config.epochs} epochs{stop}; done {last.epoch} ({record.reason})")
    print(
        f"    last epoch: train loss {last.train_loss:.3f} accuracy {last.train_accuracy:.1%},"
        f" val loss {last.val_loss:.3f} accuracy {last.val_accuracy:.1%}"
    )
    print(
        f"    best epoch {best.epoch}: val loss {best.val_loss:.3f} (lowest of all: epoch {lowest.epoch}),"
        f" accuracy {best.val_accuracy:.1%} [{low:.1%} - {high:.1%}], n = {best.val_images}"
    )
    finding = examine(case_of(document, run, facts_of(document, run, Control())))
    print("    doctor:", "–" if finding is None else prescriptions.sentence(finding, "en", spoken))
    saved = document.runs.load_checkpoint(run, "best")
    assert saved is not None
    model = models.build(record.config)
    model.load_state_dict(checkpoint.read_weights(saved.weights)[0])
    val = document.runs.members(run, Split.VAL)
    again = evaluate(model, val.images, val.labels)
    is_same = abs(again.loss - (best.val_loss or 0.0)) < 1e-5
    print(f"    stored model: epoch {saved.epoch}, its val loss again {again.loss:.6f}: {is_same}")


def spoken(value: int | float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    folder = Path(os.environ.get("DOJO_DATA", ROOT.parent / "shared" / "data"))
    parser.add_argument("--pen", type=Path, default=folder / "pen" / "pendigits_train_strokes.jsonl.gz")
    parser.add_argument("--writer", help="whose digits; the first one's where none is named")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as where:
        if arguments.pen.is_file():
            document = Document.create(Path(where) / "ten.dojo")
            print("ten own digits, writer", ten_own_digits(document, arguments.pen, arguments.writer))
            run_all(document, 10)
            document.close()
        else:
            print(f"{arguments.pen} is not there: the ten own digits are left out", file=sys.stderr)
        document = Document.create(Path(where) / "thousand.dojo")
        thousand_digits(document)
        print("1,000 starter digits")
        run_all(document, 1_000)
        document.close()


if __name__ == "__main__":
    main()
