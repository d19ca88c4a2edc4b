"""An older document is brought up to date step by step, or stays as it is."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.config import TrainConfig
from engine.data import document as document_module
from engine.data import schema
from engine.data.document import Document
from engine.data.migration import bring_up_to_date
from engine.data.packing import pack_ids, pack_labels
from engine.data.sample_types import digest_of
from engine.data.samples import NewSample, Split
from engine.errors import Code, EngineError


def add_notes(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE samples ADD COLUMN note TEXT")
    connection.execute("UPDATE samples SET note = 'label ' || label")


def rebuild_originals(connection: sqlite3.Connection) -> None:
    schema.run_script(
        connection,
        """
        CREATE TABLE originals_new (id INTEGER PRIMARY KEY REFERENCES samples (id), kind TEXT, content BLOB);
        INSERT INTO originals_new SELECT id, kind, content FROM originals; -- a comment; with a semicolon
        DROP TABLE originals;
        ALTER TABLE originals_new RENAME TO originals;
        """,
    )


def fail_late(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE samples SET label = 0")
    connection.execute("DROP TABLE metrics")
    connection.execute("INSERT INTO nowhere VALUES (1)")


def break_a_reference(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM samples")


NOW = schema.VERSION
STEPS = (*schema.STEPS, add_notes, rebuild_originals)


def old_document(folder: Path) -> Path:
    """Make a document of today's format, which is old for STEPS, with three digits."""
    path = folder / "old.dojo"
    document = Document.create(path)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (3, 28, 28), np.uint8)
    document.samples.add(
        [NewSample(image, n, original=b"[]", original_kind="strokes") for n, image in enumerate(images)]
    )
    document.close()
    return path


def first_format(folder: Path) -> Path:
    """Make a document as format 1 was: one digit, and a run with its member, a figure and a model."""
    path = folder / "first.dojo"
    pixels = bytes(range(196)) * 4
    config = TrainConfig(model="mlp", epochs=2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema.migrate(connection, schema.STEPS[:1])
        connection.execute("INSERT INTO samples VALUES (1, 7, 0, 1, NULL, 'draw', '2026-01-01', 0)")
        connection.execute("INSERT INTO digits VALUES (1, ?, ?)", (pixels, digest_of(pixels)))
        connection.execute(
            "INSERT INTO runs VALUES (1, '最初', ?, '{\"device\": \"cpu\"}', 'finished', '2026-01-01',"
            " '2026-01-02', 2, 0.5, 0.9, 10, 'completed')",
            (config.to_json(),),
        )
        packed = pack_ids(np.array([1])), pack_labels(np.array([7], np.int8), 1)
        connection.execute("INSERT INTO run_samples VALUES (1, 0, 1, ?, ?)", packed)
        connection.execute("INSERT INTO metrics VALUES (1, 'val_loss', 3, 1, 0.5)")
        header = b"{}      "
        connection.execute(
            "INSERT INTO checkpoints VALUES (1, 'last', 2, 6, ?, NULL)",
            (len(header).to_bytes(8, "little") + header,),
        )
    return path


def read(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_every_missing_step_is_taken_in_order_and_the_old_file_is_kept(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    kept = bring_up_to_date(path, NOW, STEPS)
    assert read(path, "PRAGMA user_version") == [(NOW + 2,)]
    assert read(path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]
    assert read(path, "SELECT note FROM samples") == [("label 0",), ("label 1",), ("label 2",)]
    assert read(path, "SELECT count(*) FROM originals") == [(3,)]
    assert kept.name == f"old.dojo.format-{NOW}"
    assert sorted(os.listdir(tmp_path)) == ["old.dojo", f"old.dojo.format-{NOW}"]
    document = Document.open(kept)
    assert document.samples.count() == 3
    document.close()


def test_a_document_half_way_takes_only_the_steps_it_lacks(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    bring_up_to_date(path, NOW, STEPS[: NOW + 1])
    kept = bring_up_to_date(path, NOW + 1, STEPS)
    assert read(path, "PRAGMA user_version") == [(NOW + 2,)]
    assert kept.name == f"old.dojo.format-{NOW + 1}"


def test_an_older_copy_that_was_kept_is_not_replaced(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    (tmp_path / f"old.dojo.format-{NOW}").write_text("kept before")
    assert bring_up_to_date(path, NOW, STEPS).name == f"old.dojo.format-{NOW}.2"
    assert (tmp_path / f"old.dojo.format-{NOW}").read_text() == "kept before"


@pytest.mark.parametrize("step", [fail_late, break_a_reference])
def test_a_step_that_fails_leaves_the_file_byte_identical_and_nothing_beside_it(tmp_path: Path, step) -> None:
    path = old_document(tmp_path)
    before = path.read_bytes()
    with pytest.raises(EngineError, match=Code.DOCUMENT_DAMAGED):
        bring_up_to_date(path, NOW, (*STEPS, step))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["old.dojo"]
    Document.open(path).close()


def test_opening_migrates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_document(tmp_path)
    monkeypatch.setattr(schema, "VERSION", len(STEPS))
    monkeypatch.setattr(
        document_module, "bring_up_to_date", lambda path, old: bring_up_to_date(path, old, STEPS)
    )
    document = Document.open(path)
    assert document.samples.count() == 3
    document.close()
    assert read(path, "PRAGMA user_version") == [(NOW + 2,)]


def test_the_first_step_makes_every_table_from_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new", isolation_level=None)) as connection:
        assert schema.migrate(connection) == 0
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert names == schema.TABLES
        assert schema.migrate(connection) == schema.VERSION, "a second time changes nothing"


def test_a_document_of_the_first_format_keeps_digits_runs_figures_and_models(tmp_path: Path) -> None:
    path = first_format(tmp_path)
    document = Document.open(path)
    assert document.samples.get(1).label == 7
    record = document.runs.get(1)
    assert (record.name, record.note, record.val_accuracy) == ("最初", "", 0.9)
    assert record.config == TrainConfig(model="mlp", epochs=2)
    assert document.runs.members(1, Split.TRAIN).labels.tolist() == [7]
    assert document.runs.metrics(1, "val_loss")[2].tolist() == [0.5]
    assert document.runs.load_checkpoint(1, "last") is not None
    assert document.check() == []
    document.runs.set_note(1, "a note")
    document.close()
    assert read(path, "PRAGMA user_version") == [(schema.VERSION,)]
    kept = tmp_path / "first.dojo.format-1"
    assert read(kept, "PRAGMA user_version") == [(1,)]
    assert len(read(kept, "SELECT * FROM runs")[0]) == 12, "the columns of format 1"
