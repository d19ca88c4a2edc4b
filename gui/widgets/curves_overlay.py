"""One quantity of many runs: a line a run, the baseline unlike the others, a band for repetitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFont, QPalette

from gui import theme
from gui.widgets.curve_series import FloatArray, RunSeries
from gui.widgets.curves import moving_mean
from gui.widgets.curves_frame import Frame, finite
from gui.widgets.run_looks import BASELINE_MARK, Look

VAL, TRAIN, STEPS = WHICH = ("val", "train", "steps")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A run that is drawn.

    Attributes:
        series: its points.
        look: how it is drawn.
        is_member: one of a band: it is drawn thin behind it.
    """

    series: RunSeries
    look: Look
    is_member: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Runs that differ in the seed alone: lowest to highest, and the median, as far as all of them went."""

    members: Sequence[RunSeries]
    look: Look

    def shape(self, column: str, axis: str) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return places on ``axis``, lowest, median and highest value of each epoch that all runs have."""
        rows = min(len(series.epochs) for series in self.members)
        places = np.array([series.epoch_x(axis)[:rows] for series in self.members])
        values = np.array([series.epochs.column(column)[:rows] for series in self.members])
        known = np.isfinite(values).all(axis=0) & np.isfinite(places).all(axis=0)
        places, values = places[:, known], values[:, known]
        middle = np.median(values, axis=0)
        return np.median(places, axis=0), values.min(axis=0), middle, values.max(axis=0)


def column_of(series: RunSeries, which: str, quantity: str) -> str:
    """Return the column of epochs that is drawn: training where nothing was held back for validation."""
    split = TRAIN if which == TRAIN or not np.isfinite(series.epochs.column("val_loss")).any() else VAL
    return f"{split}_{quantity}"


class OverlayPlot(Frame):
    """One quantity of the runs that are chosen.

    Attributes:
        curves: the line of each run that is drawn, by its number.
        medians: the median of each band, by the number of its first run.
    """

    def __init__(self, quantity: str) -> None:
        super().__init__(quantity)
        self.curves: dict[int, pg.PlotDataItem] = {}
        self.medians: dict[int, pg.PlotDataItem] = {}
        self._items: list[object] = []  # of this picture
        self._paper = self.palette()
        self._seen: list[FloatArray] = []  # values that are to fit into the view
        self._end = 0.0

    def show_runs(
        self, lines: Sequence[Line], bands: Sequence[Band], axis: str, which: str, smoothing: int = 0
    ) -> None:
        """Draw runs and bands in place of what was there.

        Args:
            lines: the runs, the last one on top.
            bands: behind the runs.
            axis: one of AXES.
            which: ``val``, ``train`` or ``steps``.
            smoothing: points that are averaged into a line over the single steps; 0 draws none.
        """
        for item in self._items:
            self.plotItem.removeItem(item)
        self._items, self.curves, self.medians = [], {}, {}
        self._seen, self._end = [], 0.0
        for band in bands:
            if which != STEPS:
                self._draw_band(band, axis, which)
        for number, line in enumerate(lines):
            if which == STEPS:
                self._draw_steps(line, axis, smoothing, number)
            else:
                self._draw_epochs(line, axis, which, number)
        self.fit()

    def fit(self) -> None:
        """Show everything that is drawn, unless somebody has zoomed."""
        self.show_range(self._end if self._end > 0 else 1.0, finite(self._seen))

    def _draw_epochs(self, line: Line, axis: str, which: str, number: int) -> None:
        series, look = line.series, line.look
        x = series.epoch_x(axis)
        values = series.epochs.column(column_of(series, which, self.quantity))
        known = np.isfinite(x) & np.isfinite(values)
        x, values = x[known], values[known]
        curve = self._curve(10 + number + 100 * look.is_baseline)
        curve.setPen(look.pen(1) if line.is_member else look.pen())
        if line.is_member:
            curve.setPen(pg.mkPen(look.faint(self._paper), width=1))
        curve.setSymbolBrush(look.color)
        curve.setSymbolPen(None)
        curve.setSymbolSize(9 if look.is_baseline else 5)
        symbol = BASELINE_MARK if look.is_baseline else "o"
        marks = not line.is_member
        self.draw(
            curve,
            x,
            values * self.scale_y,
            marks=marks,
            thick=1 if line.is_member else look.thick,
            symbol=symbol,
        )
        self.curves[series.run] = curve
        self._note(x, values)
        if not line.is_member:
            self._mark_ends(series, look, axis, x, values)

    def _mark_ends(self, series: RunSeries, look: Look, axis: str, x: FloatArray, values: FloatArray) -> None:
        """Ring the best epoch; cross the end of a run that early stopping ended."""
        best = np.flatnonzero(series.epochs.column("epoch") == series.best_epoch)
        at = series.epoch_x(axis)[best]
        row = np.flatnonzero(np.isin(x, at))[:1]
        ring = pg.ScatterPlotItem(
            x[row], values[row] * self.scale_y, size=12, pen=pg.mkPen(look.color, width=2), brush=None
        )
        self._add(ring, 200)
        if series.stopped_early and len(x):
            end = pg.ScatterPlotItem(
                x[-1:],
                values[-1:] * self.scale_y,
                size=11,
                symbol="x",
                pen=None,
                brush=pg.mkBrush(look.color),
            )
            self._add(end, 201)

    def _draw_steps(self, line: Line, axis: str, smoothing: int, number: int) -> None:
        series = line.series
        values = series.steps.column(self.quantity)
        known = np.isfinite(values) & np.isfinite(series.step_x(axis))
        if not known.any():  # of stored runs only the losses of single steps are known
            self._draw_epochs(line, axis, TRAIN, number)
            return
        x, values = series.step_x(axis)[known], values[known]
        curve = self._curve(10 + number)
        color = line.look.faint(self._paper) if smoothing else line.look.color
        curve.setPen(pg.mkPen(color, width=1))
        curve.setData(x, values * self.scale_y)
        self.curves[series.run] = curve
        if smoothing:
            smooth = self._curve(100 + number)
            smooth.setPen(pg.mkPen(line.look.color, width=1))
            smooth.setData(x, moving_mean(values, smoothing) * self.scale_y)
        self._note(x, np.quantile(values, (0.002, 0.998)))

    def _draw_band(self, band: Band, axis: str, which: str) -> None:
        column = column_of(band.members[0], which, self.quantity)
        x, low, middle, high = band.shape(column, axis)
        if not len(x):
            return
        edges = [pg.PlotCurveItem(x, values * self.scale_y, pen=None) for values in (low, high)]
        soft = theme.mixed(band.look.color, self._paper.color(QPalette.ColorRole.Base), 0.22)
        fill = pg.FillBetweenItem(*edges, brush=pg.mkBrush(soft))
        for item in (*edges, fill):
            self._add(item, 2)
        median = self._curve(90)
        median.setPen(band.look.pen())
        self.draw(median, x, middle * self.scale_y, marks=False)
        self.medians[band.members[0].run] = median
        self._note(x, np.concatenate([low, high]))

    def _curve(self, z: float) -> pg.PlotDataItem:
        curve = self.add_curve(z)
        self._items.append(curve)
        return curve

    def _add(self, item: object, z: float) -> None:
        item.setZValue(z)  # type: ignore[attr-defined]
        self.plotItem.addItem(item, ignoreBounds=True)
        self._items.append(item)

    def _note(self, x: FloatArray, values: FloatArray) -> None:
        self._seen.append(values)
        if len(x):
            self._end = max(self._end, float(x[-1]))

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``; what is drawn takes them with the next ``show_runs``."""
        self._paper = palette
        self.paint_frame(palette, font)
