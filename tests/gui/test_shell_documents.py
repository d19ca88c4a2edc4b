"""From document to document: menu, recent ones, what cannot be opened, and a training that still runs."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.config import TrainConfig
from engine.data.document import Document
from gui.messages import Kind
from gui.settings import Settings


def digit(value: int) -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 10 + value : 14 + value] = 255
    return image


@pytest.fixture
def named(tmp_path) -> Path:
    """A document with a name and two digits."""
    document = Document.create(tmp_path / "named.dojo")
    document.samples.add_arrays(np.stack([digit(1), digit(2)]), [1, 2])
    document.close()
    return tmp_path / "named.dojo"


def trigger(dojo, name: str) -> None:
    dojo.window.menus.actions[name].trigger()


def press(dojo, text: str) -> None:
    buttons = dojo.window.strip.findChildren(QPushButton)
    (button,) = (found for found in buttons if found.text() == text and found.isVisible())
    button.click()


def train_for_long(dojo, qtbot) -> None:
    with qtbot.waitSignal(dojo.controller.events_received):
        dojo.controller.start(TrainConfig(epochs=10_000, batch_size=1))


def test_a_document_of_the_command_line_is_opened(start_dojo, named):
    dojo = start_dojo(named)
    assert dojo.session.document.path == named
    assert dojo.window.page == "data"


def test_a_document_that_is_not_there_is_said_and_an_empty_one_serves(start_dojo, tmp_path):
    dojo = start_dojo(tmp_path / "gone.dojo")
    assert dojo.window.strip.kind() is Kind.ERROR
    assert "gone.dojo" in dojo.window.strip.text()
    assert dojo.window.page == "" and dojo.session.document.is_untitled


def test_a_file_that_is_no_document_is_said_and_the_open_one_stays(start_dojo, named, answers, tmp_path):
    dojo = start_dojo(named)
    answers.open_path = tmp_path / "letter.dojo"
    answers.open_path.write_text("Dear Sir or Madam, " * 20)
    trigger(dojo, "open")
    assert dojo.window.strip.kind() is Kind.ERROR
    assert "letter.dojo" in dojo.window.strip.text()
    assert dojo.session.document.path == named
    assert answers.open_path.read_text() == "Dear Sir or Madam, " * 20


def test_open_and_cancel_change_the_document_or_not(start_dojo, named, answers):
    dojo = start_dojo()
    trigger(dojo, "open")  # cancelled
    assert dojo.session.document.is_untitled
    answers.open_path = named
    trigger(dojo, "open")
    assert dojo.session.document.path == named
    assert dojo.settings.recent == [named]


def test_save_as_names_the_document_and_the_next_start_opens_it(start_dojo, answers, tmp_path):
    dojo = start_dojo()
    dojo.session.add_digit(digit(1), 1, "canvas")
    answers.save_path = tmp_path / "クラス 3.dojo"
    trigger(dojo, "save_as")
    assert answers.proposed == ["My digits"]
    assert dojo.window.windowTitle() == "クラス 3 – Digit Dojo"
    assert dojo.window.strip.text() == "Saved as クラス 3.dojo."
    dojo.window.close()
    again = start_dojo()
    assert again.session.document.path == answers.save_path
    assert again.window.strip.texts() == []


def test_ctrl_s_asks_for_a_name_once_and_then_says_that_all_is_saved(start_dojo, qtbot, answers, tmp_path):
    dojo = start_dojo()
    dojo.window.activateWindow()
    qtbot.waitUntil(dojo.window.isActiveWindow)
    dojo.session.add_digit(digit(1), 1, "canvas")
    assert dojo.window.menus.actions["save"].shortcut() == QKeySequence("Ctrl+S")
    answers.save_path = tmp_path / "mine.dojo"
    QTest.keyClick(dojo.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert dojo.window.strip.text() == "Saved as mine.dojo."
    assert dojo.session.document.path == answers.save_path
    answers.save_path = tmp_path / "never.dojo"
    QTest.keyClick(dojo.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert dojo.window.strip.text() == (
        "Everything is saved already: each change goes into mine.dojo at once."
    )
    assert len(answers.proposed) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")
def test_save_does_not_say_that_all_is_saved_while_the_file_is_gone(start_dojo, named):
    dojo = start_dojo(named)
    named.unlink()
    trigger(dojo, "save")
    assert dojo.window.strip.kind() is Kind.WARNING
    assert dojo.window.strip.text().startswith("named.dojo is not where it was")


def test_new_shows_the_four_ways_to_begin_again(start_dojo, named):
    dojo = start_dojo(named)
    trigger(dojo, "new")
    assert dojo.session.document.is_untitled
    assert dojo.window.page == ""


def test_an_untitled_document_that_is_left_is_among_the_recent_ones(start_dojo, named):
    dojo = start_dojo()
    dojo.session.add_digit(digit(1), 1, "canvas")
    untitled = dojo.session.document.path
    dojo.commands.open(named)
    assert dojo.settings.recent == [named, untitled]
    trigger(dojo, "new")  # nothing was ever in this one: leaving it leaves no trace
    trigger(dojo, "new")
    assert dojo.settings.recent == [named, untitled]
    dojo.commands.open(untitled)
    assert dojo.session.document.samples.count() == 1


def test_recent_documents_are_listed_newest_first_and_opened(start_dojo, qtbot, named, tmp_path):
    other = tmp_path / "R&D.dojo"
    Document.create(other).close()
    dojo = start_dojo(named)
    dojo.commands.open(other)
    menu = dojo.window.menus.recent
    assert [action.text() for action in menu.actions()][:2] == ["&1  R&&D.dojo", "&2  named.dojo"]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: dojo.session.document.path == named)
    menu.actions()[-1].trigger()
    assert dojo.settings.recent == []
    assert not menu.isEnabled()


@pytest.mark.parametrize("command", ["new", "open", "save_as"])
def test_while_a_training_runs_a_document_is_only_left_after_stopping_it(
    start_dojo, qtbot, named, answers, tmp_path, command
):
    dojo = start_dojo(named)
    other = tmp_path / "other.dojo"
    Document.create(other).close()
    answers.open_path, answers.save_path = other, tmp_path / "copy.dojo"
    train_for_long(dojo, qtbot)
    trigger(dojo, command)
    assert dojo.session.document.path == named
    assert dojo.window.strip.kind() is Kind.WARNING
    press(dojo, "Stop and go on")
    qtbot.waitUntil(lambda: dojo.session.document.path != named)
    assert not dojo.controller.is_active


def test_closing_while_a_training_runs_ends_it(start_dojo, qtbot, named):
    dojo = start_dojo(named)
    train_for_long(dojo, qtbot)
    dojo.window.close()
    assert dojo.shutdown()
    assert not dojo.controller.is_active


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage \x80" * 50,
        pytest.param(
            b"[General]\nlanguage=klingon\ntheme=@Variant(\\0\\0\\0\\x7f)\nrecent={]\ngeometry=@Rect(1)\n",
            marks=pytest.mark.expects("QVariant::load"),
        ),
        b"[General]\nlanguage=ja, en\ntheme=\nrecent=7\nlast_document=@ByteArray(x)\ngeometry=nonsense\n",
        b'[General]\nrecent="[1, null, {}]"\nlast_document=/no/such/file.dojo\n',
    ],
)
def test_damaged_settings_only_mean_that_the_window_forgot(start_dojo, tmp_path, content):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.ini").write_bytes(content)
    dojo = start_dojo()
    assert dojo.settings.language == "system" and dojo.settings.theme == "system"
    assert dojo.settings.recent == []
    assert dojo.window.isVisible()


def test_settings_come_back_as_they_were(tmp_path, named):
    settings = Settings(tmp_path / "s.ini")
    settings.language, settings.theme, settings.has_trained = "ja", "dark", True
    settings.last_document = named
    settings.remember(named)
    settings.save()
    again = Settings(tmp_path / "s.ini")
    assert (again.language, again.theme, again.has_trained) == ("ja", "dark", True)
    assert again.last_document == named and again.recent == [named]
    again.last_document = None
    assert again.last_document is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")
@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_a_file_that_goes_under_the_open_window_is_said_and_saved_again(
    start_dojo, named, answers, tmp_path, how
):
    dojo = start_dojo(named)
    if how == "deleted":
        named.unlink()
    else:
        named.rename(tmp_path / "moved.dojo")
    dojo.session.add_digit(digit(3), 3, "canvas")
    assert dojo.window.strip.kind() is Kind.WARNING
    assert dojo.window.strip.text().startswith("named.dojo is not where it was")
    dojo.window.strip.dismiss()
    dojo.session.add_digit(digit(4), 4, "canvas")
    assert dojo.window.strip.texts() == []  # said once
    dojo.session.trained()  # what could not be trained may have its reason there
    answers.save_path = named
    press(dojo, "Save As…")
    assert dojo.session.document.path == named and named.is_file()
    assert dojo.session.document.samples.count() == 4
    dojo.window.strip.dismiss()
    dojo.session.add_digit(digit(5), 5, "canvas")
    assert dojo.window.strip.texts() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")
def test_the_file_is_looked_for_when_the_window_is_in_front_again(start_dojo, qapp, named):
    dojo = start_dojo(named)
    named.unlink()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert dojo.window.strip.kind() is Kind.WARNING


def test_save_as_keeps_the_page_the_drawing_and_the_settings_of_the_next_training(
    start_dojo, qtbot, answers, tmp_path
):
    dojo = start_dojo()
    dojo.window.show_page("data")
    answers.save_path = tmp_path / "empty.dojo"
    trigger(dojo, "save_as")
    assert dojo.window.page == "data"
    dojo.session.add_digit(digit(1), 1, "canvas")
    dojo.window.show_page("train")
    with qtbot.waitSignal(dojo.controller.run_ended):
        dojo.controller.start(TrainConfig(epochs=3, batch_size=50))
    log = dojo.train_page.run_view.log.toPlainText()
    assert "Epoch 3/3" in log
    dojo.train_page.form.set_config(TrainConfig(epochs=77))
    dojo.window.show_page("train")
    answers.save_path = tmp_path / "named.dojo"
    trigger(dojo, "save_as")
    assert dojo.window.page == "train"
    assert dojo.train_page.form.config() == TrainConfig(epochs=77)
    assert dojo.train_page.run_view.log.toPlainText() == log


def test_an_undo_away_from_the_data_page_says_what_it_did_and_can_be_taken_back(start_dojo, named):
    dojo = start_dojo(named)
    dojo.session.add_digit(digit(3), 3, "canvas")
    trigger(dojo, "undo")
    trigger(dojo, "redo")
    assert dojo.window.strip.texts() == []  # on the Data page it is seen
    dojo.window.show_page("train")
    trigger(dojo, "undo")
    assert dojo.session.document.samples.count() == 2
    assert dojo.window.strip.text() == "The last change of your digits was taken back."
    press(dojo, "Redo")
    assert dojo.session.document.samples.count() == 3
    press(dojo, "Undo")
    assert dojo.session.document.samples.count() == 2
