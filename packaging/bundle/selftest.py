"""Proves that the frozen programs do their main job: the tour, and every command of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from console import SetupError, say

from engine import __version__

SUFFIX = ".exe" if sys.platform == "win32" else ""
PATIENCE_SECONDS = 900
# What the user's shell and the checkout would lend to the program, which must do without.
LENT = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH", "LD_LIBRARY_PATH", "QT_QPA_PLATFORM")

FROM_BASE = ("--model", "cnn", "--augment", "strong", "--start-from", "base")


def prove(folder: Path, pictures: Path) -> None:
    """Run both programs of ``folder`` and leave the tour's pictures in ``pictures``.

    Raises:
        SetupError: something did not work, or was said on standard error that is no progress.
    """
    engine, window = folder / f"digit-dojo-engine{SUFFIX}", folder / f"digit-dojo{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix="数字 道場 ") as home:
        said = _run(engine, ["--version"], Path(home))
        if said.split() != ["Digit", "Dojo", __version__]:
            raise SetupError(f"digit-dojo-engine --version says {said!r}.")
        _prove_commands(engine, Path(home))
        say("digit-dojo-engine: new, train, evaluate, predict, runs, import and check work.")
        _run(window, ["--tour", str(pictures)], Path(home), {"QT_QPA_PLATFORM": "offscreen"})
        say(f"digit-dojo: the tour works; its pictures are in {pictures}.")


def _prove_commands(engine: Path, home: Path) -> None:
    def last(*words: str) -> dict[str, Any]:
        return dict(json.loads(_run(engine, ["--json", *words], home).splitlines()[-1]))

    strokes = home / "strokes.jsonl"
    strokes.write_text('{"strokes": [[[50, 5], [52, 60], [50, 95]]], "label": 1}\n', encoding="utf-8")
    facts = [
        last("new", "見本 a.dojo", "--starter")["samples"] == 10_000,
        last("train", "見本 a.dojo", "--epochs", "1")["reason"] == "completed",
        last("train", "見本 a.dojo", "--epochs", "1", *FROM_BASE)["val_accuracy"] > 0.9,
        last("evaluate", "見本 a.dojo", "--run", "base", "--data", "見本 a.dojo")["accuracy"] > 0.9,
        last("predict", "--run", "best", "--doc", "見本 a.dojo", "strokes.jsonl")["label"] == 1,
        last("import", "見本 a.dojo", "strokes.jsonl")["added"] == 1,
        last("runs", "見本 a.dojo")["run"] == 2,
        last("check", "見本 a.dojo")["ok"] is True,
    ]
    if not all(facts):
        raise SetupError(f"digit-dojo-engine does not do its work: {facts}.")


def _run(program: Path, words: list[str], home: Path, extra: dict[str, str] | None = None) -> str:
    """Run a program in ``home``, where all its own files go too; return what it printed."""
    lean = {name: value for name, value in os.environ.items() if name not in LENT}
    folders = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    try:
        done = subprocess.run(
            [str(program), *words],
            cwd=home,
            env={**lean, **folders, **(extra or {})},
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise SetupError(f"{program.name} {' '.join(words)} did not end.") from error
    complaint = done.stderr.decode("utf-8", "replace").strip()
    unwanted = [word for word in ("Traceback", "Warning", "Error", "cannot load") if word in complaint]
    if done.returncode != 0 or unwanted:
        say(complaint)
        raise SetupError(f"{program.name} {' '.join(words)} ended with {done.returncode}.")
    return done.stdout.decode("utf-8", "replace")
