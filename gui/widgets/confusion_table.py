"""The confusion matrix as a table that is read, walked through by keyboard and pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from engine.events import Confusion
from gui import theme
from gui.widgets.percent import percent

DIGITS = 10
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the matrix.

    Attributes:
        true: the label, None for any.
        answer: what is read, None for any.
        only_wrong: of a row, a column or all, the mistakes alone.
    """

    true: int | None = None
    answer: int | None = None
    only_wrong: bool = False


MISTAKES = Field(only_wrong=True)


class ConfusionModel(QAbstractTableModel):
    """Ten rows (label) of ten fields (answer); a last column and row have the sums."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.confusion: Confusion | None = None
        self.shows_rates = False
        self.palette = QPalette()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own default
        return 0 if parent.isValid() else DIGITS + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own default
        return 0 if parent.isValid() else DIGITS + 1

    def field_at(self, row: int, column: int) -> Field:
        """Return what a cell of the table stands for."""
        return Field(row if row < DIGITS else None, column if column < DIGITS else None)

    def count_of(self, field: Field) -> int:
        """Return how many digits a field has."""
        return sum(
            count
            for true, row in enumerate(self.confusion or ())
            for answer, count in enumerate(row)
            if field.true in (None, true) and field.answer in (None, answer)
            if not (field.only_wrong and true == answer)
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.confusion is None:
            return None
        field = self.field_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(field)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(field)
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole):
            ground = self._ground(field)
            is_ground = role == Qt.ItemDataRole.BackgroundRole
            return QBrush(ground if is_ground else _readable_on(ground)) if ground is not None else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_row = orientation == Qt.Orientation.Vertical
        if role == Qt.ItemDataRole.DisplayRole:
            if section == DIGITS:
                return self.tr("all")
            return self.tr("written {0}").format(section) if is_row else str(section)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if section == DIGITS:
                return self.tr("All mistakes")
            if is_row:
                return self.tr("Written {0}, read wrongly").format(section)
            return self.tr("Wrongly read as {0}").format(section)
        return None

    def told(self, field: Field) -> str:
        """Return what a field says, in words."""
        locale, count = QLocale(), self.count_of(field)
        n = locale.toString(count)
        if field.true is None and field.answer is None:
            wrong, every = self.tr("%Ln mistake(s)", "", count), self.tr("%Ln digit(s)", "", count)
            return wrong if field.only_wrong else every
        if field.answer is None:
            wrong, every = self.tr("Written {0}, read wrongly: {1}"), self.tr("Written {0}: {1}")
            words = wrong if field.only_wrong else every
            return words.format(field.true, n)
        if field.true is None:
            wrong, every = self.tr("Wrongly read as {0}: {1}"), self.tr("Read as {0}: {1}")
            words = wrong if field.only_wrong else every
            return words.format(field.answer, n)
        total = self.count_of(Field(field.true))
        share = percent(count / total, 1) if total else "–"
        return self.tr("Written {0}, read as {1}: {2} ({3} of all {0}s)").format(
            field.true, field.answer, n, share
        )

    def show(self, confusion: Confusion | None, shows_rates: bool, palette: QPalette) -> None:
        """Show a matrix, as counts or as shares of its rows."""
        self.confusion, self.shows_rates, self.palette = confusion, shows_rates, palette
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew."""
        self.dataChanged.emit(self.index(0, 0), self.index(DIGITS, DIGITS))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, DIGITS)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, DIGITS)

    def _shown(self, field: Field) -> str:
        count = self.count_of(field)
        if self.shows_rates and field.true is not None and field.answer is not None:
            total = self.count_of(Field(field.true))
            return QLocale().toString(100 * count / total, "f", 1) if count else "·"
        is_sum = field.true is None or field.answer is None
        return QLocale().toString(count) if count or is_sum else "·"

    def _ground(self, field: Field) -> QColor | None:
        if field.true is None or field.answer is None:
            return None
        count, total = self.count_of(field), self.count_of(Field(field.true))
        paper = self.palette.color(QPalette.ColorRole.Base)
        if not count:
            return paper
        colors, share = theme.colors(self.palette), count / total
        if field.true == field.answer:
            return theme.mixed(colors.good, paper, 0.55 * share)
        return theme.mixed(colors.bad, paper, min(0.75, 0.12 + 2.0 * share))


class FieldDelegate(QStyledItemDelegate):
    """Keeps a field's own ground under the frame that marks it as chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.state &= ~QStyle.StateFlag.State_Selected
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        if is_chosen:
            painter.save()
            accent = theme.colors(option.palette).accent
            painter.setPen(QPen(accent, 2))
            room: QRect = option.rect
            painter.drawRect(room.adjusted(1, 1, -1, -1))
            painter.restore()


class ConfusionTable(QTableView):
    """The table; a press or the arrow keys choose a field, a press on a head its mistakes.

    Signals:
        chosen: the Field.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionTable")
        self.fields = ConfusionModel(self)
        self.setModel(self.fields)
        self.setItemDelegate(FieldDelegate(self))
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(8)
            header.setSectionsClickable(True)
            header.setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(DIGITS, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().sectionClicked.connect(self._on_column)
        self.verticalHeader().sectionClicked.connect(self._on_row)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.retranslate()

    def show_confusion(self, confusion: Confusion | None, shows_rates: bool) -> None:
        """Show ten rows (label) of ten counts (answer), or nothing; what is chosen stays."""
        self.fields.show(confusion, shows_rates, self.palette())

    def choose(self, field: Field) -> None:
        """Mark the field as if it had been pressed; a head's leaves no cell marked."""
        if field.only_wrong:
            self.selectionModel().clear()
            self.chosen.emit(field)
        else:
            row = DIGITS if field.true is None else field.true
            self.setCurrentIndex(self.fields.index(row, DIGITS if field.answer is None else field.answer))

    def minimumSizeHint(self) -> QSize:
        """Room for four figures in each field."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance("0000") * (DIGITS + 1) + self.verticalHeader().sizeHint().width()
        return QSize(width, round((DIGITS + 2) * 1.3 * metrics.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.fields.show(self.fields.confusion, self.fields.shows_rates, self.palette())
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Confusion matrix: rows are what is written, columns what is read"))
        self.fields.retranslate()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.fields.field_at(current.row(), current.column()))

    def _on_row(self, section: int) -> None:
        self.choose(Field(section, None, True) if section < DIGITS else MISTAKES)

    def _on_column(self, section: int) -> None:
        self.choose(Field(None, section, True) if section < DIGITS else MISTAKES)


def _readable_on(ground: QColor) -> QColor:
    white, black = QColor("#ffffff"), QColor("#10141a")
    return white if theme.contrast(white, ground) >= theme.contrast(black, ground) else black
