"""The average training digit of the answered class, beside what the model sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

if TYPE_CHECKING:
    from gui.average_reader import Averages

SIDE = 28
LEAST = 2  # screen pixels for each of the digit's


class AverageView(QWidget):
    """Shows a digit under its name, ``averageView``; in a window without room for it, nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("averageView")
        self._label: int | None = None
        self._digit: NDArray[np.uint8] | None = None
        self._averages: Averages | None = None
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def digit(self) -> NDArray[np.uint8] | None:
        """Return what is shown, (28, 28) uint8, or None."""
        return self._digit

    def show_average(self, label: int | None, averages: Averages | None = None) -> None:
        """Show the digit of class ``label`` among ``averages``, or nothing."""
        digit = averages.digits[label] if averages is not None and label is not None else None
        label = label if digit is not None else None
        if label != self._label or digit is not self._digit or averages is not self._averages:
            self._label, self._digit, self._averages = label, digit, averages
            self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        if self._label is None or self._averages is None:
            self._title, tip = "", ""
        elif self._averages.is_starter:
            self._title = self.tr("Average starter {0}").format(self._label)
            tip = self.tr("The average {0} of the starter digits; the shipped model learnt from their kind")
        else:
            self._title = self.tr("Average {0}").format(self._label)
            tip = self.tr("The average {0} of the digits that this run has learnt from")
            if self._averages.has_rehearsed:
                tip = self.tr(
                    "The average {0} that this run was shown while it learned: "
                    "your own digits, and the starter digits that it rehearsed"
                )
        self.setToolTip(tip.format(self._label))
        self.setAccessibleName(self._title or self.tr("Average digit"))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        """Enough for its name and a small picture; who shows it beside another says how large it is."""
        return QSize(LEAST * SIDE, LEAST * SIDE + self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Nothing: what the model sees comes first where there is little room."""
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
        pixel = min(self.width(), self.height() - line) // SIDE
        if self._digit is None or pixel < LEAST:
            return
        colors = theme.colors(self.palette())
        side = pixel * SIDE
        square = QRect((self.width() - side) // 2, line, side, side)
        painter = QPainter(self)
        painter.setPen(colors.quiet)
        title = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignCenter, title)
        pixels = np.ascontiguousarray(self._digit)
        painter.drawImage(square, QImage(pixels.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8))
        painter.setPen(QPen(colors.line, 1))
        painter.drawRect(square.adjusted(0, 0, -1, -1))
        painter.end()
