"""Ten bars: how probable the model finds each digit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.percent import certainty

DIGITS = 10
SPOKEN = 3  # answers that are read aloud
NAMED_FROM = 0.005  # a share below that is no answer


class ConfidenceBars(QWidget):
    """Shows ten probabilities, each with its digit and percent; the largest stands out.

    It stands out by colour, by a bold digit and a mark under it, so that nobody needs to see the colour. An
    unsure answer is outlined, not filled.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confidenceBars")
        self._shares: tuple[float, ...] = ()
        self._is_sure = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("How probable the model finds each digit"))
        self._describe()
        self.update()

    def shares(self) -> tuple[float, ...]:
        """Return what is shown: ten numbers 0 … 1, or none."""
        return self._shares

    def show_shares(self, shares: Sequence[float] | None, is_sure: bool = True) -> None:
        """Show ten probabilities, 0 … 1, or empty bars."""
        wanted = tuple(shares) if shares is not None else ()
        if wanted != self._shares or is_sure != self._is_sure:
            self._shares, self._is_sure = wanted, is_sure
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for a percentage over each bar and a digit under it."""
        line = self.fontMetrics().height()
        return QSize(DIGITS * (self._number_width() + line // 2), round(line * 8.5))

    def minimumSizeHint(self) -> QSize:
        """Room for the words and a bar as high as two of them."""
        return QSize(DIGITS * self._number_width(), self.fontMetrics().height() * 5)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars from one base line up, 100 % being the full height."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = self._best()
        for digit in range(DIGITS):
            self._paint_bar(painter, colors, digit, digit == best)
        painter.end()

    def _paint_bar(self, painter: QPainter, colors: theme.Colors, digit: int, is_best: bool) -> None:
        column, line = self._column(digit), float(self.fontMetrics().height())
        base, top = column.bottom() - 1.6 * line, column.top() + 1.25 * line
        share = self._shares[digit] if self._shares else 0.0
        width = min(column.width() * 0.62, 3.2 * line)
        bar = QRectF(column.center().x() - width / 2, top, width, base - top)
        window = self.palette().color(self.backgroundRole())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.mixed(colors.line, window, 0.45))
        painter.drawRoundedRect(bar, 3, 3)
        if share >= NAMED_FROM:
            filled = QRectF(bar)
            filled.setTop(base - max(2.0, share * bar.height()))
            self._paint_share(painter, colors, filled, is_best)
        text = self.palette().color(self.foregroundRole())
        if self._shares:
            painter.setPen(text if is_best or share >= NAMED_FROM else colors.quiet)
            number = QRectF(column.left(), bar.top() - 1.2 * line, column.width(), line)
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, certainty(share))
        self._paint_digit(painter, colors.accent if is_best else text, column, base, digit, is_best)

    def _paint_share(self, painter: QPainter, colors: theme.Colors, bar: QRectF, is_best: bool) -> None:
        if not is_best:
            painter.setBrush(colors.quiet)
            painter.drawRoundedRect(bar, 2, 2)
        elif self._is_sure:
            painter.setBrush(colors.accent)
            painter.drawRoundedRect(bar, 2, 2)
        else:
            painter.setBrush(colors.accent_soft)
            painter.setPen(QPen(colors.accent, 2))
            painter.drawRoundedRect(bar.adjusted(1, 1, -1, -1), 2, 2)
            painter.setPen(Qt.PenStyle.NoPen)

    def _paint_digit(
        self, painter: QPainter, color: QColor, column: QRectF, base: float, digit: int, is_best: bool
    ) -> None:
        line = float(self.fontMetrics().height())
        font = QFont(self.font())
        font.setBold(is_best)
        painter.setFont(font)
        painter.setPen(color)
        room = QRectF(column.left(), base + 0.2 * line, column.width(), line)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(digit))
        painter.setFont(self.font())
        if is_best:
            painter.setPen(QPen(color, 2))
            middle = QPointF(column.center().x(), column.bottom() - 0.15 * line)
            painter.drawLine(middle - QPointF(line / 2, 0), middle + QPointF(line / 2, 0))

    def _best(self) -> int | None:
        return self._shares.index(max(self._shares)) if self._shares else None

    def _column(self, digit: int) -> QRectF:
        width = self.width() / DIGITS
        place = digit if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else DIGITS - 1 - digit
        return QRectF(place * width, 0, width, self.height())

    def _number_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(certainty(1.0)) + 4

    def _describe(self) -> None:
        ranked = sorted(range(len(self._shares)), key=lambda digit: -self._shares[digit])[:SPOKEN]
        said = [
            self.tr("{digit}: {share}").format(digit=digit, share=certainty(self._shares[digit]))
            for digit in ranked
            if self._shares[digit] >= NAMED_FROM
        ]
        self.setAccessibleDescription(", ".join(said) or self.tr("Nothing is read"))
