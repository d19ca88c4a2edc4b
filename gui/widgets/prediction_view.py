"""The answer: the digit very large, how sure the model is, what it saw, and ten bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.live_reader import UNSURE as UNSURE  # the tables beside it use it too
from gui.messages import joined
from gui.widgets.confidence_bars import ConfidenceBars
from gui.widgets.number_chips import NumberChips
from gui.widgets.percent import certainty
from gui.widgets.picture_pair import PicturePair
from gui.widgets.reject_bar import RejectBar

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction
    from gui.live_reader import Reading

WORDS = 7  # least width of the sentence in lines' heights: as many Japanese letters
FILLED = 0.9  # of the sheet's width: no number is wider
RIVAL = 0.1  # a share from which another digit is worth naming
ODD = 0.5  # a share of being a digit below which it rather is none
Words = Callable[[], str]  # asked again when the language changes


class PredictionView(QWidget):
    """Shows one reading, or says why there is none.

    Attributes:
        digit: ``predictedDigit``: the digit, ``?`` when unsure, empty where nothing is read.
        confidence: how sure the model is, in percent.
        sentence: the same in words.
        pictures: what the model sees, and the average training digit of the class that is read.
        sees: ``modelSeesView``.
        average: ``averageView``.
        bars: ``confidenceBars``.
        chips: the digits of a number.
        reject: how sure an answer must be.

    Signals:
        digit_chosen: (place) this digit of a number is to be looked at.
    """

    digit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit = LargeDigit()
        self.digit.setObjectName("predictedDigit")
        self.confidence = QLabel()
        self.confidence.setObjectName("predictedConfidence")
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setObjectName("predictedSentence")
        self.pictures = PicturePair()
        self.sees, self.average = self.pictures.sees, self.pictures.average
        self.bars = ConfidenceBars()
        self.chips = NumberChips()
        self.chips.chosen.connect(self.digit_chosen)
        self.reject = RejectBar()
        self._words: Words = lambda: ""
        self._share: float | None = None
        self._arrange()
        self._dress()
        self.show_nothing()
        self.retranslate()

    def show_nothing(self, words: Words | None = None) -> None:
        """Show no answer and no picture; ``words`` tell why."""
        self.sees.show_digit(None)
        self.chips.show_digits((), 0)
        self._show_answer("", None, None, words if words is not None else lambda: self.tr("Write a digit."))

    def show_reading(self, reading: Reading, words: Words) -> None:
        """Show what the model sees and answers; without an answer ``words`` tell why."""
        prepared, prediction = reading.prepared, reading.prediction
        self.sees.show_digit(prepared.digit if prepared is not None and reading.has_ink else None)
        self.chips.show_digits(reading.digits, reading.chosen)
        if prediction is None:
            self._show_answer("", None, None, words)
            return
        text = reading.text or (str(prediction.label) if prediction.is_digit else UNSURE)
        self._show_answer(text, prediction.trust, prediction, lambda: self._explain_all(reading, prediction))

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.digit.setAccessibleName(self.tr("The model reads"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, colours and text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def _show_answer(self, text: str, share: float | None, answer: Prediction | None, words: Words) -> None:
        self.digit.setText(text)
        self._share = share
        is_sure = answer is not None and answer.is_digit
        self.bars.show_shares(answer.probabilities if answer is not None else None, is_sure)
        self._words = words
        self._say()

    def _say(self) -> None:
        self.confidence.setText(certainty(self._share) if self._share is not None else "")
        self.confidence.setVisible(self._share is not None)
        self.confidence.setAccessibleName(self.tr("How sure the model is"))
        self.confidence.setAccessibleDescription(self.confidence.text())
        self.sentence.setText(self._words())
        self.sentence.setAccessibleName(self.sentence.text())
        self.digit.setAccessibleDescription(self.sentence.text())

    def _explain_all(self, reading: Reading, answer: Prediction) -> str:
        """Say what is read, and of a number why a digit of it is in doubt, or which one is looked at."""
        count = len(reading.digits)
        if count < 2:
            return self._explain(answer)
        which = self.tr("Below: digit {place} of {count}.").format(place=reading.chosen + 1, count=count)
        number = " ".join(reading.text.split("\n"))
        if set(number) <= {UNSURE, " "}:  # there is no number to name
            return joined(self._explain(answer), which)
        read = self.tr("The model reads the number {number}.")
        if UNSURE in number:
            read = self.tr("The model reads {number}, and is not sure about the “?”.")
        read = read.format(number=number)
        return joined(read, self._explain(answer) if not answer.is_digit else which)

    def _explain(self, answer: Prediction) -> str:
        if not answer.is_digit and answer.digit_share < ODD:
            return self.tr("This does not look like a digit.")
        shares = answer.probabilities
        ranked = sorted(range(len(shares)), key=lambda digit: -shares[digit])
        first, second = ranked[0], ranked[1]
        has_rival = shares[second] >= RIVAL
        if answer.is_digit and has_rival:
            return self.tr("Probably {first}, but it could be {second}.").format(first=first, second=second)
        if answer.is_digit:
            return self.tr("The model reads {digit}.").format(digit=first)
        if has_rival:
            return self.tr("Not sure: it looks like {first} or {second}.").format(first=first, second=second)
        return self.tr("Not sure: it looks a little like {digit}.").format(digit=first)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self.confidence, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.sentence)
        words.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.digit)
        top.addSpacing(self.fontMetrics().height())
        top.addLayout(words, 1)
        top.addWidget(self.pictures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.bars, 1)
        column.addWidget(self.reject)

    def _dress(self) -> None:
        large = QFont(self.font())
        large.setPointSizeF(self.font().pointSizeF() * 2.4)
        self.confidence.setFont(large)
        # Of one size whatever it says, or each new number would have the whole page laid out anew.
        room = QFontMetrics(large).size(0, certainty(1.0))
        self.confidence.setFixedSize(room.width() + 2, room.height())
        self.sentence.setMinimumWidth(WORDS * self.fontMetrics().height())


class LargeDigit(QLabel):
    """A label that draws its text as high as it is itself, on a quiet sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Return twelve lines of ordinary text: this is what the page is about."""
        side = 12 * self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return eight lines, where the window is small."""
        side = 8 * self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square sheet and the digit in its middle."""
        side = min(self.width(), self.height())
        sheet = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if self.palette().cacheKey() != self._colors_key:  # colours take longer than painting
            self._colors_key, self._colors = self.palette().cacheKey(), theme.colors(self.palette())
        colors = self._colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.accent_soft if self.text() else theme.mixed(colors.line, colors.card, 0.25))
        painter.drawRoundedRect(sheet, 10, 10)
        if not self.text():
            return
        painter.setPen(self.palette().color(self.foregroundRole()))
        self._paint_lines(painter, sheet)

    def _paint_lines(self, painter: QPainter, sheet: QRectF) -> None:
        """Paint each line as large as the widest allows."""
        lines = self.text().split("\n")
        font = QFont(self.font())
        font.setPixelSize(max(8, int(sheet.height() / len(lines))))
        widest = max(QFontMetricsF(font).tightBoundingRect(line).width() for line in lines)
        if widest > FILLED * sheet.width():
            font.setPixelSize(max(8, int(font.pixelSize() * FILLED * sheet.width() / widest)))
        painter.setFont(font)
        step = min(sheet.height() / len(lines), 1.1 * font.pixelSize())
        for place, line in enumerate(lines):
            middle = sheet.center().y() + (place - (len(lines) - 1) / 2) * step
            ink = QFontMetricsF(font).tightBoundingRect(line)
            painter.drawText(QPointF(sheet.center().x() - ink.center().x(), middle - ink.center().y()), line)
