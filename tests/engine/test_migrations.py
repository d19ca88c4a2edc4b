"""An older document is brought up to date step by step, or stays as it is."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.data import document as document_module
from engine.data import schema
from engine.data.document import Document
from engine.data.migration import bring_up_to_date
from engine.data.samples import NewSample
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


STEPS = (*schema.STEPS, add_notes, rebuild_originals)


def old_document(folder: Path) -> Path:
    """Make a document of format 1 with three digits."""
    path = folder / "old.dojo"
    document = Document.create(path)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (3, 28, 28), np.uint8)
    document.samples.add(
        [NewSample(image, n, original=b"[]", original_kind="strokes") for n, image in enumerate(images)]
    )
    document.close()
    return path


def read(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_every_missing_step_is_taken_in_order_and_the_old_file_is_kept(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    kept = bring_up_to_date(path, 1, STEPS)
    assert read(path, "PRAGMA user_version") == [(3,)]
    assert read(path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]
    assert read(path, "SELECT note FROM samples") == [("label 0",), ("label 1",), ("label 2",)]
    assert read(path, "SELECT count(*) FROM originals") == [(3,)]
    assert kept.name == "old.dojo.format-1"
    assert sorted(os.listdir(tmp_path)) == ["old.dojo", "old.dojo.format-1"]
    document = Document.open(kept)
    assert document.samples.count() == 3
    document.close()


def test_a_document_half_way_takes_only_the_steps_it_lacks(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    bring_up_to_date(path, 1, STEPS[:2])
    kept = bring_up_to_date(path, 2, STEPS)
    assert read(path, "PRAGMA user_version") == [(3,)]
    assert kept.name == "old.dojo.format-2"


def test_an_older_copy_that_was_kept_is_not_replaced(tmp_path: Path) -> None:
    path = old_document(tmp_path)
    (tmp_path / "old.dojo.format-1").write_text("kept before")
    assert bring_up_to_date(path, 1, STEPS).name == "old.dojo.format-1.2"
    assert (tmp_path / "old.dojo.format-1").read_text() == "kept before"


@pytest.mark.parametrize("step", [fail_late, break_a_reference])
def test_a_step_that_fails_leaves_the_file_byte_identical_and_nothing_beside_it(tmp_path: Path, step) -> None:
    path = old_document(tmp_path)
    before = path.read_bytes()
    with pytest.raises(EngineError, match=Code.DOCUMENT_DAMAGED):
        bring_up_to_date(path, 1, (*STEPS, step))
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
    assert read(path, "PRAGMA user_version") == [(3,)]


def test_the_first_step_makes_every_table_from_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new", isolation_level=None)) as connection:
        assert schema.migrate(connection) == 0
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert names == schema.TABLES
        assert schema.migrate(connection) == schema.VERSION, "a second time changes nothing"
