"""What the model sees: one canonical digit, 28×28, pixel by pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SIDE = 28


class ModelSeesView(QWidget):
    """Shows a (28, 28) uint8 digit as it is stored: white ink on black, every pixel a square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelSeesView")
        self._digit: NDArray[np.uint8] = np.zeros((SIDE, SIDE), np.uint8)
        self._is_blank = True
        self._pixel = 3
        self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("What the model sees, 28 × 28 pixels"))
        self.setToolTip(self.tr("What the model sees: your digit centred, 28 × 28 pixels"))
        self._describe()

    def digit(self) -> NDArray[np.uint8]:
        """Return what is shown, (28, 28) uint8."""
        return self._digit.copy()

    def show_digit(self, digit: NDArray[np.uint8] | None) -> None:
        """Show ``digit``, (28, 28) uint8, or nothing."""
        self._digit = np.zeros((SIDE, SIDE), np.uint8) if digit is None else np.ascontiguousarray(digit)
        if self._is_blank != (digit is None):
            self._is_blank = digit is None
            self._describe()
        self.update()

    def ask_for(self, pixel: int) -> None:
        """Want ``pixel`` screen pixels for each of the digit's where there is room."""
        self._pixel = pixel
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As many screen pixels for each of the digit's as are wanted."""
        return QSize(self._pixel * SIDE, self._pixel * SIDE)

    def minimumSizeHint(self) -> QSize:
        """Two screen pixels for each of the digit's."""
        return QSize(2 * SIDE, 2 * SIDE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digit in the largest square with whole screen pixels for each of its own."""
        room = min(self.width(), self.height())
        side = room // SIDE * SIDE if room >= SIDE else room
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        if self.palette().cacheKey() != self._colors_key:  # colours take longer than painting
            self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        colors = self._colors
        painter = QPainter(self)
        if self._is_blank:
            painter.fillRect(square, colors.card)
        else:
            image = QImage(self._digit.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
            painter.drawImage(square, image)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(0, 0, -1, -1))
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.tr("Empty") if self._is_blank else self.tr("A digit"))
