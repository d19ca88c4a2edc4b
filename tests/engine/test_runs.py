"""A run stays what it was; its figures and models are kept all at once or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.run_lock import held_run
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


# -- name, note, deletion ------------------------------------------------------------------------------


def test_name_and_note_are_kept_in_any_language_and_undone_in_turn(document: Document) -> None:
    run = start(document)
    document.runs.rename(run, "バッチ 600")
    document.runs.set_note(run, "first line\n二行目")
    assert (document.runs.get(run).name, document.runs.get(run).note) == ("バッチ 600", "first line\n二行目")
    assert document.samples.undo() == "note_run"
    assert document.samples.undo() == "rename_run"
    assert (document.runs.get(run).name, document.runs.get(run).note) == ("first", "")
    assert document.samples.redo() == "rename_run"
    assert document.runs.get(run).name == "バッチ 600"


def test_the_same_name_again_is_no_step_of_undo(document: Document) -> None:
    run = start(document)
    document.runs.rename(run, "first")
    document.runs.set_note(run, "")
    assert document.samples.undo() == "add"


def test_deleted_runs_are_seen_nowhere_and_come_back_whole(document: Document) -> None:
    runs = [start(document) for _ in range(3)]
    for run in runs:
        document.runs.add_metrics(run, [(1, 1, "val_loss", float(run))])
        document.runs.save_checkpoint(run, 1, 1, b"weights", "last", None)
    before = document.runs.list()
    document.runs.delete([runs[1], runs[2]])
    assert [record.id for record in document.runs.list()] == [runs[0]]
    for found in (document.runs.last(), document.runs.best()):
        assert found is not None and found.id == runs[0]
    assert document.runs.unreadable() == ()
    for ask in (lambda: document.runs.get(runs[1]), lambda: document.runs.rename(runs[1], "x")):
        with pytest.raises(EngineError, match=Code.RUN_MISSING):
            ask()
    assert document.samples.undo() == "delete_run"
    assert document.runs.list() == before
    assert document.runs.metrics(runs[2], "val_loss")[2].tolist() == [float(runs[2])]
    assert document.runs.load_checkpoint(runs[1], "last") is not None
    assert document.samples.redo() == "delete_run"
    assert start(document) == 4, "the number of a deleted run is not given again"


def test_of_runs_to_delete_one_that_is_missing_keeps_the_others(document: Document) -> None:
    run = start(document)
    with pytest.raises(EngineError, match=Code.RUN_MISSING):
        document.runs.delete([run, 99])
    assert document.runs.get(run).id == run


def test_a_run_that_is_being_trained_is_not_deleted(document: Document) -> None:
    run = start(document)
    with held_run(document.path, run), pytest.raises(EngineError, match=Code.RUN_BUSY):
        document.runs.delete([run])
    assert document.runs.get(run).id == run


def test_edits_of_runs_and_digits_are_undone_in_the_order_they_came(document: Document) -> None:
    run = start(document)
    document.samples.set_label([1], 9)
    version = document.data_version()
    document.runs.rename(run, "later")
    assert document.data_version() == version, "a name is no change of the data"
    assert [document.samples.undo(), document.samples.undo()] == ["rename_run", "relabel"]


def test_runs_on_the_same_digits_have_the_same_mark(document: Document) -> None:
    first, second = start(document), start(document)
    document.samples.set_label([1], 9)
    third = start(document)
    marks = [document.runs.members_mark(run) for run in (first, second, third)]
    assert marks[0] == marks[1] != marks[2]


def test_the_newest_value_of_a_figure_is_found(document: Document) -> None:
    run = start(document)
    assert document.runs.last_value(run, "seconds") is None
    document.runs.add_metrics(run, [(3, 1, "seconds", 1.5), (12, 2, "seconds", 4.0), (13, 2, "loss", 9.0)])
    assert document.runs.last_value(run, "seconds") == 4.0


def test_the_baseline_is_kept_with_the_document_and_goes_and_comes_with_its_run(document: Document) -> None:
    first, second = start(document), start(document)
    assert document.runs.baseline() is None
    document.runs.pin_baseline(second)
    again = document.open_again()
    assert again.runs.baseline() == second
    again.close()
    document.runs.delete([second])
    assert document.runs.baseline() is None
    document.samples.undo()
    assert document.runs.baseline() == second
    document.runs.pin_baseline(first)
    document.runs.pin_baseline(None)
    assert document.runs.baseline() is None
    assert document.check() == []
