"""The arithmetic of epochs, as the founding texts have it and as the trainer does it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.config import SAMPLINGS, TrainConfig
from engine.events import BatchWalked, EpochCompleted, RunFinished, RunStarted
from engine.training import walk
from engine.training.batches import Digits
from engine.training.control import Control
from engine.training.plan import EpochPlan
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer


def test_6000_images_in_batches_of_600_make_10_steps_an_epoch_and_18000_images_in_3_epochs() -> None:
    plan = EpochPlan(6_000, 600, 3)
    assert (plan.steps_per_epoch, plan.last_batch) == (10, 600)
    assert (plan.total_steps, plan.images_shown) == (30, 18_000)


def test_10000_images_in_batches_of_100_make_100_steps_an_epoch() -> None:
    assert EpochPlan(10_000, 100, 1).steps_per_epoch == 100


def test_a_rest_is_a_smaller_last_batch() -> None:
    plan = EpochPlan(8_001, 64, 5)
    assert (plan.steps_per_epoch, plan.last_batch, plan.total_steps) == (126, 1, 630)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    images=st.integers(1, 70),
    batch_size=st.integers(1, 80),
    epochs=st.integers(1, 3),
    sampling=st.sampled_from(SAMPLINGS),
)
@example(images=60, batch_size=6, epochs=3, sampling="shuffle")  # the founding text's, a hundredth of it
@example(images=7, batch_size=8, epochs=2, sampling="replacement")
def test_the_trainer_does_what_the_arithmetic_says(
    monkeypatch: pytest.MonkeyPatch, images: int, batch_size: int, epochs: int, sampling: str
) -> None:
    monkeypatch.setattr(walk, "WALK_EVERY", 0.0)  # every step is told
    plan = EpochPlan(images, batch_size, epochs)
    config = TrainConfig(
        model="mlp",
        hidden=(1,),
        augment="off",
        device="cpu",
        epochs=epochs,
        batch_size=batch_size,
        sampling=sampling,
    )
    digits = Digits(np.zeros((images, 28, 28), np.uint8), np.arange(images) % 10)
    control = Control()
    control.watch(True)
    events = list(Trainer(config, digits, None, store=MemoryStore(), control=control).run())

    started = events[0]
    assert isinstance(started, RunStarted)
    assert (started.steps_per_epoch, started.total_steps) == (plan.steps_per_epoch, plan.total_steps)
    walked = [event for event in events if isinstance(event, BatchWalked)]
    assert [event.step for event in walked] == list(range(1, plan.total_steps + 1))
    of_an_epoch = [batch_size] * (plan.steps_per_epoch - 1) + [plan.last_batch]
    assert [len(event.indices) for event in walked] == of_an_epoch * epochs
    assert sum(len(event.indices) for event in walked) == plan.images_shown
    ends = [event for event in events if isinstance(event, EpochCompleted)]
    assert [(event.step, event.images_seen) for event in ends] == [
        (plan.steps_per_epoch * epoch, images * epoch) for epoch in range(1, epochs + 1)
    ]
    assert isinstance(events[-1], RunFinished) and events[-1].step == plan.total_steps
    for epoch in range(1, epochs + 1):
        times = Counter(index for event in walked if event.epoch == epoch for index in event.indices)
        assert sum(times.values()) == images and set(times) <= set(range(images))
        if sampling == "shuffle":
            assert set(times.values()) == {1}
        last = next(event for event in reversed(walked) if event.epoch == epoch)
        histogram = Counter(times.values())
        histogram[0] = images - len(times)
        assert last.drawn == tuple(histogram[count] for count in range(max(times.values()) + 1))
