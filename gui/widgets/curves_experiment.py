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
from gui.widgets.curves_frame import NumberAxis
from gui.widgets.run_looks import look_of

MARGIN = 0.08  # of the values' span, above and below
LEAST_SPAN = 1e-9
MOST_NAMED = 10  # runs up to which each is named at its end; of pairs the legend and the table say which


class _ExperimentPlot(pg.PlotWidget):
    """What both plots share: looks, and that they only show."""

    def __init__(self, bottom: pg.AxisItem | None = None) -> None:
        axes = {"left": NumberAxis("left")} | ({} if bottom is None else {"bottom": bottom})
        super().__init__(axisItems=axes)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plotItem.showGrid(x=False, y=True, alpha=0.18)
        self.plotItem.setContentsMargins(0, 8, 8, 0)  # room for half of the topmost number
        self.plotItem.vb.disableAutoRange()
        self.plotItem.getAxis("bottom").enableAutoSIPrefix(False)

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        chosen = theme.colors(palette)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for side in ("left", "bottom"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(pg.mkPen(chosen.line))
            axis.setTextPen(pg.mkPen(palette.color(QPalette.ColorRole.Text)))
            axis.setTickFont(font)
        room = self.fontMetrics().horizontalAdvance("100,000") + 12
        self.plotItem.getAxis("left").setWidth(room)  # pyqtgraph leaves labels out that are too wide

    def _fit(self, x_high: float, values: FloatArray, low: float | None = None) -> None:
        known = values[np.isfinite(values)]
        if not len(known):
            return
        bottom, top = float(known.min()), float(known.max())
        span = max(top - (bottom if low is None else low), abs(top) * 0.05, LEAST_SPAN)
        bottom = low if low is not None else bottom - MARGIN * span
        self.plotItem.vb.setRange(
            xRange=(-0.5, x_high + 0.5), yRange=(bottom, top + 2 * MARGIN * span), padding=0
        )


class PointPlot(_ExperimentPlot):
    """One quantity, a point a value of the varied setting; points are evenly spaced.

    Attributes:
        main, second: the curves; the second is drawn dashed, with the interval of its points.
        lines: in their place, one for each value of a second setting.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._palette: QPalette | None = None
        self.lines: list[pg.PlotDataItem] = []
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
        self._remove_lines()
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

    def show_lines(
        self, names: Sequence[str], lines: Sequence[Sequence[float | None]], from_zero: bool = False
    ) -> None:
        """Draw several lines of values (None: no point) over ``names``, each with a look of its own."""
        self.show_points(names, [])
        for values in lines:
            line = self.plot([], [], symbol="o")
            self._set(line, _array(values))
            self.lines.append(line)
        self._paint_lines()
        everything = np.concatenate([np.empty(0), *(_array(values) for values in lines)])
        self._fit(max(1, len(names) - 1), everything, 0.0 if from_zero else None)

    def _remove_lines(self) -> None:
        for line in self.lines:
            self.plotItem.removeItem(line)
        self.lines = []

    def _paint_lines(self) -> None:
        if self._palette is not None:
            for slot, line in enumerate(self.lines):
                _dress(line, slot, self._palette, self.devicePixelRatioF(), size=7)

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``."""
        super().paint_with(palette, font)
        self._palette = palette
        self._paint_lines()
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


class EndingAxis(NumberAxis):
    """Counts up to the end of the longest run; behind it there is only room for names."""

    def __init__(self) -> None:
        super().__init__("bottom", whole=True)
        self.end = 0.0

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Leave out what lies behind the end."""
        levels = super().tickValues(minVal, maxVal, size)
        return [(gap, [value for value in values if value <= self.end]) for gap, values in levels]


class RunsPlot(_ExperimentPlot):
    """The same curve of several runs over each other, each named at its end.

    Attributes:
        curves: one a run, in the order of ``show_runs``.
    """

    def __init__(self) -> None:
        self._counter = EndingAxis()
        super().__init__(self._counter)
        self.curves: list[pg.PlotDataItem] = []
        self._slots: Sequence[int] | None = None
        self._labels: list[pg.TextItem] = []
        self._palette: QPalette | None = None
        self._font = QFont()

    def show_runs(
        self, runs: Sequence[tuple[str, FloatArray, FloatArray]], slots: Sequence[int] | None = None
    ) -> None:
        """Draw (name, x, y) of each run; the order of the names is the order of the colours.

        With ``slots`` each has the look of its slot; those of one slot share it.
        """
        self._slots = slots
        for item in (*self.curves, *self._labels):
            self.plotItem.removeItem(item)
        self.curves, self._labels = [], []
        xs, ys = [np.zeros(1)], [np.empty(0)]
        ends: list[tuple[float, float, pg.TextItem]] = []
        for name, x, y in runs:
            known = np.isfinite(y)
            curve = self.plot(x[known], y[known], symbol="o" if known.sum() <= 60 else None)
            label = pg.TextItem(name, anchor=(0, 0.5))
            if known.any() and len(runs) <= MOST_NAMED:
                ends.append((float(y[known][-1]), float(x[known][-1]), label))
                self.plotItem.addItem(label, ignoreBounds=True)
            self.curves.append(curve)
            self._labels.append(label)
            xs.append(x[known])
            ys.append(y[known])
        everything = np.concatenate(ys)
        span = float(np.ptp(everything)) if len(everything) else 0.0
        _spread(ends, 1.1 * max(span, 1.0) * self.fontMetrics().height() / max(100, self.height()))
        end = self._counter.end = float(np.concatenate(xs).max())
        self._fit(end, everything)
        self.plotItem.vb.setXRange(
            0, (1.22 if ends else 1.04) * end if end else 1.0, padding=0
        )  # room for the names
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
            label.setColor(palette.color(QPalette.ColorRole.Text))
            label.setFont(font)
            if self._slots is not None:
                _dress(curve, self._slots[number], palette, self.devicePixelRatioF(), size=5)
                continue
            share = number / max(1, count - 1)
            color = QColor(theme.mixed(chosen.val, chosen.train, share))
            curve.setPen(pg.mkPen(color, width=round(2 * self.devicePixelRatioF()), style=styles[number % 3]))
            curve.setSymbolBrush(pg.mkBrush(color))
            curve.setSymbolPen(None)
            curve.setSymbolSize(5)


def _dress(curve: pg.PlotDataItem, slot: int, palette: QPalette, ratio: float, size: int) -> None:
    """Draw a curve with the look of its slot."""
    look = look_of(slot, palette)
    curve.setPen(look.pen(round(2 * ratio)))
    curve.setSymbolBrush(pg.mkBrush(look.color))
    curve.setSymbolPen(None)
    curve.setSymbolSize(size)


def _spread(ends: list[tuple[float, float, pg.TextItem]], gap: float) -> None:
    """Put each label at the end (y, x) of its curve, moved up to be ``gap`` above the one below."""
    ends.sort(key=lambda end: end[0])
    last = -math.inf
    for y, x, label in ends:
        last = max(y, last + gap)
        label.setPos(x, last)


def _array(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], np.float64)
