"""How long the sample grid takes to paint, scroll and change with 70,000 digits.

python bench/gui/grid_scrolling.py [--scale 1]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import numpy as np

COUNT = 70_000
REPEATS = 300


def main() -> None:
    """Print p50, p95 and p99 of each action in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="1", help="device pixel ratio")
    os.environ["QT_SCALE_FACTOR"] = parser.parse_args().scale
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtWidgets import QApplication

    from gui.widgets.sample_grid import SampleGrid
    from gui.widgets.sample_grid_model import Filter

    app = QApplication([])
    grid = SampleGrid()
    grid.resize(860, 470)
    grid.reset(make_rows(1, COUNT))
    grid.show()
    app.processEvents()
    bar = grid.verticalScrollBar()
    random = np.random.default_rng(7)

    def scroll_to(value: int) -> None:
        bar.setValue(value)
        app.processEvents()

    def repaint() -> None:
        grid.viewport().repaint()

    for pitch in (24, 46, 90):
        grid.set_pitch(pitch)
        app.processEvents()
        report(f"pitch {pitch}: paint everything", lambda _: repaint())
        report(
            f"pitch {pitch}: scroll a notch (60 px)", lambda _: scroll_to((bar.value() + 60) % bar.maximum())
        )
        report(f"pitch {pitch}: jump anywhere", lambda _: scroll_to(int(random.integers(bar.maximum()))))
    grid.set_pitch(46)
    report("add one digit and paint", lambda i: (grid.put(make_rows(COUNT + 1 + i, 1)), app.processEvents()))
    report("delete one and paint", lambda i: (grid.remove([int(i) + 1]), app.processEvents()))
    report("filter by a label and paint", lambda i: (grid.set_filter(Filter(i % 10)), app.processEvents()))
    grid.set_filter(Filter())
    report(
        "select all and paint", lambda _: (grid.select_ids(grid.model.ids.tolist()), app.processEvents()), 20
    )


def make_rows(first_id: int, count: int) -> object:
    """Return ``count`` noisy digits as grid rows."""
    from gui.widgets.sample_grid_model import Rows

    random = np.random.default_rng(first_id)
    labels = random.integers(0, 10, count).astype(np.int8)
    images = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return Rows(
        np.arange(first_id, first_id + count), images, labels, np.zeros(count, np.uint8), ["import"] * count
    )


def report(name: str, action: Callable[[int], object], repeats: int = REPEATS) -> None:
    """Print how long ``action`` takes."""
    times = []
    for index in range(repeats):
        began = time.perf_counter()
        action(index)
        times.append((time.perf_counter() - began) * 1000)
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(f"{name:<36} p50 {p50:6.2f}   p95 {p95:6.2f}   p99 {p99:6.2f} ms")


if __name__ == "__main__":
    main()
