"""What a model reads in a document's digits, read beside the window and remembered while they stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.data.splits import Split
from engine.inference.label_book import LabelBook, Members, changes_since
from engine.inference.readings import Readings
from gui.document_session import DocumentSession
from gui.workers import CLOSING_MS, Progress, TaskRunner

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.errors import EngineError
    from engine.inference.mistakes import Examined, Wanted

    Examine = Callable[[Document, Wanted, Readings, Readings, Progress], Examined]
    Check = Callable[[Document, Progress], Readings | None]


class Question(NamedTuple):
    """Which model reads which split; ``stamp`` tells a model from what a resumed run has by now."""

    run: int | None
    epoch: int | None
    split: Split
    stamp: str = ""


def examine(
    document: Document, wanted: Wanted, known: Readings, opinions: Readings, progress: Progress
) -> Examined:
    """Read with the engine; a worker calls it: the first time it imports PyTorch."""
    from engine.device import use_threads
    from engine.inference import mistakes

    use_threads(1)  # of this thread: see gui.model_choice.OneThread
    return mistakes.examine(document, wanted, known, opinions, progress)


def cross_check(document: Document, progress: Progress) -> Readings | None:
    """Cross-check the training digits with the engine; a worker calls it."""
    from engine.inference import crosscheck

    return crosscheck.cross_check(document, progress)


class MistakeReader(QObject):
    """Has the answers to the newest question, and those to earlier ones.

    Args:
        session: the window's document.
        work: reads, in a worker; tests pass their own.
        check: cross-checks, in a worker; tests pass their own.

    Signals:
        changed: the answers or the labels are others now.
        progressed: (done, total) digits, while they are read.
        failed: the EngineError for which there are no answers.
        check_failed: the EngineError for which there is no cross-check.

    Attributes:
        book: the labels as they are now; None until they were read once.
    """

    changed = Signal()
    progressed = Signal(int, int)
    failed = Signal(object)
    check_failed = Signal(object)

    def __init__(
        self,
        session: DocumentSession,
        work: Examine = examine,
        check: Check = cross_check,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._work = work
        self._check = check
        self._question: Question | None = None
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self.progressed)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)
        self._clear()

    def _clear(self) -> None:
        self._document: Document | None = None
        self._running: Question | None = None
        self._was_cancelled = False
        self._is_checking = False
        self.book: LabelBook | None = None
        self._mark = 0
        self._readings: dict[tuple[object, ...], Readings] = {}  # by model
        self._opinions = Readings.none()  # of the shipped model
        self._checked = Readings.none()  # each by a model that learned from the other half
        self._members: dict[int | None, Members] = {None: {}}

    # -- what is known -------------------------------------------------------------------------------

    @property
    def is_reading(self) -> bool:
        """True while digits are read."""
        return self._runner.is_running

    @property
    def is_cut_off(self) -> bool:
        """True where reading was cancelled and digits are left."""
        return self._was_cancelled and self.unread > 0

    @property
    def unread(self) -> int:
        """How many digits of the question have no answer yet."""
        if self.book is None or self._question is None:
            return 0
        ids, _ = self.book.of(self._question.split)
        return int((~self._known().has(ids)).sum())

    def answered(self) -> tuple[Readings, np.ndarray]:
        """Return the readings of the question's digits, and their labels (N,) as they are now."""
        if self.book is None or self._question is None:
            return Readings.none(), np.empty(0, np.int8)
        ids, labels = self.book.of(self._question.split)
        there = self._known().has(ids)
        return self._known().of(ids[there]), labels[there]

    def opinions(self) -> tuple[Readings, np.ndarray]:
        """Return as ``answered``, but by models that have not learned the digits, as far as there are any.

        A cross-check goes before the shipped model's opinion of what the run has learned.
        """
        readings, labels = self.answered()
        checked = self._checked.has(readings.ids)
        learned = np.isin(readings.ids, self.learned()) & self._opinions.has(readings.ids) & ~checked
        own = ~checked & ~learned
        ours = Readings(readings.ids[own], readings.probabilities[own], readings.answers[own])
        joined = ours.joined(self._opinions.of(readings.ids[learned]))
        return joined.joined(self._checked.of(readings.ids[checked])), labels

    def checked(self) -> np.ndarray:
        """Return the ids that were cross-checked."""
        return self._checked.ids

    def learned(self) -> np.ndarray:
        """Return the ids that the question's run has learned from."""
        members = self._members.get(self._question.run, {}) if self._question else {}
        return members[Split.TRAIN][0] if Split.TRAIN in members else np.empty(0, np.int64)

    def changes(self, knew_all: bool) -> int:
        """Return how many digits have changed since the question's run began."""
        members = self._members.get(self._question.run) if self._question else None
        return changes_since(self.book, members, knew_all) if self.book is not None and members else 0

    def _known(self) -> Readings:
        return self._readings.get(_model(self._question), Readings.none())

    # -- asking --------------------------------------------------------------------------------------

    def ask(self, question: Question | None) -> None:
        """Want the answers to ``question``; ``changed`` follows at once where they are known."""
        self._look_at_document()
        self._question = question
        self._was_cancelled = False
        if self._runner.is_running:
            if question != self._running:
                self._runner.cancel()
        else:
            self._go_on()

    def cancel(self) -> None:
        """Read no further; what was read stays."""
        self._was_cancelled = True
        self._runner.cancel()

    def go_on(self) -> None:
        """Read what a cancelled reading left."""
        self.ask(self._question)

    def cross_check(self) -> bool:
        """Cross-check the training digits; False, and nothing happens, while something is read."""
        document = self._session.document
        if self._runner.is_running or document is not self._document:
            return False
        self._running = None
        self._was_cancelled = False

        def task(progress: Progress) -> object:
            own = document.open_again()  # a connection of this thread
            try:
                return document, self._check(own, progress)
            finally:
                own.close()

        self._is_checking = True
        return self._runner.start(task)

    def follow(self) -> None:
        """Take over what was relabelled, moved, deleted, added or brought back."""
        self._look_at_document()
        if self.book is not None:
            self._catch_up()
            if not self._runner.is_running:
                self._go_on()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left."""
        self._question = None
        return self._runner.shutdown(timeout_ms)

    def _look_at_document(self) -> None:
        if self._document is not self._session.document:
            self._clear()
            self._document = self._session.document
            self._runner.cancel()

    def _catch_up(self) -> None:
        table = self._session.document.samples
        self._mark, touched = table.changed_since(self._mark)
        if self.book is not None and len(touched):
            self.book = self.book.updated(touched, table.pick(touched))

    def _go_on(self) -> None:
        """Start reading what is missing; tell where nothing is."""
        question = self._question
        is_known = self.book is not None and question is not None and question.run in self._members
        if question is None or (is_known and (self._was_cancelled or not self.unread)):
            self.changed.emit()
            return
        self._running = question
        document, known, opinions = self._session.document, self._known(), self._opinions
        if self.book is None:
            self._mark, _ = document.samples.changed_since(0)

        def task(progress: Progress) -> object:
            from engine.inference.mistakes import Wanted

            own = document.open_again()  # a connection of this thread
            try:
                wanted = Wanted(question.run, question.epoch, question.split)
                return self._work(own, wanted, known, opinions, progress)
            finally:
                own.close()

        self._runner.start(task)

    def _on_finished(self, result: object) -> None:
        if isinstance(result, tuple):
            self._on_checked(*result)
        else:
            self._on_examined(cast("Examined", result))

    def _on_checked(self, document: Document, checked: Readings | None) -> None:
        self._is_checking = False
        if checked is not None and document is self._document:
            self._checked = checked
        self._go_on()

    def _on_examined(self, examined: Examined) -> None:
        question, self._running = self._running, None
        if question is None:  # of another document
            self._go_on()
            return
        if self.book is None:
            self.book = examined.book
        self._catch_up()
        self._members[question.run] = examined.members
        model = _model(question)
        self._readings[model] = self._readings.get(model, Readings.none()).joined(examined.readings)
        self._opinions = self._opinions.joined(examined.opinions)
        if question == self._question:
            self.changed.emit()
        if question != self._question or (self.unread and not self._was_cancelled):
            self._go_on()

    def _on_failed(self, error: EngineError) -> None:
        question, self._running = self._running, None
        was_checking, self._is_checking = self._is_checking, False
        if was_checking:
            self.check_failed.emit(error)
        if question != self._question:
            self._go_on()
        elif question is not None:
            self.failed.emit(error)


def _model(question: Question | None) -> tuple[object, ...]:
    return (question.run, question.epoch, question.stamp) if question is not None else ()
