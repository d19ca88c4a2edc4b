"""Resume equals a straight run for each model, sampling, augmentation and end, and after kill -9 anywhere."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path

import pytest
from training_data import digits

from engine.config import AUGMENTATIONS, SAMPLINGS, TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.events import StepCompleted
from engine.training import session, trainer
from engine.training.batches import Digits
from engine.training.control import Control
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

TRAIN, VAL = digits(2), digits(1, seed=9)
WRONG = Digits(VAL.images, (VAL.labels + 1) % 10)  # no epoch is better than the first ones: it stops early
MATRIX = list(
    itertools.product((("mlp", (12,)), ("mlp", (12, 6)), ("cnn", (1,))), SAMPLINGS, AUGMENTATIONS, (None, 2))
)
KILLS = 2


def config_of(model, sampling: str, strength: str, patience: int | None) -> TrainConfig:
    name, hidden = model
    return TrainConfig(
        model=name,
        hidden=hidden,
        sampling=sampling,
        augment=strength,
        early_stop=patience,
        epochs=3,
        batch_size=7,
        learning_rate=0.02,
        device="cpu",
    )


@pytest.mark.parametrize(("model", "sampling", "strength", "patience"), MATRIX)
def test_cut_at_any_step_it_ends_as_if_it_never_had_been(
    model, sampling: str, strength: str, patience: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "REPORT_EVERY", 0.0)
    config, val = config_of(model, sampling, strength, patience), WRONG if patience else VAL
    straight, cut = MemoryStore(), MemoryStore()
    expected = list(Trainer(config, TRAIN, val, store=straight).run())[-1]
    at = random.Random(repr(config)).randint(1, expected.step - 1)
    events = Trainer(config, TRAIN, val, store=cut).run()
    while not (isinstance(event := next(events), StepCompleted) and event.step == at):
        pass
    events.close()
    finished = list(Trainer(config, TRAIN, val, store=cut, resume_from=cut.state()).run())[-1]
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
KILLED = TrainConfig(model="cnn", augment="strong", sampling="replacement", batch_size=7, epochs=5)


def made(path: Path) -> Document:
    document = Document.create(path)
    for split, part in ((Split.TRAIN, TRAIN), (Split.VAL, VAL)):
        document.samples.add_arrays(part.images, part.labels, split=split, source="import")
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
