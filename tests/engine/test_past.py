"""A run can be looked at as it was after each epoch, and costs a bounded room."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data import epochs as epochs_module
from engine.data import schema
from engine.data.document import Document
from engine.data.epochs import FEWEST, MOST, ROOM, EpochRow, gap, stays
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.inference.past import load_past
from engine.inference.predictor import load_epoch, load_run
from engine.training import session
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(16,), epochs=6, batch_size=8, augment="off", device="cpu")


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    made = Document.create(tmp_path / "past.dojo")
    for split, each, seed in ((Split.TRAIN, 3, 0), (Split.VAL, 2, 1)):
        some = digits(each, seed)
        made.samples.add_arrays(some.images, some.labels, split=split, source="import")
    yield made
    made.close()


def trained(document: Document, config: TrainConfig = CONFIG) -> list:
    return list(session.start(document, config, Control()))


def test_each_epoch_tells_what_it_told_then(document: Document) -> None:
    told = [event for event in trained(document) if type(event).__name__ == "EpochCompleted"]
    past = load_past(document, 1)
    assert [moment.epoch for moment in past.moments] == [1, 2, 3, 4, 5, 6]
    assert (past.done, past.best_epoch) == (6, document.runs.get(1).best_epoch)
    for moment, event in zip(past.moments, told, strict=True):
        assert (moment.step, moment.train_loss, moment.val_loss) == (
            *(event.step, event.train_loss, event.val_loss),
        )
        assert (moment.train_accuracy, moment.val_accuracy) == (event.train_accuracy, event.val_accuracy)
        assert moment.confusion == event.confusion


def test_the_model_of_an_epoch_answers_as_a_run_that_was_stopped_there(document: Document) -> None:
    trained(document)
    list(session.start(document, CONFIG, Control(), stop_after=3))
    some = digits(2, 5).images
    then = load_epoch(document, 1, 3).probabilities(some)
    stopped = load_run(document, 2, "last").probabilities(some)
    assert np.allclose(then, stopped, atol=2e-3), "half precision"
    assert not np.allclose(then, load_run(document, 1, "last").probabilities(some), atol=0.02)
    answers = load_past(document, 1).answers(some)
    assert answers.shape == (6, 20, 10)
    assert np.allclose(answers[2], then, atol=1e-6)


def test_the_best_epoch_is_exact(document: Document) -> None:
    trained(document)
    best = document.runs.get(1).best_epoch
    some = digits(2, 5).images
    exact = load_run(document, 1, "best").probabilities(some)
    assert (load_epoch(document, 1, best).probabilities(some) == exact).all()


def test_a_run_that_is_extended_keeps_its_epochs_and_adds_to_them(document: Document) -> None:
    trained(document)
    list(session.resume(document, 1, Control(), extra_epochs=2))
    assert [moment.epoch for moment in load_past(document, 1).moments] == list(range(1, 9))


@pytest.mark.parametrize("size", [1, 127_000, ROOM // 8, ROOM, 50 * ROOM])
def test_the_models_kept_are_bounded_at_any_length_and_the_first_always_stays(size: int) -> None:
    for done in (1, 2, MOST, MOST + 1, 200, 1_000, 10_000):
        kept = [epoch for epoch in range(1, done + 1) if stays(epoch, gap(done, size))]
        assert kept[0] == 1
        assert len(kept) <= MOST
        assert len(kept) * size <= max(ROOM, FEWEST * size)
        assert len(kept) >= min(done, FEWEST) / 2
    assert gap(MOST, 1) == 1, "a short run keeps all"


def test_a_long_run_keeps_every_second_model_then_every_fourth_and_all_confusions(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epochs_module, "MOST", 4)
    long = TrainConfig(**{**CONFIG.to_dict(), "epochs": 11})
    trained(document, long)
    rows = document.epochs.list(1)
    assert [row.epoch for row in rows] == list(range(1, 12))
    assert [row.epoch for row in rows if row.has_model] == [1, 5, 9]
    assert all(row.confusion is not None for row in rows)
    past = load_past(document, 1)
    assert {1, 5, 9, past.best_epoch} == {moment.epoch for moment in past.moments}
    with pytest.raises(EngineError) as failed:
        load_epoch(document, 1, 2)
    assert failed.value.code is Code.EPOCH_NOT_KEPT
    names = ", ".join(str(moment.epoch) for moment in past.moments)  # the best is kept besides
    assert failed.value.fields["kept"] == names


def test_without_validation_digits_there_are_models_but_no_confusion(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "ten.dojo")
    some = digits(1)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN, source="import")
    trained(document)
    past = load_past(document, 1)
    assert len(past.moments) == 6
    assert all(moment.confusion is None and moment.val_accuracy is None for moment in past.moments)
    document.close()


def test_a_run_of_an_older_format_has_no_past_and_the_document_gains_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "older.dojo"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = schema.STEPS.index(schema.add_epochs)
        schema.migrate(connection, schema.STEPS[:before])
        connection.execute(
            "INSERT INTO runs (id, name, config, facts, state, created, updated, best_epoch)"
            " VALUES (1, '', ?, '{}', 'finished', '2026-01-01', '2026-01-01', 4)",
            (CONFIG.to_json(),),
        )
    document = Document.open(path)
    past = load_past(document, 1)
    assert (past.moments, past.done) == ((), 0)
    some = digits(1)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN, source="import")
    assert trained(document)[-1].run == 2
    assert len(load_past(document, 2).moments) == 6
    assert document.check() == []
    document.close()
    assert path.with_name("older.dojo.format-2").exists()


def test_loading_can_be_cancelled(document: Document) -> None:
    trained(document)
    assert len(load_past(document, 1, lambda done, _total: done < 2).moments) == 2


@pytest.mark.parametrize("damage", ["weights = x'00'", "weights = zeroblob(200000)"])
def test_a_damaged_epoch_is_one_clear_failure(document: Document, damage: str) -> None:
    trained(document)
    best = document.runs.get(1).best_epoch
    with closing(sqlite3.connect(document.path)) as connection:
        connection.execute(f"UPDATE epochs SET {damage} WHERE epoch <> ?", (best,))
        connection.commit()
    with pytest.raises(EngineError) as failed:
        load_past(document, 1)
    assert failed.value.code is Code.CHECKPOINT_DAMAGED
    assert {problem.code for problem in document.check()} == {"checkpoint_damaged"}


def test_a_damaged_confusion_is_one_clear_failure(document: Document) -> None:
    trained(document)
    for content in (b"no zlib", epochs_module.zlib.compress(bytes(8))):
        with closing(sqlite3.connect(document.path)) as connection:
            connection.execute("UPDATE epochs SET confusion = ?", (content,))
            connection.commit()
        with pytest.raises(EngineError) as failed:
            document.epochs.list(1)
        assert failed.value.code is Code.DOCUMENT_DAMAGED


def test_watched_digits_stay_until_they_are_let_go(document: Document) -> None:
    some = digits(1).images
    first, second = (document.watched.add(image) for image in some[:2])
    document.watched.remove(first)
    ((id_, digit),) = document.watched.list()
    assert id_ == second
    assert (digit == some[1]).all()


def test_the_command_line_evaluates_the_model_of_an_epoch(document: Document, capsys) -> None:
    trained(document)
    ask = ["evaluate", str(document.path), "--run", "1", "--split", "val", "--json"]
    assert main([*ask, "--epoch", "1"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["n"] == 20
    assert answer["confusion"] == [list(row) for row in load_past(document, 1).moments[0].confusion or ()]
    assert main([*ask, "--epoch", "99"]) == 2
    assert "epoch 99" in capsys.readouterr().err


def test_rows_of_an_epoch_that_is_done_again_are_replaced(document: Document) -> None:
    trained(document)
    document.epochs.add(1, [EpochRow(6, 24, None, None)])
    assert [row.has_model for row in document.epochs.list(1)] == [True] * 5 + [False]
