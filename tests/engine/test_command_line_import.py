"""What ``import`` says, and how it ends, where little or nothing was taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.command_line import main
from engine.data.document import Document


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.dojo"
    Document.create(path).close()
    return path


def bring(*words: object) -> int:
    return main(["import", *map(str, words), "--language", "en"])


def test_an_import_of_which_nothing_was_taken_fails(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "text.png").write_text("no picture")
    for words in ([folder], [folder / "text.png", tmp_path / "none.png"]):
        assert bring(own, *words, "--json") == 2
        streams = capsys.readouterr()
        result = json.loads(streams.out)
        assert (result["added"], result["duplicates"], len(result["rejected"])) == (0, 0, len(words))
        assert str(folder / "text.png") in streams.err


def test_strokes_without_a_point_are_said_to_be_blank(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "blank.jsonl"
    blank.write_text('{"strokes": []}\n{"strokes": [[]]}\n')
    assert bring(own, blank) == 2
    assert "Nothing is written" in capsys.readouterr().err
    pen = tmp_path / "pen.jsonl"
    pen.write_text('{"strokes": [[[0, 0], [0, 9]]], "label": 1}\n')
    assert bring(own, blank, pen, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["added"], result["rejected"]) == (1, [{"path": str(blank), "code": "image_blank"}])
