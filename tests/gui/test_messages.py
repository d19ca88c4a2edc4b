"""Messages: a sentence for every error, rows that stay or fade as their kind says, never in the pen's way."""

from __future__ import annotations

import string
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.errors import Code, EngineError
from engine.sentences import ENGLISH
from gui import messages
from gui.excepthook import Excepthook
from gui.i18n import Translation
from gui.messages import Kind
from gui.widgets import message_row
from gui.widgets.message_strip import MessageStrip


@pytest.fixture
def strip(qtbot) -> Iterator[MessageStrip]:
    strip = MessageStrip()
    window = QWidget()
    QVBoxLayout(window).addWidget(strip)
    qtbot.addWidget(window)
    window.resize(800, 300)
    window.show()
    qtbot.waitExposed(window)
    yield strip
    del window  # held until here: only weak references would be left


def fields_of(code: Code) -> dict[str, str]:
    return {name: f"«{name}»" for _, name, _, _ in string.Formatter().parse(ENGLISH[code]) if name}


def press(qtbot, strip: MessageStrip, kind: type, text: str = "") -> None:
    """Click the button that is seen, once it has slid in."""

    def seen():
        return [found for found in strip.findChildren(kind) if found.isVisible() and found.text() == text]

    qtbot.waitUntil(lambda: bool(seen()) and seen()[0].visibleRegion().boundingRect() == seen()[0].rect())
    QTest.mouseClick(seen()[0], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("code", list(Code))
def test_every_error_has_a_sentence_with_its_fields(qapp, translations, system_again, code, language):
    Translation(qapp, translations).use(language)
    fields = fields_of(code)
    text = messages.sentence_of(EngineError(code, **fields))
    assert text == messages.sentence_of_code(code.value, fields)
    assert all(value in text for value in fields.values())
    assert any("ぁ" <= letter <= "ヿ" for letter in text) == (language == "ja")


def test_an_empty_strip_takes_no_room(strip):
    assert strip.objectName() == "messageStrip"
    assert strip.isHidden()
    assert strip.text() == "" and strip.kind() is None


def test_a_message_shows_its_words_to_eyes_and_to_assistive_tools(strip):
    strip.show_message("success", "Saved.")
    assert not strip.isHidden()
    assert (strip.text(), strip.kind()) == ("Saved.", Kind.SUCCESS)
    assert "Saved." in [label.accessibleName() for label in strip.findChildren(QLabel)]
    assert strip.findChild(QToolButton).accessibleName()


@pytest.mark.parametrize("kind", ["info", "success"])
def test_good_news_fades(strip, qtbot, monkeypatch, kind):
    monkeypatch.setattr(message_row, "FADE_MS", 10)
    strip.show_message(kind, "Here.")
    qtbot.waitUntil(strip.isHidden)


@pytest.mark.parametrize("kind", ["warning", "error"])
def test_bad_news_waits_to_be_closed(strip, qtbot, monkeypatch, kind):
    monkeypatch.setattr(message_row, "FADE_MS", 1)
    strip.show_message(kind, "Broken.")
    strip.show_message("info", "Here.")
    qtbot.waitUntil(lambda: strip.texts() == ["Broken."])
    press(qtbot, strip, QToolButton)
    assert strip.texts() == [] and strip.isHidden()


def test_an_action_is_called_once_and_its_message_goes(strip, qtbot):
    calls = []
    strip.show_message("warning", "A training is running.", "Stop it", lambda: calls.append(1))
    press(qtbot, strip, QPushButton, "Stop it")
    assert calls == [1]
    assert strip.isHidden()


def test_the_newest_is_seen_and_three_are_kept(strip):
    for number in range(5):
        strip.show_message("error", f"Error {number}")
    assert strip.texts() == ["Error 4", "Error 3", "Error 2"]


def test_good_news_does_not_fade_unread_under_an_error(strip, qtbot, monkeypatch):
    monkeypatch.setattr(message_row, "FADE_MS", 10)
    strip.show_message("info", "Here.")
    strip.show_message("error", "Broken.")
    strip.show_message("info", "Later.")
    qtbot.waitUntil(lambda: strip.texts() == ["Broken.", "Here."])  # the later one is the first to fade
    assert [label.text() for label in strip.findChildren(QLabel) if label.isVisible()][-1] == "Broken."
    press(qtbot, strip, QToolButton)
    assert strip.texts() == ["Here."] and not strip.isHidden()
    qtbot.waitUntil(strip.isHidden)


def test_the_same_message_is_not_repeated(strip):
    for _ in range(3):
        strip.show_message("error", "Broken.")
    assert strip.texts() == ["Broken."]


def test_markup_in_a_file_name_is_shown_as_it_is(strip):
    strip.show_message("error", "<b>x</b>.png")
    assert strip.findChildren(QLabel)[-1].textFormat() == Qt.TextFormat.PlainText


def test_a_message_waits_until_the_pen_is_up(strip, qtbot):
    pen = MessageStrip()  # any widget under the pressed button
    qtbot.addWidget(pen)
    pen.setVisible(True)
    QTest.mousePress(pen, Qt.MouseButton.LeftButton)
    strip.show_message("success", "Trained.")
    shown_while_down = strip.texts()
    QTest.mouseRelease(pen, Qt.MouseButton.LeftButton)
    assert shown_while_down == []
    qtbot.waitUntil(lambda: strip.texts() == ["Trained."])


def test_an_error_is_said_in_the_new_language_when_it_is_switched(
    strip, qapp, qtbot, translations, system_again
):
    translation = Translation(qapp, translations)
    translation.use("en")
    error = EngineError(Code.FILE_MISSING, path="a.png")
    strip.show_error(error)
    assert strip.text() == ENGLISH[Code.FILE_MISSING].format(path="a.png")
    translation.use("ja")
    qtbot.waitUntil(lambda: strip.text() == messages.sentence_of(error))
    assert "ファイル" in strip.text()


@pytest.fixture
def hook(qapp):
    hook = Excepthook()
    hook.install()
    yield hook
    hook.uninstall()


@pytest.mark.expects("log record ERROR gui.excepthook")
def test_an_exception_in_a_thread_is_logged_and_said_on_the_windows_thread(hook, qtbot, caplog):
    heard = []
    hook.internal.connect(lambda error: heard.append((error, threading.current_thread())))

    def fail() -> None:
        raise ZeroDivisionError("seven")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert heard == []  # queued, not called from there
    qtbot.waitUntil(lambda: len(heard) == 1)
    error, where = heard[0]
    assert error.code is Code.INTERNAL
    assert error.fields["detail"] == "ZeroDivisionError: seven"
    assert where is threading.main_thread()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.expects("log record ERROR gui.excepthook")
def test_an_unraisable_exception_is_said_too(hook, qtbot):
    class Odd:
        def __del__(self) -> None:
            raise ValueError("gone")

    with qtbot.waitSignal(hook.internal) as heard:
        Odd()
    assert heard.args[0].fields["detail"] == "ValueError: gone"
