"""An experiment varies one setting, keeps each run, and measures what batch size is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.events import EpochCompleted, RunFinished
from engine.training import checkpoint, models
from engine.training.amount import chosen
from engine.training.control import Control
from engine.training.evaluation import evaluate
from engine.training.sweep import (
    PointMeasured,
    PointStarted,
    SweepFinished,
    SweepStarted,
    sweep,
)
from engine.training.sweep_plan import SweepPlan, SweepPoint

BASE = TrainConfig(model="mlp", hidden=(16,), epochs=2, batch_size=8, augment="off", device="cpu")


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    made = Document.create(tmp_path / "sweep.dojo")
    for split, each, seed in ((Split.TRAIN, 8, 0), (Split.VAL, 4, 1)):
        some = digits(each, seed)
        made.samples.add_arrays(some.images, some.labels, split=split, source="import")
    yield made
    made.close()


def points_of(document: Document, plan: SweepPlan, control: Control | None = None) -> tuple[SweepPoint, ...]:
    *_, last = sweep(document, plan, control or Control())
    assert isinstance(last, SweepFinished)
    assert last.reason == "completed"
    return last.points


def test_the_grammar_is_start_a_run_for_each_value_and_one_end(document: Document) -> None:
    events = list(sweep(document, SweepPlan(BASE, "batch_size", (8, 40)), Control()))
    own = [event for event in events if isinstance(event, SweepStarted | PointStarted | PointMeasured)]
    assert [type(event).__name__ for event in own] == ["SweepStarted"] + ["PointStarted", "PointMeasured"] * 2
    assert isinstance(events[-1], SweepFinished)
    assert [event.run for event in events if isinstance(event, RunFinished)] == [1, 2]
    assert [record.config.batch_size for record in document.runs.list()] == [8, 40]


def test_larger_batches_take_fewer_steps_less_noise_and_more_memory(document: Document) -> None:
    config = TrainConfig(**{**BASE.to_dict(), "epochs": 6})
    small, large = points_of(document, SweepPlan(config, "batch_size", (4, 40)))
    assert small.noise is not None and large.noise is not None
    assert small.noise > large.noise
    assert small.step_bytes is not None and large.step_bytes is not None
    assert small.step_bytes < large.step_bytes
    assert small.images_per_second and large.images_per_second
    for point in (small, large):
        record = document.runs.get(point.run)
        assert (point.val_accuracy, point.val_images) == (record.val_accuracy, 40)


def test_noise_is_how_much_the_loss_of_a_drawn_batch_varies(document: Document) -> None:
    (point,) = points_of(document, SweepPlan(BASE, "epochs", (3,)))
    members = document.runs.members(point.run, Split.TRAIN)
    saved = document.runs.load_checkpoint(point.run, "last")
    assert saved is not None
    model = models.build(BASE)
    checkpoint.load_weights(model, saved.weights)
    random = np.random.default_rng(0)
    batches = [random.choice(len(members), BASE.batch_size, replace=False) for _ in range(600)]
    means = [evaluate(model, members.images[batch], members.labels[batch]).loss for batch in batches]
    assert point.noise == pytest.approx(np.std(means) / np.mean(means), rel=0.1)


def test_equal_runs_are_equally_noisy_and_one_batch_of_all_is_not_noisy(document: Document) -> None:
    once, again = points_of(document, SweepPlan(BASE, "batch_size", (8, 8)))
    (whole,) = points_of(document, SweepPlan(BASE, "batch_size", (80,)))
    assert once.noise == again.noise
    assert whole.noise == 0


def test_the_amount_of_data_grows_by_adding_and_every_class_has_its_share(document: Document) -> None:
    points = points_of(document, SweepPlan(BASE, "train_images", (10, 30, 500)))
    members = [document.runs.members(point.run, Split.TRAIN) for point in points]
    assert [len(part) for part in members] == [10, 30, 80], "there are no more than 80"
    assert set(members[0].ids) < set(members[1].ids) < set(members[2].ids)
    assert np.bincount(members[0].labels).tolist() == [1] * 10
    assert np.bincount(members[1].labels).tolist() == [3] * 10


def test_a_part_of_uneven_data_takes_the_rare_classes_first() -> None:
    labels = np.array([0] * 50 + [1] * 2)
    assert np.bincount(labels[chosen(labels, 4, 0)]).tolist() == [2, 2]
    assert np.bincount(labels[chosen(labels, 10, 0)]).tolist() == [8, 2]
    assert (chosen(labels, 10, 0) == chosen(labels, 10, 0)).all()
    assert (chosen(labels, 10, 0) != chosen(labels, 10, 1)).any()


def test_stopping_ends_the_run_and_the_experiment_and_keeps_what_was_trained(document: Document) -> None:
    control = Control()
    events = []
    for event in sweep(document, SweepPlan(BASE, "epochs", (2, 50, 3)), control):
        events.append(event)
        if isinstance(event, EpochCompleted) and event.run == 2:
            control.stop()
    assert isinstance(events[-1], SweepFinished)
    assert (events[-1].reason, len(events[-1].points)) == ("stopped", 2)
    assert [record.state for record in document.runs.list()] == ["finished", "stopped"]


def test_a_learning_rate_that_explodes_is_a_point_and_the_others_go_on(document: Document) -> None:
    images = np.full((20, 28, 28), 255, np.uint8)
    document.samples.add_arrays(images, np.arange(20) % 10, split=Split.TRAIN, source="import")
    config = TrainConfig(**{**BASE.to_dict(), "epochs": 3, "hidden": [512, 512], "weight_decay": 1.0})
    points = points_of(document, SweepPlan(config, "learning_rate", (0.001, 1.0)))
    assert points[0].failure is None
    assert len(points) == 2


def test_no_digits_end_an_experiment_with_their_code(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "empty.dojo")
    *_, last = sweep(document, SweepPlan(BASE, "epochs", (1, 2)), Control())
    assert last == SweepFinished(Code.NO_TRAINING_DIGITS.value, ())
    document.close()


@pytest.mark.parametrize(
    ("field", "values"), [("hidden", (8,)), ("epochs", ()), ("epochs", (0,)), ("start", ("random last",))]
)
def test_a_plan_that_cannot_be_is_refused_before_anything_is_trained(field: str, values: tuple) -> None:
    with pytest.raises(EngineError) as failed:
        SweepPlan(BASE, field, values)
    assert failed.value.code is Code.CONFIG_INVALID
