"""The ways from the Train page into its laboratory: the time machine and the experiments."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class LabBar(QWidget):
    """Two buttons side by side.

    Signals:
        past_wanted: runs are to be looked back at.
        experiment_wanted: a setting is to be varied.

    Attributes:
        past, experiment: ``timeMachineButton`` and ``experimentButton``.
    """

    past_wanted = Signal()
    experiment_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.past, self.experiment = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button, name in ((self.past, "timeMachineButton"), (self.experiment, "experimentButton")):
            button.setObjectName(name)
            button.setAutoDefault(False)
            row.addWidget(button, 1)
        self.past.clicked.connect(self.past_wanted)
        self.experiment.clicked.connect(self.experiment_wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.past.setText(self.tr("Time machine"))
        self.past.setToolTip(self.tr("Look at a run as it was after each of its epochs."))
        self.experiment.setText(self.tr("Experiments"))
        self.experiment.setToolTip(self.tr("Vary one setting and compare: batch size, epochs, more data …"))
        for button in (self.past, self.experiment):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.toolTip())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
