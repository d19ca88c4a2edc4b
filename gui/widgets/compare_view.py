"""Compare: what two models, or two epochs of one, answer to the same drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.compared_model import ComparedModel, Pick
from gui.document_session import DocumentSession
from gui.live_reader import Reading
from gui.messages import joined, sentence_of
from gui.model_choice import Loader, ModelChoice, ModelEntry, load_reader
from gui.widgets.compare_bars import CompareBars
from gui.widgets.compare_side import CompareSide
from gui.widgets.percent import certainty
from gui.workers import CLOSING_MS, wait_for

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction

ALIKE = 0.05  # shares that are no further apart count as the same


class CompareView(QWidget):
    """Lets two models read each drawing, while it is drawn; only while it is seen.

    Args:
        session, models: of the window.
        title_of: names a model.
        threshold: returns the trust from which an answer is given; None leaves that to each model.
        loader: loads a model in a worker; tests pass their own.

    Attributes:
        sides: A and B.
        sentence: ``compareSentence``: where they differ.
        bars: ``compareBars``.
    """

    def __init__(
        self,
        session: DocumentSession,
        models: ModelChoice,
        title_of: Callable[[ModelEntry], str],
        threshold: Callable[[], float | None] = lambda: None,
        loader: Loader = load_reader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareView")
        self._models = models
        self._threshold = threshold
        self._reading = Reading()
        self._answers: list[Prediction | None] = [None, None]
        self._compared = [ComparedModel(session, loader, self) for _ in "AB"]
        self._loaded: list[ModelEntry | None] = [None, None]  # as they were listed when they were loaded
        self.sides = [CompareSide(letter, session, title_of) for letter in "AB"]
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setObjectName("compareSentence")
        self.bars = CompareBars()
        self._arrange()
        for number, (side, compared) in enumerate(zip(self.sides, self._compared, strict=True)):
            side.picked.connect(partial(self._load, number))
            compared.changed.connect(self._follow)
        models.listed.connect(self._on_listed)
        session.document_changed.connect(self._on_document_changed)
        self.retranslate()

    def show_reading(self, reading: Reading) -> None:
        """Let both read what the page reads."""
        self._reading = reading
        if self.isVisible():
            self._follow()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what is loaded; True when no thread is left."""
        return all(wait_for(self._compared, timeout_ms))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the model in use and another one; later with what was compared before."""
        super().showEvent(event)
        self._on_listed()
        self._follow()

    # -- which models --------------------------------------------------------------------------------

    def _on_listed(self) -> None:
        """Offer the models there are; one that has learnt on is loaded anew."""
        if not self.isVisible():
            return
        entries = self._models.entries
        for number, side in enumerate(self.sides):
            pick = self._compared[number].pick
            if pick is None:
                pick = self._first() if number == 0 else self._second()
            side.list_models(entries, pick)
            known = self._entry(pick)
            if known != self._loaded[number] or self._compared[number].pick is None:
                self._load(number, side.pick())

    def _first(self) -> Pick:
        current = self._models.current
        return Pick(current.run, current.epoch)

    def _second(self) -> Pick:
        """Return what is most worth comparing: for a run the shipped model, for that the newest run."""
        runs = [entry.run for entry in self._models.entries if entry.run is not None]
        return Pick(None) if self._models.current.run is not None or not runs else Pick(runs[0])

    def _entry(self, pick: Pick | None) -> ModelEntry | None:
        entries = self._models.entries
        return next((entry for entry in entries if pick is not None and entry.run == pick.run), None)

    def _load(self, number: int, pick: Pick | None) -> None:
        self._loaded[number] = self._entry(pick)
        self._compared[number].load(pick)

    def _on_document_changed(self) -> None:
        """Compare other models: those of another document."""
        self._loaded = [None, None]
        for compared in self._compared:
            compared.load(None)
        self._on_listed()

    # -- what they answer ----------------------------------------------------------------------------

    def _follow(self) -> None:
        """Let both read the newest drawing."""
        if not self.isVisible():
            return
        prepared = self._reading.prepared
        has_ink, threshold = self._reading.has_ink, self._threshold()
        for number, compared in enumerate(self._compared):
            answer = compared.read(prepared.digit) if prepared is not None and has_ink else None
            if answer is not None and threshold is not None:
                answer = answer.judged(threshold)
            self._answers[number] = answer
            self.sides[number].show_answer(answer)
        shares = [answer.probabilities if answer is not None else None for answer in self._answers]
        self.bars.show_shares(*shares)
        self._say()

    def _say(self) -> None:
        text = self._sentence()
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.sentence.setAccessibleName(text)

    def _sentence(self) -> str:
        for compared in self._compared:
            if compared.error is not None:
                return sentence_of(compared.error)
        if any(compared.pick is None for compared in self._compared):
            return self.tr("Choose two models to compare.")
        if any(compared.is_loading for compared in self._compared):
            return self.tr("Getting the models ready…")
        first, second = self._answers
        if first is None or second is None:
            return self.tr("Write a digit. Both models read it while you write.")
        agreement, difference = self._agreement(first, second), self._difference(first, second)
        return joined(agreement, difference) if difference else agreement

    def _agreement(self, first: Prediction, second: Prediction) -> str:
        if first.is_digit and second.is_digit and first.label == second.label:
            if abs(first.trust - second.trust) <= ALIKE:
                return self.tr("Both read {0}, equally sure.").format(first.label)
            sure = "A" if first.trust > second.trust else "B"
            return self.tr("Both read {0}; {1} is surer.").format(first.label, sure)
        if first.is_digit and second.is_digit:
            return self.tr("They differ: A reads {0}, B reads {1}.").format(first.label, second.label)
        if first.is_digit:
            return self.tr("A reads {0}, B is not sure.").format(first.label)
        if second.is_digit:
            return self.tr("B reads {0}, A is not sure.").format(second.label)
        return self.tr("Neither is sure.")

    def _difference(self, first: Prediction, second: Prediction) -> str:
        """Return the digit on which they are furthest apart."""
        apart = np.abs(np.subtract(first.probabilities, second.probabilities))
        digit = int(apart.argmax())
        if apart[digit] <= ALIKE:
            return ""
        return self.tr("Furthest apart on {0}: {1} against {2}.").format(
            digit, certainty(first.probabilities[digit]), certainty(second.probabilities[digit])
        )

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        for side in self.sides:
            side.retranslate()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        both = QHBoxLayout()
        both.setSpacing(line)
        for side in self.sides:
            both.addWidget(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, line // 2, 0, 0)
        column.setSpacing(line // 2)
        column.addLayout(both)
        column.addWidget(self.sentence)
        column.addWidget(self.bars, 1)
