"""Messages that are no longer true are gone, and their buttons never do anything else than they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.data.document import Document
from gui.app import Dojo

AGAIN = "The last change of your digits was made again."
BACK = "The last change of your digits was taken back."


def digit(value: int) -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 10 + value : 14 + value] = 255
    return image


@pytest.fixture
def named(tmp_path) -> Path:
    """A document with a name and three digits."""
    document = Document.create(tmp_path / "named.dojo")
    document.samples.add_arrays(np.stack([digit(1), digit(2), digit(3)]), [1, 2, 3])
    document.close()
    return tmp_path / "named.dojo"


def trigger(dojo: Dojo, name: str) -> None:
    dojo.window.menus.actions[name].trigger()


def button(dojo: Dojo, text: str) -> QPushButton:
    buttons = dojo.window.strip.findChildren(QPushButton)
    (found,) = (one for one in buttons if one.text() == text and one.isVisible())
    return found


def labels(dojo: Dojo) -> list[int]:
    return dojo.session.document.samples.load().labels.tolist()


@pytest.fixture
def dojo(start_dojo, named) -> Dojo:
    """The window with the Test page in front and one more digit that can be taken back."""
    dojo = start_dojo(named)
    dojo.session.add_digit(digit(4), 4, "canvas")
    dojo.window.show_page("test")
    return dojo


def teach_a_seven(dojo: Dojo) -> None:
    canvas = dojo.test_page.pad.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    QTest.mouseMove(canvas, QPoint(100, 140))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 140))
    QTest.mouseClick(dojo.test_page.teach.buttons[7], Qt.MouseButton.LeftButton)


def test_an_undo_that_was_offered_before_a_digit_was_taught_leaves_that_digit(dojo):
    trigger(dojo, "undo")
    trigger(dojo, "redo")
    assert dojo.window.strip.text() == AGAIN
    offered = button(dojo, "Undo")
    teach_a_seven(dojo)
    assert labels(dojo) == [1, 2, 3, 4, 7]
    offered.click()  # as a hand that was already on its way
    assert labels(dojo) == [1, 2, 3, 4, 7]
    assert AGAIN not in dojo.window.strip.texts()


def test_a_redo_that_cannot_be_done_any_more_is_gone(dojo):
    trigger(dojo, "undo")
    assert dojo.window.strip.text() == BACK
    teach_a_seven(dojo)
    assert dojo.window.strip.texts() == []


def test_a_button_whose_change_was_overtaken_by_an_import_says_so(dojo):
    trigger(dojo, "undo")
    own = dojo.session.document.open_again()
    own.samples.add_arrays(np.stack([digit(5)]), [5])  # beside the window, which has not heard of it yet
    own.close()
    button(dojo, "Redo").click()
    assert labels(dojo) == [1, 2, 3, 5]
    assert dojo.window.strip.text().startswith("Something else has changed since.")


def test_the_buttons_of_the_newest_step_still_go_back_and_forth(dojo):
    trigger(dojo, "undo")
    button(dojo, "Redo").click()
    assert labels(dojo) == [1, 2, 3, 4]
    assert dojo.window.strip.texts() == [AGAIN]
    button(dojo, "Undo").click()
    assert labels(dojo) == [1, 2, 3]
    assert dojo.window.strip.texts() == [BACK]
