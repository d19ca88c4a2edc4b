"""The window in tests: offscreen, a data folder of its own, fresh translations, no thread left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from gui.i18n import LANGUAGES, Translation

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "assets" / "i18n"


def qt_tool(name: str) -> str:
    """Return the path of ``lupdate`` or ``lrelease`` as PySide6 ships them."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(PySide6.__file__).parent / f"{name}{suffix}")


@pytest.fixture(scope="session")
def translations(tmp_path_factory) -> Path:
    """A folder with the translations compiled from what is in the tree now."""
    folder = tmp_path_factory.mktemp("i18n")
    for language in LANGUAGES:
        name = f"digit_dojo_{language}"
        command = [qt_tool("lrelease"), "-silent", SOURCES / f"{name}.ts", "-qm", folder / f"{name}.qm"]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture(autouse=True)
def no_thread_stays():
    """A thread that outlives its test would crash a later one."""
    before = set(sys._current_frames())
    yield
    left = set(sys._current_frames()) - before
    assert not left, f"{len(left)} thread(s) still run"


@pytest.fixture
def system_again(qapp):
    """Gives language, numbers, font and colours back after the test."""
    font, locale = qapp.font(), QLocale()
    yield
    Translation(qapp, Path("nowhere")).use("en")
    QLocale.setDefault(locale)
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(QPalette())
    qapp.setFont(font)
    QApplication.processEvents()


@dataclass
class Answers:
    """Stands in for the system's file dialogs; None is Cancel."""

    open_path: Path | None = None
    save_path: Path | None = None
    proposed: list[str] = field(default_factory=list)

    def document_to_open(self) -> Path | None:
        return self.open_path

    def document_to_save(self, name: str) -> Path | None:
        self.proposed.append(name)
        return self.save_path


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def start_dojo(qapp, qtbot, tmp_path, translations, answers, system_again):
    """Returns a function that starts the program in ``tmp_path / "data"``; every window is closed after the test.

    A later start finds what an earlier one left, once that is closed.
    """
    from gui.app import Dojo

    started = []

    def start(document: Path | None = None, language: str = "en", look: str = "light") -> Dojo:
        dojo = Dojo(qapp, tmp_path / "data", translations, answers)
        started.append(dojo)
        dojo.open(document, language, look)
        qtbot.waitExposed(dojo.window)
        return dojo

    yield start
    for dojo in started:
        dojo.window.close()
        assert dojo.shutdown()
        dojo.window.deleteLater()
    QApplication.processEvents()
