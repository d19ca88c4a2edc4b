"""An experiment of two settings: which line is which, and a table of all pairs, coloured by accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import theme
from gui.widgets.curve_picture import Entry, paint_sample
from gui.widgets.percent import percent
from gui.widgets.run_looks import look_of

STRONGEST = 0.62  # share of colour in the cell of the highest accuracy


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair.

    Attributes:
        share: its accuracy, 0 … 1; None where there is none (yet).
        interval: of it, None where nothing was held back.
        images: on how many digits it was measured.
        note: what is said in place of an accuracy.
    """

    share: float | None = None
    interval: tuple[float, float] | None = None
    images: int = 0
    note: str = "…"


class LineLegend(QWidget):
    """A piece of each line with its name, in one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("experimentLegend")
        self._title = ""
        self._names: list[str] = []
        self.hide()

    def show_names(self, title: str, names: Sequence[str]) -> None:
        """Name the lines 0, 1 …; no names hide it."""
        self._title, self._names = title, list(names)
        self.setAccessibleName(f"{title}: {', '.join(names)}")
        self.setVisible(bool(names))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that all names need."""
        return QSize(round(self._places()[-1]), round(1.2 * self.fontMetrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, lines and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters, middle = self.fontMetrics(), self.height() / 2
        baseline = middle + (letters.ascent() - letters.descent()) / 2
        text = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(text)
        painter.drawText(QPointF(0, baseline), self._title + ":")
        for slot, (name, x) in enumerate(zip(self._names, self._places(), strict=False)):
            end = x + 2 * letters.height()
            paint_sample(painter, Entry(name, look_of(slot, self.palette()).pen(), dot=True), x, end, middle)
            painter.setPen(text)
            painter.drawText(QPointF(end + letters.height() / 3, baseline), name)

    def _places(self) -> list[float]:
        """Return where each line begins, and where the last name ends."""
        letters = self.fontMetrics()
        places = [float(letters.horizontalAdvance(self._title + ":  "))]
        for name in self._names:
            places.append(places[-1] + letters.horizontalAdvance(name) + 3.2 * letters.height())
        return places


class HeatTable(QTableWidget):
    """A row for each value of the second setting, a column for each of the first; ``experimentGrid``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("experimentGrid")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
        self._make_room()
        self._shown: tuple[tuple[str, str], list[str], list[str], list[list[Cell]]] | None = None

    def show_cells(
        self,
        titles: tuple[str, str],
        columns: Sequence[str],
        rows: Sequence[str],
        cells: Sequence[Sequence[Cell]],
    ) -> None:
        """Show all pairs.

        Args:
            titles: what the settings of columns and rows are called.
            columns: the values of the first.
            rows: the values of the second.
            cells: a list for each row.
        """
        self._shown = titles, list(columns), list(rows), [list(row) for row in cells]
        self.clear()
        self.setColumnCount(len(columns))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels([f"{titles[0]} {name}" for name in columns])
        self.setVerticalHeaderLabels([f"{titles[1]} {name}" for name in rows])
        shares = [cell.share for row in cells for cell in row if cell.share is not None]
        low, high = min(shares, default=0.0), max(shares, default=1.0)
        for row, (row_name, line) in enumerate(zip(rows, cells, strict=True)):
            for column, (column_name, cell) in enumerate(zip(columns, line, strict=True)):
                item = QTableWidgetItem(self._text(cell))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                place = f"{titles[0]} {column_name}, {titles[1]} {row_name}: "
                item.setData(Qt.ItemDataRole.AccessibleTextRole, place + self._text(cell).replace("\n", ", "))
                if cell.share is not None:
                    self._paint(item, (cell.share - low) / (high - low) if high > low else 0.0)
                    if cell.share == high:
                        bold = QFont(self.font())
                        bold.setBold(True)
                        item.setFont(bold)
                self.setItem(row, column, item)

    def changeEvent(self, event: QEvent) -> None:
        """Follow colours and letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()
        elif event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self.show_cells(*self._shown)

    def _make_room(self) -> None:
        """Let no cell be lower than its two lines."""
        self.horizontalHeader().setMinimumSectionSize(8 * self.fontMetrics().averageCharWidth())
        self.verticalHeader().setMinimumSectionSize(round(2.4 * self.fontMetrics().lineSpacing()))

    def _text(self, cell: Cell) -> str:
        if cell.share is None:
            return cell.note
        images = self.tr("n = {0}").format(QLocale().toString(cell.images))
        if cell.interval is None:
            return f"{percent(cell.share, 1)}\n{images}"
        low, high = cell.interval
        ends = f"{QLocale().toString(100 * low, 'f', 1)} – {percent(high, 1)}"
        return f"{percent(cell.share, 1)}\n[{ends}]  {images}"

    def _paint(self, item: QTableWidgetItem, height: float) -> None:
        """Colour a cell by its place between the lowest (0) and the highest (1) accuracy."""
        base = self.palette().color(QPalette.ColorRole.Base)
        ground = theme.mixed(theme.colors(self.palette()).train, base, 0.06 + (STRONGEST - 0.06) * height)
        texts = (self.palette().color(QPalette.ColorRole.Text), base, QColor("#ffffff"), QColor("#10141a"))
        item.setBackground(ground)
        item.setForeground(max(texts, key=lambda text: theme.contrast(text, ground)))
