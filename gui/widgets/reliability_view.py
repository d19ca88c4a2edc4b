"""The reliability picture: how often answers are right, by how sure the model was."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.training.interval import wilson
from gui import theme
from gui.widgets.percent import percent

if TYPE_CHECKING:
    from engine.training.calibration import Bin

LEAST, MOST = 3.0, 11.0  # pixels: radius of a point with one answer, and with all of them
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class ReliabilityView(QWidget):
    """Points of answers that are equally sure; their size tells how many they are.

    Upright lines are 95 % intervals. Rings joined by dashes are the answers before the temperature, filled
    points those after it: no one needs to see the colours.
    """

    def __init__(self, before: Sequence[Bin], after: Sequence[Bin], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reliabilityView")
        self._before, self._after = tuple(before), tuple(after)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("How often the answers are right, by how sure the model was"))
        said = [
            self.tr("{sure} sure: {right} of {n} right").format(
                sure=percent(bin_.confidence), right=round(bin_.accuracy * bin_.n), n=bin_.n
            )
            for bin_ in self._after
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square of twenty lines."""
        side = 20 * self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return a square of ten lines."""
        side = 10 * self.fontMetrics().height()
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, diagonal, both series and the legend."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self._plot()
        self._paint_axes(painter, place, colors)
        self._paint_series(painter, place, self._before, colors.val, filled=False)
        self._paint_series(painter, place, self._after, colors.train, filled=True)
        self._paint_legend(painter, place, colors)
        painter.end()

    def _plot(self) -> QRectF:
        line = float(self.fontMetrics().height())
        left = self.fontMetrics().horizontalAdvance(percent(1.0)) + 2.0 * line
        side = max(1.0, min(self.width() - left - line, self.height() - 4.2 * line))
        return QRectF(left + max(0.0, (self.width() - left - line - side) / 2), 0.8 * line, side, side)

    def _paint_axes(self, painter: QPainter, place: QRectF, colors: theme.Colors) -> None:
        line = float(self.fontMetrics().height())
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(colors.card)
        painter.drawRect(place)
        painter.setPen(QPen(colors.quiet, 1, Qt.PenStyle.DotLine))
        painter.drawLine(place.bottomLeft(), place.topRight())
        text = self.palette().color(self.foregroundRole())
        painter.setPen(text)
        wide = float(self.fontMetrics().horizontalAdvance(percent(1.0)))
        for tick in TICKS:
            at = self._at(place, tick, tick)
            below = QRectF(at.x() - wide, place.bottom() + 0.2 * line, 2 * wide, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, percent(tick))
            beside = QRectF(place.left() - wide - 0.4 * line, at.y() - line / 2, wide, line)
            painter.drawText(
                beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(tick)
            )
        across = QRectF(0, place.bottom() + 1.3 * line, self.width(), line)
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, self.tr("how sure the model was"))
        painter.save()
        painter.translate(place.left() - wide - 1.1 * line, place.center().y())
        painter.rotate(-90)
        painter.drawText(
            QRectF(-place.height() / 2, -line / 2, place.height(), line),
            Qt.AlignmentFlag.AlignCenter,
            self.tr("how often it was right"),
        )
        painter.restore()

    def _paint_series(
        self, painter: QPainter, place: QRectF, bins: Sequence[Bin], color: QColor, filled: bool
    ) -> None:
        points = [self._at(place, bin_.confidence, bin_.accuracy) for bin_ in bins]
        painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine if filled else Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        if filled:
            self._paint_intervals(painter, place, bins, color)
        total = max(sum(bin_.n for bin_ in bins), 1)
        painter.setPen(QPen(color, 1.5))
        if filled:
            painter.setBrush(color)
        for bin_, point in zip(bins, points, strict=True):
            radius = LEAST + (MOST - LEAST) * math.sqrt(bin_.n / total)
            painter.drawEllipse(point, radius, radius)

    def _paint_intervals(self, painter: QPainter, place: QRectF, bins: Sequence[Bin], color: QColor) -> None:
        """Paint the 95 % interval of each share: few answers say little."""
        faint = QColor(color)
        faint.setAlphaF(0.45)
        painter.setPen(QPen(faint, 1.5))
        for bin_ in bins:
            low, high = wilson(round(bin_.accuracy * bin_.n), bin_.n)
            painter.drawLine(self._at(place, bin_.confidence, low), self._at(place, bin_.confidence, high))

    def _paint_legend(self, painter: QPainter, place: QRectF, colors: theme.Colors) -> None:
        line = float(self.fontMetrics().height())
        y = place.bottom() + 2.9 * line
        words = (self.tr("before the temperature"), self.tr("after it"))
        widths = [self.fontMetrics().horizontalAdvance(word) + 1.6 * line for word in words]
        x = max(0.0, place.center().x() - sum(widths) / 2)
        for word, width, color, filled in zip(
            words, widths, (colors.val, colors.train), (False, True), strict=True
        ):
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(color if filled else QColor(Qt.GlobalColor.transparent))
            painter.drawEllipse(QPointF(x + 0.4 * line, y), 0.3 * line, 0.3 * line)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(QRectF(x + line, y - line / 2, width, line), Qt.AlignmentFlag.AlignVCenter, word)
            x += width

    def _at(self, place: QRectF, confidence: float, accuracy: float) -> QPointF:
        return QPointF(place.left() + confidence * place.width(), place.bottom() - accuracy * place.height())
