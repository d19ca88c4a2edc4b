"""The composition root: the only place that builds the parts of the window and wires them."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from engine.data.run_edits import KINDS as RUN_EDITS
from engine.errors import EngineError
from gui.appearance import NO_JAPANESE_FONT, Appearance
from gui.augment_sampler import AugmentSampler
from gui.compute import Compute
from gui.desk import Desk
from gui.document_commands import Dialogs, DocumentCommands
from gui.document_session import DocumentSession, Start
from gui.examiner import Examiner
from gui.excepthook import Excepthook, log_to
from gui.file_dialogs import SUFFIX, FileDialogs
from gui.first_steps import FirstSteps
from gui.hand_lesson import HandLesson
from gui.laboratory import Laboratory
from gui.main_window import MainWindow
from gui.messages import Kind
from gui.model_choice import ModelChoice
from gui.pace_watch import PaceWatch
from gui.pages.data_page import DataPage
from gui.pages.runs_page import RunsPage
from gui.pages.test_page import TestPage
from gui.pages.train_page import TrainPage
from gui.repetition import Repetition
from gui.run_exports import RunExports
from gui.save_dialogs import SaveDialogs, SystemSaveDialogs
from gui.settings import Settings
from gui.training_controller import TrainingController
from gui.widgets.about import About
from gui.widgets.hand_dialog import HandDialog
from gui.widgets.message_row import Words
from gui.workers import TaskRunner, wait_for

SETTINGS_NAME = "settings.ini"
Command = Callable[[], object]
WRITERS_MS, READERS_MS = 2_300, 200  # of the 3 s in which the window must be gone


class Dojo(QObject):
    """Everything of one window.

    Args:
        application: gets language, font and colours.
        folder: holds settings, log and untitled documents.
        translations: holds the compiled translation files.
        dialogs: asks for paths; the system's dialogs where none is given.
        compute: what needs PyTorch; the engine's where none is given.
        save_dialogs: asks where exports go; the system's dialogs where none is given.

    Attributes:
        settings, appearance, session, controller, models, hand, pace, examiner, sampler, commands,
            first_steps: what their classes say.
        window, data_page, train_page, test_page, runs_page: what is seen.
        repetition, exports: the queue of repeated runs, and what leaves the document.
    """

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        translations: Path | None = None,
        dialogs: Dialogs | None = None,
        compute: Compute | None = None,
        save_dialogs: SaveDialogs | None = None,
    ) -> None:
        super().__init__()
        self._application = application
        self._compute = compute if compute is not None else Compute()
        self.folder = folder
        self.settings = Settings(folder / SETTINGS_NAME)
        self.appearance = Appearance(application, self.settings, translations)
        self._early_failures: list[EngineError] = []
        self.session = DocumentSession(folder)
        self.session.failed.connect(self._early_failures.append)
        self._device = TaskRunner(self)
        self._dialogs, self._save_dialogs = dialogs, save_dialogs
        self._has_ended: bool | None = None  # None while the window is open

    def open(
        self, document: Path | None = None, language: str | None = None, look: str | None = None
    ) -> None:
        """Find the document and show the window; ``language`` and ``look`` hold for this time only."""
        self.appearance.use(language, look)
        start = self.session.start(document, self.settings.last_document)
        self._build()
        self._wire()
        self._show_choices()
        self.first_steps.begin()
        self.commands.remember()
        self.window.menus.show_recent(self.settings.recent)
        self._show_undo()
        self._greet(start)
        self.window.show()
        QTimer.singleShot(0, self, self._load_torch)  # the window is there first

    def shutdown(self) -> bool:
        """Stop what runs, save, close the document; True when no thread is left."""
        if self._has_ended is None:
            self.runs_page.keep_note()
            writers = (
                *(self.controller, self.data_page, self.session.starter, self.hand, self.exports),
                self.test_page,
            )
            # nothing is lost with those that only read
            readers = (
                *(self.models, self.pace, self.examiner, self.sampler),
                *(self._device, self.laboratory, self.desk),
            )
            for part in (*writers, *readers):
                part.shutdown(0)  # all are asked before one is waited for
            ended = wait_for(writers, WRITERS_MS) + wait_for(readers, READERS_MS)
            self.settings.save()
            self.session.close(0)
            self._has_ended = all(ended)
        return self._has_ended

    def choose_language(self, choice: str) -> None:
        """Speak another language at once, and at the next start."""
        self.appearance.choose_language(choice)
        self._show_choices()
        self._hint_at_fonts()

    def choose_theme(self, choice: str) -> None:
        """Look light, dark or as the system has it, at once and at the next start."""
        self.appearance.choose_look(choice)
        self._show_choices()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.controller = TrainingController(lambda: self.session.document.path, self._compute.jobs, self)
        self.models = ModelChoice(self.session, self._compute.load_reader)
        self.data_page = DataPage(self.session)
        self.pace = PaceWatch(self._compute.measure, self)
        self.examiner = Examiner(lambda: self.session.document, self._compute.find_facts, self)
        self.sampler = AugmentSampler(lambda: self.session.document, self._compute.vary, self)
        self.train_page = TrainPage(
            self.session, self.controller, pace=self.pace, examiner=self.examiner, sampler=self.sampler
        )
        work, learn = self._compute.why, self._compute.learn
        self.test_page = TestPage(self.session, self.models, None, work, learn, self.settings)
        self.hand = HandLesson(self.session, self.models, self._compute.teach)
        self.repetition = Repetition(self.controller)
        self.runs_page = RunsPage(self.session, self.repetition)
        pages = {"data": self.data_page, "train": self.train_page, "test": self.test_page}
        pages["runs"] = self.runs_page
        self.window = MainWindow(self.session, self.settings, pages)
        parts = (self.window, self.session, self.controller, self.settings)
        self.first_steps = FirstSteps(*parts, lambda: self.laboratory.experiment.is_running)
        self.commands = DocumentCommands(
            self.session,
            self.controller,
            self.settings,
            self.window.strip,
            self._dialogs if self._dialogs is not None else FileDialogs(self.window),
            lambda: self.session.starter.is_running or self.data_page.is_importing,
        )
        saving = self._save_dialogs if self._save_dialogs is not None else SystemSaveDialogs(self.window)
        self.exports = RunExports(lambda: self.session.document, saving)
        self.about = About(self.window)
        self.desk = Desk(self.window, self.session, self.models, self.test_page, self.runs_page, saving)
        self.laboratory = Laboratory(
            self.window, self.session, self.controller, self.train_page, self._compute.lab
        )

    def _wire(self) -> None:
        strip = self.window.strip
        self.session.failed.connect(strip.show_error)
        for page in (self.data_page, self.train_page, self.test_page, self.runs_page, self.exports):
            page.message.connect(strip.show_message)
        for happened in (
            *(self.session.samples_changed, self.session.runs_changed, self.session.document_changed),
            self.controller.run_ended,
        ):
            happened.connect(strip.review)
        self._wire_runs()
        self.window.paths_dropped.connect(self._on_paths_dropped)
        self.window.closing.connect(self.shutdown)
        self.window.welcome.import_requested.connect(self._import_images)
        self.window.welcome.open_requested.connect(self.commands.choose)
        self.first_steps.ready_to_train.connect(self.train_page.buttons.train.setFocus)
        self.train_page.test_requested.connect(lambda: self.window.show_page("test"))
        self.train_page.data_requested.connect(lambda: self.window.show_page("data"))
        self.controller.run_ended.connect(lambda _ending: self.session.trained())
        self.controller.run_ended.connect(self.models.on_run_ended)
        self.controller.state_changed.connect(self.test_page.lesson.make_way)
        self.test_page.hand_requested.connect(self._teach_hand)
        self.laboratory.model_wanted.connect(self._try_epoch)
        self.test_page.model_named.connect(self.window.status.show_model)
        self.window.status.show_model(self.test_page.models_bar.title_of(self.models.current))
        self._wire_menus()

    def _wire_runs(self) -> None:
        self.train_page.run_view.export_wanted.connect(self.exports.export_curves)
        self.runs_page.curves_export_wanted.connect(self.exports.export_curves)
        self.runs_page.export_wanted.connect(self.exports.export_runs)
        self.runs_page.follow(self.controller, self.train_page.run_view.series)
        self.runs_page.train_requested.connect(lambda: self.window.show_page("train"))

    def _wire_menus(self) -> None:
        menus = self.window.menus
        for name, command in {
            "new": self.commands.new,
            "open": self.commands.choose,
            "save": self.commands.save,
            "save_as": self.commands.save_as,
            "import_images": self._import_images,
            "import_folder": self._import_folder,
            "add_starter": self.first_steps.add_starter,
            "quit": self.window.close,
            "undo": self._undo,
            "redo": self._redo,
            "delete": self.data_page.delete_selected,
            "about": self.about.open,
            "open_folder": self._open_folder,
        }.items():
            menus.actions[name].triggered.connect(lambda _checked=False, command=command: command())
        menus.actions["full_screen"].toggled.connect(
            lambda on: self.window.showFullScreen() if on else self.window.showNormal()
        )
        menus.language_chosen.connect(self.choose_language)
        menus.theme_chosen.connect(self.choose_theme)
        # Queued: opening rebuilds the very menu that was pressed.
        menus.recent_chosen.connect(self.commands.open, Qt.ConnectionType.QueuedConnection)
        menus.recent_cleared.connect(self._clear_recent)
        self.session.document_changed.connect(lambda: menus.show_recent(self.settings.recent))
        self.session.samples_changed.connect(self._show_undo)
        self.session.runs_changed.connect(self._show_undo)
        self.session.document_changed.connect(self._show_undo)
        self._application.applicationStateChanged.connect(self._on_application_state)

    # -- what happens --------------------------------------------------------------------------------

    def _show_choices(self) -> None:
        self.window.menus.show_choices(self.appearance.language, self.appearance.look)

    def _hint_at_fonts(self) -> None:
        if self.appearance.lacks_font:
            self.window.strip.show_message(
                Kind.WARNING, NO_JAPANESE_FONT, "English", lambda: self.choose_language("en")
            )

    def _greet(self, start: Start) -> None:
        for error in self._early_failures:
            self.window.strip.show_error(error)
        self._early_failures.clear()
        if start is Start.RECOVERED:
            self.window.strip.show_message(Kind.INFO, lambda: self.tr("Your last digits are here again."))
        self._hint_at_fonts()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:  # back from a file manager, perhaps
            self.session.look_for_file()

    def _load_torch(self) -> None:
        if self._has_ended is not None:  # closed at once
            return
        self._device.finished.connect(self.window.status.show_device)
        self._device.failed.connect(self.window.strip.show_error)
        self._device.start(lambda _progress: self._compute.find_device())

    def _try_epoch(self, run: int, epoch: int) -> None:
        self.models.choose(run, epoch)
        self.window.show_page("test")

    def _on_paths_dropped(self, paths: list[Path]) -> None:
        documents = [path for path in paths if path.suffix.lower() == SUFFIX]
        if documents:
            self.commands.open_dropped(documents[0], has_others=len(paths) > 1)
        else:
            self.window.show_page("data")
            self.data_page.import_paths(paths)

    def _teach_hand(self) -> None:
        HandDialog(self.session, self.hand, self.controller.is_active, self.window).open()

    def _import_images(self) -> None:
        self.window.show_page("data")
        self.data_page.choose_images()

    def _import_folder(self) -> None:
        self.window.show_page("data")
        self.data_page.choose_folder()

    def _clear_recent(self) -> None:
        self.settings.forget_recent()
        self.window.menus.show_recent([])

    def _undo(self) -> None:
        self._tell_step(
            self.session.undo(),
            lambda: self.tr("The last change of your digits was taken back."),
            lambda: self.tr("The last change of your runs was taken back."),
            lambda: self.tr("Redo"),
            self._redo,
        )

    def _redo(self) -> None:
        self._tell_step(
            self.session.redo(),
            lambda: self.tr("The last change of your digits was made again."),
            lambda: self.tr("The last change of your runs was made again."),
            lambda: self.tr("Undo"),
            self._undo,
        )

    def _tell_step(self, kind: str | None, digits: Words, runs: Words, action: Words, back: Command) -> None:
        """Say what was taken back or made again where it is not seen; the button means this step alone."""
        page, words = ("runs", runs) if kind in RUN_EDITS else ("data", digits)
        if kind is None or self.window.page == page:
            return
        holds = self.session.nothing_since()

        def go_back() -> None:
            if holds():
                back()
            else:  # somebody else, as an import, has just written
                self.window.strip.show_message(
                    Kind.INFO,
                    lambda: self.tr("Something else has changed since. Undo goes back step by step."),
                )

        self.window.strip.show_message(Kind.INFO, words, action, go_back, holds)

    def _show_undo(self) -> None:
        samples = self.session.document.samples
        self.window.menus.actions["undo"].setEnabled(samples.can_undo)
        self.window.menus.actions["redo"].setEnabled(samples.can_redo)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))


def data_folder() -> Path:
    """Return where this user's untitled documents, settings and log live."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def make_application() -> QApplication:
    """Return the application with its name, which also names its folders.

    Under X11 Qt throws all but the newest of the pointer movements away that wait while the window is busy,
    over the ends of strokes too: a stroke written meanwhile would be a straight line, or a dot.
    """
    application = QApplication([])  # which sets that attribute under X11: it is taken back after
    application.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    application.setApplicationName("digit-dojo")
    application.setApplicationDisplayName("Digit Dojo")
    application.setDesktopFileName("digit-dojo")
    return application


def run(document: Path | None, language: str | None, look: str | None) -> int:
    """Open the window and return when it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; every edit is on disk
    application = make_application()
    folder = data_folder()
    log_to(folder)
    dojo = Dojo(application, folder)
    hook = Excepthook()
    hook.install()
    dojo.open(document, language, look)
    hook.internal.connect(dojo.window.strip.show_error)
    status = application.exec()
    ended = dojo.shutdown()
    hook.uninstall()
    if not ended:  # a thread is deep inside a library; everything is saved, so leave without it
        logging.shutdown()
        os._exit(status)
    return status
