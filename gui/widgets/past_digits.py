"""The digits of the time machine: the one that is written, its answer, and those that are watched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.data.preprocess import from_strokes
from gui.document_session import DocumentSession
from gui.widgets.canvas import DrawingCanvas
from gui.widgets.confidence_bars import ConfidenceBars
from gui.widgets.watched_digits import MOST, WatchedDigits

SURE = 0.5  # confidence from which an answer is filled, as on the Test page


class PastDigits(QWidget):
    """Shows what the model of one epoch reads, and what those of all epochs read.

    Args:
        session: keeps the watched digits in the document.

    Signals:
        changed: other digits want to be read.

    Attributes:
        canvas, bars, answer: ``pastCanvas``, ``pastBars``, ``pastAnswer``.
        watched: the strips through the epochs.
        watch, clear: ``watchButton``, ``clearPastButton``.
        answers: (E, N, 10) probabilities for the digits; None until they are there.
    """

    changed = Signal()

    def __init__(self, session: DocumentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._place = -1
        self._has_written = False  # the first of the digits is the written one
        self.answers: NDArray[np.float32] | None = None
        self.canvas = DrawingCanvas()
        self.canvas.setObjectName("pastCanvas")
        self.bars = ConfidenceBars()
        self.bars.setObjectName("pastBars")
        self.answer = QLabel()
        self.answer.setObjectName("pastAnswer")
        self.answer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        large = QFont(self.font())
        large.setBold(True)
        large.setPointSizeF(2.6 * max(self.font().pointSizeF(), 8.0))
        self.answer.setFont(large)
        self.watched = WatchedDigits()
        self._through = QLabel(wordWrap=True)
        self.watch, self.clear = QPushButton(), QPushButton()
        for button, name in ((self.watch, "watchButton"), (self.clear, "clearPastButton")):
            button.setObjectName(name)
            button.setAutoDefault(False)
        self._arrange()
        self.canvas.stroke_finished.connect(self._on_ink)
        self.canvas.ink_changed.connect(self._on_ink_changed)
        self.watch.clicked.connect(self._on_watch)
        self.clear.clicked.connect(self.canvas.clear)
        self.watched.removed.connect(self._on_unwatch)
        self.retranslate()
        self._show_buttons()

    def list_watched(self) -> None:
        """Show the watched digits of the document that is open now."""
        self.watched.show_watched(self._session.document.watched.list())
        self._show_buttons()

    def expect_answers(self) -> None:
        """Show no answers until new ones come."""
        self.answers = None
        self._has_written = not self.canvas.is_empty()
        self._show_answer()

    def show_answers(self, answers: NDArray[np.float32], epochs: Sequence[int]) -> None:
        """Show (E, N, 10) probabilities for ``watched.digits()``, and the numbers of their epochs."""
        if answers.shape[1] == len(self.watched.digits()):
            self.answers = answers
            self.watched.show_answers(answers, list(epochs))
            self.show_place(self._place)

    def show_place(self, place: int) -> None:
        """Look at one of the epochs, from 0; -1 for none."""
        self._place = place
        self.watched.show_place(place)
        self._show_answer()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.canvas.setAccessibleName(self.tr("Canvas to try a digit in every epoch"))
        self.canvas.set_hint(self.tr("Write a digit"))
        self.answer.setAccessibleName(self.tr("What the model of this epoch reads"))
        self.watch.setText(self.tr("Watch this digit"))
        self.watch.setToolTip(self.tr("Keeps it here to be seen through the epochs of every run."))
        self.clear.setText(self.tr("Clear"))
        self._through.setText(self.tr("Through the epochs (a stronger ground is a surer answer):"))
        for button in (self.watch, self.clear):
            button.setAccessibleName(button.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_ink(self) -> None:
        strokes = self.canvas.strokes()
        prepared = from_strokes(strokes) if strokes else None
        digit = prepared.digit if prepared is not None and not prepared.is_blank else None
        self.watched.show_written(digit)
        self._show_buttons()
        self.changed.emit()

    def _on_ink_changed(self) -> None:
        if self.canvas.is_empty():  # cleared or undone; while the pen is down nothing is asked
            self._on_ink()

    def _on_watch(self) -> None:
        self._session.document.watched.add(from_strokes(self.canvas.strokes()).digit)
        self.canvas.start_over()
        self.list_watched()
        self.changed.emit()

    def _on_unwatch(self, id_: int) -> None:
        self._session.document.watched.remove(id_)
        self.list_watched()
        self.changed.emit()

    def _show_answer(self) -> None:
        """Show what the model of this epoch reads on the canvas."""
        if self.answers is None or not self._has_written or self._place < 0:
            self.bars.show_shares(None)
            self.answer.setText("")
            return
        row = self.answers[self._place, 0]
        self.bars.show_shares(row.tolist(), bool(row.max() >= SURE))
        self.answer.setText(str(int(row.argmax())) if row.max() >= SURE else "?")

    def _show_buttons(self) -> None:
        has_room = len(self.watched.strips) < MOST
        self.watch.setEnabled(has_room and not self.canvas.is_empty())
        self.clear.setEnabled(not self.canvas.is_empty())

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        self.canvas.setFixedSize(8 * line, 8 * line)
        self.answer.setMinimumWidth(4 * line)
        pad = QGridLayout()
        pad.addWidget(self.canvas, 0, 0, 3, 1)
        pad.addWidget(self.answer, 0, 1)
        pad.addWidget(self.watch, 1, 1)
        pad.addWidget(self.clear, 2, 1)
        pad.setColumnStretch(1, 1)
        self.bars.setMinimumHeight(6 * line)
        self.bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(pad)
        column.addWidget(self.bars)
        column.addWidget(self._through)
        column.addWidget(self.watched)
        column.addStretch(1)
