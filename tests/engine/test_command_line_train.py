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
