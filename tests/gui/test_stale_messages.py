"""Messages that are no longer true are gone, and their buttons never do anything else than they say."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from stored_runs import add_run

from engine.config import TrainConfig
from engine.data.document import Document
from engine.errors import Code, EngineError
from gui.app import Dojo
from gui.widgets import message_row

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


def test_what_was_made_again_is_not_said_to_be_taken_back_when_the_newer_message_has_gone(
    dojo, qtbot, monkeypatch
):
    monkeypatch.setattr(message_row, "FADE_MS", 10)
    said = []
    trigger(dojo, "undo")
    trigger(dojo, "redo")
    assert dojo.window.strip.texts() == [AGAIN]
    qtbot.waitUntil(lambda: said.append(dojo.window.strip.text()) or dojo.window.strip.isHidden())
    assert set(said) <= {AGAIN, ""}


def test_deleted_digits_that_are_back_are_not_said_to_be_deleted(dojo):
    dojo.window.show_page("data")
    dojo.data_page.browse.grid.select_ids([1, 2, 3, 4])
    dojo.data_page.delete_selected()
    assert dojo.window.strip.text() == "Deleted 4 digits."
    trigger(dojo, "undo")
    assert labels(dojo) == [1, 2, 3, 4]
    assert dojo.window.strip.texts() == []


def test_deleted_runs_that_are_back_are_not_said_to_be_deleted(dojo):
    run = add_run(dojo.session.document)
    dojo.session.trained()
    dojo.window.show_page("runs")
    dojo.runs_page.table.select_runs([run])
    dojo.runs_page.delete()
    assert dojo.window.strip.text() == "Deleted 1 run."
    trigger(dojo, "undo")
    assert dojo.window.strip.texts() == []


def test_an_import_that_was_taken_back_is_not_said_to_be_there(dojo, qtbot, tmp_path):
    Image.fromarray(digit(0)).save(tmp_path / "0.png")
    dojo.window.show_page("data")
    dojo.data_page.import_paths([tmp_path / "0.png"])
    qtbot.waitUntil(lambda: dojo.window.strip.text().startswith("Added 1 digit."))
    trigger(dojo, "undo")
    assert dojo.window.strip.texts() == []


def test_no_training_is_said_to_run_after_its_end(dojo, qtbot):
    with qtbot.waitSignal(dojo.controller.events_received):
        dojo.controller.start(TrainConfig(epochs=10_000, batch_size=1))
    trigger(dojo, "new")
    assert dojo.window.strip.text().startswith("A training is running")
    dojo.window.strip.show_message("error", "Something newer.")
    with qtbot.waitSignal(dojo.controller.run_ended):
        dojo.controller.stop()
    assert dojo.window.strip.texts()[-1] == "Something newer."
    assert not any(text.startswith("A training is running") for text in dojo.window.strip.texts())


def test_what_was_said_of_a_document_does_not_follow_into_the_next(dojo, tmp_path):
    dojo.window.strip.show_error(EngineError(Code.FILE_MISSING, path="a.png"))
    dojo.commands.open(tmp_path / "gone.dojo")  # it cannot be opened: both belong to the one that stays
    assert len(dojo.window.strip.texts()) == 2
    Document.create(tmp_path / "other.dojo").close()
    dojo.commands.open(tmp_path / "other.dojo")
    assert dojo.session.document.path == tmp_path / "other.dojo"
    assert dojo.window.strip.texts() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")
def test_a_lost_document_that_has_a_new_name_is_not_said_to_be_lost(dojo, named, answers, tmp_path):
    named.unlink()
    trigger(dojo, "save")
    assert dojo.window.strip.text().startswith("named.dojo is not where it was")
    answers.save_path = tmp_path / "found.dojo"
    trigger(dojo, "save_as")
    assert dojo.window.strip.texts() == ["Saved as found.dojo."]
