"""Start, pause, step, stop and extend a training; its events arrive on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.config import TrainConfig
from engine.errors import Code
from engine.events import RunFailed, RunFinished, RunPaused, RunStarted, StepCompleted
from engine.training.control import Control
from gui.workers import DRAIN_MS, IteratorWorker, WorkEnded, drain

IDLE, STARTING, RUNNING, PAUSED, STOPPING = STATES = ("idle", "starting", "running", "paused", "stopping")
SHUTDOWN_MS = 3_000


class Jobs(Protocol):
    """What the thread runs. Each call happens *in* the thread and returns an iterator of events."""

    def start(self, path: Path, config: TrainConfig, control: Control) -> Iterator[object]: ...
    def resume(self, path: Path, run: int, extra_epochs: int, control: Control) -> Iterator[object]: ...


class EngineJobs:
    """The real trainings; PyTorch is imported in the thread, never before."""

    def start(self, path: Path, config: TrainConfig, control: Control) -> Iterator[object]:
        """Train a new run in the document at ``path``, over a connection of this thread."""
        from engine.data.document import Document
        from engine.training import session

        document = Document.open(path)
        try:
            yield from session.start(document, config, control)
        finally:
            document.close()

    def resume(self, path: Path, run: int, extra_epochs: int, control: Control) -> Iterator[object]:
        """Continue an unfinished run, or extend a finished one by ``extra_epochs``."""
        from engine.data.document import Document
        from engine.training import session

        document = Document.open(path)
        try:
            yield from session.resume(document, run, control, extra_epochs)
        finally:
            document.close()


class TrainingController(QObject):
    """One training at a time, in one of the STATES.

    idle → starting (thread and PyTorch load) → running ⇄ paused → stopping → idle; any state may fall back
    to idle with a RunFailed. A timer empties the queue 30 times a second, and only while a training lives.

    Args:
        path: returns the document's path when a training starts.
        jobs: what runs in the thread; tests pass their own.

    Signals:
        events_received: the list of events of one look into the queue, oldest first, of this run only.
        state_changed: the new state.
        run_ended: the RunFinished or RunFailed, exactly once a training, when its thread has ended.

    Attributes:
        state: one of STATES.
        run: number of the run that is trained now or was trained last; None before the first.
        is_pausing: True between ``pause`` and the trainer's RunPaused.
    """

    events_received = Signal(list)
    state_changed = Signal(str)
    run_ended = Signal(object)

    def __init__(
        self, path: Callable[[], Path], jobs: Jobs | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = IDLE
        self.run: int | None = None
        self.is_pausing = False
        self._is_watched = False
        self._steps_due = 0  # single steps that were asked for and are not done
        self._path = path
        self._jobs: Jobs = jobs if jobs is not None else EngineJobs()
        self._control: Control | None = None
        self._worker: IteratorWorker | None = None
        self._queue: SimpleQueue[object] = SimpleQueue()
        self._ending: RunFinished | RunFailed | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self._on_drain)

    @property
    def is_active(self) -> bool:
        """True while a training lives, paused ones included."""
        return self.state != IDLE

    def start(self, config: TrainConfig, paused: bool = False) -> bool:
        """Train a new run; with ``paused`` it waits after its first step. False while another lives."""
        path = self._path()
        return self._launch(lambda control: self._jobs.start(path, config, control), paused)

    def continue_run(self, run: int, extra_epochs: int = 0) -> bool:
        """Go on with ``run`` to its planned end, or ``extra_epochs`` beyond; False while another lives."""
        path = self._path()
        return self._launch(lambda control: self._jobs.resume(path, run, extra_epochs, control), False)

    def extend(self, epochs: int) -> bool:
        """Train the last run of this controller for ``epochs`` more. False if there is none."""
        return self.run is not None and self.continue_run(self.run, epochs)

    def pause(self) -> None:
        """Wait after the step that is computed now; RunPaused says when."""
        if self._control is not None and self.state in (STARTING, RUNNING):
            self.is_pausing = True
            self._control.pause()

    def resume(self) -> None:
        """Go on after a pause, or take back one that was only asked for."""
        if self._control is not None and (self.state == PAUSED or self.is_pausing):
            self.is_pausing, self._steps_due = False, 0
            self._control.resume()
            self._enter(RUNNING if self.state == PAUSED else self.state)

    def step(self) -> None:
        """While paused: exactly one step; a press before the last one's step is done waits for it."""
        if self._control is not None and self.state == PAUSED:
            self._steps_due += 1
            if self._steps_due == 1:
                self._control.step_once()

    def watch(self, is_watched: bool) -> None:
        """Have this and later trainings tell of single batches (BatchWalked), or no longer."""
        self._is_watched = is_watched
        if self._control is not None:
            self._control.watch(is_watched)

    def stop(self) -> None:
        """End the training after the step that is computed now; what it learnt is kept."""
        if self._control is not None and self.state in (STARTING, RUNNING, PAUSED):
            self._control.stop()
            self._enter(STOPPING)

    def shutdown(self, timeout_ms: int = SHUTDOWN_MS) -> bool:
        """Stop and wait, for closing the window or the document; no signal is emitted any more.

        Returns:
            True when no thread is left. False if it did not end in time: the caller must then leave the
            process without destroying the thread.
        """
        self._timer.stop()
        if self._worker is not None:
            if self._control is not None:
                self._control.stop()
            if not self._worker.wait(timeout_ms):
                return False
        self._forget()
        self.state = IDLE
        return True

    def _launch(self, make_events: Callable[[Control], Iterator[object]], paused: bool) -> bool:
        if self._worker is not None:
            return False
        control = Control()
        control.watch(self._is_watched)
        if paused:
            control.pause()
            control.step_once()
        self.is_pausing, self._steps_due = paused, int(paused)
        self.run = None
        self._control = control
        self._ending = None
        self._queue = SimpleQueue()  # whatever an older training still says goes nowhere
        self._worker = IteratorWorker(lambda: make_events(control), self._queue)
        self._enter(STARTING)
        self._worker.start()
        self._timer.start()
        return True

    def _on_drain(self) -> None:
        events: list[object] = []
        ended: WorkEnded | None = None
        for value in drain(self._queue):
            if isinstance(value, WorkEnded):
                ended = value
            elif self._is_ours(value):
                events.append(value)
        if ended is not None and self._ending is None:
            self._ending = self._failure(ended)
            events.append(self._ending)
        if events:
            self._follow(events)
            self.events_received.emit(events)
        if ended is not None:
            self._end()

    def _is_ours(self, event: object) -> bool:
        """Note what ``event`` says about the training; False for one of another run or after the end."""
        run = getattr(event, "run", None)
        if self._ending is not None or (self.run is not None and run != self.run):
            return False
        if isinstance(event, RunStarted):
            self.run = event.run
        if isinstance(event, RunFinished | RunFailed):
            self._ending = event
        return True

    def _follow(self, events: list[object]) -> None:
        """Bring ``state`` to what the events say; a resumption shows as a step nobody asked for."""
        state = self.state
        for event in events:
            if isinstance(event, RunPaused):
                state, self.is_pausing = PAUSED, False
                self._on_paused()
            elif isinstance(event, RunStarted) or (isinstance(event, StepCompleted) and not self._steps_due):
                state = RUNNING
        if self.state != STOPPING:
            self._enter(state)

    def _on_paused(self) -> None:
        """Count a single step as done, and take the next one that was asked for."""
        self._steps_due = max(0, self._steps_due - 1)
        if self._steps_due and self._control is not None:
            self._control.step_once()

    def _end(self) -> None:
        self._timer.stop()
        if self._worker is not None:
            self._worker.wait()  # its last value is out: it returns at once
        ending = self._ending
        self._forget()
        self._enter(IDLE)
        self.run_ended.emit(ending)

    def _failure(self, ended: WorkEnded) -> RunFailed:
        run = self.run if self.run is not None else 0
        if ended.failure is not None:
            return RunFailed(run, ended.failure.code.value, dict(ended.failure.fields))
        return RunFailed(run, Code.INTERNAL.value, {"detail": "the training ended without a word"})

    def _forget(self) -> None:
        self._worker = None
        self._control = None
        self._ending = None
        self.is_pausing, self._steps_due = False, 0

    def _enter(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
