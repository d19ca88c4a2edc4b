"""How long a training will take is measured with the steps that it will take."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
import torch

from engine.config import TrainConfig
from engine.errors import Code, EngineError
from engine.training.control import Control
from engine.training.pace import Pace, measure
from engine.training.plan import EpochPlan


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_steps_and_evaluation_are_measured_at_the_batch_that_there_will_be(model: str) -> None:
    config = TrainConfig(model=model, batch_size=16, device="cpu")
    pace = measure(config, 1_000, 100, Control())
    assert pace is not None
    assert pace.batch_size == 16 and pace.device == "cpu (1 thread)"
    assert pace.evaluation_seconds > 0 and pace.step_seconds > 0
    assert measure(config, 5, 0, Control()).batch_size == 5  # type: ignore[union-attr]


def test_the_whole_takes_all_steps_and_an_evaluation_an_epoch() -> None:
    pace = Pace(600, 0.5, 0.001, "cpu")
    assert pace.seconds(EpochPlan(6_000, 600, 3), 100) == pytest.approx(30 * 0.5 + 3 * 0.1)
    assert pace.images_per_second == 1_200


def test_redrawing_strokes_is_measured_and_counts_for_the_digits_that_have_some() -> None:
    config = TrainConfig(model="mlp", hidden=(8,), batch_size=16, device="cpu")
    assert measure(config, 100, 0, Control()).redraw_seconds == 0  # type: ignore[union-attr]
    pace = measure(replace(config, strokes="redrawn"), 100, 0, Control())
    assert pace is not None and pace.redraw_seconds > 0
    plan = EpochPlan(100, 16, 3)
    assert pace.seconds(plan, 0, 40) == pytest.approx(pace.seconds(plan, 0) + 120 * pace.redraw_seconds)
    assert pace.images_per_second < 16 / pace.step_seconds


def test_a_measurement_that_was_stopped_before_it_began_leaves_the_threads_alone() -> None:
    control = Control()
    control.stop()
    before = torch.get_num_threads()
    called: list[bool] = []
    assert not control.do_unless_stopped(lambda: called.append(True))
    assert measure(TrainConfig(device="cpu", batch_size=64), 1_000, 0, control) is None
    assert called == [] and torch.get_num_threads() == before


def test_a_measurement_ends_at_once_when_a_training_wants_to_begin() -> None:
    control = Control()
    paces: list[object] = []
    slow = TrainConfig(model="mlp", hidden=(64,), batch_size=4_096, device="cpu")
    thread = threading.Thread(target=lambda: paces.append(measure(slow, 1_000_000, 10, control)))
    thread.start()
    control.stop()
    thread.join(30)
    assert paces == [None]


def test_a_device_that_is_not_there_is_refused() -> None:
    missing = next(name for name in ("mps", "cuda") if name not in _present())
    with pytest.raises(EngineError) as caught:
        measure(TrainConfig(device=missing), 10, 0, Control())
    assert caught.value.code is Code.DEVICE_UNAVAILABLE


def _present() -> list[str]:
    from engine.device import available

    return available()
