"""How long it takes to store one more digit, relabel and undo in a document of 70,000, painted grid included.

python bench/gui/storing.py
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

COUNT = 70_000


def main() -> None:
    """Print p50, p95 and p99 of each action in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtWidgets import QApplication

    from gui.document_session import DocumentSession
    from gui.pages.data_page import DataPage

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        session = DocumentSession(Path(folder))
        session.start()
        random = np.random.default_rng(1)
        images = random.integers(0, 256, (COUNT, 28, 28), dtype=np.uint8)
        session.document.samples.add_arrays(images, random.integers(0, 10, COUNT))
        page = DataPage(session)
        page.resize(1_100, 610)
        page.show()
        app.processEvents()

        def store(index: int) -> None:
            strokes = [
                random.uniform(50, 250, (60, 2)).cumsum(axis=0).astype(np.float32) / 60 for _ in range(2)
            ]
            page.drawing.canvas.set_strokes(strokes)
            app.processEvents()
            began = time.perf_counter()
            page.store(index % 10)
            app.processEvents()
            times.append((time.perf_counter() - began) * 1000)

        times: list[float] = []
        for index in range(200):
            store(index)
        report("store a drawing", times)
        page.browse.grid.select_ids(page.browse.grid.model.ids[:10].tolist())
        report("relabel ten", timed(lambda i: session.set_label(range(1, 11), i % 10), 50, app.processEvents))
        report("undo that", timed(lambda _: session.undo(), 50, app.processEvents))
        report("another document (all read)", timed(lambda _: page._feed.reload(), 10, app.processEvents))
        page.shutdown()
        session.close()


def timed(action: Callable[[int], object], repeats: int, paint: Callable[[], None]) -> list[float]:
    """Return milliseconds of each repetition of ``action``, painting included."""
    times = []
    for index in range(repeats):
        began = time.perf_counter()
        action(index)
        paint()
        times.append((time.perf_counter() - began) * 1000)
    return times


def report(name: str, times: list[float]) -> None:
    """Print one line."""
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(f"{name:<30} p50 {p50:6.1f}   p95 {p95:6.1f}   p99 {p99:6.1f} ms")


if __name__ == "__main__":
    main()
