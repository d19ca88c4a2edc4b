"""Runs: every training kept, compared, noted, repeated with other seeds, exported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.data.run_lock import is_held
from engine.data.runs import RunRecord
from gui.document_session import DocumentSession
from gui.live_run import LiveRun
from gui.messages import Kind
from gui.repetition import SEEDS, Repetition, with_seeds
from gui.run_groups import RunGroups
from gui.run_history import add_steps, epochs_of
from gui.training_controller import TrainingController
from gui.widgets.curve_series import RunSeries
from gui.widgets.empty_page import EmptyRuns
from gui.widgets.message_row import always
from gui.widgets.repetition_bar import RepetitionBar
from gui.widgets.runs_bar import RunsBar
from gui.widgets.runs_model import Row
from gui.widgets.runs_table import RunsTable

if TYPE_CHECKING:
    from gui.widgets.run_comparison import RunComparison

FIRST_SHOWN = 3  # runs that are drawn when a document is opened: the newest ones


class RunsPage(QWidget):
    """The runs of the session's document.

    Args:
        session: the window's document.
        repetition: the queue of repeated trainings.

    Signals:
        message: (kind, text, action, on_action, holds) for the window's strip; action and on_action may be
            None.
        train_requested: there is no run yet.
        export_wanted: (numbers of runs, one of ``runs_bar.EXPORTS``).
        curves_export_wanted: the curves, and what of them is to be copied or saved.

    Attributes:
        table: ``runsTable``.
        comparison: curves and panels; built when the page is first shown, because their library loads slowly.
        empty: what is seen while there are no runs.
        bar: what can be done with runs.
        doors: to the mistakes of the selected run, and to a report.
    """

    message = Signal(object, object, object, object, object)
    train_requested = Signal()
    export_wanted = Signal(list, str)
    curves_export_wanted = Signal(object, str)

    def __init__(
        self, session: DocumentSession, repetition: Repetition, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("runsPage")
        self._session = session
        self._repetition = repetition
        self._document: object = None  # whose runs are shown
        self._records: dict[int, RunRecord] = {}
        self._series: dict[int, tuple[str, RunSeries]] = {}  # by run: when it was written last, its points
        self._groups = RunGroups(session)
        self._live: LiveRun | None = None
        self._is_behind = True  # something changed that the page has not read yet
        self.table = RunsTable()
        self.comparison: RunComparison | None = None
        self.empty = EmptyRuns()
        self.queue = RepetitionBar()
        self.bar = RunsBar()
        self.doors = self.bar.doors
        self._lay_out()
        self._connect()
        self._on_document_changed()

    def follow(self, controller: TrainingController, series: Callable[[], RunSeries | None]) -> None:
        """Draw the run that ``controller`` trains on while it goes on; ``series`` returns its curves."""
        self._live = LiveRun(
            controller,
            series,
            self.isVisible,
            lambda: self.comparison is not None and self.comparison.overlay.shows_steps,
            self,
        )
        self._live.begun.connect(self._read)
        self._live.moved.connect(self._on_moved)

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        above = QWidget()
        top = QVBoxLayout(above)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.bar)
        top.addWidget(self.queue)
        top.addWidget(self.table, 1)
        self.table.setMinimumHeight(110)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(above)
        self._parts.setChildrenCollapsible(False)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.addWidget(self._parts)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(content)

    def _connect(self) -> None:
        self.empty.pressed.connect(self.train_requested)
        self.bar.repeat.clicked.connect(self.repeat)
        self.bar.pin.clicked.connect(self.pin)
        self.bar.rename.clicked.connect(self._rename)
        self.bar.delete.clicked.connect(self.delete)
        self.bar.export_wanted.connect(self._export)
        self.table.delete_pressed.connect(self.delete)
        self.table.chosen.connect(self._on_chosen)
        self.table.runs.renamed.connect(self._session.rename_run, Qt.ConnectionType.QueuedConnection)
        self.table.runs.shown_changed.connect(self._compare)
        self._session.document_changed.connect(self._on_document_changed)
        self._session.runs_changed.connect(self._on_runs_changed)
        self._repetition.changed.connect(self._show_queue)
        self.queue.pause_pressed.connect(self._repetition.pause)
        self.queue.resume_pressed.connect(self._repetition.resume)
        self.queue.stop_pressed.connect(self._repetition.stop)

    def _build_comparison(self) -> None:
        from gui.widgets.run_comparison import RunComparison

        comparison = self.comparison = RunComparison()
        overlay = comparison.overlay
        overlay.export_wanted.connect(lambda kind: self.curves_export_wanted.emit(overlay, kind))
        overlay.steps_wanted.connect(self._compare)
        comparison.looks_changed.connect(
            lambda looks: self.table.runs.set_looks(looks, self.devicePixelRatioF())
        )
        # queued: the table must not be filled anew inside its own change of selection
        comparison.panels.note_written.connect(self._session.note_run, Qt.ConnectionType.QueuedConnection)
        self._parts.addWidget(comparison)
        self._parts.setStretchFactor(1, 1)
        line = self.fontMetrics().lineSpacing()
        self._parts.setSizes([13 * line, 30 * line])

    def showEvent(self, event: QShowEvent) -> None:
        """Build the curves the first time; catch up with what happened unseen."""
        super().showEvent(event)
        if self.comparison is None:
            self._build_comparison()
        if self._is_behind or (self._live is not None and self._live.missed):
            self._read()
        (self.table if self._records else self.empty.button).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- commands ------------------------------------------------------------------------------------

    def repeat(self) -> None:
        """Train the selected run's settings with as many seeds as make SEEDS, on the digits there are now."""
        record = self._current()
        if record is None or self._repetition.is_active:
            return
        same = self._groups.like(record, self._records.values())
        configs = with_seeds(record.config, [other.config.seed for other in same])
        self.table.runs.show_runs([other.id for other in same], True)  # the band is of all of them
        if not configs:
            self._say(
                Kind.INFO,
                lambda: self.tr("There are {0} runs with these settings already.").format(SEEDS),
            )
        elif not self._repetition.start(configs):
            self._say(Kind.INFO, lambda: self.tr("Another training runs. Wait until it has ended."))

    def pin(self) -> None:
        """Make the selected run the baseline, or no run where it is that already."""
        record = self._current()
        if record is not None:
            is_pinned = self._session.document.runs.baseline() == record.id
            if not is_pinned:
                self.table.runs.show_runs([record.id], True)
            self._session.pin_baseline(None if is_pinned else record.id)

    def delete(self) -> None:
        """Delete the selected runs; a message offers to take that back."""
        runs = self.table.selected_runs()
        if not runs or not self._session.delete_runs(runs):
            return
        count, holds = len(runs), self._session.nothing_since()

        def take_back() -> None:
            if holds():
                self._session.undo()
            else:
                self._say(
                    Kind.INFO,
                    lambda: self.tr("Something else has changed since. Undo goes back step by step."),
                )

        self.message.emit(
            Kind.INFO,
            lambda: self.tr("Deleted %Ln run(s).", "", count),
            lambda: self.tr("Undo"),
            take_back,
            holds,
        )

    def keep_note(self) -> None:
        """Store a note that is being written."""
        told = self.comparison.panels.take_note() if self.comparison is not None else None
        if told is not None:
            self._session.note_run(*told)

    def _rename(self) -> None:
        run = self.table.current_run()
        if run is not None:
            self.table.edit_name(run)

    def _export(self, kind: str) -> None:
        selected = self.table.selected_runs()
        self.export_wanted.emit(sorted(selected if len(selected) > 1 else self._records), kind)

    def _say(self, kind: Kind, words: Callable[[], str]) -> None:
        self.message.emit(kind, words, None, None, always)

    # -- what the document holds ---------------------------------------------------------------------

    def _on_document_changed(self) -> None:
        if self._document is not self._session.document:
            self._document = self._session.document
            self._series.clear()
            self._groups.clear()
            self._records = {}
            self.table.set_rows([])
            self.table.runs.shown = set()
        self._on_runs_changed()

    def _on_runs_changed(self) -> None:
        self._is_behind = True
        if self.isVisible():
            self._read()
        else:
            self._stack.setCurrentIndex(int(bool(self._records)))

    def _read(self) -> None:
        """Bring table, curves and panels up to the document."""
        self._is_behind = False
        if self._live is not None:
            self._live.missed = False
        runs, path = self._session.document.runs, self._session.document.path
        before = set(self._records)
        self._records = {record.id: record for record in runs.list()}
        rows = []
        for record in self._records.values():
            is_cut_off = record.state == "running" and not is_held(path, record.id)
            rows.append(Row(record, runs.last_value(record.id, "seconds"), is_cut_off))
        self.table.set_rows(rows)
        new = set(self._records) - before
        if not before:  # a document was opened, or has its first run
            baseline = runs.baseline()
            new = {*sorted(new)[-FIRST_SHOWN:], *([baseline] if baseline else [])}
        self.table.runs.shown |= new
        if not self.table.selected_runs() and self._records:
            self.table.select_runs([max(self._records)])
        self._stack.setCurrentIndex(int(bool(self._records)))
        self._compare()
        self._on_chosen()

    def _compare(self) -> None:
        """Draw the runs that are ticked."""
        if self.comparison is None:
            return
        runs = self._session.document.runs
        shown = [self._records[run] for run in sorted(self.table.runs.shown) if run in self._records]
        series = {record.id: self._series_of(record) for record in shown}
        self.comparison.show_runs(shown, series, self._groups.groups(shown), runs.baseline())

    def _on_moved(self, run: int) -> None:
        """Bring one run's row and the curves up to where its training is."""
        if run not in self._records:
            self._read()
            return
        record = self._session.document.runs.get(run)
        if record.updated != self._records[run].updated:
            self._records[run] = record
            self.table.runs.set_row(Row(record, self._session.document.runs.last_value(run, "seconds")))
        if self.comparison is not None and run in self.comparison.overlay.shown_runs:
            self.comparison.refresh()

    def _series_of(self, record: RunRecord) -> RunSeries:
        live = self._live.series_of(record.id) if self._live is not None else None
        if live is not None:
            return live
        stamp, series = self._series.get(record.id, ("", None))
        if series is None or stamp != record.updated or record.state in ("running", "paused"):
            series = epochs_of(self._session.document, record)
            self._series[record.id] = (record.updated, series)
        if self.comparison is not None and self.comparison.overlay.shows_steps and not len(series.steps):
            add_steps(self._session.document, record, series)
        return series

    def _current(self) -> RunRecord | None:
        run = self.table.current_run()
        return self._records.get(run) if run is not None else None

    def _on_chosen(self) -> None:
        self._show_what_can_be_done()
        if self.comparison is not None:
            self.comparison.panels.show_run(self._current())

    def _show_queue(self) -> None:
        queue = self._repetition
        self.queue.show_queue(queue.done, queue.total, queue.share, queue.is_paused)
        if self.bar.repeat.isEnabled() == queue.is_active:
            self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        record = self._current()
        is_pinned = record is not None and self._session.document.runs.baseline() == record.id
        self.bar.show_state(record is not None, not self._repetition.is_active, is_pinned)
