"""Ten buttons, one a digit: press one to say what was drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

PER_ROW = 5


class LabelBar(QWidget):
    """Buttons ``labelButton0`` … ``labelButton9``.

    Signals:
        label_chosen: (int) the digit of the button that was pressed.
    """

    label_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(max(4, grid.spacing() // 2))
        self.buttons = [self._button(digit) for digit in range(10)]
        for digit, button in enumerate(self.buttons):
            grid.addWidget(button, digit // PER_ROW, digit % PER_ROW)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        for digit, button in enumerate(self.buttons):
            button.setAccessibleName(self.tr("Store as {0}").format(digit))
            button.setToolTip(self.tr("Store the drawing as a {0} (key {0})").format(digit))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _button(self, digit: int) -> QPushButton:
        button = QPushButton(str(digit))
        button.setObjectName(f"labelButton{digit}")
        # The canvas keeps the focus, so that Ctrl+Z stays about the drawing; Tab still comes here.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        button.setMinimumSize(24, round(self.fontMetrics().height() * 2.2))
        larger = button.font()
        larger.setPointSizeF(larger.pointSizeF() * 1.25)
        button.setFont(larger)
        button.clicked.connect(lambda: self.label_chosen.emit(digit))
        return button
