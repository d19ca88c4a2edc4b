"""The runs as a table has them: what is drawn, result with its interval, settings, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from engine.data.runs import RunRecord
from engine.training.comparison import settings_of
from engine.training.history import begun_at
from engine.training.interval import USEFUL, wilson
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
        is_cut_off: it was never ended, and nobody trains it: a crash, a power cut.
    """

    record: RunRecord
    seconds: float | None
    is_cut_off: bool = False


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

    def set_row(self, row: Row) -> None:
        """Show a run as it is now."""
        number = self.row_of(row.record.id)
        if number >= 0:
            self.rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

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
            return self._state(row)
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

    def _state(self, row: Row) -> str:
        """Return how a run ended, or that it has not."""
        record = row.record
        if row.is_cut_off:
            return self.tr("cut off")
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
        return row.record.name if column == NAME else None

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
