"""The command line's sentences where a count is one, a value empty or a name too long."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.cli.command_line import main
from engine.data.document import Document


def test_one_is_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, pen = tmp_path / "own.dojo", tmp_path / "pen.jsonl"
    Document.create(own).close()
    pen.write_text('{"strokes": [[[0, 0], [0, 9]]], "label": 1}\n')
    for words in (["import", own, pen], ["check", own], ["evaluate", own, "--run", "base", "--data", pen]):
        assert main([*map(str, words), "--language", "en"]) == 0
        first = capsys.readouterr().out.splitlines()[0]
        assert "1 digit" in first and "1 digits" not in first


def test_an_empty_value_is_seen_in_its_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "ja"):
        assert main(["train", str(tmp_path / "own.dojo"), "--hidden", "", "--language", language]) == 2
        assert '""' in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="Windows has other limits")
def test_a_new_name_that_is_too_long_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("a" * 300 + ".dojo")
    for language, words in (("en", "too long"), ("ja", "長すぎ")):
        assert main(["new", str(path), "--language", language]) == 2
        streams = capsys.readouterr()
        assert words in streams.err and str(path) in streams.err
    assert os.listdir(tmp_path) == []
