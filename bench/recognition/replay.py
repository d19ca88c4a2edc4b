"""1,000 real pen digits written on the canvas by mouse events: how many are read, and how fast.

    python -m bench.recognition.replay --pen STROKES.jsonl.gz [--digits 1000] [--beside-training]

The writers are the six from whom neither gate nor shipped model has learned. Each point of a stroke is one
mouse event at a mouse's pace, in a window of 1280×720 with rows, gate and everything else in the way.
Prints what is read when the pen is lifted for the last time, and how long after a point the answer that
knows it was there. ``--beside-training`` trains a small network in a worker meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from bench.gui.prediction_latency import begin_training, told, wait
from bench.recognition.no_digits import pens_of, unit
from bench.recognition.rows_of_digits import share
from engine.data.strokes import StrokeDigit
from gui.app import Dojo, make_application

LEFT = Qt.MouseButton.LeftButton
FILLED = 0.64  # of the canvas's side


class Replay(QObject):
    """Writes digit after digit from a timer while the program's own event loop runs.

    Attributes:
        read: what is shown for each digit when it is finished.
        answers: seconds from the oldest point without an answer to the answer.
    """

    def __init__(self, dojo: Dojo, hertz: float) -> None:
        super().__init__()
        self._page = dojo.test_page
        self._canvas = dojo.test_page.pad.canvas
        self._due: float | None = None
        self.read: list[str] = []
        self.answers: list[float] = []
        self._steps: list = []
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 / hertz))
        self._timer.timeout.connect(self._on_timeout)
        dojo.test_page._reader.answered.connect(self._on_answer)

    def run(self, digits: list[StrokeDigit]) -> None:
        """Write them all."""
        side = min(self._canvas.width(), self._canvas.height()) * FILLED
        middle = np.array([self._canvas.width(), self._canvas.height()]) / 2
        for digit in digits:
            for stroke in unit(digit):
                points = [QPoint(*(middle + side * point).astype(int)) for point in stroke]
                self._steps.append(lambda at=points[0]: QTest.mousePress(self._canvas, LEFT, pos=at))
                self._steps += [lambda at=point: self._move(at) for point in points[1:]]
                self._steps.append(lambda at=points[-1]: self._lift(at))
            self._steps.append(self._finish)
        self._timer.start()
        self._loop.exec()

    def _on_timeout(self) -> None:
        if self._steps:
            self._steps.pop(0)()
        else:
            self._timer.stop()
            self._loop.quit()

    def _move(self, at: QPoint) -> None:
        if self._due is None:
            self._due = time.perf_counter()
        QTest.mouseMove(self._canvas, at)

    def _lift(self, at: QPoint) -> None:
        QTest.mouseRelease(self._canvas, LEFT, pos=at)  # which reads at once
        self._due = None

    def _finish(self) -> None:
        self.read.append(self._page.answer.digit.text())
        self._page.pad.start_over()
        self._due = None

    def _on_answer(self) -> None:
        if self._due is not None:
            self.answers.append(time.perf_counter() - self._due)
            self._due = None


def main() -> None:
    """Write, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pen", type=Path, required=True)
    parser.add_argument("--digits", type=int, default=1000)
    parser.add_argument("--hertz", type=float, default=125.0)
    parser.add_argument("--beside-training", action="store_true")
    chosen = parser.parse_args()
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pens = pens_of(chosen.pen)
    some = [pens[int(place)] for place in np.random.default_rng(4).permutation(len(pens))[: chosen.digits]]
    application = make_application()
    with tempfile.TemporaryDirectory() as home:
        dojo = Dojo(application, Path(home))
        dojo.open(language="en", look="light")
        dojo.window.resize(1280, 720)
        dojo.window.show_page("test")
        if chosen.beside_training:
            begin_training(dojo, stay=True)
            dojo.models.choose(None)  # the shipped model reads, whatever is trained
        wait(application, lambda: dojo.models.reader is not None)
        wait(application, lambda: dojo.test_page.trust.study is not None)
        replay = Replay(dojo, chosen.hertz)
        replay.run(some[:3])  # warm
        replay.read, replay.answers = [], []
        replay.run(some)
        right = sum(text == str(digit.label) for text, digit in zip(replay.read, some, strict=True))
        several = sum(len(text) > 1 for text in replay.read)
        unsure = sum("?" in text for text in replay.read)
        print(f"read right: {share(right, len(some))}; unsure {unsure}, taken for several digits {several}")
        print(told("answer", replay.answers))
        print(f"training: {dojo.controller.state}")
        dojo.window.close()
        dojo.shutdown()


if __name__ == "__main__":
    main()
