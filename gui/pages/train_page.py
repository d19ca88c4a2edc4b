"""Train: settings, the arithmetic before, curves, progress and log while it runs, one thing to do after."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStyle, QVBoxLayout, QWidget

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.errors import Code
from engine.events import (
    CheckpointSaved,
    EpochCompleted,
    RunFailed,
    RunFinished,
    RunStarted,
    StepCompleted,
)
from gui import run_history
from gui.document_session import DocumentSession
from gui.messages import sentence_of_code
from gui.training_controller import TrainingController
from gui.widgets.arithmetic_view import ArithmeticView
from gui.widgets.config_form import ConfigForm, Start
from gui.widgets.curve_series import RunSeries
from gui.widgets.run_outcome import RunOutcome
from gui.widgets.run_progress import RunProgress
from gui.widgets.train_buttons import TrainButtons
from gui.widgets.training_log import TrainingLog, epoch_line

if TYPE_CHECKING:
    from engine.data.runs import RunRecord
    from gui.widgets.curves import Curves


SHOW_MS = 100  # what is seen changes ten times a second: drawing more often would take the training's time
COLUMN_DIGITS = 38  # width of the settings, in digits of the window's font


def devices_here() -> list[str] | None:
    """Return the devices of this computer; None until PyTorch is loaded, which this does not do."""
    available = getattr(sys.modules.get("engine.device"), "available", None)
    return available() if available is not None else None


class TrainPage(QWidget):
    """Trains on the session's document through the controller, and shows what happens.

    Args:
        session: the window's document.
        controller: runs the trainings.
        devices: tells the devices of this computer, once they can be known.

    Signals:
        message: (kind, text) for the window's strip.
        test_requested: the trained model wants to be tried.
        data_requested: there is nothing to learn from.

    Attributes:
        form, arithmetic, buttons, progress, outcome, log: the parts of the page.
        curves: the plots; built when the page is first shown, because their library loads slowly.
    """

    message = Signal(str, str)
    test_requested = Signal()
    data_requested = Signal()

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        devices: Callable[[], list[str] | None] = devices_here,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trainPage")
        self._session = session
        self._controller = controller
        self._devices = devices
        self._history: dict[int, RunSeries] = {}  # curves of this document that are already read
        self._series: RunSeries | None = None
        self._run: RunStarted | None = None
        self._epoch_began = 0.0
        self._lines: list[str] = []  # of the log, not shown yet
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(SHOW_MS)
        self._show_soon.timeout.connect(self._show_events)
        self.form = ConfigForm()
        self.arithmetic = ArithmeticView()
        self.buttons = TrainButtons()
        self.progress = RunProgress()
        self.outcome = RunOutcome()
        self.log = TrainingLog()
        self.curves: Curves | None = None
        self._lay_out()
        self._connect()
        self._on_document_changed()

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        settings = QScrollArea()
        settings.setWidget(self.form)
        settings.setWidgetResizable(True)
        settings.setFrameShape(QFrame.Shape.NoFrame)
        settings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settings = settings
        column = QWidget()
        self._column = column
        self._set_column_width()
        left = QVBoxLayout(column)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(settings, 1)
        left.addWidget(self.arithmetic)
        left.addWidget(self.buttons)
        self._plots = QWidget()
        self._plots_layout = QVBoxLayout(self._plots)
        self._plots_layout.setContentsMargins(0, 0, 0, 0)
        below = QSplitter(Qt.Orientation.Vertical)
        below.addWidget(self._plots)
        below.addWidget(self.log)
        below.setStretchFactor(0, 1)
        below.setStretchFactor(1, 0)
        below.setChildrenCollapsible(False)
        self.log.setMinimumHeight(3 * self.log.fontMetrics().lineSpacing())
        right = QVBoxLayout()
        right.addWidget(self.progress)
        right.addWidget(self.outcome)
        right.addWidget(below, 1)
        both = QHBoxLayout(self)
        both.addWidget(column, 0)
        both.addLayout(right, 1)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form_changed)
        self.buttons.train_pressed.connect(self.train)
        self.buttons.step_pressed.connect(self._on_step)
        self.buttons.pause_pressed.connect(self._on_pause)
        self.buttons.resume_pressed.connect(self._controller.resume)
        self.buttons.stop_pressed.connect(self._controller.stop)
        self.buttons.continue_pressed.connect(self._on_continue)
        self.arithmetic.data_requested.connect(self.data_requested)
        self.arithmetic.starter_requested.connect(self._session.add_starter)
        self._session.starter.progressed.connect(lambda _done, _total: self.arithmetic.show_busy(True))
        self._session.starter_finished.connect(lambda _added: self.arithmetic.show_busy(False))
        self._session.starter.failed.connect(lambda _error: self.arithmetic.show_busy(False))
        self._controller.events_received.connect(self._on_events)
        self._controller.state_changed.connect(self._on_state)
        self._controller.run_ended.connect(self._on_run_ended)
        self._session.document_changed.connect(self._on_document_changed)
        self._session.samples_changed.connect(self._on_samples_changed)
        self._session.runs_changed.connect(self._on_runs_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the plots the first time; catch up with what happened unseen."""
        super().showEvent(event)
        if self.curves is None:
            self._build_curves()
        self._look_for_devices()
        self._show_events()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        super().hideEvent(event)
        self._show_soon.stop()

    def _build_curves(self) -> None:
        from gui.widgets.curves import Curves

        self.curves = Curves()
        self.curves.comparison_chosen.connect(self._show_comparison)
        self._plots_layout.addWidget(self.curves)
        self._list_runs()
        self.curves.show_run(self._series)
        self._show_comparison()

    # -- commands ------------------------------------------------------------------------------------

    def train(self) -> None:
        """Start a new run with the settings of the form."""
        self._begin(self._controller.start(self.form.config()))

    def _on_step(self) -> None:
        if self._controller.is_active:
            self._controller.step()
        else:
            self._begin(self._controller.start(self.form.config(), paused=True))

    def _on_pause(self) -> None:
        self._controller.pause()
        self.buttons.show_state(self._controller.state, is_pausing=True)

    def _on_continue(self, run: int, extra_epochs: int) -> None:
        self._begin(self._controller.continue_run(run, extra_epochs))

    def _begin(self, has_begun: bool) -> None:
        if not has_begun:
            return
        self.outcome.clear()
        if self._look_for_devices():
            self.progress.starting(lambda: self.tr("Getting the digits ready…"))
        else:
            self.progress.starting(lambda: self.tr("Loading PyTorch… (the first time takes some seconds)"))

    # -- what the training says ----------------------------------------------------------------------

    def _on_events(self, events: list[object]) -> None:
        for event in events:
            if isinstance(event, RunStarted):
                self._lines.append(self._begin_run(event))
            elif self._series is not None:
                self._series.add(event)
                if isinstance(event, RunFinished):  # nothing is planned any more
                    self._series.planned, self._series.total_steps = event.epoch, event.step
            if isinstance(event, EpochCompleted) and self._run is not None:
                took = event.seconds - self._epoch_began
                self._epoch_began = event.seconds
                self._lines.append(epoch_line(event, self._run.total_epochs, self._run.steps_per_epoch, took))
        self.progress.take(events)
        if isinstance(events[-1], StepCompleted | EpochCompleted | CheckpointSaved):
            if self.isVisible() and not self._show_soon.isActive():
                self._show_soon.start()
        else:
            self._show_events()

    def _show_events(self) -> None:
        """Bring progress, log and curves up to what was received."""
        self._show_soon.stop()
        self.progress.retranslate()
        self.log.add(self._lines)
        self._lines = []
        if self.isVisible() and self.curves is not None:
            self.curves.refresh()

    def _begin_run(self, event: RunStarted) -> str:
        """Take up the curves of the run that begins or goes on; return its line for the log."""
        self._look_for_devices()
        self._run = event
        self.form.set_config(event.config)
        series = self._known_series(event.run) if event.step else None
        if series is None:
            series = RunSeries(event.run, event.train_images)
        series.keep_until(event.step)
        series.planned, series.total_steps = event.total_epochs, event.total_steps
        self._history[event.run] = self._series = series
        seconds = series.epochs.column("seconds")
        self._epoch_began = float(seconds[-1]) if len(seconds) else 0.0
        if self.curves is not None:
            self.curves.show_run(series)
            self._show_comparison()
        settings = event.config
        return (
            f"Run {event.run}: {settings.model}, {event.train_images} images, "
            f"batch_size {settings.batch_size}, learning_rate {settings.learning_rate:g}, "
            f"seed {settings.seed}, {event.device}"
        )

    def _on_state(self, state: str) -> None:
        idle = state == "idle"
        self.buttons.show_state(state, self._controller.is_pausing)
        self.form.setEnabled(idle)
        notes = {"paused": lambda: self.tr("paused"), "stopping": lambda: self.tr("stopping…")}
        if state in ("running", "paused", "stopping"):
            self.progress.note(notes.get(state))

    def _on_run_ended(self, ending: object) -> None:
        if isinstance(ending, RunFailed):
            self._show_failure(ending)
        elif isinstance(ending, RunFinished):
            self._show_success(ending)

    def _show_success(self, ending: RunFinished) -> None:
        def words() -> str:
            return self._outcome_text(ending)

        if ending.epoch or ending.step:
            self.outcome.say(words, lambda: self.tr("Try it →"), self.test_requested.emit)
        if not self.isVisible():
            self.message.emit("success", words())

    def _outcome_text(self, ending: RunFinished) -> str:
        locale = QLocale()
        if ending.val_accuracy is not None:
            text = self.tr("Trained: {0} % of {1} validation digits are read right.").format(
                locale.toString(100 * ending.val_accuracy, "f", 1), locale.toString(ending.val_images)
            )
            if ending.best_epoch < ending.epoch:
                text += " " + self.tr("The model of epoch {0} is kept, the best one.").format(
                    locale.toString(ending.best_epoch)
                )
            return text
        if ending.train_accuracy is not None and ending.epoch:
            return self.tr("Trained: {0} % of its own training digits are read right.").format(
                locale.toString(100 * ending.train_accuracy, "f", 1)
            )
        return self.tr("Stopped before the first epoch was complete; what it learnt is kept.")

    def _show_failure(self, ending: RunFailed) -> None:
        self.progress.failed()
        self.message.emit("error", sentence_of_code(ending.code, ending.fields))
        config = self.form.config()
        if ending.code == Code.LOSS_NOT_FINITE:
            cure = replace(config, learning_rate=max(1e-6, float(f"{config.learning_rate / 10:.6g}")))
            self._offer(cure, lambda: self.tr("Set a tenth of the learning rate"))
        elif ending.code == Code.OUT_OF_MEMORY and config.batch_size > 1:
            cure = replace(config, batch_size=config.batch_size // 2)
            self._offer(cure, lambda: self.tr("Set half the batch size"))
        elif ending.code == Code.DEVICE_UNAVAILABLE:
            self._offer(replace(config, device="auto"), lambda: self.tr("Set the device to Automatic"))

    def _offer(self, cure: TrainConfig, action: Callable[[], str]) -> None:
        def apply() -> None:
            self.form.set_config(cure)
            self.outcome.clear()
            self.buttons.train.setFocus()

        self.outcome.say(lambda: self.tr("The training could not go on."), action, apply, is_good=False)

    # -- what the document holds ---------------------------------------------------------------------

    def _on_document_changed(self) -> None:
        self._history.clear()
        self._series = self._run = None
        self.outcome.clear()
        self.progress.clear()
        self.log.clear()
        record = self._session.document.runs.last()
        if record is not None:
            self.form.set_config(record.config)
            self._show_stored(record.id)
        elif self.curves is not None:
            self.curves.show_run(None)
        self._on_samples_changed()
        self._on_runs_changed()

    def _on_samples_changed(self) -> None:
        counts = self._session.document.samples.split_counts(labelled_only=True)
        self.arithmetic.show_counts(counts[Split.TRAIN], counts[Split.VAL])
        self.buttons.set_can_train(counts[Split.TRAIN] > 0)

    def _on_runs_changed(self) -> None:
        if not self._controller.is_active:
            self.buttons.set_continuable(run_history.continuable(self._session.document))
        self._list_runs()

    def _list_runs(self) -> None:
        """Offer the runs that hold a model as a start, and all that have curves for comparison."""
        records = self._session.document.runs.list()
        self.form.set_runs(
            {
                record.id: Start(record.config.model, record.config.hidden, run_history.described(record))
                for record in records
                if record.best_epoch
            }
        )
        if self.curves is not None:
            shown = self._series.run if self._series is not None else None
            names = [(record.id, self._run_name(record)) for record in records if record.id != shown]
            self.curves.set_runs(names[::-1])
            self._show_comparison()

    def _run_name(self, record: RunRecord) -> str:
        name = self.tr("run {0}").format(record.id)
        return f"{name} ({run_history.described(record)})"

    def _show_stored(self, run: int) -> None:
        """Show a run that ended before."""
        record = self._session.document.runs.get(run)
        self._series = self._known_series(run)
        started = run_history.started_of(record)
        self.progress.take([started, run_history.finished_of(record, self._series)])
        self.progress.retranslate()
        if self.curves is not None:
            self.curves.show_run(self._series)

    def _known_series(self, run: int) -> RunSeries:
        """Return the curves of a run, from memory or from the document."""
        if run not in self._history:
            document = self._session.document
            self._history[run] = run_history.series_of(document, document.runs.get(run))
        return self._history[run]

    def _show_comparison(self, choice: object = None) -> None:
        if self.curves is None:
            return
        chosen = self.curves.comparison
        shown = self._series.run if self._series is not None else None
        records = {record.id: record for record in self._session.document.runs.list() if record.id != shown}
        if chosen == "previous":
            earlier = [run for run in records if shown is None or run < shown]
            chosen = max(earlier, default=None)
        record = records.get(chosen) if isinstance(chosen, int) else None
        if record is None:
            self.curves.compare_with(None)
        else:
            self.curves.compare_with(self._known_series(record.id), self.tr("run {0}").format(record.id))

    # -- the rest ------------------------------------------------------------------------------------

    def _on_form_changed(self) -> None:
        self.arithmetic.show_config(self.form.config())

    def _look_for_devices(self) -> bool:
        """Grey out the devices that are not there; False while that cannot be known yet."""
        names = self._devices()
        if names is not None:
            self.form.set_available_devices(names)
        return names is not None

    def _set_column_width(self) -> None:
        """Keep the settings narrow, whatever the font and the language: the curves get the rest."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        usual = COLUMN_DIGITS * self.fontMetrics().horizontalAdvance("0")
        needed = max(self.form.sizeHint().width() + bar, self.buttons.sizeHint().width())
        self._column.setFixedWidth(max(usual, needed))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._list_runs()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._set_column_width)  # once the form has its new texts
