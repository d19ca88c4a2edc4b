"""The whole way in one window: draw, store, train, see the point on the curve, have a drawing read."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.events import RunFinished
from gui.app import Dojo
from gui.tour_hand import draw, draw_strokes

LEFT = Qt.MouseButton.LeftButton
EACH = 10  # drawings of each digit: from ten on, some are kept for validation
WAIT_MS = 120_000


@pytest.fixture
def dojo(qapp, qtbot, tmp_path):
    dojo = Dojo(qapp, tmp_path / "data", tmp_path)
    dojo.open(language="en", look="light")
    qtbot.waitExposed(dojo.window)
    yield dojo
    dojo.window.close()
    assert dojo.shutdown()
    dojo.window.deleteLater()
    QApplication.processEvents()


def find(dojo: Dojo, name: str) -> QWidget:
    widget = dojo.window.findChild(QWidget, name)
    assert widget is not None, name
    return widget


def click(dojo: Dojo, name: str) -> None:
    widget = find(dojo, name)
    assert widget.isVisible() and widget.isEnabled(), name
    QTest.mouseClick(widget, LEFT, pos=widget.rect().center())


def type_number(dojo: Dojo, name: str, value: int) -> None:
    spin = find(dojo, name)
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(spin, str(value))
    QTest.keyClick(spin, Qt.Key.Key_Tab)


def slanted_one(lean: float) -> list[list[tuple[float, float]]]:
    """A vertical line in a unit square, leaning a little."""
    return [[(0.5 + lean * (0.5 - y), y) for y in (0.0, 0.25, 0.5, 0.75, 1.0)]]


def round_zero(width: float) -> list[list[tuple[float, float]]]:
    """An ellipse in a unit square."""
    turns = np.linspace(0, 2 * np.pi, 25)
    return [[(0.5 + width * float(np.cos(turn)), 0.5 + 0.5 * float(np.sin(turn))) for turn in turns]]


def test_a_digit_drawn_after_training_on_drawn_digits_is_read(dojo, qtbot):
    click(dojo, "welcomeDraw")
    canvas = find(dojo, "drawCanvas")
    for index in range(EACH):
        for label, strokes in ((1, slanted_one(index / 30 - 0.15)), (0, round_zero(0.25 + index / 60))):
            draw_strokes(canvas, strokes)
            QTest.keyClick(canvas, Qt.Key.Key_0.value + label)
    assert dojo.session.document.samples.count() == 2 * EACH

    click(dojo, "navTrain")
    type_number(dojo, "epochsSpin", 6)
    type_number(dojo, "batchSizeSpin", 4)
    endings = []
    dojo.controller.run_ended.connect(endings.append)
    click(dojo, "trainButton")
    qtbot.waitUntil(lambda: bool(endings), timeout=WAIT_MS)
    assert isinstance(endings[0], RunFinished), endings[0]
    epochs, losses = dojo.train_page.run_view.curves.loss.val.getOriginalDataset()
    assert epochs.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.isfinite(losses).all()

    assert dojo.window.page == "test"  # the first training leads there
    assert dojo.models.current.run == endings[0].run
    canvas, answer = find(dojo, "testCanvas"), find(dojo, "predictedDigit")
    draw(canvas, 1)
    qtbot.waitUntil(lambda: answer.text() != "", timeout=WAIT_MS)
    assert answer.text() == "1"
    click(dojo, "clearButton")
    assert answer.text() == ""
    draw(canvas, 0)
    qtbot.waitUntil(lambda: answer.text() != "", timeout=WAIT_MS)
    assert answer.text() == "0"
