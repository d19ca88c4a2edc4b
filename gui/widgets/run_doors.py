"""The ways from a run to what it reads wrongly, and to a report about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class RunDoors(QWidget):
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
        super().__init__(parent)
        self.mistakes, self.report = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button, name in ((self.mistakes, "mistakesRunButton"), (self.report, "reportRunButton")):
            button.setObjectName(name)
            button.setAutoDefault(False)
            row.addWidget(button)
        self.mistakes.clicked.connect(self.mistakes_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.mistakes.setText(self.tr("Mistakes…"))
        self.mistakes.setToolTip(self.tr("Which digits the selected run takes for which"))
        self.report.setText(self.tr("Report…"))
        self.report.setToolTip(self.tr("Save a report about the selected run, as HTML or PDF"))
        for button in (self.mistakes, self.report):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.toolTip())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
