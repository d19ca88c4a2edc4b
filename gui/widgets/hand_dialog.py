"""“Teach it my hand”: write a few digits, learn in seconds, see what it brought, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.data.samples import Split
from engine.data.strokes import to_json
from engine.errors import EngineError
from gui import theme
from gui.document_session import DocumentSession
from gui.hand_lesson import BASE, HandLesson
from gui.messages import joined, sentence_of
from gui.widgets.drawing_panel import DrawingPanel
from gui.widgets.hand_counts import GOAL, HandCounts
from gui.widgets.hand_result import HandResult
from gui.widgets.sample_words import number

if TYPE_CHECKING:
    from engine.training.teach import Taught

MOST = 1_000  # own digits; more are a training of its own, which would take longer than anyone waits here
DIGIT_KEYS = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)
OTHER_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class HandDialog(QDialog):
    """Closing it ends a lesson that runs; the digits that were written stay.

    Args:
        session: takes the digits.
        lesson: teaches.
        is_training: whether a training runs, which would slow both down.

    Attributes:
        drawing, counts, outcome: the parts.
        learn, cancel, undo: ``handLearnButton``, ``handCancelButton``, ``handUndoButton``.
        progress: ``handProgress``.
        note: ``handState``: what is missing, what happens, what went wrong.
    """

    def __init__(
        self, session: DocumentSession, lesson: HandLesson, is_training: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("handDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._lesson = lesson
        self._is_training = is_training
        self.drawing = DrawingPanel()
        self.drawing.canvas.setObjectName("handCanvas")
        self.counts = HandCounts()
        self.outcome = HandResult()
        self._intro, self.note = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.note.setObjectName("handState")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("handProgress")
        self.learn, self.cancel = self._button("handLearnButton"), self._button("handCancelButton")
        self.undo, self._close = self._button("handUndoButton"), self._button("handCloseButton")
        self._arrange()
        self._name()
        self._wire()
        self._show_running(lesson.is_running)  # one that was begun before may still be ending
        self._show_digits()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 9 keep the drawing; Enter keeps it as the digit that was asked for."""
        plain = not event.modifiers() & OTHER_KEYS and not event.isAutoRepeat()
        if plain and event.key() in DIGIT_KEYS:
            self._store(event.key() - Qt.Key.Key_0.value)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._store(self._wanted())
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close, and end a lesson that runs."""
        self._lesson.cancel()
        super().done(result)

    # -- digits --------------------------------------------------------------------------------------

    def _store(self, label: int) -> None:
        prepared = self.drawing.prepared()
        if prepared is None:
            self.drawing.say(self.tr("Nothing is written yet."))
            return
        original = to_json(self.drawing.canvas.strokes()).encode()
        kept = self._session.add_digit(
            prepared.digit, label, "canvas", original, "strokes", split=Split.TRAIN
        )
        if kept is not None:
            self.drawing.canvas.start_over()
            self.drawing.say(self.tr("Added a {0}.").format(label))

    def _wanted(self) -> int:
        """The digit of which there are fewest."""
        return self.counts.counts.index(min(self.counts.counts))

    def _show_digits(self) -> None:
        self.counts.show_counts(self._session.document.samples.own_counts())
        self.drawing.suggest(self._wanted())
        self._show_state()

    def _show_state(self) -> None:
        if self._lesson.is_running:
            return
        total = sum(self.counts.counts)
        self.learn.setEnabled(0 < total <= MOST and not self._is_training)
        self._say(self._state(total))

    def _state(self, total: int) -> str:
        if self._is_training:
            return self.tr("A training runs. Wait until it has ended, or stop it on the Train page.")
        if total > MOST:
            return self.tr(
                "You have {0} digits of your own. So many are better learned on the Train page, "
                "starting from the shipped model."
            ).format(number(total))
        missing = [str(digit) for digit, count in enumerate(self.counts.counts) if not count]
        if len(missing) == 10:
            return self.tr("Write a few digits first: five of each are plenty.")
        if missing:
            return self.tr("No digit of yours yet: {0}. It can learn without them.").format(
                ", ".join(missing)
            )
        if min(self.counts.counts) < GOAL:
            return self.tr("Each digit is there. Five of each learn more.")
        return self.tr("That is plenty.")

    # -- learning ------------------------------------------------------------------------------------

    def _on_learn(self) -> None:
        if self._lesson.start(self.tr("My hand")):
            self.outcome.hide()
            self._show_running(True)
            self.progress.setRange(0, 0)
            self._say(self.tr("First it is measured what learning brings, then it learns from all."))

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_taught(self, taught: Taught) -> None:
        self._show_running(False)
        self._show_state()
        self.outcome.show_taught(taught)
        seconds = self.locale().toString(taught.seconds, "f", 1)
        self._say(self.tr("Learned in {0} seconds. Run {1} reads from now on.").format(seconds, taught.run))

    def _on_cancelled(self) -> None:
        self._show_running(False)
        self._show_state()
        self._say(self.tr("Cancelled. The model from before reads on."))

    def _on_failed(self, error: EngineError) -> None:
        self._show_running(False)
        self._show_state()
        self._say(sentence_of(error))

    def _on_undo(self) -> None:
        self._lesson.undo()
        self.outcome.hide()
        self._show_running(False)
        self._say(self.tr("The model from before reads again. What was learned stays in the list of models."))

    def _show_running(self, is_running: bool) -> None:
        for part in (self.progress, self.cancel):
            part.setVisible(is_running)
        self.learn.setVisible(not is_running)
        self.undo.setVisible(not is_running and self._lesson.can_undo)
        self.drawing.setEnabled(not is_running)
        if not is_running:
            self.drawing.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setAccessibleName(text)

    # -- building ------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.drawing.label_chosen.connect(self._store)
        self.learn.clicked.connect(self._on_learn)
        self.cancel.clicked.connect(self._lesson.cancel)
        self.undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.reject)
        self._session.samples_changed.connect(self._show_digits)
        self._session.document_changed.connect(self.reject)
        self._lesson.progressed.connect(self._on_progressed)
        self._lesson.taught.connect(self._on_taught)
        self._lesson.cancelled.connect(self._on_cancelled)
        self._lesson.failed.connect(self._on_failed)

    def _name(self) -> None:
        self.setWindowTitle(self.tr("Teach it my hand"))
        start = self._lesson.start_model()
        model = self.tr("the shipped model") if start == BASE else self.tr("run {0}").format(start)
        self._intro.setText(
            joined(
                self.tr(
                    "Write each digit a few times, as you always do, then press its key, or Enter for the "
                    "one that was asked for."
                ),
                self.tr(
                    "Learning starts from {0} and takes seconds; other people’s digits are rehearsed, "
                    "so that it does not forget them."
                ).format(model),
            )
        )
        self.learn.setText(self.tr("Learn now"))
        self.cancel.setText(self.tr("Cancel"))
        self.undo.setText(self.tr("Undo: the model from before"))
        self._close.setText(self.tr("Close"))
        self.progress.setAccessibleName(self.tr("Progress of the lesson"))
        for button in (self.learn, self.cancel, self.undo, self._close):
            button.setAccessibleName(button.text())

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        return button

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        working = QHBoxLayout()
        working.addWidget(self.learn)
        working.addWidget(self.progress, 1)
        working.addWidget(self.cancel)
        ending = QHBoxLayout()
        ending.addWidget(self.undo)
        ending.addStretch(1)
        ending.addWidget(self._close)
        right = QVBoxLayout()
        right.setSpacing(line)
        right.addWidget(self._intro)
        right.addWidget(self.counts)
        right.addWidget(self.note)
        right.addLayout(working)
        right.addWidget(self.outcome)
        right.addStretch(1)
        right.addLayout(ending)
        row = QHBoxLayout(self)
        row.setSpacing(2 * line)
        row.addWidget(self.drawing, 9)
        row.addLayout(right, 11)
        self.learn.setStyleSheet(theme.primary_style(self.palette()))
        self.resize(62 * line, 36 * line)
