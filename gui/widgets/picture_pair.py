"""What the model sees beside the average digit of the class that it reads, both equally large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.average_view import AverageView
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.sees_view import SIDE, ModelSeesView

LEAST, MOST = 3, 5  # screen pixels for each of the digits'


class PicturePair(QWidget):
    """Two small pictures under their names; where there is no room for both, only what the model sees.

    A layout would divide the room by the width of the names, which differs between languages.

    Attributes:
        sees: ``modelSeesView``.
        average: ``averageView``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sees, self.average = ModelSeesView(self), AverageView(self)
        self._title = ElidedLabel(self)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._title.setText(self.tr("The model sees"))

    def pixel(self) -> int:
        """Return how many screen pixels each of a digit's takes now."""
        most = self._most()
        high = (self.height() - self._line()) // SIDE
        both = min(most, high, (self.width() - self._gap()) // (2 * SIDE))
        return both if both >= LEAST else max(1, min(most, high, self.width() // SIDE))

    def sizeHint(self) -> QSize:
        """As large as they get."""
        side = self._most() * SIDE
        return QSize(2 * side + self._gap(), side + self._line())

    def minimumSizeHint(self) -> QSize:
        """What the model sees, small and alone: the answer itself comes first in a small window."""
        return QSize(LEAST * SIDE, LEAST * SIDE + self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, colours and text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
            self.updateGeometry()
            self._place()
        super().changeEvent(event)

    def _place(self) -> None:
        line, side = self._line(), self.pixel() * SIDE
        has_both = 2 * side + self._gap() <= self.width()
        column = self.width() // 2 if has_both else self.width()
        top = max(0, (self.height() - line - side) // 2)
        self._title.setGeometry(0, top, column, line)
        self.sees.setGeometry((column - side) // 2, top + line, side, side)
        self.average.setGeometry(column, top, column if has_both else 0, line + side)

    def _most(self) -> int:
        return max(LEAST, min(MOST, round(8 * self.fontMetrics().height() / SIDE)))

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def _gap(self) -> int:
        return self.fontMetrics().height() // 2

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self._title.setPalette(quiet)
