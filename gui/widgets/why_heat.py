"""Heat maps: which ink speaks for an answer, and which against it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SIDE = 28
INK = 0.3  # how much of the ink's colour a pixel keeps that speaks neither way
STALE = 0.45  # opacity of a map of an older drawing
LEAST, MOST = 3, 5  # screen pixels for each of the digit's


class HeatMap(QWidget):
    """Shows the heat of each pixel of a digit over the digit itself.

    Blue and orange of Okabe and Ito, told apart by colour-blind eyes; what speaks neither way is the grey of
    the ink on its paper.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._digit: NDArray[np.uint8] | None = None
        self._heat = np.zeros((SIDE, SIDE), np.float32)
        self._is_stale = False
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumSize(MOST * SIDE, MOST * SIDE)
        self.setMinimumSize(LEAST * SIDE, LEAST * SIDE)

    def heat(self) -> NDArray[np.float32] | None:
        """Return what is shown, (28, 28); None where nothing is."""
        return self._heat if self._digit is not None else None

    def show_heat(self, digit: NDArray[np.uint8] | None, heat: NDArray[np.float32] | None = None) -> None:
        """Show the (28, 28) ``heat`` of (28, 28) uint8 ``digit``, or nothing."""
        self._digit = digit if heat is not None else None
        self._heat = heat if heat is not None else np.zeros((SIDE, SIDE), np.float32)
        self._is_stale, self._image = False, None
        self.update()

    def show_stale(self) -> None:
        """Fade: what is shown belongs to an older drawing."""
        if not self._is_stale and self._digit is not None:
            self._is_stale = True
            self.update()

    def sizeHint(self) -> QSize:
        """As large as it gets."""
        return QSize(MOST * SIDE, MOST * SIDE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._image = None
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map in the largest square with whole screen pixels for each of its own."""
        side = max(1, min(self.width(), self.height()) // SIDE) * SIDE
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.fillRect(square, colors.canvas_paper)
        if self._digit is not None:
            if self._image is None:
                self._image = picture_of(self._digit, self._heat, colors)
            painter.setOpacity(STALE if self._is_stale else 1.0)
            painter.drawImage(square, self._image)
            painter.setOpacity(1.0)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(0, 0, -1, -1))
        painter.end()


class HeatLegend(QWidget):
    """The colours of the maps in a bar, with what their ends mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._against, self._for = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ends(self, against: str, for_: str) -> None:
        """Say what the ends mean."""
        self._against, self._for = against, for_
        self.update()

    def sizeHint(self) -> QSize:
        """A bar over a line of words."""
        line = self.fontMetrics().height()
        return QSize(8 * line, line + line // 2 + 4)

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(5 * self.fontMetrics().height(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the words."""
        colors = theme.colors(self.palette())
        line = self.fontMetrics().height()
        bar = QRectF(0, 0, self.width(), line // 2)
        shades = QLinearGradient(bar.topLeft(), bar.topRight())
        middle = theme.mixed(colors.canvas_ink, colors.canvas_paper, INK)
        for place, color in ((0.0, colors.val), (0.5, middle), (1.0, colors.train)):
            shades.setColorAt(place, color)
        painter = QPainter(self)
        painter.fillRect(bar, shades)
        painter.setPen(colors.quiet)
        words = QRectF(0, bar.bottom() + 2, self.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self._against)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, self._for)
        painter.end()


def picture_of(digit: NDArray[np.uint8], heat: NDArray[np.float32], colors: theme.Colors) -> QImage:
    """Return the map as a picture of 28 × 28 pixels; the strongest pixel has the full colour."""
    paper, ink, good, bad = (
        np.array((color.red(), color.green(), color.blue()), np.float32)
        for color in (colors.canvas_paper, colors.canvas_ink, colors.train, colors.val)
    )
    strongest = float(np.abs(heat).max())
    share = (heat / strongest if strongest > 0 else heat)[:, :, None]
    ground = paper + (INK * digit[:, :, None].astype(np.float32) / 255) * (ink - paper)
    shade = np.where(share >= 0, good, bad)
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)  # B, G, R, unused
    pixels[:, :, 2::-1] = np.rint(ground + np.abs(share) * (shade - ground))
    return QImage(pixels.data, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()
