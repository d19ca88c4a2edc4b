"""Runs in a document without a training: real rows, real figures."""

from __future__ import annotations

import numpy as np

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.splits import Split
from engine.training.plan import EpochPlan
from engine.training.schedule import learning_rate

MEMBERS = {Split.TRAIN: (np.zeros(0, np.int64), np.zeros(0, np.int8))}


def add_run(
    document: Document,
    config: TrainConfig | None = None,
    *,
    images: int = 130,
    val_images: int = 200,
    level: float = 1.0,
    state: str = "finished",
    reason: str | None = "completed",
    epochs: int | None = None,
    steps: bool = True,
    **facts: object,
) -> int:
    """Store a run; epoch e has val_loss level / e and val_accuracy 1 − 0.4 / e, the last one is the best."""
    config = config or TrainConfig(epochs=4, batch_size=50)
    done = config.epochs if epochs is None else epochs
    plan = EpochPlan(images, config.batch_size, config.epochs)
    told = {
        "device": "cpu",
        "spoken_device": "cpu (1 thread)",
        "n_train": images,
        "n_val": val_images,
        "segments": [done if reason == "early_stop" else config.epochs],
        "data_version": document.data_version(),
        "torch": "2.13.0",
        **facts,
    }
    run = document.runs.create(config, told, MEMBERS)
    rows: list[tuple[int, int, str, float]] = []
    for step in range(1, done * plan.steps_per_epoch + 1):
        epoch = -(-step // plan.steps_per_epoch)
        if steps:
            rows.append((step, epoch, "loss", 3.0 * level / step))
        if step % plan.steps_per_epoch == 0:
            rate = learning_rate(step, config.learning_rate, [config.epochs], plan.steps_per_epoch)
            figures = {"train_loss": 1.2 * level / epoch, "train_accuracy": 1 - 0.5 / epoch}
            figures |= {"learning_rate": rate, "seconds": 2.0 * epoch, "ms_per_step": 9.0}
            if val_images:
                figures |= {"val_loss": level / epoch, "val_accuracy": 1 - 0.4 / epoch}
            rows += [(step, epoch, name, value) for name, value in figures.items()]
    document.runs.add_metrics(run, rows)
    updates: dict[str, object] = {"state": state, "reason": reason, "best_epoch": done or None}
    if val_images and done:
        updates |= {"val_loss": level / done, "val_accuracy": 1 - 0.4 / done, "val_images": val_images}
    document.runs.update(run, **updates)
    return run
