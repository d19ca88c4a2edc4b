"""Training on a document: the run it leaves there, and going on with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.events import EpochCompleted, Event, RunFailed, RunFinished, RunStarted, StepCompleted
from engine.inference.predictor import load_run
from engine.training import recorder, session
from engine.training import trainer as trainer_module
from engine.training.control import Control

MLP = TrainConfig(model="mlp", hidden=(16,), augment="light", batch_size=8, epochs=4)
CNN = TrainConfig(model="cnn", augment="light", batch_size=8, epochs=4)


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    opened = Document.create(tmp_path / "own.dojo")
    _add_digits(opened)
    yield opened
    opened.close()


def _add_digits(document: Document) -> None:
    for split, each, seed in ((Split.TRAIN, 3, 0), (Split.VAL, 1, 1)):
        some = digits(each, seed)
        document.samples.add_arrays(some.images, some.labels, split=split, source="import")


def _start(document: Document, config: TrainConfig, **more: Any) -> list[Event]:
    return list(session.start(document, config, Control(), **more))


def _resume(document: Document, run: int, **more: Any) -> list[Event]:
    return list(session.resume(document, run, Control(), **more))


def _weights(document: Document, run: int, kind: str = "last") -> bytes:
    saved = document.runs.load_checkpoint(run, kind)
    assert saved is not None
    return saved.weights


def test_a_run_is_kept_with_its_facts_figures_members_and_models(document: Document) -> None:
    events = _start(document, MLP, name="first try")
    started, finished = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert isinstance(finished, RunFinished)
    record = document.runs.get(started.run)
    assert (record.name, record.state, record.reason) == ("first try", "finished", "completed")
    assert record.config == MLP
    assert (record.best_epoch, record.val_accuracy) == (finished.best_epoch, finished.val_accuracy)
    assert record.val_images == 10
    facts = record.facts
    assert (facts["device"], facts["threads"], facts["segments"]) == ("cpu", 1, [4])
    assert (facts["n_train"], facts["n_val"], facts["counts"]) == (30, 10, [3] * 10)
    assert facts["data_version"] == document.data_version()
    assert {"torch", "python", "app", "platform", "spoken_device"} <= facts.keys()
    epochs = [event for event in events if isinstance(event, EpochCompleted)]
    assert list(document.runs.metrics(started.run, "val_loss")[2]) == [event.val_loss for event in epochs]
    assert len(document.runs.members(started.run, Split.TRAIN)) == 30
    assert load_run(document, started.run).config == MLP


def test_digits_without_a_label_are_not_trained_on(document: Document) -> None:
    some = document.samples.load(Split.TRAIN)
    document.samples.set_label(some.ids[:5].tolist(), None)
    assert _start(document, MLP)[0].train_images == 25


def test_a_document_without_labelled_digits_is_one_failure(tmp_path: Path) -> None:
    empty = Document.create(tmp_path / "empty.dojo")
    (failed,) = _start(empty, MLP)
    assert isinstance(failed, RunFailed)
    assert failed.code == "no_training_digits"
    assert empty.runs.list() == []
    empty.close()


def test_a_device_that_is_not_there_leaves_no_run(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.device.available", lambda: ["cpu"])
    (failed,) = _start(document, TrainConfig(device="mps"))
    assert failed.code == "device_unavailable"
    assert document.runs.list() == []


@pytest.mark.parametrize("config", [MLP, CNN], ids=["mlp", "cnn"])
def test_a_run_resumed_from_the_closed_document_equals_a_straight_one(
    tmp_path: Path, config: TrainConfig
) -> None:
    straight = Document.create(tmp_path / "straight.dojo")
    _add_digits(straight)
    _start(straight, config)
    cut = Document.create(tmp_path / "cut.dojo")
    _add_digits(cut)
    first = _start(cut, config, stop_after=2)
    assert (first[-1].reason, cut.runs.get(1).state) == ("stopped", "stopped")
    cut.close()
    again = Document.open(tmp_path / "cut.dojo")
    assert _resume(again, 1)[-1].reason == "completed"
    for kind in ("last", "best"):
        assert _weights(again, 1, kind) == _weights(straight, 1, kind)
    assert list(again.runs.metrics(1, "train_loss")[2]) == list(straight.runs.metrics(1, "train_loss")[2])
    again.close()
    straight.close()


def test_editing_the_data_does_not_touch_a_run_that_goes_on(document: Document, tmp_path: Path) -> None:
    straight = Document.create(tmp_path / "straight.dojo")
    _add_digits(straight)
    _start(straight, MLP)
    _start(document, MLP, stop_after=2)
    ids = document.samples.load().ids.tolist()
    document.samples.delete(ids[:10])
    document.samples.set_label(ids[10:20], 3)
    _add_digits(document)
    _resume(document, 1)
    assert _weights(document, 1) == _weights(straight, 1)
    straight.close()


def test_a_finished_run_can_be_extended(document: Document) -> None:
    _start(document, MLP)
    events = _resume(document, 1, extra_epochs=3)
    assert (events[0].epoch, events[0].total_epochs) == (4, 7)
    assert (events[-1].reason, events[-1].epoch) == ("completed", 7)
    record = document.runs.get(1)
    assert record.facts["segments"] == [4, 3]
    assert session.planned_epochs(record) == 7
    assert len(document.runs.metrics(1, "train_loss")[0]) == 7


def test_a_run_that_died_before_its_first_save_starts_again(document: Document) -> None:
    _start(document, MLP)
    expected = _weights(document, 1)
    events = session.start(document, MLP, Control())
    while not isinstance(next(events), RunStarted):
        pass
    assert document.runs.load_checkpoint(2, "last") is None
    document._database.copy_to(document.path.with_name("killed.dojo"))  # what a kill at this moment leaves
    events.close()
    killed = Document.open(document.path.with_name("killed.dojo"))
    assert _resume(killed, 2)[-1].reason == "completed"
    assert _weights(killed, 2) == expected
    killed.close()


def test_a_run_left_in_the_middle_is_paused_and_goes_on(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)
    monkeypatch.setattr(recorder, "SAVE_EVERY", -1.0)
    _start(document, MLP)
    events = session.start(document, MLP, Control())
    for event in events:
        if isinstance(event, StepCompleted) and event.step == 6:
            break
    events.close()
    assert document.runs.get(2).state == "paused"
    resumed = session.resume(document, 2, Control())
    assert isinstance(next(resumed), RunStarted)
    assert document.runs.get(2).state == "running"
    list(resumed)
    assert _weights(document, 2) == _weights(document, 1)
    assert document.runs.get(2).state == "finished"


def test_a_run_starts_from_the_weights_of_another(document: Document) -> None:
    _start(document, MLP)
    config = TrainConfig.from_dict({**MLP.to_dict(), "start_from": "1", "epochs": 1})
    first_loss = _start(document, config)[1].loss
    assert first_loss < 0.9 * document.runs.metrics(1, "train_loss")[2][0]


def test_weights_of_other_layers_are_refused_clearly(document: Document) -> None:
    _start(document, MLP)
    (failed,) = _start(document, TrainConfig(model="mlp", hidden=(17,), start_from="1"))
    assert failed.code == "config_invalid"
    assert failed.fields == {
        "field": "start_from",
        "value": "1 (mlp 16)",
        "allowed": "random, RUN (mlp 17)",
    }
    assert len(document.runs.list()) == 1


def test_a_run_that_is_not_there_is_one_failure(document: Document) -> None:
    for events in (_resume(document, 9), _start(document, TrainConfig(start_from="9"))):
        (failed,) = events
        assert (failed.code, failed.fields) == ("run_missing", {"run": 9})


def test_damaged_checkpoints_are_one_failure(document: Document) -> None:
    _start(document, MLP)
    saved = document.runs.load_checkpoint(1, "last")
    assert saved is not None
    document.runs.save_checkpoint(1, 4, 16, saved.weights[:-9], "last", saved.training_state)
    (failed,) = _resume(document, 1)
    assert failed.code == "checkpoint_damaged"
    document.runs.save_checkpoint(1, 4, 16, saved.weights, "last", b"nonsense")
    (failed,) = _resume(document, 1, extra_epochs=1)
    assert failed.code == "checkpoint_damaged"
    document.runs.save_checkpoint(1, 4, 16, saved.weights, "last", None)
    (failed,) = _resume(document, 1)
    assert failed.code == "run_not_resumable"
