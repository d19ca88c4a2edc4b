"""The command line where the shell, the files or the numbers are unusual."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from engine.cli.command_line import main
from engine.data import starter
from engine.data.document import Document

ROOT = Path(__file__).resolve().parents[2]
QUICK = ["--model", "mlp", "--hidden", "8", "--batch-size", "100", "--device", "cpu", "--epochs", "2"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a document with 500 digits and one run of two epochs, run 1."""
    path = tmp_path_factory.mktemp("edges") / "a.dojo"
    images, labels = starter.load()
    document = Document.create(path)
    document.samples.add_arrays(images[::20], labels[::20])
    document.close()
    assert main(["train", str(path), "--json", *QUICK]) == 0
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["--resume", "0"],
        ["--resume", "99999999999999999999999"],
        ["--resume", "1", "--epochs", "0"],
        ["--resume", "1", "--epochs", "1"],
        ["--resume", "1", "--epochs", "1000000"],
        ["--resume", "1", "--config", "settings.json"],
        ["--stop-after", "0"],
        ["--stop-after", "-3"],
        ["--start-from", "²"],
        ["--start-from", "99999999999999999999999"],
    ],
)
def test_a_number_that_cannot_be_meant_is_one_line_and_trains_nothing(
    trained: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(trained), *words]) == 2
    streams = capsys.readouterr()
    assert len(streams.err.splitlines()) == 1
    assert "mistake of its own" not in streams.err
    document = Document.open(trained)
    assert len(document.runs.list()) == 1
    document.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_settings_are_not_waited_for_from_a_pipe(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "settings.json")
    assert main(["train", str(trained), "--config", str(tmp_path / "settings.json")]) == 2
    assert "settings.json" in capsys.readouterr().err


def test_settings_that_windows_wrote_with_a_mark_in_front_are_read(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.json").write_text('{"start_from": 77}', encoding="utf-8-sig")
    assert main(["train", str(trained), "--config", str(tmp_path / "settings.json")]) == 2
    assert "77" in capsys.readouterr().err


def test_a_name_that_is_too_long_is_said_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image = Image.new("L", (64, 64), 255)
    ImageDraw.Draw(image).line([(32, 8), (32, 56)], fill=0, width=4)
    image.save(tmp_path / "1.png")
    assert main(["predict", str(tmp_path / ("a" * 300 + ".png")), str(tmp_path / "1.png"), "--json"]) == 2
    streams = capsys.readouterr()
    assert len(streams.out.splitlines()) == 2
    assert "mistake of its own" not in streams.err


def test_a_group_that_is_no_text_is_one_line(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(trained), "x.png", "--group", "\udcff"]) == 2
    assert "mistake of its own" not in capsys.readouterr().err


posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "ENGINE": f"{sys.executable} -m engine", **variables}
    return subprocess.run(["sh", "-c", line], cwd=ROOT, env=environment, capture_output=True, timeout=120)


@posix
@pytest.mark.parametrize(
    ("redirection", "code"),
    [(">&-", 0), ("2>&-", 0), (">&- 2>&- <&-", 0), ("> /dev/full", 2), ("2> /dev/full", 0)],
)
def test_closed_and_full_outputs_leave_no_traceback(trained: Path, redirection: str, code: int) -> None:
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    done = shell(f'$ENGINE runs "$DOC" --json --language en {redirection}', DOC=str(trained))
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"mistake of its own" not in done.stderr
    if code:
        assert b"standard output" in done.stderr


@posix
@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full"])
def test_an_error_that_cannot_be_said_still_has_its_exit_code(redirection: str) -> None:
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    assert shell(f"$ENGINE runs missing.dojo {redirection}").returncode == 2


@posix
def test_a_file_name_of_another_encoding_is_written_as_json(tmp_path: Path) -> None:
    done = shell("$ENGINE new --json \"$FOLDER/$(printf 'x\\377.dojo')\"", FOLDER=str(tmp_path))
    if b"created" in done.stderr or b"written" in done.stderr:
        pytest.skip("this file system takes no such name")
    assert done.returncode == 0, done.stderr
    assert b"\\udcff" in done.stdout
