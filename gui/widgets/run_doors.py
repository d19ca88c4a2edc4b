"""The ways from a run to what it reads wrongly, and to a report about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.doors import Doors


class RunDoors(Doors):
    """Two buttons side by side.

    Signals:
        mistakes_wanted: the run's mistakes are to be looked at.
        report_wanted: a report about the run is to be saved.

    Attributes:
        mistakes, report: ``mistakesRunButton`` and ``reportRunButton``.
    """

    mistakes_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("mistakesRunButton", "reportRunButton"), parent)
        self.mistakes, self.report = self.buttons
        self.mistakes.clicked.connect(self.mistakes_wanted)
        self.report.clicked.connect(self.report_wanted)

    def words(self) -> list[tuple[str, str]]:
        """Return what stands on each button, and its tool tip, in the window's language."""
        return [
            (self.tr("Mistakes…"), self.tr("Which digits the selected run takes for which")),
            (self.tr("Report…"), self.tr("Save a report about the selected run, as HTML or PDF")),
        ]
