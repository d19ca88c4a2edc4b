"""Whatever takes the keyboard says what it is, in both languages, and can be reached by it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QTableView,
    QWidget,
)
from stored_runs import add_run

from engine.config import TrainConfig
from engine.data.document import Document
from gui.widgets.canvas import DrawingCanvas

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QAbstractSlider)
VIEWS = ("welcome", "data", "train", "test", "runs")


@pytest.fixture
def dojo(start_dojo, qtbot, tmp_path):
    """A window in which everything has something to show: digits, a run, messages with buttons."""
    document = Document.create(tmp_path / "named.dojo")
    document.samples.add_arrays(np.random.default_rng(1).integers(0, 256, (30, 28, 28), np.uint8), [3] * 30)
    for _ in range(2):
        add_run(document)
    document.close()
    dojo = start_dojo(tmp_path / "named.dojo")
    dojo.window.show_page("train")
    with qtbot.waitSignal(dojo.controller.run_ended):
        dojo.controller.start(TrainConfig(epochs=2, batch_size=50))
    dojo.window.strip.show_message("info", "Something was said", "Undo", lambda: None)
    return dojo


def show(dojo, view: str) -> None:
    if view == "welcome":
        dojo.window.show_welcome()
    else:
        dojo.window.show_page(view)
    if view == "data":
        dojo.data_page.browse.grid.select_ids([1])
    QApplication.processEvents()


def is_part(widget: QWidget) -> bool:
    """Say whether ``widget`` is an inner part of one that speaks for it."""
    owner = widget.parent()
    inside = (
        isinstance(owner, QAbstractSpinBox | QComboBox)
        or (isinstance(owner, QAbstractScrollArea) and owner.viewport() is widget)
        or (isinstance(owner, QTableView) and isinstance(widget, QHeaderView))  # F3 sorts
    )
    return inside or widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("view", VIEWS)
def test_whatever_is_used_or_takes_the_keyboard_has_a_name(dojo, view, language):
    dojo.choose_language(language)
    show(dojo, view)
    nameless = [
        called(widget)
        for widget in dojo.window.findChildren(QWidget)
        if widget.isVisible() and not is_part(widget)
        if isinstance(widget, (*CONTROLS, QProgressBar)) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_control_is_reached_with_tab(dojo, qtbot, view):
    show(dojo, view)
    dojo.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in reached:
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [
        widget
        for widget in dojo.window.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and widget.isEnabled() and not is_part(widget)
    ]
    assert len(wanted) > 5
    assert [called(widget) for widget in wanted if widget not in reached] == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_window_fits_a_projector_of_1024_by_768(dojo, qtbot, language):
    dojo.choose_language(language)
    for view in VIEWS:
        show(dojo, view)
    assert dojo.train_page.findChild(QComboBox, "compareCombo"), "the curves are there, so that they count"
    dojo.window.strip.dismiss()
    smallest = dojo.window.minimumSizeHint()
    assert smallest.width() <= 1_000
    assert smallest.height() <= 720


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_message_neither_moves_nor_covers_what_one_is_about_to_press(dojo, qtbot, view, language):
    dojo.choose_language(language)
    dojo.window.resize(1_280, 640)
    dojo.window.strip.dismiss()
    show(dojo, view)
    drawn = dojo.test_page.pad.canvas if view == "test" else dojo.data_page.drawing.canvas
    for _ in range(3):  # layouts follow the new words one after the other
        QApplication.processEvents()
    before = places(dojo)
    assert len(before) > 5 and (drawn in before) == (view in ("data", "test"))
    dojo.window.strip.show_message("success", "It is done.", "Go and see", lambda: None)
    button = next(
        found for found in dojo.window.strip.findChildren(QPushButton) if found.text() == "Go and see"
    )
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())  # it has slid in
    assert places(dojo) == before
    strip = QRect(dojo.window.strip.mapToGlobal(QPoint(0, 0)), dojo.window.strip.size())
    assert [called(widget) for widget, place in before.items() if place.intersects(strip)] == []
    dojo.window.strip.dismiss()
    QApplication.processEvents()
    assert places(dojo) == before


def places(dojo) -> dict[QWidget, QRect]:
    """Return where on the screen each control and canvas is that can be pressed."""
    return {
        widget: QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
        for widget in dojo.window.findChildren(QWidget)
        if isinstance(widget, (*CONTROLS, DrawingCanvas)) and widget.isVisible() and not is_part(widget)
        if not dojo.window.strip.isAncestorOf(widget)
    }
