"""The plots of an experiment: one quantity against the varied setting, and the runs over each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette

from gui import theme
from gui.widgets.curve_series import FloatArray

MARGIN = 0.08  # of the values' span, above and below
LEAST_SPAN = 1e-9


class _ExperimentPlot(pg.PlotWidget):
    """What both plots share: looks, and that they only show."""

    def __init__(self) -> None:
        super().__init__()
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plotItem.showGrid(x=False, y=True, alpha=0.18)
        self.plotItem.vb.disableAutoRange()
        for side in ("left", "bottom"):
            self.plotItem.getAxis(side).enableAutoSIPrefix(False)

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        chosen = theme.colors(palette)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for side in ("left", "bottom"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(pg.mkPen(chosen.line))
            axis.setTextPen(pg.mkPen(palette.color(QPalette.ColorRole.Text)))
            axis.setTickFont(font)
        room = self.fontMetrics().horizontalAdvance("100000") + 12
        self.plotItem.getAxis("left").setWidth(room)  # pyqtgraph leaves labels out that are too wide

    def _fit(self, x_high: float, values: FloatArray, low: float | None = None) -> None:
        known = values[np.isfinite(values)]
        if not len(known):
            return
        bottom, top = float(known.min()), float(known.max())
        span = max(top - bottom, abs(top) * 0.05, LEAST_SPAN)
        bottom = low if low is not None else bottom - MARGIN * span
        self.plotItem.vb.setRange(
            xRange=(-0.5, x_high + 0.5), yRange=(bottom, top + 2 * MARGIN * span), padding=0
        )


class PointPlot(_ExperimentPlot):
    """One quantity, a point a value of the varied setting; points are evenly spaced.

    Attributes:
        main, second: the curves; the second is drawn dashed, with the interval of its points.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self.main = self.plot([], [], symbol="o")
        self.second = self.plot([], [], symbol="s")
        self.interval = pg.ErrorBarItem(x=np.empty(0), y=np.empty(0), beam=0.15)
        self.plotItem.addItem(self.interval)
        self.plotItem.vb.sigResized.connect(self._name_places)

    def show_points(
        self,
        names: Sequence[str],
        values: Sequence[float | None],
        second: Sequence[float | None] = (),
        interval: Sequence[tuple[float, float] | None] = (),
        from_zero: bool = False,
    ) -> None:
        """Draw ``values`` (None: no point) over ``names``; ``interval`` (low, high) belongs to ``second``."""
        self._names = list(names)
        self._name_places()
        main, other = _array(values), _array(second)
        self._set(self.main, main)
        self._set(self.second, other)
        ends = [ends if ends is not None else (np.nan, np.nan) for ends in interval]
        low, high = np.array(ends, float).reshape(-1, 2).T
        known = np.isfinite(low)
        middle = other[: len(low)]
        self.interval.setData(
            x=np.flatnonzero(known).astype(float),
            y=middle[known],
            top=(high - middle)[known],
            bottom=(middle - low)[known],
        )
        everything = np.concatenate([main, other, low, high])
        self._fit(max(1, len(names) - 1), everything, 0.0 if from_zero else None)

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``."""
        super().paint_with(palette, font)
        chosen = theme.colors(palette)
        width = round(2 * self.devicePixelRatioF())
        for curve, color, style in (
            (self.main, chosen.train, Qt.PenStyle.SolidLine),
            (self.second, chosen.val, Qt.PenStyle.DashLine),
        ):
            curve.setPen(pg.mkPen(color, width=width, style=style))
            curve.setSymbolBrush(pg.mkBrush(color))
            curve.setSymbolPen(None)
            curve.setSymbolSize(7)
        self.interval.setData(pen=pg.mkPen(chosen.val, width=1))

    def _name_places(self, *_: object) -> None:
        """Name every place, or every second, third … where the names would run into each other."""
        letters = self.fontMetrics()
        needed = max((letters.horizontalAdvance(f"{name}00") for name in self._names), default=0)
        every = max(1, math.ceil(needed * len(self._names) / max(1.0, self.plotItem.vb.width())))
        ticks = [(place, name) for place, name in enumerate(self._names) if place % every == 0]
        self.plotItem.getAxis("bottom").setTicks([ticks])

    @staticmethod
    def _set(curve: pg.PlotDataItem, values: FloatArray) -> None:
        known = np.isfinite(values)
        curve.setData(np.flatnonzero(known).astype(float), values[known])


class RunsPlot(_ExperimentPlot):
    """The same curve of several runs over each other, each named at its end.

    Attributes:
        curves: one a run, in the order of ``show_runs``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.curves: list[pg.PlotDataItem] = []
        self._labels: list[pg.TextItem] = []
        self._palette: QPalette | None = None
        self._font = QFont()

    def show_runs(self, runs: Sequence[tuple[str, FloatArray, FloatArray]]) -> None:
        """Draw (name, x, y) of each run; the order of the names is the order of the colours."""
        for item in (*self.curves, *self._labels):
            self.plotItem.removeItem(item)
        self.curves, self._labels = [], []
        xs, ys = [np.zeros(1)], [np.empty(0)]
        ends: list[tuple[float, float, pg.TextItem]] = []
        for name, x, y in runs:
            known = np.isfinite(y)
            curve = self.plot(x[known], y[known], symbol="o" if known.sum() <= 60 else None)
            label = pg.TextItem(name, anchor=(0, 0.5))
            if known.any():
                ends.append((float(y[known][-1]), float(x[known][-1]), label))
                self.plotItem.addItem(label, ignoreBounds=True)
            self.curves.append(curve)
            self._labels.append(label)
            xs.append(x[known])
            ys.append(y[known])
        span = float(np.ptp(np.concatenate(ys))) if ends else 0.0
        _spread(ends, 1.1 * max(span, 1.0) * self.fontMetrics().height() / max(100, self.height()))
        end = float(np.concatenate(xs).max())
        self._fit(end, np.concatenate(ys))
        self.plotItem.vb.setXRange(0, 1.22 * end if end else 1.0, padding=0)  # room for the names
        if self._palette is not None:
            self.paint_with(self._palette, self._font)

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``."""
        super().paint_with(palette, font)
        self._palette, self._font = palette, font
        chosen = theme.colors(palette)
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
        count = len(self.curves)
        for number, (curve, label) in enumerate(zip(self.curves, self._labels, strict=True)):
            share = number / max(1, count - 1)
            color = QColor(theme.mixed(chosen.val, chosen.train, share))
            curve.setPen(pg.mkPen(color, width=round(2 * self.devicePixelRatioF()), style=styles[number % 3]))
            curve.setSymbolBrush(pg.mkBrush(color))
            curve.setSymbolPen(None)
            curve.setSymbolSize(5)
            label.setColor(palette.color(QPalette.ColorRole.Text))
            label.setFont(font)


def _spread(ends: list[tuple[float, float, pg.TextItem]], gap: float) -> None:
    """Put each label at the end (y, x) of its curve, moved up to be ``gap`` above the one below."""
    ends.sort(key=lambda end: end[0])
    last = -math.inf
    for y, x, label in ends:
        last = max(y, last + gap)
        label.setPos(x, last)


def _array(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], np.float64)
