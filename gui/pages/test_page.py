"""Test: write a digit, or drop a picture of one, and see what the model reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.data.sample_types import Misreading
from engine.errors import EngineError
from gui.answers_reader import AnswerRow
from gui.average_reader import AverageReader
from gui.correction_lesson import CorrectionLesson, Learn, learn
from gui.document_session import DocumentSession
from gui.live_reader import LiveReader, Reading
from gui.many_files import ManyFiles, are_many, files_in
from gui.messages import Kind, sentence_of
from gui.model_choice import ModelChoice
from gui.picture_reader import Picture, PictureReader
from gui.settings import Settings
from gui.teaching import Outcome, Teaching
from gui.trust_reader import TrustReader
from gui.why_reader import WhyWork
from gui.widgets.compare_view import CompareView
from gui.widgets.learn_bar import LearnBar
from gui.widgets.model_bar import ModelBar
from gui.widgets.prediction_view import PredictionView
from gui.widgets.teach_bar import TeachBar
from gui.widgets.test_tabs import TestTabs
from gui.widgets.trust_dialog import TrustDialog
from gui.widgets.try_pad import TryPad
from gui.widgets.why_view import WhyView
from gui.workers import CLOSING_MS, wait_for

DIGIT_KEYS = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)


class TestPage(QWidget):
    """Reads what is written while it is written, with the model in use.

    Args:
        session: takes the digits whose right label was told.
        models: has the model in use.
        ask_picture: asks for a picture's path; the system's dialog where none is given.
        work: what the workers of the tabs do; the engine's where none is given.
        learn: learns corrections in a worker; tests pass their own.
        settings: remembers how sure an answer must be.

    Signals:
        message: (kind, words) for the window's strip; words are called for the text in each language.
        model_named: what the model in use is called, for the status bar.
        hand_requested: own digits are to be learned.

    Attributes:
        pad, models_bar, answer, teach, learn: the parts of the page.
        many: reads many files into a table of answers.
        tabs: ``testTabs``: ``answer``, ``why`` and ``compare``.
        lesson: learns the corrections.
    """

    __test__ = False  # its name looks like a test's

    message = Signal(str, object)
    model_named = Signal(str)
    hand_requested = Signal()

    def __init__(
        self,
        session: DocumentSession,
        models: ModelChoice,
        ask_picture: Callable[[], Path | None] | None = None,
        work: WhyWork | None = None,
        learn: Learn = learn,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("testPage")
        self.setAcceptDrops(True)
        self._models = models
        self.many = ManyFiles(models, self, threshold=lambda: self.trust.threshold())
        self._ask_picture = ask_picture if ask_picture is not None else self.many.choose_picture
        self._reading = Reading()
        self.pad = TryPad()
        self.models_bar = ModelBar(models)
        self.answer = PredictionView()
        work = work if work is not None else WhyWork()
        self._averages = AverageReader(session, work.find_averages, self)
        self.why = WhyView(session, models, work)
        self.compare = CompareView(
            session, models, self.models_bar.title_of, lambda: self.trust.threshold(), work.load_reader
        )
        self.tabs = TestTabs(self.answer, self.why, self.compare)
        self.teach = TeachBar()
        self.lesson = CorrectionLesson(session, models, learn, self)
        self.learn = LearnBar(self.lesson)
        self._pictures = PictureReader(self)
        self.trust = TrustReader(session, models, self.answer.reject, settings, self)
        self._reader = LiveReader(self.pad.written, models, self, self.trust.threshold)
        self._teaching = Teaching(session, self)
        self._paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        self._paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._arrange()
        self._wire()
        self._show_reading(self._reading)
        self._name_model()

    def read_file(self, path: Path) -> None:
        """Read the picture in a file, beside the window."""
        self._pictures.open_file(path)
        self._wait_for_picture()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for pictures, explanations and a lesson; True when no thread is left."""
        readers = (self._pictures, self._averages, self.why, self.compare, self.many, self.trust)
        parts = (self.lesson, self._reader, *readers)  # who writes is waited for first
        for part in parts:
            part.shutdown(0)  # all are asked before one is waited for
        return all(wait_for(parts, timeout_ms))

    # -- keys, files, clipboard ----------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Get the model ready and put the keyboard on the canvas."""
        super().showEvent(event)
        self._models.prepare()
        self._show_average()  # of what was read while nobody looked
        self.pad.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_model()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 9 tell the right digit; Escape clears."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in DIGIT_KEYS and not event.isAutoRepeat():
            self._on_label_chosen(event.key() - Qt.Key.Key_0.value)
        elif plain and event.key() == Qt.Key.Key_Escape and not self.pad.is_empty():
            self.pad.clear()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures and folders; documents are left to the window."""
        files = files_in(event.mimeData())
        if files or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.pad.picture.invite(
                self.tr("Drop them: their answers come as a table")
                if are_many(files)
                else self.tr("Drop the picture of a digit")
            )

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the invitation back."""
        self.pad.picture.invite("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self.pad.picture.invite("")
        event.acceptProposedAction()
        self._take(event.mimeData())

    def _on_paste(self) -> None:
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.message.emit(Kind.INFO, lambda: self.tr("There is no picture on the clipboard."))

    def _take(self, data: QMimeData) -> bool:
        """Read the picture in ``data``; False where there is none."""
        files = files_in(data)
        if are_many(files):
            self.many.read(files)
        elif files:
            self.read_file(files[0])
        if files:
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if not image.isNull():
            self._pictures.open_image(image)
            self._wait_for_picture()
        return not image.isNull()

    def _on_row_opened(self, row: AnswerRow) -> None:
        """Put what a row of answers was read from on the canvas."""
        item = row.answer.item
        if item.strokes is not None and item.has_ink:
            self._pictures.forget()
            self.pad.show_strokes(item.strokes)
        elif item.strokes is None:
            self.read_file(item.path)

    def _on_open_requested(self) -> None:
        path = self._ask_picture()
        if path is not None:
            self.read_file(path)

    def _wait_for_picture(self) -> None:
        self.answer.show_nothing(lambda: self.tr("Reading the picture…"))

    def _on_picture_failed(self, error: EngineError) -> None:
        self._reader.read_now()  # what was there is still there
        self.message.emit(Kind.ERROR, lambda: sentence_of(error))

    # -- reading -------------------------------------------------------------------------------------

    def _on_pad_changed(self) -> None:
        self._teaching.forget()
        if self.pad.is_empty():
            self._pictures.forget()
            self._reader.read_now()  # an empty canvas has an empty answer at once
        else:
            self._reader.ask()

    def _on_ink(self) -> None:
        self._pictures.forget()  # who draws no longer waits for a picture

    def _on_run_chosen(self, run: int | None) -> None:
        self._models.choose(run)
        self.pad.canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # digit keys are for the drawing again

    def _on_model_changed(self, *_: object) -> None:
        self._name_model()
        self._reader.read_now()

    def _on_model_failed(self, error: EngineError) -> None:
        self._reader.read_now()
        self.message.emit(Kind.ERROR, lambda: sentence_of(error))

    def _show_reading(self, reading: Reading) -> None:
        self._reading = reading
        self.pad.show_reading(reading)
        self.answer.show_reading(reading, self._why_no_answer)
        self._show_average()
        self.why.show_reading(reading, self._why_no_answer)
        self.compare.show_reading(reading)

    def _on_digit_chosen(self, place: int) -> None:
        self._reader.read_now()  # a click on the canvas was a dot for a moment
        self._reader.choose(place)
        self._teaching.turn()
        self.pad.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_average(self) -> None:
        """Show the average digit of the class that is read, once it is there."""
        answer = self._reading.prediction
        if answer is None or not answer.is_digit:
            self.answer.average.show_average(None)
        elif self.answer.isVisible():
            averages = self._averages.of(self._models.current.run)
            self.answer.average.show_average(None if averages is None else answer.label, averages)

    def _on_average_failed(self, error: EngineError) -> None:
        self.message.emit(Kind.ERROR, lambda: sentence_of(error))

    def _why_no_answer(self) -> str:
        if self._models.error is not None:
            return sentence_of(self._models.error)
        if self._models.reader is None:
            if self._reading.has_ink:
                return self.tr("Getting ready: your digit is read in a moment.")
            return self.tr("Getting ready: you can write already.")
        if self._reader.is_reading:
            return self.tr("Reading the picture…")
        if self.pad.has_picture():
            return self.tr("There is nothing here: no ink was found in the picture.")
        return self.tr("Write a digit. It is read while you write.")

    def _announce(self) -> None:
        """Tell screen readers the answer when the pen is lifted, not at each point."""
        self._reader.read_now()
        sentence = self.answer.sentence.text()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.answer.digit, sentence))

    def _show_trust(self) -> None:
        if self.trust.study is not None:
            TrustDialog(self.trust.study, self.models_bar.title_of(self._models.current), self).open()

    def _name_model(self) -> None:
        self.model_named.emit(self.models_bar.title_of(self._models.current))

    # -- teaching ------------------------------------------------------------------------------------

    def _on_label_chosen(self, label: int) -> None:
        if self.pad.canvas.is_drawing():  # half a digit is not what was meant
            return
        self._reader.catch_up()  # what the label is told of is what is there, as after an undo
        if not self._reading.digits and self._reader.is_reading:  # nobody means the whole page
            self.teach.say(lambda: self.tr("Reading the picture…"))
            return
        tried = self.pad.tried(self._reading)
        if tried is None:
            self.teach.say(lambda: self.tr("Write a digit first, then tell which one it is."))
            return
        answer = self._reading.prediction
        is_right = answer is not None and answer.is_digit and answer.label == label
        outcome = self._teaching.teach(tried, label, None if is_right else self._misreading())
        if outcome is Outcome.ADDED and is_right:
            self.teach.say(lambda: self.tr("Right, it is a {0}. It is in your data now.").format(label))
        elif outcome is Outcome.ADDED:
            self.teach.say(lambda: self.tr("Thank you. It is in your data as a {0}.").format(label))
        elif outcome is Outcome.RELABELLED:
            self.teach.say(lambda: self.tr("Changed: it is in your data as a {0} now.").format(label))
        elif outcome is Outcome.KEPT:
            self.teach.say(lambda: self.tr("It is in your data as a {0} already.").format(label))

    def _misreading(self) -> Misreading:
        """Return what was read instead of the right digit."""
        answer, model = self._reading.prediction, self._models.current
        if answer is None:
            return Misreading()
        return Misreading(answer.label, float(answer.confidence), model.run, model.epoch)

    def _on_undo_requested(self) -> None:
        if self._teaching.undo():
            self.teach.say(lambda: self.tr("Taken back."))

    def _on_undo_changed(self) -> None:
        self.teach.show_undo(self._teaching.can_undo)
        if not self._teaching.can_undo:
            self.teach.say(lambda: "")

    # -- building ------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.pad.changed.connect(self._on_pad_changed)
        self.pad.canvas.ink_changed.connect(self._on_ink)
        self.pad.stroke_finished.connect(self._announce)
        self.pad.open_requested.connect(self._on_open_requested)
        self.pad.files_requested.connect(self.many.choose_files)
        self.pad.folder_requested.connect(self.many.choose_folder)
        self.many.row_opened.connect(self._on_row_opened)
        self.many.is_busy.connect(
            lambda: self.message.emit(
                Kind.INFO, lambda: self.tr("Other files are being read. Wait for their end, or cancel it.")
            )
        )
        self.pad.digit_chosen.connect(self._on_digit_chosen)
        self.answer.digit_chosen.connect(self._on_digit_chosen)
        self.answer.reject.details_wanted.connect(self._show_trust)
        self.trust.measured.connect(self._reader.forget_answers)
        self.trust.changed.connect(self._reader.read_now)
        self._reader.failed.connect(self._on_average_failed)
        self.trust.failed.connect(self._on_average_failed)
        self._reader.answered.connect(self._show_reading)
        self._averages.found.connect(self._show_average)
        self._averages.failed.connect(self._on_average_failed)
        self.tabs.currentChanged.connect(lambda _index: self._show_average())
        self._pictures.read.connect(self._on_picture_read)
        self._pictures.failed.connect(self._on_picture_failed)
        self._paste.activated.connect(self._on_paste)
        self.models_bar.run_chosen.connect(self._on_run_chosen)
        self._models.chosen.connect(self._on_model_changed)
        self._models.loaded.connect(self._on_model_changed)
        self._models.failed.connect(self._on_model_failed)
        self._models.listed.connect(self._name_model)
        self.teach.label_chosen.connect(self._on_label_chosen)
        self.teach.hand_requested.connect(self.hand_requested)
        self.teach.undo_requested.connect(self._on_undo_requested)
        self._teaching.undo_changed.connect(self._on_undo_changed)
        self.lesson.taught.connect(lambda _learned: self.teach.say(lambda: ""))
        self.lesson.changed.connect(lambda: self.teach.hand.setEnabled(not self.lesson.is_running))

    def _on_picture_read(self, picture: Picture) -> None:
        self.pad.show_picture(picture)
        self._reader.read_now()

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(self.fontMetrics().height() // 2)
        right.addWidget(self.models_bar)
        right.addWidget(self.tabs, 1)
        teaching = QVBoxLayout()
        teaching.addWidget(self.teach)
        teaching.addWidget(self.learn)
        right.addLayout(teaching)
        row = QHBoxLayout(self)
        row.setSpacing(2 * self.fontMetrics().height())
        row.addWidget(self.pad, 1)
        row.addLayout(right, 1)
