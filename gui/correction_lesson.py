"""Has the model in use learn the corrections that wait, beside the window, and takes all of it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.document_session import DocumentSession
from gui.hand_lesson import BASE, HandLesson
from gui.model_choice import ModelChoice
from gui.training_controller import IDLE
from gui.workers import Progress, Task

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.training.corrections import Learned

Learn = Callable[["Document", str, str, Progress, str], "Learned | None"]
NONE = np.empty(0, np.int64)


def learn(document: Document, start_from: str, in_use: str, progress: Progress, name: str) -> Learned | None:
    """Learn over a connection of this thread; see ``engine.training.corrections``. PyTorch loads here."""
    from engine.training import corrections

    own = document.open_again()
    try:
        return corrections.learn(own, start_from, in_use, progress, name)
    finally:
        own.close()


class CorrectionLesson(HandLesson):
    """A lesson from the corrections; ``taught`` brings a Learned.

    Its undo goes in two steps: first the model from before reads again and the run is deleted, then the
    corrections themselves can be taken out. Both are steps of the document's undo.

    Args:
        session: the window's document.
        models: has the model in use; the new one is in use after a lesson.
        learn: learns in a worker; tests pass their own.

    Signals:
        changed: what waits, whether it runs, or what can be taken back may be another now.

    Attributes:
        waiting: the corrections that the model in use has not learned from, their ids.
        is_training: a training runs, which would slow both down.
    """

    changed = Signal()

    def __init__(
        self,
        session: DocumentSession,
        models: ModelChoice,
        learn: Learn = learn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(session, models, parent=parent)
        self._learn = learn
        self.waiting: NDArray[np.int64] = NONE
        self.is_training = False
        self._learned = NONE  # the corrections that were new in the last lesson
        self._run: int | None = None  # of the last lesson
        self._may_take_out: Callable[[], bool] | None = None
        for happened in (session.samples_changed, session.document_changed, session.runs_changed):
            happened.connect(self.look)
        models.chosen.connect(self.look)
        self.look()

    @property
    def can_take_out(self) -> bool:
        """Whether the lesson was taken back, and nothing was done since."""
        return self._may_take_out is not None and self._may_take_out()

    def start(self, name: str) -> bool:
        """Begin, as ``HandLesson.start``."""
        is_started = super().start(name)
        self.changed.emit()
        return is_started

    def look(self) -> None:
        """See which corrections wait."""
        try:
            self.waiting = self._session.document.corrections.waiting(self._models.current.run)
        except EngineError:  # of a damaged run the message is elsewhere
            self.waiting = NONE
        self.changed.emit()

    def make_way(self, state: str) -> None:
        """Take the state of the training (see ``TrainingController``); a lesson ends for one that begins."""
        is_training = state != IDLE
        if is_training and not self.is_training:
            self.cancel()
        self.is_training = is_training
        self.changed.emit()

    def undo(self) -> None:
        """Use the model from before again, and delete the run."""
        run = self._run
        if not self.can_undo or run is None:
            return
        super().undo()
        self._session.delete_runs([run])
        self._may_take_out = self._session.nothing_since()
        self.changed.emit()

    def take_out(self) -> int:
        """Delete the corrections of the lesson that was taken back; return how many there were."""
        ids = [int(sample) for sample in self._learned]
        if not self.can_take_out or not ids or not self._session.delete(ids):
            return 0
        self._may_take_out = None
        self.changed.emit()
        return len(ids)

    def _task(self, name: str) -> Task:
        document, start_from, run = self._session.document, self.start_model(), self._models.current.run
        in_use, learn = BASE if run is None else str(run), self._learn
        self._learned, self._may_take_out = self.waiting, None
        return lambda progress: learn(document, start_from, in_use, progress, name)

    def _on_failed(self, error: object) -> None:
        super()._on_failed(error)
        self.changed.emit()

    def _on_finished(self, taught: Learned | None) -> None:  # type: ignore[override]
        self._run = None if taught is None else taught.run
        super()._on_finished(taught)  # type: ignore[arg-type]
        self.look()

    def _forget(self) -> None:
        super()._forget()
        self._may_take_out = None
