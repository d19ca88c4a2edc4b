"""The digits of a field of the confusion matrix: in a given order, each with its label and its answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.grid_geometry import GridGeometry
from gui.widgets.grid_painter import GridPainter
from gui.widgets.percent import certainty
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import NO_LABEL, Rows, SampleGridModel
from gui.widgets.sample_words import label_word, number, source_word, split_word

SPLIT_KEYS = {Qt.Key.Key_T: 0, Qt.Key.Key_V: 1, Qt.Key.Key_E: 2}
LARGE = 64  # side of a cell, pixels


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Digits in the order in which they are to be seen.

    Attributes:
        ids: (N,) in that order.
        answers: (N,) what is read.
        sure: (N,) the probability of the answer, 0 … 1.
    """

    ids: NDArray[np.int64]
    answers: NDArray[np.int8]
    sure: NDArray[np.float32]

    @classmethod
    def none(cls) -> Listed:
        """Return no digit."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int8), np.empty(0, np.float32))


class MistakeGridModel(SampleGridModel):
    """Shows its samples in a given order and knows what each was read as."""

    def __init__(self) -> None:
        self._listed = Listed.none()
        super().__init__()

    def list_digits(self, listed: Listed) -> None:
        """Take the order and the answers of what ``reset`` brings next."""
        self._listed = listed

    def answer_at(self, position: int) -> tuple[int, float]:
        """Return the answer at a position and how sure it is."""
        return int(self._listed.answers[position]), float(self._listed.sure[position])

    def position_of(self, sample_id: int) -> int:
        """Return the position that shows a sample, -1 where none does."""
        found = np.flatnonzero(self.ids[self.shown] == sample_id)
        return int(found[0]) if len(found) else -1

    def _refilter(self) -> None:
        self.shown = self.rows_of(self._listed.ids)
        self._deselect_hidden()


class MistakePainter(GridPainter):
    """Frames each cell: the label in the corner above, the answer in the one below."""

    def __init__(self, model: MistakeGridModel) -> None:
        super().__init__()
        self._model = model

    def prepare(self, palette: QPalette, font: QFont, pitch: int, ratio: float) -> None:
        """Take over the colours too."""
        super().prepare(palette, font, pitch, ratio)
        self._font = QFont(font)
        self._font.setPixelSize(max(10, min(17, pitch // 4 - 1)))
        self._font.setBold(True)

    def _paint_labels(
        self, painter: QPainter, labels: NDArray[np.int8], positions: NDArray[np.intp], geometry: GridGeometry
    ) -> None:
        painter.setFont(self._font)
        for position, label in zip(positions.tolist(), labels.tolist(), strict=True):
            answer, _ = self._model.answer_at(position)
            cell = geometry.rect(position)
            painter.setPen(self._colors.line)
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
            room = QRectF(cell).adjusted(5, 3, -6, -4)
            painter.setPen(self._label_color(label))
            told = "?" if label == NO_LABEL else str(label)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, told)
            painter.setPen(self._answer_color(answer == label))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(answer))

    def _answer_color(self, is_right: bool) -> QColor:
        wanted = self._colors.good if is_right else self._colors.bad
        return theme.legible(wanted, self._colors.canvas_paper, theme.READABLE)


class MistakeGrid(SampleGrid):
    """A sample grid that says what was read, moves by key and goes on to the next digit after an edit.

    Signals:
        move_wanted: (ids, code) the user asks to move the selected samples to a split.
    """

    move_wanted = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._mistakes = MistakeGridModel()
        super().__init__(parent, self._mistakes, MistakePainter(self._mistakes))
        self.setObjectName("mistakeGrid")
        self.set_pitch(LARGE)

    def show_digits(self, listed: Listed, rows: Rows) -> None:
        """Show digits in their order; where the current one is gone, the one in its place is selected."""
        had = len(self.selected_ids()) > 0
        self._mistakes.list_digits(listed)
        self.reset(rows)
        current = self._selection.current
        if had and current >= 0 and not self.selected_ids():
            self._selection.click(current, extend=False, toggle=False)
            self._show_position(current)
            self._selected()

    def start_at_top(self) -> None:
        """Forget where one was: other digits come."""
        self._selection.nothing()
        self._selection.current = self._selection.anchor = -1
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected digits with T, V and E too."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        code = SPLIT_KEYS.get(Qt.Key(event.key())) if plain else None
        if code is not None and self.selected_ids():
            self.move_wanted.emit(self.selected_ids(), code)
        else:
            super().keyPressEvent(event)

    def describe(self, position: int) -> str:
        """Return a line about the sample at a position."""
        row = self.model.shown[position]
        answer, sure = self._mistakes.answer_at(position)
        return self.tr("Written {0}, read as {1} ({2}) · {3} · {4} · no. {5}").format(
            label_word(int(self.model.labels[row])),
            answer,
            certainty(sure),
            split_word(int(self.model.splits[row])),
            source_word(self.model.source_of(row)),
            number(int(self.model.ids[row])),
        )

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        super().retranslate()
        self.setAccessibleName(self.tr("Digits of the chosen cell"))
