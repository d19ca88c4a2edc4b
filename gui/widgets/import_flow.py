"""Importing beside the window: reads files in a worker, tells how far it is, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.data.importers import ImportReport, import_paths
from engine.errors import EngineError
from gui.document_session import DocumentSession
from gui.workers import CLOSING_MS, Progress, TaskRunner


class ImportFlow(QObject):
    """One import at a time; the worker writes through a connection of its own.

    Signals:
        started: the worker reads.
        progressed: (int, int) done and total; a total of 0 is not known.
        ended: (ImportReport) the digits are in the document, as one step of undo.
        failed: (EngineError) nothing could be read.
    """

    started = Signal()
    progressed = Signal(int, int)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, session: DocumentSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = TaskRunner(self)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.finished.connect(self._on_finished)
        self._tasks.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """True from ``started`` until ``ended`` or ``failed``."""
        return self._tasks.is_running

    def start(self, paths: list[Path]) -> bool:
        """Import files and folders; False while another import runs."""
        document = self._session.document

        def task(progress: Progress) -> ImportReport:
            own = document.open_again()  # a connection of this thread that shares the undo history
            try:
                return import_paths(own, paths, on_progress=progress)
            finally:
                own.close()

        if not self._tasks.start(task):
            return False
        self.started.emit()
        return True

    def cancel(self) -> None:
        """Stop reading; what was read until then stays."""
        self._tasks.cancel()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _on_finished(self, report: ImportReport) -> None:
        self._session.imported()
        self.ended.emit(report)

    def _on_failed(self, error: EngineError) -> None:
        self._session.imported()  # what was read before it failed is there
        self.failed.emit(error)
