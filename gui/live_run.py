"""Follows the run that is trained now, for a page that shows runs: never faster than eyes, never unseen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from engine.events import EpochCompleted, RunStarted, StepCompleted
from gui.training_controller import TrainingController
from gui.widgets.curve_series import RunSeries

SHOW_MS = 500  # the curves of many runs cost more than those of one


class LiveRun(QObject):
    """Tells when there is more to see of a run.

    Args:
        controller: trains.
        series: returns the curves of the run that is trained now, which somebody else keeps; None for none.
        is_seen: tells whether anybody looks at the page.
        shows_steps: tells whether single steps are drawn.

    Signals:
        begun: another run is trained, and the document has it.
        moved: its curves have new points; twice a second at most.

    Attributes:
        missed: it began or moved while nobody looked.
    """

    begun = Signal()
    moved = Signal(int)

    def __init__(
        self,
        controller: TrainingController,
        series: Callable[[], RunSeries | None],
        is_seen: Callable[[], bool],
        shows_steps: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._series = controller, series
        self._is_seen, self._shows_steps = is_seen, shows_steps
        self.missed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOW_MS)
        self._soon.timeout.connect(self._tell)
        controller.events_received.connect(self._on_events)
        controller.run_ended.connect(self._on_run_ended)

    def series_of(self, run: int) -> RunSeries | None:
        """Return the curves of ``run`` as far as they are now; None where it is not trained."""
        series = self._series()
        is_trained = self._controller.is_active and self._controller.run == run
        return series if is_trained and series is not None and series.run == run else None

    def _on_events(self, events: list[object]) -> None:
        has_begun = any(isinstance(event, RunStarted) for event in events)
        if not self._is_seen():
            self.missed = self.missed or has_begun or self._moves(events)
        elif has_begun:
            self.begun.emit()
        elif self._moves(events) and not self._soon.isActive():
            self._soon.start()

    def _on_run_ended(self, _ending: object) -> None:
        self._soon.stop()  # the document has all of it now

    def _moves(self, events: list[object]) -> bool:
        kinds = (EpochCompleted, StepCompleted) if self._shows_steps() else (EpochCompleted,)
        return any(isinstance(event, kinds) for event in events)

    def _tell(self) -> None:
        run = self._controller.run
        if run is not None and self._controller.is_active:
            if self._is_seen():
                self.moved.emit(run)
            else:
                self.missed = True
