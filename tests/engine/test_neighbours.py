"""The training digits most like a new one are found, and their average is theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.sample_types import CORRECTION, NewSample
from engine.data.splits import Split
from engine.errors import Code, EngineError
from engine.inference import neighbours as module
from engine.inference.explain import last_hidden
from engine.inference.neighbours import COUNT, Neighbours
from engine.inference.predictor import Predictor, load_base, load_run
from engine.inference.training_digits import TrainingDigits, training_digits
from engine.training import session
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(16,), epochs=8, batch_size=10, augment="off", device="cpu")


@pytest.fixture
def document(tmp_path: Path):
    made = Document.create(tmp_path / "near.dojo")
    for split, each, seed in ((Split.TRAIN, 6, 0), (Split.VAL, 2, 1)):
        some = digits(each, seed)
        made.samples.add_arrays(some.images, some.labels, split=split, source="import")
    list(session.start(made, CONFIG, Control()))
    yield made
    made.close()


@pytest.fixture(scope="module")
def base() -> Predictor:
    return load_base()


def test_a_training_digit_finds_itself_first(document):
    learnt = training_digits(document, 1)
    near = Neighbours(load_run(document, 1), learnt)
    for image, label in zip(learnt.images[:20], learnt.labels, strict=False):
        found = near.nearest(image)
        assert (found.images[0] == image).all()
        assert found.labels[0] == label
        assert found.distances[0] == pytest.approx(0.0, abs=0.02)
        assert len(found.labels) == COUNT


def test_the_nearest_are_those_of_the_last_hidden_layer_nearest_first(document):
    learnt, asked = training_digits(document, 1), digits(1, seed=7).images
    model = load_run(document, 1)
    near = Neighbours(model, learnt)
    for image in asked:
        apart = np.linalg.norm(last_hidden(model, learnt.images) - last_hidden(model, image[None]), axis=1)
        found = near.nearest(image)
        assert found.distances == pytest.approx(np.sort(apart)[:COUNT], abs=1e-2)
        assert (np.diff(found.distances) >= 0).all()
        assert (found.looked_at, found.digits, found.is_starter) == (60, 60, False)


def test_a_run_is_compared_with_the_digits_and_labels_it_had_whatever_was_edited_since(document):
    before = training_digits(document, 1)
    ids = document.samples.load().ids.tolist()
    document.samples.set_label(ids[:10], 3)
    document.samples.delete(ids[10:30])
    after = training_digits(document, 1)
    assert (after.images == before.images).all() and (after.labels == before.labels).all()
    assert len(after.labels) == 60  # the val split taught nothing


def test_the_shipped_model_is_compared_with_the_starter_digits_and_says_so(document, base):
    learnt = training_digits(document, None)
    assert learnt.is_starter and len(learnt.labels) == 10_000
    some = TrainingDigits(learnt.images[::20], learnt.labels[::20], is_starter=True)
    near = Neighbours(base, some)
    found = near.nearest(learnt.images[7])  # not among them
    assert found.is_starter
    assert (found.labels == learnt.labels[7]).sum() >= 5


def test_of_more_digits_than_have_room_every_nth_is_looked_at(document, monkeypatch, base):
    monkeypatch.setattr(module, "ROOM", 1)
    monkeypatch.setattr(module, "CHUNK", 25)
    learnt = training_digits(document, 1)
    near = Neighbours(base, learnt)
    found = near.nearest(learnt.images[0])
    assert (found.looked_at, found.digits) == (20, 60)
    assert (found.images[0] == learnt.images[0]).all()


def test_looking_is_told_and_can_be_ended(document, monkeypatch, base):
    monkeypatch.setattr(module, "CHUNK", 25)
    told = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 25

    near = Neighbours(base, training_digits(document, 1), progress)
    assert told == [(0, 60), (25, 60)]
    assert near.nearest(digits(1).images[0]).looked_at == 25


def test_without_digits_there_are_no_neighbours(base):
    nothing = TrainingDigits(np.empty((0, 28, 28), np.uint8), np.empty(0, np.int8), is_starter=False)
    found = Neighbours(base, nothing).nearest(digits(1).images[3])
    assert found.images.shape == (0, 28, 28) and not len(found.distances)
    assert nothing.averages() == [None] * 10


def test_the_average_is_that_of_each_class(document):
    learnt = training_digits(document, 1)
    averages = learnt.averages()
    for label, average in enumerate(averages):
        own = learnt.images[learnt.labels == label].astype(float)
        assert np.abs(average - own.mean(axis=0)).max() <= 0.5
        assert average.dtype == np.uint8
    only = TrainingDigits(learnt.images[:1], learnt.labels[:1], is_starter=False)
    assert [average is not None for average in only.averages()] == [True] + [False] * 9


def test_a_lesson_is_compared_with_its_own_digits_and_with_those_it_rehearsed_as_they_were_shown(document):
    nine = digits(1, seed=5).images[9]
    ids = document.samples.add([NewSample(nine, 9, Split.TRAIN, source=CORRECTION)]).ids
    lesson = replace(CONFIG, rehearse=200, train_images=1)  # eight epochs: a correction comes thrice in each
    list(session.start(document, lesson, Control()))
    assert document.runs.member_labels(2, Split.TRAIN)[0].tolist() == 3 * ids
    learnt, (others, labels) = training_digits(document, 2), starter.load_rehearsed()
    assert learnt.has_rehearsed and not learnt.is_starter
    assert (learnt.images[0] == nine).all() and len(learnt.labels) == 1 + len(labels)
    nines = others[labels == 9].astype(float)
    each = 200 / len(labels)
    shown = (3 * nine.astype(float) + each * nines.sum(axis=0)) / (3 + each * len(nines))
    average = learnt.averages()[9]
    assert average is not None and np.abs(average - shown).max() <= 0.51
    assert np.abs(learnt.averages()[4] - others[labels == 4].mean(axis=0)).max() <= 0.51


def test_a_run_that_is_not_there_is_told(document):
    with pytest.raises(EngineError) as raised:
        training_digits(document, 9)
    assert raised.value.code is Code.RUN_MISSING
