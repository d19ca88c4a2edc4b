"""The facts that the doctor needs of a training's digits and of this machine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import device
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Samples, Split
from engine.events import Confusion
from engine.inference.predictor import load_base
from engine.training.control import Control
from engine.training.illness import DataFacts, Faster
from engine.training.models import CLASSES
from engine.training.pace import measure

ASKED = 60  # digits a class that the shipped model is asked about
SMALL = 16  # a smaller batch leaves a processor waiting for its next call
USUAL = 64  # the batch size it is compared with


def facts_of(document: Document, run: int, control: Control) -> DataFacts:
    """Return the facts of a stored run; nothing is measured once ``control`` is stopped.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    config = document.runs.get(run).config
    train, val = (document.runs.members(run, split) for split in (Split.TRAIN, Split.VAL))
    return DataFacts(
        train_counts=_counts(train),
        val_counts=_counts(val),
        light=light_grounds(train.images) + light_grounds(val.images),
        second_opinion=None if control.stop_requested else second_opinion(train.images, train.labels),
        faster=faster(config, len(train), control),
    )


def light_grounds(images: NDArray[np.uint8]) -> int:
    """Return how many of (N, 28, 28) digits have a light ground: the rim of a canonical one is black."""
    rim = np.ones((28, 28), bool)
    rim[1:-1, 1:-1] = False
    return int((images[:, rim].mean(axis=1) > 127).sum()) if len(images) else 0


def second_opinion(images: NDArray[np.uint8], labels: NDArray[Any]) -> Confusion:
    """Return what the shipped model reads in up to ASKED digits of each label."""
    chosen = np.concatenate([np.flatnonzero(labels == label)[:ASKED] for label in range(CLASSES)])
    table = np.zeros((CLASSES, CLASSES), np.int64)
    if len(chosen):
        answers = load_base().probabilities(images[chosen]).argmax(axis=1)
        np.add.at(table, (labels[chosen].astype(np.int64), answers), 1)
    return tuple(tuple(row) for row in table.tolist())


def faster(config: TrainConfig, images: int, control: Control) -> Faster | None:
    """Measure what might be faster: a graphics card that is not used, or a batch that is not tiny."""
    best = device.available()[0]
    if config.device == "cpu" and best != "cpu":
        other = replace(config, device=best)
    elif config.batch_size < SMALL and images > 2 * USUAL:
        other = replace(config, batch_size=USUAL)
    else:
        return None
    pace = measure(other, images, 0, control)
    return None if pace is None else Faster(pace.batch_size, other.device, pace.images_per_second)


def _counts(samples: Samples) -> tuple[int, ...]:
    known = samples.labels[samples.labels >= 0]
    return tuple(np.bincount(known, minlength=CLASSES).tolist())
