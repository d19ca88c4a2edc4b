"""The plot of one quantity of a training, live: the only file that knows pyqtgraph."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel

from gui import theme
from gui.widgets.curve_series import FloatArray, RunSeries

LONG = 150  # points from which a curve is drawn thin and without anti-aliasing
LABEL_ROOM = 10  # pixels, half the height of a label
MARKED = 60  # points up to which each epoch has its own marker
LOSS, ACCURACY = "loss", "accuracy"


class NumberAxis(pg.AxisItem):
    """Numbers as the window's language writes them; counts have no fractions."""

    def __init__(self, orientation: str, *, percent: bool = False, whole: bool = False) -> None:
        super().__init__(orientation)
        self.whole = whole
        self._percent = percent
        self.enableAutoSIPrefix(False)

    def boundingRect(self) -> QRectF:
        """Leave room for the labels at both ends: with a grid pyqtgraph drops those that reach beyond it."""
        rect: QRectF = super().boundingRect()
        half = LABEL_ROOM if self.orientation == "left" else 0
        return rect.adjusted(0, -half, 0, half)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """Keep whole numbers only where the axis counts, each of them on a short run."""
        levels = super().tickSpacing(minVal, maxVal, size)
        return [(max(gap, 1), offset) for gap, offset in levels] if self.whole else levels

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of the ticks."""
        locale = QLocale()
        digits = max(0, math.ceil(-math.log10(spacing))) if spacing < 1 else 0
        unit = " %" if self._percent else ""
        return [locale.toString(float(value), "f", digits) + unit for value in values]


class Plot(pg.PlotWidget):
    """One quantity of the run that is shown and, quietly, of one it is compared with.

    Signals:
        looked_at: the x under the pointer or the keyboard's cursor; None when it is gone.
        everything_wanted: a zoom is to end.
    """

    looked_at = Signal(object)
    everything_wanted = Signal()

    def __init__(self, quantity: str) -> None:
        self.y_axis = NumberAxis("left", percent=quantity == ACCURACY)
        self.x_axis = NumberAxis("bottom", whole=True)
        super().__init__(axisItems={"left": self.y_axis, "bottom": self.x_axis})
        self.quantity = quantity
        self._scale = 100.0 if quantity == ACCURACY else 1.0
        self._zoomed = False
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.plotItem.showGrid(x=False, y=True, alpha=0.18)
        self.plotItem.setContentsMargins(0, 4, 8, 0)
        self.y_axis.setStyle(autoExpandTextSpace=False, autoReduceTextSpace=False)
        self.plotItem.vb.setDefaultPadding(0.0)
        self.plotItem.vb.disableAutoRange()
        self.plotItem.vb.sigRangeChangedManually.connect(self._on_zoomed)
        self.old_train = self._curve(z=1)
        self.old_val = self._curve(z=1)
        self.steps = self._curve(z=2)
        self.train = self._curve(z=4)
        self.val = self._curve(z=5)
        self.best = pg.ScatterPlotItem(size=13, pxMode=True)
        self.best.setZValue(6)
        self.plotItem.addItem(self.best)
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line.setVisible(False)
        self.plotItem.addItem(self.cursor_line, ignoreBounds=True)
        self.readout = QLabel(self)
        self.readout.setAutoFillBackground(True)
        self.readout.setMargin(3)
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.hide()

    def _curve(self, z: float) -> pg.PlotDataItem:
        curve = pg.PlotDataItem(autoDownsampleFactor=1.0)  # a highest and a lowest value for each pixel
        curve.setZValue(z)
        self.plotItem.addItem(curve)
        curve.setDownsampling(auto=True, method="peak")  # after addItem, which sets the plot's own choice
        curve.setClipToView(True)
        return curve

    # -- data ----------------------------------------------------------------------------------------

    def show_run(self, series: RunSeries | None, axis: str) -> None:
        """Draw the run's points on ``axis``; None draws nothing."""
        if series is None:
            for curve in (self.steps, self.train, self.val):
                curve.setData([], [])
            self.best.setData([], [])
            return
        epochs = series.epoch_x(axis)
        val = series.epochs.column(f"val_{self.quantity}") * self._scale
        batches = series.steps.column(self.quantity) * self._scale
        known = np.isfinite(batches)  # of a stored run only the losses are known
        self.steps.setData(series.step_x(axis)[known], batches[known])
        self._draw(self.train, epochs, series.epochs.column(f"train_{self.quantity}") * self._scale)
        self._draw(self.val, epochs, val)
        marked = np.flatnonzero(series.epochs.column("epoch") == series.best_epoch)
        at = marked[-1:] if len(marked) and np.isfinite(val[marked[-1]]) else marked[:0]
        self.best.setData(epochs[at], val[at])

    def show_other(self, series: RunSeries | None, axis: str) -> None:
        """Draw the epochs of the run it is compared with; None draws nothing."""
        for curve, split in ((self.old_train, "train"), (self.old_val, "val")):
            if series is None:
                curve.setData([], [])
            else:
                values = series.epochs.column(f"{split}_{self.quantity}") * self._scale
                self._draw(curve, series.epoch_x(axis), values)

    def _draw(self, curve: pg.PlotDataItem, x: FloatArray, y: FloatArray) -> None:
        """One setData; a short curve is drawn thick and smooth, a long one thin, as fast as it goes."""
        known = np.isfinite(y)
        if not known.all():  # pyqtgraph stumbles over points without a place
            x, y = x[known], y[known]
        is_long = len(x) > LONG
        pen: QPen = curve.opts["pen"]
        width = 1 if is_long else round(2 * self.devicePixelRatioF())  # cosmetic pens count device pixels
        if isinstance(pen, QPen) and pen.width() != width:
            pen = QPen(pen)
            pen.setWidth(width)
            curve.opts["pen"] = pen
        curve.opts["antialias"] = not is_long
        marks = "o" if 0 < len(x) <= MARKED and (curve in (self.val, self.old_val) or len(x) == 1) else None
        curve.setData(x, y, symbol=marks)

    def fit(self, series: RunSeries | None, other: RunSeries | None, axis: str) -> None:
        """Show everything: x to the planned end, y from what a healthy eye needs to see."""
        if self._zoomed:
            return
        ends = [shown.end_x(axis) for shown in (series, other) if shown is not None]
        end = max([value for value in ends if value > 0], default=1.0)
        low, high = self._y_range([shown for shown in (series, other) if shown is not None], series)
        self.plotItem.vb.setRange(xRange=(0.0, end * 1.01), yRange=(low, high), padding=0)

    def _y_range(self, shown: list[RunSeries], series: RunSeries | None) -> tuple[float, float]:
        columns = [
            run.epochs.column(f"{split}_{self.quantity}") for run in shown for split in ("train", "val")
        ]
        values = np.concatenate(columns) if columns else np.empty(0)
        values = values[np.isfinite(values)]
        if series is not None and len(series.steps):
            steps = series.steps.column(self.quantity)
            thinned = steps[:: max(1, len(steps) // 2_000)]
            thinned = thinned[np.isfinite(thinned)]
            if len(thinned):  # a few wild batches must not flatten the curves
                values = np.concatenate([values, np.quantile(thinned, (0.002, 0.998))])
        if not len(values):
            return (0.0, 104.0) if self.quantity == ACCURACY else (0.0, 2.5)
        if self.quantity == LOSS:
            top = max(1.08 * float(values.max()), 1e-3)
            return -0.04 * top, top  # room for a marker on the zero line
        floor = 10 * math.floor(10 * float(values.min()) - 0.2)
        low = float(min(max(floor, 0), 90))
        return low, 100 + 0.04 * (100 - low)

    # -- looks ---------------------------------------------------------------------------------------

    def paint_with(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        chosen = theme.colors(palette)
        text = palette.color(QPalette.ColorRole.Text)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in (self.x_axis, self.y_axis):
            axis.setPen(pg.mkPen(chosen.line))
            axis.setTextPen(pg.mkPen(text))
            axis.setTickFont(font)
        self.y_axis.setWidth(round(self.fontMetrics().horizontalAdvance("100.0 %") + 14))
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
        self.steps.setPen(pg.mkPen(theme.mixed(chosen.train, paper, 0.38), width=1))
        self.best.setPen(pg.mkPen(chosen.val, width=2))
        self.best.setBrush(pg.mkBrush(palette.color(QPalette.ColorRole.Base)))
        self.cursor_line.setPen(pg.mkPen(chosen.quiet, width=1, style=Qt.PenStyle.DotLine))

    # -- pointer and keyboard ------------------------------------------------------------------------

    def look_at(self, x: float | None, text: str = "") -> None:
        """Put the cursor's line at ``x`` and say ``text`` in the corner; None hides both."""
        self.cursor_line.setVisible(x is not None)
        self.readout.setVisible(x is not None)
        if x is not None:
            self.cursor_line.setValue(x)
            self.readout.setText(text)
            self.readout.adjustSize()
            top = 6 if self.quantity == LOSS else self.height() - self.readout.height() - 34
            self.readout.move(self.width() - self.readout.width() - 14, top)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at: QPointF = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        low, high = self.plotItem.vb.viewRange()[0]
        self.looked_at.emit(at.x() if low <= at.x() <= high else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.looked_at.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again after a zoom."""
        self.everything_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the cursor; Home shows everything again."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            low, high = self.plotItem.vb.viewRange()[0]
            old = self.cursor_line.value() if self.cursor_line.isVisible() else low
            move = (high - low) / 100 * (1 if event.key() == Qt.Key.Key_Right else -1)
            self.looked_at.emit(min(max(old + move, low), high))
        elif event.key() == Qt.Key.Key_Home:
            self.everything_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_everything(self) -> None:
        """Forget a zoom: the next ``fit`` shows all points."""
        self._zoomed = False

    def _on_zoomed(self) -> None:
        self._zoomed = True
