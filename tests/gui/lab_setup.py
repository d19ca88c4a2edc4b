"""A Train page with its laboratory over a few digits, driven by real clicks; the engine is the real one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.samples import Split
from engine.training.pace import Pace
from gui.batch_size_search import find_largest
from gui.document_session import DocumentSession
from gui.experiment import measure
from gui.laboratory import Laboratory, Work
from gui.pages.train_page import TrainPage
from gui.past_reader import load_past
from gui.training_controller import EngineJobs, TrainingController

TIMEOUT = 60_000
SMALL = TrainConfig(model="mlp", hidden=(16,), epochs=2, batch_size=8, augment="off", device="cpu")


def of_a_second(config, images, val_images, control):
    """A machine that needs a second for every step, and none to look at digits."""
    return Pace(min(config.batch_size, images), 1.0, 0.0, "cpu")


def fill(session) -> None:
    """60 digits that differ in where their ink is: 40 to learn from, 20 to validate."""
    labels = np.arange(60) % 10
    images = np.random.default_rng(5).integers(0, 60, (60, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    for split, part in ((Split.TRAIN, slice(0, 40)), (Split.VAL, slice(40, 60))):
        session.document.samples.add_arrays(images[part], labels[part], split=split, source="import")


@pytest.fixture
def open_lab(qapp, qtbot, tmp_path):
    """Returns a function that makes a Train page with its laboratory over digits."""
    made = []

    def make(jobs=None, measure=measure, finder=find_largest, digits=True, pace=of_a_second) -> Laboratory:
        session = DocumentSession(tmp_path / "data")
        session.start()
        if digits:
            fill(session)
        controller = TrainingController(lambda: session.document.path, jobs or EngineJobs())
        page = TrainPage(session, controller)
        page.form.set_config(SMALL)
        page.show()
        controller.run_ended.connect(lambda _ending: session.trained())
        lab = Laboratory(page, session, controller, page, Work(load_past, measure, finder, pace))
        qtbot.addWidget(page)
        made.append((lab, controller, session))
        return lab

    yield make
    for lab, controller, session in made:
        assert controller.shutdown()
        assert lab.shutdown()
        session.close()


def opened(lab):
    QTest.mouseClick(lab._page.lab.experiment, Qt.MouseButton.LeftButton)
    return lab.experiments


def choose(dialog, preset: str, values: str | None = None) -> None:
    dialog.setup.preset_combo.setCurrentIndex(dialog.setup.preset_combo.findData(preset))
    dialog.setup.preset_combo.activated.emit(dialog.setup.preset_combo.currentIndex())
    if values is not None:
        dialog.setup.values.setText(values)


def click(button) -> None:
    assert button.isEnabled() and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def run_to_the_end(qtbot, dialog) -> None:
    click(dialog.run_button)
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)


def choose_second(dialog, field: str | None, values: str | None = None) -> None:
    combo = dialog.setup.second_combo
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())
    if values is not None:
        dialog.setup.second_values.setText(values)
