"""One process at a time trains a run; a second one is told so, and a killed one is in nobody's way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from training_data import digits

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.events import RunFailed, RunFinished
from engine.training import session
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(16,), batch_size=8, epochs=3)

# Trains in a process of its own as the arguments say, tells each event's name, and waits after RunStarted.
OTHER = """
import pathlib, sys, threading
sys.path[:0] = sys.argv[1:3]
import test_run_lock as here
from engine.data.document import Document
from engine.events import RunFailed
from engine.training import session
from engine.training.control import Control
document = Document.open(pathlib.Path(sys.argv[3]))
run = int(sys.argv[4])
job = session.resume(document, run, Control()) if run else session.start(document, here.CONFIG, Control())
for event in job:
    print(type(event).__name__, getattr(event, "code", ""), flush=True)
    if not isinstance(event, RunFailed):
        threading.Event().wait()
document.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    document = Document.create(tmp_path / "class [3].dojo")
    some = digits(2, 0)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN, source="import")
    document.close()
    return tmp_path / "class [3].dojo"


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that trains run 1 and has come to its start."""
    with _train_elsewhere(path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "RunStarted \n"
        yield child
        child.kill()


def _train_elsewhere(path: Path, run: int = 0) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    words = [sys.executable, "-c", OTHER, str(here), str(here.parent.parent), str(path), str(run)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_a_second_process_is_told_that_the_run_is_being_trained_and_changes_nothing(
    path: Path, other: subprocess.Popen[str]
) -> None:
    document = Document.open(path)
    before = document.runs.get(1)
    (event,) = session.resume(document, 1, Control())
    assert event == RunFailed(1, "run_busy", {"run": 1})
    assert document.runs.get(1) == before
    assert isinstance(list(session.start(document, CONFIG, Control()))[-1], RunFinished)  # another run may
    document.close()


def test_a_killed_process_frees_its_run_at_once_and_leaves_no_file_for_long(
    path: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    document = Document.open(path)
    assert isinstance(list(session.start(document, CONFIG, Control()))[-1], RunFinished)
    assert isinstance(list(session.resume(document, 1, Control()))[-1], RunFinished)
    document.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_run_that_has_begun_here_is_refused_there_until_it_is_left(path: Path) -> None:
    document = Document.open(path)
    job = session.start(document, CONFIG, Control())
    next(job)
    with _train_elsewhere(path, run=1) as child:
        assert child.communicate()[0] == "RunFailed run_busy\n"
    job.close()
    assert isinstance(list(session.resume(document, 1, Control()))[-1], RunFinished)
    document.close()


def test_runs_tells_a_run_that_is_trained_from_one_that_was_cut_off(
    path: Path, other: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["runs", str(path), "--language", "en"]) == 0
    assert " running " in capsys.readouterr().out
    assert main(["runs", str(path), "--language", "ja"]) == 0
    assert " 学習中 " in capsys.readouterr().out
    other.kill()
    other.wait()
    for language, words in (("en", " cut off "), ("ja", " 中断 ")):
        assert main(["runs", str(path), "--language", language]) == 0
        shown = capsys.readouterr().out
        assert words in shown and "running" not in shown
    assert main(["runs", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "running"
