"""Ten bars of which one can be picked: its digit is the one that is explained."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.confidence_bars import DIGITS, ConfidenceBars


class PickBars(ConfidenceBars):
    """Bars that are pressed, or walked with the arrow keys.

    Signals:
        picked: (int) the digit that was pressed.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._picked: int | None = None
        super().__init__(parent)
        self.setObjectName("whyBars")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the keyboard on the canvas
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        super().retranslate()
        self.setToolTip(self.tr("Press a digit: why is it, or is it not, the answer?"))

    def minimumSizeHint(self) -> QSize:
        """Less wide: of ten numbers at most one is long, and it may reach into its neighbours' room."""
        line = self.fontMetrics().height()
        return QSize(DIGITS * self.fontMetrics().horizontalAdvance("99 %"), round(4.4 * line))

    def sizeHint(self) -> QSize:
        """Low: the maps below need the room."""
        return self.minimumSizeHint()

    def show_picked(self, digit: int | None) -> None:
        """Frame the digit that is explained."""
        if digit != self._picked:
            self._picked = digit
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the digit under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = int(event.position().x() * DIGITS / max(1, self.width()))
            self.picked.emit(min(max(place, 0), DIGITS - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._picked is None:
            super().keyPressEvent(event)
        else:
            self.picked.emit((self._picked + step) % DIGITS)

    def focusInEvent(self, event: QEvent) -> None:
        """Show that the keyboard is here."""
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        """The same."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, and a frame around the picked one."""
        super().paintEvent(event)
        if self._picked is None or not self.shares():
            return
        column = self.width() / DIGITS
        frame = QRectF(self._picked * column, 0, column, self.height()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors(self.palette())
        painter.setPen(QPen(colors.accent if self.hasFocus() else colors.quiet, 1.5))
        painter.drawRoundedRect(frame, 5, 5)
        painter.end()
