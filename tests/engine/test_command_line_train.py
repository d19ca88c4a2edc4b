"""What ``train`` says where there is nothing for it to do, or a setting that would do nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.command_line import main
from engine.data import starter
from engine.data.document import Document

QUICK = ["--model", "mlp", "--hidden", "8", "--batch-size", "100", "--device", "cpu"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.dojo"
    images, labels = starter.load()
    document = Document.create(path)
    document.samples.add_arrays(images[::50], labels[::50])
    document.close()
    return path


def train(*words: object) -> int:
    return main(["train", *map(str, words), "--language", "en"])


def test_a_complete_run_that_is_resumed_says_so(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(own, *QUICK, "--epochs", "1") == 0
    assert "already complete" not in capsys.readouterr().err
    assert train(own, "--resume", "1") == 0
    streams = capsys.readouterr()
    assert "Run 1 is already complete" in streams.err and "--epochs N" in streams.err
    assert "Completed" not in streams.out
    assert train(own, "--resume", "1", "--json") == 0
    streams = capsys.readouterr()
    assert json.loads(streams.out.splitlines()[-1])["reason"] == "completed"
    assert "already complete" in streams.err
    assert train(own, "--resume", "1", "--epochs", "2") == 0
    streams = capsys.readouterr()
    assert "already complete" not in streams.err and "Completed" in streams.out


def test_hidden_layers_of_a_model_without_them_are_refused(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], ["--model", "cnn"]):
        assert train(own, "--hidden", "8", *words) == 2
        assert "--hidden" in capsys.readouterr().err
    assert train(own, "--hidden", "8", "--model", "mlp", "--epochs", "1", "--device", "cpu") == 0


def test_custom_amounts_come_from_the_settings_file_and_the_command_line_goes_before_it(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "amounts.json"
    file.write_text('{"augment_amounts": {"turn": 20, "thicker": 0.5}, "epochs": 1}')
    assert train(own, *QUICK, "--config", file, "--augment", "custom", "--json") == 0
    started = json.loads(capsys.readouterr().out.splitlines()[0])
    assert started["config"]["augment_amounts"]["turn"] == 20
    assert train(own, *QUICK, "--config", file, "--augment", "off", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["config"]["augment_amounts"] is None
    assert train(own, *QUICK, "--config", file) == 2, "light has its own amounts"
    assert "custom" in capsys.readouterr().err
    assert train(own, *QUICK, "--augment", "custom") == 2
    assert '"turn": 0 … 30' in capsys.readouterr().err


def test_class_weights_and_strokes_are_settings_of_their_own(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(own, *QUICK, "--epochs", "1", "--class-weights", "balanced", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["config"]["class_weights"] == "balanced"
    assert train(own, *QUICK, "--class-weights", "on") == 2
    assert "off, balanced" in capsys.readouterr().err
    assert train(own, *QUICK, "--strokes", "redrawn") == 2
    assert "pen strokes" in capsys.readouterr().err
