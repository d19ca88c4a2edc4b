"""A table of answers: many files read at once, right and wrong where their labels are known."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui import theme
from gui.answers_reader import AnswerRow
from gui.widgets.answers_model import (
    ANSWER,
    FILE,
    LABEL,
    PICTURE,
    ROW,
    SEES,
    SIDE,
    SURE,
    AnswersModel,
)


class AnswersTable(QTableView):
    """``answersTable``: sorted by any column; a double click or Enter opens a row.

    Signals:
        row_chosen: another row is the current one, or none is.
        row_opened: the AnswerRow that is to be looked at on the canvas.

    Attributes:
        answers: the model.
    """

    row_chosen = Signal()
    row_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answersTable")
        self.answers = AnswersModel(self)
        self.setModel(self.answers)
        self.setSortingEnabled(True)
        self.sortByColumn(PICTURE, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(SIDE + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.row_chosen.emit())
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.data(ROW)))
        self.retranslate()
        self._dress()

    def current(self) -> AnswerRow | None:
        """Return the row that the keyboard is at."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.setAccessibleName(self.tr("Answers"))
        self.setAccessibleDescription(
            self.tr("Enter puts the row on the canvas, F3 sorts by the column of the cell.")
        )
        self.horizontalHeader().setAccessibleName(self.tr("Columns of the answers"))
        self.answers.retranslate()
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, F3 sorts by the column of the cell."""
        row = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.row_opened.emit(row)
        elif event.key() == Qt.Key.Key_F3 and row is not None:
            header, column = self.horizontalHeader(), self.currentIndex().column()
            rising = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            again = header.sortIndicatorSection() == column and rising
            order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
            self.sortByColumn(column, order)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _fit_columns(self) -> None:
        letter, header = self.fontMetrics().horizontalAdvance("0"), self.horizontalHeader()
        for column in (PICTURE, SEES, ANSWER, SURE, LABEL):
            least = SIDE + 8 if column in (PICTURE, SEES) else 7 * letter
            self.setColumnWidth(column, max(least, header.sectionSizeHint(column)))
        self.setColumnWidth(FILE, 18 * letter)
        header.setMinimumSectionSize(SIDE)

    def _dress(self) -> None:
        colors = theme.colors(self.palette())
        self.answers.dress(colors.good, colors.bad, colors.quiet)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
