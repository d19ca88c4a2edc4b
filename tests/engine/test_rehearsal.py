"""A few own digits are learned while starter digits are rehearsed: a run like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from training_data import digits

from engine.cli.command_line import main
from engine.config import REHEARSE_RANGE, TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.sample_types import CORRECTION, NewSample
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.events import RunFailed, RunFinished, RunStarted, StepCompleted
from engine.training import amount, session
from engine.training import trainer as trainer_module
from engine.training.batches import Batches
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(8,), epochs=4, batch_size=16, augment="light", rehearse=20)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Thirty own digits to learn from, ten that validate, and a hundred starter digits."""
    document = Document.create(tmp_path / "own.dojo")
    own, others = digits(3), starter.load()
    document.samples.add_arrays(own.images, own.labels, Split.TRAIN, source="canvas")
    document.samples.add_arrays(own.images[:10], own.labels[:10], Split.VAL, source="canvas")
    document.samples.add_arrays(others[0][:100], others[1][:100], Split.TRAIN, source="starter")
    return document


def test_an_epoch_shows_each_own_digit_once_and_others_drawn_anew() -> None:
    batches = Batches(digits(2), batch_size=8, seed=1, rehearse=15, others=digits(4, seed=5))
    first, again, second = (batches.order(epoch) for epoch in (1, 1, 2))
    for order in (first, second):
        assert len(set(order.tolist())) == 35
        assert set(range(20)) < set(order.tolist())
    assert torch.equal(first, again)
    assert set(first.tolist()) != set(second.tolist())
    assert first[:20].max() >= 20, "they are mixed"


def test_only_own_digits_are_members_and_nothing_validates(document: Document) -> None:
    events = list(session.start(document, CONFIG, Control()))
    started, finished = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert (started.train_images, started.val_images, started.steps_per_epoch) == (50, 0, 4)
    assert isinstance(finished, RunFinished)
    assert (finished.reason, finished.best_epoch, finished.val_accuracy) == ("completed", 4, None)
    members = document.runs.members(1, Split.TRAIN)
    assert members.ids.tolist() == list(range(1, 31))
    assert document.runs.get(1).facts["n_train"] == 30
    assert document.runs.get(1).config.rehearse == 20


@pytest.mark.parametrize("at", [3, 8, 13])
def test_a_run_that_rehearses_is_resumed_exactly(
    document: Document, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)
    list(session.start(document, CONFIG, Control()))
    events = session.start(document, CONFIG, Control())
    while not (isinstance(event := next(events), StepCompleted) and event.step == at):
        pass
    events.close()  # type: ignore[attr-defined]
    assert isinstance(list(session.resume(document, 2, Control()))[-1], RunFinished)
    straight, cut = (document.runs.load_checkpoint(run, "last") for run in (1, 2))
    assert straight is not None
    assert cut is not None
    assert (straight.weights, straight.step) == (cut.weights, cut.step)
    for name in ("train_loss", "train_accuracy"):
        assert np.array_equal(document.runs.metrics(1, name)[2], document.runs.metrics(2, name)[2])


def test_without_own_digits_it_fails_with_its_own_sentence(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "starter.dojo")
    images, labels = starter.load()
    document.samples.add_arrays(images[:50], labels[:50], Split.TRAIN, source="starter")
    (failed,) = session.start(document, CONFIG, Control())
    assert isinstance(failed, RunFailed)
    assert failed.code == Code.NO_OWN_DIGITS
    assert document.runs.list() == []


def pixels(images: np.ndarray) -> set[bytes]:
    return {image.tobytes() for image in images}


def test_a_tenth_of_the_starter_digits_is_never_rehearsed() -> None:
    rehearsed, kept = starter.load_rehearsed(), starter.load_kept()
    assert len(rehearsed[1]) > 7_000
    assert len(kept[1]) == starter.COUNT - REHEARSE_RANGE[1]
    assert not pixels(rehearsed[0]) & pixels(kept[0])


def test_what_a_new_document_holds_back_is_never_rehearsed(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "starter.dojo")
    starter.add_to(document)
    rehearsed = pixels(starter.load_rehearsed()[0])
    for split in (Split.VAL, Split.TEST):
        held = document.samples.load(split).images
        assert len(held) == 1_000
        assert not pixels(held) & rehearsed, split
    document.close()


def test_where_more_is_rehearsed_than_there_is_some_come_twice() -> None:
    batches = Batches(digits(1), batch_size=8, seed=1, rehearse=25, others=digits(1, seed=5))
    order = batches.order(1)
    assert len(order) == 35
    times = np.bincount(order.numpy(), minlength=20)
    assert times[:10].tolist() == [1] * 10 and set(times[10:].tolist()) == {2, 3}


def test_a_run_of_before_this_setting_rehearses_nothing() -> None:
    values = TrainConfig().to_dict()
    del values["rehearse"]
    assert TrainConfig.from_dict(values).rehearse == 0


@pytest.mark.parametrize("value", [-1, 9_001, 3.5, True, "20"])
def test_an_impossible_number_is_refused(value: object) -> None:
    with pytest.raises(EngineError) as raised:
        TrainConfig.from_dict({"rehearse": value})
    assert raised.value.fields["field"] == "rehearse"


def test_own_digits_are_counted_as_they_are_learned(document: Document) -> None:
    assert document.samples.own_counts() == [3] * 10
    document.samples.delete([1])
    document.samples.set_label([2], None)
    assert document.samples.own_counts() == [2, 2, *[3] * 8]


@pytest.mark.parametrize(("train_images", "epochs"), [(None, 4), (None, 30), (12, 3), (1, 1), (90, 2)])
def test_an_epoch_is_as_long_as_it_was_told(
    document: Document, train_images: int | None, epochs: int
) -> None:
    wrong = [NewSample(digits(1, seed=7).images[at], at, Split.TRAIN, source=CORRECTION) for at in (1, 2)]
    document.samples.add(wrong)
    config = replace(CONFIG, train_images=train_images, epochs=epochs)
    own = sum(document.samples.own_counts())
    told = amount.shown(own, len(document.corrections.ids()), config)
    started = next(session.start(document, config, Control()))
    assert isinstance(started, RunStarted)
    assert started.train_images == told


def test_the_command_line_rehearses_and_goes_on(
    document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    document.close()
    quick = ["--model", "mlp", "--hidden", "8", "--epochs", "3", "--rehearse", "20", "--device", "cpu"]
    assert main(["train", str(document.path), "--json", *quick, "--stop-after", "1"]) == 0
    assert '"train_images": 50' in capsys.readouterr().out
    assert main(["train", str(document.path), "--json", "--resume", "1"]) == 0
    assert '"reason": "completed"' in capsys.readouterr().out
    assert main(["train", str(document.path), "--rehearse", "-1"]) == 2
    assert "rehearse" in capsys.readouterr().err
