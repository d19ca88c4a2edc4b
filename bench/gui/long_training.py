"""A long training while the window is used: how long the window makes one wait, and what it holds in memory.

python -m bench.gui.long_training [--model mlp] [--epochs 200] [--batch-size 32] [--pictures FOLDER]

The whole window trains 3,200 digits (100 steps an epoch with the default batch) while a hand goes from
page to page, draws on both canvases, scrolls the digits, reads the curves and changes their axis, all with
mouse and key events. A 5 ms timer of the window's thread is the heart: how late it beats is how long a frame
or a pen would wait. Memory is the process's resident set, told at each tenth of the training.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gui.app import Dojo

BEAT_MS, ACT_MS = 5, 250
DIGITS = 4_000  # 8 of 10 are for training


def main() -> None:
    """Train, use the window, and print waits and memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="mlp", choices=("mlp", "cnn"))
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--pictures", type=Path, default=None)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from engine.config import TrainConfig
    from gui.app import Dojo, make_application
    from gui.tour_hand import pause

    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        dojo = Dojo(application, Path(home))
        dojo.open(language="en", look="light")
        dojo.window.resize(1_280, 720)
        _put_digits(dojo)
        dojo.train_page.form.set_config(
            TrainConfig(
                model=options.model, batch_size=options.batch_size, epochs=options.epochs, device="cpu"
            )
        )
        pause(8_000)  # PyTorch loads
        endings: list[object] = []
        dojo.controller.run_ended.connect(endings.append)
        acts = _acts(dojo)
        idle = _watch(acts, lambda spent: spent > 15, lambda: None)
        dojo.window.show_page("train")
        dojo.train_page.train()
        memory = Memory(dojo, options.epochs)
        began = time.perf_counter()
        busy = _watch(acts, lambda spent: bool(endings), memory.look)
        spent = time.perf_counter() - began
        if options.pictures is not None:
            options.pictures.mkdir(parents=True, exist_ok=True)
            for page in ("train", "runs", "test"):
                dojo.window.show_page(page)
                pause(300)
                dojo.window.grab().save(str(options.pictures / f"long-{page}.png"))
        print(endings[0] if endings else "no ending")
        print(f"{options.model}, batch {options.batch_size}, {options.epochs} epochs: {spent:.0f} s")
        print(f"waits without a training  {_spread(idle)}")
        print(f"waits with the training   {_spread(busy)}")
        print("memory at each tenth, MB  " + "  ".join(f"{mb:.0f}" for mb in memory.seen))
        dojo.window.close()
        dojo.shutdown()


class Memory:
    """Notes the process's resident set at each tenth of a training."""

    def __init__(self, dojo: Dojo, epochs: int) -> None:
        self._bar = dojo.train_page.run_view.progress.bar
        self.seen = [_resident()]

    def look(self) -> None:
        """Take a note where another tenth is done."""
        share = self._bar.value() / max(self._bar.maximum(), 1)
        if share * 10 >= len(self.seen):
            self.seen.append(_resident())


def _resident() -> float:
    """Return this process's resident memory in MB; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _put_digits(dojo: Dojo) -> None:
    from engine.data import starter

    images, labels = starter.load()
    dojo.session.document.samples.add_arrays(images[:DIGITS], labels[:DIGITS])
    dojo.session.samples_changed.emit()


def _acts(dojo: Dojo) -> Iterator[Callable[[], object]]:
    """Return what the hand does, over and over."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QComboBox, QWidget

    from gui.tour_hand import draw

    def find(name: str) -> QWidget:
        found = dojo.window.findChildren(QWidget, name)
        return next((widget for widget in found if widget.isVisible()), found[0])

    def click(name: str) -> Callable[[], object]:
        return lambda: QTest.mouseClick(find(name), Qt.MouseButton.LeftButton)

    def move(name: str, share: float) -> Callable[[], object]:
        def act() -> None:
            widget = find(name)
            QTest.mouseMove(widget, QPoint(round(share * widget.width()), widget.height() // 2))

        return act

    def key(name: str, what: Qt.Key) -> Callable[[], object]:
        return lambda: QTest.keyClick(find(name), what)

    def next_axis() -> None:
        combo = find("axisCombo")
        if isinstance(combo, QComboBox):
            QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() == 0 else Qt.Key.Key_Up)

    digits = itertools.cycle(range(10))
    one_round = [
        *(click("navTest"), *[lambda: draw(find("testCanvas"), next(digits)), click("clearButton")] * 3),
        *(click("navTrain"), *[move("lossPlot", share / 10) for share in range(2, 9)], next_axis),
        *(
            click("navData"),
            *[key("sampleGrid", Qt.Key.Key_PageDown)] * 5,
            key("sampleGrid", Qt.Key.Key_Home),
        ),
        *(lambda: draw(find("drawCanvas"), next(digits)), click("clearButton")),
        *(click("navRuns"), *[move("runsTable", share / 10) for share in range(2, 9)]),
    ]
    return itertools.cycle(one_round)


def _watch(
    acts: Iterator[Callable[[], object]], is_over: Callable[[float], bool], look: Callable[[], None]
) -> list[float]:
    """Run the event loop with the hand until it is over; return how late each beat came, milliseconds."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    late: list[float] = []
    began = last = time.perf_counter()

    def on_beat() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, (now - last) * 1_000 - BEAT_MS))
        last = now

    def on_act() -> None:
        look()
        if is_over(time.perf_counter() - began):
            loop.quit()
        else:
            next(acts)()

    loop, heart, hand = QEventLoop(), QTimer(), QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(on_beat)
    hand.timeout.connect(on_act)
    heart.start(BEAT_MS)
    hand.start(ACT_MS)
    loop.exec()
    heart.stop()
    hand.stop()
    return late


def _spread(times: list[float]) -> str:
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    return f"p50 {p50:5.2f}  p95 {p95:5.2f}  p99 {p99:5.2f}  max {max(times):5.1f} ms  ({len(times)})"


if __name__ == "__main__":
    main()
