"""Where the cells of the sample grid lie: positions to rectangles and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

# A cell is the 28 pixels of a digit and a rim of one around, scaled alike.
CELL_PIXELS = 30


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """Cells in rows from the top left, in a content taller than what is seen.

    Attributes:
        pitch: side of a cell, pixels.
        width: of the viewport, pixels.
        count: cells in all.
    """

    pitch: int
    width: int
    count: int

    @property
    def columns(self) -> int:
        """Cells in a row; at least one."""
        return max(1, self.width // self.pitch)

    @property
    def rows(self) -> int:
        """Rows, the last maybe not full."""
        return -(-self.count // self.columns)

    @property
    def height(self) -> int:
        """Of the content, pixels."""
        return self.rows * self.pitch

    @property
    def left(self) -> int:
        """Where the first column begins: what is left of the width lies half on each side."""
        return max(0, (self.width - self.columns * self.pitch) // 2)

    def rect(self, position: int) -> QRect:
        """Return the cell of a position, in content pixels."""
        row, column = divmod(position, self.columns)
        return QRect(self.left + column * self.pitch, row * self.pitch, self.pitch, self.pitch)

    def position_at(self, point: QPoint) -> int:
        """Return the position at a content pixel, -1 beside the cells."""
        column = (point.x() - self.left) // self.pitch
        if not 0 <= column < self.columns or point.y() < 0:
            return -1
        position = point.y() // self.pitch * self.columns + column
        return position if position < self.count else -1

    def rows_in(self, top: int, bottom: int) -> range:
        """Return the rows that content pixels ``top`` to ``bottom`` touch."""
        first = max(0, top // self.pitch)
        return range(first, max(first, min(self.rows, bottom // self.pitch + 1)))

    def positions_in(self, area: QRect) -> NDArray[np.intp]:
        """Return the positions whose cells an area of the content touches, rising."""
        rows = self.rows_in(area.top(), area.bottom())
        first = max(0, (area.left() - self.left) // self.pitch)
        last = min(self.columns - 1, (area.right() - self.left) // self.pitch)
        if last < first or area.right() < self.left:
            return np.zeros(0, np.intp)
        columns = np.arange(first, last + 1, dtype=np.intp)
        found = (np.arange(rows.start, rows.stop, dtype=np.intp)[:, None] * self.columns + columns).ravel()
        return found[found < self.count]
