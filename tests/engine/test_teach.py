"""Teaching a model one hand: what it brings is measured on digits that were not learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.inference.predictor import load_base, load_run
from engine.training import session, teach
from engine.training.control import Control

MLP = TrainConfig(model="mlp", hidden=(16,), epochs=1, augment="off")


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Thirty digits of a hand that writes as a pocket calculator does."""
    document = Document.create(tmp_path / "own.dojo")
    own = digits(3)
    document.samples.add_arrays(own.images, own.labels, Split.TRAIN, source="canvas")
    return document


def test_the_shipped_model_learns_a_strange_hand_and_forgets_little(document: Document) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    taught = teach.teach(document, "base", progress, "My hand")
    assert taught is not None
    assert (taught.run, taught.digits) == (1, 30)
    assert taught.own_before.n == taught.own_after.n == 30
    assert taught.own_after.right >= taught.own_before.right + 3
    assert taught.kept_before.n == 1_000
    assert taught.kept_before.accuracy > 0.99
    assert taught.kept_after.accuracy > taught.kept_before.accuracy - 0.01
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    record = document.runs.get(1)
    assert (record.name, record.state, record.config.start_from) == ("My hand", "finished", "base")
    base, mine = load_base(), load_run(document, 1)
    assert (mine.threshold, mine.temperature) == (base.threshold, base.temperature)
    new = digits(2, seed=77)
    read = load_run(document, 1).evaluate(new.images, new.labels)
    assert read.accuracy >= taught.own_before.accuracy + 0.1


def test_digits_that_the_model_before_has_seen_say_nothing(document: Document) -> None:
    list(session.start(document, MLP, Control()))
    taught = teach.teach(document, "1")
    assert taught is not None
    assert (taught.run, taught.digits, taught.own_before.n) == (2, 30, 0)
    new = digits(2, seed=5)
    document.samples.add_arrays(new.images, new.labels, Split.TRAIN, source="correction")
    assert load_run(document, 2).temperature == 1.0, "an ordinary run has nothing to hand on"
    again = teach.teach(document, "1")
    assert again is not None
    assert (again.digits, again.own_before.n, again.own_after.n) == (50, 20, 20)
    assert document.runs.get(3).config.hidden == MLP.hidden


def test_the_only_digit_of_its_label_is_learned_but_not_measured() -> None:
    folds = teach.folds_of(np.array([3, 3, 3, 7, 1, 1]), seed=0)
    assert folds[3] == -1
    for label, places in ((3, [0, 1, 2]), (1, [4, 5])):
        assert set(folds[places]) == {0, 1}, label


def test_a_lesson_cancelled_while_it_is_measured_leaves_nothing(document: Document) -> None:
    list(session.start(document, MLP, Control()))
    extra = digits(2, seed=5)
    document.samples.add_arrays(extra.images, extra.labels, Split.TRAIN, source="canvas")
    for last in (0, 5):
        assert teach.teach(document, "1", lambda done, _total, last=last: done < last) is None
    assert len(document.runs.list()) == 1


def test_a_lesson_cancelled_near_its_end_leaves_a_stopped_run(document: Document) -> None:
    list(session.start(document, MLP, Control()))
    assert teach.teach(document, "1", lambda done, total: done < total * 0.9) is None
    assert document.runs.get(2).state == "stopped"
    assert session.planned_epochs(document.runs.get(2)) > 3


def test_without_own_digits_there_is_nothing_to_teach(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "empty.dojo")
    with pytest.raises(EngineError) as raised:
        teach.teach(document, "base")
    assert raised.value.code == Code.NO_OWN_DIGITS


@pytest.mark.parametrize("count", [1, 5, 30, 100, 500, 3_000, 20_000])
def test_a_lesson_takes_about_as_many_steps_for_any_number_of_digits(count: int) -> None:
    config = teach.settings(count)
    steps = config.epochs * -(-(count + config.rehearse) // config.batch_size)
    assert steps >= 50
    assert count > 1_000 or steps <= 150
    assert config.rehearse >= min(2 * count, 9_000)
    assert count > 4_000 or (count + config.rehearse) % config.batch_size == 0, "no batch of a single image"


@pytest.mark.parametrize("count", [1, 10, 50])
def test_few_own_digits_are_shown_hardly_more_often_than_many(count: int) -> None:
    few, many = teach.settings(count), teach.settings(100)
    assert few.epochs <= 1.3 * many.epochs
    assert few.rehearse >= 2 * count
