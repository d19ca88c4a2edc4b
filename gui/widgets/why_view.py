"""Why: which ink speaks for an answer, which training digits are nearest, what other ways of laying it do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui import theme
from gui.document_session import DocumentSession
from gui.live_reader import Reading
from gui.messages import sentence_of
from gui.model_choice import ModelChoice
from gui.why_reader import Why, WhyReader, WhyWork
from gui.widgets.percent import certainty
from gui.widgets.why_bars import PickBars
from gui.widgets.why_heat import HeatLegend, HeatMap
from gui.widgets.why_strip import Item, PictureStrip
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.inference.neighbours import Nearest
    from engine.inference.variations import Variation

COLUMNS = 8
UNSURE = "?"
Words = Callable[[], str]  # asked again when the language changes


class WhyView(QScrollArea):
    """Explains the answer to what is drawn, or why another digit is not the answer; only while it is seen.

    Args:
        session, models: of the window.
        work: what its workers do.

    Attributes:
        bars: ``whyBars``: the answer, and the choice of the digit that is explained.
        sentence: ``whySentence``.
        covering, gradient: ``occlusionMap``, ``gradientMap``.
        near, near_words: ``nearestDigits`` and ``nearestSentence``.
        varied: ``variedDigits``.
    """

    def __init__(
        self, session: DocumentSession, models: ModelChoice, work: WhyWork, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("whyView")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reading = Reading()
        self._words: Words = lambda: ""
        self._picked: int | None = None
        self._why: Why | None = None
        self._nearest: Nearest | None = None
        self._looked: tuple[int, int] | None = None  # training digits looked at, of all
        self._error: EngineError | None = None
        self._reader = WhyReader(session, models, work, self)
        self._make()
        self._arrange()
        self.bars.picked.connect(self._on_picked)
        self._reader.explained.connect(self._on_explained)
        self._reader.looking.connect(self._on_looking)
        self._reader.failed.connect(self._on_failed)
        self._dress()
        self.retranslate()

    def show_reading(self, reading: Reading, words: Words) -> None:
        """Explain the answer of ``reading`` when the pen rests; without an answer ``words`` tell why."""
        self._reading, self._words = reading, words
        if self.isVisible():
            self._follow()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what runs; True when no thread is left."""
        return self._reader.shutdown(timeout_ms)

    def showEvent(self, event: QShowEvent) -> None:
        """Explain what was drawn meanwhile."""
        super().showEvent(event)
        self._follow(at_once=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        super().hideEvent(event)
        self._reader.forget()

    # -- what it shows -------------------------------------------------------------------------------

    def _follow(self, at_once: bool = False) -> None:
        """Bring the tab to the newest reading."""
        prepared, prediction = self._reading.prepared, self._reading.prediction
        if prepared is None or prediction is None:
            self._picked = None
            self._reader.forget()
            self._clear()
            return
        self.bars.show_shares(prediction.probabilities, prediction.is_digit)
        label = self._picked if self._picked is not None else prediction.label
        self.bars.show_picked(label)
        for part in (self.covering, self.gradient, self.near, self.varied):
            part.show_stale()
        self._reader.ask(prepared.digit, label, at_once)
        self._say()

    def _clear(self) -> None:
        self._why, self._nearest = None, None
        self.bars.show_shares(None)
        self.bars.show_picked(None)
        self.covering.show_heat(None)
        self.gradient.show_heat(None)
        self.near.show_items([])
        self.varied.show_items([])
        self._say()

    def _on_picked(self, digit: int) -> None:
        if self._reading.prediction is not None:
            self._picked = digit
            self._follow(at_once=True)

    def _on_explained(self, why: Why) -> None:
        self._why = why
        self.covering.show_heat(why.digit, why.occlusion)
        self.gradient.show_heat(why.digit, why.gradient)
        if why.nearest is not None:
            self._nearest, self._error = why.nearest, None
        self._show_strips()
        self._say()

    def _on_looking(self, done: int, total: int) -> None:
        if total == 0:  # another model looks: what the one before found is not its own
            self._nearest, self._error = None, None
        self._looked = (done, total) if total else None
        self._say_near()

    def _on_failed(self, error: EngineError) -> None:
        self._error = error
        self._say_near()

    def _show_strips(self) -> None:
        why = self._why
        if why is None:
            return
        answer = self._reading.prediction.label if self._reading.prediction is not None else why.label
        self.varied.show_items([self._varied_item(each, answer) for each in why.variations])
        if why.nearest is not None:
            near = zip(why.nearest.images, why.nearest.labels.tolist(), strict=True)
            self.near.show_items([Item(image, "", str(label), label == answer) for image, label in near])
        elif self._nearest is None:
            self.near.show_items([])

    def _varied_item(self, variation: Variation, answer: int) -> Item:
        read = variation.prediction
        share = certainty(read.trust).replace("> ", ">")  # there is little room
        under = f"{read.label}: {share}" if read.is_digit else UNSURE
        is_same = read.is_digit and read.label == answer
        page = np.ascontiguousarray(variation.page)
        return Item(page, self._kinds().get(variation.kind.value, ""), under, is_same)

    # -- what it says --------------------------------------------------------------------------------

    def _say(self) -> None:
        prediction = self._reading.prediction
        if prediction is None:
            text = self._words()
        else:
            label = self._picked if self._picked is not None else prediction.label
            if label == prediction.label:
                text = self.tr("Why {0}? Other bars can be pressed.").format(label)
            else:
                text = self.tr("Why {other}, and not {label}?").format(other=prediction.label, label=label)
        self.sentence.setText(text)
        self.sentence.setAccessibleName(text)
        label_words = "" if self._why is None else str(self._why.label)
        self._legend.show_ends(
            self.tr("against {0}").format(label_words).rstrip(),
            self.tr("for {0}").format(label_words).rstrip(),
        )
        self._say_near()

    def _say_near(self) -> None:
        text = self._near_sentence()
        if text != self.near_words.text():
            self.near_words.setText(text)
            self.near_words.setAccessibleName(text)

    def _near_sentence(self) -> str:
        if self._reading.prediction is None:
            return self.tr("The training digits nearest to yours, as the model sees them:")
        if self._error is not None:
            return sentence_of(self._error)
        near = self._nearest
        locale = QLocale()
        if near is None and self._looked is None:
            return self.tr("Looking for the nearest training digits…")
        if near is None:
            done, total = (locale.toString(count) for count in self._looked or (0, 0))
            return self.tr("Looking through the training digits: {done} of {total}…").format(
                done=done, total=total
            )
        if not len(near.labels):
            return self.tr("There are no training digits to compare with.")
        counts = np.bincount(near.labels, minlength=10)
        common = int(near.labels[counts[near.labels].argmax()])  # of equally many the nearest one's
        said = self.tr("Of the {n} nearest, %n is/are labelled {digit}", "", int(counts.max()))
        said = said.format(n=len(near.labels), digit=common)
        among = locale.toString(near.looked_at)
        if near.is_starter:
            where = self.tr("(of {n} starter digits, compared in the last hidden layer)")
        elif near.looked_at < near.digits:
            where = self.tr("(of {n} of its {all} training digits, compared in the last hidden layer)")
        else:
            where = self.tr(
                "(of the %Ln digit(s) it learnt from, compared in the last hidden layer)", "", near.looked_at
            )
        return f"{said} {where.format(n=among, all=locale.toString(near.digits))}"

    def _kinds(self) -> dict[str, str]:
        """Return what each variation is called, in a word that has room over a small picture."""
        return {
            "moved": self.tr("moved"),
            "turned_left": self.tr("turned ↺"),
            "turned_right": self.tr("turned ↻"),
            "smaller": self.tr("smaller"),
            "wider": self.tr("wider"),
            "thinner": self.tr("thinner"),
            "thicker": self.tr("thicker"),
            "inverted": self.tr("inverted"),
        }

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Why the model answers so"))
        self._covering_title.setText(self.tr("Pieces covered"))
        self._gradient_title.setText(self.tr("Gradient"))
        self.covering.setAccessibleName(self.tr("How much the answer loses where a piece of ink is covered"))
        self.gradient.setAccessibleName(self.tr("How much each pixel of ink adds to the answer"))
        self.covering.setToolTip(
            self.tr("A small square of paper is laid on each place: how much does the answer lose?")
        )
        self.gradient.setToolTip(
            self.tr("Integrated gradients: what each pixel adds on the way from blank paper to your digit")
        )
        self._caution.setText(
            self.tr(
                "Careful: this shows which ink this one answer leans on. It does not prove what the model"
                " understands, ink that is missing shows nowhere, and the two ways can disagree."
            )
        )
        self.near.setAccessibleName(self.tr("Nearest training digits, with their labels"))
        self._varied_title.setText(
            self.tr("The same digit laid otherwise, put through the same preparation and read again:")
        )
        self.varied.setAccessibleName(self.tr("Answers to the digit laid otherwise"))
        self._show_strips()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    # -- building ------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.bars = PickBars()
        self.sentence, self.near_words = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.sentence.setObjectName("whySentence")
        self.near_words.setObjectName("nearestSentence")
        self.covering, self.gradient = HeatMap("occlusionMap"), HeatMap("gradientMap")
        self._covering_title, self._gradient_title = QLabel(), QLabel()
        self._legend = HeatLegend()
        self._caution = QLabel(wordWrap=True)
        self._caution.setObjectName("whyCaution")
        self.near = PictureStrip("nearestDigits", COLUMNS, has_heads=False)
        self._varied_title = QLabel(wordWrap=True)
        self.varied = PictureStrip("variedDigits", COLUMNS, has_heads=True)

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        maps = QHBoxLayout()
        maps.setSpacing(line // 2)
        for title, heat in (
            (self._covering_title, self.covering),
            (self._gradient_title, self.gradient),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(heat)
            column.addStretch(1)
            maps.addLayout(column)
        words = QVBoxLayout()
        words.addWidget(self.sentence)
        words.addWidget(self._legend)
        words.addWidget(self._caution)
        words.addStretch(1)
        maps.addLayout(words, 1)
        body = Body()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, line // 3, 0, 0)
        column.setSpacing(line // 3)
        column.addWidget(self.bars)
        column.addLayout(maps)
        column.addWidget(self.near_words)
        column.addWidget(self.near)
        column.addWidget(self._varied_title)
        column.addWidget(self.varied)
        column.addStretch(1)
        self.setWidget(body)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        for label in (self._covering_title, self._gradient_title, self._caution, self._varied_title):
            label.setPalette(quiet)


class Body(QWidget):
    """What scrolls: its pictures shrink before a scroll bar comes."""

    def heightForWidth(self, width: int) -> int:
        """Return the least height in which every word can be read."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1
