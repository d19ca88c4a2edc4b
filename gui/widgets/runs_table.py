"""The table of runs: chosen, ticked, renamed in place, sorted by any column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui import theme
from gui.widgets.runs_model import COLUMNS, ORDER, RUN, SAMPLE, Row, RunsModel


class RunsTable(QTableView):
    """``runsTable``: rows are selected, names edited in place, and a box tells which runs are drawn.

    Signals:
        chosen: other rows are selected.
        delete_pressed: the Delete key.

    Attributes:
        runs: the model.
    """

    chosen = Signal()
    delete_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runsTable")
        self.runs = RunsModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.runs)
        self._sorted.setSortRole(ORDER)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(SAMPLE)
        corner = QWidget()  # else it is painted with the colour that frames the boxes: theme.boxes_framed
        corner.setAutoFillBackground(True)
        self.setCornerWidget(corner)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.retranslate()
        self._dress()

    # -- content -------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these runs; selection and place stay."""
        chosen, place = self.selected_runs(), self.verticalScrollBar().value()
        was_empty = not self.runs.rows
        blocked = self.selectionModel().blockSignals(True)
        self.runs.set_rows(rows)
        self.selectionModel().blockSignals(blocked)
        if was_empty:
            self._fit_columns()
        self.select_runs(chosen)
        self.verticalScrollBar().setValue(place)

    def selected_runs(self) -> list[int]:
        """Return the numbers of the selected runs, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RUN) for index in rows]

    def current_run(self) -> int | None:
        """Return the run that the keyboard is at, if it is selected; else the first selected one."""
        selected = self.selected_runs()
        current = self.currentIndex().data(RUN) if self.currentIndex().isValid() else None
        return current if current in selected else next(iter(selected), None)

    def select_runs(self, runs: Iterable[int]) -> None:
        """Select these runs; the keyboard goes to the first."""
        indexes = [self._index_of(run) for run in runs]
        indexes = [index for index in indexes if index.isValid()]
        flags = QItemSelectionModel.SelectionFlag
        for number, index in enumerate(indexes):
            how = (flags.ClearAndSelect if number == 0 else flags.Select) | flags.Rows
            self.selectionModel().select(index, how)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], flags.NoUpdate)
        self.chosen.emit()

    def edit_name(self, run: int) -> None:
        """Let the user type a run's name in its row."""
        index = self._index_of(run)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def _index_of(self, run: int) -> QModelIndex:
        row = self.runs.row_of(run)
        return self._sorted.mapFromSource(self.runs.index(row, 0)) if row >= 0 else QModelIndex()

    def _fit_columns(self) -> None:
        self.resizeColumnsToContents()
        widest = 24 * self.fontMetrics().averageCharWidth()
        for column in range(len(COLUMNS)):
            head = self.horizontalHeader().sectionSizeHint(column) + 12
            self.setColumnWidth(column, max(head, min(self.columnWidth(column) + 8, widest)))
        self.setColumnWidth(0, max(self.columnWidth(0), widest))

    # -- looks and keys ------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.setAccessibleName(self.tr("Runs"))
        self.setAccessibleDescription(
            self.tr(
                "Space draws the selected runs or takes them away, F2 renames, Delete deletes, F3 sorts by "
                "the column of the cell."
            )
        )
        self.horizontalHeader().setAccessibleName(self.tr("Columns of the runs"))
        self.runs.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space draws or hides what is selected, Delete deletes it, F3 sorts by the column of the cell."""
        if event.key() == Qt.Key.Key_Space and self.selected_runs():
            selected = self.selected_runs()
            self.runs.show_runs(selected, not set(selected) <= self.runs.shown)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_F3 and self.currentIndex().isValid():
            header, column = self.horizontalHeader(), self.currentIndex().column()
            rising = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            again = header.sortIndicatorSection() == column
            order = Qt.SortOrder.DescendingOrder if again and rising else Qt.SortOrder.AscendingOrder
            self.sortByColumn(column, order)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        ground = self.palette().color(QPalette.ColorRole.Base)
        quiet = theme.colors(self.window().palette()).quiet  # its own is made for boxes: theme.boxes_framed
        self.runs.set_colors(quiet, ground)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(round(1.7 * self.fontMetrics().height()))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        font = QFont(self.font())
        header.setFont(font)
