"""Measures how long a training will take, a moment after its settings have come to rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.config import TrainConfig
from engine.training.control import Control
from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.training.pace import Pace

    Measure = Callable[[TrainConfig, int, int, Control], Pace | None]

REST_MS = 400  # somebody who types is not measured after each key


def measure_pace(config: TrainConfig, images: int, val_images: int, control: Control) -> Pace | None:
    """Measure with the engine. It imports PyTorch, which takes seconds: for a worker."""
    from engine.training.pace import measure

    return measure(config, images, val_images, control)


class PaceWatch(QObject):
    """Answers how fast a training would be; each kind of step is measured once.

    Args:
        measure: called in a worker; ends soon once its control is stopped.

    Signals:
        measured: the Pace of the newest question, or None where it could not be measured.
    """

    measured = Signal(object)

    def __init__(self, measure: Measure = measure_pace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        self._known: dict[object, Pace] = {}
        self._question = (TrainConfig(), 0, 0)  # the newest
        self._control = Control()
        self._task = LatestTask(self)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(lambda _error: self.measured.emit(None))  # the training will say why
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)

    def ask(self, config: TrainConfig, images: int, val_images: int) -> Pace | None:
        """Return the pace where it is known; else it is measured soon, and ``measured`` tells it."""
        kind = kind_of(config, images, val_images)
        known = self._known.get(kind)
        if known is not None or not self.is_measuring or kind != kind_of(*self._question):
            self.stop()
            self._question = (config, images, val_images)
            if known is None:
                self._rest.start()
        return known

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

    def _begin(self) -> None:
        config, images, val_images = self._question
        self._control = control = Control()

        def task(_progress: Progress) -> object:
            pace = self._measure(config, images, val_images, control)
            return kind_of(config, images, val_images), pace

        self._task.start(task)

    def _on_finished(self, result: object) -> None:
        assert isinstance(result, tuple)
        kind, pace = result
        if pace is not None:
            self._known[kind] = pace
        self.measured.emit(pace)


def kind_of(config: TrainConfig, images: int, val_images: int) -> object:
    """Return what the time of a step depends on."""
    batch_size = min(config.batch_size, max(images, 1))
    amounts = config.amounts
    varies = amounts and (bool(amounts.elastic), bool(amounts.thicker or amounts.thinner))
    model, how = (config.model, config.hidden, config.layers), (varies, config.strokes)
    return model, how, config.device, batch_size, bool(val_images)
