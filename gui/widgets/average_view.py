"""The average training digit of the answered class, beside what the model sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SIDE = 28
LEAST, MOST = 2, 4  # screen pixels for each of the digit's


class AverageView(QWidget):
    """Shows a digit under its name, ``averageView``; in a window without room for it, nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("averageView")
        self._label: int | None = None
        self._digit: NDArray[np.uint8] | None = None
        self._is_starter = False
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def digit(self) -> NDArray[np.uint8] | None:
        """Return what is shown, (28, 28) uint8, or None."""
        return self._digit

    def show_average(
        self, label: int | None, digit: NDArray[np.uint8] | None = None, is_starter: bool = False
    ) -> None:
        """Show the average (28, 28) uint8 ``digit`` of class ``label``, or nothing."""
        if label != self._label or digit is not self._digit or is_starter != self._is_starter:
            self._label = label if digit is not None else None
            self._digit, self._is_starter = digit, is_starter
            self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        if self._label is None:
            self._title, tip = "", ""
        elif self._is_starter:
            self._title = self.tr("Average starter {0}").format(self._label)
            tip = self.tr("The average {0} of the starter digits; the shipped model learnt from their kind")
        else:
            self._title = self.tr("Average {0}").format(self._label)
            tip = self.tr("The average {0} of the digits that this run has learnt from")
        self.setToolTip(tip.format(self._label))
        self.setAccessibleName(self._title or self.tr("Average digit"))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it gets, with its name over it."""
        return QSize(MOST * SIDE, MOST * SIDE + self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Nothing: the answer itself comes first where the window is small."""
        return QSize(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name and digit, with whole screen pixels for each of the digit's."""
        line = self.fontMetrics().height() + 2
        pixel = min(MOST, min(self.width(), self.height() - line) // SIDE)
        if self._digit is None or pixel < LEAST:
            return
        colors = theme.colors(self.palette())
        side = pixel * SIDE
        square = QRect((self.width() - side) // 2, line, side, side)
        painter = QPainter(self)
        painter.setPen(colors.quiet)
        around = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(0, 0, self.width(), line - 2), around, self._title)
        pixels = np.ascontiguousarray(self._digit)
        painter.drawImage(square, QImage(pixels.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8))
        painter.setPen(QPen(colors.line, 1))
        painter.drawRect(square.adjusted(0, 0, -1, -1))
        painter.end()
