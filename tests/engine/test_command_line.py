"""The command line, as scripts, teachers and checks use it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.cli.command_line import main
from engine.data.document import Document
from engine.errors import Code
from engine.sentences import sentence_for

ROOT = Path(__file__).resolve().parents[2]


def call(*words: object, language: str = "en", **options: object) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "LC_ALL": {"en": "C.UTF-8", "ja": "ja_JP.UTF-8"}[language],
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "engine", *map(str, words)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        **options,
    )


def objects(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def draw(path: Path, digit: str = "1", size: int = 64) -> Path:
    image = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(image)
    if digit == "1":
        pen.line([(size // 2, 8), (size // 2, size - 8)], fill=0, width=4)
    else:
        pen.ellipse([16, 8, size - 16, size - 8], outline=0, width=4)
    image.save(path)
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a document with the starter digits and one run of one epoch."""
    document = tmp_path_factory.mktemp("文書 with spaces") / "数字.dojo"
    assert objects(call("new", document, "--starter", "--json"))[-1]["samples"] == 10_000
    lines = objects(call("train", document, "--epochs", 1, "--model", "mlp", "--batch-size", 100, "--json"))
    assert lines[0]["event"] == "RunStarted"
    assert lines[-1]["event"] == "RunFinished"
    assert lines[-1]["reason"] == "completed"
    assert lines[-1]["val_accuracy"] > 0.85
    return document


def test_runs_lists_the_run_that_train_made(trained: Path) -> None:
    (run,) = objects(call("runs", trained, "--json"))
    assert run["run"] == 1
    assert run["config"]["model"] == "mlp"
    assert run["state"] == "finished"
    assert run["val_accuracy"] > 0.85


def test_evaluate_counts_what_it_measured(trained: Path) -> None:
    (result,) = objects(call("evaluate", trained, "--run", "best", "--json"))
    low, high = result["interval"]
    assert result["n"] == sum(map(sum, result["confusion"])) == 1_000  # the test split of the starter digits
    assert low < result["accuracy"] < high
    assert sum(row["n"] for row in result["per_class"]) == result["n"]


def test_check_finds_a_trained_document_sound(trained: Path) -> None:
    (result,) = objects(call("check", trained, "--json"))
    assert result == {"ok": True, "samples": 10_000, "runs": 1, "problems": []}


def test_predict_reads_images_and_strokes_and_says_when_nothing_is_there(
    trained: Path, tmp_path: Path
) -> None:
    one, zero = draw(tmp_path / "一.png"), draw(tmp_path / "zero.png", "0")
    blank = tmp_path / "blank.png"
    Image.new("L", (50, 50), 255).save(blank)
    strokes = tmp_path / "digits.jsonl"
    strokes.write_text('{"strokes": [[[10, 0], [10, 50], [10, 100]]], "label": 1}\n' * 2, encoding="utf-8")
    lines = objects(call("predict", "--run", "base", one, zero, blank, strokes, "--json"))
    assert [line["label"] for line in lines] == [1, 0, None, 1, 1]
    assert [line["is_digit"] for line in lines] == [True, True, False, True, True]
    assert [line["index"] for line in lines] == [0, 0, 0, 0, 1]
    assert all(len(line["probabilities"]) == 10 for line in lines)
    assert sum(lines[0]["probabilities"]) == pytest.approx(1, abs=1e-4)


def test_predict_reads_the_good_files_beside_a_bad_one(tmp_path: Path) -> None:
    bad = tmp_path / "text.png"
    bad.write_text("not a picture", encoding="utf-8")
    done = call("predict", bad, draw(tmp_path / "one.png"), "--json")
    assert done.returncode == 2
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["error"] == "image_unreadable"
    assert second["label"] == 1
    assert done.stderr.strip() == sentence_for("image_unreadable", {"path": bad}, "en")


def test_import_takes_labels_from_folders_and_reports_rejects(tmp_path: Path) -> None:
    document = tmp_path / "own.dojo"
    objects(call("new", document, "--json"))
    for name in ("0", "1"):
        (tmp_path / "scans" / name).mkdir(parents=True)
        draw(tmp_path / "scans" / name / "a.png", name)
    (tmp_path / "scans" / "1" / "empty.png").write_bytes(b"")
    (result,) = objects(call("import", document, tmp_path / "scans", "--json"))
    assert (result["added"], result["duplicates"]) == (2, 0)
    assert [row["code"] for row in result["rejected"]] == ["file_empty"]
    (again,) = objects(call("import", document, tmp_path / "scans", "--json"))
    assert (again["added"], again["duplicates"]) == (0, 2)


def test_four_epochs_equal_two_a_quit_and_two(tmp_path: Path) -> None:
    """The quit is a real one: each training is a process of its own."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 255, (60, 28, 28), np.uint8), np.arange(60) % 10
    weights = []
    for name, calls in (("straight", [[]]), ("halves", [["--stop-after", 2], ["--resume", 1]])):
        path = tmp_path / f"{name}.dojo"
        document = Document.create(path)
        document.samples.add_arrays(images, labels, source="import")
        document.close()
        for words in calls:
            settings = [] if "--resume" in words else ["--epochs", 4, "--batch-size", 16]
            objects(call("train", path, *settings, *words, "--json"))
        document = Document.open(path)
        checkpoint = document.runs.load_checkpoint(1, "last")
        document.close()
        assert checkpoint is not None
        assert checkpoint.epoch == 4
        weights.append(checkpoint.weights)
    assert weights[0] == weights[1]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_users_error_is_one_sentence_in_the_users_language(tmp_path: Path, language: str) -> None:
    missing = tmp_path / "missing.dojo"
    done = call("train", missing, language=language)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip() == sentence_for(Code.DOCUMENT_MISSING, {"path": missing}, language)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train", "x.dojo", "--epochs", "many"], "epochs"),
        (["train", "x.dojo", "--epochs", "0"], "epochs"),
        (["train", "x.dojo", "--model", "transformer"], "mlp, cnn"),
        (["train", "x.dojo", "--learning-rate", "nan"], "learning_rate"),
        (["import", "x.dojo", "a.png", "--label", "ten"], "ten"),
        (["predict", "a.png", "--run", "first"], "first"),
        (["frobnicate"], "frobnicate"),
        ([], "COMMAND"),
        (["new"], "DOC"),
    ],
)
def test_wrong_arguments_end_in_one_line_that_names_them(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("en_GB.UTF-8", "ja_JP.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        assert main(words) == 2
        streams = capsys.readouterr()
        assert streams.out == ""
        assert len(streams.err.strip().splitlines()) == 1
        assert said in streams.err


def test_help_speaks_both_languages() -> None:
    assert "train a network" in call("train", "--help").stdout
    assert "学習させる" in call("train", "--help", language="ja").stdout
