"""Ink: pen points become smooth, anti-aliased lines kept in a pixmap at the screen's resolution."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

# A point of a stroke: x and y in widget pixels, pressure 0…1.
Point = tuple[float, float, float]

NIB = 0.055  # pen width at half pressure, as a share of the paper's side


def nib_width(side: float, pressure: float) -> float:
    """Return the pen's width in pixels; half pressure (what a mouse reports) is the nominal width."""
    return max(1.0, side * NIB * (0.5 + pressure))


class Ink:
    """The finished part of a drawing as a transparent pixmap; only the newest piece is ever added to it.

    A stroke is drawn as quadratic curves from midpoint to midpoint with the measured point as control. The
    last half segment, the *tail*, still changes with the next point: it is painted over the pixmap,
    unsmoothed, so that the line ends under the pen.
    """

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._side = 0.0
        self._color = QColor()

    def fits(self, size: QSize, ratio: float, color: QColor) -> bool:
        """Return whether the pixmap still suits a widget of ``size`` on a screen of ``ratio``."""
        return (
            self._pixmap.deviceIndependentSize().toSize() == size
            and self._pixmap.devicePixelRatio() == ratio
            and self._color == color
        )

    def restart(self, size: QSize, ratio: float, side: float, color: QColor) -> None:
        """Begin an empty pixmap for a widget of ``size`` whose paper is ``side`` pixels wide."""
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        self._side, self._color = side, color

    def wipe(self) -> None:
        """Take all ink away."""
        self._pixmap.fill(Qt.GlobalColor.transparent)

    def add_stroke(self, points: Sequence[Point]) -> None:
        """Draw a whole stroke, its end included."""
        with QPainter(self._pixmap) as painter:
            self._prepare(painter)
            for end in range(2, len(points) + 1):
                self._draw_piece(painter, points[:end] if end < 3 else points[end - 3 : end])
            self._draw_tail(painter, points)

    def add_piece(self, points: Sequence[Point]) -> QRectF:
        """Draw what the newest point settles; return the rectangle that changes, the tail included."""
        with QPainter(self._pixmap) as painter:
            self._prepare(painter)
            self._draw_piece(painter, points[-3:])
        return self.reach(points[-4:])

    def end_stroke(self, points: Sequence[Point]) -> QRectF:
        """Draw the tail for good; return the rectangle that changes."""
        with QPainter(self._pixmap) as painter:
            self._prepare(painter)
            self._draw_tail(painter, points)
        return self.reach(points[-2:])

    def reach(self, points: Sequence[Point]) -> QRectF:
        """Return the rectangle that ink along ``points`` can touch."""
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        rim = max(nib_width(self._side, point[2]) for point in points) / 2 + 2
        return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))).adjusted(-rim, -rim, rim, rim)

    def paint(self, painter: QPainter, live: Sequence[Point]) -> None:
        """Paint all ink, and the tail of the stroke that is being drawn (``live``, maybe empty)."""
        painter.drawPixmap(0, 0, self._pixmap)
        if live:
            self._prepare(painter)
            self._draw_tail(painter, live)

    def _prepare(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _pen(self, pressure: float) -> QPen:
        width = nib_width(self._side, pressure)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(self._color, width, Qt.PenStyle.SolidLine, round_cap, round_join)

    def _draw_piece(self, painter: QPainter, points: Sequence[Point]) -> None:
        """Draw the curve that the last of two or three points settles."""
        if len(points) < 2:
            return
        before, last = points[-2], points[-1]
        path = QPainterPath()
        if len(points) == 2:
            path.moveTo(before[0], before[1])
            path.lineTo(_midpoint(before, last))
        else:
            path.moveTo(_midpoint(points[-3], before))
            path.quadTo(QPointF(before[0], before[1]), _midpoint(before, last))
        painter.strokePath(path, self._pen(before[2]))

    def _draw_tail(self, painter: QPainter, points: Sequence[Point]) -> None:
        """Draw from the last midpoint to the last point; a single point is a dot."""
        last = points[-1]
        painter.setPen(self._pen(last[2]))
        end = QPointF(last[0], last[1])
        if len(points) == 1:
            painter.drawPoint(end)
        else:
            painter.drawLine(_midpoint(points[-2], last), end)


def _midpoint(first: Point, second: Point) -> QPointF:
    return QPointF((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
