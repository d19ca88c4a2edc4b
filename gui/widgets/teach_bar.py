"""Ten buttons that tell the right digit, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme

Words = Callable[[], str]  # asked again when the language changes


class TeachBar(QWidget):
    """A line that asks, or says what came of the last press, over ``teachButton0`` … ``teachButton9``.

    Signals:
        label_chosen: (int) the digit that is right.
        undo_requested: what the line says is to be taken back.
        hand_requested: own digits are to be learned.

    Attributes:
        buttons: the ten.
        note: ``teachNote``: what came of the last press; it stands where the question stood.
        undo: ``teachUndoButton``.
        hand: ``teachHandButton``.
    """

    label_chosen = Signal(int)
    undo_requested = Signal()
    hand_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = QLabel(wordWrap=True)
        self.buttons = [self._button(digit) for digit in range(10)]
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("teachNote")
        self._line = QStackedWidget()  # as high as the higher of both: nothing jumps
        self._line.addWidget(self._ask)
        self._line.addWidget(self.note)
        self.undo = QPushButton(autoDefault=False)
        self.undo.setObjectName("teachUndoButton")
        self.undo.clicked.connect(self.undo_requested)
        self.hand = QPushButton(autoDefault=False)
        self.hand.setObjectName("teachHandButton")
        self.hand.clicked.connect(self.hand_requested)
        self._words: Words = lambda: ""
        self._arrange()
        self._dress()
        self.show_undo(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._ask.setText(self.tr("Wrong? Press the right digit: it goes into your data with that label."))
        for digit, button in enumerate(self.buttons):
            button.setAccessibleName(self.tr("It is a {0}").format(digit))
            button.setToolTip(self.tr("It is a {0}: keep it in the data (key {0})").format(digit))
        self.undo.setText(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Take it out of the data again"))
        self.undo.setToolTip(self.undo.accessibleName())
        self.hand.setText(self.tr("Teach it my hand…"))
        self.hand.setAccessibleName(self.tr("Teach it my hand"))
        self.hand.setToolTip(self.tr("Learn your own digits in seconds, on top of what it knows"))
        self._show_note()

    def say(self, words: Words) -> None:
        """Say what came of a press, and tell screen readers."""
        self._words = words
        self._show_note()
        if self.note.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.note, self.note.text()))

    def show_undo(self, can_undo: bool) -> None:
        """Offer Undo, or hide it; the button beside it keeps the line as high, so that nothing jumps."""
        self.undo.setVisible(can_undo)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _show_note(self) -> None:
        self.note.setText(self._words())
        self.note.setAccessibleName(self.note.text())
        self._line.setCurrentWidget(self.note if self.note.text() else self._ask)

    def _button(self, digit: int) -> QPushButton:
        button = QPushButton(str(digit), autoDefault=False)
        button.setObjectName(f"teachButton{digit}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the canvas
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        larger = button.font()
        larger.setPointSizeF(larger.pointSizeF() * 1.25)
        button.setFont(larger)
        button.setMinimumSize(24, round(self.fontMetrics().height() * 2.2))
        button.clicked.connect(lambda: self.label_chosen.emit(digit))
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(max(4, row.spacing() // 2))
        for button in self.buttons:
            row.addWidget(button)
        told = QHBoxLayout()
        told.addWidget(self._line, 1)
        told.addWidget(self.undo)
        told.addWidget(self.hand)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(told)
        column.addLayout(row)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self._ask.setPalette(quiet)
