"""Beside the overlaid curves: values at the cursor, the settings that differ, and all of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data.runs import RunRecord
from engine.training.comparison import differing, settings_of
from gui import theme
from gui.widgets.curve_view import figure_text
from gui.widgets.curves_frame import ACCURACY, LOSS
from gui.widgets.overlay_view import At
from gui.widgets.run_looks import Look, sample_icon
from gui.widgets.setting_words import setting_name, setting_value

SAMPLE = QSize(44, 14)


class ReadTable(QTableWidget):
    """A table that is read and not changed; rows can be walked with the keyboard."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setIconSize(SAMPLE)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def fill(self, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers_from: int = 1) -> None:
        """Show texts; columns from ``numbers_from`` on stand to the right."""
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column >= numbers_from:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        self.verticalHeader().setDefaultSectionSize(round(1.6 * self.fontMetrics().height()))


class RunPanels(QTabWidget):
    """Three tabs.

    Signals:
        note_written: (run, note) once the note field is left.

    Attributes:
        values: ``runsValues``: each drawn run's figures at the cursor, or in its best epoch.
        differences: ``runsDifferences``: a row a setting that differs, a column a run.
        facts: ``runFacts``: every setting and fact of the run that is chosen.
        note: ``runNote``: its note.
    """

    note_written = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runPanels")
        self.values = ReadTable("runsValues")
        self.differences = ReadTable("runsDifferences")
        self.facts = ReadTable("runFacts")
        self.note = NoteField()
        self.note.left.connect(self._on_note_left)
        self._where, self._same, self._which_run = QLabel(), QLabel(), QLabel()
        for label in (self._where, self._same, self._which_run):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a run's name may look like marks
        self._names: dict[int, str] = {}
        self._looks: Mapping[int, Look] = {}
        self._at: Mapping[int, At | None] = {}
        self._is_cursor = False
        self._shape: object = None  # of the table of values: its headings, runs and looks
        self._records: Sequence[RunRecord] = ()
        self._record: RunRecord | None = None
        for parts in (
            (self._where, self.values),
            (self._same, self.differences),
            (self._which_run, self.note, self.facts),
        ):
            self.addTab(_column(parts), "")
        self.note.setMaximumHeight(4 * self.fontMetrics().lineSpacing())
        self.setDocumentMode(True)
        self.retranslate()

    # -- content -------------------------------------------------------------------------------------

    def show_values(
        self, at: Mapping[int, At | None], names: dict[int, str], looks: Mapping[int, Look], is_cursor: bool
    ) -> None:
        """Show figures of the runs that are drawn; ``is_cursor`` tells whether they are the cursor's."""
        self._at, self._names, self._looks, self._is_cursor = at, names, looks, is_cursor
        self._where.setText(
            self.tr("At the cursor, in each run's nearest epoch:")
            if is_cursor
            else self.tr("In each run's best epoch. Move over the curves to read them anywhere.")
        )
        headings = (self.tr("Run"), self.tr("Epoch"), self.tr("Loss"), self.tr("Accuracy"))
        rows = [(names.get(run, str(run)), *_texts(figures)) for run, figures in at.items()]
        ground = self.palette().color(QPalette.ColorRole.Base)
        shape = (headings, tuple(row[0] for row in rows), dict(looks), self.devicePixelRatioF(), ground.rgb())
        if shape == self._shape:  # only the cursor has moved
            for number, row in enumerate(rows):
                for column in range(1, len(row)):
                    if (item := self.values.item(number, column)) is not None:
                        item.setText(row[column])
            return
        self._shape = shape
        self.values.fill(headings, rows)
        for number, run in enumerate(at):
            if (item := self.values.item(number, 0)) is not None:
                item.setIcon(sample_icon(looks.get(run), SAMPLE, self.devicePixelRatioF(), ground))
        header = self.values.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        letters = self.fontMetrics().horizontalAdvance("100.00 %") + 14
        for column in range(1, len(headings)):
            self.values.setColumnWidth(column, max(letters, header.sectionSizeHint(column)))

    def show_differences(self, records: Sequence[RunRecord]) -> None:
        """Show the settings and facts that differ among these runs."""
        self._records = records
        found = differing(records)
        if len(records) < 2:
            text = self.tr("Tick two runs or more to see in which settings they differ.")
        elif found:
            text = self.tr("Only what differs; everything else is the same.")
        else:
            text = self.tr("These runs have the same settings.")
        self._same.setText(text)
        headings = ["", *(str(record.id) for record in records)] if len(records) > 1 else []
        rows = [
            (setting_name(name), *(setting_value(name, value) for value in values))
            for name, values in found.items()
        ]
        self.differences.setVisible(bool(rows))
        self.differences.fill(headings, rows)
        self.differences.resizeColumnsToContents()
        widest = 16 * self.fontMetrics().averageCharWidth()
        for column in range(1, self.differences.columnCount()):
            self.differences.setColumnWidth(column, min(self.differences.columnWidth(column), widest))

    def show_run(self, record: RunRecord | None) -> None:
        """Show everything of one run, None for none; a note that is being written goes to its own run."""
        if self._record is not None and (record is None or record.id != self._record.id):
            self._on_note_left()
        self._record = record
        self.note.setEnabled(record is not None)
        self.note.show_note(record.note if record is not None else "")
        if record is None:
            self._which_run.setText(self.tr("Select a run to see and note everything about it."))
            self.facts.fill((), ())
            return
        run = self.tr("Run {0}").format(record.id)
        self._which_run.setText(f"{run}  {record.name}".rstrip())
        rows = [
            (setting_name(name), setting_value(name, value)) for name, value in settings_of(record).items()
        ]
        self.facts.fill((self.tr("Setting"), self.tr("Value")), rows, numbers_from=2)
        self.facts.resizeColumnsToContents()
        self.facts.horizontalHeader().setStretchLastSection(True)

    # -- words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        for number, text in enumerate((self.tr("Values"), self.tr("Differences"), self.tr("Details"))):
            self.setTabText(number, text)
        self.setAccessibleName(self.tr("About the runs"))
        self.tabBar().setAccessibleName(self.tr("About the runs"))
        for table in (self.values, self.differences, self.facts):
            table.horizontalHeader().setAccessibleName(self.tr("Columns of the table"))
        self.values.setAccessibleName(self.tr("Values of the runs that are drawn"))
        self.differences.setAccessibleName(self.tr("Settings that differ among the runs that are drawn"))
        self.facts.setAccessibleName(self.tr("Settings and facts of the selected run"))
        self.note.setAccessibleName(self.tr("Note about the selected run"))
        self.note.setPlaceholderText(self.tr("Note: what you wanted to find out, what you saw"))
        self.show_values(self._at, self._names, self._looks, self._is_cursor)
        self.show_differences(self._records)
        self._on_note_left()
        self.show_run(self._record)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            quiet = self.palette()
            quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
            for label in (self._where, self._same):
                label.setPalette(quiet)
            self.show_values(self._at, self._names, self._looks, self._is_cursor)  # on the new ground

    def take_note(self) -> tuple[int, str] | None:
        """Return the run and the note that was typed and not told yet; from now on it counts as told."""
        record, note = self._record, self.note.toPlainText()
        if record is None or note == record.note:
            return None
        self._record = replace(record, note=note)
        return record.id, note

    def _on_note_left(self) -> None:
        if (told := self.take_note()) is not None:
            self.note_written.emit(*told)


class NoteField(QPlainTextEdit):
    """A note of some lines; Tab goes on, as everywhere.

    Signals:
        left: the keyboard went elsewhere.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runNote")
        self.setTabChangesFocus(True)

    def show_note(self, note: str) -> None:
        """Show a note, unless it is there already: the cursor stays."""
        if self.toPlainText() != note:
            self.setPlainText(note)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _texts(figures: At | None) -> tuple[str, str, str]:
    """Return epoch, loss and accuracy in words; dashes behind a run's end."""
    if figures is None:
        return "–", "–", "–"
    loss, accuracy = figure_text(figures.loss, LOSS), figure_text(figures.accuracy, ACCURACY)
    return str(figures.epoch), loss, accuracy


def _column(parts: Sequence[QWidget]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 6, 4, 4)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, ReadTable) else 0)
    column.addStretch()
    return page
