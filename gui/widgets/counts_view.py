"""How many digits there are of each kind: a bar and a number for 0–9 and for those without a label."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.widgets.sample_grid_model import ANY, NO_LABEL
from gui.widgets.sample_words import number

BARS = 11  # 0–9, then no label


class CountsView(QWidget):
    """Eleven bars; a click on one asks to see only those digits, a second click all again.

    Signals:
        label_chosen: (int) 0–9, -1 for no label, or ANY.
    """

    label_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("countsView")
        self._counts = [0] * BARS
        self._chosen = ANY
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Number of digits of each label"))
        self._describe()

    def counts(self) -> list[int]:
        """Return what is shown: ten counts, then how many have no label."""
        return list(self._counts)

    def set_counts(self, counts: list[int]) -> None:
        """Show ten counts and how many have no label."""
        if counts != self._counts:
            self._counts = list(counts)
            self._describe()
            self.update()

    def set_chosen(self, label: int) -> None:
        """Mark the label that is filtered for; ANY for none."""
        self._chosen = label
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a number, a bar and a label, one above the other."""
        line = self.fontMetrics().height()
        return QSize(BARS * 4 * self.fontMetrics().averageCharWidth(), round(line * 4.4))

    def minimumSizeHint(self) -> QSize:
        """Room for three figures a bar."""
        return QSize(BARS * 3 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer, or none when it is chosen already."""
        if event.button() == Qt.MouseButton.LeftButton:
            label = self._label_at(event.position().toPoint().x())
            self.label_chosen.emit(ANY if label == self._chosen else label)

    def event(self, event: QEvent) -> bool:
        """Tell what a bar counts when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._sentence(index), self, self._column(index))
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars to the scale of the largest."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        room = self.height() - 2 * line - 4
        largest = max(1, *self._counts)
        for index, count in enumerate(self._counts):
            column = self._column(index)
            height = 0 if count == 0 else max(2.0, room * count / largest)
            bar = QRectF(column.left() + 3, line + 2 + room - height, column.width() - 6, height)
            painter.setPen(Qt.PenStyle.NoPen)
            is_label = index < BARS - 1
            painter.setBrush(colors.accent if is_label else colors.warning)
            painter.setOpacity(1.0 if self._chosen in (ANY, _label(index)) else 0.35)
            painter.drawRoundedRect(bar, 2, 2)
            painter.setOpacity(1.0)
            painter.setPen(self.palette().color(self.foregroundRole()) if count else colors.quiet)
            top = round(bar.top()) - line - 1
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRect(column.left(), top, column.width(), line), middle, number(count))
            painter.setPen(colors.quiet)
            base = QRect(column.left(), self.height() - line - 1, column.width(), line)
            painter.drawText(base, middle, str(index) if is_label else "?")
        painter.setPen(colors.line)
        painter.drawLine(0, self.height() - line - 2, self.width(), self.height() - line - 2)
        painter.end()

    def _column(self, index: int) -> QRect:
        left, right = index * self.width() // BARS, (index + 1) * self.width() // BARS
        return QRect(left, 0, right - left, self.height())

    def _index_at(self, x: int) -> int:
        return min(BARS - 1, max(0, x * BARS // max(1, self.width())))

    def _label_at(self, x: int) -> int:
        return _label(self._index_at(x))

    def _sentence(self, index: int) -> str:
        count = self._counts[index]
        if index == BARS - 1:
            return self.tr("Without a label: {0}").format(number(count))
        return self.tr("Digit {0}: {1}").format(index, number(count))

    def _describe(self) -> None:
        self.setAccessibleDescription(", ".join(self._sentence(index) for index in range(BARS)))


def _label(index: int) -> int:
    return index if index < BARS - 1 else NO_LABEL
