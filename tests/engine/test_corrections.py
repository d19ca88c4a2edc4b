"""Corrections: kept with what was misread, learned in seconds, measured on digits that are never learned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from test_migrations import first_format
from training_data import digits

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.sample_types import CONFIRMED, CORRECTION, Misreading
from engine.data.samples import NewSample, Split
from engine.errors import Code, EngineError
from engine.inference.predictor import load_base, load_run
from engine.training import amount, corrections, session
from engine.training.control import Control

MLP = TrainConfig(model="mlp", hidden=(16,), epochs=1, augment="off")


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    document = Document.create(tmp_path / "own.dojo")
    yield document
    document.close()


def correct(document: Document, label: int, image: np.ndarray, misreading: Misreading | None = None) -> int:
    sample = NewSample(image, label, Split.TRAIN, source=CORRECTION, misreading=misreading)
    return document.samples.add([sample]).ids[0]


def misread(count: int) -> list[tuple[np.ndarray, int, int]]:
    """Return digits of a pocket calculator that the shipped model misreads: image, label, answer."""
    strange = digits(20)
    answers = load_base().logits(strange.images).argmax(1)
    wrong = np.flatnonzero(answers != strange.labels)[:count]
    assert len(wrong) == count
    return [(strange.images[at], int(strange.labels[at]), int(answers[at])) for at in wrong]


def test_a_correction_keeps_which_model_misread_it_and_as_what(document: Document) -> None:
    image = digits(1).images[1]
    found = Misreading(answer=7, confidence=0.875, run=3, epoch=2)
    first, second = correct(document, 1, image, found), correct(document, 1, image)
    right = document.samples.add([NewSample(image, 1, source=CONFIRMED)]).ids[0]
    document.samples.add([NewSample(image, 1)])
    assert document.corrections.ids().tolist() == [first, second]
    assert document.corrections.misreadings([first, second, right]) == {first: found, second: Misreading()}
    assert document.samples.sources([first, right]) == [CORRECTION, CONFIRMED]
    assert document.check() == []


def test_only_what_can_be_learned_from_counts(document: Document) -> None:
    ids = [correct(document, 1, image) for image in digits(1).images[:4]]
    document.samples.delete(ids[:1])
    document.samples.set_label(ids[1:2], None)
    document.samples.set_split(ids[2:3], Split.TEST)
    assert document.corrections.ids().tolist() == ids[3:]
    for _ in range(3):
        document.samples.undo()
    assert document.corrections.ids().tolist() == ids


def test_corrections_wait_until_the_model_in_use_or_one_it_comes_from_has_learned_them(
    document: Document,
) -> None:
    first = correct(document, 1, digits(1).images[1])
    assert document.corrections.waiting(None).tolist() == [first]
    members = {Split.TRAIN: (np.array([first]), np.array([1], np.int8))}
    run = document.runs.create(TrainConfig(), {}, members)
    later = document.runs.create(TrainConfig(start_from=str(run)), {}, {})
    stranger = document.runs.create(TrainConfig(), {}, {})
    second = correct(document, 7, digits(1).images[7])
    assert document.corrections.waiting(run).tolist() == [second]
    assert document.corrections.waiting(later).tolist() == [second]
    assert document.corrections.waiting(stranger).tolist() == [first, second]


def test_corrections_of_an_older_document_are_still_some(tmp_path: Path) -> None:
    path = first_format(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE samples SET source = 'correction'")
        connection.commit()
    document = Document.open(path)
    assert document.corrections.ids().tolist() == [1]
    assert document.corrections.misreadings([1]) == {1: Misreading()}
    assert document.check() == []
    document.close()


def test_a_lesson_learns_the_corrections_and_forgets_nothing_of_the_fixed_test(document: Document) -> None:
    starter.add_to(document)
    first, *more = misread(3)
    correct(document, first[1], first[0])
    one = corrections.learn(document, "base", "base", name="Corrections")
    assert one is not None
    assert (one.new_before.right, one.new_before.n, one.new_after.right) == (0, 1, 1)
    assert one.earlier_before.n == one.earlier_after.n == 0
    assert one.is_own_test
    assert one.test_before.n == one.test_after.n == 1_000
    assert one.test_after.right >= one.test_before.right - 2, "0.2 points"
    assert document.runs.get(one.run).name == "Corrections"
    for image, label, _ in more:
        correct(document, label, image)
    two = corrections.learn(document, "base", str(one.run))
    assert two is not None
    assert (two.new_before.n, two.earlier_before.n) == (2, 1)
    assert two.earlier_before.right == two.earlier_after.right == 1
    assert two.new_after.right > two.new_before.right
    learned = document.runs.members(two.run, Split.TRAIN)
    assert sorted(set(learned.ids.tolist())) == document.corrections.ids().tolist()
    assert not document.corrections.waiting(two.run).size
    test = document.samples.load(Split.TEST)
    reads = load_run(document, two.run).evaluate(test.images, test.labels)
    assert round(reads.accuracy * reads.n) == two.test_after.right


def test_without_test_digits_starter_digits_that_are_never_rehearsed_serve(document: Document) -> None:
    test, is_own = corrections.fixed_test(document)
    assert (len(test.labels), is_own) == (1_000, False)
    rehearsed = starter.load_rehearsed()
    document.samples.add_arrays(rehearsed[0][:5], rehearsed[1][:5], Split.TEST, source="starter")
    assert not corrections.fixed_test(document)[1], "what a lesson rehearses tests nothing"
    own = digits(1)
    document.samples.add_arrays(own.images[:3], own.labels[:3], Split.TEST)
    test, is_own = corrections.fixed_test(document)
    assert (test.labels.tolist(), is_own) == ([0, 1, 2], True)


def test_among_many_other_digits_a_correction_comes_oftener() -> None:
    for own, wrong in ((1, 1), (5, 5), (30, 3), (900, 3), (5_000, 3), (5_000, 2_000)):
        shown, config = corrections.plan(own, wrong, "base", None)
        times = amount.repeats(config.epochs)
        assert times * config.epochs >= amount.SHOWN, own
        assert shown == min(own, 1_000) + (times - 1) * min(wrong, own, 1_000), own
        assert (shown + config.rehearse) % config.batch_size == 0, "no batch of a single image"
        assert config.train_images == (1_000 if own > 1_000 else None)


def test_of_many_own_digits_all_corrections_are_learned(document: Document) -> None:
    own = digits(12)
    wrong = [correct(document, int(own.labels[at]), own.images[at]) for at in range(3)]
    document.samples.add_arrays(own.images[3:], own.labels[3:], Split.TRAIN, source="import")
    config = TrainConfig(model="mlp", hidden=(8,), epochs=10, batch_size=32, rehearse=20, train_images=50)
    list(session.start(document, config, Control()))
    learned = document.runs.members(1, Split.TRAIN).ids.tolist()
    assert [learned.count(sample) for sample in wrong] == [2, 2, 2]
    assert len(set(learned)) == 50
    assert document.check() == []


def test_a_cancelled_lesson_leaves_no_run_or_a_stopped_one(document: Document) -> None:
    image, label, _ = misread(1)[0]
    correct(document, label, image)
    assert corrections.learn(document, "base", "base", lambda _done, _total: False) is None
    assert document.runs.list() == []
    assert corrections.learn(document, "base", "base", lambda done, _total: done < 20) is None
    assert [record.state for record in document.runs.list()] == ["stopped"]


def test_without_own_digits_there_is_nothing_to_learn(document: Document) -> None:
    with pytest.raises(EngineError) as raised:
        corrections.learn(document, "base", "base")
    assert raised.value.code == Code.NO_OWN_DIGITS
