"""The doctor at the Train page: asked about each training and each stored run that is seen there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.data.splits import Split
from engine.events import RunFailed, RunFinished
from engine.training.illness import Cure, Finding
from gui import cures, run_history
from gui.document_session import DocumentSession
from gui.examiner import Examiner
from gui.training_controller import TrainingController
from gui.widgets.config_form import ConfigForm
from gui.widgets.doctor_view import DoctorView


class Consultation(QObject):
    """Asks the examiner, shows what it finds, and does what the button says.

    Args:
        session, controller: of the window.
        examiner: finds what is wrong; without it nothing is looked for.
        view: says it.
        form: the settings, which most cures change.
        is_seen: tells whether anybody looks at the page.

    Signals:
        cured: the settings or the splits have changed: a new training is next.
        epochs_wanted: (run, epochs) that are to be trained more.
        digits_wanted: only other digits help.
    """

    cured = Signal()
    epochs_wanted = Signal(int, int)
    digits_wanted = Signal()

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        examiner: Examiner | None,
        view: DoctorView,
        form: ConfigForm,
        is_seen: Callable[[], bool],
    ) -> None:
        super().__init__(view)
        self._session, self._controller = session, controller
        self._examiner, self._view, self._form = examiner, view, form
        self._is_seen = is_seen
        self._stored: int | None = None  # a run that is shown and was not looked at yet
        view.cure_requested.connect(self._on_cure_requested)
        if examiner is not None:
            controller.events_received.connect(examiner.take)
            examiner.found.connect(self._on_found)

    def show_stored(self, run: int) -> None:
        """Look at a stored run, as soon as somebody sees it."""
        self._stored = run
        self.look()

    def look(self) -> None:
        """Begin with what waits, now that the page is seen."""
        if self._stored is None or self._examiner is None or not self._is_seen():
            return
        if not self._controller.is_active:  # a training has the processor, and its own examination
            run, self._stored = self._stored, None
            self._examiner.look_back(run)

    def end(self, ending: RunFinished | RunFailed) -> None:
        """Look at all of the training that has ended."""
        if self._examiner is not None:
            self._examiner.end(ending)

    def forget(self) -> None:
        """Say nothing any more: another training begins, or another document is open."""
        self._stored = None
        self._view.show_finding(None)
        if self._examiner is not None:
            self._examiner.forget()

    def _on_found(self, finding: object) -> None:
        if isinstance(finding, Finding) and finding.cure is Cure.HOLD_BACK and self._has_validation():
            finding = None  # it is done already, after that training
        self._view.show_finding(finding)

    def _has_validation(self) -> bool:
        return self._session.document.samples.split_counts(labelled_only=True)[Split.VAL] > 0

    def _on_cure_requested(self, finding: Finding) -> None:
        self._view.show_finding(None)
        if finding.cure is Cure.MORE_EPOCHS:
            saved = run_history.continuable(self._session.document)
            if saved is not None and not self._controller.is_active:
                self.epochs_wanted.emit(saved.run, int(finding.fields["value"]))
        elif cures.apply(finding, self._session, self._form):
            self.cured.emit()
        else:
            self.digits_wanted.emit()
