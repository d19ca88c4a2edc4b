"""The curves of a training: loss, accuracy, learning rate, live, over epoch, step, images or seconds."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gui.widgets.curve_legend import CurveLegend, LegendRow
from gui.widgets.curve_picture import Figure
from gui.widgets.curve_series import AXES, EPOCH, SECONDS, RunSeries
from gui.widgets.curve_tools import CurveTools
from gui.widgets.curves import ACCURACY, LOSS, Plot, RatePlot
from gui.widgets.curves_frame import Frame, link

RATE_HEIGHT = 46  # pixels of the strip with the learning rate
ROOM_FOR_RATE = 330  # pixels of height from which that strip is shown
PREVIOUS = "previous"  # what a run is compared with unless somebody chooses


class Curves(QWidget):
    """Loss above accuracy over one x axis, with legend, axis, comparison and read-out.

    Signals:
        comparison_chosen: data of the chosen entry of ``compare_combo``.
        export_wanted: what is to be copied or saved, as ``CurveTools`` names it.

    Attributes:
        loss, accuracy: the two plots, ``lossPlot`` and ``accuracyPlot``.
        rate: the learning rate beneath them, ``ratePlot``; hidden where there is little room.
        axis_combo: ``axisCombo``; its data is one of AXES.
        compare_combo: ``compareCombo``; its data is None (nothing), PREVIOUS or a run's number.
    """

    comparison_chosen = Signal(object)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: RunSeries | None = None
        self._other: RunSeries | None = None
        self._runs: list[tuple[int, str]] = []
        self._marked = (0, 0)  # run and epoch
        self._turn = 0
        self.loss = Plot(LOSS)
        self.loss.setObjectName("lossPlot")
        self.accuracy = Plot(ACCURACY)
        self.accuracy.setObjectName("accuracyPlot")
        self.rate = RatePlot()
        self.rate.setObjectName("ratePlot")
        self.rate.setFixedHeight(RATE_HEIGHT)
        link(self.frames)
        self.tools = CurveTools()
        self.axis_combo = QComboBox()
        self.axis_combo.setObjectName("axisCombo")
        for axis in AXES:
            self.axis_combo.addItem("", axis)
        self.compare_combo = QComboBox()
        self.compare_combo.setObjectName("compareCombo")
        self.compare_combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.compare_combo.setMinimumContentsLength(16)
        self.legend = CurveLegend()
        self._lay_out()
        self.set_runs([])
        self.retranslate()
        self._paint()
        self.axis_combo.currentIndexChanged.connect(self._on_axis_chosen)
        self.compare_combo.activated.connect(self._on_comparison_chosen)
        for frame in self.frames:
            frame.looked_at.connect(self._on_looked_at)
            frame.everything_wanted.connect(self._on_everything_wanted)
            frame.zoomed.connect(self._on_zoomed)
        self.tools.everything_wanted.connect(self._on_everything_wanted)
        self.tools.smoothing_chosen.connect(self._on_smoothing_chosen)
        self.tools.rate_toggled.connect(lambda _shown: self._show_rate())
        self.tools.export_wanted.connect(self.export_wanted)

    @property
    def plots(self) -> tuple[Plot, Plot]:
        """The two plots."""
        return self.loss, self.accuracy

    @property
    def frames(self) -> tuple[Frame, ...]:
        """All plots, from top to bottom."""
        return self.loss, self.accuracy, self.rate

    @property
    def shown_runs(self) -> list[int]:
        """The numbers of the runs that are drawn."""
        return [series.run for series in (self._series, self._other) if series is not None]

    @property
    def axis(self) -> str:
        """What the x axis counts, one of AXES."""
        return str(self.axis_combo.currentData())

    @property
    def comparison(self) -> object:
        """None (nothing), PREVIOUS or a run's number."""
        return self.compare_combo.currentData()

    def show_run(self, series: RunSeries | None) -> None:
        """Show ``series`` and follow it through ``refresh``."""
        self._series = series
        self._on_looked_at(None)
        self.refresh()

    def compare_with(self, series: RunSeries | None, name: str = "") -> None:
        """Overlay ``series`` quietly, under ``name`` in the legend; None takes it away."""
        self._other = series
        self.legend.set_other(name if series is not None else "")
        for plot in self.plots:
            plot.show_other(series, self.axis)
        self._show_mark()
        self._fit()

    def mark_epoch(self, run: int, epoch: int) -> None:
        """Mark an epoch of a run, as far as it is drawn; 0, 0 takes the mark away."""
        self._marked = (run, epoch)
        self._show_mark()

    def set_runs(self, runs: list[tuple[int, str]]) -> None:
        """Offer these runs (number, name) for comparison; the choice stays where it still exists."""
        self._runs = runs
        chosen = self.comparison if self.compare_combo.count() else PREVIOUS
        blocked = self.compare_combo.blockSignals(True)
        self.compare_combo.clear()
        self.compare_combo.addItem(self.tr("Compare: previous run"), PREVIOUS)
        self.compare_combo.addItem(self.tr("Compare: nothing"), None)
        for run, name in runs:
            self.compare_combo.addItem(self.tr("Compare: {0}").format(name), run)
        self.compare_combo.setCurrentIndex(max(self.compare_combo.findData(chosen), 0))
        self.compare_combo.blockSignals(blocked)

    def refresh(self) -> None:
        """Draw what was added to the series: one setData a curve."""
        for plot in self.plots:
            plot.show_run(self._series, self.axis)
        self._show_rate()
        self._show_mark()
        self._fit()

    def refresh_one(self) -> None:
        """Draw one of the plots, each time the other one: half the time in one piece."""
        self._turn = 1 - self._turn
        plot = self.plots[self._turn]
        plot.show_run(self._series, self.axis)
        plot.fit(self._series, self._other, self.axis)

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        names = (self.tr("by epoch"), self.tr("by step"), self.tr("by images seen"), self.tr("by seconds"))
        for index, name in enumerate(names):
            self.axis_combo.setItemText(index, name)
        self.axis_combo.setAccessibleName(self.tr("Horizontal axis of the curves"))
        self.axis_combo.setToolTip(
            self.tr(
                "What the curves are drawn against. Runs on different amounts of data are compared fairly by "
                "step or by images seen, not by epoch."
            )
        )
        self.compare_combo.setAccessibleName(self.tr("Run to compare with"))
        self.compare_combo.setToolTip(self.tr("Draws another run in grey beneath this one."))
        self.set_runs(self._runs)
        self.loss.y_axis.setLabel(self.tr("Loss"))
        self.accuracy.y_axis.setLabel(self.tr("Accuracy"))
        self.loss.setAccessibleName(self.tr("Curve of the loss: how wrong the answers are; lower is better"))
        self.accuracy.setAccessibleName(
            self.tr("Curve of the accuracy: the share of right answers; higher is better")
        )
        self.rate.caption = self.tr("learning rate")
        self.rate.look_at(None)
        self.rate.setAccessibleName(
            self.tr("Curve of the learning rate: how far the parameters move in a step")
        )
        for frame in self.frames:
            frame.setToolTip(frame.accessibleName())
            frame.setWhatsThis(
                self.tr(
                    "Turn the wheel to zoom, drag to move; a double click shows everything again. With the "
                    "keyboard: arrows move the cursor, + and − zoom, Home shows everything."
                )
            )

    def figure(self, title: str) -> Figure:
        """Return the curves as a picture, under a title."""
        frames = [frame for frame in self.frames if frame.isVisible()]
        axis = self.axis_combo.currentText()
        return Figure(title, self.legend.entries(), frames, axis, self.palette(), self.font())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the learning rate where there is room."""
        super().resizeEvent(event)
        self._show_rate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.refresh()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._paint()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(LegendRow(self.legend, [self.compare_combo, self.axis_combo, self.tools]))
        for plot in self.plots:
            plot.setMinimumHeight(100)
            column.addWidget(plot, 1)
        column.addWidget(self.rate)

    def _paint(self) -> None:
        small = QFont(self.font())
        if small.pointSizeF() > 0:
            small.setPointSizeF(0.9 * small.pointSizeF())
        for plot in (*self.plots, self.rate):
            plot.paint_with(self.palette(), small)

    def _fit(self) -> None:
        for plot in (*self.plots, self.rate):
            plot.fit(self._series, self._other, self.axis)

    def _show_rate(self) -> None:
        """Draw the learning rate where it is known, wanted, and there is room; say what the legend shows."""
        series = self._series
        is_known = series is not None and len(series.rates) > 0
        seen = is_known and self.tools.rate.isChecked() and self.height() >= ROOM_FOR_RATE
        self.rate.setVisible(seen)
        self.legend.show_stop(series is not None and series.stopped_early)
        if seen:
            self.rate.show_run(series, self.axis)
            self.rate.fit(series, self._other, self.axis)

    def _show_mark(self) -> None:
        """Draw the mark where its epoch lies on the axis that is chosen."""
        run, epoch = self._marked
        at: float | None = None
        for series in (self._series, self._other):
            if series is not None and series.run == run and at is None:
                row = np.flatnonzero(series.epochs.column(EPOCH) == epoch)
                at = float(series.epoch_x(self.axis)[row[0]]) if len(row) else None
        text = self.tr("Epoch {0}").format(QLocale().toString(epoch))
        for frame in self.frames:
            frame.mark(at, text if frame is self.loss else "")

    def _on_zoomed(self) -> None:
        for frame in self.frames:
            frame.is_zoomed = True
        self.tools.show_zoomed(True)

    def _on_smoothing_chosen(self, count: int) -> None:
        for plot in self.plots:
            plot.smoothing = count
        self.refresh()

    def _on_comparison_chosen(self) -> None:
        self.comparison_chosen.emit(self.comparison)

    def _on_everything_wanted(self) -> None:
        for frame in self.frames:
            frame.show_everything()
        self.tools.show_zoomed(False)
        self._fit()

    def _on_axis_chosen(self) -> None:
        for frame in self.frames:
            frame.show_everything()
            frame.x_axis.whole = self.axis != SECONDS
        self.tools.show_zoomed(False)
        for plot in self.plots:
            plot.show_other(self._other, self.axis)
        self._on_looked_at(None)
        self.refresh()

    def _on_looked_at(self, x: float | None) -> None:
        """Say what the run, and the one it is compared with, was at the epoch nearest to ``x``."""
        series = self._series
        if x is None or series is None or not len(series.epochs):
            for frame in self.frames:
                frame.look_at(None)
            return
        at = float(series.epoch_x(self.axis)[series.nearest(x, self.axis)])
        for plot in self.plots:
            lines = [self._described(series, x, plot.quantity)]
            if self._other is not None and len(self._other.epochs):
                other = self._described(self._other, x, plot.quantity)
                lines.append(f"{self.legend.text('other')}:   {other}")
            plot.look_at(at, "\n".join(lines))
        places, rates = series.rate_line(self.axis)
        known = len(places) > 0 and at <= places[-1]
        rate = QLocale().toString(float(np.interp(at, places, rates)), "g", 3) if known else ""
        self.rate.look_at(at, self.tr("learning rate {0}").format(rate) if rate else "")

    def _described(self, series: RunSeries, x: float, quantity: str) -> str:
        locale = QLocale()
        row = series.nearest(x, self.axis)
        epoch = int(series.epochs.column(EPOCH)[row])
        parts = [self.tr("Epoch {0}").format(locale.toString(epoch))]
        for split, name in (("train", self.legend.text("train")), ("val", self.legend.text("val"))):
            value = float(series.epochs.column(f"{split}_{quantity}")[row])
            if math.isfinite(value):
                parts.append(f"{name} {figure_text(value, quantity)}")
        return "   ".join(parts)


def figure_text(value: float, quantity: str) -> str:
    """Return a loss, or an accuracy (0 … 1) in percent, as the window's language writes it."""
    if quantity == ACCURACY:
        return QLocale().toString(100 * value, "f", 2) + " %"
    return QLocale().toString(value, "f", 4)
