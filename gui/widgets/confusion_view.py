"""Which digit is taken for which: ten rows of ten counts, and beside each row how much of it is right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.events import Confusion
from gui import theme
from gui.widgets.percent import percent

DIGITS = 10
BAR_COLUMNS = 3.2  # room of a row's bar, in columns
SPOKEN = 3  # mistakes that are read aloud


class ConfusionView(QWidget):
    """Paints a confusion matrix: rows are true digits, columns answers, mistakes redder the more there are.

    The bar at the end of a row is the share of that digit that is read right.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionTable")
        self._confusion: Confusion | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def confusion(self) -> Confusion | None:
        """Return what is shown."""
        return self._confusion

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show ten rows (true digit) of ten counts (answer), or that there is nothing to show."""
        if confusion != self._confusion:
            self._confusion = confusion
            self._describe()
            self.update()

    def shares(self) -> list[float | None]:
        """Return of each digit 0 … 9 the share that is read right; None where there is none of it."""
        if self._confusion is None:
            return [None] * DIGITS
        return [row[digit] / sum(row) if sum(row) else None for digit, row in enumerate(self._confusion)]

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Which digit is taken for which"))
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for four figures in each field."""
        line = self.fontMetrics().height()
        width = self.fontMetrics().horizontalAdvance("0000")
        return QSize(round((DIGITS + 1 + BAR_COLUMNS) * width), round(1.45 * (DIGITS + 2) * line))

    def minimumSizeHint(self) -> QSize:
        """Room for three figures in each field."""
        line = self.fontMetrics().height()
        width = self.fontMetrics().horizontalAdvance("000")
        return QSize(round((DIGITS + 1 + BAR_COLUMNS) * width), (DIGITS + 2) * line)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say under the pointer what a field means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint head, fields and bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors(self.palette())
        column, row = self._steps()
        painter.setPen(colors.quiet)
        title = QRectF(column, 0, DIGITS * column, row)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.tr("answer →   (rows: the true digit)"))
        painter.drawText(
            QRectF((DIGITS + 1) * column, 0, BAR_COLUMNS * column, 2 * row),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            self.tr("read right"),
        )
        for digit in range(DIGITS):
            head = QRectF((digit + 1) * column, row, column, row)
            side = QRectF(0, (digit + 2) * row, column, row)
            for place in (head, side):
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(digit))
        if self._confusion is None:
            room = QRectF(column, 2 * row, (DIGITS + BAR_COLUMNS) * column, DIGITS * row)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.accessibleDescription()
            )
            return
        self._paint_fields(painter, colors)
        self._paint_bars(painter, colors)

    def _paint_fields(self, painter: QPainter, colors: theme.Colors) -> None:
        assert self._confusion is not None
        paper = self.palette().base().color()
        painter.setFont(_small(self.font()))
        for true, counts in enumerate(self._confusion):
            total = max(1, sum(counts))
            for answer, count in enumerate(counts):
                field = self._field(true, answer)
                share = count / total
                tint = colors.good if true == answer else colors.bad
                strength = 0.55 * share if true == answer else min(0.75, 0.12 + 2.0 * share)
                ground = theme.mixed(tint, paper, strength) if count else paper
                painter.fillRect(field.adjusted(0.5, 0.5, -0.5, -0.5), ground)
                if count:
                    painter.setPen(_readable_on(ground))
                    painter.drawText(field, Qt.AlignmentFlag.AlignCenter, str(count))

    def _paint_bars(self, painter: QPainter, colors: theme.Colors) -> None:
        column, row = self._steps()
        line = self.palette().windowText().color()
        for digit, share in enumerate(self.shares()):
            if share is None:
                continue
            room = QRectF((DIGITS + 1.15) * column, (digit + 2.25) * row, 1.5 * column, 0.5 * row)
            painter.setPen(QPen(colors.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room)
            filled = QRectF(room.left(), room.top(), share * room.width(), room.height())
            painter.fillRect(filled, colors.accent)
            painter.setPen(line)
            words = QRectF(room.right(), (digit + 2) * row, 1.55 * column, row)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, percent(share))

    def _steps(self) -> tuple[float, float]:
        """Return the width of a column and the height of a row."""
        return self.width() / (DIGITS + 1 + BAR_COLUMNS), self.height() / (DIGITS + 2)

    def _field(self, true: int, answer: int) -> QRectF:
        column, row = self._steps()
        return QRectF((answer + 1) * column, (true + 2) * row, column, row)

    def _told_at(self, x: int, y: int) -> str:
        column, row = self._steps()
        answer, true = int(x / column) - 1, int(y / row) - 2
        if self._confusion is None or not (0 <= answer < DIGITS and 0 <= true < DIGITS):
            return self.accessibleDescription()
        count, total = self._confusion[true][answer], sum(self._confusion[true])
        return self.tr("Read as {answer}: {count} of {total} that are a {true}.").format(
            count=count, total=total, true=true, answer=answer
        )

    def _describe(self) -> None:
        if self._confusion is None:
            self.setAccessibleDescription(self.tr("Without validation digits there is nothing to count."))
            return
        wrong = [
            (count, true, answer)
            for true, counts in enumerate(self._confusion)
            for answer, count in enumerate(counts)
            if true != answer and count
        ]
        said = [
            self.tr("{true} taken for {answer}: {count}").format(true=true, answer=answer, count=count)
            for count, true, answer in sorted(wrong, key=lambda item: -item[0])[:SPOKEN]
        ]
        self.setAccessibleDescription("; ".join(said) or self.tr("All of them are read right."))


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if small.pointSizeF() > 0:
        small.setPointSizeF(0.9 * small.pointSizeF())
    return small


def _readable_on(ground: QColor) -> QColor:
    white, black = QColor("#ffffff"), QColor("#10141a")
    return white if theme.contrast(white, ground) >= theme.contrast(black, ground) else black
