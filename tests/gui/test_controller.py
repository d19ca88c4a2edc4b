"""The controller: order, pause, step, stop, extend, failure, stale events, close."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from training_fakes import FakeJobs, finished, started, step_completed

from engine.config import TrainConfig
from engine.errors import Code, EngineError
from engine.events import EpochCompleted, RunFailed, RunFinished, RunPaused, RunStarted, StepCompleted
from engine.training.control import Control
from engine.training.plan import EpochPlan
from gui.training_controller import TrainingController

CONFIG = TrainConfig(epochs=2, batch_size=50)  # of 100 images: 4 steps
LONG = TrainConfig(epochs=10_000, batch_size=1)


class Heard:
    """What a controller said, in order."""

    def __init__(self, controller: TrainingController) -> None:
        self.events: list[object] = []
        self.states: list[str] = []
        self.endings: list[object] = []
        self.threads: set[int] = set()
        controller.events_received.connect(self._on_events)
        controller.state_changed.connect(self.states.append)
        controller.run_ended.connect(self.endings.append)

    def _on_events(self, events: list[object]) -> None:
        self.events.extend(events)
        self.threads.add(threading.get_ident())

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def make(qapp):
    made = []

    def build(jobs):
        controller = TrainingController(lambda: Path("a.dojo"), jobs)
        made.append(controller)
        return controller, Heard(controller)

    yield build
    for controller in made:
        assert controller.shutdown()


def test_a_training_goes_through_its_states_and_ends_once(make, qtbot):
    jobs = FakeJobs()
    controller, heard = make(jobs)
    assert controller.start(CONFIG)
    assert not controller.start(CONFIG)  # one at a time
    qtbot.waitUntil(lambda: bool(heard.endings))
    assert heard.states == ["starting", "running", "idle"]
    assert isinstance(heard.events[0], RunStarted)
    assert [event.step for event in heard.of(StepCompleted)] == [1, 2, 3, 4]
    assert [event.epoch for event in heard.of(EpochCompleted)] == [1, 2]
    assert heard.endings == [heard.events[-1]] and isinstance(heard.endings[0], RunFinished)
    assert heard.threads == {threading.get_ident()}
    assert jobs.calls == [("start", Path("a.dojo"), CONFIG)]


def test_stop_ends_the_run_and_the_controller_can_start_again(make, qtbot):
    controller, heard = make(FakeJobs())
    controller.start(LONG)
    qtbot.waitUntil(lambda: controller.state == "running")
    controller.stop()
    assert controller.state == "stopping"
    qtbot.waitUntil(lambda: bool(heard.endings))
    assert heard.endings[0].reason == "stopped"
    assert heard.states[-2:] == ["stopping", "idle"]
    assert controller.start(CONFIG)
    qtbot.waitUntil(lambda: len(heard.endings) == 2)
    assert heard.endings[1].reason == "completed"


def test_pause_holds_and_resume_goes_on(make, qtbot):
    controller, heard = make(FakeJobs())
    controller.start(LONG)
    qtbot.waitUntil(lambda: controller.state == "running")
    controller.pause()
    assert controller.is_pausing
    qtbot.waitUntil(lambda: controller.state == "paused")
    assert not controller.is_pausing
    steps = len(heard.of(StepCompleted))
    controller.resume()
    assert controller.state == "running"
    qtbot.waitUntil(lambda: len(heard.of(StepCompleted)) > steps)


def test_each_press_of_step_while_paused_moves_exactly_one_step(make, qtbot):
    controller, heard = make(FakeJobs())
    controller.start(LONG)
    controller.pause()
    qtbot.waitUntil(lambda: controller.state == "paused")
    for presses in (1, 1, 3):
        before = len(heard.of(StepCompleted))
        for _ in range(presses):
            controller.step()
        qtbot.waitUntil(
            lambda wanted=before + presses: (
                len(heard.of(StepCompleted)) == wanted and isinstance(heard.events[-1], RunPaused)
            )
        )
        assert controller.state == "paused"
    steps = [event.step for event in heard.of(StepCompleted)]
    assert steps == list(range(1, len(steps) + 1))


def test_a_training_can_start_with_one_step_and_wait(make, qtbot):
    controller, heard = make(FakeJobs())
    controller.start(LONG, paused=True)
    qtbot.waitUntil(lambda: controller.state == "paused")
    assert [event.step for event in heard.of(StepCompleted)] == [1]


def test_a_pause_taken_back_before_it_took_hold_leaves_the_training_running(make, qtbot):
    controller, heard = make(FakeJobs())
    controller.start(LONG)
    qtbot.waitUntil(lambda: controller.state == "running")
    controller.pause()
    controller.resume()
    steps = len(heard.of(StepCompleted))
    qtbot.waitUntil(lambda: len(heard.of(StepCompleted)) > steps and controller.state == "running")


def test_continue_adds_epochs_to_the_run_that_ended(make, qtbot):
    jobs = FakeJobs()
    controller, heard = make(jobs)
    controller.start(CONFIG)
    qtbot.waitUntil(lambda: len(heard.endings) == 1)
    assert controller.extend(3)
    qtbot.waitUntil(lambda: len(heard.endings) == 2)
    assert jobs.calls[-1] == ("resume", Path("a.dojo"), 1, 3)
    assert heard.endings[1].epoch == 5
    assert [event.epoch for event in heard.of(EpochCompleted)] == [1, 2, 3, 4, 5]


def test_nothing_can_be_extended_before_a_first_run(make):
    controller, heard = make(FakeJobs())
    assert not controller.extend(1)
    assert heard.states == []


def check_failure(controller, heard, qtbot, code):
    controller.start(CONFIG)
    qtbot.waitUntil(lambda: bool(heard.endings))
    failures = heard.of(RunFailed)
    assert failures == heard.endings and len(failures) == 1
    assert failures[0].code == code.value and failures[0].run == 1
    assert controller.state == "idle" and controller.start(CONFIG)
    qtbot.waitUntil(lambda: len(heard.endings) == 2)


@pytest.mark.expects("a worker failed")
def test_an_exception_in_the_thread_is_one_internal_failure_and_the_controller_is_idle_again(make, qtbot):
    controller, heard = make(FakeJobs(error=ZeroDivisionError("x")))
    check_failure(controller, heard, qtbot, Code.INTERNAL)


def test_a_known_error_in_the_thread_keeps_its_code(make, qtbot):
    controller, heard = make(FakeJobs(error=EngineError(Code.DISK_FULL, path="a")))
    check_failure(controller, heard, qtbot, Code.DISK_FULL)


class Scripted(FakeJobs):
    """Says exactly these events."""

    def __init__(self, events: list[object]) -> None:
        super().__init__()
        self.events = events

    def start(self, path: Path, config: TrainConfig, control: Control):
        return iter(self.events)


def test_events_of_a_stale_run_are_ignored(make, qtbot):
    plan = EpochPlan(100, 50, 2)
    mine, old = step_completed(7, 1, 1, plan), step_completed(6, 9, 99, plan)
    controller, heard = make(
        Scripted([started(CONFIG, 100, 7), old, mine, finished(6, 2, plan), finished(7, 2, plan)])
    )
    controller.start(CONFIG)
    qtbot.waitUntil(lambda: bool(heard.endings))
    assert heard.of(StepCompleted) == [mine]
    assert [event.run for event in heard.endings] == [7]


def test_a_job_that_ends_without_a_word_is_a_failure(make, qtbot):
    controller, heard = make(Scripted([started(CONFIG, 100, 7)]))
    controller.start(CONFIG)
    qtbot.waitUntil(lambda: bool(heard.endings))
    assert heard.endings[0].code == Code.INTERNAL.value


@pytest.mark.parametrize("moment", ["starting", "running", "paused"])
def test_shutdown_over_a_training_leaves_no_thread_and_says_nothing_more(make, qtbot, moment):
    controller, heard = make(FakeJobs())
    controller.start(LONG)
    if moment == "paused":
        controller.pause()
    if moment != "starting":
        qtbot.waitUntil(lambda: controller.state == moment)
    said = len(heard.events), len(heard.states)
    assert controller.shutdown()
    assert controller.state == "idle"
    assert (len(heard.events), len(heard.states)) == said and heard.endings == []
