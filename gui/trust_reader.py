"""Measures how far the model in use can be trusted, beside the window, and keeps the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.document_session import DocumentSession
from gui.latest_task import LatestTask
from gui.model_choice import ModelChoice, Reader
from gui.settings import Settings
from gui.widgets.reject_bar import RejectBar
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.inference.trust import Study


class TrustReader(QObject):
    """Brings a study to each model that is loaded, once, and the choice of the threshold into the settings.

    Args:
        session: the window's document.
        models: has the model in use.
        bar: shows the threshold and what it costs.
        settings: remembers the threshold; it lasts as long as the window where there are none.

    Signals:
        measured: the model answers with another temperature now; ``changed`` follows.
        changed: what is answered may be another now.
        failed: the EngineError for which nothing was measured.

    Attributes:
        study: what was measured of the model in use; None until then.
    """

    measured = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session: DocumentSession,
        models: ModelChoice,
        bar: RejectBar,
        settings: Settings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._models = models
        self._bar = bar
        self._settings = settings
        self._reader: Reader | None = None  # the one that is measured
        self.study: Study | None = None
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self._on_studied)
        self._tasks.failed.connect(self._on_failed)
        models.chosen.connect(self._forget)
        models.loaded.connect(self._start)
        bar.chosen.connect(self._on_chosen)
        if settings is not None:
            bar.show_choice(settings.reject_percent)

    def threshold(self) -> float | None:
        """Return the trust, 0 … 1, from which an answer is given; None where the model itself knows best."""
        return self._bar.threshold()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _forget(self) -> None:
        self._tasks.forget()
        self.study = None
        self._bar.show_study(None)

    def _start(self) -> None:
        reader = self._models.reader
        if reader is None:
            return
        self._reader = reader
        document, run = self._session.document, self._models.current.run

        def measure(progress: Progress) -> Study | None:
            return reader.study(document, run, lambda: progress(0, 0))

        self._tasks.start(measure)

    def _on_studied(self, study: Study | None) -> None:
        if study is None or self._reader is not self._models.reader or self._reader is None:
            return
        self._reader.trust(study)
        self.study = study
        self._bar.show_study(study)
        self.measured.emit()
        self.changed.emit()

    def _on_failed(self, error: EngineError) -> None:
        self.failed.emit(error)

    def _on_chosen(self, percentage: int | None) -> None:
        if self._settings is not None:
            self._settings.reject_percent = percentage
        self.changed.emit()
