"""Many answers as a table has them: picture, file, what the model sees, answer, right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.answers_reader import AnswerRow
from gui.messages import sentence_of_code
from gui.widgets.percent import certainty
from gui.widgets.prediction_view import UNSURE
from gui.widgets.sample_words import number

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole  # the AnswerRow
PICTURE, SEES, FILE, ANSWER, SURE, LABEL, VERDICT = range(7)
COLUMNS = 7
SIDE = 42  # pixels of the pictures
LAST = 99  # where a digit is sorted that there is not


class Show(StrEnum):
    """Which answers are shown."""

    ALL = "all"
    WRONG = "wrong"
    UNSURE = "unsure"
    UNREAD = "unread"


class AnswersModel(QAbstractTableModel):
    """The answers, some of them shown, sorted by a column; what comes later stands at the end until ``sort``.

    It sorts and filters itself: Qt's own way asks Python for each comparison, half a second for 7,500 rows.

    Attributes:
        rows: all answers, in the order in which they came.
        shown: those that are seen, in the order of the table.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[AnswerRow] = []
        self.shown: list[AnswerRow] = []
        self._show = Show.ALL
        self._column, self._falls = PICTURE, False
        self._good, self._bad, self._quiet = QColor(), QColor(), QColor()

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.rows, self.shown = [], []
        self.endResetModel()

    def add(self, rows: Sequence[AnswerRow]) -> None:
        """Add answers at the end."""
        self.rows.extend(rows)
        fresh = [row for row in rows if _is_shown(row, self._show)]
        if fresh:
            self.beginInsertRows(NOWHERE, len(self.shown), len(self.shown) + len(fresh) - 1)
            self.shown.extend(fresh)
            self.endInsertRows()

    def show_only(self, which: Show) -> None:
        """Show all answers or some."""
        self._show = which
        self._lay_out()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal ones stay in the order in which they came."""
        self._column, self._falls = column, order == Qt.SortOrder.DescendingOrder
        self._lay_out()

    def sort_again(self) -> None:
        """Bring what came since the last time to its place."""
        self._lay_out()

    def _lay_out(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before = [self.shown[index.row()] for index in self.persistentIndexList()]
        columns = [index.column() for index in self.persistentIndexList()]
        found = [(_order(row, self._column, place), row) for place, row in enumerate(self.rows)]
        found = [pair for pair in found if _is_shown(pair[1], self._show)]
        found.sort(key=lambda pair: pair[0], reverse=self._falls)
        self.shown = [row for _, row in found]
        places = {id(row): place for place, row in enumerate(self.shown)}
        after = [
            self.index(places[id(row)], column) if id(row) in places else QModelIndex()
            for row, column in zip(before, columns, strict=True)
        ]
        self.changePersistentIndexList(self.persistentIndexList(), after)
        self.layoutChanged.emit()

    def dress(self, good: QColor, bad: QColor, quiet: QColor) -> None:
        """Take the colours of right, wrong and quiet words."""
        self._good, self._bad, self._quiet = good, bad, quiet
        self.retranslate()

    def retranslate(self) -> None:
        """Have all words asked for again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, COLUMNS - 1))

    # -- Qt's questions ------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Picture"),
            self.tr("Model sees"),
            self.tr("File"),
            self.tr("Answer"),
            self.tr("Sure"),
            self.tr("Label"),
            self.tr("Result"),
        )[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return _decoration(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.answer.item.path) if column == FILE else self._text(row, column) or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (ANSWER, SURE, LABEL):
            return Qt.AlignmentFlag.AlignCenter
        return row if role == ROW else None

    def _text(self, row: AnswerRow, column: int) -> str:
        answer = row.answer
        item, read = answer.item, answer.prediction
        if column == FILE:
            return item.path.name + (f" · {number(item.index + 1)}" if item.index else "")
        if column == ANSWER and read is not None:
            return f"{read.label} {UNSURE}" if answer.is_unsure else str(read.label)
        if column == SURE and read is not None:
            return certainty(read.confidence)
        if column == LABEL and item.label is not None:
            return str(item.label)
        return self._verdict(row) if column == VERDICT else ""

    def _verdict(self, row: AnswerRow) -> str:
        answer = row.answer
        if answer.item.error is not None:
            error = answer.item.error  # where the file lies is in its tooltip
            return sentence_of_code(error.code, {**error.fields, "path": answer.item.path.name})
        if answer.prediction is None:
            return self.tr("No ink was found here.")
        verdict = {True: self.tr("right"), False: self.tr("wrong"), None: ""}[answer.is_right]
        parts = [verdict] if verdict else []
        return " · ".join([*parts, self.tr("not sure")] if answer.is_unsure else parts)

    def _ink(self, row: AnswerRow, column: int) -> QColor | None:
        answer = row.answer
        if column == VERDICT and answer.prediction is None:
            return self._bad if answer.item.error is not None else self._quiet
        if column in (ANSWER, VERDICT) and answer.is_right is not None:
            return self._good if answer.is_right else self._bad
        return None


def _is_shown(row: AnswerRow, which: Show) -> bool:
    answer = row.answer
    if which is Show.WRONG:
        return answer.is_right is False
    if which is Show.UNSURE:
        return answer.is_unsure
    return answer.prediction is None if which is Show.UNREAD else True


def _decoration(row: AnswerRow, column: int) -> QPixmap | None:
    if column == PICTURE and row.picture is not None:
        return QPixmap.fromImage(row.picture)
    item = row.answer.item
    if column == SEES and item.prepared is not None and item.has_ink:
        digit = item.prepared.digit
        image = QImage(digit.tobytes(), 28, 28, 28, QImage.Format.Format_Grayscale8)
        return QPixmap.fromImage(image).scaled(SIDE, SIDE)
    return None


def _order(row: AnswerRow, column: int, place: int) -> float:
    """Return what a column is sorted by."""
    answer = row.answer
    item, read = answer.item, answer.prediction
    if column == ANSWER:
        return read.label if read is not None else LAST
    if column == SURE:
        return float(read.confidence) if read is not None else -1.0
    if column == LABEL:
        return item.label if item.label is not None else LAST
    if column == VERDICT:  # what asks for a look first
        return 0 if item.error is not None else {False: 1, None: 2, True: 3}[answer.is_right]
    return place
