"""What ``evaluate`` says of data that is not all there."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli.command_line import main
from engine.data import starter
from engine.data.document import Document
from engine.training.interval import wilson


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.dojo"
    Document.create(path).close()
    return path


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Return a folder with two pictures of digits and two files that are none."""
    images, labels = starter.load()
    folder = tmp_path / "scans"
    for place in (0, 1):
        (folder / str(labels[place])).mkdir(parents=True, exist_ok=True)
        Image.fromarray(images[place]).save(folder / str(labels[place]) / f"{place}.png")
    (folder / "text.png").write_text("no picture")
    (folder / "empty.png").write_bytes(b"")
    return folder


def evaluate(*words: object) -> int:
    return main(["evaluate", *map(str, words), "--run", "base", "--language", "en"])


def test_evaluate_names_the_files_that_it_left_out(
    own: Path, scans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(own, "--data", scans, "--json") == 0
    streams = capsys.readouterr()
    result = json.loads(streams.out)
    assert result["n"] == 2
    assert {Path(row["path"]).name: row["code"] for row in result["rejected"]} == {
        "text.png": "image_unreadable",
        "empty.png": "file_empty",
    }
    assert len(streams.err.splitlines()) == 2
    assert str(scans / "text.png") in streams.err
    assert str(scans / "empty.png") in streams.err


def test_a_split_of_a_folder_is_refused(own: Path, scans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(own, "--data", scans, "--split", "test") == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "--split" in streams.err and str(scans) in streams.err


def test_a_document_is_known_by_its_suffix_in_capitals_too(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images, labels = starter.load()
    capitals = tmp_path / "C.DOJO"
    document = Document.create(capitals)
    document.samples.add_arrays(images[:20], labels[:20])
    document.close()
    assert evaluate(own, "--data", capitals, "--json") == 0
    assert json.loads(capsys.readouterr().out)["n"] == 20


def test_an_empty_split_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, split in (([], "test"), (["--split", "val"], "val")):
        assert evaluate(own, *words) == 2
        error = capsys.readouterr().err
        assert f"The split {split} of {own}" in error and "--split" in error
    assert main(["evaluate", str(own), "--run", "base", "--language", "ja"]) == 2
    assert f"{own} の test " in capsys.readouterr().err


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder with twenty digits under their labels, and four pictures of noise under a label."""
    images, labels = starter.load()
    folder = tmp_path / "mixed"
    (folder / "8").mkdir(parents=True)
    for place in range(20):
        (folder / str(labels[place])).mkdir(exist_ok=True)
        Image.fromarray(images[place]).save(folder / str(labels[place]) / f"{place}.png")
    noise = np.random.default_rng(0).integers(0, 2, (4, 7, 7)).repeat(4, axis=1).repeat(4, axis=2) * 255
    for place, image in enumerate(noise.astype(np.uint8)):
        Image.fromarray(image).save(folder / "8" / f"noise{place}.png")
    return folder


def test_evaluate_tells_what_is_turned_away_beside_what_is_right(
    own: Path, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "--run", "base", str(mixed), "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    turned_away = [answer for answer in answers if not answer["is_digit"]]
    assert 3 <= len(turned_away) < 10, "the noise, and no more than a few digits"
    assert evaluate(own, "--data", mixed, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["n"], result["turned_away"]) == (24, len(turned_away))
    assert result["turned_away_interval"] == list(wilson(len(turned_away), 24))
    assert 0.2 <= result["threshold"] <= 0.99
    rest = [answer for answer in answers if answer["is_digit"]]
    right = sum(answer["label"] == int(Path(answer["path"]).parent.name) for answer in rest)
    assert result["answered_accuracy"] == right / len(rest)
    assert result["answered_interval"] == list(wilson(right, len(rest)))
    every = sum(answer["label"] == int(Path(answer["path"]).parent.name) for answer in answers)
    assert result["accuracy"] == every / 24, "the accuracy counts all of them, as before"


@pytest.mark.parametrize(("language", "words"), [("en", "of 24, "), ("ja", "24 個のうち")])
def test_evaluate_says_it_in_words_too(
    own: Path, mixed: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    command = ["evaluate", str(own), "--run", "base", "--data", str(mixed), "--language", language]
    assert main(command) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert words in line and ("Not sure" in line or "「?」" in line)
