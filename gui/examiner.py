"""Has a training examined: while it runs by its curves, after that by its digits too, in a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.events import EpochCompleted, RunFailed, RunFinished, RunStarted
from engine.training.control import Control
from engine.training.doctor import examine
from engine.training.illness import Case, DataFacts
from engine.training.past_case import case_of
from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.data.document import Document

    FindFacts = Callable[[Document, int, Control], DataFacts]


def facts_of(document: Document, run: int, control: Control) -> DataFacts:
    """Gather the facts with the engine, which asks the shipped model: for a worker."""
    from engine.training.checkup import facts_of

    return facts_of(document, run, control)


class Examiner(QObject):
    """Follows one training after the other.

    Args:
        document: returns the document that is open.
        find_facts: called in a worker; ends soon once its control is stopped.

    Signals:
        found: the Finding, or None where nothing is wrong.
    """

    found = Signal(object)

    def __init__(
        self,
        document: Callable[[], Document],
        find_facts: FindFacts = facts_of,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._find_facts = find_facts
        self._started: RunStarted | None = None
        self._epochs: list[EpochCompleted] = []
        self._control = Control()
        self._task = LatestTask(self)
        self._task.finished.connect(self.found)
        self._task.failed.connect(lambda _error: self.found.emit(None))  # it is only advice

    @property
    def is_examining(self) -> bool:
        """True while a finding is to come."""
        return self._task.is_running

    def take(self, events: list[object]) -> None:
        """Follow the events of one look into the queue."""
        has_more = False
        for event in events:
            if isinstance(event, RunStarted):
                self.forget()
                self._started = event
            elif isinstance(event, EpochCompleted):
                self._epochs.append(event)
                has_more = True
        if has_more and self._started is not None:
            self.found.emit(examine(Case(self._started.config, self._epochs)))

    def end(self, ending: RunFinished | RunFailed) -> None:
        """Look at all of the training that has ended."""
        started = self._started
        if started is None or not isinstance(ending, RunFinished) or not self._epochs:
            return  # a failure has its own sentence and cure
        epochs = list(self._epochs)
        self._examine(started.run, lambda _document, facts: Case(started.config, epochs, facts, ending))

    def look_back(self, run: int) -> None:
        """Look at a run of the document that was trained before."""
        self.forget()
        self._examine(run, lambda document, facts: case_of(document, run, facts))

    def _examine(self, run: int, case: Callable[[Document, DataFacts], Case]) -> None:
        find_facts, document = self._find_facts, self._document()
        self._control = control = Control()

        def task(_progress: Progress) -> object:
            own = document.open_again()  # a connection of this thread
            try:
                return examine(case(own, find_facts(own, run, control)))
            finally:
                own.close()

        self._task.start(task)

    def forget(self) -> None:
        """Forget the training: another begins, or another document is open."""
        self._control.stop()
        self._task.forget()
        self._started, self._epochs = None, []

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        self._control.stop()
        return self._task.shutdown(timeout_ms)
