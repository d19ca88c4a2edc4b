"""The hand of the tour: plain digit shapes, drawn on a canvas with real mouse events."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

Point = tuple[float, float]
_MARGIN = 0.18  # of the canvas, left free on each side


def _arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, points: int = 16
) -> list[Point]:
    """Return points on an ellipse; angles in degrees, 0 to the right, growing clockwise on the screen."""
    angles = [math.radians(start + (end - start) * i / (points - 1)) for i in range(points)]
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


# strokes in a unit square, y down
SHAPES: dict[int, list[list[Point]]] = {
    0: [_arc(0.5, 0.5, 0.33, 0.5, -90, -450, 28)],
    1: [[(0.52, 0.0), (0.5, 0.33), (0.49, 0.66), (0.48, 1.0)]],
    2: [[*_arc(0.47, 0.3, 0.33, 0.3, -160, 40, 14), (0.45, 0.75), (0.14, 1.0), (0.5, 0.98), (0.86, 1.0)]],
    3: [[*_arc(0.45, 0.26, 0.32, 0.26, -150, 80, 14), *_arc(0.46, 0.74, 0.36, 0.26, -80, 150, 14)]],
    4: [
        [(0.55, 0.0), (0.35, 0.33), (0.12, 0.65), (0.5, 0.64), (0.9, 0.62)],
        [(0.68, 0.28), (0.66, 0.65), (0.64, 1.0)],
    ],
    5: [
        [(0.3, 0.0), (0.27, 0.2), (0.24, 0.42), *_arc(0.45, 0.69, 0.35, 0.3, -110, 140, 16)],
        [(0.3, 0.01), (0.55, 0.02), (0.82, 0.0)],
    ],
    6: [[(0.68, 0.0), (0.45, 0.2), (0.26, 0.5), *_arc(0.5, 0.74, 0.28, 0.26, 180, -180, 22)]],
    7: [[(0.12, 0.05), (0.5, 0.03), (0.86, 0.02), (0.7, 0.33), (0.54, 0.66), (0.42, 1.0)]],
    8: [[*_arc(0.5, 0.25, 0.26, 0.25, 90, -270, 20), *_arc(0.5, 0.75, 0.31, 0.25, -90, 270, 22)]],
    9: [[*_arc(0.48, 0.28, 0.29, 0.28, 0, -360, 22), (0.76, 0.5), (0.72, 0.75), (0.66, 1.0)]],
}


def pause(milliseconds: int) -> None:
    """Let the window live for a while; unlike QTest.qWait this leaves Python to the other threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def draw(canvas: QWidget, digit: int) -> None:
    """Draw ``digit`` on ``canvas`` as a person with a mouse would: press, move, release."""
    draw_strokes(canvas, SHAPES[digit])


def draw_strokes(canvas: QWidget, strokes: Sequence[Sequence[Point]]) -> None:
    """Draw strokes of a unit square, y down, into the middle of ``canvas``."""
    side = min(canvas.width(), canvas.height()) * (1 - 2 * _MARGIN)
    left, top = (canvas.width() - side) / 2, (canvas.height() - side) / 2
    for stroke in strokes:
        points = [QPoint(round(left + x * side), round(top + y * side)) for x, y in stroke]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])
