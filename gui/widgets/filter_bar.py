"""Which digits the grid shows: by label, split and source, and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QWidget

from gui.widgets.sample_grid import DEFAULT, LARGEST, SMALLEST
from gui.widgets.sample_grid_model import ANY, NO_LABEL, SPLITS, Filter
from gui.widgets.sample_words import source_word, split_word


class FilterBar(QWidget):
    """Three choices, a way back to all, and the size of the cells.

    Signals:
        filter_changed: (Filter) what the user wants to see.
        pitch_changed: (int) how large a cell should be.
    """

    filter_changed = Signal(object)
    pitch_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: list[str] = []
        self._label, self._split, self._source = (
            self._combo(name) for name in ("labelFilter", "splitFilter", "sourceFilter")
        )
        self._all = QPushButton(autoDefault=False)
        self._all.setObjectName("showAllButton")
        self._all.clicked.connect(lambda: self.set_filter(Filter()))
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setObjectName("cellSizeSlider")
        self._size.setRange(SMALLEST, LARGEST)
        self._size.setValue(DEFAULT)
        self._size.setPageStep(10)
        self._size.setMaximumWidth(14 * self.fontMetrics().height() // 2)
        self._size.valueChanged.connect(self.pitch_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._split, self._source, self._all):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._size)
        self._fill(Filter())

    def filter(self) -> Filter:
        """Return what is chosen."""
        return Filter(self._label.currentData(), self._split.currentData(), self._source.currentData())

    def set_filter(self, wanted: Filter) -> None:
        """Choose ``wanted`` and say so."""
        before = self.filter()
        self._fill(wanted)
        if self.filter() != before:
            self.filter_changed.emit(self.filter())

    def set_sources(self, sources: list[str]) -> None:
        """Offer these sources."""
        if sources != self._sources:
            before = self.filter()
            self._sources = list(sources)
            self.set_filter(before)

    def set_pitch(self, pitch: int) -> None:
        """Show how large cells are now."""
        self._size.setValue(pitch)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._fill(self.filter())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.activated.connect(self._on_activated)
        return combo

    def _on_activated(self) -> None:
        self._all.setVisible(self.filter().is_active)
        self.filter_changed.emit(self.filter())

    def _fill(self, wanted: Filter) -> None:
        labels = [(self.tr("All labels"), ANY), *((str(digit), digit) for digit in range(10))]
        _offer(self._label, [*labels, (self.tr("No label"), NO_LABEL)], wanted.label)
        splits = [(split_word(code), code) for code in range(len(SPLITS))]
        _offer(self._split, [(self.tr("All splits"), ANY), *splits], wanted.split)
        sources = [(source_word(source), source) for source in self._sources]
        _offer(self._source, [(self.tr("All sources"), ""), *sources], wanted.source)
        self._label.setAccessibleName(self.tr("Show digits with this label"))
        self._split.setAccessibleName(self.tr("Show digits of this split"))
        self._source.setAccessibleName(self.tr("Show digits from this source"))
        self._size.setAccessibleName(self.tr("Size of the digits"))
        self._size.setToolTip(self.tr("Size of the digits (Ctrl and mouse wheel)"))
        self._all.setText(self.tr("Show all"))
        self._all.setAccessibleName(self.tr("Show all digits"))
        self._all.setVisible(self.filter().is_active)


def _offer(combo: QComboBox, items: list[tuple[str, object]], chosen: object) -> None:
    combo.clear()
    for text, value in items:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))  # what is no longer offered becomes "all"
