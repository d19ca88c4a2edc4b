"""What augmentation makes of a digit: itself, and as a training would show it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.digit_sheet import SIDE, place_on_sheet, sheet_of

SHOWN = 6  # the digit itself and five of its variations


class AugmentPreview(QWidget):
    """A row of small pictures; pressed, it asks for another digit.

    Args:
        name: its object name.
        side: about how many pixels a picture gets.

    Signals:
        another_requested: another digit should be shown.
    """

    another_requested = Signal()

    def __init__(self, name: str = "augmentPreview", side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._side = side
        self._pixels = b""
        self._sheet = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self.hide()

    @property
    def pixels(self) -> bytes:
        """What is shown, 28 · 28 bytes a picture, the digit itself first."""
        return self._pixels

    def show_pictures(self, pixels: bytes) -> None:
        """Show a digit and its variations; nothing at all where there is none."""
        self._pixels = pixels
        self._sheet = sheet_of(pixels, self.palette())
        self.setVisible(bool(pixels))
        self.update()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("A digit as augmentation varies it"))
        self.setToolTip(
            self.tr(
                "On the left a digit of yours, beside it as a training shows it to the network. "
                "Press for another one."
            )
        )
        self.setAccessibleDescription(self.toolTip())

    def sizeHint(self) -> QSize:
        return QSize(SHOWN * (self._side + 12), self.fontMetrics().height() + self._side + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caption and the pictures."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        line = self.fontMetrics().height()
        painter.setPen(colors.quiet)
        painter.drawText(0, self.fontMetrics().ascent(), self.tr("A training shows a digit like this:"))
        side = min(self.height() - line - 6, self.width() / SHOWN - 6)
        for index in range(len(self._pixels) // SIDE**2):
            place = QRectF(1 + index * (side + 6), line + 4, side, side)
            painter.drawPixmap(place, self._sheet, place_on_sheet(index))
            painter.setPen(QPen(colors.accent if index == 0 else colors.line, 1))
            painter.drawRect(place)
        if self.hasFocus():
            painter.setPen(QPen(colors.accent, 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for another digit."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.another_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for another digit with the space bar."""
        if event.key() == Qt.Key.Key_Space:
            self.another_requested.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.update()
        elif event.type() == QEvent.Type.PaletteChange:
            self._sheet = sheet_of(self._pixels, self.palette())
