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


@pytest.mark.skipif(os.name != "posix", reason="Windows has other limits")
def test_a_table_whose_name_is_too_long_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Document.create(tmp_path / "own.dojo").close()
    words = ["runs", str(tmp_path / "own.dojo"), "--csv", str(tmp_path / ("a" * 300 + ".csv"))]
    assert main([*words, "--language", "en"]) == 2
    assert "is too long for this disk" in capsys.readouterr().err


def test_settings_and_models_are_called_as_people_know_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = str(tmp_path / "own.dojo")
    Document.create(Path(own)).close()
    for words, english, japanese in (
        (["train", own, "--stop-after", "0"], "“Stop after epoch” (stop_after)", "「このエポックで停止」"),
        (["train", own, "--resume", "x"], "Allowed: the number of a run.", "使える値: 実行の番号。"),
        (["train", own, "--layers", "last"], "only on top of the shipped model", "付属モデルか実行から始め"),
        (["evaluate", own, "--run", "base", "--epoch", "1"], "--epoch belongs to a run", "--epoch は実行の"),
        (["predict", own, "--epoch", "1"], "--epoch belongs to a run", "--epoch は実行の"),
    ):
        for language, expected in (("en", english), ("ja", japanese)):
            assert main([*words, "--language", language]) == 2
            assert expected in capsys.readouterr().err


def test_a_training_in_japanese_names_its_device_in_japanese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, pen = str(tmp_path / "own.dojo"), tmp_path / "pen.jsonl"
    Document.create(Path(own)).close()
    pen.write_text('{"strokes": [[[0, 0], [0, 9]]], "label": 1}\n')
    assert main(["import", own, str(pen), "--split", "train", "--language", "ja"]) == 0
    words = ["train", own, "--model", "mlp", "--epochs", "1", "--device", "cpu", "--augment", "off"]
    assert main([*words, "--language", "ja"]) == 0
    told = capsys.readouterr().out
    assert "スレッド)" in told and "thread" not in told
