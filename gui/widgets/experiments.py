"""Experiments: choose what varies, watch the runs, see what came of it; and the largest batch that fits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.config import TrainConfig
from engine.data import holding_back
from engine.data.splits import Split
from engine.errors import EngineError
from engine.training.sweep_plan import SweepPlan, SweepPoint
from gui import run_history
from gui.batch_size_search import BatchSizeSearch
from gui.document_session import DocumentSession
from gui.experiment import Experiment
from gui.messages import joined, sentence_of
from gui.sweep_forecast import SweepForecast
from gui.training_controller import TrainingController
from gui.widgets.curve_series import RunSeries
from gui.widgets.experiment_choice import ChoiceWords
from gui.widgets.experiment_results import ExperimentResults
from gui.widgets.experiment_setup import ExperimentSetup


class Experiments(QDialog):
    """Varies one of the form's settings, or two.

    Args:
        session, controller: of the window.
        experiment: runs it.
        search: finds the largest batch size.
        forecast: tells how long an experiment takes.
        config: returns the settings of the form.

    Signals:
        batch_size_wanted: a batch size for the form.

    Attributes:
        setup: what varies.
        hold_button: ``holdExperimentButton``: holds digits back where none validate.
        run_button, pause_button, cancel_button: what can be done.
        bar, status: how far it is.
        results: what came of it.
        find_button, found, use_button: the batch size finder.
    """

    batch_size_wanted = Signal(int)

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        experiment: Experiment,
        search: BatchSizeSearch,
        forecast: SweepForecast,
        config: Callable[[], TrainConfig],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("experiments")
        self._session = session
        self._controller = controller
        self._experiment = experiment
        self._search = search
        self._forecast = forecast
        self._config = config
        self._words = ChoiceWords()
        self._status: Callable[[], str] = lambda: ""
        self._found: Callable[[], str] = lambda: ""
        self._found_size = 0
        self._series: list[RunSeries] = []  # of the points, kept whatever becomes of their runs
        self._make()
        self._arrange()
        self._wire()
        self.retranslate()

    @property
    def is_running(self) -> bool:
        """True while an experiment runs."""
        return self._experiment.is_running

    # -- the experiment ------------------------------------------------------------------------------

    def _on_run(self) -> None:
        try:
            plan = self.setup.plan()
        except EngineError as error:
            self._say_error(error)
            return
        self._forecast.stop()
        if not self._experiment.start(plan):
            self._say(lambda: self.tr("Another training runs. Wait until it has ended, or stop it."))
            return
        self._series = []
        self.results.show_points(plan, [], [])
        self._place.setCurrentWidget(self.results)
        self.bar.setValue(0)
        self.bar.show()
        self._show_state()

    def _on_edited(self) -> None:
        """Let what was said of the values before go."""
        self._say(lambda: "")
        self._show_state()

    def _on_hold_back(self) -> None:
        """Hold a fifth of the digits back; the document's undo brings them back."""
        chosen = holding_back.choose(self._session.document.samples.grouped(Split.TRAIN))
        if chosen and self._session.set_split(chosen, Split.VAL):
            self._look_at_digits()

    def _on_point_started(self, index: int) -> None:
        plan = self._experiment.plan
        assert plan is not None
        self._say(lambda: self._told(plan, index))
        self._show_state()

    def _told(self, plan: SweepPlan, index: int) -> str:
        locale = QLocale()
        return self.tr("Run {number} of {count}: {what}").format(
            number=locale.toString(index + 1),
            count=locale.toString(len(plan.pairs())),
            what=self._words.pair(plan, *plan.pairs()[index]),
        )

    def _on_point_measured(self, point: SweepPoint) -> None:
        assert self._experiment.plan is not None
        self._series.append(self._series_of(point.run))
        self.results.show_points(self._experiment.plan, self._experiment.points, self._series)

    def _series_of(self, run: int) -> RunSeries:
        """Return the curves of a run as they are now; none where somebody has just deleted it."""
        document = self._session.document
        try:
            return run_history.series_of(document, document.runs.get(run))
        except EngineError:
            return RunSeries(run, 1)

    def _on_ended(self, reason: str) -> None:
        if reason == "completed":
            self._say(lambda: self.tr("Done. All runs stay in the document."))
        elif reason == "stopped":
            self._say(lambda: self.tr("Ended before all runs were trained; what was trained stays."))
        self.setup.look()
        self._show_state()

    def _on_pause(self) -> None:
        if self._controller.state == "paused":
            self._controller.resume()
        else:
            self._controller.pause()

    def _show_state(self, *_: object) -> None:
        runs, has_digits = self._experiment.is_running, self.setup.images() > 0
        is_free = not self._controller.is_active and not runs
        is_paused = self._controller.state == "paused"
        self.run_button.setEnabled(is_free and has_digits)
        self.pause_button.setEnabled(runs and self._controller.state in ("starting", "running", "paused"))
        self.pause_button.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        self.pause_button.setAccessibleName(self.pause_button.text())
        self.cancel_button.setEnabled(runs)
        self.setup.enable(not runs)
        self.find_button.setEnabled(not self._search.is_running and is_free and has_digits)
        if not runs and not has_digits:
            self._say(self._told_lack)
        elif self._status == self._told_lack:
            self._say(lambda: "")
        lacks = has_digits and not self.setup.val_images()
        can_hold = lacks and bool(holding_back.choose(self._session.document.samples.grouped(Split.TRAIN)))
        self.lacking.setVisible(lacks)
        self.hold_button.setVisible(lacks and can_hold)
        self.hold_button.setEnabled(is_free)
        self.lacking.setText(self._lacking_text(can_hold))

    def _told_lack(self) -> str:
        return self.tr("There are no labelled training digits yet. Add some first.")

    def _lacking_text(self, can_hold: bool) -> str:
        text = self.tr(
            "No digits are held back for validation: you will see how well it learns its own digits, but not "
            "how it reads new ones, nor over-fitting."
        )
        if not can_hold:
            text = joined(text, self.tr("Write a second one of each digit, then some can be held back."))
        return text

    # -- the batch size ------------------------------------------------------------------------------

    def _on_find(self) -> None:
        if self._search.start(self._config(), self.setup.images()):
            self._tell_found(lambda: self.tr("Trying larger and larger batches…"))
            self._show_state()

    def _on_found(self, found: object) -> None:
        size = int(getattr(found, "batch_size", 0))
        self._found_size = size
        self.use_button.setEnabled(size > 0)
        self._tell_found(lambda: self._found_text(found))
        self._show_state()

    def _found_text(self, found: object) -> str:
        locale = QLocale()
        size, limit = int(getattr(found, "batch_size", 0)), str(getattr(found, "limit", ""))
        tries = getattr(found, "tries", ())
        needs = max((one.bytes for one in tries if one.bytes and one.batch_size <= size), default=0)
        free = getattr(found, "free", None)
        room = locale.formattedDataSize(free, 1) if free is not None else "?"
        values = {"size": locale.toString(size), "needs": locale.formattedDataSize(needs, 1), "room": room}
        if not size:
            return self.tr("Not even the smallest batch fits into the {room} that are free.").format(**values)
        if limit == "data":
            text = self.tr("{size}: all training digits in one batch ({needs} of {room} free memory).")
        elif limit == "range":
            text = self.tr("{size}: no setting is larger ({needs} of {room} free memory).")
        else:
            text = self.tr("{size}: a larger one does not fit ({needs} of {room} free memory).")
        return text.format(**values)

    def _on_use(self) -> None:
        self.batch_size_wanted.emit(self._found_size)

    # -- saying --------------------------------------------------------------------------------------

    def _say(self, words: Callable[[], str]) -> None:
        self._status = words
        self.status.setText(words())

    def _say_error(self, error: EngineError) -> None:
        self._say(lambda: sentence_of(error))
        self._show_state()

    def _tell_found(self, words: Callable[[], str]) -> None:
        self._found = words
        self.found.setText(words())

    # -- building ------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.setup = ExperimentSetup(
            self._session, self._config, self._forecast, lambda: not self._controller.is_active
        )
        self.lacking = QLabel(wordWrap=True)
        self.lacking.setObjectName("experimentLacking")
        self.status = QLabel(wordWrap=True)
        self.status.setObjectName("experimentStatus")
        self.bar = QProgressBar()
        self.bar.setObjectName("experimentProgress")
        self.bar.setRange(0, 1_000)
        self.bar.hide()  # until there is something to be far along with
        self.results = ExperimentResults()
        self.hint = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hint.setObjectName("experimentHint")
        self._place = QStackedWidget()
        self._place.addWidget(self.hint)
        self._place.addWidget(self.results)
        self.found = QLabel(wordWrap=True)
        self.found.setObjectName("batchSizeFound")
        names = ("run", "pause", "cancel", "find", "use", "close", "hold")
        buttons = {name: QPushButton() for name in names}
        for name, button in buttons.items():
            button.setObjectName(f"{name}ExperimentButton")
            button.setAutoDefault(False)
        self.run_button, self.pause_button, self.cancel_button = (buttons[name] for name in names[:3])
        self.find_button, self.use_button, self.close_button = (buttons[name] for name in names[3:6])
        self.hold_button = buttons["hold"]
        self.use_button.setEnabled(False)

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        what = QHBoxLayout()
        what.addWidget(self.setup, 1)
        beside = QVBoxLayout()
        commands = QHBoxLayout()
        for button in (self.run_button, self.pause_button, self.cancel_button):
            commands.addWidget(button)
        beside.addLayout(commands)
        beside.addStretch(1)
        what.addLayout(beside)
        held = QHBoxLayout()
        held.addWidget(self.lacking, 1)
        held.addWidget(self.hold_button)
        far = QHBoxLayout()
        far.addWidget(self.status, 2)
        far.addWidget(self.bar, 1)
        batch = QHBoxLayout()
        batch.addWidget(self.find_button)
        batch.addWidget(self.found, 1)
        batch.addWidget(self.use_button)
        batch.addSpacing(line)
        batch.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addLayout(what)
        column.addLayout(held)
        column.addLayout(far)
        column.addWidget(self._place, 1)
        column.addLayout(batch)
        room = self.screen().availableSize() * 0.95
        self.resize(QSize(84 * line, 44 * line).boundedTo(room))

    def _wire(self) -> None:
        self.setup.submitted.connect(self._on_run)
        self.hold_button.clicked.connect(self._on_hold_back)
        self.run_button.clicked.connect(self._on_run)
        self.pause_button.clicked.connect(self._on_pause)
        self.cancel_button.clicked.connect(self._experiment.cancel)
        self.find_button.clicked.connect(self._on_find)
        self.use_button.clicked.connect(self._on_use)
        self.close_button.clicked.connect(self.close)
        self.setup.edited.connect(self._on_edited)
        self._experiment.point_started.connect(self._on_point_started)
        self._experiment.point_measured.connect(self._on_point_measured)
        self._experiment.progressed.connect(lambda share: self.bar.setValue(round(1_000 * share)))
        self._experiment.failed.connect(self._say_error)
        self._experiment.ended.connect(self._on_ended)
        self._controller.state_changed.connect(self._show_state)
        self._session.samples_changed.connect(self._look_at_digits)
        self._session.document_changed.connect(self._look_at_digits)
        self._search.found.connect(self._on_found)
        self._search.failed.connect(lambda error: self._tell_found(lambda: sentence_of(error)))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the window's colours and the digits there are now."""
        super().showEvent(event)
        self.results.dress()
        self._look_at_digits()

    def hideEvent(self, event: QHideEvent) -> None:
        """Measure nothing that nobody sees."""
        super().hideEvent(event)
        self._forecast.stop()

    def _look_at_digits(self) -> None:
        """Offer what fits the digits there are now."""
        if self.isVisible() and not self._experiment.is_running:
            self.setup.offer()
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setWindowTitle(self.tr("Experiments"))
        self.hint.setText(
            self.tr("Choose what varies and press Start. Each run is drawn here as soon as it has ended.")
        )
        self.hold_button.setText(self.tr("Hold a fifth back"))
        self.run_button.setText(self.tr("Start"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.find_button.setText(self.tr("Find the largest batch size"))
        self.find_button.setToolTip(
            self.tr("Takes real steps with larger and larger batches until one is too large.")
        )
        self.use_button.setText(self.tr("Use it"))
        self.close_button.setText(self.tr("Close"))
        self.bar.setAccessibleName(self.tr("Progress of the experiment"))
        named = (self.run_button, self.cancel_button, self.find_button, self.use_button, self.hold_button)
        for button in named:
            button.setAccessibleName(button.text())
        self.close_button.setAccessibleName(self.close_button.text())
        self._say(self._status)
        self._tell_found(self._found)
        self._show_state()
