"""The way of a beginner: an empty window, the starter digits, the first training, the first digit read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.events import RunFinished
from gui.document_session import DocumentSession
from gui.main_window import MainWindow
from gui.messages import Kind
from gui.settings import Settings
from gui.training_controller import TrainingController


class FirstSteps(QObject):
    """Leads from page to page as long as somebody is new; later it only keeps the welcome true.

    Args:
        window, session, controller, settings: of the window.
        is_experimenting: tells whether a training is one of many: nobody is led away from those.

    Signals:
        ready_to_train: the digits are there and the Train page is in front.
    """

    ready_to_train = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: DocumentSession,
        controller: TrainingController,
        settings: Settings,
        is_experimenting: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._is_experimenting = is_experimenting
        self._document = session.document  # that was begun with last
        self._is_busy = False  # the starter digits are on their way to the welcome
        welcome = window.welcome
        welcome.starter_requested.connect(self.add_starter)
        welcome.draw_requested.connect(lambda: window.show_page("data"))
        session.starter.progressed.connect(welcome.show_progress)
        session.starter.failed.connect(lambda _error: self._show_busy(False))
        session.starter_finished.connect(self._on_starter_finished)
        session.document_changed.connect(self._on_document_changed)
        session.samples_changed.connect(self._on_samples_changed)
        controller.run_ended.connect(self._on_run_ended)

    def begin(self) -> None:
        """Show the welcome of an empty document, else its digits."""
        if self._session.document.samples.count():
            self._window.show_page("data")
        else:
            self._window.show_welcome()

    def add_starter(self) -> None:
        """Add the starter digits beside the window."""
        if self._session.add_starter():
            self._show_busy(True)

    def _show_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._window.welcome.show_busy(busy)

    def _on_starter_finished(self, added: int) -> None:
        self._show_busy(False)
        if self._window.page == "":
            self._window.show_page("train")
            self.ready_to_train.emit()
        if added == 0:
            self._window.strip.show_message(
                Kind.INFO, lambda: self.tr("The starter digits are all here already.")
            )

    def _on_document_changed(self) -> None:
        is_renamed, self._document = self._document is self._session.document, self._session.document
        count = self._session.document.samples.count()
        if count == 0 and not is_renamed:
            self._window.show_welcome()
        elif count and self._window.page == "":
            self._window.show_page("data")

    def _on_samples_changed(self) -> None:
        if self._window.page == "" and not self._is_busy and self._session.document.samples.count():
            self._window.show_page("data")

    def _on_run_ended(self, ending: object) -> None:
        """After the very first training that went to its end, put the pen into the user's hand."""
        learnt = isinstance(ending, RunFinished) and ending.reason != "stopped"
        if self._settings.has_trained or not learnt or self._is_experimenting():
            return
        self._settings.has_trained = True
        if self._window.page == "train":
            self._window.show_page("test")
            self._window.strip.show_message(
                Kind.SUCCESS,
                lambda: self.tr("Your model has learnt. Write a digit and see what it reads."),
                lambda: self.tr("Back to the curves"),
                lambda: self._window.show_page("train"),
                lambda: self._window.page == "test",
            )
