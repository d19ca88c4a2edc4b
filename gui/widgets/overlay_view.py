"""Many runs over one another: loss beside accuracy, a band for repetitions, one cursor through all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from gui.widgets.curve_picture import Entry, Figure
from gui.widgets.curve_series import AXES, SECONDS
from gui.widgets.curve_tools import CurveTools
from gui.widgets.curves_frame import ACCURACY, LOSS, link
from gui.widgets.curves_overlay import STEPS, WHICH, Band, Line, OverlayPlot, column_of


@dataclass(frozen=True, slots=True)
class At:
    """What a run was at one place.

    Attributes:
        epoch: the epoch.
        loss: of it; nan where it is not known.
        accuracy: of it, 0 … 1; nan where it is not known.
    """

    epoch: int
    loss: float
    accuracy: float


class Overlay(QWidget):
    """The curves of the runs that are chosen.

    Signals:
        read: {run: At, or None behind its end} under the cursor; None when the cursor is gone.
        export_wanted: what is to be copied or saved, as ``CurveTools`` names it.
        steps_wanted: single steps are to be drawn now: their points are needed.

    Attributes:
        loss, accuracy: the plots, ``runsLossPlot`` and ``runsAccuracyPlot``.
        axis_combo, which_combo: what x counts, and which curves are drawn.
    """

    read = Signal(object)
    export_wanted = Signal(str)
    steps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._bands: Sequence[Band] = ()
        self._names: dict[int, str] = {}
        self._smoothing = 0
        self.loss, self.accuracy = OverlayPlot(LOSS), OverlayPlot(ACCURACY)
        self.loss.setObjectName("runsLossPlot")
        self.accuracy.setObjectName("runsAccuracyPlot")
        link(self.plots)
        self.title = QLabel()
        self.which_combo = _combo("runsWhichCombo", WHICH)
        self.axis_combo = _combo("runsAxisCombo", AXES)
        self.tools = CurveTools()
        self.tools.rate.setVisible(False)
        self._lay_out()
        self.retranslate()
        self._paint()
        self.which_combo.currentIndexChanged.connect(self._on_which)
        self.axis_combo.currentIndexChanged.connect(self._on_axis)
        for plot in self.plots:
            plot.looked_at.connect(self._on_looked_at)
            plot.everything_wanted.connect(self._on_everything_wanted)
            plot.zoomed.connect(self._on_zoomed)
        self.tools.everything_wanted.connect(self._on_everything_wanted)
        self.tools.smoothing_chosen.connect(self._on_smoothing)
        self.tools.export_wanted.connect(self.export_wanted)

    def add_choice(self, widget: QWidget) -> None:
        """Put a choice of the owner's beside the others."""
        self._row.insertWidget(1, widget)

    @property
    def plots(self) -> tuple[OverlayPlot, OverlayPlot]:
        """The two plots."""
        return self.loss, self.accuracy

    @property
    def axis(self) -> str:
        """What x counts, one of AXES."""
        return str(self.axis_combo.currentData())

    @property
    def which(self) -> str:
        """Which curves are drawn, one of WHICH."""
        return str(self.which_combo.currentData())

    @property
    def shows_steps(self) -> bool:
        """Whether single steps are drawn."""
        return self.which == STEPS

    @property
    def shown_runs(self) -> list[int]:
        """The numbers of the runs that are drawn."""
        return [line.series.run for line in self._lines]

    @property
    def is_read(self) -> bool:
        """Whether a cursor stands over the curves."""
        return self.loss.cursor_line.isVisible()

    def show_runs(self, lines: Sequence[Line], bands: Sequence[Band], names: dict[int, str]) -> None:
        """Draw runs and bands; ``names`` says what a picture calls each run, or the first of a band."""
        self._lines, self._bands, self._names = lines, bands, names
        self._on_looked_at(None)
        self.refresh()

    def refresh(self) -> None:
        """Draw everything anew."""
        for plot in self.plots:
            plot.show_runs(self._lines, self._bands, self.axis, self.which, self._smoothing)

    def figure(self, title: str) -> Figure:
        """Return the curves as a picture, under a title."""
        members = {line.series.run for line in self._lines if line.is_member}
        entries = [
            Entry(self._names[line.series.run], line.look.pen(), True)
            for line in self._lines
            if line.series.run not in members
        ]
        if not self.shows_steps:
            entries += [Entry(self._names[-band.members[0].run], band.look.pen()) for band in self._bands]
        axis = f"{self.axis_combo.currentText()} – {self.which_combo.currentText()}"
        return Figure(title, entries, self.plots, axis, self.palette(), self.font())

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        axes = (self.tr("by epoch"), self.tr("by step"), self.tr("by images seen"), self.tr("by seconds"))
        for index, name in enumerate(axes):
            self.axis_combo.setItemText(index, name)
        self.axis_combo.setAccessibleName(self.tr("Horizontal axis of the curves"))
        self.axis_combo.setToolTip(
            self.tr("Runs on different amounts of data are compared fairly by step or by images seen.")
        )
        kinds = (self.tr("Validation"), self.tr("Training"), self.tr("Single steps"))
        for index, name in enumerate(kinds):
            self.which_combo.setItemText(index, name)
        self.which_combo.setAccessibleName(self.tr("Which curves are drawn"))
        self.which_combo.setToolTip(
            self.tr("A run that held nothing back for validation is drawn by its training digits.")
        )
        self.title.setText(self.tr("○ best epoch   × stopped early   ◆ baseline"))
        self.loss.y_axis.setLabel(self.tr("Loss"))
        self.accuracy.y_axis.setLabel(self.tr("Accuracy"))
        self.loss.setAccessibleName(self.tr("Loss of the chosen runs; lower is better"))
        self.accuracy.setAccessibleName(self.tr("Accuracy of the chosen runs; higher is better"))
        for plot in self.plots:
            plot.setToolTip(plot.accessibleName())
            plot.setWhatsThis(
                self.tr(
                    "Turn the wheel to zoom, drag to move; a double click shows everything again. With the "
                    "keyboard: arrows move the cursor, + and − zoom, Home shows everything."
                )
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._paint()

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout()
        row.addWidget(self.title, 1)
        for widget in (self.which_combo, self.axis_combo, self.tools):
            row.addWidget(widget)
        beside = QSplitter()
        for plot in self.plots:
            plot.setMinimumSize(160, 110)
            beside.addWidget(plot)
        beside.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(beside, 1)

    def _paint(self) -> None:
        small = QFont(self.font())
        if small.pointSizeF() > 0:
            small.setPointSizeF(0.9 * small.pointSizeF())
        for plot in self.plots:
            plot.paint_with(self.palette(), small)

    # -- what is chosen and pointed at ---------------------------------------------------------------

    def _on_which(self) -> None:
        if self.shows_steps:
            self.steps_wanted.emit()
        self._on_everything_wanted()
        self.refresh()

    def _on_axis(self) -> None:
        for plot in self.plots:
            plot.x_axis.whole = self.axis != SECONDS
        self._on_everything_wanted()
        self._on_looked_at(None)
        self.refresh()

    def _on_smoothing(self, count: int) -> None:
        self._smoothing = count
        self.refresh()

    def _on_zoomed(self) -> None:
        for plot in self.plots:
            plot.is_zoomed = True
        self.tools.show_zoomed(True)

    def _on_everything_wanted(self) -> None:
        self.tools.show_zoomed(False)
        for plot in self.plots:
            plot.show_everything()
            plot.fit()

    def _on_looked_at(self, x: float | None) -> None:
        """Say what every run was at ``x``: its nearest epoch; nothing behind its end."""
        for plot in self.plots:
            plot.look_at(x)
        self.read.emit(None if x is None else {line.series.run: self._at(line, x) for line in self._lines})

    def _at(self, line: Line, x: float) -> At | None:
        series = line.series
        places = series.epoch_x(self.axis)
        if not len(places) or not np.isfinite(places).all():
            return None
        gap = places[-1] / len(places)
        if x > places[-1] + gap / 2:
            return None
        return at_row(line, series.nearest(x, self.axis), self.which)


def at_row(line: Line, row: int, which: str) -> At:
    """Return what a run was in one row of its epochs."""
    epochs = line.series.epochs
    loss, accuracy = (float(epochs.column(column_of(line.series, which, q))[row]) for q in (LOSS, ACCURACY))
    return At(int(epochs.column("epoch")[row]), loss, accuracy)


def best_of(line: Line, which: str) -> At | None:
    """Return what a run was in its best epoch, or in its last where none was best."""
    epochs = line.series.epochs.column("epoch")
    if not len(epochs):
        return None
    rows = np.flatnonzero(epochs == line.series.best_epoch)
    at = at_row(line, int(rows[-1]) if len(rows) else len(epochs) - 1, which)
    return at if math.isfinite(at.loss) else None


def _combo(name: str, values: Sequence[str]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for value in values:
        combo.addItem("", value)
    return combo
