"""Which model reads, how good it is known to be, and the choice of another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.training.interval import USEFUL, wilson
from gui import theme
from gui.messages import joined, sentence_of
from gui.model_choice import ModelChoice, ModelEntry
from gui.widgets.percent import percent

NO_BREAK_PERCENT = "\u00a0%"  # a number and its sign stay on one line


class ModelBar(QWidget):
    """A combo box of the models and a quiet line about the one in use.

    Signals:
        run_chosen: (object) the run whose model is wanted; None for the shipped one.
        mistakes_wanted: what it reads wrongly is to be looked at.

    Attributes:
        combo: ``modelChoiceCombo``.
        facts: ``modelFacts``.
        mistakes: ``mistakesButton``.
    """

    run_chosen = Signal(object)
    mistakes_wanted = Signal()

    def __init__(self, models: ModelChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._shown: list[ModelEntry] = []
        self._title = QLabel()
        self.combo = QComboBox()
        self.combo.setObjectName("modelChoiceCombo")
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(16)
        self._title.setBuddy(self.combo)
        self.facts = QLabel(wordWrap=True)
        self.facts.setObjectName("modelFacts")
        self.mistakes = QPushButton(autoDefault=False)
        self.mistakes.setObjectName("mistakesButton")
        self.mistakes.clicked.connect(self.mistakes_wanted)
        self._arrange()
        self._dress()
        self.combo.activated.connect(self._on_activated)
        for signal in (models.listed, models.chosen, models.loaded, models.failed):
            signal.connect(self.retranslate)
        self.retranslate()

    def retranslate(self, *_: object) -> None:
        """Say everything anew, in the window's language."""
        self.mistakes.setText(self.tr("Mistakes…"))
        self.mistakes.setAccessibleName(self.mistakes.text())
        self.mistakes.setToolTip(self.tr("Which digits it takes for which, and the images (Ctrl+Shift+M)"))
        self._title.setText(self.tr("&Model"))
        self.combo.setAccessibleName(self.tr("Model that reads"))
        self.combo.setToolTip(self.tr("Which model reads what you write"))
        current = self._models.current
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for entry in self._models.entries:
                self.combo.addItem(self.title_of(entry), entry.run)
            self._shown = list(self._models.entries)
            if current not in self._shown:  # a run without a model, or one of its epochs
                self._shown.append(current)
                self.combo.addItem(self.title_of(current), current.run)
            self.combo.setCurrentIndex(self._shown.index(current))
        self.facts.setText(self._facts_of(current))
        self.facts.setAccessibleName(self.facts.text())
        self.combo.setAccessibleDescription(self.facts.text())

    def title_of(self, entry: ModelEntry) -> str:
        """Return a model's name, kind and accuracy in a few words."""
        if entry.run is None:
            return self.tr("Shipped model")
        name = self.tr("Run {run}").format(run=entry.run)
        parts = [f"{name} “{entry.name}”" if entry.name else name]
        if entry.epoch is not None:
            parts.append(self.tr("epoch {epoch}").format(epoch=entry.epoch))
        parts.append(entry.kind.upper())
        if entry.val_accuracy is not None:
            parts.append(percent(entry.val_accuracy, 1))
        return " · ".join(part for part in parts if part)

    def _on_activated(self, index: int) -> None:
        if self._shown[index].epoch is None:  # the one of an epoch is there only while it is in use
            self.run_chosen.emit(self._shown[index].run)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _facts_of(self, entry: ModelEntry) -> str:
        if self._models.error is not None:
            return sentence_of(self._models.error)
        if entry.run is None:
            return self.tr("It comes with Digit Dojo and has learnt from the digits of MNIST.")
        if (entry.val_accuracy is None or not entry.val_images) and entry.rehearses:
            return self.tr(
                "How well it reads was not measured: it learnt from your own digits and rehearsed others, "
                "and held none back."
            )
        if entry.val_accuracy is None or not entry.val_images:
            return self.tr("How well it reads was not measured: it learnt from all labelled digits.")
        low, high = wilson(round(entry.val_accuracy * entry.val_images), entry.val_images)
        text = self.tr(
            "Reads {accuracy} of %n validation digit(s) right, likely {low} to {high} of all such digits.",
            "",
            entry.val_images,
        ).replace(str(entry.val_images), QLocale().toString(entry.val_images))
        text = text.format(
            accuracy=percent(entry.val_accuracy, 1), low=percent(low, 1), high=percent(high, 1)
        ).replace(" %", NO_BREAK_PERCENT)
        if entry.val_images < USEFUL:
            text = joined(text, self.tr("That is too few digits to rely on."))
        return text

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self.combo, 1)
        row.addWidget(self.mistakes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.facts)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self.facts.setPalette(quiet)
