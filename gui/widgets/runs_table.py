"""The table of runs: what is drawn, result with its interval, settings, facts; sorted by any column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from engine.data.runs import RunRecord
from engine.training.comparison import settings_of
from engine.training.history import begun_at
from engine.training.interval import USEFUL, wilson
from gui import theme
from gui.widgets.percent import percent
from gui.widgets.run_looks import Look, sample_icon
from gui.widgets.run_progress import clock
from gui.widgets.setting_words import setting_name, setting_value

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RUN = Qt.ItemDataRole.UserRole  # the run's number
ORDER = Qt.ItemDataRole.UserRole + 1  # what a column is sorted by
SAMPLE = QSize(44, 14)  # of a line beside a run's name
NAME, RESULT, IMAGES, STATE, BEST, TIME, BEGUN, NOTE = (
    *("name", "result", "n", "state", "best", "time"),
    *("begun", "note"),
)
SETTINGS = (
    *("model", "epochs", "batch_size", "learning_rate", "augment", "start_from", "seed"),
    *("device", "n_train", "data_version"),
)
COLUMNS = (NAME, RESULT, IMAGES, STATE, BEST, TIME, *SETTINGS, BEGUN, NOTE)
NUMBERS = (
    RESULT,
    IMAGES,
    BEST,
    TIME,
    "epochs",
    "batch_size",
    "learning_rate",
    "seed",
    "n_train",
    "data_version",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A run as the table has it.

    Attributes:
        record: the run.
        seconds: training time; None where it is not known.
    """

    record: RunRecord
    seconds: float | None


class RunsModel(QAbstractTableModel):
    """The runs, the newest first.

    Signals:
        renamed: (run, name) that was typed.
        shown_changed: another set of runs is to be drawn.

    Attributes:
        rows: the runs.
        shown: the numbers of those that are drawn.
    """

    renamed = Signal(int, str)
    shown_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.shown: set[int] = set()
        self._looks: Mapping[int, Look] = {}
        self._ratio = 1.0
        self._quiet, self._ground = QColor(), QColor()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these runs; those that are gone are drawn no more."""
        if rows and [row.record.id for row in rows] == [row.record.id for row in self.rows]:
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.shown &= {row.record.id for row in rows}
        self.endResetModel()

    def set_looks(self, looks: Mapping[int, Look], ratio: float) -> None:
        """Paint beside each name how the run is drawn, for a screen of that many pixels a pixel."""
        self._looks, self._ratio = looks, ratio
        if self.rows:
            last = self.index(len(self.rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DecorationRole])

    def show_runs(self, runs: Iterable[int], shown: bool) -> None:
        """Draw these runs, or draw them no more."""
        before = set(self.shown)
        self.shown = self.shown | set(runs) if shown else self.shown - set(runs)
        if self.shown != before and self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
            self.shown_changed.emit()

    def row_of(self, run: int) -> int:
        """Return where a run stands, −1 where it does not."""
        return next((number for number, row in enumerate(self.rows) if row.record.id == run), -1)

    # -- Qt's questions ------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        column = COLUMNS[section]
        return self._headings().get(column) or setting_name(column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        record = row.record
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole and column == NAME:
            return record.name
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            return Qt.CheckState.Checked if record.id in self.shown else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            look = self._looks.get(record.id) if record.id in self.shown else None
            return sample_icon(look, SAMPLE, self._ratio, self._ground)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and self._says_little(record, column):
            return self._quiet
        return {RUN: record.id, ORDER: self._order(row, column)}.get(role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        run = self.rows[index.row()].record.id
        if role == Qt.ItemDataRole.CheckStateRole:
            self.show_runs([run], Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and index.column() == 0:
            self.renamed.emit(run, str(value).strip())
            return True
        return False

    # -- words ---------------------------------------------------------------------------------------

    def _headings(self) -> dict[str, str]:
        return {
            NAME: self.tr("Run"),
            RESULT: self.tr("Validation accuracy [95 %]"),
            IMAGES: self.tr("n"),
            STATE: self.tr("State"),
            BEST: self.tr("Best epoch"),
            TIME: self.tr("Time"),
            BEGUN: self.tr("Begun"),
            NOTE: self.tr("Note"),
        }

    def _text(self, row: Row, column: str) -> str:
        record, locale = row.record, QLocale()
        if column == NAME:
            return f"{record.id}  {record.name}".rstrip()
        if column == RESULT:
            return self._result(record)
        if column == IMAGES:
            return locale.toString(record.val_images) if record.val_images else "–"
        if column == STATE:
            return self.state_words(record)
        if column == BEST:
            return locale.toString(record.best_epoch) if record.best_epoch else "–"
        if column == TIME:
            return "–" if row.seconds is None else clock(row.seconds)
        if column == BEGUN:
            begun = QDateTime.fromSecsSinceEpoch(int(begun_at(record)))
            return locale.toString(begun, QLocale.FormatType.ShortFormat)
        if column == NOTE:
            return record.note.partition("\n")[0]
        return setting_value(column, settings_of(record).get(column))

    def state_words(self, record: RunRecord) -> str:
        """Return how a run ended, or that it has not."""
        if record.state == "finished":
            return self.tr("stopped early") if record.reason == "early_stop" else self.tr("done")
        return {
            "running": self.tr("running"),
            "paused": self.tr("paused"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
        }.get(record.state, record.state)

    def _result(self, record: RunRecord) -> str:
        if record.val_accuracy is None:
            return "–"
        images = record.val_images or 0
        low, high = wilson(round(record.val_accuracy * images), images)
        locale = QLocale()
        ends = [locale.toString(100 * end, "f", 1) for end in (low, high)]
        return f"{percent(record.val_accuracy, 1)}  [{ends[0]}–{ends[1]}]"

    def _told(self, row: Row, column: str) -> str | None:
        if column in (RESULT, IMAGES) and self._says_little(row.record, column):
            if row.record.val_accuracy is None:
                return self.tr("Nothing was held back for validation.")
            return self.tr(
                "So few validation digits say little: the true share may lie anywhere in brackets."
            )
        if column == NOTE:
            return row.record.note
        return None

    def _says_little(self, record: RunRecord, column: str) -> bool:
        return column in (RESULT, IMAGES) and (record.val_images or 0) < USEFUL

    def _order(self, row: Row, column: str) -> Any:
        record = row.record
        if column in SETTINGS:
            value = settings_of(record).get(column)
            return value if isinstance(value, int | float | str) else str(value)
        return {
            NAME: record.id,
            RESULT: -1.0 if record.val_accuracy is None else record.val_accuracy,
            IMAGES: record.val_images or 0,
            BEST: record.best_epoch or 0,
            TIME: row.seconds or 0.0,
            BEGUN: record.created,
        }.get(column) or self._text(row, column)

    def set_colors(self, quiet: QColor, ground: QColor) -> None:
        """Take the colour of what says little, and the one behind the samples of lines."""
        self._quiet, self._ground = quiet, ground


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
            self.tr("Space draws the selected runs or takes them away, F2 renames, Delete deletes.")
        )
        self.runs.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space draws or hides what is selected; Delete deletes it."""
        if event.key() == Qt.Key.Key_Space and self.selected_runs():
            selected = self.selected_runs()
            self.runs.show_runs(selected, not set(selected) <= self.runs.shown)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
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
        self.runs.set_colors(theme.colors(self.palette()).quiet, ground)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(round(1.7 * self.fontMetrics().height()))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        font = QFont(self.font())
        header.setFont(font)
