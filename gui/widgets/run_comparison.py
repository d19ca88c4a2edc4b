"""The runs that are chosen, side by side: curves over one another, values, differences, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from engine.data.runs import RunRecord
from gui.widgets.curve_series import RunSeries
from gui.widgets.curves_overlay import Band, Line
from gui.widgets.overlay_view import Overlay, best_of
from gui.widgets.run_looks import Look, baseline_look, look_of
from gui.widgets.run_panels import RunPanels


class RunComparison(QWidget):
    """Draws runs and says what tells them apart.

    Signals:
        looks_changed: {run: Look} of the runs that are drawn.

    Attributes:
        overlay, panels: the curves, and what stands beside them.
        bands: ``runsBandsCheck``: runs that differ in the seed alone are drawn as a band.
    """

    looks_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overlay = Overlay()
        self.panels = RunPanels()
        self.bands = QCheckBox()
        self.bands.setObjectName("runsBandsCheck")
        self.bands.setChecked(True)
        self._records: Sequence[RunRecord] = ()
        self._series: Mapping[int, RunSeries] = {}
        self._groups: Sequence[Sequence[int]] = ()
        self._baseline: int | None = None
        self._slots: dict[int, int] = {}  # a run keeps its colour while it is drawn
        self._lines: list[Line] = []
        self._looks: dict[int, Look] = {}
        self._lay_out()
        self.retranslate()
        self.overlay.read.connect(self._on_read)
        self.bands.toggled.connect(self._redraw)

    def show_runs(
        self,
        records: Sequence[RunRecord],
        series: Mapping[int, RunSeries],
        groups: Sequence[Sequence[int]],
        baseline: int | None,
    ) -> None:
        """Draw runs.

        Args:
            records: the runs, oldest first.
            series: the points of each.
            groups: the numbers of those that differ in the seed alone, two or more a group.
            baseline: the run that is pinned, if it is among them.
        """
        self._records, self._series, self._groups, self._baseline = records, series, groups, baseline
        self._redraw()

    def refresh(self) -> None:
        """Draw what was added to the curves; a cursor that somebody holds over them stays."""
        self.overlay.refresh()
        if not self.overlay.is_read:
            self._on_read(None)

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.bands.setText(self.tr("Seeds as a band"))
        self.bands.setAccessibleName(self.bands.text())
        self.bands.setToolTip(
            self.tr(
                "Runs that differ in the seed alone: from the lowest to the highest, with the median as a "
                "line. It reaches as far as all of them went; the single runs are thin lines."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._redraw()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()

    def _lay_out(self) -> None:
        self.overlay.add_choice(self.bands)
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.addWidget(self.overlay)
        beside.addWidget(self.panels)
        beside.setStretchFactor(0, 3)
        beside.setStretchFactor(1, 1)
        beside.setChildrenCollapsible(False)
        letter = self.fontMetrics().averageCharWidth()
        self.panels.setMinimumWidth(34 * letter)
        beside.setSizes([100 * letter, 46 * letter])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(beside)

    def _redraw(self) -> None:
        self._choose_looks()
        members = {run for group in self._shown_groups() for run in group}
        lines = [
            Line(
                self._series[record.id],
                self._looks[record.id],
                record.id in members and record.id != self._baseline,
            )
            for record in self._records
        ]
        lines.sort(key=lambda line: line.series.run == self._baseline)
        self._lines = lines
        bands = [
            Band([self._series[run] for run in group], self._looks[_head(group, self._baseline)])
            for group in self._shown_groups()
        ]
        self.overlay.show_runs(lines, bands, self._names())
        self.panels.show_differences(self._records)
        self._on_read(None)
        self.looks_changed.emit(self._looks)

    def _shown_groups(self) -> Sequence[Sequence[int]]:
        return self._groups if self.bands.isChecked() else ()

    def _choose_looks(self) -> None:
        """Give each run that is drawn a colour and dash of its own; runs of a group share theirs."""
        shown = [record.id for record in self._records]
        heads = {run: group[0] for group in self._shown_groups() for run in group}
        self._slots = {run: slot for run, slot in self._slots.items() if run in shown}
        for run in shown:
            if run not in self._slots:
                taken = set(self._slots.values())
                self._slots[run] = next(slot for slot in range(len(taken) + 1) if slot not in taken)
        palette = self.palette()
        self._looks = {run: look_of(self._slots[heads.get(run, run)], palette) for run in shown}
        if self._baseline in self._looks:
            self._looks[self._baseline] = baseline_look(palette)

    def _names(self) -> dict[int, str]:
        """Return what each run is called; under the first one's negative number what its band is called."""
        names = {}
        for record in self._records:
            name = self.tr("Run {0}").format(record.id)
            if record.name:
                name += f" {record.name}"
            names[record.id] = self.tr("{0} (baseline)").format(name) if record.id == self._baseline else name
        for group in self._shown_groups():
            text = self.tr("%n seeds: lowest, median, highest (runs {0})", "", len(group))
            names[-group[0]] = text.format(", ".join(str(run) for run in group))
        return names

    def _on_read(self, at: object) -> None:
        if isinstance(at, dict):
            values = at
        else:
            values = {line.series.run: best_of(line, self.overlay.which) for line in self._lines}
        ordered = {record.id: values.get(record.id) for record in self._records}
        self.panels.show_values(ordered, self._names(), self._looks, isinstance(at, dict))


def _head(group: Sequence[int], baseline: int | None) -> int:
    """Return the run whose look a band has: not the baseline's, which no other line may have."""
    return next((run for run in group if run != baseline), group[0])
