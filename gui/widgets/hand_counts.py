"""How many own digits there are of each kind, against how many are enough."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.sample_words import number

GOAL = 5  # of each digit: from there on little is gained (bench/recognition/few_shot.py)


class HandCounts(QWidget):
    """Ten tiles, ``handCounts``: the digit, a mark for each one written up to GOAL, and the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handCounts")
        self.counts = [0] * 10
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_counts(self, counts: list[int]) -> None:
        """Show ten numbers."""
        self.counts = list(counts)
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Your own digits"))
        told = (
            self.tr("Digit {0}: {1}").format(digit, number(count)) for digit, count in enumerate(self.counts)
        )
        self.setAccessibleDescription(", ".join(told))

    def sizeHint(self) -> QSize:
        """Room for a digit, five marks and a number in each tile."""
        line = self.fontMetrics().height()
        return QSize(10 * round(2.2 * line), round(2.3 * line) + GOAL * self._mark())

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles; marks fill from below."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, mark = self.fontMetrics().height(), self._mark()
        middle = Qt.AlignmentFlag.AlignCenter
        for digit, count in enumerate(self.counts):
            left, right = digit * self.width() / 10, (digit + 1) * self.width() / 10
            painter.setPen(self.palette().windowText().color() if count else colors.warning)
            painter.drawText(QRectF(left, 0, right - left, line), middle, number(count))
            painter.setPen(Qt.PenStyle.NoPen)
            for place in range(GOAL):
                painter.setBrush(colors.accent if place < count else colors.line)
                top = line + 2 + (GOAL - 1 - place) * mark
                painter.drawRoundedRect(QRectF(left + 4, top + 1, right - left - 8, mark - 2), 2, 2)
            painter.setPen(colors.quiet)
            painter.drawText(QRectF(left, line + 4 + GOAL * mark, right - left, line), middle, str(digit))
        painter.end()

    def _mark(self) -> int:
        return max(6, round(self.fontMetrics().height() * 0.5))
