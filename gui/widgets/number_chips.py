"""The digits of a number as small buttons: one of them is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.live_reader import ReadDigit
from gui.widgets.percent import certainty

MOST = 8  # digits that have room; beyond them the frames are clicked


class NumberChips(QWidget):
    """Buttons ``numberDigit0`` …, one for each digit of a number, hidden for a single digit.

    Signals:
        chosen: (place) this digit is to be looked at.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = [self._button(place) for place in range(MOST)]
        self._digits: tuple[ReadDigit, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def show_digits(self, digits: Sequence[ReadDigit], chosen: int) -> None:
        """Offer these digits, of which one is looked at."""
        self._digits = tuple(digits) if 1 < len(digits) <= MOST else ()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(self._digits))
            button.setChecked(place == chosen)
        self._name()
        self.setVisible(bool(self._digits))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        for place, (button, digit) in enumerate(zip(self._buttons, self._digits, strict=False), 1):
            share = certainty(digit.prediction.trust)
            button.setText(f"{digit.text}  {share}")
            button.setAccessibleName(
                self.tr("Digit {place}: {text}, {share}").format(place=place, text=digit.text, share=share)
            )
            button.setToolTip(self.tr("Show the bars of this digit"))

    def _button(self, place: int) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setCheckable(True)
        button.setObjectName(f"numberDigit{place}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the canvas
        button.setAccessibleName("–")
        button.clicked.connect(lambda: self.chosen.emit(place))
        return button
