"""What a training does, while it does it and after: progress, outcome, curves, log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from engine.events import CheckpointSaved, EpochCompleted, RunFinished, RunStarted, StepCompleted
from gui import run_history
from gui.run_history import RunHistory
from gui.widgets.curve_series import RunSeries
from gui.widgets.doctor_view import DoctorView
from gui.widgets.run_outcome import RunOutcome
from gui.widgets.run_progress import RunProgress
from gui.widgets.training_log import TrainingLog, epoch_line, run_line

if TYPE_CHECKING:
    from engine.data.runs import RunRecord
    from gui.widgets.curve_view import Curves

SHOW_MS = 50  # each plot is drawn ten times a second, in turns: more would take the training's time


class RunView(QWidget):
    """Follows one run and shows it beside another.

    Args:
        history: the runs of the document.

    Signals:
        export_wanted: the Curves, and what of them is to be copied or saved.

    Attributes:
        progress, outcome, doctor, log: the parts around the curves.
        tabs: the curves, and what else can be seen of a training.
        curves: the plots; built when they are first shown, because their library loads slowly.
    """

    export_wanted = Signal(object, str)

    def __init__(self, history: RunHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._series: RunSeries | None = None
        self._run: RunStarted | None = None
        self._epoch_began = 0.0
        self._marked = (0, 0)  # run and epoch
        self._lines: list[str] = []  # of the log, not shown yet
        self._plots_behind = 0  # plots that do not show all points yet
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(SHOW_MS)
        self._show_soon.timeout.connect(self._show_next)
        self.progress = RunProgress()
        self.outcome = RunOutcome()
        self.doctor = DoctorView()
        self.log = TrainingLog()
        self.curves: Curves | None = None
        self._tab_names: list[Callable[[], str]] = []
        self.tabs = QTabWidget()
        self._lay_out()

    def add_tab(self, widget: QWidget, name: Callable[[], str]) -> None:
        """Show ``widget`` in a tab of its own; ``name`` is asked again when the language changes."""
        self._tab_names.append(name)
        self.tabs.addTab(widget, name())
        self._name_tabs()

    def _lay_out(self) -> None:
        self._plots = QWidget()
        self._plots_layout = QVBoxLayout(self._plots)
        self._plots_layout.setContentsMargins(0, 0, 0, 0)
        self.tabs.setObjectName("runTabs")
        self.tabs.setDocumentMode(True)
        self.add_tab(self._plots, lambda: self.tr("Curves"))
        self.tabs.currentChanged.connect(lambda _index: self._show_events())
        below = QSplitter(Qt.Orientation.Vertical)
        below.addWidget(self.tabs)
        below.addWidget(self.log)
        below.setStretchFactor(0, 1)
        below.setStretchFactor(1, 0)
        below.setChildrenCollapsible(False)
        self.log.setMinimumHeight(3 * self.log.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.progress)
        column.addWidget(self.outcome)
        column.addWidget(self.doctor)
        column.addWidget(below, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the plots the first time; catch up with what happened unseen."""
        super().showEvent(event)
        if self.curves is None:
            self._build_curves()
        self._show_events()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        super().hideEvent(event)
        self._show_soon.stop()

    def _build_curves(self) -> None:
        from gui.widgets.curve_view import Curves

        self.curves = Curves()
        self.curves.comparison_chosen.connect(lambda _choice: self._show_comparison())
        self.curves.export_wanted.connect(lambda kind: self.export_wanted.emit(self.curves, kind))
        self._plots_layout.addWidget(self.curves)
        self.list_runs()
        self.curves.show_run(self._series)
        self.curves.mark_epoch(*self._marked)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.list_runs()
            self._name_tabs()

    def _name_tabs(self) -> None:
        self.tabs.setAccessibleName(self.tr("What is seen of the training"))
        for index, name in enumerate(self._tab_names):
            self.tabs.setTabText(index, name())

    def show_stored(self, record: RunRecord) -> None:
        """Show a run that ended before."""
        self._series = self._history.series(record.id)
        self.progress.take([run_history.started_of(record), run_history.finished_of(record, self._series)])
        self.progress.retranslate()
        self.log.add(run_history.log_of(record, self._series))
        if self.curves is not None:
            self.curves.show_run(self._series)

    def clear(self) -> None:
        """Forget everything: another document is open."""
        self._history.clear()
        self._series = self._run = None
        self._lines = []
        self.outcome.clear()
        self.doctor.show_finding(None)
        self.progress.clear()
        self.log.clear()
        if self.curves is not None:
            self.curves.show_run(None)

    def series(self) -> RunSeries | None:
        """Return the curves that are shown, of the run that is trained now while one is; None for none."""
        return self._series

    def mark_epoch(self, run: int, epoch: int) -> None:
        """Mark an epoch of a run on the curves, where it is drawn; 0, 0 takes the mark away."""
        self._marked = (run, epoch)
        if self.curves is not None:
            self.curves.mark_epoch(run, epoch)

    def list_runs(self) -> None:
        """Offer all runs but the one that is shown for comparison."""
        if self.curves is not None:
            shown = self._series.run if self._series is not None else None
            names = [
                (record.id, self._run_name(record))
                for record in self._history.records()
                if record.id != shown
            ]
            self.curves.set_runs(names[::-1])
            self._show_comparison()

    def take(self, events: list[object]) -> None:
        """Follow the events of one look into the queue."""
        for event in events:
            if isinstance(event, RunStarted):
                self._lines.append(self._begin_run(event))
            elif self._series is not None:
                self._series.add(event)
                if isinstance(event, RunFinished):  # nothing is planned any more
                    self._series.stopped_early = event.reason == "early_stop"
                    self._series.planned, self._series.total_steps = event.epoch, event.step
            if isinstance(event, EpochCompleted) and self._run is not None:
                took = event.seconds - self._epoch_began
                self._epoch_began = event.seconds
                self._lines.append(epoch_line(event, self._run.total_epochs, self._run.steps_per_epoch, took))
        self.progress.take(events)
        if isinstance(events[-1], StepCompleted | EpochCompleted | CheckpointSaved):
            self._plots_behind = 2
            if self.isVisible() and not self._show_soon.isActive():
                self._show_soon.start()
        else:
            self._show_events()

    def _show_next(self) -> None:
        """Bring progress, log and one of the plots up to what was received."""
        self._show_texts()
        if self.curves is not None and self._plots.isVisible():
            self.curves.refresh_one()
        self._plots_behind -= 1
        if self._plots_behind:
            self._show_soon.start()

    def _show_events(self) -> None:
        """Bring everything up to what was received."""
        self._show_soon.stop()
        self._plots_behind = 0
        self._show_texts()
        if self._plots.isVisible() and self.curves is not None:
            self.curves.refresh()

    def _show_texts(self) -> None:
        self.progress.retranslate()
        self.log.add(self._lines)
        self._lines = []

    def _begin_run(self, event: RunStarted) -> str:
        """Take up the curves of the run that begins or goes on; return its line for the log."""
        self._run = event
        series = self._history.series(event.run) if event.step else None
        if series is None:
            series = RunSeries(event.run, event.train_images)
        series.keep_until(event.step)
        series.planned, series.total_steps = event.total_epochs, event.total_steps
        series.stopped_early = False
        self._history.plan_rates(event, series)
        self._history.keep(series)
        self._series = series
        seconds = series.epochs.column("seconds")
        self._epoch_began = float(seconds[-1]) if len(seconds) else 0.0
        if self.curves is not None:
            self.curves.show_run(series)
            self._show_comparison()
        return run_line(event)

    def _run_name(self, record: RunRecord) -> str:
        name = self.tr("run {0}").format(record.id)
        return f"{name} ({run_history.described(record)})"

    def _show_comparison(self) -> None:
        if self.curves is None:
            return
        from gui.widgets.curve_view import PREVIOUS

        chosen = self.curves.comparison
        shown = self._series.run if self._series is not None else None
        records = {record.id: record for record in self._history.records() if record.id != shown}
        if chosen == PREVIOUS:
            earlier = [run for run in records if shown is None or run < shown]
            chosen = max(earlier, default=None)
        record = records.get(chosen) if isinstance(chosen, int) else None
        if record is None:
            self.curves.compare_with(None)
        else:
            self.curves.compare_with(self._history.series(record.id), self.tr("run {0}").format(record.id))
