"""Two rows of ten bars on one axis: one model's shares go up from the digits, the other's down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.percent import certainty

DIGITS = 10
NAMED_FROM = 0.005  # a share below that is no answer
Shares = tuple[float, ...]


class CompareBars(QWidget):
    """Shows two times ten probabilities; A's bars are solid, B's hatched, for eyes that see no colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareBars")
        self._shares: tuple[Shares, Shares] = ((), ())
        self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def shares(self) -> tuple[Shares, Shares]:
        """Return what is shown of A and of B: ten numbers 0 … 1 each, or none."""
        return self._shares

    def show_shares(self, first: Sequence[float] | None, second: Sequence[float] | None) -> None:
        """Show the ten probabilities of A and of B, 0 … 1; None for empty bars."""
        wanted = tuple(first or ()), tuple(second or ())
        if wanted != self._shares:
            self._shares = wanted
            self._describe()
            self.update()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("How probable A (up) and B (down) find each digit"))
        self.setToolTip(self.accessibleName())
        self._describe()

    def sizeHint(self) -> QSize:
        """Two bars with their numbers and the digits between them."""
        line = self.fontMetrics().height()
        return QSize(DIGITS * 3 * line, 12 * line)

    def minimumSizeHint(self) -> QSize:
        """Bars of half a line's height."""
        line = self.fontMetrics().height()
        return QSize(DIGITS * self.fontMetrics().horizontalAdvance("99 %"), 5 * line)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digits in the middle, A's bars over and B's under them; 100 % is the full height."""
        if self.palette().cacheKey() != self._colors_key:  # colours take longer than painting
            self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        line = self.fontMetrics().height()
        middle = self.height() / 2
        reach = middle - 0.7 * line - 1.2 * line  # of a full bar
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_digits(painter, QRectF(0, middle - 0.7 * line, self.width(), 1.4 * line))
        first, second = self._shares
        brushes = self._brushes()
        self._paint_row(painter, first, brushes[0], middle - 0.7 * line, -reach)
        self._paint_row(painter, second, brushes[1], middle + 0.7 * line, reach)
        painter.end()

    def _brushes(self) -> tuple[QBrush, QBrush]:
        hatched = QBrush(self._colors.val, Qt.BrushStyle.BDiagPattern)
        return QBrush(self._colors.train), hatched

    def _paint_digits(self, painter: QPainter, room: QRectF) -> None:
        column = self.width() / DIGITS
        best = [row.index(max(row)) for row in self._shares if row]
        for digit in range(DIGITS):
            font = QFont(self.font())
            font.setBold(digit in best)
            painter.setFont(font)
            painter.setPen(self.palette().color(self.foregroundRole()))
            place = QRectF(digit * column, room.top(), column, room.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(digit))
        painter.setFont(self.font())

    def _paint_row(self, painter: QPainter, shares: Shares, brush: QBrush, base: float, reach: float) -> None:
        """Paint ten bars from ``base``, upwards where ``reach`` is negative, with their numbers beyond."""
        line, column = self.fontMetrics().height(), self.width() / DIGITS
        width = min(0.62 * column, 3.2 * line)
        window = self.palette().color(self.backgroundRole())
        groove = theme.mixed(self._colors.line, window, 0.45)
        for digit in range(DIGITS):
            left = (digit + 0.5) * column - width / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(groove)
            painter.drawRect(QRectF(left, base, width, reach).normalized())
            share = shares[digit] if shares else 0.0
            if share >= NAMED_FROM:
                painter.setPen(QColor(brush.color()))
                painter.setBrush(brush)
                painter.drawRect(QRectF(left, base, width, share * reach).normalized())
            if shares:
                end = base + reach + (0.1 * line if reach > 0 else -1.1 * line)
                painter.setPen(
                    self.palette().color(self.foregroundRole()) if share >= NAMED_FROM else self._colors.quiet
                )
                place = QRectF(digit * column, end, column, line)
                centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
                painter.drawText(place, centred, certainty(share))

    def _describe(self) -> None:
        said = []
        for name, shares in zip("AB", self._shares, strict=True):
            if shares:
                best = shares.index(max(shares))
                said.append(f"{name}: {best} {certainty(shares[best])}")
        self.setAccessibleDescription(", ".join(said) or self.tr("Nothing is read"))
