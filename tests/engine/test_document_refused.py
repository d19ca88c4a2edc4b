"""A document that cannot be opened says why, stays byte-identical and leaves nothing beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.data import schema
from engine.data.document import Document
from engine.errors import Code, EngineError


def sound(folder: Path) -> bytes:
    """Return the bytes of a document with 200 digits."""
    document = Document.create(folder / "sound")
    images = np.random.default_rng(0).integers(0, 256, (200, 28, 28), np.uint8)
    document.samples.add_arrays(images, np.arange(200) % 10)
    document.close()
    content = (folder / "sound").read_bytes()
    (folder / "sound").unlink()
    return content


def overwritten(content: bytes, start: int, value: bytes) -> bytes:
    return content[:start] + value + content[start + len(value) :]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], Code]] = {
    "empty": (lambda content: b"", Code.FILE_EMPTY),
    "text": (lambda content: b"Dear diary", Code.DOCUMENT_FOREIGN),
    "long text": (lambda content: b"Dear diary\n" * 1_000, Code.DOCUMENT_FOREIGN),
    "cut in the first word": (lambda content: content[:10], Code.DOCUMENT_TRUNCATED),
    "cut in the header": (lambda content: content[:80], Code.DOCUMENT_TRUNCATED),
    "header only": (lambda content: content[:100], Code.DOCUMENT_TRUNCATED),
    "first page only": (lambda content: content[:4_096], Code.DOCUMENT_TRUNCATED),
    "one byte short": (lambda content: content[:-1], Code.DOCUMENT_TRUNCATED),
    "half": (lambda content: content[: len(content) // 2], Code.DOCUMENT_TRUNCATED),
    "another program's": (lambda content: overwritten(content, 68, b"fox!"), Code.DOCUMENT_FOREIGN),
    "newer": (lambda content: overwritten(content, 60, b"\0\0\0\x63"), Code.DOCUMENT_NEWER),
    "no format": (lambda content: overwritten(content, 60, b"\0\0\0\0"), Code.DOCUMENT_DAMAGED),
    "scrambled": (lambda content: content[:4_096] + b"Z" * (len(content) - 4_096), Code.DOCUMENT_DAMAGED),
    "a scrambled page": (lambda content: overwritten(content, 8_192, b"Z" * 4_096), Code.DOCUMENT_DAMAGED),
    "scrambled tables": (
        lambda content: overwritten(content, content.index(b"CREATE TABLE"), b"Z" * 1_000),
        Code.DOCUMENT_DAMAGED,
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_told_apart_and_left_alone(name: str, tmp_path: Path) -> None:
    damage, code = DAMAGES[name]
    path = tmp_path / "a.dojo"
    path.write_bytes(damage(sound(tmp_path)))
    before = path.read_bytes()
    with pytest.raises(EngineError) as caught:
        Document.open(path)
    assert caught.value.code == code
    assert caught.value.fields["path"] == str(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_a_newer_document_says_which_format_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.dojo"
    path.write_bytes(overwritten(sound(tmp_path), 60, b"\0\0\0\x63"))
    with pytest.raises(EngineError) as caught:
        Document.open(path)
    assert (caught.value.fields["version"], caught.value.fields["supported"]) == (99, schema.VERSION)


def test_another_programs_database_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "contacts.dojo"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE contacts (name TEXT)")
    connection.close()
    with pytest.raises(EngineError, match=Code.DOCUMENT_FOREIGN):
        Document.open(path)


def test_a_document_without_its_tables_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.dojo"
    path.write_bytes(sound(tmp_path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("DROP TABLE checkpoints")
    before = path.read_bytes()
    with pytest.raises(EngineError, match="no table checkpoints"):
        Document.open(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_a_missing_document_and_a_folder_have_their_own_words(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=Code.DOCUMENT_MISSING):
        Document.open(tmp_path / "none.dojo")
    with pytest.raises(EngineError, match=Code.DOCUMENT_FOREIGN):
        Document.open(tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_a_write_protected_document_is_refused_even_to_the_superuser(tmp_path: Path, protected: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.dojo"
    path.write_bytes(sound(tmp_path))
    before = path.read_bytes()
    target, mode = (path, 0o444) if protected == "file" else (folder, 0o555)
    target.chmod(mode)
    try:
        with pytest.raises(EngineError, match=Code.DOCUMENT_READ_ONLY):
            Document.open(path)
        assert path.read_bytes() == before
        assert os.listdir(folder) == [path.name]
    finally:
        target.chmod(0o755)


def test_damage_is_said_before_protection(tmp_path: Path) -> None:
    path = tmp_path / "a.dojo"
    path.write_bytes(sound(tmp_path)[:-5_000])
    path.chmod(0o444)
    with pytest.raises(EngineError, match=Code.DOCUMENT_TRUNCATED):
        Document.open(path)


def test_a_document_held_by_another_program_alone_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.data.inspection.BUSY_SECONDS", 0.02)
    path = tmp_path / "a.dojo"
    Document.create(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE meta SET value = value")
    other.execute("COMMIT")
    with pytest.raises(EngineError, match=Code.DOCUMENT_BUSY):
        Document.open(path)
    other.close()
    Document.open(path).close()
