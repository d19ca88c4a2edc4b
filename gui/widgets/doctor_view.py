"""What the doctor found: one quiet sentence with its evidence, and one button."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engine.training.illness import Finding
from engine.training.prescriptions import action, sentence
from gui import i18n, theme


class DoctorView(QFrame):
    """Hidden while nothing is wrong.

    Signals:
        cure_requested: the Finding whose button was pressed.

    Attributes:
        label, button: ``doctorLabel`` and ``doctorButton``.
    """

    cure_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        self.label = QLabel()
        self.label.setObjectName("doctorLabel")
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.setObjectName("doctorButton")
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 9, 4)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_finding(self, finding: object) -> None:
        """Say what was found; None: nothing is wrong."""
        self.finding = finding if isinstance(finding, Finding) else None
        self.retranslate()
        self.setVisible(self.finding is not None)

    def retranslate(self) -> None:
        """Say it in the window's language."""
        if self.finding is None:
            self.label.clear()
            return
        language = i18n.language()
        self.label.setText(sentence(self.finding, language, spoken))
        self.button.setText(action(self.finding, language, spoken))
        self.button.setAccessibleName(self.button.text())
        self.button.setAccessibleDescription(self.label.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a narrow mark at the side; the ground stays that of the window."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.fillRect(0, 2, 4, self.height() - 4, colors.warning)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_clicked(self) -> None:
        if self.finding is not None:
            self.cure_requested.emit(self.finding)


def spoken(value: int | float | str) -> str:
    """Write a number as the window's language does: three figures of what was measured."""
    locale = QLocale()
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return locale.toString(value)
    if math.isinf(value):
        return "∞"
    if not 0 < abs(value) < 0.001:
        return locale.toString(value, "g", 3)
    return locale.toString(value, "f", 1 - math.floor(math.log10(abs(value)))).rstrip("0")
