"""Ten bars: how probable the model finds each digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.percent import certainty

DIGITS = 10
SPOKEN = 3  # answers that are read aloud
NAMED_FROM = 0.005  # a share below that is no answer
STEPS = 1000  # shares that differ by less look alike; a multiple of 200, where a rounded percent changes


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
        self._colors_key = -1
        self._choose_colors()
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
            before = self._looks()
            self._shares, self._is_sure = wanted, is_sure
            self._describe()
            for digit, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
                if old != new:
                    self.update(self._around(digit))

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
        """Paint the bars from one base line up, 100 % being the full height; only those that changed."""
        self._choose_colors()
        region = event.region()
        bars = {digit: self._bar(digit) for digit in range(DIGITS) if region.intersects(self._around(digit))}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._groove)
        for bar in bars.values():
            painter.drawRoundedRect(bar, 3, 3)
        self._paint_shares(painter, bars)
        self._paint_numbers(painter, bars)
        self._paint_digits(painter, bars)
        painter.end()

    def _paint_shares(self, painter: QPainter, bars: Mapping[int, QRectF]) -> None:
        best = self._best()
        for digit, bar in bars.items():
            share = self._share(digit)
            if share < NAMED_FROM:
                continue
            filled = QRectF(bar)
            filled.setTop(filled.bottom() - max(2.0, share * filled.height()))
            if digit == best and not self._is_sure:
                painter.setPen(QPen(self._colors.accent, 2))
                painter.setBrush(self._colors.accent_soft)
                filled.adjust(1, 1, -1, -1)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._colors.accent if digit == best else self._colors.quiet)
            painter.drawRoundedRect(filled, 2, 2)

    def _paint_numbers(self, painter: QPainter, bars: Mapping[int, QRectF]) -> None:
        if not self._shares:
            return
        line, width = float(self.fontMetrics().height()), self.width() / DIGITS
        text = self.palette().color(self.foregroundRole())
        for digit, bar in bars.items():
            share = self._share(digit)
            painter.setPen(text if share >= NAMED_FROM else self._colors.quiet)
            room = QRectF(bar.center().x() - width / 2, bar.top() - 1.2 * line, width, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, certainty(share))

    def _paint_digits(self, painter: QPainter, bars: Mapping[int, QRectF]) -> None:
        line, best = float(self.fontMetrics().height()), self._best()
        painter.setPen(self.palette().color(self.foregroundRole()))
        rooms = {
            digit: QRectF(bar.left(), bar.bottom() + 0.2 * line, bar.width(), line)
            for digit, bar in bars.items()
        }
        for digit, room in rooms.items():
            if digit != best:
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(digit))
        if best not in rooms:
            return
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QPen(self._colors.accent, 2))
        painter.drawText(rooms[best], Qt.AlignmentFlag.AlignCenter, str(best))
        middle = QPointF(rooms[best].center().x(), self.height() - 0.15 * line)
        painter.drawLine(middle - QPointF(line / 2, 0), middle + QPointF(line / 2, 0))

    def _choose_colors(self) -> None:
        """Work out the colours where the palette is another: that takes longer than painting."""
        key = self.palette().cacheKey()
        if key != self._colors_key:
            self._colors_key, self._colors = key, theme.colors(self.palette())
            window = self.palette().color(self.backgroundRole())
            self._groove = theme.mixed(self._colors.line, window, 0.45)

    def _share(self, digit: int) -> float:
        return self._shares[digit] if self._shares else 0.0

    def _best(self) -> int | None:
        return self._shares.index(max(self._shares)) if self._shares else None

    def _looks(self) -> list[object]:
        """Return for each digit what its bar shows, so that bars that look alike are not painted anew."""
        best = self._best()
        sure = {best: self._is_sure}
        return [
            (int(STEPS * self._share(digit)), sure.get(digit)) if self._shares else None
            for digit in range(DIGITS)
        ]

    def _around(self, digit: int) -> QRect:
        """Return a digit's column; nothing of it is painted beyond."""
        left, right = (round(place * self.width() / DIGITS) for place in (digit, digit + 1))
        return QRect(left, 0, right - left, self.height())

    def _bar(self, digit: int) -> QRectF:
        """Return the place of a bar that is full."""
        column, line = self.width() / DIGITS, float(self.fontMetrics().height())
        width = min(0.62 * column, 3.2 * line)
        top, base = 1.25 * line, self.height() - 1.6 * line
        return QRectF((digit + 0.5) * column - width / 2, top, width, base - top)

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
