"""How often each image was drawn in an epoch: shuffled beside drawn with replacement."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.events import BatchWalked
from gui import theme
from gui.widgets.sample_words import number

TIMES = 5  # 0, 1, 2, 3, and 4 or more


class DrawnView(QWidget):
    """A histogram of two ways of sampling; the one of the run is solid, the other hatched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawnView")
        self._event: BatchWalked | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def show_batch(self, event: BatchWalked | None) -> None:
        """Count up to this batch; None clears the view."""
        self._event = event
        self._describe()
        self.update()

    def counts(self, is_other: bool = False) -> list[int]:
        """Return how many images were drawn 0, 1, 2, 3, 4 or more times in the run, or the other way."""
        if self._event is None:
            return [0] * TIMES
        drawn = self._event.drawn_otherwise if is_other else self._event.drawn
        each = [*drawn, *[0] * TIMES][: TIMES - 1]
        return [*each, sum(drawn[TIMES - 1 :])]

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("How often each image was drawn in this epoch"))
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24 * self.fontMetrics().horizontalAdvance("0"), 17 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 8 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, pairs of bars, and the legend."""
        if self._event is None:
            return
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        line = self.fontMetrics().height()
        text = self.palette().color(self.foregroundRole())
        painter.setPen(text)
        wrap = Qt.TextFlag.TextWordWrap
        title = QRectF(0, 0, self.width(), 2 * line)
        painter.drawText(title, wrap, self.tr("How often each image was drawn in this epoch"))
        legend_top = self.height() - 2 * line - 2
        base = legend_top - line - 6
        top = title.bottom() + line + 4
        own, other = self.counts(), self.counts(is_other=True)
        largest = max(1, *own, *other)
        column = self.width() / TIMES
        for times in range(TIMES):
            left = times * column
            for place, count in enumerate((own[times], other[times])):
                height = 0.0 if count == 0 else max(2.0, (base - top) * count / largest)
                bar = QRectF(left + 4 + place * (column - 8) / 2, base - height, (column - 8) / 2 - 1, height)
                self._paint_bar(painter, bar, place == 0, colors)
            painter.setPen(text if own[times] else colors.quiet)
            highest = (base - top) * max(own[times], other[times]) / largest
            above = QRectF(left - 4, base - highest - line - 1, column + 8, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number(own[times]))
            painter.setPen(colors.quiet)
            below = QRectF(left, base + 1, column, line)
            word = f"{times}×" if times < TIMES - 1 else f"{times}+×"
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, word)
        painter.setPen(QPen(colors.line, 1))
        painter.drawLine(0, round(base), self.width(), round(base))
        self._paint_legend(painter, legend_top, colors)

    def _paint_bar(self, painter: QPainter, bar: QRectF, is_own: bool, colors: theme.Colors) -> None:
        if is_own:
            painter.fillRect(bar, colors.train)
        else:
            painter.fillRect(bar, QBrush(colors.val, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(colors.val, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)

    def _paint_legend(self, painter: QPainter, top: int, colors: theme.Colors) -> None:
        line = self.fontMetrics().height()
        for row, (is_own, words) in enumerate(self._ways()):
            y = top + row * line
            self._paint_bar(painter, QRectF(1, y + line / 2 - 4, 12, 8), is_own, colors)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(QRectF(19, y, self.width() - 19, line), Qt.AlignmentFlag.AlignVCenter, words)

    def _ways(self) -> tuple[tuple[bool, str], tuple[bool, str]]:
        shuffled, replaced = self.tr("shuffled"), self.tr("with replacement")
        is_shuffled = self._event is None or self._event.sampling == "shuffle"
        if is_shuffled:
            return (True, shuffled), (False, self.tr("if {0}").format(replaced))
        return (True, replaced), (False, self.tr("if {0}").format(shuffled))

    def _describe(self) -> None:
        parts = [
            self.tr("{0}×: {1}").format(times if times < TIMES - 1 else f"{times}+", number(count))
            for times, count in enumerate(self.counts())
        ]
        self.setAccessibleDescription(", ".join(parts))
        self.setToolTip(self.accessibleName() + "\n" + ", ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
