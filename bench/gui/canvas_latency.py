"""How long it takes from a pointer event to the painted ink, with what the model sees following along.

python bench/gui/canvas_latency.py [--scale 1] [--side 420]
"""

from __future__ import annotations

import argparse
import math
import os
import time

import numpy as np

STROKES, POINTS = 20, 200


def main() -> None:
    """Draw long scribbles on the Data page's panel and print p50, p95 and p99 in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="1", help="device pixel ratio")
    parser.add_argument("--side", type=int, default=420, help="width of the panel, pixels")
    options = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = options.scale
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from gui.widgets.drawing_panel import DrawingPanel

    app = QApplication([])
    panel = DrawingPanel()
    panel.resize(options.side, options.side + 200)
    panel.show()
    app.processEvents()
    canvas = panel.canvas
    times = []
    for stroke in range(STROKES):
        path = [_scribble(stroke, step, options.side) for step in range(POINTS)]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*path[0]))
        for point in path[1:]:
            began = time.perf_counter()
            QTest.mouseMove(canvas, QPoint(*point))
            app.processEvents()
            times.append((time.perf_counter() - began) * 1000)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*path[-1]))
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(f"event to paint  p50 {p50:.2f}   p95 {p95:.2f}   p99 {p99:.2f} ms  ({len(times)} points)")


def _scribble(stroke: int, step: int, side: int) -> tuple[int, int]:
    angle = step / 12 + stroke
    reach = side * (0.1 + 0.3 * step / POINTS)
    return round(side / 2 + reach * math.cos(angle)), round(side / 2 + reach * math.sin(1.3 * angle))


if __name__ == "__main__":
    main()
