"""Every test: offscreen, in a home of its own, in English, under the guards of ``guards.py``."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="digit-dojo-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update({name: str(HOME) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")})
os.environ.update(
    {f"XDG_{name.upper()}_HOME": str(HOME / name) for name in ("config", "data", "cache", "state")}
)
(HOME / "runtime").mkdir(mode=0o700)
os.environ["XDG_RUNTIME_DIR"] = str(HOME / "runtime")
for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"
os.environ["QT_QPA_PLATFORM"] = os.environ.get("DOJO_TEST_PLATFORM", "offscreen")

import pytest  # noqa: E402
from guards import Leftovers, Watch, watched  # noqa: E402
from PySide6.QtCore import QStandardPaths  # noqa: E402

pytest_plugins = ["pytester"]

QStandardPaths.setTestModeEnabled(True)
WATCH = Watch()
WATCH.install()
LEFTOVERS = pytest.StashKey[Leftovers]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Remember what runs before the test."""
    item.stash[LEFTOVERS] = Leftovers(uses_qt="qapp" in getattr(item, "fixturenames", ()))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test for Qt messages and log records."""
    return (yield from watched(item, WATCH))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test for what its teardown reported and for what still runs after it."""
    result = yield
    complaints = item.stash[LEFTOVERS].find() + WATCH.verdict([])
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
    return result
