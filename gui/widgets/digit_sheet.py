"""Many small pictures of digits as one pixmap, one under the other, as ink on the window's paper."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPalette, QPixmap

from gui import theme

SIDE = 28


def place_on_sheet(index: int) -> QRectF:
    """Return where picture ``index`` lies on a sheet."""
    return QRectF(0, index * SIDE, SIDE, SIDE)


def sheet_of(pixels: bytes, palette: QPalette) -> QPixmap:
    """Return the sheet of pictures of 28 · 28 bytes each, 0 paper … 255 ink."""
    if not pixels:
        return QPixmap()
    colors = theme.colors(palette)
    share = np.arange(256)[:, None] / 255
    low, high = (
        np.array([color.red(), color.green(), color.blue()])
        for color in (colors.canvas_paper, colors.canvas_ink)
    )
    levels = np.full((256, 4), 255, np.uint8)  # B, G, R, unused
    levels[:, 2::-1] = np.rint(low + share * (high - low))
    sheet = levels[np.frombuffer(pixels, np.uint8)]  # (n · 784, 4)
    rows = len(pixels) // SIDE
    return QPixmap.fromImage(QImage(sheet.data, SIDE, rows, 4 * SIDE, QImage.Format.Format_RGB32))
