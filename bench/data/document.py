"""How long a document of 70,000 digits takes to fill, read, edit, check and save.

python bench/data/document.py [--digits 70000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.samples import NewSample, Split


def timed(name: str, action: Callable[[], object]) -> None:
    """Run once and print wall-clock and processor seconds."""
    wall, work = time.perf_counter(), time.process_time()
    action()
    print(f"{name:<34}{time.perf_counter() - wall:8.3f} s{time.process_time() - work:8.3f} CPU-s")


def many(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return ``count`` different digits: the starter digits with a number in their first row of pixels."""
    images, labels = starter.load()
    places = np.arange(count) % len(images)
    different = images[places].copy()
    different[:, 0, :8] = np.arange(count, dtype=">u8").view(np.uint8).reshape(-1, 8)
    return different, labels[places]


def main() -> None:
    """Time each operation on one document in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=70_000)
    images, labels = many(parser.parse_args().digits)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.dojo"
        document = Document.create(path)
        samples, runs = document.samples, document.runs
        timed("add, no duplicates", lambda: samples.add_arrays(images, labels, skip_duplicates=True))
        timed(
            "add again: all are duplicates", lambda: samples.add_arrays(images, labels, skip_duplicates=True)
        )
        for _ in range(3):
            timed("load all", samples.load)
        every = samples.load()
        ids = every.ids.tolist()
        timed("relabel all", lambda: samples.set_label(ids, 3))
        timed("undo", samples.undo)
        timed("move all", lambda: samples.set_split(ids, Split.TRAIN))
        timed("undo", samples.undo)
        timed("delete all", lambda: samples.delete(ids))
        timed("undo", samples.undo)
        members = {Split.TRAIN: (every.ids, every.labels)}
        timed("start a run", lambda: runs.create(TrainConfig(), {}, members))
        timed("digits of the run", lambda: runs.members(1, Split.TRAIN))
        ink = np.random.default_rng(0).integers(0, 256, (100, 28, 28), np.uint8)
        timed("add 100 digits one by one", lambda: [samples.add([NewSample(digit, 1)]) for digit in ink])
        timed("check", document.check)
        timed("save as", lambda: document.save_as(Path(folder) / "other.dojo"))
        timed("close", document.close)
        size = (Path(folder) / "other.dojo").stat().st_size
        timed("open and close", lambda: Document.open(Path(folder) / "other.dojo").close())
        print(f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
