"""A batch on the table: cut from the deck, looked at, and looked at again after the update."""

from __future__ import annotations

import math
from enum import IntEnum

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QLocale,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from engine.events import BatchLook, BatchWalked
from gui import theme
from gui.widgets.digit_sheet import SIDE, place_on_sheet, sheet_of
from gui.widgets.percent import certainty
from gui.widgets.sample_words import number

DECK_ROWS = 3
GAP = 14  # pixels between two images on the table
CARD = 17  # pixels of a card of the deck
CUT = 9  # pixels between two batches of the deck
SMALLEST, LARGEST = 40, 76  # pixels of an image on the table; as large as all of them fit
MOST_LOSS = 4.0  # nats that fill a bar; a guess at random has 2.3
STAGGER = 0.5  # of the flight, by which the last card starts later than the first


class Stage(IntEnum):
    """What of a batch is seen."""

    DECK = 0  # its cards lie in the deck
    BEFORE = 1  # on the table, with the guesses before the update
    AFTER = 2  # and with those after it


class BatchTable(QWidget):
    """Paints the deck above and the batch below; cards fly from one to the other.

    Signals:
        dealt: the cards of the batch have come to the table.
    """

    dealt = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batchTable")
        self._event: BatchWalked | None = None
        self._stage = Stage.DECK
        self._cards = QPixmap()
        self._fed = QPixmap()
        self._flight = QVariantAnimation(self)
        self._flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(lambda _value: self.update())
        self._flight.finished.connect(self.dealt)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    # -- content -------------------------------------------------------------------------------------

    def set_batch(self, event: BatchWalked | None, stage: Stage = Stage.AFTER) -> None:
        """Show a batch as it is at ``stage``; None clears the table."""
        self._flight.stop()
        self._event, self._stage = event, stage
        self._take_pictures()
        self._describe()
        self.update()

    def set_stage(self, stage: Stage) -> None:
        """Show more of the batch, or less."""
        self._stage = stage
        self._describe()
        self.update()

    @property
    def stage(self) -> Stage:
        """What is seen now."""
        return self._stage

    def deal(self, milliseconds: int) -> None:
        """Let the cards come to the table; at once where the desktop asks for no animations."""
        wanted = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
        self._flight.setDuration(milliseconds if wanted else 0)
        self._flight.start()

    def shown_images(self) -> int:
        """Return how many images of the batch lie on the table; a large one does not fit."""
        return (
            0 if self._event is None else min(len(self._event.labels), math.prod(self._fitting(self._cell())))
        )

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("The images of this batch"))
        self._describe()

    def image_at(self, point: QPoint) -> int | None:
        """Return which image of the batch lies under ``point``."""
        for index in range(self.shown_images() if self._stage > Stage.DECK else 0):
            if self._place(index).adjusted(-5, 0, 5, self.fontMetrics().height() + 12).contains(point):
                return index
        return None

    def sentence(self, index: int) -> str:
        """Return what happened to one image of the batch."""
        event = self._event
        if event is None:
            return ""
        text = self.tr("Label {0}.").format(event.labels[index])
        if self._stage >= Stage.BEFORE:
            text += "\n" + self.tr("Before: {0} ({1}), loss {2}").format(*_looked(event.before, index))
        if self._stage >= Stage.AFTER:
            text += "\n" + self.tr("After: {0} ({1}), loss {2}").format(*_looked(event.after, index))
        return text

    def sizeHint(self) -> QSize:
        cell = self._cell_of(SMALLEST)
        return QSize(11 * cell.width(), self._deck_height() + 3 * cell.height())

    def minimumSizeHint(self) -> QSize:
        cell = self._cell_of(SMALLEST)
        return QSize(4 * cell.width(), self._deck_height() + cell.height())

    # -- geometry ------------------------------------------------------------------------------------

    def _deck_height(self) -> int:
        return DECK_ROWS * (CARD + 2) + 10

    def _cell_of(self, side: int) -> QSize:
        """Room for an image of ``side`` pixels, a line of text and two bars."""
        metrics = self.fontMetrics()
        return QSize(max(side, metrics.horizontalAdvance("0 → 0")) + GAP, side + metrics.height() + 20)

    def _cell(self) -> QSize:
        """Return the largest cell at which all images fit, else the smallest."""
        count = len(self._event.labels) if self._event is not None else 0
        for side in range(LARGEST, SMALLEST, -4):
            columns, rows = self._fitting(self._cell_of(side))
            if columns * rows >= count:
                return self._cell_of(side)
        return self._cell_of(SMALLEST)

    def _fitting(self, cell: QSize) -> tuple[int, int]:
        """Return the columns and rows of cells that fit."""
        rows = (self.height() - self._deck_height()) // cell.height()
        return max(1, self.width() // cell.width()), max(1, rows)

    def _place(self, index: int) -> QRectF:
        """Return where image ``index`` lies on the table."""
        cell = self._cell()
        row, column = divmod(index, self._fitting(cell)[0])
        side = cell.height() - self.fontMetrics().height() - 20
        return QRectF(column * cell.width() + 2, self._deck_height() + row * cell.height() + 2, side, side)

    def _deck(self) -> list[QRectF]:
        """Return where the cards lie in the deck that fit there, with a gap after each batch."""
        event = self._event
        if event is None:
            return []
        places: list[QRectF] = []
        x = y = 0
        in_batch = 0
        for _ in range(len(event.cards) // SIDE**2):
            if in_batch == event.batch_size:
                x, in_batch = x + CUT, 0
            if x + CARD > self.width():
                x, y = 0, y + 1
                if y == DECK_ROWS:
                    break
            places.append(QRectF(x, y * (CARD + 2), CARD, CARD))
            x, in_batch = x + CARD + 1, in_batch + 1
        return places

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the deck, then the table."""
        walked = self._event
        if walked is None:
            return
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        places, ours = self._deck(), len(walked.indices)
        is_in_deck = self._stage == Stage.DECK and self._flight.state() != QVariantAnimation.State.Running
        for index, place in enumerate(places):
            painter.setOpacity(1.0 if index >= ours or is_in_deck else 0.25)
            painter.drawPixmap(place, self._cards, place_on_sheet(index))
        painter.setOpacity(1.0)
        self._paint_marks(painter, places, colors)
        if is_in_deck:
            return
        if self._stage == Stage.DECK:
            self._paint_flight(painter, places)
            return
        for index in range(self.shown_images()):
            self._paint_image(painter, index, colors)

    def _paint_marks(self, painter: QPainter, places: list[QRectF], colors: theme.Colors) -> None:
        """Underline the cards of this batch, and mark where the deck is cut."""
        walked = self._event
        assert walked is not None
        painter.setPen(QPen(colors.accent, 2))
        for place in places[: len(walked.indices)]:
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.setPen(QPen(colors.quiet, 1, Qt.PenStyle.DashLine))
        for first in range(walked.batch_size, len(places), walked.batch_size):
            x = places[first - 1].right() + CUT / 2 + 0.5
            painter.drawLine(
                QPointF(x, places[first - 1].top() - 1), QPointF(x, places[first - 1].bottom() + 1)
            )

    def _paint_flight(self, painter: QPainter, deck: list[QRectF]) -> None:
        time, count = float(self._flight.currentValue()), self.shown_images()
        for index in range(count):
            late = STAGGER * index / max(count, 1)
            share = min(1.0, max(0.0, (time - late) / (1 - STAGGER)))
            start, end = deck[min(index, len(deck) - 1)], self._place(index)
            left, top, side = (
                begin + share * (goal - begin)
                for begin, goal in (
                    (start.left(), end.left()),
                    (start.top(), end.top()),
                    (start.width(), end.width()),
                )
            )
            painter.drawPixmap(QRectF(left, top, side, side), self._cards, place_on_sheet(index))

    def _paint_image(self, painter: QPainter, index: int, colors: theme.Colors) -> None:
        """Paint one image with its label, its guesses and its two losses."""
        walked = self._event
        assert walked is not None
        place, label = self._place(index), walked.labels[index]
        painter.drawPixmap(place, self._fed, place_on_sheet(index))
        newest = walked.after if self._stage == Stage.AFTER else walked.before
        state = colors.good if newest.guesses[index] == label else colors.bad
        painter.setPen(QPen(state, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        self._paint_label(painter, place, str(label), colors)
        line = QRectF(place.left() - 5, place.bottom() + 1, place.width() + 10, self.fontMetrics().height())
        self._paint_guesses(painter, line, index, colors)
        bar = QRectF(place.left(), line.bottom() + 2, place.width(), 4)
        pale = theme.mixed(colors.train, colors.card, 0.5)
        self._paint_bar(painter, bar, walked.before.losses[index], pale)
        if self._stage == Stage.AFTER:
            self._paint_bar(painter, bar.translated(0, 5), walked.after.losses[index], colors.train)

    def _paint_label(self, painter: QPainter, place: QRectF, label: str, colors: theme.Colors) -> None:
        small = QFont(self.font())
        small.setPixelSize(max(10, round(0.8 * self.fontMetrics().height())))
        small.setBold(True)
        painter.setFont(small)
        painter.setPen(theme.legible(colors.accent, colors.canvas_paper, theme.READABLE))
        metrics = painter.fontMetrics()
        corner = QRectF(
            place.left() + 1, place.top() + 1, metrics.horizontalAdvance(label) + 5, metrics.height()
        )
        painter.fillRect(corner, colors.canvas_paper)
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, label)
        painter.setFont(self.font())

    def _paint_guesses(self, painter: QPainter, line: QRectF, index: int, colors: theme.Colors) -> None:
        """Write “7 → 3”; a wrong guess is struck out, so that it is told apart without colour too."""
        walked = self._event
        assert walked is not None
        label, guesses = walked.labels[index], [walked.before.guesses[index]]
        if self._stage == Stage.AFTER:
            guesses.append(walked.after.guesses[index])
        metrics = self.fontMetrics()
        arrow = " → "
        width = metrics.horizontalAdvance("0") * len(guesses)
        width += metrics.horizontalAdvance(arrow) * (len(guesses) - 1)
        x = line.center().x() - width / 2
        for number_of, guess in enumerate(guesses):
            if number_of:
                painter.setPen(colors.quiet)
                painter.drawText(QRectF(x, line.top(), 60, line.height()), 0, arrow)
                x += metrics.horizontalAdvance(arrow)
            font = QFont(self.font())
            font.setBold(guess == label)
            font.setStrikeOut(guess != label)
            painter.setFont(font)
            painter.setPen(colors.good if guess == label else colors.bad)
            painter.drawText(QRectF(x, line.top(), 30, line.height()), 0, str(guess))
            painter.setFont(self.font())
            x += metrics.horizontalAdvance("0")

    def _paint_bar(self, painter: QPainter, place: QRectF, loss: float, color: QColor) -> None:
        share = min(1.0, loss / MOST_LOSS) if loss == loss else 1.0  # nan fills it
        painter.fillRect(place, theme.colors(self.palette()).line)
        painter.fillRect(QRectF(place.left(), place.top(), share * place.width(), place.height()), color)

    def _take_pictures(self) -> None:
        event = self._event
        self._cards = sheet_of(event.cards, self.palette()) if event is not None else QPixmap()
        self._fed = sheet_of(event.fed, self.palette()) if event is not None else QPixmap()

    # -- events --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tell of the image under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.image_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if index is None else self.sentence(index), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._take_pictures()

    def _describe(self) -> None:
        shown = range(self.shown_images() if self._stage > Stage.DECK else 0)
        self.setAccessibleDescription("; ".join(self.sentence(index).replace("\n", " ") for index in shown))


def _looked(look: BatchLook, index: int) -> tuple[str, str, str]:
    loss = QLocale().toString(look.losses[index], "f", 2)
    return number(look.guesses[index]), certainty(look.confidences[index]), loss
