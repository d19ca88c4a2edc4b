"""Stop, pause, resume and single steps while a training runs."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.events import (
    CheckpointSaved,
    EpochCompleted,
    Event,
    RunFinished,
    RunPaused,
    RunStarted,
    StepCompleted,
)
from engine.training import evaluation
from engine.training import trainer as trainer_module
from engine.training.control import Control, Order
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

CONFIG = TrainConfig(model="mlp", hidden=(16,), augment="off", batch_size=5, epochs=4)  # 30 images: 6 steps


@pytest.fixture(autouse=True)
def _report_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)


def _trainer(control: Control, store: MemoryStore | None = None) -> Trainer:
    return Trainer(CONFIG, digits(3), digits(1, seed=9), store=store or MemoryStore(), control=control)


def _steps(events: list[Event]) -> list[int]:
    return [event.step for event in events if isinstance(event, StepCompleted)]


def test_a_stop_takes_effect_before_the_next_step_and_the_state_is_saved() -> None:
    control, store, events = Control(), MemoryStore(), []
    for event in _trainer(control, store).run():
        events.append(event)
        if isinstance(event, StepCompleted) and event.step == 8:
            control.stop()
    assert _steps(events)[-1] == 8
    assert isinstance(events[-2], CheckpointSaved)
    finished = events[-1]
    assert isinstance(finished, RunFinished)
    assert (finished.reason, finished.epoch, finished.step) == ("stopped", 1, 8)
    assert store.columns["state"] == "stopped"
    assert store.state().progress.step == 8


def test_a_stop_before_the_start_runs_no_step() -> None:
    control = Control()
    control.stop()
    events = list(_trainer(control).run())
    assert [type(event) for event in events] == [RunStarted, CheckpointSaved, RunFinished]
    assert (events[-1].reason, events[-1].best_epoch) == ("stopped", 0)


def test_a_stop_inside_an_evaluation_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    control, store, events = Control(), MemoryStore(), []
    chunks = []

    def convert(images: object) -> object:
        chunks.append(1)
        control.stop()
        return real(images)

    real = evaluation.as_input
    monkeypatch.setattr(evaluation, "as_input", convert)
    monkeypatch.setattr(evaluation, "CHUNK", 2)
    events = list(_trainer(control, store).run())
    assert len(chunks) == 1  # of five
    assert not [event for event in events if isinstance(event, EpochCompleted)]
    assert (events[-1].reason, events[-1].epoch, events[-1].step) == ("stopped", 0, 6)


def test_a_pause_saves_waits_and_goes_on() -> None:
    control, store, events = Control(), MemoryStore(), []
    for event in _trainer(control, store).run():
        events.append(event)
        if isinstance(event, StepCompleted) and event.step == 3:
            control.pause()
        if isinstance(event, RunPaused):
            assert store.columns["state"] == "paused"
            assert store.state().progress.step == event.step == 3
            control.resume()
    assert _steps(events) == list(range(1, 25))
    assert len([event for event in events if isinstance(event, RunPaused)]) == 1
    assert store.columns["state"] == "finished"


def test_a_paused_run_waits_for_another_thread() -> None:
    control, events = Control(), []
    control.pause()
    paused = threading.Event()

    def train() -> None:
        for event in _trainer(control).run():
            events.append(event)
            if isinstance(event, RunPaused):
                paused.set()

    thread = threading.Thread(target=train)
    thread.start()
    assert paused.wait(30)
    control.resume()
    thread.join(30)
    assert events[-1].reason == "completed"


def test_a_single_step_is_reported_and_followed_by_a_pause() -> None:
    control, events = Control(), []
    control.step_once()
    for event in _trainer(control).run():
        events.append(event)
        if isinstance(event, RunPaused):
            if event.step < 3:
                control.step_once()
            else:
                control.stop()
    kinds = [type(event) for event in events if not isinstance(event, CheckpointSaved)]
    assert kinds == [RunStarted, *[StepCompleted, RunPaused] * 3, RunFinished]


def test_single_steps_are_reported_however_fast_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 1e9)
    control, events = Control(), []
    control.step_once()
    for event in _trainer(control).run():
        events.append(event)
        if isinstance(event, RunPaused):
            control.step_once() if event.step < 4 else control.stop()
    assert _steps(events) == [1, 2, 3, 4]


def test_the_last_single_step_of_an_epoch_completes_it() -> None:
    control, events = Control(), []
    control.step_once()
    for event in _trainer(control).run():
        events.append(event)
        if isinstance(event, RunPaused):
            control.step_once() if event.step < 6 else control.stop()
    kinds = [type(event) for event in events if not isinstance(event, CheckpointSaved)]
    assert kinds[-4:] == [StepCompleted, EpochCompleted, RunPaused, RunFinished]
    assert events[-1].epoch == 1


def test_single_steps_change_nothing_in_the_result() -> None:
    control, stepped, straight = Control(), MemoryStore(), MemoryStore()
    control.step_once()
    for event in _trainer(control, stepped).run():
        if isinstance(event, RunPaused):
            control.step_once() if event.step < 9 else control.resume()
    list(_trainer(Control(), straight).run())
    assert stepped.last is not None
    assert straight.last is not None
    assert stepped.last.weights == straight.last.weights


def test_a_pause_inside_an_evaluation_repeats_it_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    control, paused, straight = Control(), MemoryStore(), MemoryStore()
    list(_trainer(Control(), straight).run())
    real = evaluation.as_input
    chunks = iter(range(1000))

    def convert(images: object) -> object:
        if next(chunks) == 1:
            control.pause()
        return real(images)

    monkeypatch.setattr(evaluation, "as_input", convert)
    monkeypatch.setattr(evaluation, "CHUNK", 2)
    events = []
    for event in _trainer(control, paused).run():
        events.append(event)
        if isinstance(event, RunPaused):
            control.resume()
    assert [event.step for event in events if isinstance(event, RunPaused)] == [6]
    assert paused.values("val_accuracy") == straight.values("val_accuracy")


def test_a_consumer_that_leaves_early_finds_the_state_saved() -> None:
    store, seen = MemoryStore(), []
    events = _trainer(Control(), store).run()
    for event in events:
        seen.append(event)
        if isinstance(event, StepCompleted) and event.step == 10:
            break
    events.close()
    assert store.state().progress.step == 10
    assert store.columns["state"] == "paused"


def test_leaving_after_the_last_event_changes_nothing() -> None:
    store = MemoryStore()
    events = _trainer(Control(), store).run()
    for event in events:
        if isinstance(event, RunFinished):
            break
    events.close()
    assert store.columns["state"] == "finished"


def test_orders_are_given_one_at_a_time() -> None:
    control = Control()
    assert control.next_order() is Order.RUN
    control.pause()
    assert control.next_order() is Order.PAUSE
    control.step_once()
    assert [control.next_order(), control.next_order()] == [Order.STEP, Order.PAUSE]
    control.resume()
    assert control.next_order() is Order.RUN
    control.stop()
    control.resume()
    assert control.next_order() is Order.STOP
    control.wait()  # a stopped run never sleeps


def test_steering_and_planning_load_no_torch() -> None:
    code = (
        "import sys, engine.training.control, engine.training.plan, engine.events, engine.config;"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_pause_right_after_a_resume_is_said_again() -> None:
    """Else the window waits for a word that never comes: it takes the run for one that goes on."""
    control, pauses = Control(), []
    control.pause()
    for event in _trainer(control).run():
        if isinstance(event, RunPaused):
            pauses.append(event.step)
            control.resume()
            if len(pauses) < 3:
                control.pause()
    assert pauses == [0, 0, 0]
