"""One digit through the epochs of a training: what the model read it as, and how sure it was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.percent import certainty

SIDE = 28


class AnswerStrip(QWidget):
    """Paints the digit, then a field an epoch: the answer, on a ground the stronger the surer it is.

    Signals:
        place_pressed: number of the field that was pressed, from 0.
    """

    place_pressed = Signal(int)

    def __init__(self, digit: NDArray[np.uint8] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit = digit
        self._answers: NDArray[np.float32] = np.empty((0, 10), np.float32)
        self._epochs: list[int] = []
        self._place = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_digit(self, digit: NDArray[np.uint8] | None) -> None:
        """Show another digit, (28, 28) uint8; its answers come later."""
        self._digit = digit
        self.show_answers(np.empty((0, 10), np.float32), [])

    def show_answers(self, answers: NDArray[np.float32], epochs: list[int]) -> None:
        """Show (E, 10) probabilities and the numbers of their epochs."""
        self._answers, self._epochs = answers, epochs
        self._describe()
        self.update()

    def show_place(self, place: int) -> None:
        """Mark the field of the epoch that is looked at."""
        self._place = place
        self._describe()
        self.update()

    def labels(self) -> list[int]:
        """Return the answer of each epoch."""
        return [int(label) for label in self._answers.argmax(axis=1)] if len(self._answers) else []

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("A digit through the epochs"))
        self.setToolTip(self.tr("What the model read after each epoch; a stronger ground is a surer answer"))
        self._describe()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(10 * SIDE, round(2.2 * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(4 * SIDE, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the epoch under the pointer."""
        left, width = self._fields()
        place = int((event.position().x() - left) / width) if width else -1
        if event.position().x() >= left and 0 <= place < len(self._answers):
            self.place_pressed.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digit and its answers."""
        painter = QPainter(self)
        colors = theme.colors(self.palette())
        side = self.height() - 4
        if self._digit is not None:
            image = QImage(
                np.ascontiguousarray(self._digit).data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8
            )
            painter.drawImage(QRect(2, 2, side, side), image)
        left, width = self._fields()
        letter = self.fontMetrics().horizontalAdvance("0")
        paper = self.palette().base().color()
        for place, row in enumerate(self._answers):
            label, sure = int(row.argmax()), float(row.max())
            field = QRectF(left + place * width, 2, width, side)
            ground = theme.mixed(colors.accent, paper, 0.75 * max(0.0, (sure - 0.1) / 0.9))
            painter.fillRect(field.adjusted(0.5, 0, -0.5, 0), ground)
            if width >= letter + 1:  # else there are too many for words
                painter.setPen(_readable_on(ground))
                painter.drawText(field, Qt.AlignmentFlag.AlignCenter, str(label))
            if place == self._place:
                painter.setPen(QPen(self.palette().windowText().color(), 2))
                painter.drawRect(field.adjusted(1, 1, -1, -1))

    def _fields(self) -> tuple[float, float]:
        """Return where the first field begins, and how wide each is."""
        left = self.height() + 4.0
        count = len(self._answers)
        return left, min((self.width() - left - 1) / count, 1.0 * self.height()) if count else 0.0

    def _describe(self) -> None:
        if not 0 <= self._place < len(self._answers):
            self.setAccessibleDescription("")
            return
        row = self._answers[self._place]
        self.setAccessibleDescription(
            self.tr("After epoch {epoch}: read as {digit}, {share} sure").format(
                epoch=self._epochs[self._place], digit=int(row.argmax()), share=certainty(float(row.max()))
            )
        )


def _readable_on(ground: QColor) -> QColor:
    white, black = QColor("#ffffff"), QColor("#10141a")
    return white if theme.contrast(white, ground) >= theme.contrast(black, ground) else black
