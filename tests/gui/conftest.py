"""The window in tests: a data folder of its own, fresh translations, file dialogs that answer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import PySide6
import pytest
from lab_setup import open_lab  # noqa: F401
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from training_fakes import FakeJobs

from engine.inference.prediction import Prediction
from engine.training.illness import DataFacts
from gui.document_session import DocumentSession
from gui.i18n import LANGUAGES

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


@pytest.fixture
def system_again(qapp):
    """Gives language, numbers, font and colours back after the test."""
    font, locale = qapp.font(), QLocale()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
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
def session(qapp, tmp_path):
    """A session over an untitled document in a folder of the test's own."""
    session = DocumentSession(tmp_path / "data")
    session.start()
    yield session
    session.close()


@pytest.fixture
def answers() -> Answers:
    return Answers()


THREE = Prediction(3, 1.0, (*(0.0,) * 3, 1.0, *(0.0,) * 6), is_digit=True)


class SureReader:
    """A model that reads a 3 everywhere."""

    def predict(self, images) -> list[Prediction]:
        return [THREE for _ in images]

    def shares(self, images) -> np.ndarray:
        return np.ones(len(images), np.float32)

    def study(self, document, run, is_wanted) -> None:
        return None

    def trust(self, study) -> None:
        raise AssertionError("there was no study")


@pytest.fixture
def start_dojo(qapp, qtbot, tmp_path, translations, answers, system_again):
    """Returns a function that starts the program in ``tmp_path / "data"``; nothing imports PyTorch.

    A second start closes the first window before, so that it finds what that one left.
    """
    from gui.app import Compute, Dojo
    from gui.average_reader import Averages
    from gui.why_reader import WhyWork

    started = []
    well = DataFacts(train_counts=(10,) * 10, val_counts=(10,) * 10)
    compute = Compute(
        FakeJobs(),
        lambda document, run: SureReader(),
        find_device=lambda: "cpu",
        measure=lambda *_asked: None,
        find_facts=lambda *_asked: well,
        vary=lambda images, *_how: images,
        why=WhyWork(
            find_averages=lambda *_asked: Averages([None] * 10, is_starter=True),
            load_reader=lambda document, run, epoch=None: SureReader(),
        ),
    )

    def start(document: Path | None = None, language: str | None = "en", look: str | None = "light") -> Dojo:
        close()
        dojo = Dojo(qapp, tmp_path / "data", translations, answers, compute)
        started.append(dojo)
        dojo.open(document, language, look)
        qtbot.waitExposed(dojo.window)
        return dojo

    def close() -> None:
        for dojo in started:
            dojo.window.close()
            dojo.window.deleteLater()  # a hidden window would still follow the language, without a document
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        while started:
            assert started.pop().shutdown()

    yield start
    close()
