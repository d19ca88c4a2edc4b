"""Buttons side by side that lead somewhere else: out of the Train page, and from a run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class Doors(QWidget):
    """A row of buttons; those below say where they lead.

    Args:
        names: object names of the buttons.

    Attributes:
        buttons: in their order.
    """

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [QPushButton(autoDefault=False) for _ in names]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button, name in zip(self.buttons, names, strict=True):
            button.setObjectName(name)
            row.addWidget(button, 1)
        self.retranslate()

    def words(self) -> Sequence[tuple[str, str]]:
        """Return what stands on each button, and its tool tip, in the window's language."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        for button, (text, told) in zip(self.buttons, self.words(), strict=True):
            button.setText(text)
            button.setToolTip(told)
            button.setAccessibleName(text)
            button.setAccessibleDescription(told)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
