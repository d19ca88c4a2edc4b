"""Selecting in the sample grid: what a click, a key or a rubber band means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gui.widgets.sample_grid_model import SampleGridModel


class GridSelection:
    """The current position, where a range began, and how both change what is selected.

    Attributes:
        current: the position with the focus, -1 where the grid is empty.
        anchor: where a range selected with Shift begins.
    """

    def __init__(self, model: SampleGridModel) -> None:
        self._model = model
        self.current = -1
        self.anchor = -1

    def click(self, position: int, extend: bool, toggle: bool) -> None:
        """Select as a click does: alone, with Shift (``extend``) a range, with Ctrl (``toggle``) added."""
        if extend and self.anchor >= 0:
            self._select_range(position, keep=toggle)
        elif toggle:
            row = self._model.shown[position]
            self._model.selected[row] = not self._model.selected[row]
            self.anchor = position
        else:
            self._model.select_positions(np.array([position]))
            self.anchor = position
        self.current = position

    def move(self, position: int, extend: bool, only_look: bool) -> None:
        """Go to a position as an arrow key does; ``only_look`` (Ctrl) leaves the selection alone."""
        if not self._model.shown.size:
            return
        position = min(max(position, 0), len(self._model.shown) - 1)
        if only_look:
            self.current = position
        else:
            self.click(position, extend, toggle=False)

    def catch(self, positions: NDArray[np.intp], before: NDArray[np.bool_] | None) -> None:
        """Select what a rubber band holds, beside what was selected ``before``."""
        self._model.select_positions(positions, before)
        if len(positions):
            self.current = self.anchor = int(positions[-1])

    def everything(self) -> None:
        """Select all that is shown."""
        self._model.select_positions(np.arange(len(self._model.shown)))

    def nothing(self) -> None:
        """Select none."""
        self._model.selected[:] = False

    def place(self) -> tuple[int, int]:
        """Return what ``return_to`` needs to find the current sample again: its id and position."""
        if not 0 <= self.current < len(self._model.shown):
            return -1, self.current
        return int(self._model.ids[self._model.shown[self.current]]), self.current

    def return_to(self, place: tuple[int, int]) -> None:
        """Go back to a sample after the contents changed; where it is gone, to what took its position."""
        sample_id, position = place
        found = self._model.position_of(sample_id) if sample_id >= 0 else -1
        self.current = found if found >= 0 else min(position, len(self._model.shown) - 1)
        self.anchor = self.current

    def _select_range(self, position: int, keep: bool) -> None:
        first, last = sorted((self.anchor, position))
        before = self._model.selected.copy() if keep else None
        self._model.select_positions(np.arange(first, last + 1), before)
