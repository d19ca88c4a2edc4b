"""A training whose process is killed goes on from its last save, to the last bit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.training import session
from engine.training.control import Control

CONFIG = TrainConfig(model="cnn", augment="light", batch_size=8, epochs=4)

# Trains until two saves and some steps more are done, says so, and waits to be killed.
DOOMED = """
import pathlib, sys, threading
sys.path[:0] = sys.argv[1:3]
import test_resume_killed as here
from engine.data.document import Document
from engine.events import CheckpointSaved
from engine.training import recorder, session, trainer
from engine.training.control import Control
recorder.SAVE_EVERY = -1.0
trainer.REPORT_EVERY = 0.0
document = Document.open(pathlib.Path(sys.argv[3]))
saves = 0
for number, event in enumerate(session.start(document, here.CONFIG, Control())):
    saves += isinstance(event, CheckpointSaved)
    if saves == 2 and not isinstance(event, CheckpointSaved):
        print("trained", flush=True)
        threading.Event().wait()
"""


def _document(path: Path) -> Document:
    document = Document.create(path)
    for split, each, seed in ((Split.TRAIN, 3, 0), (Split.VAL, 1, 1)):
        some = digits(each, seed)
        document.samples.add_arrays(some.images, some.labels, split=split, source="import")
    return document


def _weights(document: Document, kind: str) -> bytes:
    saved = document.runs.load_checkpoint(1, kind)
    assert saved is not None
    return saved.weights


def test_a_killed_training_goes_on_from_its_last_save(tmp_path: Path) -> None:
    path = tmp_path / "killed.dojo"
    _document(path).close()
    here = Path(__file__).parent
    child = subprocess.Popen(
        [sys.executable, "-c", DOOMED, str(here), str(here.parent.parent), str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "trained\n"
        child.kill()
    killed = Document.open(path)
    assert killed.runs.get(1).state == "running"
    saved = killed.runs.load_checkpoint(1, "last")
    assert saved is not None
    assert saved.epoch == 2
    events = list(session.resume(killed, 1, Control()))
    assert events[0].epoch == 2
    assert events[-1].reason == "completed"

    straight = _document(tmp_path / "straight.dojo")
    list(session.start(straight, CONFIG, Control()))
    assert _weights(killed, "last") == _weights(straight, "last")
    assert _weights(killed, "best") == _weights(straight, "best")
    steps, _, losses = killed.runs.metrics(1, "train_loss")
    assert list(steps) == [4, 8, 12, 16]
    assert list(losses) == list(straight.runs.metrics(1, "train_loss")[2])
    killed.close()
    straight.close()
