"""Teaches the model in use the user's own hand, beside the window, and can go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.document_session import DocumentSession
from gui.model_choice import ModelChoice, ModelEntry
from gui.workers import CLOSING_MS, Progress, Task, TaskRunner

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.training.teach import Taught

BASE = "base"
Teacher = Callable[["Document", str, Progress, str], "Taught | None"]


def teach(document: Document, start_from: str, progress: Progress, name: str) -> Taught | None:
    """Teach over a connection of this thread; see ``engine.training.teach``. PyTorch loads here."""
    from engine.training import teach as lesson

    own = document.open_again()
    try:
        return lesson.teach(own, start_from, progress, name)
    finally:
        own.close()


class HandLesson(QObject):
    """One lesson at a time.

    Args:
        session: the window's document.
        models: has the model in use; the new one is in use after a lesson.
        teacher: teaches in a worker; tests pass their own.

    Signals:
        progressed: (done, total) steps.
        taught: the Taught; its run is in use now.
        cancelled: nothing is learned; the model in use is the one before.
        failed: the EngineError that ended it.
    """

    progressed = Signal(int, int)
    taught = Signal(object)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session: DocumentSession,
        models: ModelChoice,
        teacher: Teacher = teach,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._models = models
        self._teacher = teacher
        self._document: Document | None = None  # in which the lesson runs
        self._before: ModelEntry | None = None  # in use before the last lesson
        self._taught: int | None = None  # the last lesson's run
        self._tasks = TaskRunner(self)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.finished.connect(self._on_finished)
        self._tasks.failed.connect(self._on_failed)
        session.document_changed.connect(self._forget)

    @property
    def is_running(self) -> bool:
        """True from ``start`` until ``taught``, ``cancelled`` or ``failed``."""
        return self._tasks.is_running

    @property
    def can_undo(self) -> bool:
        """Whether the model in use is the last lesson's, so that the one before can be used again."""
        return self._taught is not None and self._taught == self._models.current.run

    def start_model(self) -> str:
        """Return what a lesson starts from: ``base`` or a run's number as text.

        It is the model in use; where that was taught already, the one it was taught from: so a second lesson
        learns from all own digits at once, and no loss adds up.
        """
        run = self._models.current.run
        while run is not None:
            config = self._session.document.runs.get(run).config
            if not config.rehearse or not (config.start_from == BASE or config.start_from.isdecimal()):
                return str(run)
            run = None if config.start_from == BASE else int(config.start_from)
        return BASE

    def start(self, name: str) -> bool:
        """Begin; the new run is called ``name``. False while another lesson runs."""
        is_started = self._tasks.start(self._task(name))
        if is_started:
            self._document = self._session.document
        return is_started

    def cancel(self) -> None:
        """Ask the lesson to end; ``cancelled`` still comes."""
        self._tasks.cancel()

    def undo(self) -> None:
        """Use the model from before the last lesson again; the run stays in the document."""
        if self.can_undo and self._before is not None:
            self._taught = None
            self._models.choose(self._before.run, self._before.epoch)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _task(self, name: str) -> Task:
        document, start_from, teacher = self._session.document, self.start_model(), self._teacher
        return lambda progress: teacher(document, start_from, progress, name)

    def _on_finished(self, taught: Taught | None) -> None:
        self._session.trained()  # a cancelled run may be there, too
        if taught is None or self._document is not self._session.document:  # that run is of another one
            self.cancelled.emit()
            return
        self._before, self._taught = self._models.current, taught.run
        self._models.choose(taught.run)
        self.taught.emit(taught)

    def _on_failed(self, error: object) -> None:
        self._session.trained()
        self.failed.emit(error)

    def _forget(self) -> None:
        if self._document is not self._session.document:  # else it only has another name now
            self._taught = None
            self._tasks.cancel()
