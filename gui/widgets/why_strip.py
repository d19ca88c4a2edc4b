"""A row of small pictures with a word over and an answer under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.why_heat import STALE

MOST = 56  # pixels of a picture's side: two for each of a digit's
GAP = 3  # pixels between two pictures, and between a picture and its words


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One picture.

    Attributes:
        picture: (H, H) uint8 as it is painted, 0 dark … 255 light.
        over: a word or two over it; empty for none.
        under: what it is, or is read as.
        is_same: False where that differs from the answer: it is marked.
    """

    picture: NDArray[np.uint8]
    over: str
    under: str
    is_same: bool = True


class PictureStrip(QWidget):
    """Shows up to ``columns`` pictures in one row.

    Args:
        name: its object name.
        columns: how many have room.
        has_heads: whether there are words over the pictures.
    """

    def __init__(self, name: str, columns: int, has_heads: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._columns = columns
        self._has_heads = has_heads
        self._items: list[Item] = []
        self._is_stale = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def items(self) -> list[Item]:
        """Return what is shown."""
        return list(self._items)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these pictures."""
        self._items, self._is_stale = list(items), False
        self.setAccessibleDescription(", ".join(f"{item.over} {item.under}".strip() for item in items))
        self.update()

    def show_stale(self) -> None:
        """Fade: what is shown belongs to an older drawing."""
        if not self._is_stale and self._items:
            self._is_stale = True
            self.update()

    def sizeHint(self) -> QSize:
        """Pictures as large as they get."""
        return QSize(self._columns * 4 * self._line(), self._words() + MOST)

    def minimumSizeHint(self) -> QSize:
        """Pictures of two lines' height."""
        return QSize(self._columns * 5 * self._line() // 2, self._words() + 2 * self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row; an answer that differs is bold, underlined and in the accent colour."""
        colors = theme.colors(self.palette())
        column, line = self.width() / self._columns, self._line()
        side = int(min(column - 2 * GAP, self.height() - self._words(), MOST))
        top = line + GAP if self._has_heads else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(STALE if self._is_stale else 1.0)
        for number, item in enumerate(self._items[: self._columns]):
            left = number * column
            painter.setPen(colors.quiet)
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
            painter.drawText(QRectF(left, 0, column, line), centred, item.over)
            square = QRect(int(left + (column - side) / 2), top, side, side)
            height, width = item.picture.shape
            pixels = np.ascontiguousarray(item.picture)
            painter.drawImage(
                square, QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
            )
            painter.setPen(QPen(colors.line, 1))
            painter.drawRect(square.adjusted(0, 0, -1, -1))
            self._paint_answer(painter, colors, item, QRectF(left, top + side + GAP, column, line))
        painter.end()

    def _paint_answer(self, painter: QPainter, colors: theme.Colors, item: Item, room: QRectF) -> None:
        font = QFont(self.font())
        font.setBold(not item.is_same)
        font.setUnderline(not item.is_same)
        painter.setFont(font)
        text = self.palette().color(self.foregroundRole())
        painter.setPen(text if item.is_same else colors.accent)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, item.under)
        painter.setFont(self.font())

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _words(self) -> int:
        """Return the height of all that is no picture."""
        return (2 if self._has_heads else 1) * (self._line() + GAP)
