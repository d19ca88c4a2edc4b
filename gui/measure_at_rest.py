"""Measures the pace of trainings in a worker, a moment after the question has come to rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from engine.config import TrainConfig
from engine.training.control import Control
from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS, Task

if TYPE_CHECKING:
    from engine.training.pace import Pace

    Measure = Callable[[TrainConfig, int, int, Control], Pace | None]

REST_MS = 400  # somebody who types is not measured after each key


def measure_pace(config: TrainConfig, images: int, val_images: int, control: Control) -> Pace | None:
    """Measure with the engine. It imports PyTorch, which takes seconds: for a worker."""
    from engine.training.pace import measure

    return measure(config, images, val_images, control)


class MeasureAtRest(QObject):
    """Waits, measures, keeps what is known; those below say what is asked, and tell the answer.

    Args:
        measure: called in a worker; ends soon once its control is stopped.

    Attributes:
        known: the Pace of each kind of step that was measured, see ``kind_of``.
    """

    def __init__(self, measure: Measure = measure_pace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self.known: dict[object, Pace] = {}
        self._control = Control()
        self._task = LatestTask(self)
        self._task.finished.connect(self.on_measured)
        self._task.failed.connect(lambda _error: self.on_failed())  # the training will say why
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)

    @property
    def is_measuring(self) -> bool:
        """True while an answer is to come."""
        return self._rest.isActive() or self._task.is_running

    def stop(self) -> None:
        """Measure nothing any more: a training begins, or nobody looks."""
        self._rest.stop()
        self._control.stop()
        self._task.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        self.stop()
        return self._task.shutdown(timeout_ms)

    def want(self) -> None:
        """Measure once nothing else is asked for a moment."""
        self._rest.start()

    def task(self, control: Control) -> Task:
        """Return what is to be done in the worker for the newest question."""
        raise NotImplementedError

    def on_measured(self, result: object) -> None:
        """Take what the task returned."""
        raise NotImplementedError

    def on_failed(self) -> None:
        """Tell that it could not be measured."""
        raise NotImplementedError

    def _begin(self) -> None:
        self._control = Control()
        self._task.start(self.task(self._control))


def kind_of(config: TrainConfig, images: int, val_images: int) -> object:
    """Return what the time of a step depends on."""
    batch_size = min(config.batch_size, max(images, 1))
    amounts = config.amounts
    varies = amounts and (bool(amounts.elastic), bool(amounts.thicker or amounts.thinner))
    model, how = (config.model, config.hidden, config.layers), (varies, config.strokes)
    return model, how, config.device, batch_size, bool(val_images)
