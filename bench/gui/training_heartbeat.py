"""How fluid the window stays while it trains, and what the window costs the training.

python bench/gui/training_heartbeat.py [--model mlp] [--batch-size 64] [--seconds 8] [--digits 8000]

A 5 ms timer of the window's thread is the heart: how late it beats is how long a pen would wait. It is taken
without a training (the noise of the machine), with one, and next to it the time of one look into the queue.
The speed is told as a share of the same training without a window, taken before and after.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

BEAT_MS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="mlp", choices=("mlp", "cnn"))
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--augment", default="off")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--digits", type=int, default=8_000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtWidgets import QApplication

    from engine.config import TrainConfig
    from engine.data import starter
    from gui.document_session import DocumentSession
    from gui.pages.train_page import TrainPage
    from gui.training_controller import TrainingController

    app = QApplication([])
    folder = Path(tempfile.mkdtemp())
    session = DocumentSession(folder)
    session.start()
    images, labels = starter.load()
    session.document.samples.add_arrays(images[: options.digits], labels[: options.digits])
    config = TrainConfig(
        model=options.model,
        batch_size=options.batch_size,
        epochs=1_000,
        augment=options.augment,
        device="cpu",
    )
    controller = TrainingController(lambda: session.document.path)
    page = TrainPage(session, controller)
    page.form.set_config(config)
    page.resize(1_200, 640)
    page.show()
    looks: list[float] = []
    _time_looks(controller, looks)

    before = headless_speed(session.document.path, config, options.seconds / 2)
    idle = beats(app, options.seconds / 2)
    page.train()
    while controller.state != "running":
        app.processEvents()
    first, began = page.run_view.progress.bar.value(), time.perf_counter()
    busy = beats(app, options.seconds)
    speed = (page.run_view.progress.bar.value() - first) / (time.perf_counter() - began)
    controller.shutdown()
    after = headless_speed(session.document.path, config, options.seconds / 2)
    session.close()

    headless = (before + after) / 2
    print(f"{options.model}, batch {options.batch_size}, {os.cpu_count()} cores")
    print(f"beat late, no training   {spread(idle)}")
    print(f"beat late, training      {spread(busy)}")
    print(f"one look into the queue  {spread(looks)}")
    print(f"steps/s in the window {speed:.0f}, without {before:.0f} and {after:.0f}: {speed / headless:.0%}")


def beats(app, seconds: float) -> list[float]:
    """Run the event loop and return how late each beat came, milliseconds."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    late: list[float] = []
    last = time.perf_counter()

    def on_beat() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, (now - last) * 1_000 - BEAT_MS))
        last = now

    heart = QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(on_beat)
    heart.start(BEAT_MS)
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1_000), loop.quit)
    loop.exec()
    heart.stop()
    return late


def headless_speed(path: Path, config, seconds: float) -> float:
    """Return steps per second of the same training without a window."""
    from engine.data.document import Document
    from engine.events import RunStarted, StepCompleted
    from engine.training import session
    from engine.training.control import Control

    document, control = Document.open(path), Control()
    began = first = last = 0.0
    for event in session.start(document, config, control):
        now = time.perf_counter()
        if isinstance(event, RunStarted):
            began = now
        elif isinstance(event, StepCompleted):
            if not first:
                first, began = float(event.step), now
            last = event.step
            if now - began > seconds:
                control.stop()
    ended = time.perf_counter()
    document.close()
    return (last - first) / (ended - began)


def _time_looks(controller, looks: list[float]) -> None:
    """Measure how long each look into the queue keeps the window."""
    drain = controller._on_drain

    def timed() -> None:
        began = time.perf_counter()
        drain()
        looks.append((time.perf_counter() - began) * 1_000)

    controller._timer.timeout.disconnect()
    controller._timer.timeout.connect(timed)


def spread(times: list[float]) -> str:
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    return f"p50 {p50:5.2f}  p95 {p95:5.2f}  p99 {p99:5.2f}  max {max(times):5.1f} ms  ({len(times)})"


if __name__ == "__main__":
    main()
