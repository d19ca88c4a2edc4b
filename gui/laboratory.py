"""Opens the time machine and the experiments; they are built when they are first wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.config import TrainConfig
from engine.data.splits import Split
from gui.batch_size_search import BatchSizeSearch, Finder, find_largest
from gui.document_session import DocumentSession
from gui.experiment import Experiment, Measure, measure
from gui.measure_at_rest import measure_pace
from gui.past_reader import Loader, load_past
from gui.sweep_forecast import SweepForecast
from gui.training_controller import TrainingController
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from gui import measure_at_rest
    from gui.pages.train_page import TrainPage
    from gui.widgets.experiments import Experiments
    from gui.widgets.time_machine import TimeMachine


@dataclass(frozen=True, slots=True)
class Work:
    """What needs PyTorch, each called in a worker; tests pass their own.

    Attributes:
        load_past: loads a run as it was after each epoch.
        measure: measures a run of an experiment.
        find_batch_size: finds the largest that fits.
        measure_pace: tells how fast a training would be.
    """

    load_past: Loader = load_past
    measure: Measure = measure
    find_batch_size: Finder = find_largest
    measure_pace: measure_at_rest.Measure = measure_pace


class Laboratory(QObject):
    """What lies behind the two buttons of the Train page.

    Args:
        window: the dialogs lie over it.
        session, controller: of the window.
        page: has the buttons.
        work: what its workers do.

    Signals:
        model_wanted: (run, epoch) whose model is to read.

    Attributes:
        time_machine, experiments: None until they were wanted.
        experiment: runs the experiments.
    """

    model_wanted = Signal(int, int)

    def __init__(
        self,
        window: QWidget,
        session: DocumentSession,
        controller: TrainingController,
        page: TrainPage,
        work: Work,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._controller = controller
        self._page = page
        self._work = work
        self.time_machine: TimeMachine | None = None
        self.experiments: Experiments | None = None
        self.experiment = Experiment(session, controller, work.measure, self)
        self._forecast = SweepForecast(work.measure_pace, self)
        self._search = BatchSizeSearch(work.find_batch_size, self)
        self._smaller = BatchSizeSearch(work.find_batch_size, self)  # after a batch that did not fit
        self._smaller.found.connect(self._on_smaller_found)
        self._smaller.failed.connect(session.failed)
        self._settings: TrainConfig | None = None  # of the form, before an experiment varied them
        self.experiment.point_started.connect(self._on_point_started)
        self.experiment.ended.connect(self._on_experiment_ended)
        self._interrupted: tuple[TrainConfig, int] | None = None  # the settings and the run that need less
        page.lab.past_wanted.connect(self.open_past)
        page.lab.experiment_wanted.connect(self.open_experiments)
        page.smaller_batch_wanted.connect(self.go_on_smaller)

    def open_past(self) -> None:
        """Show the time machine with the newest run."""
        if self.time_machine is None:
            from gui.widgets.time_machine import TimeMachine  # its plot loads slowly

            self.time_machine = TimeMachine(self._session, self._work.load_past, self._window)
            self.time_machine.model_wanted.connect(self.model_wanted)
            self.time_machine.looked_at.connect(self._page.run_view.mark_epoch)
        self.time_machine.open_run()

    def open_experiments(self) -> None:
        """Show the experiments."""
        if self.experiments is None:
            from gui.widgets.experiments import Experiments  # its plots load slowly

            self.experiments = Experiments(
                self._session,
                self._controller,
                self.experiment,
                self._search,
                self._forecast,
                self._page.form.config,
                self._window,
            )
            self.experiments.batch_size_wanted.connect(self._page.form.batch_size.setValue)
        self.experiments.show()
        self.experiments.activateWindow()

    def _on_point_started(self, index: int) -> None:
        if index == 0:
            self._settings = self._page.form.config()

    def _on_experiment_ended(self, _reason: str) -> None:
        """Give the form its settings back: each run has put its own there."""
        settings, self._settings = self._settings, None
        if settings is not None and not self._controller.is_active:
            self._page.form.set_config(settings)

    def go_on_smaller(self, config: TrainConfig, run: int) -> None:
        """Find the largest batch that fits, under the one that did not, and train what ``run`` left."""
        images = self._session.document.samples.split_counts(labelled_only=True)[Split.TRAIN]
        if images and self._smaller.start(config, images, config.batch_size):
            self._interrupted = config, run

    def _on_smaller_found(self, found: object) -> None:
        size = int(getattr(found, "batch_size", 0))
        if self._interrupted is None:
            return
        (config, run), self._interrupted = self._interrupted, None
        if size:
            self._page.train_with(self._rest_of(replace(config, batch_size=size), run))
        else:
            self._page.say_nothing_fits(config.batch_size)

    def _rest_of(self, config: TrainConfig, run: int) -> TrainConfig:
        """Return the settings for what ``run`` did not reach: from its model, where it has one."""
        saved = self._session.document.runs.load_checkpoint(run, "last") if run else None
        if saved is None or not 0 < saved.epoch < config.epochs:
            return config
        return replace(config, start_from=str(run), epochs=config.epochs - saved.epoch)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what runs; True when no thread is left."""
        ended = [self.experiment.shutdown(timeout_ms), self._forecast.shutdown(timeout_ms)]
        ended += [search.shutdown(timeout_ms) for search in (self._search, self._smaller)]
        if self.time_machine is not None:
            ended.append(self.time_machine.shutdown(timeout_ms))
        return all(ended)
