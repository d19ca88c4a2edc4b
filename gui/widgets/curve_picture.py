"""Curves as a picture of their own: title, legend, plots; as pixels for a document, as vectors for print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPalette, QPen
from PySide6.QtSvg import QSvgGenerator

if TYPE_CHECKING:
    from gui.widgets.curves_frame import Frame

SHARPNESS = 2  # pixels of a picture for each pixel of the window
MARGIN = 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend.

    Attributes:
        text: what the line is.
        pen: how it is drawn.
        dot: whether its points have markers.
        is_ring: it is no line but a ring around a point.
    """

    text: str
    pen: QPen
    dot: bool = False
    is_ring: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """All that a picture of curves shows.

    Attributes:
        title: above everything; may be empty.
        entries: the legend.
        plots: from top to bottom, each as large as it is in the window.
        x_title: what the horizontal axis counts.
        palette, font: the colours and the font.
    """

    title: str
    entries: Sequence[Entry]
    plots: Sequence[Frame]
    x_title: str
    palette: QPalette
    font: QFont

    def size(self) -> QSize:
        """Return how large the picture is, in pixels of the window."""
        width = max(plot.viewport().width() for plot in self.plots) + 2 * MARGIN
        height = self._head(None, width) + sum(plot.viewport().height() for plot in self.plots)
        return QSizeF(width, height + self._line() + 2 * MARGIN).toSize()

    def image(self) -> QImage:
        """Return the picture as pixels."""
        size = self.size()
        image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(self.palette.color(QPalette.ColorRole.Base))
        painter = QPainter(image)
        self._paint(painter, size)
        painter.end()
        return image

    def png(self) -> bytes:
        """Return the picture as the content of a PNG file."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        return bytes(data.data())

    def svg(self) -> bytes:
        """Return the picture as the content of an SVG file."""
        size = self.size()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setResolution(self.plots[0].logicalDpiX())  # pyqtgraph's axes scale themselves by it
        generator.setViewBox(QRectF(QPointF(0, 0), QSizeF(size)))
        generator.setTitle(self.title)
        painter = QPainter(generator)
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), self.palette.color(QPalette.ColorRole.Base))
        self._paint(painter, size)
        painter.end()
        return bytes(data.data())

    def _line(self) -> float:
        return QFontMetricsF(self.font).height() * 1.4

    def _paint(self, painter: QPainter, size: QSize) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        y = MARGIN + self._head(painter, size.width())
        for plot in self.plots:
            shape = QSizeF(plot.viewport().size())
            plot.render_to(painter, QRectF(QPointF(MARGIN, y), shape))
            y += shape.height()
        painter.setPen(self.palette.color(QPalette.ColorRole.Text))
        below = QRectF(MARGIN, y, size.width() - 2 * MARGIN, self._line())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.x_title)

    def _head(self, painter: QPainter | None, width: float) -> float:
        """Paint title and legend where there is a painter; return their height."""
        metrics, line = QFontMetricsF(self.font), self._line()
        text = self.palette.color(QPalette.ColorRole.Text)
        y = MARGIN
        if self.title:
            if painter is not None:
                bold = QFont(self.font)
                bold.setBold(True)
                painter.setFont(bold)
                painter.setPen(text)
                painter.drawText(QPointF(MARGIN, y + metrics.ascent()), self.title)
                painter.setFont(self.font)
            y += line
        x, sample = MARGIN, 2.2 * metrics.height()
        for entry in self.entries:
            needed = sample + 6 + metrics.horizontalAdvance(entry.text) + 18
            if x > MARGIN and x + needed > width - MARGIN:
                x, y = MARGIN, y + line
            if painter is not None:
                middle = y + metrics.height() / 2
                paint_sample(painter, entry, x, x + sample, middle)
                painter.setPen(text)
                painter.drawText(QPointF(x + sample + 6, y + metrics.ascent()), entry.text)
            x += needed
        return y + line - MARGIN if self.entries else y - MARGIN


def paint_sample(painter: QPainter, entry: Entry, left: float, right: float, middle: float) -> None:
    """Paint a short piece of an entry's line."""
    painter.setPen(entry.pen)
    if entry.is_ring:
        painter.drawEllipse(QPointF((left + right) / 2, middle), 5, 5)
        return
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    if entry.dot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(entry.pen.color())
        painter.drawEllipse(QPointF((left + right) / 2, middle), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
