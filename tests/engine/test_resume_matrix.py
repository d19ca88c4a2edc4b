"""Resume equals a straight run for each combination of settings, and after kill -9 anywhere."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.augmentation import Amounts
from engine.config import AUGMENTATIONS, CLASS_WEIGHTS, CUSTOM, SAMPLINGS, STROKES, TrainConfig
from engine.data.document import Document
from engine.data.handwriting.writing import write
from engine.data.samples import NewSample, Split
from engine.data.strokes import to_json
from engine.events import StepCompleted
from engine.training import session, trainer
from engine.training.batches import Digits
from engine.training.control import Control
from engine.training.pen import Pen
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

TRAIN, VAL = digits(2), digits(1, seed=9)
WRONG = Digits(VAL.images, (VAL.labels + 1) % 10)  # no epoch is better than the first ones: it stops early
AMOUNTS = Amounts(shift=1, turn=20, scale=0.3, shear=0.1, thinner=0.6, elastic=0.4)
KINDS = (*AUGMENTATIONS, CUSTOM)
MODELS = (("mlp", (12,)), ("mlp", (12, 6)), ("cnn", (1,)))
# Of the quick model every combination; the others meet each two settings, and every one that changes a step.
MATRIX = [
    *itertools.product(MODELS[:1], SAMPLINGS, KINDS, (None, 2), STROKES, CLASS_WEIGHTS),
    *(
        (model, sampling, kind, patience, STROKES[number % 2], CLASS_WEIGHTS[number // 2 % 2])
        for model in MODELS[1:]
        for number, (kind, sampling, patience) in enumerate(itertools.product(KINDS, SAMPLINGS, (None, 2)))
    ),
]
UNEVEN = Digits(TRAIN.images[:-4], TRAIN.labels[:-4])  # else all weights were 1
STROKES_OF = {  # every second digit is stored as strokes
    place: to_json(write(int(label), random_numbers)).encode()
    for random_numbers in (np.random.default_rng(3),)
    for place, label in enumerate(TRAIN.labels)
    if place % 2
}
KILLS = 2


def config_of(
    model, sampling: str, kind: str, patience: int | None, strokes: str, weights: str
) -> TrainConfig:
    name, hidden = model
    return TrainConfig(
        model=name,
        hidden=hidden,
        sampling=sampling,
        augment=kind,
        augment_amounts=AMOUNTS,
        early_stop=patience,
        strokes=strokes,
        class_weights=weights,
        epochs=3,
        batch_size=7,
        learning_rate=0.02,
        device="cpu",
    )


def pen_of(config: TrainConfig) -> Pen | None:
    """A new one for each sitting, as after a restart."""
    return Pen(STROKES_OF, config.seed, Path()) if config.strokes == "redrawn" else None


@pytest.mark.parametrize(("model", "sampling", "kind", "patience", "strokes", "weights"), MATRIX)
def test_cut_at_any_step_it_ends_as_if_it_never_had_been(
    model,
    sampling: str,
    kind: str,
    patience: int | None,
    strokes: str,
    weights: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trainer, "REPORT_EVERY", 0.0)
    config, val = config_of(model, sampling, kind, patience, strokes, weights), WRONG if patience else VAL
    straight, cut = MemoryStore(), MemoryStore()
    expected = list(Trainer(config, UNEVEN, val, store=straight, pen=pen_of(config)).run())[-1]
    at = random.Random(repr(config)).randint(1, expected.step - 1)
    events = Trainer(config, UNEVEN, val, store=cut, pen=pen_of(config)).run()
    while not (isinstance(event := next(events), StepCompleted) and event.step == at):
        pass
    events.close()
    again = Trainer(config, UNEVEN, val, store=cut, resume_from=cut.state(), pen=pen_of(config))
    finished = list(again.run())[-1]
    assert (finished.reason, finished.epoch, finished.step) == (
        *(expected.reason, expected.epoch, expected.step),
    )
    assert straight.last is not None and cut.last is not None
    assert straight.best is not None and cut.best is not None
    assert (straight.last.weights, straight.best.weights) == (cut.last.weights, cut.best.weights)
    mine, theirs = straight.state().optimizer, cut.state().optimizer
    assert all(mine[name].equal(theirs[name]) for name in mine)
    for name in ("train_loss", "train_accuracy", "val_loss", "val_accuracy", "learning_rate"):
        assert straight.values(name) == cut.values(name)
    assert straight.epochs == cut.epochs, "what is kept of each epoch, too"


# Trains as ``session`` does, saving at each end of an epoch, and says each step aloud, to be killed at any.
DOOMED = """
import pathlib, sys
sys.path[:0] = sys.argv[1:3]
import test_resume_matrix as here
from engine.data.document import Document
from engine.events import StepCompleted
from engine.training import recorder, session, trainer
from engine.training.control import Control
recorder.SAVE_EVERY = -1.0
trainer.REPORT_EVERY = 0.0
document = Document.open(pathlib.Path(sys.argv[3]))
run = int(sys.argv[4])
events = session.resume(document, run, Control()) if run else session.start(document, here.KILLED, Control())
for event in events:
    if isinstance(event, StepCompleted):
        print(event.step, flush=True)
"""
KILLED = TrainConfig(
    model="cnn",
    augment="custom",
    augment_amounts=AMOUNTS,
    sampling="replacement",
    strokes="redrawn",
    class_weights="balanced",
    batch_size=7,
    epochs=5,
)


def made(path: Path) -> Document:
    document = Document.create(path)
    document.samples.add(
        NewSample(
            image,
            int(label),
            Split.TRAIN,
            original=STROKES_OF.get(place),
            original_kind="strokes" if place in STROKES_OF else None,
        )
        for place, (image, label) in enumerate(zip(UNEVEN.images, UNEVEN.labels, strict=True))
    )
    document.samples.add_arrays(VAL.images, VAL.labels, split=Split.VAL, source="import")
    return document


def test_killed_again_and_again_at_random_instants_it_ends_as_if_it_never_had_been(tmp_path: Path) -> None:
    path, here = tmp_path / "killed.dojo", Path(__file__).parent
    made(path).close()
    dice, run, saved_epoch = random.Random(7), 0, 0
    for _ in range(KILLS):
        arguments = [str(here), str(here.parent.parent), str(path), str(run)]
        child = subprocess.Popen(
            [sys.executable, "-c", DOOMED, *arguments], stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout is not None
            for _ in range(dice.randint(1, 6)):  # steps it may say; then it dies in whatever it does
                step = int(child.stdout.readline())
            child.kill()
        document = Document.open(path)
        run = 1
        saved = document.runs.load_checkpoint(1, "last")
        done = saved.epoch if saved is not None else 0
        assert done >= (step - 1) // 3, "at most the work since the last save is repeated"
        assert done >= saved_epoch
        saved_epoch = done
        document.close()
    killed, straight = Document.open(path), made(tmp_path / "straight.dojo")
    assert list(session.resume(killed, 1, Control()))[-1].reason == "completed"
    list(session.start(straight, KILLED, Control()))
    for kind in ("last", "best"):
        one, other = (document.runs.load_checkpoint(1, kind) for document in (killed, straight))
        assert one is not None and other is not None
        assert (one.epoch, one.weights) == (other.epoch, other.weights)
    for epoch in range(1, 6):
        assert killed.epochs.weights(1, epoch) == straight.epochs.weights(1, epoch)
    assert killed.epochs.list(1) == straight.epochs.list(1)
    killed.close()
    straight.close()
