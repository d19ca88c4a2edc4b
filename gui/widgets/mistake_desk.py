"""The mistake desk: which digit is taken for which, the images behind it, and what puts them right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data.splits import Split
from engine.errors import EngineError
from engine.events import Confusion
from engine.inference.readings import confusion_of
from engine.training.interval import wilson
from engine.training.scores import total_of
from gui.document_session import DocumentSession
from gui.messages import joined, sentence_of
from gui.mistake_reader import MistakeReader
from gui.widgets.confusion_table import MISTAKES, ConfusionTable, Field
from gui.widgets.digit_scores import DigitScores
from gui.widgets.mistake_choice import MistakeChoice
from gui.widgets.mistake_list import MistakeList
from gui.widgets.percent import percent

MATRIX_CSV, SCORES_CSV, DIGITS_CSV, PICTURE = EXPORTS = ("matrix", "scores", "digits", "picture")


class MistakeDesk(QDialog):
    """Looks at the mistakes of a model in one split and lets its labels be put right.

    Args:
        session: the window's document.
        reader: reads the digits beside the window.

    Signals:
        train_wanted: the digits are put right: train again.
        export_wanted: one of EXPORTS.

    Attributes:
        choice: run, epoch and split.
        note: ``mistakeNote``: what is to be known of these figures.
        table, scores: ``confusionTable`` and ``digitScoresTable``.
        list: the digits.
        bar, cancel: how far reading is; ``cancelMistakesButton`` also goes on.
    """

    train_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(
        self, session: DocumentSession, reader: MistakeReader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mistakeDesk")
        self._session = session
        self._reader = reader
        self._error: EngineError | None = None
        self._confusion: Confusion | None = None
        self._make()
        self._arrange()
        self._wire()
        self.retranslate()

    def open_model(self, run: int | None, epoch: int | None = None, split: Split | None = None) -> None:
        """Show the mistakes of a model, at first in the validation digits."""
        if split is None and not self.isVisible():
            self.choice.prefer_split()
        self.choice.choose(run, epoch, split)
        self.show()
        self.activateWindow()
        self._ask()

    def confusion(self) -> Confusion | None:
        """Return what the matrix shows."""
        return self._confusion

    def say(self, text: str) -> None:
        """Tell what was done, below the digits."""
        self.list.say(lambda: text)

    # -- what it shows -------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._error = None
        self._reader.ask(self.choice.question())
        self._show_all()

    def _on_failed(self, error: EngineError) -> None:
        self._error = error
        self._show_all()

    def _show_all(self) -> None:
        readings, labels = self._reader.answered()
        is_there = len(labels) > 0 and self._error is None
        self._confusion = confusion_of(labels, readings.answers) if is_there else None
        self.table.show_confusion(self._confusion, self.choice.rates.isChecked())
        self.scores.show_confusion(self._confusion)
        self.list.refresh(self._judge())
        self._show_figure()
        notes = self._notes()
        self.note.setText(notes)
        self.note.setVisible(bool(notes))
        self.export.setEnabled(is_there)
        self._show_reading()

    def _show_figure(self) -> None:
        if self._confusion is None:
            self.figure.setText("")
            return
        right, n = total_of(self._confusion)
        low, high = wilson(right, n)
        text = self.tr("{share} of {n} read right, likely {low} to {high}").format(
            share=percent(right / n, 1),
            n=QLocale().toString(n),
            low=percent(low, 1),
            high=percent(high, 1),
        )
        self.figure.setText(text)

    def _show_reading(self) -> None:
        is_reading, is_cut_off = self._reader.is_reading, self._reader.is_cut_off
        self.bar.setVisible(is_reading)
        self.cancel.setVisible(is_reading or is_cut_off)
        self.list.check.setEnabled(not is_reading and self.choice.question().split is Split.TRAIN)
        self.cancel.setText(self.tr("Cancel") if is_reading else self.tr("Read the rest"))
        self.cancel.setAccessibleName(self.cancel.text())

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._show_reading()

    def _notes(self) -> str:
        if self._error is not None:
            return sentence_of(self._error)
        question = self.choice.question()
        if self._reader.is_reading and self._confusion is None:
            return self.tr("Reading the digits…")
        if self._reader.book is not None and not len(self._reader.book.of(question.split)[0]):
            return self.tr("There are no labelled digits in this split. Choose another, or add some.")
        said = []
        if self._reader.is_cut_off:
            said.append(self.tr("Cancelled: %Ln digit(s) are not read yet.", "", self._reader.unread))
        if question.split is Split.TEST:
            said.append(
                self.tr(
                    "Test digits are for the final look only: correct wrong labels, "
                    "choose no setting by them."
                )
            )
        said += self._run_notes(question.split)
        return joined(*said)

    def _run_notes(self, split: Split) -> list[str]:
        record = self.choice.record()
        if record is None:
            return []
        said = []
        readings, _ = self._reader.answered()
        learned = int(np.isin(readings.ids, self._reader.learned()).sum())
        if split is not Split.TRAIN and learned:
            said.append(
                self.tr(
                    "The run has learned from %Ln of these digit(s): it looks better here than it is.",
                    "",
                    learned,
                )
            )
        elif learned:
            said.append(self.tr("The run has learned from these digits: on new ones it does worse."))
        knew_all = record.config.train_images is None and not record.config.rehearse
        changes = self._reader.changes(knew_all)
        if changes:
            said.append(self.tr("Trained before %Ln sample(s) changed.", "", changes))
        return said

    def _judge(self) -> str:
        """Return who says that labels are suspicious."""
        question = self.choice.question()
        readings, _ = self._reader.answered()
        checked = np.isin(readings.ids, self._reader.checked())
        if len(checked) and checked.all():
            return self.tr("cross-checked: each judged by a model that learned from the other half only")
        if question.run is None:
            return self.tr("judged by the shipped model, which has not seen your labels")
        learned = int(np.isin(readings.ids, self._reader.learned()).sum())
        if not learned:
            return self.tr("judged by run {0}, which has not learned from them").format(question.run)
        return self.tr(
            "those that run {0} has learned are judged by the shipped model, which has not seen your labels"
        ).format(question.run)

    def _told(self, field: Field) -> str:
        return self.table.fields.told(field)

    # -- commands ------------------------------------------------------------------------------------

    def _on_cancel(self) -> None:
        if self._reader.is_reading:
            self._reader.cancel()
        else:
            self._reader.go_on()
            self._show_all()

    def _on_check(self) -> None:
        if self._reader.cross_check():
            self.bar.setRange(0, 0)
            self._show_reading()

    def _on_edited(self) -> None:
        if self.isVisible():
            self._reader.follow()

    def _on_runs_changed(self) -> None:
        if self.isVisible():
            self.choice.list_runs()
            self._ask()

    def _on_activated(self) -> None:
        """Go from the matrix to its digits."""
        self.list.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if len(self.list.grid.model.shown):
            self.list.grid.select_ids([int(self.list.listed.ids[0])])

    # -- building ------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.choice = MistakeChoice(self._session)
        self.figure = QLabel()
        self.figure.setObjectName("mistakeFigure")
        bold = QFont(self.font())
        bold.setBold(True)
        self.figure.setFont(bold)
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("mistakeNote")
        self.table, self.scores = ConfusionTable(), DigitScores()
        self.list = MistakeList(self._session, self._reader, self._told)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("mistakeTabs")
        self.tabs.addTab(self._with_axis(self.table), "")
        self.tabs.addTab(self.scores, "")
        self.bar = QProgressBar()
        self.bar.setObjectName("mistakeProgress")
        self.all_button, self.cancel, self.export = QPushButton(), QPushButton(), QPushButton()
        self.train, self.close_button = QPushButton(), QPushButton()
        for button, name in (
            (self.all_button, "allMistakesButton"),
            (self.cancel, "cancelMistakesButton"),
            (self.export, "exportMistakesButton"),
            (self.train, "trainAgainButton"),
            (self.close_button, "closeMistakesButton"),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
        menu = QMenu(self)
        self.export_actions = {kind: menu.addAction("") for kind in EXPORTS}
        for kind, action in self.export_actions.items():
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_wanted.emit(kind))
        self.export.setMenu(menu)

    def _with_axis(self, table: QWidget) -> QWidget:
        self._axis = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._axis)
        column.addWidget(table, 1)
        return room

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        far = QHBoxLayout()
        far.addWidget(self.figure, 1)
        far.addWidget(self.bar)
        far.addWidget(self.cancel)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.tabs)
        parts.addWidget(self.list)
        parts.setChildrenCollapsible(False)
        parts.setSizes([50 * line, 42 * line])
        bottom = QHBoxLayout()
        bottom.addWidget(self.all_button)
        bottom.addWidget(self.export)
        bottom.addStretch(1)
        bottom.addWidget(self.train)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self.choice)
        column.addLayout(far)
        column.addWidget(self.note)
        column.addWidget(parts, 1)
        column.addLayout(bottom)
        self.resize(QSize(78 * line, 42 * line).boundedTo(self.screen().availableSize() * 0.95))

    def _wire(self) -> None:
        self.choice.changed.connect(self._ask)
        self.choice.rates_changed.connect(self._show_all)
        self.table.chosen.connect(self.list.show_field)
        self.table.activated.connect(lambda _index: self._on_activated())
        self.all_button.clicked.connect(lambda: self.table.choose(MISTAKES))
        self.cancel.clicked.connect(self._on_cancel)
        self.list.check_wanted.connect(self._on_check)
        self.train.clicked.connect(self.close)  # it would lie over the page that it opens
        self.train.clicked.connect(self.train_wanted)
        self.close_button.clicked.connect(self.close)
        self._reader.changed.connect(self._show_all)
        self._reader.failed.connect(self._on_failed)
        self._reader.check_failed.connect(lambda error: self.say(sentence_of(error)))
        self._reader.progressed.connect(self._on_progressed)
        self._session.samples_changed.connect(self._on_edited)
        self._session.runs_changed.connect(self._on_runs_changed)
        self._session.document_changed.connect(self._on_runs_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self._reader.follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setWindowTitle(self.tr("Mistakes"))
        self._axis.setText(self.tr("read as →"))
        self.tabs.setTabText(0, self.tr("Confusion matrix"))
        self.tabs.setTabText(1, self.tr("Each digit"))
        self.bar.setAccessibleName(self.tr("Digits that are read"))
        self.all_button.setText(self.tr("All mistakes"))
        self.export.setText(self.tr("Export"))
        texts: dict[str, Callable[[], str]] = {
            MATRIX_CSV: lambda: self.tr("Confusion matrix (CSV)…"),
            SCORES_CSV: lambda: self.tr("Each digit (CSV)…"),
            DIGITS_CSV: lambda: self.tr("The listed digits (CSV)…"),
            PICTURE: lambda: self.tr("Picture of the matrix (PNG, SVG)…"),
        }
        for kind, words in texts.items():
            self.export_actions[kind].setText(words())
        self.train.setText(self.tr("Train again →"))
        self.train.setToolTip(self.tr("Go to the Train page; the runs that are there stay as they are."))
        self.close_button.setText(self.tr("Close"))
        for button in (self.all_button, self.export, self.train, self.close_button):
            button.setAccessibleName(button.text())
        if self.isVisible():
            self._show_all()
