"""Messages under the menu: they slide in, say one thing, and never stop the work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from gui import icons, theme
from gui.messages import Kind, sentence_of

MOST_ROWS = 3
FADE_MS = 7_000  # long enough to read two lines twice
SLIDE_MS = 160
PEN_DOWN_MS = 100  # how often a waiting message looks whether the pen is up

Words = Callable[[], str]  # asked again when the language changes


class MessageStrip(QWidget):
    """Up to MOST_ROWS messages, the newest on top.

    Infos and successes fade, warnings and errors stay until they are closed. A message that comes while a
    mouse button or a pen is down waits until it is up, so that no drawing jumps away under the hand.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self._rows: list[_Row] = []
        self._waiting: list[_Row] = []
        self._pen = QTimer(self)
        self._pen.setInterval(PEN_DOWN_MS)
        self._pen.timeout.connect(self._show_waiting)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()
        self.hide()

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
    ) -> None:
        """Say ``text``, with a button ``action`` that calls ``on_action`` where one is given."""
        row = _Row(Kind(kind), _words(text), _words(action) if action is not None else None, on_action)
        for same in [old for old in self._rows + self._waiting if old.text() == row.text()]:
            self._remove(same)
        self._waiting.append(row)
        self._show_waiting()

    def show_error(self, error: EngineError) -> None:
        """Say what ``error`` means."""
        self.show_message(Kind.ERROR, lambda: sentence_of(error))

    def texts(self) -> list[str]:
        """Return what is shown now, the newest first."""
        return [row.text() for row in self._rows]

    def text(self) -> str:
        """Return the newest message; empty where there is none."""
        return self._rows[0].text() if self._rows else ""

    def kind(self) -> Kind | None:
        """Return the kind of the newest message."""
        return self._rows[0].kind if self._rows else None

    def dismiss(self) -> None:
        """Close every message."""
        for row in self._rows + self._waiting:
            self._remove(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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
            row.show()
            self.show()
            row.appear()
        for old in self._rows[MOST_ROWS:]:
            self._remove(old)

    def _remove(self, row: _Row) -> None:
        if row in self._waiting:
            self._waiting.remove(row)
        if row in self._rows:
            self._rows.remove(row)
            self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))


class _Row(QFrame):
    """One message. Signal ``closed`` gives the row itself."""

    closed = Signal(object)

    def __init__(
        self, kind: Kind, text: Words, action: Words | None, on_action: Callable[[], object] | None
    ) -> None:
        super().__init__()
        self.kind = kind
        self._words = text
        self._action_words = action
        self._on_action = on_action
        self._mark = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.clicked.connect(lambda: self.closed.emit(self))
        row = QHBoxLayout(self)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._action.setVisible(action is not None)  # only now it has a parent and is no window
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self._end)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(lambda: self.setMaximumHeight(16_777_215))
        self.retranslate()
        self._recolor()

    def text(self) -> str:
        """Return the message."""
        return self._label.text()

    def retranslate(self) -> None:
        """Say the same in the window's language."""
        self._label.setText(self._words())
        self._label.setAccessibleName(self._words())
        if self._action_words is not None:
            self._action.setText(self._action_words())
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))

    def appear(self) -> None:
        """Slide in and tell screen readers."""
        announcement = QAccessibleAnnouncementEvent(self, self.text())
        if self.kind in (Kind.ERROR, Kind.WARNING):
            announcement.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(announcement)
        if self.isVisible():
            self._slide.setStartValue(0)
            self._slide.setEndValue(self.sizeHint().height())
            self._slide.start()
        if self.kind in (Kind.INFO, Kind.SUCCESS):
            self._fade.start(FADE_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the bar at the left that tells the kind without colour vision's help."""
        painter = QPainter(self)
        window = self.palette().color(self.backgroundRole())
        painter.fillRect(self.rect(), theme.mixed(self._color(), window, 0.13))
        painter.fillRect(0, 0, max(3, self.fontMetrics().height() // 4), self.height(), self._color())

    def _recolor(self) -> None:
        size = self.fontMetrics().height()
        names = {Kind.INFO: "info", Kind.SUCCESS: "success", Kind.WARNING: "warning", Kind.ERROR: "error"}
        self._mark.setPixmap(icons.icon(names[self.kind], self._color()).pixmap(QSize(size, size)))
        self._close.setIcon(icons.icon("close", self.palette().color(self.foregroundRole())))

    def _color(self) -> QColor:
        colors = theme.colors(self.palette())
        return {
            Kind.INFO: colors.accent,
            Kind.SUCCESS: colors.good,
            Kind.WARNING: colors.warning,
            Kind.ERROR: colors.bad,
        }[self.kind]

    def _act(self) -> None:
        self.closed.emit(self)
        if self._on_action is not None:
            self._on_action()

    def _end(self) -> None:
        if self.underMouse() or self._label.hasFocus():  # someone reads it
            self._fade.start(FADE_MS)
        else:
            self.closed.emit(self)


def _words(text: str | Words) -> Words:
    return (lambda: text) if isinstance(text, str) else text
