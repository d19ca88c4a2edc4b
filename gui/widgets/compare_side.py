"""One side of the comparison: which model, at which epoch, and its answer in large."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.compared_model import Pick
from gui.document_session import DocumentSession
from gui.model_choice import ModelEntry
from gui.widgets.percent import certainty
from gui.widgets.prediction_view import UNSURE, LargeDigit

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction


class CompareSide(QWidget):
    """Two choices, a large digit and how sure the model is.

    Args:
        letter: ``A`` or ``B``, in its object names.
        session: knows the epochs that are kept.
        title_of: names a model.

    Signals:
        picked: (Pick or None) what is to be compared.

    Attributes:
        models, epochs: ``compareModelA`` and ``compareEpochA``.
        digit, confidence: ``compareDigitA`` and ``compareConfidenceA``.
    """

    picked = Signal(object)

    def __init__(
        self,
        letter: str,
        session: DocumentSession,
        title_of: Callable[[ModelEntry], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letter = letter
        self._session = session
        self._title_of = title_of
        self._entries: list[ModelEntry] = []
        self._title = QLabel(letter)
        self.models, self.epochs = QComboBox(), QComboBox()
        self.digit, self.confidence = SideDigit(), QLabel()
        for part, name in (
            (self.models, "compareModel"),
            (self.epochs, "compareEpoch"),
            (self.digit, "compareDigit"),
            (self.confidence, "compareConfidence"),
        ):
            part.setObjectName(name + letter)
        for combo in (self.models, self.epochs):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self._arrange()
        self.models.activated.connect(self._on_model_chosen)
        self.epochs.activated.connect(lambda _index: self.picked.emit(self.pick()))

    def pick(self) -> Pick | None:
        """Return what is chosen; None where the chosen run is gone."""
        index = self.models.currentIndex()
        if index < 0:
            return None
        epoch = self.epochs.currentData()
        return Pick(self._entries[index].run, None if epoch is None else int(epoch))

    def list_models(self, entries: list[ModelEntry], pick: Pick | None) -> None:
        """Offer these models; ``pick`` is the chosen one, where it is still there."""
        self._entries = list(entries)
        with QSignalBlocker(self.models):
            self.models.clear()
            for entry in entries:
                self.models.addItem(self._title_of(entry), entry.run)
            places = [place for place, entry in enumerate(entries) if pick and entry.run == pick.run]
            self.models.setCurrentIndex(places[0] if places else -1)
        self._list_epochs(pick.epoch if pick is not None else None)

    def show_answer(self, answer: Prediction | None) -> None:
        """Show the digit and how sure it is, or nothing."""
        if answer is None:
            self.digit.setText("")
            self.confidence.setText("")
        else:
            self.digit.setText(str(answer.label) if answer.is_digit else UNSURE)
            self.confidence.setText(certainty(answer.trust))
        self.digit.setAccessibleDescription(self.confidence.text())

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.models.setAccessibleName(self.tr("Model {0}").format(self._letter))
        self.epochs.setAccessibleName(self.tr("Epoch of model {0}").format(self._letter))
        self.epochs.setToolTip(self.tr("The model that the run had after this epoch"))
        self.digit.setAccessibleName(self.tr("Model {0} reads").format(self._letter))
        self.confidence.setAccessibleName(self.tr("How sure model {0} is").format(self._letter))
        self.list_models(self._entries, self.pick())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_model_chosen(self, _index: int) -> None:
        self._list_epochs(None)
        self.picked.emit(self.pick())

    def _list_epochs(self, chosen: int | None) -> None:
        index = self.models.currentIndex()
        run = self._entries[index].run if index >= 0 else None
        kept: list[int] = []
        if run is not None:
            kept = [row.epoch for row in self._session.document.epochs.list(run) if row.has_model]
        with QSignalBlocker(self.epochs):
            self.epochs.clear()
            self.epochs.addItem(self.tr("best epoch") if run is not None else "–", None)
            for epoch in kept:
                self.epochs.addItem(self.tr("epoch {0}").format(epoch), epoch)
            self.epochs.setCurrentIndex(max(0, self.epochs.findData(chosen)) if chosen is not None else 0)
        self.epochs.setEnabled(bool(kept))

    def _arrange(self) -> None:
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        choice = QHBoxLayout()
        choice.addWidget(self._title)
        choice.addWidget(self.models, 1)
        answer = QHBoxLayout()
        answer.addWidget(self.digit, 1)
        answer.addWidget(self.confidence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choice)
        column.addWidget(self.epochs)
        column.addLayout(answer, 1)
        large = self.confidence.font()
        large.setPointSizeF(large.pointSizeF() * 1.6)
        self.confidence.setFont(large)


class SideDigit(LargeDigit):
    """The large digit, smaller: two of them stand side by side."""

    def sizeHint(self) -> QSize:
        """Return eight lines of ordinary text."""
        side = 8 * self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return three lines, where the window is small."""
        side = 3 * self.fontMetrics().height()
        return QSize(side, side)
