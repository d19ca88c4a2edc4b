"""The epoch that the time machine looks at is marked on the Train page's curves, too."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.training import session as training
from engine.training.control import Control
from gui.document_session import DocumentSession
from gui.laboratory import Laboratory, Work
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController

EPOCHS, IMAGES, BATCH = 4, 40, 16
CONFIG = TrainConfig(model="mlp", hidden=(16,), epochs=EPOCHS, batch_size=BATCH, augment="off", device="cpu")
TIMEOUT = 30_000


@pytest.fixture
def lab(qapp, qtbot, tmp_path):
    """The Train page over two runs, and its laboratory."""
    path = tmp_path / "trained.dojo"
    document = Document.create(path)
    labels = np.arange(60) % 10
    images = np.random.default_rng(5).integers(0, 60, (60, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    for split, part in ((Split.TRAIN, slice(0, IMAGES)), (Split.VAL, slice(IMAGES, 60))):
        document.samples.add_arrays(images[part], labels[part], split=split, source="import")
    for _ in range(2):
        list(training.start(document, CONFIG, Control()))
    document.close()
    session = DocumentSession(tmp_path / "data")
    session.start(path)
    controller = TrainingController(lambda: session.document.path)
    page = TrainPage(session, controller)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    made = Laboratory(page, session, controller, page, Work())
    yield made
    assert made.shutdown() and controller.shutdown()
    session.close()


def go_to(machine, place: int) -> None:
    machine.slider.setFocus()
    QTest.keyClick(machine.slider, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(machine.slider, Qt.Key.Key_Right)


def marks(lab) -> list[float | None]:
    curves = lab._page.run_view.curves
    lines = [plot.mark_line for plot in curves.plots]
    return [line.value() if line.isVisible() else None for line in lines]


def test_the_sliders_epoch_is_marked_on_both_curves_on_whatever_axis(lab, qtbot):
    QTest.mouseClick(lab._page.lab.past, Qt.MouseButton.LeftButton)
    machine = lab.time_machine
    qtbot.waitUntil(lambda: machine.place() >= 0, timeout=TIMEOUT)
    curves = lab._page.run_view.curves
    for place in (0, EPOCHS - 1, 1):
        go_to(machine, place)
        assert marks(lab) == [place + 1, place + 1]
        assert curves.loss.mark_line.label.textItem.toPlainText() == f"Epoch {place + 1}"
    curves.axis_combo.setCurrentIndex(curves.axis_combo.findData("step"))
    assert marks(lab) == [6.0, 6.0], "40 ÷ 16 = 3 steps an epoch"
    curves.axis_combo.setCurrentIndex(curves.axis_combo.findData("images"))
    assert marks(lab) == [80.0, 80.0]
    QTest.mouseClick(machine.close_button, Qt.MouseButton.LeftButton)
    assert marks(lab) == [None, None]


def test_a_run_that_is_drawn_for_comparison_is_marked_and_one_that_is_not_drawn_is_not(lab, qtbot):
    lab.open_past()
    machine, curves = lab.time_machine, lab._page.run_view.curves
    machine.open_run(1)
    qtbot.waitUntil(lambda: machine.place() >= 0, timeout=TIMEOUT)
    go_to(machine, 2)
    assert curves.shown_runs == [2, 1]
    assert marks(lab) == [3.0, 3.0]
    curves.compare_combo.setCurrentIndex(curves.compare_combo.findData(None))
    curves.compare_combo.activated.emit(curves.compare_combo.currentIndex())
    assert marks(lab) == [None, None]
    machine.close()


def test_stopping_there_is_told_with_its_interval(lab, qtbot):
    lab.open_past()
    machine = lab.time_machine
    qtbot.waitUntil(lambda: machine.place() >= 0, timeout=TIMEOUT)
    go_to(machine, 0)
    assert machine.what_if.text().startswith("If you had stopped here: ")
    assert "of 20 validation digit(s) (likely " in machine.what_if.text()
    machine.close()
