"""The digit on the canvas and the digits that are watched, each with its answers through the epochs."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui import icons
from gui.widgets.answer_strip import AnswerStrip

MOST = 6  # watched digits that have room


class WatchedDigits(QWidget):
    """A strip for the digit that is written now, and one for each watched digit.

    Signals:
        place_pressed: number of the epoch's field that was pressed.
        removed: id of a digit that is to be watched no longer.

    Attributes:
        current: the strip of the digit on the canvas.
        strips: those of the watched digits, in the order of ``show_watched``.
    """

    place_pressed = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = AnswerStrip()
        self.current.place_pressed.connect(self.place_pressed)
        self.strips: list[AnswerStrip] = []
        self._rows: list[QWidget] = []
        self._buttons: list[QToolButton] = []
        self._digits: list[NDArray[np.uint8]] = []
        self._written: NDArray[np.uint8] | None = None
        self._place = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.current)

    def show_written(self, digit: NDArray[np.uint8] | None) -> None:
        """Show what is on the canvas now, (28, 28) uint8 or nothing."""
        self._written = digit
        self.current.show_digit(digit)

    def show_watched(self, watched: list[tuple[int, NDArray[np.uint8]]]) -> None:
        """Show these digits, each with its id."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.strips, self._rows, self._buttons, self._digits = [], [], [], []
        for id_, digit in watched:
            strip, button = AnswerStrip(digit), QToolButton()
            strip.place_pressed.connect(self.place_pressed)
            button.setAutoRaise(True)
            button.setObjectName(f"unwatchButton{id_}")
            button.setIcon(icons.icon("close", self.palette()))
            button.clicked.connect(partial(self.removed.emit, id_))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(strip, 1)
            line.addWidget(button)
            self._column.addWidget(row)
            self.strips.append(strip)
            self._rows.append(row)
            self._buttons.append(button)
            self._digits.append(digit)
        self.retranslate()
        self.show_place(self._place)

    def digits(self) -> NDArray[np.uint8]:
        """Return (N, 28, 28) uint8: what is written, where there is something, then what is watched."""
        written = [self._written] if self._written is not None else []
        together = [*written, *self._digits]
        return np.stack(together) if together else np.empty((0, 28, 28), np.uint8)

    def show_answers(self, answers: NDArray[np.float32], epochs: list[int]) -> None:
        """Show (E, N, 10) probabilities for ``digits()``."""
        shown = [self.current] if self._written is not None else []
        for number, strip in enumerate([*shown, *self.strips]):
            strip.show_answers(answers[:, number], epochs)

    def show_place(self, place: int) -> None:
        """Mark the epoch that is looked at."""
        self._place = place
        for strip in (self.current, *self.strips):
            strip.show_place(place)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        for button in self._buttons:
            button.setAccessibleName(self.tr("Watch this digit no longer"))
            button.setToolTip(button.accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            for button in self._buttons:
                button.setIcon(icons.icon("close", self.palette()))
        super().changeEvent(event)
