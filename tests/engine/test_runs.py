"""A run stays what it was; its figures and models are kept all at once or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError

CONFIG = TrainConfig(model="mlp", epochs=3, hidden=(64, 32))


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    opened = Document.create(tmp_path / "a.dojo")
    images = np.random.default_rng(0).integers(0, 256, (40, 28, 28), np.uint8)
    opened.samples.add_arrays(images, np.arange(40) % 10)
    yield opened
    opened.close()


def start(document: Document, **facts: object) -> int:
    members = {}
    for split in Split:
        samples = document.samples.load(split)
        members[split] = (samples.ids, samples.labels)
    return document.runs.create(CONFIG, facts, members, name="first")


def test_a_run_is_read_back_as_it_was_written(document: Document) -> None:
    run = start(document, device="cpu", versions={"torch": "2"}, 名前="値")
    record = document.runs.get(run)
    assert (record.id, record.name, record.config, record.state) == (1, "first", CONFIG, "running")
    assert record.facts == {"device": "cpu", "versions": {"torch": "2"}, "名前": "値"}
    assert (record.best_epoch, record.val_loss, record.val_accuracy, record.reason) == (None,) * 4
    assert document.runs.list() == [record]


def test_the_members_of_a_run_never_change(document: Document) -> None:
    before = {split: document.samples.load(split) for split in Split}
    run = start(document)
    ids = document.samples.load().ids
    document.samples.set_label(ids, 5)
    document.samples.set_split(ids, Split.TEST)
    document.samples.delete(ids[::2])
    for split in Split:
        members = document.runs.members(run, split)
        assert (members.ids == before[split].ids).all()
        assert (members.images == before[split].images).all()
        assert (members.labels == before[split].labels).all()
        assert (members.splits == split.code).all()


def test_members_come_in_the_order_they_were_given(document: Document) -> None:
    ids, labels = np.array([30, 2, 17, 2]), np.array([1, -1, 3, 4], np.int8)
    run = document.runs.create(CONFIG, {}, {Split.TRAIN: (ids, labels)})
    members = document.runs.members(run, Split.TRAIN)
    assert members.ids.tolist() == ids.tolist()
    assert members.labels.tolist() == labels.tolist()
    for id_, image in zip(ids, members.images, strict=True):
        assert (document.samples.get(int(id_)).digit == image).all()
    assert len(document.runs.members(run, Split.VAL)) == 0


def test_members_that_no_longer_exist_are_damage(document: Document) -> None:
    run = document.runs.create(CONFIG, {}, {Split.TRAIN: (np.array([1, 999]), np.zeros(2, np.int8))})
    with pytest.raises(EngineError, match=Code.DOCUMENT_DAMAGED):
        document.runs.members(run, Split.TRAIN)


def test_columns_of_a_run_are_updated(document: Document) -> None:
    run = start(document)
    document.runs.update(
        run, state="finished", val_accuracy=0.5, best_epoch=2, reason="completed", facts={"a": 1}
    )
    record = document.runs.get(run)
    assert (record.state, record.val_accuracy, record.best_epoch, record.reason) == (
        "finished",
        0.5,
        2,
        "completed",
    )
    assert record.facts == {"a": 1}
    assert record.updated >= record.created
    with pytest.raises(ValueError, match="config"):
        document.runs.update(run, config="x")


def test_a_run_that_is_not_there_is_said(document: Document) -> None:
    for ask in (
        lambda: document.runs.get(7),
        lambda: document.runs.update(7, state="failed"),
        lambda: document.runs.members(7, Split.TRAIN),
    ):
        with pytest.raises(EngineError) as caught:
            ask()
        assert (caught.value.code, caught.value.fields) == (Code.RUN_MISSING, {"run": 7})
    assert document.runs.load_checkpoint(7, "last") is None
    assert document.runs.last() is None
    assert document.runs.best() is None


def test_figures_come_back_by_step_and_a_repeated_step_replaces(document: Document) -> None:
    run = start(document)
    document.runs.add_metrics(
        run, [(2, 1, "train_loss", 0.5), (1, 1, "train_loss", 0.9), (2, 1, "other", 7.0)]
    )
    document.runs.add_metrics(run, [(2, 1, "train_loss", 0.4), (3, 2, "train_loss", math.nan)])
    steps, epochs, values = document.runs.metrics(run, "train_loss")
    assert steps.tolist() == [1, 2, 3]
    assert epochs.tolist() == [1, 1, 2]
    assert values[:2].tolist() == [0.9, 0.4]
    assert math.isnan(values[2])
    assert document.runs.metrics(run, "none")[2].shape == (0,)


def test_a_checkpoint_replaces_the_one_before_of_its_kind(document: Document) -> None:
    run = start(document)
    document.runs.save_checkpoint(run, 1, 10, b"one", "last", b"state")
    document.runs.save_checkpoint(run, 1, 10, b"one", "best", None)
    document.runs.save_checkpoint(run, 2, 20, b"two", "last", b"more")
    last, best = (document.runs.load_checkpoint(run, kind) for kind in ("last", "best"))
    assert last is not None
    assert (last.epoch, last.step, last.weights, last.training_state) == (2, 20, b"two", b"more")
    assert best is not None
    assert (best.weights, best.training_state) == (b"one", None)


def test_a_transaction_keeps_all_or_nothing(document: Document) -> None:
    run = start(document)

    def interrupted() -> None:
        with document.runs.transaction():
            document.runs.add_metrics(run, [(1, 1, "val_loss", 0.5)])
            document.runs.save_checkpoint(run, 1, 1, b"w", "last", None)
            document.runs.update(run, state="stopped")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert document.runs.metrics(run, "val_loss")[2].shape == (0,)
    assert document.runs.load_checkpoint(run, "last") is None
    assert document.runs.get(run).state == "running"
    with document.runs.transaction():
        document.runs.add_metrics(run, [(1, 1, "val_loss", 0.5)])
        document.runs.update(run, state="stopped")
    assert document.runs.get(run).state == "stopped"


def test_the_best_run_has_a_model_and_the_highest_validation_accuracy(document: Document) -> None:
    runs = document.runs
    first, second, third, fourth = (start(document) for _ in range(4))
    assert runs.best() is None
    runs.save_checkpoint(first, 1, 1, b"w", "last", None)
    assert runs.best().id == first
    runs.save_checkpoint(third, 1, 1, b"w", "last", None)
    assert runs.best().id == third, "without validation, the newest with a model"
    runs.update(first, val_accuracy=0.9)
    assert runs.best().id == first
    runs.save_checkpoint(second, 1, 1, b"w", "best", None)
    runs.update(second, val_accuracy=0.9)
    assert runs.best().id == second, "of equals the newest"
    runs.update(fourth, val_accuracy=0.99)
    assert runs.best().id == second, "a run without a model cannot be best"
    assert runs.last().id == fourth
