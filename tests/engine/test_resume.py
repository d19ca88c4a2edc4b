"""A training that was interrupted goes on as if it never had been, to the last bit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.events import EpochCompleted, Event, RunFinished, RunPaused, RunStarted, StepCompleted
from engine.training import recorder
from engine.training import trainer as trainer_module
from engine.training.batches import Digits
from engine.training.checkpoint import TrainingState
from engine.training.control import Control
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

MLP = TrainConfig(model="mlp", hidden=(16, 8), augment="light", batch_size=8, epochs=4)
CNN = TrainConfig(model="cnn", augment="strong", batch_size=8, epochs=4, sampling="replacement")
VAL = digits(1, seed=9)


def _trainer(config: TrainConfig, store: MemoryStore, **more: Any) -> Trainer:
    return Trainer(config, digits(3), VAL, store=store, **more)


def _straight(config: TrainConfig) -> MemoryStore:
    store = MemoryStore()
    list(_trainer(config, store).run())
    return store


def _same(one: MemoryStore, other: MemoryStore) -> bool:
    """Whether weights, moments, best model and figures are equal byte for byte."""
    assert one.last is not None
    assert other.last is not None
    assert one.best is not None
    assert other.best is not None
    figures = ("train_loss", "train_accuracy", "val_loss", "val_accuracy", "learning_rate")
    mine, theirs = one.state(), other.state()
    return (
        one.last.weights == other.last.weights
        and one.best.weights == other.best.weights
        and all(mine.optimizer[key].equal(theirs.optimizer[key]) for key in mine.optimizer)
        and all(one.values(name) == other.values(name) for name in figures)
    )


@pytest.mark.parametrize("config", [MLP, CNN], ids=["mlp", "cnn"])
def test_two_epochs_and_two_more_equal_four(config: TrainConfig) -> None:
    store = MemoryStore()
    events = list(_trainer(config, store, stop_after=2).run())
    assert (events[-1].reason, events[-1].epoch) == ("stopped", 2)
    events = list(_trainer(config, store, resume_from=store.state()).run())
    assert (events[0].epoch, events[0].step, events[0].total_epochs) == (2, 8, 4)
    assert (events[-1].reason, events[-1].epoch) == ("completed", 4)
    assert _same(store, _straight(config))


@pytest.mark.parametrize("config", [MLP, CNN], ids=["mlp", "cnn"])
@pytest.mark.parametrize("at", [1, 6, 8, 15])
def test_a_run_left_in_the_middle_of_an_epoch_goes_on_exactly(
    config: TrainConfig, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)
    store = MemoryStore()
    events = _trainer(config, store).run()
    while not (isinstance(event := next(events), StepCompleted) and event.step == at):
        pass
    events.close()
    list(_trainer(config, store, resume_from=store.state()).run())
    assert _same(store, _straight(config))


def test_a_run_that_was_killed_goes_on_from_its_last_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "SAVE_EVERY", -1.0)
    store = MemoryStore()
    events = _trainer(CNN, store).run()
    while not (isinstance(event := next(events), EpochCompleted) and event.epoch == 3):
        pass
    # What a kill leaves behind is what was saved: two epochs. The third is done again.
    survived = MemoryStore()
    survived.last, survived.best, survived.metrics = store.last, store.best, list(store.metrics)
    events.close()
    assert survived.state().progress.epoch == 2
    list(_trainer(CNN, survived, resume_from=survived.state()).run())
    assert _same(survived, _straight(CNN))


def test_pausing_changes_nothing() -> None:
    control, store = Control(), MemoryStore()
    for event in _trainer(CNN, store, control=control).run():
        if isinstance(event, EpochCompleted):
            control.pause()
        if isinstance(event, RunPaused):
            control.resume()
    assert _same(store, _straight(CNN))


def _extended(store: MemoryStore, epochs: int, **more: Any) -> list[Event]:
    state = store.state().extended(epochs)
    return list(_trainer(CNN, store, resume_from=state, **more).run())


def test_an_extension_trains_the_added_epochs_and_is_itself_exactly_resumable() -> None:
    whole, cut = _straight(CNN), _straight(CNN)
    events = _extended(whole, 3)
    assert isinstance(events[0], RunStarted)
    assert (events[0].epoch, events[0].total_epochs, events[0].total_steps) == (4, 7, 28)
    assert isinstance(events[-1], RunFinished)
    assert (events[-1].reason, events[-1].epoch) == ("completed", 7)
    _extended(cut, 3, stop_after=5)
    list(_trainer(CNN, cut, resume_from=cut.state()).run())
    assert _same(whole, cut)
    assert whole.columns["segments"] == [4, 3]
    assert max(whole.values("learning_rate")[4:]) < 0.3 * CNN.learning_rate


def test_early_stopping_counts_on_across_a_resume() -> None:
    train = digits(3)
    wrong = Digits(train.images, (train.labels + 1) % 10)
    config = TrainConfig(model="mlp", augment="off", batch_size=8, epochs=30, early_stop=4)

    def run(store: MemoryStore, **more: Any) -> Event:
        return list(Trainer(config, train, wrong, store=store, **more).run())[-1]

    straight, cut = MemoryStore(), MemoryStore()
    expected = run(straight)
    run(cut, stop_after=3)
    finished = run(cut, resume_from=cut.state())
    assert isinstance(expected, RunFinished)
    assert isinstance(finished, RunFinished)
    assert (finished.reason, finished.epoch) == (expected.reason, expected.epoch)
    assert finished.reason == "early_stop"
    assert _same(straight, cut)


def test_a_finished_run_that_is_resumed_finishes_again_at_once() -> None:
    store = _straight(MLP)
    events = list(_trainer(MLP, store, resume_from=store.state()).run())
    assert (events[-1].reason, events[-1].step) == ("completed", 16)
    assert _same(store, _straight(MLP))


ANOTHER_PROCESS = """
import pathlib, sys
sys.path[:0] = sys.argv[1:3]
from test_resume import CNN, MemoryStore, TrainingState, _trainer
folder, store = pathlib.Path(sys.argv[3]), MemoryStore()
state = TrainingState.from_bytes((folder / "weights").read_bytes(), (folder / "state").read_bytes())
list(_trainer(CNN, store, resume_from=state).run())
(folder / "resumed").write_bytes(store.last.weights)
"""


def test_another_process_goes_on_exactly(tmp_path: Path) -> None:
    store = MemoryStore()
    list(_trainer(CNN, store, stop_after=2).run())
    assert store.last is not None
    assert store.last.state is not None
    (tmp_path / "weights").write_bytes(store.last.weights)
    (tmp_path / "state").write_bytes(store.last.state)
    here = Path(__file__).parent
    subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(here), str(here.parent.parent), str(tmp_path)],
        check=True,
    )
    straight = _straight(CNN).last
    assert straight is not None
    assert (tmp_path / "resumed").read_bytes() == straight.weights


def test_a_state_of_another_model_is_one_failure() -> None:
    store = _straight(MLP)
    (*_, failed) = _trainer(CNN, MemoryStore(), resume_from=store.state()).run()
    assert failed.code == "internal"
    assert isinstance(store.state(), TrainingState)
