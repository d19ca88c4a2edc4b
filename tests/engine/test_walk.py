"""Looking at one step from inside, without changing anything."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from training_data import digits

from engine.augmentation import NAMED
from engine.config import TrainConfig
from engine.events import BatchWalked, Event, RunPaused, StepCompleted, to_json
from engine.training import trainer as trainer_module
from engine.training import walk
from engine.training.batches import Batches, as_input
from engine.training.control import Control
from engine.training.models import build
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

TINY = {"epochs": 2, "batch_size": 8, "augment": "light", "seed": 5, "device": "cpu", "hidden": (16,)}


def _train(config: TrainConfig, control: Control | None = None) -> tuple[list[Event], MemoryStore]:
    store = MemoryStore()
    return list(Trainer(config, digits(3), None, store=store, control=control).run()), store


def _watched(config: TrainConfig) -> tuple[list[BatchWalked], list[Event], MemoryStore]:
    control = Control()
    control.watch(True)
    events, store = _train(config, control)
    return [event for event in events if isinstance(event, BatchWalked)], events, store


@pytest.fixture(autouse=True)
def _every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "WALK_EVERY", 0.0)
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_a_watched_training_ends_with_the_very_weights_of_an_unwatched_one(model: str) -> None:
    config = TrainConfig(model=model, **TINY)  # type: ignore[arg-type]
    watched, _, seen = _watched(config)
    _, unseen = _train(config)
    assert len(watched) == 8
    assert seen.last is not None and unseen.last is not None
    assert seen.last.weights == unseen.last.weights


def test_nobody_is_told_of_batches_who_does_not_watch() -> None:
    events, _ = _train(TrainConfig(model="mlp", **TINY))  # type: ignore[arg-type]
    assert not any(isinstance(event, BatchWalked) for event in events)


@pytest.mark.parametrize("sampling", ["shuffle", "replacement"])
def test_the_batch_that_is_told_is_the_one_that_was_fed(sampling: str) -> None:
    config = TrainConfig(model="mlp", sampling=sampling, **TINY)  # type: ignore[arg-type]
    watched, events, _ = _watched(config)
    data = digits(3)
    batches = Batches(data, batch_size=8, seed=5, sampling=sampling, amounts=NAMED["light"])
    losses = {event.step: event.loss for event in events if isinstance(event, StepCompleted)}
    for event in watched:
        order = batches.order(event.epoch)
        inputs, labels = batches.batch(order, event.batch - 1, event.epoch, event.step)
        assert event.indices == tuple(order[event.first : event.first + 8].tolist())
        assert event.labels == tuple(labels.tolist()) == tuple(data.labels[list(event.indices)])
        fed = np.frombuffer(event.fed, np.uint8).reshape(-1, 28, 28)
        assert np.abs(fed / 255 - inputs[:, 0].clamp(0, 1).numpy()).max() < 1 / 255
        cards = np.frombuffer(event.cards, np.uint8).reshape(-1, 28, 28)
        assert (cards == data.images[order[event.first :].numpy()]).all()
        assert event.before.loss == pytest.approx(losses[event.step], rel=1e-5)
        assert event.before.loss == pytest.approx(np.mean(event.before.losses), rel=1e-5)


def test_before_are_the_answers_of_the_random_start_and_after_those_of_the_changed_model() -> None:
    config = TrainConfig(model="mlp", **{**TINY, "augment": "off", "learning_rate": 0.01})  # type: ignore[arg-type]
    first = _watched(config)[0][0]
    start = build(config)
    images = as_input(torch.tensor(digits(3).images[list(first.indices)]))
    with torch.no_grad():
        answers = start(images).softmax(1)
    assert first.before.guesses == tuple(answers.argmax(1).tolist())
    assert first.before.confidences == pytest.approx(answers.amax(1).tolist(), rel=1e-5)
    assert first.after.loss < first.before.loss  # a step on these very images


def test_a_single_step_is_told_before_it_pauses() -> None:
    control = Control()
    control.watch(True)
    control.step_once()
    told: list[Event] = []
    for event in Trainer(
        TrainConfig(model="mlp", **TINY),  # type: ignore[arg-type]
        digits(3),
        None,
        store=MemoryStore(),
        control=control,
    ).run():
        told.append(event)
        if isinstance(event, RunPaused):
            control.stop()
    kinds = [type(event).__name__ for event in told]
    assert kinds[:4] == ["RunStarted", "BatchWalked", "StepCompleted", "CheckpointSaved"]


def test_the_other_way_of_sampling_is_told_beside_it() -> None:
    shuffled = _watched(TrainConfig(model="mlp", **TINY))[0][3]  # type: ignore[arg-type]
    drawn = _watched(TrainConfig(model="mlp", sampling="replacement", **TINY))[0][3]  # type: ignore[arg-type]
    assert shuffled.batch == drawn.batch == 4
    assert shuffled.drawn == drawn.drawn_otherwise == (0, 30)
    assert shuffled.drawn_otherwise == drawn.drawn
    assert len(drawn.drawn) > 2 and sum(drawn.drawn) == 30


def test_of_a_large_batch_the_first_images_are_told_and_the_sums_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(walk, "SHOWN", 4)
    monkeypatch.setattr(walk, "CARDS", 5)
    event = _watched(TrainConfig(model="mlp", **{**TINY, "batch_size": 30}))[0][0]  # type: ignore[arg-type]
    assert len(event.indices) == 30
    assert len(event.labels) == len(event.before.guesses) == len(event.after.losses) == 4
    assert (len(event.fed), len(event.cards)) == (4 * 784, 5 * 784)
    assert event.after.correct <= 30


def test_a_walked_batch_can_be_printed_as_json() -> None:
    line = json.loads(json.dumps(to_json(_watched(TrainConfig(model="mlp", **TINY))[0][0])))  # type: ignore[arg-type]
    assert line["event"] == "BatchWalked" and line["before"]["correct"] >= 0 and "fed" not in line
