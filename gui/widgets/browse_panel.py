"""All digits of the document: counts, filter, grid, and what to do with the selected ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.widgets.counts_view import CountsView
from gui.widgets.filter_bar import FilterBar
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import NO_LABEL, Filter
from gui.widgets.sample_words import label_word, number, split_word
from gui.widgets.selection_bar import SelectionBar


class BrowsePanel(QWidget):
    """Wires the parts with each other; edits are asked for, not done.

    Signals:
        relabel_wanted: (ids, label) with -1 for no label.
        move_wanted: (ids, split) a place in SPLITS.
        delete_wanted: (ids).
    """

    relabel_wanted = Signal(list, int)
    move_wanted = Signal(list, int)
    delete_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = CountsView()
        self.filters = FilterBar()
        self.grid = SampleGrid()
        self.selection = SelectionBar()
        self._totals = QLabel(wordWrap=True)
        self._totals.setObjectName("splitCounts")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.counts, self._totals, self.filters):
            column.addWidget(widget)
        column.addWidget(self.grid, 1)
        column.addWidget(self.selection)
        self._wire()
        self.retranslate()

    def show_counts(self) -> None:
        """Count anew after the samples changed."""
        self.counts.set_counts(self.grid.model.label_counts())
        self.filters.set_sources(self.grid.model.sources())
        self._totals.setText(self._totals_text())
        self._show_selection()

    def _totals_text(self) -> str:
        """Say how many digits there are for what; without a label a digit serves for nothing yet."""
        counts = self.grid.model.split_counts(labelled_only=True)
        parts = [f"{split_word(code)} {number(count)}" for code, count in enumerate(counts)]
        total = self.grid.model.count()
        if nameless := total - sum(counts):
            parts.append(f"{label_word(NO_LABEL)} {number(nameless)}")
        return self.tr("%Ln digit(s): {splits}", "", total).format(splits=" · ".join(parts))

    def show_all(self) -> None:
        """Drop the filter."""
        self.filters.set_filter(Filter())

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.grid.set_hint(self.tr("No digit matches this choice. “Show all” brings them back."))
        self.show_counts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _wire(self) -> None:
        grid = self.grid
        grid.selection_changed.connect(self._show_selection)
        grid.relabel_wanted.connect(self.relabel_wanted)
        grid.delete_wanted.connect(self.delete_wanted)
        grid.menu_wanted.connect(self._show_menu)
        grid.pitch_changed.connect(self.filters.set_pitch)
        self.filters.pitch_changed.connect(grid.set_pitch)
        self.filters.filter_changed.connect(self._on_filter_changed)
        self.counts.label_chosen.connect(self._on_bar_chosen)
        self.selection.relabel_wanted.connect(
            lambda label: self.relabel_wanted.emit(grid.selected_ids(), label)
        )
        self.selection.move_wanted.connect(lambda split: self.move_wanted.emit(grid.selected_ids(), split))
        self.selection.delete_wanted.connect(lambda: self.delete_wanted.emit(grid.selected_ids()))

    def _on_filter_changed(self, wanted: Filter) -> None:
        self.counts.set_chosen(wanted.label)
        self.grid.set_filter(wanted)

    def _on_bar_chosen(self, label: int) -> None:
        now = self.filters.filter()
        self.filters.set_filter(Filter(label, now.split, now.source))

    def _show_selection(self) -> None:
        model = self.grid.model
        self.selection.show_counts(int(model.selected.sum()), len(model.shown))

    def _show_menu(self, position: QPoint) -> None:
        self.selection.menu.popup(position)
