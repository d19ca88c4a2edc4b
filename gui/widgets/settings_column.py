"""The settings beside the curves: a form that scrolls, and what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget

from gui.widgets.config_form import ConfigForm

DIGITS = 38  # width of the column, in digits of the window's font


class SettingsColumn(QWidget):
    """A column as narrow as its contents let it be.

    Args:
        form: what scrolls where there is little room.
        buttons: as wide as the column at least.
        below: shown whole under the form, the buttons among them.
    """

    def __init__(self, form: ConfigForm, buttons: QWidget, below: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._form, self._buttons = form, buttons
        settings = QScrollArea()
        settings.setWidget(form)
        settings.setWidgetResizable(True)
        settings.setFrameShape(QFrame.Shape.NoFrame)
        settings.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to the setting that has the keyboard
        settings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(settings, 1)
        for widget in below:
            layout.addWidget(widget)
        self._set_width()

    def _set_width(self) -> None:
        """Keep the settings narrow, whatever the font and the language: the curves get the rest."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        usual = DIGITS * self.fontMetrics().horizontalAdvance("0")
        needed = max(self._form.widest() + bar, self._buttons.sizeHint().width())
        self.setFixedWidth(max(usual, needed))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._set_width)  # once the form has its new texts
