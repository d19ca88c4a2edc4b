"""A plot with its axes, zoom, cursor and read-out; what is drawn in it is others' business."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel

from gui import theme
from gui.widgets.curve_series import FloatArray

EDGE = 12  # pixels beyond the last value: half of the ring that marks the best epoch
LONG = 150  # points from which a curve is drawn without anti-aliasing
THIN = 1_000  # and from which it is drawn thin
LABEL_ROOM = 10  # pixels, half the height of a label
MARKED = 60  # points up to which each epoch has its own marker
LOSS, ACCURACY, RATE = "loss", "accuracy", "learning_rate"
ZOOM_STEP = 0.8  # of the range that stays when one zooms in with the keyboard


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


class Frame(pg.PlotWidget):
    """The plot of one quantity over x, without its curves.

    Signals:
        looked_at: the x under the pointer or the keyboard's cursor; None when it is gone.
        zoomed: somebody zoomed or moved the view.
        everything_wanted: a zoom is to end.
    """

    looked_at = Signal(object)
    zoomed = Signal()
    everything_wanted = Signal()

    def __init__(self, quantity: str) -> None:
        self.y_axis = NumberAxis("left", percent=quantity == ACCURACY)
        self.x_axis = NumberAxis("bottom", whole=True)
        super().__init__(axisItems={"left": self.y_axis, "bottom": self.x_axis})
        self.quantity = quantity
        self.scale_y = 100.0 if quantity == ACCURACY else 1.0
        self.is_zoomed = False
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.plotItem.showGrid(x=False, y=True, alpha=0.18)
        self.plotItem.setContentsMargins(0, 4, 8, 0)
        self.y_axis.setStyle(autoExpandTextSpace=False, autoReduceTextSpace=False)
        self.plotItem.vb.setDefaultPadding(0.0)
        self.plotItem.vb.disableAutoRange()
        self.plotItem.vb.sigRangeChangedManually.connect(self.note_zoom)
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line.setVisible(False)
        self.plotItem.addItem(self.cursor_line, ignoreBounds=True)
        self.mark_line = pg.InfiniteLine(
            angle=90, movable=False, label="", labelOpts={"position": 0.9, "movable": False}
        )
        self.mark_line.setVisible(False)
        self.plotItem.addItem(self.mark_line, ignoreBounds=True)
        self.readout = QLabel(self)
        self.readout.setAutoFillBackground(True)
        self.readout.setMargin(3)
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.hide()

    # -- drawing -------------------------------------------------------------------------------------

    def add_curve(self, z: float) -> pg.PlotDataItem:
        """Add an empty curve; those with a higher ``z`` lie over the others."""
        curve = pg.PlotDataItem(autoDownsampleFactor=1.0)  # a highest and a lowest value for each pixel
        curve.setZValue(z)
        self.plotItem.addItem(curve)
        curve.setDownsampling(auto=True, method="peak")  # after addItem, which sets the plot's own choice
        curve.setClipToView(True)
        return curve

    def draw(
        self,
        curve: pg.PlotDataItem,
        x: FloatArray,
        y: FloatArray,
        *,
        marks: bool,
        thick: int = 2,
        symbol: str = "o",
    ) -> None:
        """One setData; a short curve is drawn thick and smooth, a very long one thin, as fast as it goes.

        Args:
            curve: from ``add_curve``.
            x: where the points lie, float64 (N,).
            y: their values, float64 (N,); those that are nan are left out.
            marks: whether a short curve has a marker at each point; a single point always has one.
            thick: width of a curve that is not drawn thin, in pixels of the window.
            symbol: the marker, as pyqtgraph names it.
        """
        known = np.isfinite(y)
        if not known.all():  # pyqtgraph stumbles over points without a place
            x, y = x[known], y[known]
        pen: QPen = curve.opts["pen"]
        wide = thick - 1 if len(x) > THIN else thick
        width = round(wide * self.devicePixelRatioF())  # cosmetic: device pixels
        if isinstance(pen, QPen) and pen.width() != width:
            pen = QPen(pen)
            pen.setWidth(width)
            curve.opts["pen"] = pen
        curve.opts["antialias"] = len(x) <= LONG
        curve.setData(x, y, symbol=symbol if 0 < len(x) <= MARKED and (marks or len(x) == 1) else None)

    def y_range(self, values: FloatArray) -> tuple[float, float]:
        """Return the lowest and highest y from which a healthy eye sees ``values``, (N,) finite."""
        if not len(values):
            return (0.0, 104.0) if self.quantity == ACCURACY else (0.0, 2.5)
        if self.quantity != ACCURACY:
            top = max(1.08 * float(values.max()), 1e-3 if self.quantity == LOSS else 1e-9)
            return -0.04 * top, top  # room for a marker on the zero line
        floor = 10 * math.floor(10 * float(values.min()) - 0.2)
        low = float(min(max(floor, 0), 90))
        return low, 100 + 0.04 * (100 - low)

    def show_range(self, end: float, values: FloatArray) -> None:
        """Show x from 0 to ``end`` and all ``values``, (N,) finite; a zoom stays as it is."""
        if not self.is_zoomed:
            beyond = 1 + EDGE / max(self.plotItem.vb.width(), 6 * EDGE)
            self.plotItem.vb.setRange(xRange=(0.0, end * beyond), yRange=self.y_range(values), padding=0)

    def render_to(self, painter: QPainter, target: QRectF) -> None:
        """Paint the plot as it is now into ``target``, without cursor and mark; vectors stay vectors."""
        lines = (self.cursor_line, self.mark_line)
        were_visible = [line.isVisible() for line in lines]
        for line in lines:
            line.setVisible(False)
        items = [item for item in self.scene().items() if hasattr(item, "setExportMode")]
        for item in items:  # else markers come from a cache of pixels
            item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
        try:
            self.render(painter, target, self.viewport().rect(), Qt.AspectRatioMode.IgnoreAspectRatio)
        finally:
            for item in items:
                item.setExportMode(False)
            for line, was_visible in zip(lines, were_visible, strict=True):
                line.setVisible(was_visible)

    # -- looks ---------------------------------------------------------------------------------------

    def paint_frame(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of ``palette``: a light or a dark window."""
        chosen = theme.colors(palette)
        text = palette.color(QPalette.ColorRole.Text)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in (self.x_axis, self.y_axis):
            axis.setPen(pg.mkPen(chosen.line))
            axis.setTextPen(pg.mkPen(text))
            axis.setTickFont(font)
        self.y_axis.setWidth(round(self.fontMetrics().horizontalAdvance("100.0 %") + 14))
        self.cursor_line.setPen(pg.mkPen(chosen.quiet, width=1, style=Qt.PenStyle.DotLine))
        self.mark_line.setPen(pg.mkPen(chosen.accent, width=round(2 * self.devicePixelRatioF())))
        self.mark_line.label.setColor(text)
        self.mark_line.label.fill = pg.mkBrush(palette.color(QPalette.ColorRole.Base))
        self.mark_line.label.setFont(font)

    # -- pointer and keyboard ------------------------------------------------------------------------

    def look_at(self, x: float | None, text: str = "") -> None:
        """Put the cursor's line at ``x``, with ``text`` in the corner where there is one; None hides both."""
        self.cursor_line.setVisible(x is not None)
        self.readout.setVisible(x is not None and bool(text))
        if x is not None:
            self.cursor_line.setValue(x)
            if text:
                self._say(text)

    def mark(self, x: float | None, text: str = "") -> None:
        """Put a lasting mark at ``x``, with ``text`` beside it; None takes it away."""
        self.mark_line.setVisible(x is not None)
        if x is not None:
            self.mark_line.label.setFormat(text)
            self.mark_line.setValue(x)

    def _say(self, text: str) -> None:
        """Write ``text`` where the curves are least likely to be."""
        self.readout.setText(text)
        self.readout.adjustSize()
        top = {ACCURACY: self.height() - self.readout.height() - 34, RATE: 2}.get(self.quantity, 6)
        self.readout.move(self.width() - self.readout.width() - 14, max(top, 0))
        self.readout.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the read-out in its corner."""
        super().resizeEvent(event)
        if hasattr(self, "readout") and self.readout.isVisible():  # pyqtgraph sizes the plot while it is made
            self._say(self.readout.text())

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
        """Left and right move the cursor, plus and minus zoom around it; Home shows everything again."""
        low, high = self.plotItem.vb.viewRange()[0]
        at = self.cursor_line.value() if self.cursor_line.isVisible() else low
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            move = (high - low) / 100 * (1 if event.key() == Qt.Key.Key_Right else -1)
            self.looked_at.emit(min(max(at + move, low), high))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            factor = ZOOM_STEP if event.key() == Qt.Key.Key_Plus else 1 / ZOOM_STEP
            self.plotItem.vb.setXRange(at + (low - at) * factor, at + (high - at) * factor, padding=0)
            self.note_zoom()
        elif event.key() == Qt.Key.Key_Home:
            self.everything_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_everything(self) -> None:
        """Forget a zoom: the next ``show_range`` shows all points."""
        self.is_zoomed = False

    def note_zoom(self) -> None:
        """Keep the view as it is from now on."""
        self.is_zoomed = True
        self.zoomed.emit()


def link(plots: Iterable[Frame]) -> None:
    """Let plots of equal width move along x together."""
    first, *others = plots
    for plot in others:
        plot.setXLink(first)


def finite(columns: Iterable[FloatArray]) -> FloatArray:
    """Return all values that are numbers, (N,)."""
    found = [column[np.isfinite(column)] for column in columns]
    return np.concatenate(found) if found else np.empty(0)
