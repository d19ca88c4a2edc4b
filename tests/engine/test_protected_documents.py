"""A write-protected document can be read: nothing of it or beside it changes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cli.command_line import main
from engine.data import starter
from engine.data.document import Document
from engine.errors import Code, EngineError


@pytest.fixture(params=["file", "folder"])
def protected(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a document with 100 digits that is protected itself, or by its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.dojo"
    images, labels = starter.load()
    document = Document.create(path)
    document.samples.add_arrays(images[::100], labels[::100])
    document.close()
    target, mode = (path, 0o444) if request.param == "file" else (folder, 0o555)
    target.chmod(mode)
    yield path
    target.chmod(0o755)


def test_commands_that_only_read_read_a_protected_document(
    protected: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = protected.read_bytes()
    own = tmp_path / "own.dojo"
    Document.create(own).close()
    assert main(["check", str(protected), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["samples"] == 100
    assert main(["runs", str(protected), "--json"]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(own), "--run", "base", "--data", str(protected), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 100
    strokes = tmp_path / "pen.jsonl"
    strokes.write_text('{"strokes": [[[0, 0], [0, 9]]]}\n')
    assert main(["predict", "--run", "base", "--doc", str(protected), str(strokes), "--json"]) == 0
    assert protected.read_bytes() == before
    assert os.listdir(protected.parent) == [protected.name]


def test_a_protected_document_that_was_opened_for_reading_cannot_be_changed(protected: Path) -> None:
    before = protected.read_bytes()
    document = Document.open(protected, for_reading=True)
    with pytest.raises(EngineError, match=Code.DOCUMENT_READ_ONLY):
        starter.add_to(document)
    document.close()
    assert protected.read_bytes() == before


def test_a_protected_document_whose_last_changes_lie_in_a_log_is_refused(protected: Path) -> None:
    protected.parent.chmod(0o755)
    log = protected.with_name("a.dojo-wal")
    log.write_bytes(b"")
    protected.chmod(0o444)
    with pytest.raises(EngineError, match=Code.DOCUMENT_READ_ONLY):
        Document.open(protected, for_reading=True)
    log.unlink()
