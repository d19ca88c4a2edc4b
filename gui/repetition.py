"""Trains the same settings with several seeds, one after the other, through the window's one training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from engine.config import SEED_RANGE, TrainConfig
from engine.events import RunFinished, RunStarted, StepCompleted
from gui.training_controller import TrainingController

SEEDS = 5


class Repetition(QObject):
    """A queue of trainings. Stopping one of them, or its failure, ends the queue; what was trained is kept.

    Args:
        controller: runs the trainings; while it is busy with another one the queue waits.

    Signals:
        changed: it began, moved on, paused, goes on or has ended.

    Attributes:
        total: trainings of the queue; 0 while there is none.
        done: how many of them have ended.
        share: how far the one that runs is, 0 … 1.
    """

    changed = Signal()

    def __init__(self, controller: TrainingController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._waiting: list[TrainConfig] = []
        self._is_ours = False  # the training that lives now is one of the queue
        self.total = 0
        self.done = 0
        self.share = 0.0
        self._steps = 0  # of the training that lives now
        controller.events_received.connect(self._on_events)
        controller.state_changed.connect(self._on_state)
        controller.run_ended.connect(self._on_run_ended)

    @property
    def is_active(self) -> bool:
        """True until the last training has ended."""
        return self.total > 0

    @property
    def is_paused(self) -> bool:
        """True while its training waits."""
        return self._is_ours and self._controller.state == "paused"

    def start(self, configs: Sequence[TrainConfig]) -> bool:
        """Train each of ``configs``; False while a queue lives or there is nothing to train."""
        if self.is_active or not configs:
            return False
        self._waiting = list(configs)
        self.total, self.done, self.share = len(configs), 0, 0.0
        self._next()
        return True

    def pause(self) -> None:
        """Wait after the step that is computed now."""
        if self._is_ours:
            self._controller.pause()
            self.changed.emit()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._is_ours:
            self._controller.resume()
            self.changed.emit()

    def stop(self) -> None:
        """End the queue: stop the training that runs, start no other; what was learnt is kept."""
        self._waiting.clear()
        if self._is_ours:
            self._controller.stop()
        else:
            self._finish()

    def _next(self) -> None:
        if not self.is_active:
            return
        if not self._waiting:
            self._finish()
        elif self._controller.start(self._waiting[0]):
            self._waiting.pop(0)
            self._is_ours, self._steps, self.share = True, 0, 0.0
            self.changed.emit()
        # else another training was begun in between: its end calls again

    def _finish(self) -> None:
        self._waiting.clear()
        self.total = self.done = 0
        self.share = 0.0
        self.changed.emit()

    def _on_events(self, events: list[object]) -> None:
        if not self._is_ours:
            return
        for event in events:
            if isinstance(event, RunStarted):
                self._steps = event.total_steps
            elif isinstance(event, StepCompleted) and self._steps:
                self.share = event.step / self._steps
        self.changed.emit()

    def _on_state(self, _state: str) -> None:
        if self._is_ours:
            self.changed.emit()

    def _on_run_ended(self, ending: object) -> None:
        if not self.is_active:
            return
        if self._is_ours:
            self._is_ours = False
            self.done += 1
            self.share = 0.0
            if not isinstance(ending, RunFinished) or ending.reason == "stopped":
                self._finish()
                return
        QTimer.singleShot(0, self, self._next)  # after everybody has heard of the end


def with_seeds(config: TrainConfig, taken: Sequence[int], count: int = SEEDS) -> list[TrainConfig]:
    """Return ``config`` with the seeds that are missing for ``count`` in all, from its own seed upwards.

    Args:
        config: the settings.
        taken: seeds with which they were trained on these digits already.
        count: runs there are to be in all.
    """
    wanted = [(config.seed + number) % (SEED_RANGE[1] + 1) for number in range(count + len(set(taken)))]
    missing = max(0, count - len(set(taken)))
    return [replace(config, seed=seed) for seed in wanted if seed not in taken][:missing]
