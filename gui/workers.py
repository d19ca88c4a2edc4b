"""The only file with threads: work runs in a QThread and comes back through one queue.

Nothing but plain values crosses: a worker touches no widget, no other thread's document and no live model.
A worker is asked to end (``Control.stop`` or ``TaskWorker.cancel``) and waited for; it is never killed.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal

from engine.errors import Code, EngineError

DRAIN_MS = 33  # the window looks into a queue 30 times a second, and only while something runs
PROGRESS_SECONDS = 1 / 30  # a task's progress is thinned at the source
CLOSING_MS = 3_000  # within which the window is gone, whatever still runs
NICENESS = 3  # a little below the window: drawing stays fluid, and a busy computer still answers
PATIENCE = 10  # of a training: where it shares a core with the window, the pen is followed at once

Progress = Callable[[int, int], bool]  # (done, total) -> False when the task should end
Task = Callable[[Progress], object]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkEnded:
    """The last value of every worker, exactly once; ``failure`` is None when all went well."""

    result: object = None
    failure: EngineError | None = None


@dataclass(frozen=True, slots=True)
class WorkProgressed:
    """``done`` of ``total`` units; a total of 0 means that it is not known."""

    done: int
    total: int


class IteratorWorker(QThread):
    """Runs an iterator of values to its end and forwards each value to a queue.

    Args:
        make_events: called in the thread; opens there what the iterator needs. It is stopped from outside
            by what it listens to itself (``engine.training`` has ``Control`` for that).
        queue: receives each value, then one WorkEnded.
    """

    def __init__(self, make_events: Callable[[], Iterator[object]], queue: SimpleQueue[object]) -> None:
        super().__init__()
        self._make_events = make_events
        self._queue = queue

    def run(self) -> None:
        """Forward every value; no exception leaves (it would reach ``sys.excepthook`` on this thread)."""
        _yield_to_the_window(PATIENCE)
        failure: EngineError | None = None
        try:
            for event in self._make_events():
                self._queue.put(event)
        except BaseException as error:  # noqa: BLE001 – it becomes a value of the queue
            failure = as_engine_error(error)
        self._queue.put(WorkEnded(failure=failure))


class TaskWorker(QThread):
    """Runs one task; WorkProgressed values, thinned by wall clock, then one WorkEnded go to the queue.

    Args:
        task: called in the thread with ``progress(done, total)``, which returns False once cancelled.
        queue: receives what happened.
    """

    def __init__(self, task: Task, queue: SimpleQueue[object]) -> None:
        super().__init__()
        self._task = task
        self._queue = queue
        self._cancelled = threading.Event()
        self._last_told = 0.0

    def cancel(self) -> None:
        """Ask the task to end; it does at its next word of progress."""
        self._cancelled.set()

    def run(self) -> None:
        """Run the task; no exception leaves."""
        _yield_to_the_window(NICENESS)
        result: object = None
        failure: EngineError | None = None
        try:
            result = self._task(self._progress)
        except BaseException as error:  # noqa: BLE001 – it becomes a value of the queue
            failure = as_engine_error(error)
        self._queue.put(WorkEnded(result, failure))

    def _progress(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if done >= total or now - self._last_told >= PROGRESS_SECONDS:
            self._last_told = now
            self._queue.put(WorkProgressed(done, total))
        return not self._cancelled.is_set()


class TaskRunner(QObject):
    """Runs one task at a time beside the window: import, loading a model, loading a picture.

    Signals:
        progressed: (done, total) while the task tells it.
        finished: the task's result; a cancelled task finishes with what it returned.
        failed: the EngineError that ended the task.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: TaskWorker | None = None
        self._queue: SimpleQueue[object] = SimpleQueue()
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self._drain)

    @property
    def is_running(self) -> bool:
        """True from ``start`` until ``finished`` or ``failed``."""
        return self._worker is not None

    def start(self, task: Task) -> bool:
        """Start ``task`` in its own thread; False, and nothing happens, while another runs."""
        if self._worker is not None:
            return False
        self._queue = SimpleQueue()
        self._worker = TaskWorker(task, self._queue)
        self._worker.start()
        self._timer.start()
        return True

    def cancel(self) -> None:
        """Ask the running task to end; ``finished`` still comes."""
        if self._worker is not None:
            self._worker.cancel()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left. No signal is emitted any more."""
        self._timer.stop()
        if self._worker is None:
            return True
        self._worker.cancel()
        if not self._worker.wait(timeout_ms):
            return False
        self._worker = None
        return True

    def _drain(self) -> None:
        latest: WorkProgressed | None = None
        ended: WorkEnded | None = None
        for value in drain(self._queue):
            if isinstance(value, WorkProgressed):
                latest = value
            elif isinstance(value, WorkEnded):
                ended = value
        if latest is not None:
            self.progressed.emit(latest.done, latest.total)
        if ended is not None:
            self._end(ended)

    def _end(self, ended: WorkEnded) -> None:
        self._timer.stop()
        if self._worker is not None:
            self._worker.wait()  # its last value is out: it returns at once
        self._worker = None
        if ended.failure is not None:
            self.failed.emit(ended.failure)
        else:
            self.finished.emit(ended.result)


class Worker(Protocol):
    """What runs beside the window and can be asked to end."""

    def shutdown(self, timeout_ms: int) -> bool: ...


def wait_for(workers: Sequence[Worker], timeout_ms: int) -> list[bool]:
    """Wait for all of them together; tell of each whether it has ended."""
    deadline = QDeadlineTimer(timeout_ms)
    return [worker.shutdown(max(0, deadline.remainingTime())) for worker in workers]


def drain(queue: SimpleQueue[object]) -> list[object]:
    """Return what lies in ``queue`` now, oldest first, without waiting."""
    values: list[object] = []
    for _ in range(queue.qsize()):  # bounded: a fast worker cannot hold the window here
        try:
            values.append(queue.get_nowait())
        except Empty:
            break
    return values


def as_engine_error(error: BaseException) -> EngineError:
    """Return ``error`` as one that has a sentence; what nobody foresaw is logged and becomes INTERNAL."""
    if isinstance(error, EngineError):
        return error
    log.error("a worker failed", exc_info=error)
    return EngineError(Code.INTERNAL, detail=f"{type(error).__name__}: {error}")


def _yield_to_the_window(niceness: int) -> None:
    """Lower this thread's priority where the system lets a thread do that for itself."""
    if sys.platform == "linux":
        try:
            own = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, own, max(niceness, os.getpriority(os.PRIO_PROCESS, own)))
        except OSError:
            log.debug("the worker keeps its priority")
