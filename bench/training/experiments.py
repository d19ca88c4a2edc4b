"""The experiments that the documentation shows, on the starter digits, with the window's own plots.

    python bench/training/experiments.py batch-sizes [--out PICTURE] [--language en|ja]
    python bench/training/experiments.py epochs

``batch-sizes`` trains a perceptron with batches of 8 to 4,096 images. ``epochs`` trains 5 and 40 epochs on
ten digits and on 1,000, and 40 with early stopping.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.training.control import Control
from engine.training.interval import wilson
from engine.training.sweep import PointMeasured, sweep
from engine.training.sweep_plan import BATCH_SIZES, SweepPlan, SweepPoint

BASE = TrainConfig(model="mlp", hidden=(128,), epochs=5, augment="off", device="cpu")
SIZE = (1280, 720)


def points_of(document: Document, plan: SweepPlan) -> list[SweepPoint]:
    points = []
    for event in sweep(document, plan, Control()):
        if isinstance(event, PointMeasured):
            point = event.point
            points.append(point)
            low, high = wilson(round((point.val_accuracy or 0) * point.val_images), point.val_images)
            print(
                f"{point.value!s:>8}  val {point.val_accuracy:.1%} [{low:.1%} - {high:.1%}]"
                f"  train {point.train_accuracy:.1%}  best epoch {point.best_epoch:>2}"
                f"  noise {point.noise if point.noise is not None else float('nan'):.3f}"
                f"  {point.images_per_second:>8,.0f} images/s  {(point.step_bytes or 0) / 2**20:>6.1f} MB",
                flush=True,
            )
    return points


def draw(document: Document, plan: SweepPlan, points: list[SweepPoint], out: Path, language: str) -> None:
    """Save the window's picture of an experiment."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui import run_history
    from gui.app import make_application
    from gui.appearance import Appearance
    from gui.settings import Settings
    from gui.widgets.experiment_results import ExperimentResults

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        Appearance(application, Settings(Path(folder) / "settings.ini"), None).use(language, "light")
    results = ExperimentResults()
    results.setContentsMargins(8, 8, 8, 8)
    results.resize(*SIZE)
    results.dress()
    series = [run_history.series_of(document, document.runs.get(point.run)) for point in points]
    results.show_points(plan, points, series)
    results.show()
    application.processEvents()
    if not results.grab().save(str(out)):
        sys.exit(f"{out} could not be written")


def batch_sizes(document: Document, out: Path | None, language: str) -> None:
    plan = SweepPlan(BASE, "batch_size", BATCH_SIZES)
    points = points_of(document, plan)
    if out is not None:
        draw(document, plan, points, out, language)


def epochs(document: Document) -> None:
    for images in (10, 1_000):
        print(f"{images} digits")
        base = replace(BASE, train_images=images, batch_size=10)
        points_of(document, SweepPlan(base, "epochs", (5, 40)))
        print("  with early stopping (patience 5)")
        points_of(document, SweepPlan(replace(base, early_stop=5), "epochs", (40,)))
    for run in document.runs.list():
        losses = document.runs.metrics(run.id, "val_loss")[2]
        done = len(losses)
        print(
            f"run {run.id}: {run.config.train_images} digits, {done} of {run.config.epochs} epochs done:"
            f" val loss lowest {losses.min():.3f} in epoch {int(losses.argmin()) + 1}, last {losses[-1]:.3f};"
            f" kept epoch {run.best_epoch}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("experiment", choices=("batch-sizes", "epochs"))
    parser.add_argument("--out", type=Path, help="where the picture goes")
    parser.add_argument("--language", choices=("en", "ja"), default="en")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        document = Document.create(Path(folder) / "experiment.dojo")
        starter.add_to(document)
        if arguments.experiment == "epochs":
            epochs(document)
        else:
            batch_sizes(document, arguments.out, arguments.language)
        document.close()


if __name__ == "__main__":
    main()
