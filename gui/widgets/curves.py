"""The plots of a training, live: loss, accuracy and learning rate of one run, and of one beside it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette, QPen, QResizeEvent

from gui import theme
from gui.widgets.curve_series import FloatArray, RunSeries
from gui.widgets.curves_frame import ACCURACY, LONG, LOSS, RATE, Frame, finite

__all__ = ("ACCURACY", "LONG", "LOSS", "Plot", "RatePlot")


DENSE = 1_500  # single steps from which they are an area rather than a line


class Plot(Frame):
    """One quantity of the run that is shown and, quietly, of one it is compared with.

    Attributes:
        smoothing: how many points of the single steps are averaged into a line over them; 0 draws none.
    """

    def __init__(self, quantity: str) -> None:
        super().__init__(quantity)
        self.smoothing = 0
        self._line = self._area = pg.mkPen(width=1)  # of few single steps, and of many
        self.old_train = self.add_curve(z=1)
        self.old_val = self.add_curve(z=1)
        self.steps = self.add_curve(z=2)
        self.smooth = self.add_curve(z=3)
        self.train = self.add_curve(z=4)
        self.val = self.add_curve(z=5)
        self.best = pg.ScatterPlotItem(size=13, pxMode=True)
        self.best.setZValue(6)
        self.plotItem.addItem(self.best)
        self.early_stop = pg.InfiniteLine(angle=90, movable=False)
        self.early_stop.setVisible(False)
        self.plotItem.addItem(self.early_stop, ignoreBounds=True)

    # -- data ----------------------------------------------------------------------------------------

    def show_run(self, series: RunSeries | None, axis: str) -> None:
        """Draw the run's points on ``axis``; None draws nothing."""
        self.early_stop.setVisible(False)
        if series is None:
            for curve in (self.steps, self.smooth, self.train, self.val):
                curve.setData([], [])
            self.best.setData([], [])
            return
        epochs = series.epoch_x(axis)
        val = series.epochs.column(f"val_{self.quantity}") * self.scale_y
        self._show_steps(series, axis)
        train = series.epochs.column(f"train_{self.quantity}") * self.scale_y
        self.draw(self.train, epochs, train, marks=False)
        self.draw(self.val, epochs, val, marks=True)
        marked = np.flatnonzero(series.epochs.column("epoch") == series.best_epoch)
        at = marked[-1:] if len(marked) and np.isfinite(val[marked[-1]]) else marked[:0]
        self.best.setData(epochs[at], val[at])
        if series.stopped_early and len(epochs):
            self.early_stop.setValue(float(epochs[-1]))
            self.early_stop.setVisible(True)

    def _show_steps(self, series: RunSeries, axis: str) -> None:
        batches = series.steps.column(self.quantity) * self.scale_y
        known = np.isfinite(batches)  # of a stored run only the losses are known
        x, y = series.step_x(axis)[known], batches[known]
        self._paint_steps(len(x))
        self.steps.setData(x, y)
        self.smooth.setData(x, moving_mean(y, self.smoothing)) if self.smoothing else self.smooth.setData(
            [], []
        )

    def _paint_steps(self, count: int) -> None:
        """Draw so many single steps quietly enough that the epochs' lines stand out from them."""
        self.steps.setPen(self._area if count > DENSE else self._line)

    def show_other(self, series: RunSeries | None, axis: str) -> None:
        """Draw the epochs of the run it is compared with; None draws nothing."""
        for curve, split in ((self.old_train, "train"), (self.old_val, "val")):
            if series is None:
                curve.setData([], [])
            else:
                values = series.epochs.column(f"{split}_{self.quantity}") * self.scale_y
                self.draw(curve, series.epoch_x(axis), values, marks=split == "val")

    def fit(self, series: RunSeries | None, other: RunSeries | None, axis: str) -> None:
        """Show everything: x to the planned end, y from what a healthy eye needs to see."""
        shown = [run for run in (series, other) if run is not None]
        end = max([value for value in (run.end_x(axis) for run in shown) if value > 0], default=1.0)
        columns = [
            run.epochs.column(f"{split}_{self.quantity}") for run in shown for split in ("train", "val")
        ]
        if series is not None and len(series.steps):
            steps = series.steps.column(self.quantity)
            thinned = finite([steps[:: max(1, len(steps) // 2_000)]])
            if len(thinned):  # a few wild batches must not flatten the curves
                columns.append(np.quantile(thinned, (0.002, 0.998)))
        self.show_range(end, finite(columns))

    # -- looks ---------------------------------------------------------------------------------------

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        self.paint_frame(palette, font)
        chosen = theme.colors(palette)
        paper = palette.color(QPalette.ColorRole.Base)  # opaque lines: transparent ones paint 30 times slower
        quiet = theme.mixed(chosen.quiet, paper, 0.55)
        for curve, color, style in (
            (self.train, chosen.train, Qt.PenStyle.SolidLine),
            (self.val, chosen.val, Qt.PenStyle.DashLine),
            (self.old_train, quiet, Qt.PenStyle.SolidLine),
            (self.old_val, quiet, Qt.PenStyle.DashLine),
        ):
            width = curve.opts["pen"].width() if isinstance(curve.opts["pen"], QPen) else 2
            curve.setPen(pg.mkPen(color, width=width, style=style))
            curve.setSymbolBrush(pg.mkBrush(color))
            curve.setSymbolPen(None)
            curve.setSymbolSize(6)
        self._line = pg.mkPen(theme.steps(chosen.train, paper), width=1)
        self._area = pg.mkPen(theme.mixed(chosen.train, paper, 0.3), width=1)
        known = self.steps.getOriginalDataset()[0]
        self._paint_steps(0 if known is None else len(known))
        self.smooth.setPen(pg.mkPen(theme.mixed(chosen.train, paper, 0.75), width=1))
        self.early_stop.setPen(pg.mkPen(chosen.bad, width=1, style=Qt.PenStyle.DashDotLine))
        self.best.setPen(pg.mkPen(chosen.val, width=2))
        self.best.setBrush(pg.mkBrush(palette.color(QPalette.ColorRole.Base)))


class RatePlot(Frame):
    """The learning rate's schedule, a narrow strip beneath the curves.

    Attributes:
        caption: what is said in its corner while the cursor says nothing.
    """

    def __init__(self) -> None:
        super().__init__(RATE)
        self.caption = ""
        self.rate = self.add_curve(z=1)
        self.x_axis.setStyle(showValues=False, tickLength=0)
        self.plotItem.showGrid(x=False, y=False)

    def show_run(self, series: RunSeries | None, axis: str) -> None:
        """Draw the schedule of a run on ``axis``; None draws nothing."""
        x, rates = series.rate_line(axis) if series is not None else (np.empty(0), np.empty(0))
        self.rate.setData(x, rates)

    def fit(self, series: RunSeries | None, other: RunSeries | None, axis: str) -> None:
        """Show the whole schedule; x is that of the plots above."""
        rates = finite([series.rate_line(axis)[1]]) if series is not None else np.empty(0)
        peak = float(rates.max()) if len(rates) else 1.0
        if not self.is_zoomed:
            self.plotItem.vb.setYRange(-0.12 * peak, 1.2 * peak, padding=0)
        self.y_axis.setTicks([[(0.0, "0"), (peak, f"{peak:.3g}")]])

    def look_at(self, x: float | None, text: str = "") -> None:
        """Put the cursor's line at ``x`` and say ``text``, or else the caption."""
        super().look_at(x, text)
        self._say(text or self.caption)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "caption"):  # pyqtgraph sizes the plot while it is being made
            self._say(self.readout.text())

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        self.paint_frame(palette, font)
        self.readout.setFont(font)
        chosen = theme.colors(palette)
        paper = palette.color(QPalette.ColorRole.Base)
        self.rate.setPen(pg.mkPen(chosen.quiet, width=1))
        self.rate.setFillLevel(0.0)
        self.rate.setFillBrush(pg.mkBrush(theme.mixed(chosen.quiet, paper, 0.25)))


def moving_mean(values: FloatArray, count: int) -> FloatArray:
    """Return at each point the mean of the last ``count`` values up to it, of fewer at the beginning."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - count, 0)
    means: FloatArray = (sums[ends] - sums[starts]) / (ends - starts)
    return means
