"""Saves a report about a run, as HTML or PDF; a worker reads the digits and paints the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from engine.export import report_words
from engine.export.saving import save
from gui import i18n
from gui.document_session import DocumentSession
from gui.messages import Kind, sentence_of
from gui.save_dialogs import SaveDialogs
from gui.widgets.doctor_view import spoken
from gui.widgets.message_row import Words, always
from gui.workers import CLOSING_MS, Progress, TaskRunner

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.errors import EngineError
    from engine.export.report import Report

    Make = Callable[[Document, int, str, Progress], Report | None]


def make_report(document: Document, run: int, language: str, progress: Progress) -> Report | None:
    """Return the report about a run; a worker calls it: the first time it imports PyTorch."""
    from engine.device import use_threads
    from engine.export.report_facts import facts_of
    from engine.export.report_sections import report_of

    use_threads(1)  # of this thread: see gui.model_choice.OneThread
    facts = facts_of(document, run, language, progress, spoken)
    return report_of(facts, language) if facts is not None else None


class Reports(QObject):
    """Asks where to, and writes, which can be cancelled; a file is whole or not there.

    Args:
        session: of the window.
        dialogs: asks for paths.
        make: makes the report, in a worker; tests pass their own.

    Signals:
        message: (kind, words, action, on_action, holds) for the window's strip.
        moved_on: what was said of the writing is another now: a per cent more, or it has ended.
    """

    message = Signal(str, object, object, object, object)
    moved_on = Signal()

    def __init__(
        self,
        session: DocumentSession,
        dialogs: SaveDialogs,
        make: Make = make_report,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._dialogs = dialogs
        self._make = make
        self._percent: int | None = None  # of the digits that are read; None before
        self.task = TaskRunner(self)
        self.task.progressed.connect(self._on_progressed)
        self.task.finished.connect(self._on_saved)
        self.task.failed.connect(self._on_failed)

    def save_report(self, run: int | None = None) -> None:
        """Ask for a path and write the report about ``run``, or about the newest one."""
        if self.task.is_running:
            self._say(Kind.INFO, lambda: self.tr("Another report is being written. Try again in a moment."))
            return
        record = self._session.document.runs.last()
        number = run if run is not None else record.id if record is not None else None
        if number is None:
            self._say(Kind.INFO, lambda: self.tr("There is no run to report yet. Train one first."))
            return
        words = report_words.Words(i18n.language())
        name = f"{words('title')} {words('run', run=number)}"
        kinds = ((self.tr("Web page"), ".html"), (self.tr("PDF document"), ".pdf"))
        path = self._dialogs.file_to_save(self.tr("Save the report as"), name, kinds)
        if path is not None:
            self._write(path, number)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """End what is being written; True when no thread is left."""
        return self.task.shutdown(timeout_ms)

    def _write(self, path: Path, run: int) -> None:
        document, language, make = self._session.document, i18n.language(), self._make
        family = QGuiApplication.font().family()

        def task(progress: Progress) -> Path | None:
            own = document.open_again()  # a connection of this thread
            try:
                report = make(own, run, language, progress)
            finally:
                own.close()
            content = _content(report, path, family) if report is not None else None
            if content is None or not progress(1, 1):
                return None
            save(path, content)
            return path

        self._percent = None
        self.task.start(task)
        cancel = (lambda: self.tr("Cancel"), self.task.cancel)
        self.message.emit(Kind.BUSY, self._how_far, *cancel, lambda: self.task.is_running)

    def _how_far(self) -> str:
        if self._percent is None:
            return self.tr("Writing the report…")
        return self.tr("Writing the report… {0} %").format(self._percent)

    def _on_progressed(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else None
        if percent != self._percent:
            self._percent = percent
            self.moved_on.emit()

    def _on_saved(self, path: Path | None) -> None:
        self.moved_on.emit()
        if path is not None:
            self._say(Kind.SUCCESS, lambda: self.tr("Saved: {name}").format(name=path.name))
        else:
            self._say(Kind.INFO, lambda: self.tr("Cancelled: no report was written."))

    def _on_failed(self, error: EngineError) -> None:
        self.moved_on.emit()
        self._say(Kind.ERROR, lambda: sentence_of(error))

    def _say(self, kind: Kind, words: Words) -> None:
        self.message.emit(kind, words, None, None, always)


def _content(report: Report, path: Path, family: str) -> bytes:
    if path.suffix.lower() == ".pdf":
        from gui.report_pdf import pdf_of

        return pdf_of(report, family)
    from engine.export.report_html import html_of

    return html_of(report).encode("utf-8")
