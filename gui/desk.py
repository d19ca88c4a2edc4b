"""Opens the mistake desk, which is built when it is first wanted, and has reports written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.data.splits import Split
from gui.document_session import DocumentSession
from gui.main_window import MainWindow
from gui.mistake_reader import MistakeReader
from gui.model_choice import ModelChoice
from gui.reports import Reports
from gui.save_dialogs import SaveDialogs
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from gui.pages.runs_page import RunsPage
    from gui.pages.test_page import TestPage
    from gui.widgets.mistake_desk import MistakeDesk


class Desk(QObject):
    """What lies behind *Mistakes…* and *Report…* on the pages and in the menus.

    Args:
        window: the dialog lies over it.
        session: of the window.
        models: has the model in use.
        test_page, runs_page: have the buttons.
        dialogs: asks where exports go.

    Attributes:
        mistakes: the dialog; None until it was wanted.
        reader: reads for it.
        reports: writes the reports about runs.
    """

    def __init__(
        self,
        window: MainWindow,
        session: DocumentSession,
        models: ModelChoice,
        test_page: TestPage,
        runs_page: RunsPage,
        dialogs: SaveDialogs,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._models = models
        self._dialogs = dialogs
        self.reader = MistakeReader(session, parent=self)
        self.reports = Reports(session, dialogs, parent=self)
        self.reports.message.connect(window.strip.show_message)
        self.reports.moved_on.connect(window.strip.refresh)
        self.mistakes: MistakeDesk | None = None
        window.menus.actions["mistakes"].triggered.connect(lambda _checked=False: self.open_mistakes())
        test_page.models_bar.mistakes_wanted.connect(self.open_mistakes)
        runs_page.doors.mistakes_wanted.connect(lambda: self.open_run(runs_page.table.current_run()))
        window.menus.actions["report"].triggered.connect(
            lambda _checked=False: self.reports.save_report(models.current.run)
        )
        runs_page.doors.report_wanted.connect(lambda: self.reports.save_report(runs_page.table.current_run()))

    def open_mistakes(self) -> None:
        """Show the mistakes of the model in use."""
        current = self._models.current
        self.open_run(current.run, current.epoch)

    def open_run(self, run: int | None, epoch: int | None = None, split: Split | None = None) -> None:
        """Show the mistakes of a run's model; None: of the shipped one."""
        if self.mistakes is None:
            from gui.mistake_exports import MistakeExports
            from gui.widgets.mistake_desk import MistakeDesk

            self.mistakes = MistakeDesk(self._session, self.reader, self._window)
            self.mistakes.train_wanted.connect(lambda: self._window.show_page("train"))
            self.mistakes.train_wanted.connect(self._window.activateWindow)
            exports = MistakeExports(self.mistakes, self.reader, self._dialogs)
            exports.message.connect(self._on_exported)
        self.mistakes.open_model(run, epoch, split)

    def _on_exported(self, _kind: str, text: str) -> None:
        if self.mistakes is not None:  # it lies over the window's strip
            self.mistakes.say(text)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what is read and written; True when no thread is left."""
        ended = [part.shutdown(timeout_ms) for part in (self.reader, self.reports)]
        return all(ended)
