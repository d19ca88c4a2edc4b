"""Measures how long a training will take, a moment after its settings have come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.config import TrainConfig
from engine.training.control import Control
from gui.measure_at_rest import MeasureAtRest, kind_of, measure_pace
from gui.workers import Progress, Task

if TYPE_CHECKING:
    from engine.training.pace import Pace
    from gui.measure_at_rest import Measure


class PaceWatch(MeasureAtRest):
    """Answers how fast a training would be; each kind of step is measured once.

    Args:
        measure: as in ``MeasureAtRest``.

    Signals:
        measured: the Pace of the newest question, or None where it could not be measured.
    """

    measured = Signal(object)

    def __init__(self, measure: Measure = measure_pace, parent: QObject | None = None) -> None:
        super().__init__(measure, parent)
        self._question = (TrainConfig(), 0, 0)  # the newest

    def ask(self, config: TrainConfig, images: int, val_images: int) -> Pace | None:
        """Return the pace where it is known; else it is measured soon, and ``measured`` tells it."""
        kind = kind_of(config, images, val_images)
        known = self.known.get(kind)
        if known is not None or not self.is_measuring or kind != kind_of(*self._question):
            self.stop()
            self._question = (config, images, val_images)
            if known is None:
                self.want()
        return known

    def task(self, control: Control) -> Task:
        """Return the measuring of one kind of step."""
        config, images, val_images = self._question

        def task(_progress: Progress) -> object:
            pace = self.measure(config, images, val_images, control)
            return kind_of(config, images, val_images), pace

        return task

    def on_measured(self, result: object) -> None:
        """Tell the pace."""
        assert isinstance(result, tuple)
        kind, pace = result
        if pace is not None:
            self.known[kind] = pace
        self.measured.emit(pace)

    def on_failed(self) -> None:
        """Tell that there is none."""
        self.measured.emit(None)
