"""The series of a stored run: every figure with its exact place in epochs, steps, images and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.data.runs import RunRecord, RunTable
from engine.training.plan import EpochPlan
from engine.training.schedule import corners

FloatArray = NDArray[np.float64]

EPOCH_FIGURES = (
    *("train_loss", "val_loss", "train_accuracy", "val_accuracy"),
    *("learning_rate", "ms_per_step"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points of a run, in the order of their steps; all arrays are float64 (N,).

    Attributes:
        epoch: passes over the training images, with fractions inside an epoch.
        step: global step, from 1.
        images: images shown.
        seconds: training time without pauses; nan where it was not kept.
        values: figures by name; nan where one is not known at this step.
    """

    epoch: FloatArray
    step: FloatArray
    images: FloatArray
    seconds: FloatArray
    values: Mapping[str, FloatArray]

    def __len__(self) -> int:
        return len(self.step)


def plan_of(record: RunRecord) -> EpochPlan:
    """Return the arithmetic of a stored run, with its extensions."""
    epochs = sum(record.facts.get("segments", [record.config.epochs]))
    return EpochPlan(max(1, int(record.facts.get("n_train", 1))), record.config.batch_size, epochs)


def begun_at(record: RunRecord) -> float:
    """Return when a run began, in seconds since 1970; 0 where somebody wrote no time there."""
    try:
        return datetime.fromisoformat(record.created).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def epoch_points(runs: RunTable, record: RunRecord) -> Points:
    """Return a point for each complete epoch, with EPOCH_FIGURES."""
    steps, epochs, losses = runs.metrics(record.id, "train_loss")
    values = {"train_loss": losses}
    for name in EPOCH_FIGURES[1:]:
        at, _, found = runs.metrics(record.id, name)
        values[name] = _placed(steps, at, found)
    images = images_at(plan_of(record), steps)
    return Points(epochs.astype(float), steps.astype(float), images, _seconds(runs, record, steps), values)


def step_points(runs: RunTable, record: RunRecord) -> Points:
    """Return a point for each step that was kept, with its batch's ``loss``."""
    plan = plan_of(record)
    steps, _, losses = runs.metrics(record.id, "loss")
    images = images_at(plan, steps)
    seconds = _seconds(runs, record, steps)
    return Points(images / plan.images, steps.astype(float), images, seconds, {"loss": losses})


def schedule_of(record: RunRecord, measured: Points) -> tuple[FloatArray, FloatArray]:
    """Return the learning rate of a run as the corners of a line: steps done, rate.

    The first plan and complete extensions are known exactly. Where early stopping cut an extension short its
    plan is gone, and the rates that were ``measured`` at the ends of its epochs stand for it.
    """
    steps = plan_of(record).steps_per_epoch
    segments = [int(length) for length in record.facts.get("segments", [record.config.epochs])]
    x, y = np.empty(0), np.empty(0)
    begin = 0
    for number, length in enumerate(segments):
        end = begin + length * steps
        if number == 0:
            line = corners(record.config.learning_rate, [max(record.config.epochs, length)], steps)
        elif number == len(segments) - 1 and record.reason == "early_stop":
            inside = (measured.step > begin) & (measured.step <= end)
            rates = measured.values["learning_rate"][inside]
            line = list(zip(measured.step[inside] - 0.5, rates, strict=True))
        else:
            line = corners(record.config.learning_rate, [1, length], steps)[3:]  # a first one of any length
            line = [(at - steps + begin, rate) for at, rate in line]
        cut = _until(line, end)
        x, y = np.concatenate([x, cut[0]]), np.concatenate([y, cut[1]])
        begin = end
    return x, y


def images_at(plan: EpochPlan, steps: NDArray[np.int64] | FloatArray) -> FloatArray:
    """Return the images shown once ``steps`` (N,) are done; between two steps, straight."""
    full, rest = np.divmod(np.asarray(steps, np.float64), plan.steps_per_epoch)
    images: FloatArray = full * plan.images + np.minimum(rest * plan.batch_size, plan.images)
    return images


def _until(line: list[tuple[float, float]], end: float) -> tuple[FloatArray, FloatArray]:
    """Return a line cut off at ``end``."""
    if not line:
        return np.empty(0), np.empty(0)
    x, y = (np.array(values, np.float64) for values in zip(*line, strict=True))
    keep = x <= end
    if keep.all():
        return x, y
    return np.append(x[keep], end), np.append(y[keep], np.interp(end, x, y))


def _placed(steps: NDArray[np.int64], at: NDArray[np.int64], values: FloatArray) -> FloatArray:
    """Return the values at ``steps``; nan where there is none."""
    result = np.full(len(steps), np.nan)
    _, mine, theirs = np.intersect1d(steps, at, return_indices=True)
    result[mine] = values[theirs]
    return result


def _seconds(runs: RunTable, record: RunRecord, steps: NDArray[np.int64]) -> FloatArray:
    """Return the seconds at ``steps``, straight between the epochs' ends; nan where none are stored."""
    at, _, seconds = runs.metrics(record.id, "seconds")
    if not len(at):
        return np.full(len(steps), np.nan)
    found: FloatArray = np.interp(steps, np.concatenate([[0], at]), np.concatenate([[0.0], seconds]))
    return found
