"""Finds a Python that Digit Dojo runs on, and makes the virtual environment with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from console import ROOT, SetupError, run_quietly, say
from system_packages import install_venv_module

VENV = ROOT / ".venv"
UNFINISHED = VENV / "digit-dojo-unfinished"  # stands while .venv changes: after a kill nothing in it is sure
MINORS = (12, 13, 11)  # of Python 3, as they are looked for when the one at hand does not fit
PROBE = (
    "import sys; print(*sys.version_info[:2], int(sys.maxsize > 2**32), sep=' ');"
    "import venv, ensurepip; print('venv')"
)


def venv_python() -> Path:
    """Return the interpreter inside the virtual environment, whether or not it is there."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_version() -> str | None:
    """Return the Python version of the virtual environment; None when it is absent, broken or of no use."""
    if not venv_python().exists():
        return None
    probed = _probe([str(venv_python())])
    pip_works = probed is not None and _succeeds([str(venv_python()), "-m", "pip", "--version"])
    return "{}.{}".format(*probed[0]) if probed is not None and pip_works and _fits(probed[0]) else None


def make_venv() -> None:
    """Make a fresh virtual environment, replacing what is there.

    Raises:
        SetupError: no fitting Python is found, or it cannot make one.
    """
    command, version, has_venv = _find()
    if not has_venv and not install_venv_module(version):
        raise SetupError(
            f"Python {version[0]}.{version[1]} lacks its venv module. Install it, then try again: "
            f"sudo apt-get install python{version[0]}.{version[1]}-venv"
        )
    say(f"Making .venv with Python {version[0]}.{version[1]} ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    run_quietly([*command, "-m", "venv", str(VENV)], "Python could not make the virtual environment .venv.")


def _find() -> tuple[list[str], tuple[int, int], bool]:
    """Return the best Python: one with venv, the one at hand first."""
    fitting = []
    for command in _candidates():
        probed = _probe(command)
        if probed is not None and _fits(probed[0]):
            if probed[1]:
                return command, probed[0], True
            fitting.append((command, probed[0], False))
    if fitting:
        return fitting[0]
    raise SetupError(
        f"Digit Dojo needs Python 3.11, 3.12 or 3.13 (64 bit); this is {sys.version_info[0]}."
        f"{sys.version_info[1]}. Install one from your system's packages or python.org, then try again."
    )


def _candidates() -> Iterator[list[str]]:
    yield [getattr(sys, "_base_executable", None) or sys.executable]  # not the one inside .venv, which may go
    for minor in MINORS:
        found = shutil.which(f"python3.{minor}")
        if found:
            yield [found]
        if os.name == "nt" and shutil.which("py"):
            yield ["py", f"-3.{minor}"]
    for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
        for minor in MINORS:
            if os.path.exists(f"{folder}/python3.{minor}"):
                yield [f"{folder}/python3.{minor}"]


def _probe(command: list[str]) -> tuple[tuple[int, int], bool] | None:
    """Return version and whether venv works; None where the command is no 64-bit Python."""
    try:
        answer = subprocess.run(
            [*command, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
        words = answer.stdout.decode("ascii", "replace").split()
        version, wide = (int(words[0]), int(words[1])), words[2] == "1"
    except (OSError, subprocess.SubprocessError, IndexError, ValueError):
        return None
    return (version, "venv" in words) if wide else None


def _fits(version: tuple[int, int]) -> bool:
    return version[0] == 3 and version[1] in MINORS


def _succeeds(command: list[str]) -> bool:
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
