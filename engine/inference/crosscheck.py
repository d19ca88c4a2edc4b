"""Has training digits read by models that have not learned them: each half by one that learned the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.errors import Code, EngineError
from engine.events import RunFailed, RunFinished, StepCompleted
from engine.inference.predictor import Predictor
from engine.inference.readings import Progress, Readings, read
from engine.training.batches import Digits
from engine.training.control import Control
from engine.training.plan import EpochPlan
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

if TYPE_CHECKING:
    from engine.data.document import Document

HALVES = 2
SHOWN = 30_000  # images that each half's model is shown, at least ...
FEWEST, MOST = 2, 40  # ... within these bounds of epochs: long enough to read, too short to learn by heart
FEW = 20  # digits below which half of them teach nothing


def cross_check(
    document: Document, progress: Progress = lambda _done, _total: True, seed: int = 0
) -> Readings | None:
    """Read the labelled training digits, each by a model that learned from the other half of them only.

    Whole groups lie in one half, so that no model has learned from the hand that it judges. Nothing is kept
    of the two trainings.

    Args:
        document: belongs to the calling thread.
        progress: told (steps done, of all); where it returns False, the rest is left out.
        seed: of the halves and the trainings.

    Returns:
        The readings; None where it was cancelled.

    Raises:
        EngineError: NO_TRAINING_DIGITS where there are fewer than FEW, or why a training failed.
    """
    samples = document.samples.load(Split.TRAIN, labelled_only=True)
    if len(samples) < FEW:
        raise EngineError(Code.NO_TRAINING_DIGITS)
    halves = halves_of([group for _, _, group in document.samples.grouped(Split.TRAIN)], seed)
    if len(np.unique(halves)) < HALVES:  # one group: better its own digits apart than no second opinion
        halves = halves_of([None] * len(samples), seed)
    epochs = min(MOST, max(FEWEST, math.ceil(HALVES * SHOWN / len(samples))))
    config = TrainConfig(epochs=epochs, batch_size=32, augment="light", seed=seed)
    plans = [EpochPlan(int((halves != half).sum()), config.batch_size, epochs) for half in range(HALVES)]
    total, done = sum(plan.total_steps for plan in plans), 0
    found = Readings.none()
    for half, plan in enumerate(plans):
        held = halves == half
        model = _learned(
            config, Digits(samples.images[~held], samples.labels[~held]), _after(progress, done, total)
        )
        if model is None:
            return None
        done += plan.total_steps
        found = found.joined(read(model, samples.ids[held], samples.images[held]))
    return found if progress(total, total) else None


def halves_of(groups: list[str | None], seed: int) -> NDArray[np.int64]:
    """Return to which half each digit belongs; digits of one group to the same, the halves about equal."""
    names = np.array([f"#{row}" if group is None else f"g{group}" for row, group in enumerate(groups)])
    _, members, sizes = np.unique(names, return_inverse=True, return_counts=True)
    half_of_group = np.zeros(len(sizes), np.int64)
    filled = [0] * HALVES
    for group in np.random.default_rng(seed).permutation(len(sizes)):
        half_of_group[group] = filled.index(min(filled))
        filled[half_of_group[group]] += int(sizes[group])
    halves: NDArray[np.int64] = half_of_group[members]
    return halves


def _learned(config: TrainConfig, digits: Digits, progress: Progress) -> Predictor | None:
    store, control = MemoryStore(), Control()
    for event in Trainer(config, digits, None, store=store, control=control).run():
        if isinstance(event, StepCompleted) and not progress(event.step, 0):
            control.stop()
        if isinstance(event, RunFailed):
            raise EngineError(Code(event.code), **event.fields)
        if isinstance(event, RunFinished) and event.reason == "completed" and store.best is not None:
            return Predictor(config, store.best.weights)
    return None


def _after(progress: Progress, done: int, total: int) -> Progress:
    return lambda step, _all: progress(done + step, total)
