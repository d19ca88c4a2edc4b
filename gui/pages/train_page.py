"""Train: settings, the arithmetic before, curves, progress and log while it runs, one thing to do after."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.run_lock import is_held
from engine.data.splits import Split
from engine.errors import Code
from engine.events import RunFailed, RunFinished, RunStarted
from engine.training.amount import shown
from gui import run_history
from gui.augment_sampler import AugmentSampler
from gui.consultation import Consultation
from gui.document_session import DocumentSession
from gui.examiner import Examiner
from gui.forecast import Forecast
from gui.messages import sentence_of_code
from gui.pace_watch import PaceWatch
from gui.run_history import RunHistory
from gui.training_controller import TrainingController
from gui.widgets.arithmetic_view import ArithmeticView
from gui.widgets.augment_preview import AugmentPreview
from gui.widgets.batch_walk import BatchWalk
from gui.widgets.config_form import ConfigForm, Start
from gui.widgets.lab_bar import LabBar
from gui.widgets.run_view import RunView
from gui.widgets.settings_column import SettingsColumn
from gui.widgets.train_buttons import TrainButtons


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
        pace: measures how long a training will take; without it nothing is said of that.
        sampler: varies a digit as augmentation would; without it no preview is shown.
        examiner: finds what is wrong with a training; without it nothing is looked for.

    Signals:
        message: (kind, words, action, on_action, holds) for the window's strip; the next training ends it.
        test_requested: the trained model wants to be tried.
        data_requested: there is nothing to learn from.
        smaller_batch_wanted: (settings, run) whose batch did not fit: the largest that does is to be used.

    Attributes:
        form, preview, arithmetic, buttons: the settings and what can be done.
        lab: the ways to the time machine and the experiments.
        run_view: progress, curves and log.
        walk: single batches, in a tab beside the curves.
    """

    message = Signal(str, object, object, object, object)
    test_requested = Signal()
    data_requested = Signal()
    smaller_batch_wanted = Signal(object, int)

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        devices: Callable[[], list[str] | None] = devices_here,
        pace: PaceWatch | None = None,
        examiner: Examiner | None = None,
        sampler: AugmentSampler | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trainPage")
        self._session = session
        self._document: Document | None = None  # whose runs are shown
        self._controller = controller
        self._devices = devices
        self._begun = 0  # trainings so far
        self.form = ConfigForm()
        self.preview = AugmentPreview()
        self.arithmetic = ArithmeticView()
        self._forecast = Forecast(
            *(self.form, self.arithmetic, self.preview),
            *(self.isVisible, lambda: controller.is_active),
            *(pace, sampler),
        )
        self.buttons = TrainButtons()
        self.lab = LabBar()
        self.run_view = RunView(RunHistory(lambda: session.document))
        self.walk = BatchWalk()
        self.run_view.add_tab(self.walk, lambda: self.tr("One batch"))
        self._consultation = Consultation(
            session, controller, examiner, self.run_view.doctor, self.form, self.isVisible
        )
        self._lay_out()
        self._connect()
        self._on_document_changed()

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        below = (self.preview, self.arithmetic, self.buttons, self.lab)
        both = QHBoxLayout(self)
        both.addWidget(SettingsColumn(self.form, self.buttons, below), 0)
        both.addWidget(self.run_view, 1)

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
        self.walk.step_requested.connect(self._on_step)
        self.walk.pause_requested.connect(self._on_pause)
        self.walk.watched.connect(self._controller.watch)
        self.buttons.train_pressed.connect(self.walk.halt)
        self.buttons.resume_pressed.connect(self.walk.halt)
        self._controller.events_received.connect(self._on_events)
        self._controller.state_changed.connect(self._on_state)
        self._consultation.cured.connect(self.buttons.train.setFocus)
        self._consultation.epochs_wanted.connect(self._on_continue)
        self._consultation.digits_wanted.connect(self.data_requested)
        self._controller.run_ended.connect(self._on_run_ended)
        self._session.document_changed.connect(self._on_document_changed)
        self._session.samples_changed.connect(self._on_samples_changed)
        self._session.runs_changed.connect(self._on_runs_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which devices there are by now."""
        super().showEvent(event)
        self._look_for_devices()
        self._forecast.look_again()
        self._consultation.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Measure nothing that nobody sees."""
        super().hideEvent(event)
        self._forecast.stop()

    # -- commands ------------------------------------------------------------------------------------

    def train(self) -> None:
        """Start a new run with the settings of the form."""
        self._forecast.stop()
        self._begin(self._controller.start(self.form.config()))

    def _on_step(self) -> None:
        if self._controller.is_active:
            self._controller.step()
        else:
            self._forecast.stop()
            self._begin(self._controller.start(self.form.config(), paused=True))

    def _on_pause(self) -> None:
        self._controller.pause()
        self.buttons.show_state(self._controller.state, is_pausing=True)

    def _on_continue(self, run: int, extra_epochs: int) -> None:
        self._forecast.stop()
        self._begin(self._controller.continue_run(run, extra_epochs))

    def _begin(self, has_begun: bool) -> None:
        if not has_begun:
            return
        self.run_view.outcome.clear()
        self._consultation.forget()
        if self._look_for_devices():
            self.run_view.progress.starting(lambda: self.tr("Getting the digits ready…"))
        else:
            self.run_view.progress.starting(
                lambda: self.tr("Loading PyTorch… (the first time takes some seconds)")
            )

    # -- what the training says ----------------------------------------------------------------------

    def _on_events(self, events: list[object]) -> None:
        for event in events:
            if isinstance(event, RunStarted):
                self._look_for_devices()
                self.form.set_config(event.config)
        self.run_view.take(events)
        self.walk.take(events, self._controller.state == "paused" or self._controller.is_pausing)

    def _on_state(self, state: str) -> None:
        idle = state == "idle"
        self._begun += state == "starting"
        self.buttons.show_state(state, self._controller.is_pausing)
        self.form.setEnabled(idle)
        self.walk.show_state(state)
        notes = {"paused": lambda: self.tr("paused"), "stopping": lambda: self.tr("stopping…")}
        if state in ("running", "paused", "stopping"):
            self.run_view.progress.note(notes.get(state))

    def _on_run_ended(self, ending: object) -> None:
        if isinstance(ending, RunFailed):
            self._show_failure(ending)
        elif isinstance(ending, RunFinished):
            self._show_success(ending)
        self._on_samples_changed()  # what was deleted meanwhile is gone for the next training
        if isinstance(ending, RunFailed | RunFinished):
            self._consultation.end(ending)

    def _show_success(self, ending: RunFinished) -> None:
        def words() -> str:
            return self._outcome_text(ending)

        if ending.epoch or ending.step:
            self.run_view.outcome.say(words, lambda: self.tr("Try it →"), self.test_requested.emit)
        if not self.isVisible():
            self._tell("success", words)

    def _outcome_text(self, ending: RunFinished) -> str:
        locale = QLocale()
        if ending.val_accuracy is not None:
            said = self.tr("Trained: {0} % of %Ln validation digit(s) are read right.", "", ending.val_images)
            text = said.format(locale.toString(100 * ending.val_accuracy, "f", 1))
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
        self.run_view.progress.failed()
        self._tell("error", lambda: sentence_of_code(ending.code, ending.fields))
        config = self.form.config()
        if ending.code == Code.LOSS_NOT_FINITE:
            cure = replace(config, learning_rate=max(1e-6, float(f"{config.learning_rate / 10:.6g}")))
            self._offer(cure, lambda: self.tr("Set a tenth of the learning rate"))
        elif ending.code == Code.OUT_OF_MEMORY and config.batch_size > 1:
            self.run_view.outcome.say(
                lambda: self.tr("The training could not go on: the batch is too large for the memory."),
                lambda: self.tr("Find the size that fits and go on"),
                lambda: self._on_smaller(config, ending.run),
                is_good=False,
            )
        elif ending.code == Code.DEVICE_UNAVAILABLE:
            self._offer(replace(config, device="auto"), lambda: self.tr("Set the device to Automatic"))

    def _on_smaller(self, config: TrainConfig, run: int) -> None:
        self.run_view.outcome.clear()
        self.run_view.progress.starting(lambda: self.tr("Trying smaller batches…"))
        self.smaller_batch_wanted.emit(config, run)

    def train_with(self, config: TrainConfig) -> None:
        """Start a new run with ``config``, and show it in the form."""
        self.form.set_config(config)
        self.train()

    def say_nothing_fits(self, batch_size: int) -> None:
        """Say that no batch under ``batch_size`` fits either."""
        self.run_view.progress.failed()
        self._tell(
            "error",
            lambda: self.tr("No batch smaller than {0} fits either: other programs use the memory.").format(
                QLocale().toString(batch_size)
            ),
        )

    def _tell(self, kind: str, words: Callable[[], str]) -> None:
        """Say in the window's strip what holds until another training is begun."""
        begun = self._begun
        self.message.emit(kind, words, None, None, lambda: self._begun == begun)

    def _offer(self, cure: TrainConfig, action: Callable[[], str]) -> None:
        def apply() -> None:
            self.form.set_config(cure)
            self.run_view.outcome.clear()
            self.buttons.train.setFocus()

        self.run_view.outcome.say(
            lambda: self.tr("The training could not go on."), action, apply, is_good=False
        )

    # -- what the document holds ---------------------------------------------------------------------

    def _on_document_changed(self) -> None:
        if self._document is self._session.document:
            return  # it only has another name now: settings, curves and log stay
        self._document = self._session.document
        self.run_view.clear()
        self.walk.clear()
        self._consultation.forget()
        record = self._session.document.runs.last()
        if record is not None:
            self.form.set_config(record.config)
            self.run_view.show_stored(record)
            self._consultation.show_stored(record.id)
            if record.state == "running" and not is_held(self._document.path, record.id):
                self._say_cut_off(record.id)
        self._on_samples_changed()
        self._on_runs_changed()

    def _say_cut_off(self, run: int) -> None:
        """Say that the program ended in the middle of ``run``: a power cut, or a very long step."""
        saved = run_history.continuable(self._session.document)

        def words() -> str:
            if saved is None:
                return self.tr("Run {0} was cut off before anything of it was saved.").format(run)
            text = self.tr(
                "Run {0} was cut off in the middle. It can go on from its last save, in epoch {1}."
            )
            return text.format(run, QLocale().toString(saved.epoch + 1))

        self.run_view.outcome.say(
            words,
            lambda: self.tr("Train it again") if saved is None else self.tr("Continue"),
            lambda: self._on_continue(run, 0),
            is_good=False,
        )

    def _on_samples_changed(self) -> None:
        document, config = self._session.document, self.form.config()
        counts = document.samples.split_counts(labelled_only=True)
        train, val = counts[Split.TRAIN], counts[Split.VAL]
        if config.rehearse:
            own = sum(document.samples.own_counts())
            train, val = shown(own, len(document.corrections.ids()), config) if own else 0, 0
        if train or not self._controller.is_active:  # a training has its digits, whatever becomes of these
            self.arithmetic.show_counts(train, val)
        self.buttons.set_can_train(train > 0)
        self.walk.set_can_train(train > 0)
        self._forecast.look_again()

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
        self.run_view.list_runs()

    # -- the rest ------------------------------------------------------------------------------------

    def _on_form_changed(self) -> None:
        self.arithmetic.show_config(self.form.config())
        self._on_samples_changed()  # what is rehearsed counts, too

    def _look_for_devices(self) -> bool:
        """Grey out the devices that are not there; False while that cannot be known yet."""
        names = self._devices()
        if names is not None:
            self.form.set_available_devices(names)
        return names is not None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._list_runs()
