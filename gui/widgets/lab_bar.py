"""The ways from the Train page into its laboratory: the time machine and the experiments."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.doors import Doors


class LabBar(Doors):
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
        super().__init__(("timeMachineButton", "experimentButton"), parent)
        self.past, self.experiment = self.buttons
        self.past.clicked.connect(self.past_wanted)
        self.experiment.clicked.connect(self.experiment_wanted)

    def words(self) -> list[tuple[str, str]]:
        """Return what stands on each button, and its tool tip, in the window's language."""
        return [
            (self.tr("Time machine"), self.tr("Look at a run as it was after each of its epochs.")),
            (
                self.tr("Experiments"),
                self.tr("Vary one setting and compare: batch size, epochs, more data …"),
            ),
        ]
