"""Tells how long an experiment will take: each kind of step it takes is measured for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.config import TrainConfig
from engine.training.control import Control
from engine.training.plan import EpochPlan
from engine.training.sweep_plan import SweepPlan
from gui.latest_task import LatestTask
from gui.pace_watch import REST_MS, kind_of, measure_pace
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.training.pace import Pace
    from gui.pace_watch import Measure

AROUND = 1.0  # seconds a run takes besides its steps: to begin, to be stored, to have its memory measured
Question = tuple[SweepPlan, int, int]  # the plan, training digits, validation digits


class SweepForecast(QObject):
    """Answers for one plan at a time.

    Args:
        measure: called in a worker; ends soon once its control is stopped.

    Signals:
        told: the seconds that the newest plan will take, None where they could not be measured.
    """

    told = Signal(object)

    def __init__(self, measure: Measure = measure_pace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        self._known: dict[object, Pace] = {}
        self._question: Question | None = None
        self._control = Control()
        self._task = LatestTask(self)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(lambda _error: self.told.emit(None))  # the training will say why
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)

    @property
    def is_measuring(self) -> bool:
        """True while an answer is to come."""
        return self._rest.isActive() or self._task.is_running

    def ask(self, plan: SweepPlan, images: int, val_images: int) -> float | None:
        """Return the seconds where they are known; else it is measured soon, and ``told`` tells them."""
        self.stop()
        self._question = (plan, images, val_images)
        known = self._seconds()
        if known is None:
            self._rest.start()
        return known

    def stop(self) -> None:
        """Measure nothing any more: a training begins, or nobody looks."""
        self._rest.stop()
        self._control.stop()
        self._task.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        self.stop()
        return self._task.shutdown(timeout_ms)

    def _begin(self) -> None:
        assert self._question is not None
        plan, images, val_images = self._question
        self._control = control = Control()
        kinds = {
            kind_of(config, _images(config, images), val_images): (config, _images(config, images))
            for config in plan.configs()
        }
        missing = {kind: what for kind, what in kinds.items() if kind not in self._known}

        def task(_progress: Progress) -> object:
            found = {}
            for kind, (config, count) in missing.items():
                pace = self._measure(config, count, val_images, control)
                if pace is None:
                    break
                found[kind] = pace
            return found

        self._task.start(task)

    def _on_finished(self, found: object) -> None:
        assert isinstance(found, dict)
        self._known |= found
        self.told.emit(self._seconds())

    def _seconds(self) -> float | None:
        assert self._question is not None
        plan, images, val_images = self._question
        total = 0.0
        for config in plan.configs():
            count = _images(config, images)
            pace = self._known.get(kind_of(config, count, val_images))
            if pace is None:
                return None
            plan_of_run = EpochPlan(count, config.batch_size, config.epochs)
            redrawn = count if config.strokes == "redrawn" else 0  # at most: all of them are strokes
            total += AROUND + pace.seconds(plan_of_run, val_images, redrawn)
        return total


def _images(config: TrainConfig, images: int) -> int:
    """Return the digits that a run of ``config`` learns from, of ``images`` there are."""
    return max(1, min(images, config.train_images or images))
