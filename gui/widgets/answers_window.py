"""The window of many answers: table, what they come to, one of them large, and a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.export.answers_csv import answers_table
from engine.export.saving import save
from engine.inference.answers import summary
from engine.training.interval import USEFUL
from gui import theme
from gui.answers_reader import AnswerRow, AnswersReader, Threshold
from gui.latest_task import LatestTask
from gui.messages import joined, sentence_of
from gui.model_choice import ModelChoice
from gui.picture_reader import preview
from gui.save_dialogs import SaveDialogs, SystemSaveDialogs
from gui.widgets.answers_model import Show
from gui.widgets.answers_table import AnswersTable
from gui.widgets.boxed_picture import BoxedPicture, Frame
from gui.widgets.message_row import Words
from gui.widgets.percent import percent
from gui.widgets.prediction_view import UNSURE
from gui.widgets.sample_words import number
from gui.workers import CLOSING_MS


class AnswersWindow(QDialog):
    """Stands beside the window, so that the canvas stays in reach.

    Args:
        models: has the model that reads.
        dialogs: asks where the CSV file goes; the system's dialog where none is given.
        threshold: returns the trust from which an answer is given; None leaves that to the model.

    Signals:
        row_opened: the AnswerRow that is to be looked at on the canvas.

    Attributes:
        reader: reads.
        table, picture: ``answersTable``, ``answersPicture``.
        summary, said: ``answersSummary``, ``answersSaid``: what it comes to, and what was done last.
        filter: ``answersFilter``.
        csv, cancel, progress: ``answersCsvButton``, ``answersCancelButton``, ``answersProgress``.
    """

    row_opened = Signal(object)

    def __init__(
        self,
        models: ModelChoice,
        dialogs: SaveDialogs | None = None,
        threshold: Threshold = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("answersWindow")
        self._dialogs: SaveDialogs = dialogs if dialogs is not None else SystemSaveDialogs(self)
        self.reader = AnswersReader(models, threshold, self)
        self._previews = LatestTask(self)
        self._shown: Path | None = None  # whose picture is shown or being read
        self._was_cancelled, self._found = False, summary([])
        self._words: Words = lambda: ""  # what was done last; asked again when the language changes
        self.table, self.picture = AnswersTable(), BoxedPicture()
        self.picture.setObjectName("answersPicture")
        self.summary, self.said = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.summary.setObjectName("answersSummary")
        self.said.setObjectName("answersSaid")
        self.filter = QComboBox()
        self.filter.setObjectName("answersFilter")
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.csv, self.cancel = self._button("answersCsvButton"), self._button("answersCancelButton")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("answersProgress")
        self._arrange()
        self._wire()
        self.retranslate()

    def read(self, paths: Sequence[Path]) -> bool:
        """Read files and folders and show their answers instead of those before; False while it reads."""
        if self.reader.is_running:
            return False
        self.table.answers.clear()
        self.picture.clear()
        self._shown, self._was_cancelled, self._found = None, False, summary([])
        self.filter.setCurrentIndex(0)
        self.table.answers.show_only(Show.ALL)
        self._words = lambda: ""
        self.progress.setRange(0, 0)
        self.reader.start(paths)
        self._show()
        return True

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop reading; True when no thread is left."""
        ended = [part.shutdown(timeout_ms) for part in (self.reader, self._previews)]
        return all(ended)

    def done(self, result: int) -> None:
        """Close, and stop reading."""
        self.reader.cancel()
        super().done(result)

    # -- answers -------------------------------------------------------------------------------------

    def _on_came(self, rows: list[AnswerRow]) -> None:
        self.table.answers.add(rows)
        self._found = self._found.plus(summary(row.answer for row in rows))
        self._show()

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_ended(self, was_cancelled: bool) -> None:
        self._was_cancelled = was_cancelled
        self.table.answers.sort_again()
        self._show()

    def _on_failed(self, error: EngineError) -> None:
        self._say(lambda: sentence_of(error))

    def _on_filter(self) -> None:
        self.table.answers.show_only(Show(self.filter.currentData()))

    def _on_row(self) -> None:
        row = self.table.current()
        if row is None or row.picture is None:
            self._shown = None
            self._previews.forget()
            self.picture.clear()
            if row is not None and row.answer.item.prepared is not None and row.answer.item.has_ink:
                digit = row.answer.item.prepared.digit
                image = QImage(digit.tobytes(), 28, 28, 28, QImage.Format.Format_Grayscale8).copy()
                self.picture.show_picture(image, (28, 28))
            return
        path = row.answer.item.path
        if path != self._shown:
            self._shown = path
            self.picture.clear()
            self._previews.start(lambda _progress: preview(path))
        self._show_frames(row)

    def _on_preview(self, found: tuple[QImage, tuple[int, int]]) -> None:
        self.picture.show_picture(*found)

    def _show_frames(self, chosen: AnswerRow) -> None:
        path = chosen.answer.item.path
        frames: list[Frame] = []
        place = -1
        for row in self.table.answers.rows:
            item, read = row.answer.item, row.answer.prediction
            if item.path == path and item.prepared is not None and item.prepared.box and read is not None:
                place = len(frames) if row is chosen else place
                text = UNSURE if row.answer.is_unsure else str(read.label)
                frames.append(Frame(item.prepared.box, text, row.answer.is_right))
        self.picture.show_frames(frames, place)

    def _on_csv(self) -> None:
        path = self._dialogs.file_to_save(
            self.tr("Save the answers as"), self.tr("Answers"), ((self.tr("CSV table"), ".csv"),)
        )
        if path is None:
            return
        try:
            save(path, answers_table([row.answer for row in self.table.answers.rows], sentence_of))
        except EngineError as error:
            failure = error  # ``error`` ends with this clause
            self._say(lambda: sentence_of(failure))
        else:
            self._say(lambda: self.tr("Saved: {name}").format(name=path.name))

    # -- words ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        running = self.reader.is_running
        for part in (self.progress, self.cancel):
            part.setVisible(running)
        self.csv.setEnabled(not running and bool(self.table.answers.rows))
        self.summary.setText(self._summary())
        self.summary.setAccessibleName(self.summary.text())
        self.said.setText(self._words())
        self.said.setAccessibleName(self.said.text())

    def _say(self, words: Words) -> None:
        self._words = words
        self._show()

    def _summary(self) -> str:
        found = self._found
        parts = [self.tr("Cancelled: not all was read.")] if self._was_cancelled else []
        parts.append(self.tr("%Ln item(s).", "", found.items))
        if found.known:
            low, high = (percent(share, 1) for share in found.interval())
            parts.append(
                self.tr("{0} of {1} with a known label are right: {2} [{3} to {4}].").format(
                    number(found.right), number(found.known), percent(found.accuracy, 1), low, high
                )
            )
            if found.known < USEFUL:
                parts.append(self.tr("That is too few digits to rely on."))
        elif found.items:
            parts.append(
                self.tr("No label is known: put the pictures into folders named 0 to 9 to see what is right.")
            )
        if found.unsure:
            parts.append(self.tr("The model is not sure of %Ln.", "", found.unsure))
        if found.unreadable:
            parts.append(self.tr("%Ln could not be read.", "", found.unreadable))
        return joined(*parts)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setWindowTitle(self.tr("Answers for many files"))
        shows = {
            Show.ALL: self.tr("All answers"),
            Show.WRONG: self.tr("Wrong only"),
            Show.UNSURE: self.tr("Not sure"),
            Show.UNREAD: self.tr("Not read"),
        }
        chosen = max(0, self.filter.currentIndex())
        self.filter.clear()
        for which, text in shows.items():
            self.filter.addItem(text, str(which))
        self.filter.setCurrentIndex(chosen)
        self.filter.setAccessibleName(self.tr("Which answers are shown"))
        self.csv.setText(self.tr("Save as CSV…"))
        self.cancel.setText(self.tr("Cancel"))
        for button in (self.csv, self.cancel):
            button.setAccessibleName(button.text())
        self.progress.setAccessibleName(self.tr("Progress of reading"))
        self._hint.setText(self.tr("A double click puts a row on the canvas."))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    # -- building ------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.reader.came.connect(self._on_came)
        self.reader.progressed.connect(self._on_progressed)
        self.reader.ended.connect(self._on_ended)
        self.reader.failed.connect(self._on_failed)
        self._previews.finished.connect(self._on_preview)
        self._previews.failed.connect(lambda error: self._say(lambda: sentence_of(error)))
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self.row_opened)
        self.filter.activated.connect(self._on_filter)
        self.csv.clicked.connect(self._on_csv)
        self.cancel.clicked.connect(self.reader.cancel)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        return button

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        self._hint = QLabel(wordWrap=True)
        top = QHBoxLayout()
        top.addWidget(self.filter)
        top.addWidget(self.progress, 1)
        top.addWidget(self.cancel)
        top.addStretch(0)
        top.addWidget(self.csv)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(line // 2, 0, 0, 0)
        beside.addWidget(self.picture, 1)
        beside.addWidget(self._hint)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(right)
        self._split.setSizes([46 * line, 22 * line])
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.addWidget(self.summary)
        column.addLayout(top)
        column.addWidget(self._split, 1)
        column.addWidget(self.said)
        self.resize(70 * line, 38 * line)
        self._dress()

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        for label in (self._hint, self.said):
            label.setPalette(quiet)
