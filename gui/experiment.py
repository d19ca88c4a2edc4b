"""Runs an experiment: one training after another through the window's controller, each measured after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.errors import Code, EngineError
from engine.events import EpochCompleted, RunFailed, RunFinished, RunStarted, StepCompleted
from engine.training.sweep_plan import SURVIVABLE, SweepPlan, SweepPoint
from gui.document_session import DocumentSession
from gui.training_controller import TrainingController
from gui.workers import CLOSING_MS, TaskRunner

if TYPE_CHECKING:
    from engine.data.document import Document

Measure = Callable[["Document", int, Any, Any], SweepPoint]


def measure(document: Document, run: int, value: Any, second: Any) -> SweepPoint:
    """Return what a run came to; a worker calls it.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
    """
    from engine.training import sweep

    own = document.open_again()  # a connection of this thread
    try:
        return sweep.measured(own, run, value, second)
    finally:
        own.close()


class Experiment(QObject):
    """One experiment at a time; its runs are ordinary runs of the document, seen on the Train page too.

    Args:
        session: the window's document.
        controller: trains; while it does something else, no experiment begins.
        measure: measures a run in a worker; tests pass their own.

    Signals:
        progressed: the share that is done, 0 … 1.
        point_started: index of the run that is trained next, in the order of the plan's pairs.
        point_measured: its SweepPoint.
        ended: ``completed``, ``stopped`` or a failure's code.
        failed: the EngineError of a measurement, or a RunFailed that ends the experiment.

    Attributes:
        plan, points: of the experiment that runs or ran last.
    """

    progressed = Signal(float)
    point_started = Signal(int)
    point_measured = Signal(object)
    ended = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        measure: Measure = measure,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._controller = controller
        self._measure = measure
        self._measuring = TaskRunner(self)
        self._measuring.finished.connect(self._on_measured)
        self._measuring.failed.connect(self._on_measurement_failed)
        self._document: Document | None = None  # in which it runs
        self._is_cancelled = False
        self._total_steps = 0
        self.plan: SweepPlan | None = None
        self.points: list[SweepPoint] = []
        controller.events_received.connect(self._on_events)
        controller.run_ended.connect(self._on_run_ended)

    @property
    def is_running(self) -> bool:
        """True from ``start`` until ``ended``."""
        return self._document is not None

    def start(self, plan: SweepPlan) -> bool:
        """Begin; False while a training lives."""
        if self.is_running or self._controller.is_active:
            return False
        self.plan, self.points = plan, []
        self._document, self._is_cancelled = self._session.document, False
        self._next()
        return True

    def cancel(self) -> None:
        """End the run that is trained now, keep it, and begin no other."""
        if self.is_running:
            self._is_cancelled = True
            self._controller.stop()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Begin no other run and wait for a measurement; True when no thread is left."""
        self._document = None
        return self._measuring.shutdown(timeout_ms)

    def _next(self) -> None:
        assert self.plan is not None
        index = len(self.points)
        is_elsewhere = self._document is not self._session.document  # another document was opened
        if self._is_cancelled or is_elsewhere or index == len(self.plan.pairs()):
            self._end("stopped" if self._is_cancelled or is_elsewhere else "completed")
            return
        self._total_steps = 0
        self.point_started.emit(index)
        if not self._controller.start(self.plan.configs()[index]):
            self._end("stopped")  # somebody was quicker

    def _end(self, reason: str) -> None:
        self._document = None
        self.ended.emit(reason)

    def _on_events(self, events: list[object]) -> None:
        if not self.is_running or self.plan is None:
            return
        for event in events:
            if isinstance(event, RunStarted):
                self._total_steps = event.total_steps
            elif isinstance(event, StepCompleted | EpochCompleted) and self._total_steps:
                done = len(self.points) + min(1.0, event.step / self._total_steps)
                self.progressed.emit(done / len(self.plan.pairs()))

    def _on_run_ended(self, ending: object) -> None:
        if not self.is_running or self.plan is None or self._document is None:
            return
        if isinstance(ending, RunFailed) and (ending.code not in SURVIVABLE or not ending.run):
            self.failed.emit(EngineError(Code(ending.code), **ending.fields))
            self._end(ending.code)
        elif isinstance(ending, RunFinished | RunFailed):
            document, run = self._document, ending.run
            value, second = self.plan.pairs()[len(self.points)]
            if isinstance(ending, RunFinished) and ending.reason == "stopped":
                self._is_cancelled = True  # by the button of the Train page
            self._measuring.start(lambda _progress: self._measure(document, run, value, second))

    def _on_measured(self, point: object) -> None:
        if self.plan is None or not self.is_running or not isinstance(point, SweepPoint):
            return
        if self._document is not self._session.document:  # another was opened: it has no such run
            self._end("stopped")
            return
        self.points.append(point)
        self.progressed.emit(len(self.points) / len(self.plan.pairs()))
        self.point_measured.emit(point)
        self._next()

    def _on_measurement_failed(self, error: EngineError) -> None:
        self.failed.emit(error)
        self._end(error.code.value)
