"""How long after a point of a stroke the new answer is there, and on the screen, on the Test page.

    python bench/gui/prediction_latency.py [--digits 20] [--hertz 125] [--beside-training]
        [--tab answer|why|compare] [--rest 0]

Draws digits with mouse events at a mouse's pace on a window of 1280×720 (offscreen where there is no
display) and prints percentiles in milliseconds: *answer* until the labels hold the new answer, *painted*
until that is painted. Points that came while an answer was due count from the oldest of
them. ``--beside-training`` lets a small network train in a worker meanwhile. With ``--rest 170`` the pen
rests for so many milliseconds in the middle of each stroke: with the tab *Why* open, the worker has just
begun to explain when the pen goes on.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.resources import ASSETS
from gui.app import Dojo, make_application
from gui.tour_hand import SHAPES

LEFT = Qt.MouseButton.LeftButton


class Bench(QObject):
    """Draws from a timer, as a mouse's events come, while the program's own event loop runs."""

    def __init__(self, dojo: Dojo, hertz: float, tab: str = "answer", rest: float = 0.0) -> None:
        super().__init__()
        self.page = dojo.test_page
        shown = {"answer": self.page.answer, "why": self.page.why, "compare": self.page.compare}[tab]
        self.page.tabs.setCurrentWidget(shown)
        self.idle = round(rest * hertz / 1000)  # ticks for which the pen rests
        self.explained = 0
        self.page.why._reader.explained.connect(self._on_explained)
        self.canvas = self.page.pad.canvas
        self.due: float | None = None  # when the oldest point without an answer came
        self.unpainted: float | None = None  # the same for an answer that is not on the screen
        self.answers: list[float] = []
        self.paints: list[float] = []
        self.steps: list[Callable[[], None]] = []
        self.loop = QEventLoop(self)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(round(1000 / hertz))
        self.timer.timeout.connect(self._on_timeout)
        self.painting: list[float] = []
        self.painted = QTimer(self)  # fires when the paint pass is over
        self.painted.setSingleShot(True)
        self.painted.timeout.connect(self._on_painted)
        shown.bars.installEventFilter(self)
        self.page._reader.answered.connect(self._on_answer)

    def run(self, digits: list[int]) -> float:
        """Draw; return the CPU seconds of this thread."""
        for digit in digits:
            self._plan(digit)
        begun = time.thread_time()
        self.timer.start()
        self.loop.exec()
        return time.thread_time() - begun

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self.unpainted is not None:
            begun, self.unpainted = self.unpainted, None
            self.painting.append(begun)
            self.painted.start()
        return False

    def _on_painted(self) -> None:
        self.paints += [time.perf_counter() - begun for begun in self.painting]
        self.painting = []

    def _plan(self, digit: int) -> None:
        side = min(self.canvas.width(), self.canvas.height()) * 0.64
        corner = np.array([self.canvas.width() - side, self.canvas.height() - side]) / 2
        for stroke in SHAPES[digit]:
            points = [QPoint(*(corner + side * point).astype(int)) for point in dense(stroke)]
            self.steps.append(lambda at=points[0]: QTest.mousePress(self.canvas, LEFT, pos=at))
            moves = [lambda at=point: self._move(at) for point in points[1:]]
            half = len(moves) // 2
            self.steps += [*moves[:half], *[lambda: None] * self.idle, *moves[half:]]
            self.steps.append(lambda at=points[-1]: self._lift(at))
        self.steps.append(self.page.pad.clear)

    def _on_timeout(self) -> None:
        if self.steps:
            self.steps.pop(0)()
        else:
            self.timer.stop()
            self.loop.quit()

    def _move(self, at: QPoint) -> None:
        if self.due is None:
            self.due = time.perf_counter()
        QTest.mouseMove(self.canvas, at)

    def _lift(self, at: QPoint) -> None:
        QTest.mouseRelease(self.canvas, LEFT, pos=at)
        self.due = self.unpainted = None

    def _on_explained(self) -> None:
        self.explained += 1

    def _on_answer(self) -> None:
        if self.due is not None:
            self.answers.append(time.perf_counter() - self.due)
            self.unpainted, self.due = self.due, None


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
    parser.add_argument("--tab", choices=("answer", "why", "compare"), default="answer")
    parser.add_argument("--rest", type=float, default=0.0)
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
        wait(application, lambda: not dojo.test_page.trust._tasks.is_running)
        bench = Bench(dojo, options.hertz, options.tab, options.rest)
        bench.run([3])  # warm
        if options.tab == "why":
            wait(application, lambda: not dojo.test_page.why._reader._search.is_running)
        bench.answers, bench.paints, bench.explained = [], [], 0
        busy = bench.run([index % 10 for index in range(options.digits)])
        print(told("answer", bench.answers))
        print(told("painted", bench.paints))
        print(f"the window's thread: {1000 * busy / len(bench.answers):.2f} CPU-ms an answer, all told")
        print(f"tab {options.tab}, {bench.explained} explanations")
        print(f"training: {dojo.controller.state}, model: {dojo.models.current}")
        dojo.window.close()
        dojo.shutdown()


def begin_training(dojo: Dojo, stay: bool) -> None:
    from engine.data import starter

    starter.add_to(dojo.session.document)
    dojo.session.imported()
    dojo.controller.start(TrainConfig(epochs=1, batch_size=128, augment="off"))
    wait(QCoreApplication.instance(), lambda: not dojo.controller.is_active)
    if stay:
        dojo.controller.start(TrainConfig(epochs=500, batch_size=64))
        wait(QCoreApplication.instance(), lambda: dojo.controller.state == "running")


def wait(application, condition) -> None:
    while not condition():
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


if __name__ == "__main__":
    main()
