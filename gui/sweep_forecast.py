"""Tells how long an experiment will take: each kind of step it takes is measured for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.config import TrainConfig
from engine.training.control import Control
from engine.training.plan import EpochPlan
from engine.training.sweep_plan import SweepPlan
from gui.measure_at_rest import MeasureAtRest, kind_of, measure_pace
from gui.workers import Progress, Task

if TYPE_CHECKING:
    from gui.measure_at_rest import Measure

AROUND = 1.0  # seconds a run takes besides its steps: to begin, to be stored, to have its memory measured
Question = tuple[SweepPlan, int, int]  # the plan, training digits, validation digits


class SweepForecast(MeasureAtRest):
    """Answers for one plan at a time.

    Args:
        measure: as in ``MeasureAtRest``.

    Signals:
        told: the seconds that the newest plan will take, None where they could not be measured.
    """

    told = Signal(object)

    def __init__(self, measure: Measure = measure_pace, parent: QObject | None = None) -> None:
        super().__init__(measure, parent)
        self._question: Question | None = None

    def ask(self, plan: SweepPlan, images: int, val_images: int) -> float | None:
        """Return the seconds where they are known; else it is measured soon, and ``told`` tells them."""
        self.stop()
        self._question = (plan, images, val_images)
        known = self._seconds()
        if known is None:
            self.want()
        return known

    def task(self, control: Control) -> Task:
        """Return the measuring of every kind of step that is not known yet."""
        assert self._question is not None
        plan, images, val_images = self._question
        kinds = {
            kind_of(config, _images(config, images), val_images): (config, _images(config, images))
            for config in plan.configs()
        }
        missing = {kind: what for kind, what in kinds.items() if kind not in self.known}

        def task(_progress: Progress) -> object:
            found = {}
            for kind, (config, count) in missing.items():
                pace = self.measure(config, count, val_images, control)
                if pace is None:
                    break
                found[kind] = pace
            return found

        return task

    def on_measured(self, result: object) -> None:
        """Tell how long all runs of the plan take."""
        assert isinstance(result, dict)
        self.known |= result
        self.told.emit(self._seconds())

    def on_failed(self) -> None:
        """Tell that nobody knows."""
        self.told.emit(None)

    def _seconds(self) -> float | None:
        assert self._question is not None
        plan, images, val_images = self._question
        total = 0.0
        for config in plan.configs():
            count = _images(config, images)
            pace = self.known.get(kind_of(config, count, val_images))
            if pace is None:
                return None
            plan_of_run = EpochPlan(count, config.batch_size, config.epochs)
            redrawn = count if config.strokes == "redrawn" else 0  # at most: all of them are strokes
            total += AROUND + pace.seconds(plan_of_run, val_images, redrawn)
        return total


def _images(config: TrainConfig, images: int) -> int:
    """Return the digits that a run of ``config`` learns from, of ``images`` there are."""
    return max(1, min(images, config.train_images or images))
