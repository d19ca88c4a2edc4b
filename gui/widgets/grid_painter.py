"""Paints the cells of the sample grid that are seen, and only those."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette, QPen, QPixmap

from gui import theme
from gui.widgets.grid_geometry import CELL_PIXELS, GridGeometry
from gui.widgets.sample_grid_model import NO_LABEL, SampleGridModel

RIM = 1  # the level that means "between the cells" in a mosaic; digits lose that one level to 0
SMALLEST_LABELLED = 30  # pixels; below that a label would hide the digit


class GridPainter:
    """Turns the visible rows into one picture and draws it once, then labels and marks on top.

    One scaled picture instead of hundreds: each call into Qt costs microseconds, a row of pixels nothing.
    """

    def __init__(self) -> None:
        self._key: tuple[int, int, float] | None = None
        self._levels: NDArray[np.uint32] = np.zeros(256, np.uint32)
        self._labels: list[QPixmap] = []

    def prepare(self, palette: QPalette, font: QFont, pitch: int, ratio: float) -> None:
        """Take over colours and sizes; cheap while they stay the same."""
        key = (palette.cacheKey(), pitch, ratio)
        if key == self._key:
            return
        self._key = key
        self._colors = theme.colors(palette)
        self._levels = _levels(self._colors.canvas_paper, self._colors.canvas_ink)
        self._labels = [
            _label_pixmap(
                "?" if label == NO_LABEL else str(label), self._label_color(label), font, pitch, ratio
            )
            for label in range(NO_LABEL, 10)
        ]

    def paint(
        self, painter: QPainter, model: SampleGridModel, geometry: GridGeometry, area: QRect, current: int
    ) -> None:
        """Paint what lies in ``area`` of the content; the painter's origin is the content's."""
        rows = geometry.rows_in(area.top(), area.bottom())
        positions = np.arange(
            rows.start * geometry.columns, min(rows.stop * geometry.columns, geometry.count), dtype=np.intp
        )
        if not len(positions):
            return
        shown = model.shown[positions]
        picture = self._mosaic(model.images[shown], len(rows), geometry.columns)
        image = QImage(
            picture.data,
            picture.shape[1],
            picture.shape[0],
            picture.strides[0],
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        pitch, columns = geometry.pitch, geometry.columns
        target = QRectF(geometry.left, rows.start * pitch, columns * pitch, len(rows) * pitch)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)
        if pitch >= SMALLEST_LABELLED:
            self._paint_labels(painter, model.labels[shown], positions, geometry)
        for position in positions[model.selected[shown]].tolist():
            self._paint_selected(painter, geometry.rect(position))
        if positions[0] <= current <= positions[-1]:
            self._paint_current(painter, geometry.rect(current))

    def _mosaic(self, images: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.uint32]:
        """Return the digits side by side, rims clear: (rows × CELL_PIXELS, columns × CELL_PIXELS) ARGB."""
        levels = np.full((rows * columns, CELL_PIXELS, CELL_PIXELS), RIM, np.uint8)
        inside = levels[: len(images), 1:-1, 1:-1]
        inside[:] = images
        inside[inside == RIM] = 0
        sheet = levels.reshape(rows, columns, CELL_PIXELS, CELL_PIXELS).transpose(0, 2, 1, 3)
        return self._levels[sheet.reshape(rows * CELL_PIXELS, columns * CELL_PIXELS)]

    def _paint_labels(
        self, painter: QPainter, labels: NDArray[np.int8], positions: NDArray[np.intp], geometry: GridGeometry
    ) -> None:
        corner = max(2, geometry.pitch // CELL_PIXELS + 1)
        columns, pitch, left = geometry.columns, geometry.pitch, geometry.left
        for position, label in zip(positions.tolist(), labels.tolist(), strict=True):
            row, column = divmod(position, columns)
            painter.drawPixmap(left + column * pitch + corner, row * pitch + corner, self._labels[label + 1])

    def _paint_selected(self, painter: QPainter, cell: QRect) -> None:
        tint = QColor(self._colors.accent)
        tint.setAlphaF(0.22)
        painter.fillRect(cell.adjusted(1, 1, -1, -1), tint)
        painter.setPen(QPen(self._colors.accent, 2))
        painter.drawRect(cell.adjusted(1, 1, -1, -1))

    def _paint_current(self, painter: QPainter, cell: QRect) -> None:
        painter.setPen(QPen(self._colors.canvas_ink, 1, Qt.PenStyle.DotLine))
        painter.drawRect(cell.adjusted(2, 2, -3, -3))

    def _label_color(self, label: int) -> QColor:
        colors = self._colors
        wanted = colors.warning if label == NO_LABEL else colors.accent
        return theme.legible(wanted, colors.canvas_paper, theme.READABLE)


def _levels(paper: QColor, ink: QColor) -> NDArray[np.uint32]:
    """Return an ARGB colour for each grey level, 0 paper to 255 ink; the rim is clear."""
    share = np.linspace(0.0, 1.0, 256)[:, None]
    low, high = (np.array([color.red(), color.green(), color.blue()]) for color in (paper, ink))
    red, green, blue = np.rint(low + share * (high - low)).astype(np.uint32).T
    levels = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    levels[RIM] = 0
    return levels


def _label_pixmap(text: str, color: QColor, font: QFont, pitch: int, ratio: float) -> QPixmap:
    side = max(11, min(18, pitch // 4))
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    small = QFont(font)
    small.setPixelSize(side - 1)
    small.setBold(True)
    painter = QPainter(pixmap)
    painter.setFont(small)
    painter.setPen(color)
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
    painter.end()
    return pixmap
