"""The drawing canvas: mouse, pen or finger become strokes, painted as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QFocusEvent,
    QHideEvent,
    QInputDevice,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.ink import Ink, Point

MOUSE_PRESSURE = 0.5  # what a device without pressure counts as
CLOSEST = 0.5  # pixels; nearer points are one point
CORNER = 6.0  # radius of the paper's corners, pixels
MOUSE, PEN = ("mouse", 0), ("pen", 0)
Click = Callable[[QPointF, bool], bool]


class DrawingCanvas(QWidget):
    """A square sheet of paper that is drawn on.

    Strokes are kept in paper units (the paper's side is 1, its middle the origin), so that they grow and
    shrink with the widget. Only one pointer draws at a time: a second button, finger or pen is ignored until
    the first is lifted. Ctrl+Z takes back a stroke while the canvas has the focus and there is one; otherwise
    the key is left to the window, unless it is held down: what emptied the drawing must not go on through
    the data.

    Signals:
        ink_changed: a point was added, or strokes were undone, cleared or set.
        stroke_finished: the pointer was lifted.
    """

    ink_changed = Signal()
    stroke_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[Point]] = []  # paper units
        self._live: list[Point] = []  # the stroke being drawn, widget pixels
        self._undo: list[list[list[Point]]] = []
        self._redo: list[list[list[Point]]] = []
        self._pointer: tuple[str, int] | None = None  # who draws: the mouse, the pen, or which finger
        self._ink = Ink()
        self._hint = ""
        self._click: Click = lambda _position, _is_tap: False
        self._colors_key, self._colors_now = self.palette().cacheKey(), theme.colors(self.palette())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # What is drawn

    def strokes(self) -> list[NDArray[np.float32]]:
        """Return each stroke as (n, 3) float32: x, y in widget pixels (y down), pressure 0…1."""
        return [
            np.array(points, np.float32)
            for points in [*map(self._to_pixels, self._strokes), self._live]
            if points
        ]

    def set_strokes(self, strokes: Sequence[NDArray[np.float32]]) -> None:
        """Show ``strokes``, each (n, 2) or (n, 3) in widget pixels, instead of the drawing."""
        self._give_up()
        self._remember()
        self._strokes = [
            [
                self._to_paper((row[0], row[1], row[2] if len(row) > 2 else MOUSE_PRESSURE))
                for row in stroke.tolist()
            ]
            for stroke in strokes
            if len(stroke)
        ]
        self._redraw()

    def is_empty(self) -> bool:
        """Return whether nothing is drawn."""
        return not self._strokes and not self._live

    def is_drawing(self) -> bool:
        """Return whether a pointer is down and its stroke not at its end."""
        return bool(self._live)

    def clear(self) -> None:
        """Take the drawing away; ``undo`` brings it back."""
        self._give_up()
        if self._strokes:
            self._remember()
            self._strokes = []
            self._redraw()

    def start_over(self) -> None:
        """Empty the canvas for a new drawing and forget the old one's history."""
        self._give_up()
        self._strokes, self._undo, self._redo = [], [], []
        self._redraw()

    def can_undo(self) -> bool:
        """Return whether there is a stroke, or a clearing, to take back."""
        return bool(self._undo or self._live)

    def undo(self) -> None:
        """Take back the last stroke or the last clearing."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Bring back what ``undo`` took."""
        self._step(self._redo, self._undo)

    def set_hint(self, text: str) -> None:
        """Set the quiet line that an empty canvas shows."""
        self._hint = text
        if self.is_empty():
            self.update()

    def set_click(self, click: Click) -> None:
        """Ask ``click`` (position, False) before a stroke begins, and (position, True) when it ends as a dot.

        Where it returns True, there is no stroke: something else was meant.
        """
        self._click = click

    def paper(self) -> QRectF:
        """Return the square of paper in the middle of the widget."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    # Sizes

    def sizeHint(self) -> QSize:
        return QSize(280, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    def heightForWidth(self, width: int) -> int:
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A stroke under way is in pixels of the old size: it ends here rather than being bent.
        self._lift()
        super().resizeEvent(event)

    # One pointer: down, along, up

    def _press(self, pointer: tuple[str, int], position: QPointF, pressure: float) -> bool:
        if self._pointer is not None or not self.paper().contains(position) or self._click(position, False):
            return False
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._fit_ink()
        was_empty = self.is_empty()
        self._pointer = pointer
        self._live = [self._on_paper(position, pressure)]
        self._update_around(self._ink.reach(self._live), everything=was_empty)
        self.ink_changed.emit()
        return True

    def _move(self, position: QPointF, pressure: float) -> None:
        point, last = self._on_paper(position, pressure), self._live[-1]
        if abs(point[0] - last[0]) < CLOSEST and abs(point[1] - last[1]) < CLOSEST:
            self._live[-1] = (last[0], last[1], max(last[2], point[2]))
            self._update_around(self._ink.reach(self._live[-2:]))
            return
        self._fit_ink()
        self._live.append(point)
        self._update_around(self._ink.add_piece(self._live))
        self.ink_changed.emit()

    def _lift(self) -> None:
        """End the stroke under way, if there is one, and keep it."""
        if not self._live:
            return
        if len(self._live) == 1 and self._click(QPointF(*self._live[0][:2]), True):
            self._give_up()
            return
        self._fit_ink()
        self._update_around(self._ink.end_stroke(self._live))
        self._remember()
        self._strokes.append([self._to_paper(point) for point in self._live])
        self._live, self._pointer = [], None
        self.stroke_finished.emit()

    def _give_up(self) -> None:
        """Drop the stroke under way, as when the system takes a touch away."""
        if self._live:
            self._live, self._pointer = [], None
            self._redraw()

    # Devices

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(MOUSE, event.position(), MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pointer != MOUSE:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position(), MOUSE_PRESSURE)
        else:  # the release went elsewhere, as to a menu that opened meanwhile
            self._lift()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pointer == MOUSE:
            self._lift()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick strokes are two strokes

    def tabletEvent(self, event: QTabletEvent) -> None:
        has_pressure = bool(event.pointingDevice().capabilities() & QInputDevice.Capability.Pressure)
        pressure = event.pressure() if has_pressure else MOUSE_PRESSURE
        kind = event.type()
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._press(PEN, event.position(), pressure)
        elif kind == QEvent.Type.TabletMove and self._pointer == PEN:
            self._move(event.position(), pressure)
        elif kind == QEvent.Type.TabletRelease and self._pointer == PEN:
            self._lift()
        event.accept()  # else the same movement comes again as a mouse

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QTouchEvent):
            if kind != QEvent.Type.TouchCancel:
                self._touch(event)
            elif self._pointer is not None and self._pointer[0] == "touch":
                self._give_up()
            return True
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        for point in event.points():
            finger, state = ("touch", point.id()), point.state()
            if state == QEventPoint.State.Pressed:
                self._press(finger, point.position(), MOUSE_PRESSURE)
            elif self._pointer == finger and state == QEventPoint.State.Updated:
                self._move(point.position(), MOUSE_PRESSURE)
            elif self._pointer == finger and state == QEventPoint.State.Released:
                self._lift()
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        self._lift()
        super().hideEvent(event)

    # Keys

    def _wants(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.can_undo() or event.isAutoRepeat()
        return event.matches(QKeySequence.StandardKey.Redo) and (bool(self._redo) or event.isAutoRepeat())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._wants(event):
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo()
            elif self._redo:
                self.redo()
        elif event.key() == Qt.Key.Key_Escape and not self.is_empty():
            self.clear()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._colors()
        self._fit_ink()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.accent, 2) if self.hasFocus() else QPen(colors.line, 1))
        painter.setBrush(colors.canvas_paper)
        painter.drawRoundedRect(self.paper().adjusted(1, 1, -1, -1), CORNER, CORNER)
        self._paint_guide(painter, colors)
        self._ink.paint(painter, self._live)
        painter.end()

    def _paint_guide(self, painter: QPainter, colors: theme.Colors) -> None:
        paper = self.paper()
        middle, reach = paper.center(), paper.width() * 0.42
        painter.setPen(QPen(colors.canvas_guide, 1, Qt.PenStyle.DashLine))
        painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
        asks = self.is_empty() and bool(self._hint)  # then the line ends above the words
        painter.drawLine(middle - QPointF(0, reach), middle + QPointF(0, reach * 0.55 if asks else reach))
        if asks:
            painter.setPen(theme.legible(colors.quiet, colors.canvas_paper, theme.READABLE))
            room = paper.adjusted(12, paper.height() * 0.7, -12, -8)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)

    def _colors(self) -> theme.Colors:
        key = self.palette().cacheKey()
        if key != self._colors_key:
            self._colors_key, self._colors_now = key, theme.colors(self.palette())
        return self._colors_now

    def _fit_ink(self) -> None:
        """Draw the finished strokes anew where size, screen or colours have changed."""
        color = self._colors().canvas_ink
        ratio = self.devicePixelRatioF()
        if not self._ink.fits(self.size(), ratio, color):
            self._ink.restart(self.size(), ratio, self.paper().width(), color)
            self._draw_all()

    def _draw_all(self) -> None:
        for points in self._strokes:
            self._ink.add_stroke(self._to_pixels(points))

    def _redraw(self) -> None:
        self._fit_ink()
        self._ink.wipe()
        self._draw_all()
        self.update()
        self.ink_changed.emit()

    def _update_around(self, rectangle: QRectF, everything: bool = False) -> None:
        if everything:  # the hint disappears with the first point
            self.update()
        else:
            self.update(rectangle.toAlignedRect())

    # History and units

    def _remember(self) -> None:
        self._undo.append(list(self._strokes))
        self._redo.clear()

    def _step(self, source: list[list[list[Point]]], other: list[list[list[Point]]]) -> None:
        if self._live:  # what is under way is what is taken back
            self._give_up()
        elif source:
            other.append(self._strokes)
            self._strokes = source.pop()
            self._redraw()

    def _on_paper(self, position: QPointF, pressure: float) -> Point:
        """Keep a point on the paper, so that what is stored is what is seen."""
        paper = self.paper()
        x = min(max(position.x(), paper.left()), paper.right())
        y = min(max(position.y(), paper.top()), paper.bottom())
        return x, y, min(max(pressure, 0.0), 1.0)

    def _to_paper(self, point: Point) -> Point:
        paper = self.paper()
        side, middle = max(paper.width(), 1.0), paper.center()
        return (point[0] - middle.x()) / side, (point[1] - middle.y()) / side, point[2]

    def _to_pixels(self, points: Sequence[Point]) -> list[Point]:
        paper = self.paper()
        side, middle = paper.width(), paper.center()
        return [(x * side + middle.x(), y * side + middle.y(), pressure) for x, y, pressure in points]
