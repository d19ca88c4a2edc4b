"""Messages at the foot of the window: they slide in, say one thing, and neither stop nor move the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui.messages import Kind, sentence_of
from gui.widgets.message_row import Holds, MessageRow, Words, always

MOST_ROWS = 3
PEN_DOWN_MS = 100  # how often a waiting message looks whether the pen is up


class MessageStrip(QWidget):
    """Keeps up to MOST_ROWS messages and shows the newest; the one before it is seen again when it goes.

    Infos and successes fade, the others stay until they are closed; any of them goes when ``review`` finds
    that it is no longer true. A message that comes while a mouse button or a pen is down waits until it is
    up, so that nothing comes between hand and paper.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self._window: QWidget | None = None  # on which it lies
        self._rows: list[MessageRow] = []
        self._waiting: list[MessageRow] = []
        self._pen = QTimer(self)
        self._pen.setInterval(PEN_DOWN_MS)
        self._pen.timeout.connect(self._show_waiting)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()
        self.hide()

    def lie_on(self, window: QWidget) -> None:
        """Lie at the foot of ``window``, over what is there.

        A message that took room of its own would move what is under it when it comes and again when it
        fades, and somebody who is about to press Clear would press beside it.
        """
        self._window = window
        self.setParent(window)
        window.installEventFilter(self)

    def retranslate(self) -> None:
        """Set the texts of the window's language; messages that know their words say them anew."""
        self.setAccessibleName(self.tr("Messages"))
        for row in self._rows:
            row.retranslate()

    def show_message(
        self,
        kind: Kind | str,
        text: str | Words,
        action: str | Words | None = None,
        on_action: Callable[[], object] | None = None,
        holds: Holds = always,
    ) -> None:
        """Say ``text``, with a button ``action`` that calls ``on_action`` where one is given.

        ``holds`` tells later whether that is still true.
        """
        words = _words(action) if action is not None else None
        row = MessageRow(Kind(kind), _words(text), words, on_action, holds)
        for same in [old for old in self._rows + self._waiting if old.text() == row.text()]:
            self._remove(same)
        self._waiting.append(row)
        self._show_waiting()

    def show_error(self, error: EngineError) -> None:
        """Say what ``error`` means."""
        self.show_message(Kind.ERROR, lambda: sentence_of(error))

    def texts(self) -> list[str]:
        """Return what is kept now, the newest first; that one is seen."""
        return [row.text() for row in self._rows]

    def text(self) -> str:
        """Return the newest message; empty where there is none."""
        return self._rows[0].text() if self._rows else ""

    def kind(self) -> Kind | None:
        """Return the kind of the newest message."""
        return self._rows[0].kind if self._rows else None

    def review(self) -> None:
        """Close what is no longer true; for whenever something was done or has ended."""
        for row in self.kept():
            if not row.holds():
                self._remove(row)

    def refresh(self) -> None:
        """Say anew what has changed meanwhile, as how far something is, and close what is no longer true."""
        self.review()
        for row in self._rows:
            row.retranslate()

    def kept(self) -> list[MessageRow]:
        """Return what has been said until now, seen or not, for ``dismiss``."""
        return self._rows + self._waiting

    def dismiss(self, rows: Sequence[MessageRow] | None = None) -> None:
        """Close every message, or only ``rows``; those that are closed already do not matter."""
        for row in self.kept():
            if rows is None or row in rows:
                self._remove(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the height of the message that is seen, while it slides in too."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        if self._window is not None:
            width, most = self._window.width(), self._window.height()
            height = min(self._layout.totalHeightForWidth(width), most)
            self.setGeometry(0, most - height, width, height)
            self.raise_()

    def _show_waiting(self) -> None:
        if self._waiting and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._pen.start()
            return
        self._pen.stop()
        while self._waiting:
            row = self._waiting.pop(0)
            self._rows.insert(0, row)
            self._layout.insertWidget(0, row)
            row.closed.connect(self._remove)
            self._show_newest()
            row.appear()
        for old in self._rows[MOST_ROWS:]:
            self._remove(old)

    def _remove(self, row: MessageRow) -> None:
        if row in self._waiting:
            self._waiting.remove(row)
        if row in self._rows:
            self._rows.remove(row)
            self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_newest()

    def _show_newest(self) -> None:
        for number, row in enumerate(self._rows):
            row.setVisible(number == 0)
        self.setVisible(bool(self._rows))
        self._settle()


def _words(text: str | Words) -> Words:
    return (lambda: text) if isinstance(text, str) else text
