"""Work beside the window of which only the newest wish counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.workers import CLOSING_MS, Task, TaskRunner


class LatestTask(QObject):
    """Runs one task at a time and tells the result of the newest only.

    Signals:
        finished: the result of the newest task.
        failed: the EngineError of the newest task.
    """

    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Task | None = None
        self._is_wanted = False
        self._runner = TaskRunner(self)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """True while a result is wanted and not there yet."""
        return self._is_wanted

    def start(self, task: Task) -> None:
        """Want the result of ``task``, and of no earlier one, which ends at its next word of progress."""
        self._is_wanted = True
        if not self._runner.start(task):
            self._waiting = task
            self._runner.cancel()

    def forget(self) -> None:
        """Want nothing any more; a task that runs ends unheard, at its next word of progress."""
        self._waiting = None
        self._is_wanted = False
        self._runner.cancel()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left."""
        self.forget()
        return self._runner.shutdown(timeout_ms)

    def _on_finished(self, result: object) -> None:
        if self._ends():
            self.finished.emit(result)

    def _on_failed(self, error: object) -> None:
        if self._ends():
            self.failed.emit(error)

    def _ends(self) -> bool:
        """Return whether what came is what is wanted; start what waits."""
        task, self._waiting = self._waiting, None
        if task is not None:
            self._runner.start(task)
            return False
        wanted, self._is_wanted = self._is_wanted, False
        return wanted
