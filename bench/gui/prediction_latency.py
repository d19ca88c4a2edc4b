"""How long after a point of a stroke the new answer is there, and on the screen, on the Test page.

    python bench/gui/prediction_latency.py [--digits 20] [--hertz 125] [--beside-training]

Draws digits with mouse events at a mouse's pace on a window of 1280×720 (offscreen where there is no
display) and prints percentiles in milliseconds: *answer* until the labels hold the new answer, *painted*
until the bars have been painted after that. Points that came while an answer was due count from the oldest of
them. ``--beside-training`` lets a small network train in a worker meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.resources import ASSETS
from gui.app import Dojo, make_application
from gui.tour_hand import SHAPES

LEFT = Qt.MouseButton.LeftButton


class PaintWatch(QObject):
    """Remembers when the answer was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


class Bench:
    def __init__(self, dojo: Dojo, hertz: float) -> None:
        self.app = dojo._application
        self.page = dojo.test_page
        self.canvas = self.page.pad.canvas
        self.pace = 1 / hertz
        self.due: float | None = None  # when the oldest point without an answer came
        self.answered: float | None = None
        self.answers: list[float] = []
        self.paints: list[float] = []
        self.watch = PaintWatch()
        self.page.answer.bars.installEventFilter(self.watch)
        self.page._reader.answered.connect(self._on_answer)

    def _on_answer(self) -> None:
        if self.due is not None:
            self.answered = time.perf_counter()
            self.answers.append(self.answered - self.due)

    def _settle(self, until: float) -> None:
        while True:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            if self.answered is not None and self.watch.at >= self.answered:
                self.paints.append(self.watch.at - self.due)
                self.due = self.answered = None
            if time.perf_counter() >= until:
                return
            time.sleep(0.0003)

    def draw(self, digit: int) -> None:
        side = min(self.canvas.width(), self.canvas.height()) * 0.64
        corner = np.array([self.canvas.width() - side, self.canvas.height() - side]) / 2
        for stroke in SHAPES[digit]:
            points = [QPoint(*(corner + side * point).astype(int)) for point in dense(stroke)]
            QTest.mousePress(self.canvas, LEFT, pos=points[0])
            for point in points[1:]:
                begun = time.perf_counter()
                if self.due is None:
                    self.due = begun
                QTest.mouseMove(self.canvas, point)
                self._settle(begun + self.pace)
            QTest.mouseRelease(self.canvas, LEFT, pos=points[-1])
            self.due = self.answered = None
        self.page.pad.clear()


def dense(stroke: list[tuple[float, float]]) -> np.ndarray:
    """Return points a few pixels apart along a stroke."""
    corners = np.array(stroke)
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(corners, axis=0).T))]
    at = np.linspace(0, along[-1], max(8, int(along[-1] * 40)))
    return np.stack([np.interp(at, along, corners[:, axis]) for axis in (0, 1)], axis=1)


def told(name: str, seconds: list[float]) -> str:
    p50, p95, p99, top = 1000 * np.percentile(seconds, [50, 95, 99, 100])
    return f"{name:9} n {len(seconds):5}  p50 {p50:6.2f}  p95 {p95:6.2f}  p99 {p99:6.2f}  max {top:6.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=20)
    parser.add_argument("--hertz", type=float, default=125.0)
    parser.add_argument("--beside-training", action="store_true")
    options = parser.parse_args()
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    with tempfile.TemporaryDirectory() as home:
        dojo = Dojo(application, Path(home))
        dojo.open(language="en", look="light")
        dojo.window.resize(1280, 720)
        dojo.window.show_page("test")
        if options.beside_training or not (ASSETS / "base" / "base.safetensors").is_file():
            begin_training(dojo, options.beside_training)
        wait(application, lambda: dojo.models.reader is not None)
        bench = Bench(dojo, options.hertz)
        bench.draw(3)  # warm
        bench.answers, bench.paints = [], []
        busy = time.thread_time()
        for index in range(options.digits):
            bench.draw(index % 10)
        busy = time.thread_time() - busy
        print(told("answer", bench.answers))
        print(told("painted", bench.paints))
        print(f"the window's thread: {1000 * busy / len(bench.answers):.2f} CPU-ms an answer, all told")
        print(f"training: {dojo.controller.state}, model: {dojo.models.current}")
        dojo.window.close()
        dojo.shutdown()


def begin_training(dojo: Dojo, stay: bool) -> None:
    from engine.data import starter

    starter.add_to(dojo.session.document)
    dojo.session.imported()
    dojo.controller.start(TrainConfig(epochs=1, batch_size=128, augment="off"))
    wait(dojo._application, lambda: not dojo.controller.is_active)
    if stay:
        dojo.controller.start(TrainConfig(epochs=500, batch_size=64))
        wait(dojo._application, lambda: dojo.controller.state == "running")


def wait(application, condition) -> None:
    while not condition():
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


if __name__ == "__main__":
    main()
