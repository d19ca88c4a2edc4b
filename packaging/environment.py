"""Brings the virtual environment to what the lock files say, once; every later call only compares a stamp."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytorch
from console import LOG, ROOT, SetupError, run_quietly, say
from pythons import UNFINISHED, VENV, make_venv, venv_python, venv_version
from system_packages import ensure_qt_runs, qt_starts

PACKAGING = ROOT / "packaging"
LOCKS = (PACKAGING / "requirements.lock", PACKAGING / "requirements-dev.lock")
STAMP = VENV / "digit-dojo-stamp.json"  # what is installed; written last
TRANSLATIONS = ROOT / "assets" / "i18n"
PAIR = ("torch", "torchvision")
PIP = ("-m", "pip", "install", "--no-input", "--no-deps")


def ensure(again: bool = False) -> None:
    """Set up what is missing; when all is there, touch nothing and no network.

    Args:
        again: look at everything anew, as ``setup`` does.

    Raises:
        SetupError: with the one sentence for the user.
    """
    if again or not is_ready():
        with _alone():
            if again or not is_ready():
                _set_up(again)
    elif not qt_starts(site_packages() / "PySide6"):
        ensure_qt_runs(site_packages() / "PySide6")  # the folder came to another system, or that one changed
    compile_translations(TRANSLATIONS)


def is_ready() -> bool:
    """Return whether the environment is whole and belongs to this folder and these lock files."""
    stamp = _stamp()
    return (
        not UNFINISHED.exists()
        and venv_python().exists()
        and stamp == _wanted(stamp.get("python"))
        and not _missing_packages()
    )


def pins(lock: Path) -> list[str]:
    """Return the ``name==version`` lines of a lock file."""
    lines = (line.split("#")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def site_packages() -> Path:
    """Return where the virtual environment keeps its packages."""
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return next((VENV / "lib").glob("python3.*"), VENV / "lib" / "python3") / "site-packages"


def compile_translations(folder: Path) -> list[Path]:
    """Compile each .ts of ``folder`` that is newer than its .qm; return the .qm files written.

    Raises:
        SetupError: a translation file is damaged.
    """
    written = []
    for source in sorted(folder.glob("*.ts")):
        target = source.with_suffix(".qm")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        tool = site_packages() / "PySide6" / ("lrelease.exe" if os.name == "nt" else "lrelease")
        fresh = folder / f"{source.stem}.{os.getpid()}.new"
        failure = f"The translation {source.name} could not be compiled."
        run_quietly([str(tool), "-silent", str(source), "-qm", str(fresh)], failure)
        fresh.replace(target)  # whole or not at all, also when two commands compile at once
        written.append(target)
    return written


def _stamp() -> dict[str, object]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _missing_packages() -> list[str]:
    """Return the pins of which nothing is installed: somebody deleted a part of .venv."""
    there = {path.name for path in site_packages().glob("*.dist-info") if _has_files(path)}
    installed = {_plain(name.removesuffix(".dist-info").partition("-")[0]) for name in there}
    names = (pin.split(";")[0].split("==")[0] for lock in LOCKS for pin in pins(lock))
    return [name for name in names if _plain(name) not in installed]


def _has_files(about: Path) -> bool:
    """Say whether the first file that a package's own list names is there."""
    try:
        with (about / "RECORD").open(encoding="utf-8") as record:
            for line in record:
                name = line.split(",")[0].strip('"')
                if not re.search(r"\.dist-info/|__pycache__|^\.\.", name):
                    return (about.parent / name).exists()
    except OSError:
        return False
    return True


def _plain(name: str) -> str:
    """Return a distribution's name as all spellings of it have it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _wanted(python: object) -> dict[str, object]:
    """Return the stamp of a whole environment with Python version ``python``."""
    locks = hashlib.sha256(b"".join(path.read_bytes() for path in LOCKS)).hexdigest()
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return {"python": python, "folder": str(ROOT), "locks": locks, "project": project}


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time set up; another one waits. The system frees the lock of a killed one."""
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "setup.lock").open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _set_up(again: bool) -> None:
    LOG.write_text("", encoding="utf-8")
    if UNFINISHED.exists():
        say("An earlier set-up was interrupted: starting afresh.")
    have, python = _stamp(), venv_version()
    is_broken = not all(_has_files(about) for about in site_packages().glob("*.dist-info"))  # pip trusts it
    if is_broken:
        say("A part of .venv is missing: starting afresh.")
    if UNFINISHED.exists() or is_broken or python is None or have.get("folder", str(ROOT)) != str(ROOT):
        make_venv()
        have, python = {}, venv_version()
    UNFINISHED.touch()
    try:
        if again or have != {**_wanted(python), "project": have.get("project")}:
            _install_packages()
        _install_project()
    except SetupError:
        STAMP.unlink(missing_ok=True)
        UNFINISHED.unlink()  # pip ended by itself, so the packages that are there are whole
        raise
    STAMP.write_text(json.dumps(_wanted(python)), encoding="utf-8")
    UNFINISHED.unlink()
    say("The set-up is complete.")


def _install_packages() -> None:
    every = [pin for lock in LOCKS for pin in pins(lock)]
    others = [pin for pin in every if pin.split("==")[0] not in PAIR]
    pair = [pin for pin in every if pin.split("==")[0] in PAIR]
    say(f"Installing {len(others)} packages (150 MB to fetch when none is there yet) ...")
    run_quietly(
        [str(venv_python()), *PIP, *others],
        "Packages could not be installed: check the connection, then try again.",
    )
    pytorch.install(venv_python(), site_packages(), pair, LOCKS[0], pytorch.choose_here())
    ensure_qt_runs(site_packages() / "PySide6")


def _install_project() -> None:
    """Put engine, gui and their two commands into the environment; needs no network."""
    run_quietly(
        [str(venv_python()), *PIP, "--no-build-isolation", "--no-index", "--editable", str(ROOT)],
        "Digit Dojo itself could not be installed in .venv.",
    )
