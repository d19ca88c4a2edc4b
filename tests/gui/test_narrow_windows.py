"""Small windows: every sentence can be read, none stands one letter a line or is cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from stored_runs import add_run

from engine.data.document import Document
from gui.app import Dojo
from gui.widgets.elided_label import ElidedLabel

LETTERS = 7  # fewer Japanese letters a line are no line


@pytest.fixture
def many(tmp_path) -> Path:
    """A document whose counts have five digits."""
    images = np.zeros((12_345, 28, 28), np.uint8)
    images[:, 4:24, 12:16] = 255
    images[:, 0, :14] = np.arange(12_345)[:, None] >> np.arange(14) & 1  # no two are alike
    document = Document.create(tmp_path / "many.dojo")
    document.samples.add_arrays(images, np.arange(12_345) % 10)
    document.close()
    return tmp_path / "many.dojo"


def show(dojo: Dojo, page: str, width: int, height: int) -> None:
    dojo.window.resize(width, height)
    dojo.window.show_page(page)
    QApplication.processEvents()


def draw(canvas) -> None:
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 50))
    QTest.mouseMove(canvas, middle + QPoint(0, 50))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 50))


def is_readable(label: QLabel) -> bool:
    """Whether it is seen whole and no narrow column; a layout needs a moment after its text."""
    return (
        bool(label.text())
        and label.width() >= LETTERS * label.fontMetrics().horizontalAdvance("字")
        and label.height() >= label.heightForWidth(label.width())
        and label.visibleRegion().boundingRect() == label.rect()
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_the_data_page_says_of_a_stored_digit_is_readable(start_dojo, qtbot, many, language):
    dojo = start_dojo(many, language)
    show(dojo, "data", 960, 500)
    draw(dojo.data_page.drawing.canvas)
    QTest.keyClick(dojo.data_page.drawing.canvas, Qt.Key.Key_7)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: is_readable(dojo.window.findChild(QLabel, "drawNote")), timeout=1_000)
    qtbot.waitUntil(lambda: is_readable(dojo.data_page.drawing._ask), timeout=1_000)


def test_the_words_are_beside_the_small_picture_again_in_a_wide_window(start_dojo, many):
    dojo = start_dojo(many, "ja")
    panel = dojo.data_page.drawing
    show(dojo, "data", 960, 500)
    assert panel._ask.mapTo(panel, QPoint()).y() > panel.sees.geometry().bottom()
    show(dojo, "data", 1280, 720)
    assert panel._ask.mapTo(panel, QPoint()).y() < panel.sees.geometry().bottom()
    assert panel._ask.mapTo(panel, QPoint()).x() > panel.sees.geometry().right()


def test_the_hint_under_the_grid_ends_in_dots_and_its_tool_tip_says_the_rest(start_dojo, many):
    dojo = start_dojo(many, "ja")
    hint = dojo.window.findChild(ElidedLabel, "selectionText")
    show(dojo, "data", 840, 500)
    assert hint.shown().endswith("…") and hint.shown() != hint.text()
    assert hint.toolTip() == hint.text()
    show(dojo, "data", 1280, 720)
    assert hint.shown() == hint.text() and hint.toolTip() == ""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_answer_is_readable_and_nothing_lies_over_it(start_dojo, qtbot, many, language):
    dojo = start_dojo(many, language)
    show(dojo, "test", 958, 427)
    draw(dojo.test_page.pad.canvas)
    QTest.mouseClick(dojo.test_page.teach.buttons[7], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    answer = dojo.test_page.answer
    qtbot.waitUntil(lambda: is_readable(answer.sentence), timeout=1_000)
    sees = answer.sees
    assert sees.mapTo(answer, sees.rect().bottomLeft()).y() < answer.bars.geometry().top()
    show(dojo, "test", 1280, 720)
    assert answer.sees.width() > 3 * 28  # it grows where there is room


def test_the_long_name_of_a_run_makes_no_window_wider(start_dojo, qtbot, many):
    document = Document.open(many)
    document.runs.rename(add_run(document), "long " * 100)
    document.close()
    dojo = start_dojo(many, "en")
    show(dojo, "train", 1280, 720)
    status = dojo.window.status
    status.show_model("Run 1 “" + "long " * 100 + "”")
    dojo.laboratory.open_past()
    QApplication.processEvents()
    assert dojo.window.width() == 1280 and dojo.window.minimumSizeHint().width() <= 1280
    assert dojo.laboratory.time_machine.width() <= 1280
    label = status.findChild(ElidedLabel, "statusModel")
    assert label.shown().startswith("Model: Run 1 “long") and label.shown().endswith("…")
    dojo.laboratory.time_machine.close()
