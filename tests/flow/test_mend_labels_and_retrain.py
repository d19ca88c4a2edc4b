"""The whole way by pointer: train, open a field of the matrix, relabel two, undo, relabel, train again."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.data.document import Document
from engine.data.samples import Split
from engine.events import RunFinished
from gui.app import Dojo

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 120_000
WRONG = 2


@pytest.fixture
def dojo(qapp, qtbot, tmp_path):
    """The window over a document in which two validation 4s are labelled 9."""
    path = tmp_path / "school.dojo"
    document = Document.create(path)
    labels = np.arange(90) % 10
    images = np.random.default_rng(5).integers(0, 60, (90, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    told = labels.copy()
    told[60:][np.flatnonzero(labels[60:] == 4)[:WRONG]] = 9
    for split, part in ((Split.TRAIN, slice(0, 60)), (Split.VAL, slice(60, 90))):
        document.samples.add_arrays(images[part], told[part], split=split, source="import")
    document.close()
    dojo = Dojo(qapp, tmp_path / "data", tmp_path)
    dojo.open(path, language="en", look="light")
    qtbot.waitExposed(dojo.window)
    yield dojo
    dojo.window.close()
    assert dojo.shutdown()
    dojo.window.deleteLater()
    QApplication.processEvents()


def find(dojo: Dojo, name: str, within: QWidget | None = None) -> QWidget:
    widget = (within or dojo.window).findChild(QWidget, name)
    assert widget is not None, name
    return widget


def click(dojo: Dojo, name: str, within: QWidget | None = None) -> None:
    widget = find(dojo, name, within)
    assert widget.isVisible() and widget.isEnabled(), name
    QTest.mouseClick(widget, LEFT, pos=widget.rect().center())


def train(dojo: Dojo, qtbot) -> int:
    endings: list[object] = []
    dojo.controller.run_ended.connect(endings.append)
    click(dojo, "navTrain")
    for name, value in (("epochsSpin", 6), ("batchSizeSpin", 8)):
        spin = find(dojo, name)
        spin.setFocus()
        QTest.keyClick(spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(spin, str(value))
        QTest.keyClick(spin, Qt.Key.Key_Tab)
    click(dojo, "trainButton")
    qtbot.waitUntil(lambda: bool(endings), timeout=WAIT_MS)
    assert isinstance(endings[0], RunFinished), endings[0]
    return endings[0].run


def press(table, row: int, column: int) -> None:
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(row, column)).center())


def test_labels_are_put_right_at_the_desk_and_the_next_run_learns_from_them(dojo, qtbot):
    first = train(dojo, qtbot)
    click(dojo, "navTest")
    click(dojo, "mistakesButton")
    desk = dojo.desk.mistakes
    qtbot.waitUntil(lambda: desk.confusion() is not None, timeout=WAIT_MS)
    assert desk.choice.run_combo.currentData() == first
    before = desk.confusion()
    assert before[9][4] == WRONG

    table, grid = find(dojo, "confusionTable", desk), find(dojo, "mistakeGrid", desk)
    press(table, 9, 4)
    ids = grid.model.ids[grid.model.shown].tolist()
    assert len(ids) == WRONG
    first_cell, last_cell = grid.cell_rect(0), grid.cell_rect(WRONG - 1)
    QTest.mousePress(grid.viewport(), LEFT, pos=first_cell.topLeft() + QPoint(3, 3))  # a rubber band
    QTest.mouseMove(grid.viewport(), first_cell.center())
    QTest.mouseMove(grid.viewport(), last_cell.center())
    QTest.mouseRelease(grid.viewport(), LEFT, pos=last_cell.center())
    assert sorted(grid.selected_ids()) == sorted(ids)
    QTest.keyClick(grid, Qt.Key.Key_4)
    samples = dojo.session.document.samples
    assert [samples.get(id_).label for id_ in ids] == [4, 4]
    assert desk.confusion()[9][4] == 0

    click(dojo, "undoMistakeButton", desk)
    assert desk.confusion() == before
    assert [samples.get(id_).label for id_ in ids] == [9, 9]

    press(table, 9, 4)
    for _ in range(WRONG):
        QTest.mouseClick(grid.viewport(), LEFT, pos=grid.cell_rect(0).center())
        QTest.keyClick(grid, Qt.Key.Key_4)
    assert "Trained before 2 sample(s) changed." in find(dojo, "mistakeNote", desk).text()
    click(dojo, "trainAgainButton", desk)
    assert dojo.window.page == "train" and not desk.isVisible()
    second = train(dojo, qtbot)
    runs = dojo.session.document.runs
    assert second == first + 1
    _, kept = runs.member_labels(first, Split.VAL)
    _, learned = runs.member_labels(second, Split.VAL)
    assert (kept == 9).sum() == (learned == 9).sum() + WRONG, "the first run stays as it was"
    assert runs.get(second).val_accuracy > runs.get(first).val_accuracy

    click(dojo, "navTest")
    click(dojo, "mistakesButton")
    assert desk.isVisible()
    desk.open_model(second)
    qtbot.waitUntil(lambda: desk.confusion() is not None and not dojo.desk.reader.is_reading, timeout=WAIT_MS)
    assert desk.confusion()[9][4] == 0
    assert "Trained before" not in find(dojo, "mistakeNote", desk).text()
    click(dojo, "closeMistakesButton", desk)
