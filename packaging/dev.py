"""Sets Digit Dojo up, runs it, tests it and checks it, with nothing but Python: ``python packaging/dev.py``.

Commands: run, test, check, setup, tour, installer, clean. What follows a command is handed on:
``test -k canvas``.
``make run`` and its like call this file; on Windows and macOS call it directly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.dont_write_bytecode = True  # before the files beside this one are imported

import environment  # noqa: E402
import system_packages  # noqa: E402
from console import ROOT, SetupError, say  # noqa: E402
from pythons import VENV, venv_python  # noqa: E402

sys.path.insert(0, str(ROOT))
from gui.display import displays  # noqa: E402 - which needs nothing but Python

TOUR = ROOT / "build" / "tour"
ROOMS = ("engine", "gui", "tests", "packaging", "bench")
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
# -P: a file or folder where the user stands must not take the place of a package
SAFELY = "-P"
# What another Python or pip was told would lead the one in .venv astray.
ASTRAY = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
LEFT_BY_TOOLS = ("build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")


def setup(arguments: list[str]) -> int:
    """Set up, looking at everything again."""
    environment.ensure(again=True)
    return 0


def run(arguments: list[str]) -> int:
    """Open the window; where there is no display, let it do its work offscreen."""
    environment.ensure()
    if found := displays():
        system_packages.ensure_window_opens(environment.site_packages() / "PySide6", found)
        return _call([SAFELY, "-m", "gui", *arguments])
    say("There is no display, so the window does its work offscreen and leaves pictures in build/tour.")
    return _call([SAFELY, "-m", "gui", "--tour", str(TOUR), *arguments], OFFSCREEN)


def tour(arguments: list[str]) -> int:
    """Let the window do its work offscreen and leave pictures in build/tour."""
    environment.ensure()
    return _call([SAFELY, "-m", "gui", "--tour", str(TOUR), *arguments], OFFSCREEN)


def test(arguments: list[str]) -> int:
    """Run the tests: all of them on several cores, file by file, or those that the arguments name on one."""
    environment.ensure()
    chosen = arguments or ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return _call(["-m", "pytest", *chosen], OFFSCREEN, folder=ROOT)


def check(arguments: list[str]) -> int:
    """Run linter, format, types and layers; show the output of what fails."""
    environment.ensure()
    scripts = venv_python().parent
    checks = {
        "ruff check": [str(scripts / "ruff"), "check", "."],
        "ruff format": [str(scripts / "ruff"), "format", "--check", "."],
        "mypy": [str(venv_python()), "-m", "mypy"],
        "layers": [str(scripts / "lint-imports"), "--no-cache"],
    }
    failed = [name for name, command in checks.items() if not _passes(name, command)]
    say("All checks pass." if not failed else "Failed: " + ", ".join(failed) + ".")
    return 1 if failed else 0


def installer(arguments: list[str]) -> int:
    """Freeze the programs, prove that they work, and pack them for this system; the result is in dist/."""
    from bundle import release

    return release.make(arguments)


def clean(arguments: list[str]) -> int:
    """Remove what tools and set-up made; .venv too with ``--all``."""
    doomed = [ROOT / name for name in LEFT_BY_TOOLS]
    doomed += [*ROOT.glob("*.egg-info"), *environment.TRANSLATIONS.glob("*.qm")]
    doomed += [path for room in ROOMS for path in ROOT.glob(f"{room}/**/__pycache__")]
    doomed += [VENV] if "--all" in arguments else []
    for path in doomed:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "setup": setup,
    "tour": tour,
    "installer": installer,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        say((__doc__ or "").strip())
        return 2
    for name in ASTRAY:
        os.environ.pop(name, None)
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:  # a folder that may not be written to, a full disk
        say(f"{error.filename or ROOT}: {error.strerror}. Digit Dojo needs a folder that you may write to.")
        return 1
    except KeyboardInterrupt:
        return 130


def _call(arguments: list[str], extra: dict[str, str] | None = None, folder: Path | None = None) -> int:
    return subprocess.call([str(venv_python()), *arguments], env={**os.environ, **(extra or {})}, cwd=folder)


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    answer = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    verdict = "ok" if answer.returncode == 0 else "FAILED"
    if answer.returncode != 0:
        say(answer.stdout.decode("utf-8", "replace").rstrip())
    say(f"{name:<12} {verdict:<7} {time.monotonic() - began:5.1f} s")
    return answer.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
