"""The tour: the program's main job, done by real mouse and key events, with a picture of every page.

It needs no display, touches none of the user's files, and feeds the pictures of the README.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QPoint,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from engine.cli.output import Output
from engine.errors import Code, EngineError
from engine.sentences import system_language
from gui.display import displays
from gui.excepthook import Excepthook
from gui.tour_hand import draw, pause

if TYPE_CHECKING:
    from gui.app import Dojo

SIZE = (1280, 720)
EPOCHS = 5
PATIENCE_SECONDS = 300  # for one thing to happen; a tour on a busy machine is slow, not wrong
STILL_TRIES = 20  # looks at the window until two are alike, since PyTorch loads meanwhile
ENOUGH = 9  # of the ten digits read right


def run_tour(folder: Path) -> int:
    """Take the tour and leave its pictures in ``folder``.

    Returns:
        0 when a digit was drawn, a network trained and at least 9 of ten drawn digits read right; else 1,
        or 2 with one sentence when the pictures cannot be written or something unforeseen happened.
    """
    output = Output(system_language(), as_json=False)
    if QGuiApplication.instance() is None and not displays():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        output.error(EngineError(Code.FOLDER_UNWRITABLE, path=folder))
        return 2
    from gui.app import Dojo, make_application

    previous = qInstallMessageHandler(_on_qt_message)
    application = make_application()
    hook, unforeseen = Excepthook(), list[EngineError]()
    hook.internal.connect(unforeseen.append)
    hook.install()
    with tempfile.TemporaryDirectory(prefix="digit-dojo-tour-", ignore_cleanup_errors=True) as home:
        dojo = Dojo(application, Path(home))
        try:
            status = Tour(dojo, folder, output).take()
            for error in unforeseen:  # a slot failed, and the window went on
                output.error(error)
            return 2 if unforeseen else status
        except (LookupError, RuntimeError, TimeoutError) as failure:
            output.error(EngineError(Code.INTERNAL, detail=f"tour: {failure}"))
            return 2
        finally:
            dojo.window.close()
            dojo.shutdown()
            # windows go for good here, not in the interpreter's last moments
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            hook.uninstall()
            qInstallMessageHandler(previous)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but not what it says of every window that has no screen."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


class Tour:
    """Drives one window as a newcomer would."""

    def __init__(self, dojo: Dojo, folder: Path, output: Output) -> None:
        self._dojo = dojo
        self._folder = folder
        self._output = output
        self._pictures = 0

    def take(self) -> int:
        """Go all the way and return the exit status."""
        dojo = self._dojo
        dojo.open(language="en", look="light")
        dojo.window.resize(*SIZE)
        self._wait("the window", dojo.window.isVisible)
        self._take_pictures_of("welcome")
        self._add_starter_digits()
        self._train()
        right = self._read_ten_digits()
        self._store_a_digit()
        for page in ("data", "train", "test", "runs"):
            self._show(page)
            self._take_pictures_of(page)
        self._output.text(
            f"{self._pictures} pictures are in {self._folder}.",
            f"画像 {self._pictures} 枚を {self._folder} に保存しました。",
        )
        return 0 if right >= ENOUGH else 1

    # -- the main job --------------------------------------------------------------------------------

    def _add_starter_digits(self) -> None:
        self._click("welcomeStarter")
        samples = self._dojo.session.document.samples
        self._wait("the starter digits", lambda: self._dojo.window.page == "train")
        self._output.text(
            f"Added {samples.count():,} starter digits with one click.",
            f"付属の数字 {samples.count():,} 個を 1 クリックで追加しました。",
        )

    def _train(self) -> None:
        spin = self._find("epochsSpin")
        spin.setFocus()
        QTest.keyClick(spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(spin, str(EPOCHS))
        QTest.keyClick(spin, Qt.Key.Key_Tab)
        endings: list[object] = []
        self._dojo.controller.run_ended.connect(endings.append)
        self._click("trainButton")
        self._wait("the training", lambda: bool(endings))
        record = self._dojo.session.document.runs.last()
        if record is None or record.val_accuracy is None:
            raise RuntimeError(f"the training did not end well: {endings}")
        seconds = endings[0].seconds  # type: ignore[attr-defined]
        self._output.text(
            f"Trained {EPOCHS} epochs in {seconds:.1f} s: "
            f"{record.val_accuracy:.1%} of {record.val_images:,} validation digits are read right.",
            f"{EPOCHS} エポックを {seconds:.1f} 秒で学習しました。検証用 {record.val_images:,} 個の正解率は "
            f"{record.val_accuracy:.1%} です。",
        )

    def _read_ten_digits(self) -> int:
        """Draw 0 to 9 with the mouse; return how many were read right."""
        self._show("test")
        canvas = self._find("testCanvas")
        read = {}
        for digit in (0, 1, 2, 4, 5, 6, 7, 8, 9, 3):  # a 3 stays for the pictures
            if self._answer():
                self._click("clearButton", within=self._dojo.test_page)
                self._wait("an empty canvas", lambda: self._answer() == "")
            draw(canvas, digit)
            self._wait("an answer", lambda: self._answer() != "")
            self._settle()
            read[digit] = self._answer()
        right = sum(text == str(digit) for digit, text in read.items())
        answers = " ".join(f"{digit}→{text}" for digit, text in sorted(read.items()))
        self._output.text(
            f"Drew ten digits with the mouse; {right} were read right: {answers}",
            f"数字 10 個をマウスで書き、{right} 個が正しく読まれました: {answers}",
        )
        return right

    def _store_a_digit(self) -> None:
        self._show("data")
        samples = self._dojo.session.document.samples
        before = samples.count()
        draw(self._find("drawCanvas"), 7)
        self._click("labelButton7")
        self._wait("the stored digit", lambda: samples.count() == before + 1)
        draw(self._find("drawCanvas"), 5)  # for the pictures
        self._output.text(
            "Drew a 7 and stored it with its label.", "7 を書き、ラベルを付けてデータに加えました。"
        )

    # -- pictures ------------------------------------------------------------------------------------

    def _take_pictures_of(self, page: str) -> None:
        """Take a page in both languages, light and dark; leave the window English and light."""
        for language in ("ja", "en"):
            self._dojo.choose_language(language)
            for look in ("dark", "light"):
                self._dojo.choose_theme(look)
                self._picture(f"{page}-{language}-{look}")

    def _picture(self, name: str) -> None:
        self._dojo.window.strip.dismiss()
        self._dojo.window.setFocus()  # no blinking cursor: the picture can come to rest
        seen = None
        for _ in range(STILL_TRIES):
            self._settle()
            before, seen = seen, self._dojo.window.grab().toImage()
            if seen == before:
                break
        if seen is None or not seen.save(str(self._folder / f"{name}.png")):
            raise RuntimeError(f"the picture {name} cannot be written")
        self._pictures += 1

    # -- hands and eyes ------------------------------------------------------------------------------

    def _show(self, page: str) -> None:
        self._click(f"nav{page.capitalize()}")
        self._wait(f"the page {page}", lambda: self._dojo.window.page == page)

    def _answer(self) -> str:
        label = self._dojo.window.findChild(QLabel, "predictedDigit")
        return label.text() if label is not None else ""

    def _find(self, name: str, within: QObject | None = None) -> QWidget:
        found = (within or self._dojo.window).findChild(QWidget, name)
        if not isinstance(found, QWidget):
            raise LookupError(f"no widget named {name}")
        return found

    def _click(self, name: str, within: QObject | None = None) -> None:
        button = self._find(name, within)
        self._wait(f"{name} to be ready", lambda: button.isVisible() and button.isEnabled())
        QTest.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2)
        )

    def _settle(self) -> None:
        """Let everything that was asked for be painted, and a frame's worth of timers run."""
        pause(80)

    def _wait(self, what: str, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {PATIENCE_SECONDS} s in vain for {what}")
            pause(20)
