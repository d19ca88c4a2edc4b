"""One message of the strip: its mark, its words, perhaps a button, and a way to close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from gui import icons, theme
from gui.messages import Kind

FADE_MS = 7_000  # long enough to read two lines twice; only while it is seen
SLIDE_MS = 160
ROOM = 4  # pixels above and below: with them a line is no higher than the status bar and the page's margin

Words = Callable[[], str]  # asked again when the language changes
Holds = Callable[[], bool]  # asked again when something has happened


def always() -> bool:
    """Hold whatever happens."""
    return True


class MessageRow(QFrame):
    """One message.

    Args:
        kind: how it looks and whether it fades.
        text: says it, in the window's language of the moment.
        action: the word on its button; None for no button.
        on_action: what the button does.
        holds: False once the message is no longer true.

    Signals:
        closed: the row itself; its owner takes it away.
    """

    closed = Signal(object)

    def __init__(
        self,
        kind: Kind,
        text: Words,
        action: Words | None,
        on_action: Callable[[], object] | None,
        holds: Holds = always,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.holds = holds
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
        margins = row.contentsMargins()
        row.setContentsMargins(margins.left(), ROOM, margins.right(), ROOM)
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

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to fade, where the kind does."""
        super().showEvent(event)
        if self.kind in (Kind.INFO, Kind.SUCCESS):
            self._fade.start(FADE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Do not fade unread under a newer message."""
        super().hideEvent(event)
        self._fade.stop()

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
        name = Kind.INFO if self.kind is Kind.BUSY else self.kind
        self._mark.setPixmap(icons.icon(name.value, self._color()).pixmap(QSize(size, size)))
        self._close.setIcon(icons.icon("close", self.palette().color(self.foregroundRole())))

    def _color(self) -> QColor:
        colors = theme.colors(self.palette())
        return {
            Kind.BUSY: colors.accent,
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
