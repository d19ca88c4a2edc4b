"""“Learn now”: how many corrections wait, learning them, what it brought, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui import theme
from gui.correction_lesson import CorrectionLesson
from gui.messages import joined, sentence_of
from gui.widgets.learn_result import LearnResult
from gui.widgets.teach_bar import Words

if TYPE_CHECKING:
    from engine.training.corrections import Learned


class LearnBar(QWidget):
    """One line that always says what *Learn now* would do or does, and its figures afterwards.

    Args:
        lesson: learns.

    Attributes:
        state: ``learnState``: what waits, what happens, what came of it.
        learn, cancel, undo, close_button: ``learnButton``, ``learnCancelButton``, ``learnUndoButton``,
            ``learnCloseButton``.
        progress: ``learnProgress``.
        outcome: the figures.
    """

    def __init__(self, lesson: CorrectionLesson, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lesson = lesson
        self._words: Words | None = None  # of the last lesson; None: say what waits
        self._seen = 0  # corrections that waited when that was said
        self.state = QLabel(wordWrap=True)
        self.state.setObjectName("learnState")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("learnProgress")
        self.learn, self.cancel = self._button("learnButton"), self._button("learnCancelButton")
        self.undo, self.close_button = self._button("learnUndoButton"), self._button("learnCloseButton")
        self.outcome = LearnResult()
        self._arrange()
        self._wire()
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.learn.setText(self.tr("Learn now"))
        self.learn.setToolTip(
            self.tr("Learn the corrections in seconds, on top of what the model knows; others are rehearsed")
        )
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop learning; the model from before reads on"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Put the figures away"))
        for button in (self.learn, self.cancel, self.close_button):
            button.setAccessibleName(button.toolTip())
        self.progress.setAccessibleName(self.tr("Progress of learning"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    # -- learning ------------------------------------------------------------------------------------

    def _on_learn(self) -> None:
        if self._lesson.start(self.tr("Corrections")):
            self.outcome.show_learned(None)
            self.progress.setRange(0, 0)
            self._say(lambda: self.tr("Learning. You can go on writing."))

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_taught(self, learned: Learned) -> None:
        self.outcome.show_learned(learned)
        missed = learned.new_after.n - learned.new_after.right
        if missed:
            self._say(
                lambda: self.tr(
                    "%Ln new correction(s) still misread: not learned. Run {0} reads from now on. Correct "
                    "more examples of the same kind, then learn again.",
                    "",
                    missed,
                ).format(learned.run)
            )
        else:
            self._say(
                lambda: self.tr("Learned in {0} seconds. Run {1} reads from now on.").format(
                    self.locale().toString(learned.seconds, "f", 1), learned.run
                )
            )

    def _on_cancelled(self) -> None:
        self._say(lambda: self.tr("Cancelled. The model from before reads on."))

    def _on_failed(self, error: EngineError) -> None:
        self._say(lambda: sentence_of(error))

    def _on_undo(self) -> None:
        if self._lesson.can_undo:
            self._lesson.undo()
            self.outcome.show_learned(None)
            self._say(lambda: self.tr("The model from before reads again, and the run is deleted."))
        elif (count := self._lesson.take_out()) > 0:
            self._say(
                lambda: self.tr(
                    "%Ln correction(s) taken out of your data. Ctrl+Z brings them back.", "", count
                )
            )

    def _on_changed(self) -> None:
        """A correction more, or another model, makes what was said of the last lesson old."""
        if not self._lesson.is_running and len(self._lesson.waiting) > self._seen:
            self._words = None
        self._seen = len(self._lesson.waiting)
        self._show()

    def _put_away(self) -> None:
        self.outcome.show_learned(None)
        self._words = None
        self._show()

    # -- what is seen --------------------------------------------------------------------------------

    def _say(self, words: Words) -> None:
        self._words = words
        self._show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.state, self.state.text()))

    def _show(self) -> None:
        lesson = self._lesson
        running, waiting = lesson.is_running, len(lesson.waiting)
        self.state.setText(self._words() if self._words is not None else self._waits(waiting))
        self.state.setAccessibleName(self.state.text())
        for part in (self.progress, self.cancel):
            part.setVisible(running)
        self.learn.setVisible(not running)
        self.learn.setEnabled(waiting > 0 and not lesson.is_training)
        can_undo, can_take_out = lesson.can_undo, lesson.can_take_out
        self.undo.setVisible(not running and (can_undo or can_take_out))
        self.undo.setText(self.tr("Undo learning") if can_undo else self.tr("Take the corrections out, too"))
        told = self.tr("The model from before reads again") if can_undo else self.undo.text()
        self.undo.setAccessibleName(told)
        self.undo.setToolTip(told)
        self.close_button.setVisible(self.outcome.isVisibleTo(self))

    def _waits(self, waiting: int) -> str:
        if not waiting:
            return self.tr("No correction waits to be learned.")
        told = self.tr("%Ln correction(s) wait(s) to be learned.", "", waiting)
        if self._lesson.is_training:
            return joined(told, self.tr("First the training that runs has to end."))
        return joined(told, self.tr("It takes seconds; the rest is rehearsed, so that it is not forgotten."))

    # -- building ------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.learn.clicked.connect(self._on_learn)
        self.cancel.clicked.connect(self._lesson.cancel)
        self.undo.clicked.connect(self._on_undo)
        self.close_button.clicked.connect(self._put_away)
        self._lesson.changed.connect(self._on_changed)
        self._lesson.progressed.connect(self._on_progressed)
        self._lesson.taught.connect(self._on_taught)
        self._lesson.cancelled.connect(self._on_cancelled)
        self._lesson.failed.connect(self._on_failed)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the canvas
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.state, 3)
        row.addWidget(self.progress, 2)
        for button in (self.cancel, self.undo, self.close_button, self.learn):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.outcome)

    def _dress(self) -> None:
        self.learn.setStyleSheet(theme.primary_style(self.palette()))
