"""What a training came to, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui import theme

Words = Callable[[], str]  # asked again when the language changes


class RunOutcome(QFrame):
    """One sentence and one button; hidden while there is nothing to say.

    Attributes:
        label: the sentence.
        button: ``outcomeButton``; what it does is told with the sentence.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words | None = None
        self._action_words: Words | None = None
        self._on_action: Callable[[], object] | None = None
        self._is_good = True
        self.label = QLabel()
        self.label.setObjectName("outcomeLabel")
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bold = QFont(self.font())
        bold.setBold(True)
        self.label.setFont(bold)
        self.button = QPushButton()
        self.button.setObjectName("outcomeButton")
        self.button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: Words, action: Words, on_action: Callable[[], object], is_good: bool = True) -> None:
        """Show a sentence with a button that calls ``on_action``."""
        self._words, self._action_words, self._on_action, self._is_good = words, action, on_action, is_good
        self.retranslate()
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._words = self._action_words = self._on_action = None
        self.hide()

    def retranslate(self) -> None:
        """Say it in the window's language."""
        if self._words is None or self._action_words is None:
            return
        self.label.setText(self._words())
        self.button.setText(self._action_words())
        self.button.setAccessibleName(self._action_words())
        self.button.setAccessibleDescription(self._words())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a tinted ground, green for what went well."""
        chosen = theme.colors(self.palette())
        color = chosen.good if self._is_good else chosen.bad
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.mixed(color, self.palette().color(self.backgroundRole()), 0.13))
        painter.fillRect(0, 0, 4, self.height(), color)

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
