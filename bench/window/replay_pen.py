"""Drive the real window with the system's pointer: train on the starter digits, then write pen digits.

Needs an X display (Xvfb will do), xdotool, and pen strokes as JSON lines (``{"label", "strokes"}``)::

    xvfb-run -s "-screen 0 1280x800x24" python -m bench.window.replay_pen STROKES.jsonl.gz --pictures FOLDER
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from engine.data.strokes import StrokeDigit, read_lines
from gui.app import Dojo, make_application
from gui.tour_hand import pause

MARGIN = 0.15  # of the canvas, left free on each side
SECONDS_A_POINT = 0.008  # a mouse reports about 125 times a second


def main() -> int:
    """Train two epochs by clicks, write one digit of each class, and say what was read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1, help="digits of each class")
    parser.add_argument("--pictures", type=Path, default=None)
    chosen = parser.parse_args()
    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        dojo = Dojo(application, Path(home))
        dojo.open(language="en", look="light")
        hand = Hand(dojo)
        hand.wait(dojo.window.isVisible)
        hand.click("welcomeStarter")
        hand.wait(lambda: dojo.window.page == "train")
        hand.type_into("epochsSpin", str(chosen.epochs))
        endings: list[object] = []
        dojo.controller.run_ended.connect(endings.append)
        hand.click("trainButton")
        hand.wait(lambda: bool(endings))
        print(endings[0])
        if dojo.window.page != "test":
            hand.click("navTest")
        right = 0
        digits = choose(chosen.strokes, chosen.seed, chosen.rounds)
        for number, digit in enumerate(digits):
            read = hand.write(digit)
            right += read == str(digit.label)
            print(f"drew {digit.label} (writer {digit.writer}): read as {read!r}")
            if chosen.pictures:
                chosen.pictures.mkdir(parents=True, exist_ok=True)
                dojo.window.grab().save(str(chosen.pictures / f"pen-{number:02}-{digit.label}.png"))
        print(f"{right} of {len(digits)} are read right")
        dojo.window.close()
        dojo.shutdown()
    return 0 if right >= 0.9 * len(digits) else 1


def choose(path: Path, seed: int, rounds: int) -> list[StrokeDigit]:
    """Return ``rounds`` digits of each class, drawn at random."""
    by_label: dict[int, list[StrokeDigit]] = {label: [] for label in range(10)}
    for digit in read_lines(path):
        if digit.label is not None:
            by_label[digit.label].append(digit)
    random = np.random.default_rng(seed)
    return [
        by_label[label][index]
        for label in range(10)
        for index in random.choice(len(by_label[label]), rounds, replace=False)
    ]


class Hand:
    """Moves the display's own pointer and keys."""

    def __init__(self, dojo: Dojo) -> None:
        self._window = dojo.window

    def click(self, name: str) -> None:
        """Press the middle of a button."""
        widget = self._widget(name)
        self.wait(lambda: widget.isVisible() and widget.isEnabled())
        pause(100)
        self._act("mousemove", *self._at(widget, 0.5, 0.5), "click", "1")

    def type_into(self, name: str, text: str) -> None:
        """Replace the text of an input."""
        widget = self._widget(name)
        self._act("mousemove", *self._at(widget, 0.2, 0.5), "click", "--repeat", "2", "1")
        self._act("key", "ctrl+a", "type", text)
        self._act("key", "Tab")

    def write(self, digit: StrokeDigit) -> str:
        """Write a digit on the test canvas and return what the window reads."""
        answer = self._window.findChild(QLabel, "predictedDigit")
        if answer.text():
            self.click("clearButton")
            self.wait(lambda: answer.text() == "", seconds=30)
        canvas = self._widget("testCanvas")
        points = np.concatenate([np.asarray(stroke)[:, :2] for stroke in digit.strokes])
        low, size = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1.0)
        middle = (points.max(axis=0) - low) / size / 2
        for stroke in digit.strokes:
            unit = (np.asarray(stroke)[:, :2] - low) / size - middle + 0.5
            places = MARGIN + (1 - 2 * MARGIN) * unit
            words: list[str] = []
            for index, (x, y) in enumerate(places):
                words += ["mousemove", *self._at(canvas, x, y), "sleep", str(SECONDS_A_POINT)]
                words += ["mousedown", "1"] if index == 0 else []
            self._act(*words, "mouseup", "1")
        self.wait(lambda: answer.text() != "")
        pause(150)
        return answer.text()

    def wait(self, happened: Callable[[], bool], seconds: float = 300) -> None:
        """Let the window live until something happened."""
        end = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > end:
                shown = self._window.findChild(QLabel, "predictedDigit").text()
                raise TimeoutError(f"waited in vain; answer {shown!r}, {self._window.strip.texts()}")
            pause(10)

    def _widget(self, name: str) -> QWidget:
        widgets = self._window.findChildren(QWidget, name)
        if not widgets:
            raise LookupError(f"no widget named {name}")
        return next((widget for widget in widgets if widget.isVisible()), widgets[0])

    def _at(self, widget: QWidget, x: float, y: float) -> Sequence[str]:
        """Return the place on the screen of a place in a widget (0 … 1), square widgets kept square."""
        side = min(widget.width(), widget.height())
        left, top = (widget.width() - side) / 2, (widget.height() - side) / 2
        inside = (
            QPoint(round(left + x * side), round(top + y * side))
            if widget.objectName() == "testCanvas"
            else QPoint(round(x * widget.width()), round(y * widget.height()))
        )
        place = widget.mapToGlobal(inside)
        return str(place.x()), str(place.y())

    def _act(self, *words: str) -> None:
        with subprocess.Popen(["xdotool", *words]) as process:
            while process.poll() is None:
                pause(2)
        pause(20)


if __name__ == "__main__":
    raise SystemExit(main())
