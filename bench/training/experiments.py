"""Experiments on the starter digits, with the window's own plots; the documentation shows the first.

    python bench/training/experiments.py batch-sizes [--out PICTURE] [--language en|ja]
    python bench/training/experiments.py pairs [--out PICTURE] [--language en|ja]

``batch-sizes`` trains a perceptron with batches of 8 to 4,096 images; ``pairs`` with six batch sizes at three
learning rates each. 5 epochs against 40: ``overfitting.py``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
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
PLANS = {
    "batch-sizes": SweepPlan(BASE, "batch_size", BATCH_SIZES),
    "pairs": SweepPlan(
        BASE, "batch_size", (8, 32, 128, 512, 2048, 4096), "learning_rate", (0.001, 0.005, 0.02)
    ),
}
SIZE = (1280, 720)


def points_of(document: Document, plan: SweepPlan) -> list[SweepPoint]:
    points = []
    for event in sweep(document, plan, Control()):
        if isinstance(event, PointMeasured):
            point = event.point
            points.append(point)
            low, high = wilson(round((point.val_accuracy or 0) * point.val_images), point.val_images)
            print(
                f"{point.value!s:>8} {point.second or ''!s:>6}"
                f"  val {point.val_accuracy:.1%} [{low:.1%} - {high:.1%}]"
                f"  train {point.train_accuracy:.1%}  best epoch {point.best_epoch:>2}"
                f"  noise {point.noise if point.noise is not None else float('nan'):>6.1%} of the loss"
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


def run(document: Document, plan: SweepPlan, out: Path | None, language: str) -> None:
    points = points_of(document, plan)
    if out is not None:
        draw(document, plan, points, out, language)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("experiment", choices=tuple(PLANS))
    parser.add_argument("--out", type=Path, help="where the picture goes")
    parser.add_argument("--language", choices=("en", "ja"), default="en")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        document = Document.create(Path(folder) / "experiment.dojo")
        starter.add_to(document)
        run(document, PLANS[arguments.experiment], arguments.out, arguments.language)
        document.close()


if __name__ == "__main__":
    main()
