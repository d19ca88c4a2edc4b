"""The place to write a digit: canvas, what the model sees of it, and the ten labels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.data.preprocess import Prepared, from_strokes
from gui import icons, theme
from gui.widgets.canvas import DrawingCanvas
from gui.widgets.label_bar import LabelBar
from gui.widgets.sees_view import ModelSeesView

BESIDE_LINES = 10  # lines' heights; where there is less beside the small picture, the words are under it
SEES_MS = 16  # what the model sees follows the pen once a frame, not once a point


class DrawingPanel(QWidget):
    """Shows the 28×28 picture of the drawing while it grows; says which label was chosen.

    Signals:
        label_chosen: (int) store the drawing as this digit.
    """

    label_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = DrawingCanvas()
        self.canvas.setObjectName("drawCanvas")
        self.sees = ModelSeesView()
        self.sees.setObjectName("drawSeesView")
        self.labels = LabelBar()
        self._suggested = 0
        self._due: int | None = None  # the label that was chosen while the pen was down
        self._undo = self._button("drawUndoButton")
        self._clear = self._button("drawClearButton")
        self._sees_title = QLabel()
        self._ask = QLabel(wordWrap=True)
        self._note = QLabel(wordWrap=True)
        self._note.setObjectName("drawNote")
        self._words, self._below = QWidget(), QGridLayout()
        self._is_narrow: bool | None = None  # not known yet
        self._look = QTimer(self, singleShot=True, interval=SEES_MS)
        self._look.timeout.connect(self._show_what_is_seen)
        self._arrange()
        self.canvas.ink_changed.connect(self._on_ink_changed)
        self.canvas.stroke_finished.connect(self._on_stroke_finished)
        self._undo.clicked.connect(self.canvas.undo)
        self._clear.clicked.connect(self.canvas.clear)
        self.labels.label_chosen.connect(self.choose)
        self.retranslate()
        self._dress()
        self._show_buttons()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.canvas.setAccessibleName(self.tr("Drawing canvas"))
        self.canvas.setAccessibleDescription(
            self.tr("Write one digit with mouse, pen or finger, then press its key 0 to 9. Escape clears.")
        )
        self._undo.setText(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Take the last stroke back (Ctrl+Z)"))
        self._undo.setAccessibleName(self.tr("Take the last stroke back"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Empty the canvas (Esc)"))
        self._clear.setAccessibleName(self.tr("Empty the canvas"))
        self._sees_title.setText(self.tr("The model sees"))
        self._ask.setText(self.tr("What did you write? Press its key or button:"))
        self.suggest(self._suggested)
        self.say("")
        self._place_words()

    def suggest(self, digit: int) -> None:
        """Ask for a digit in the empty canvas."""
        self._suggested = digit
        self.canvas.set_hint(self.tr("Write a {0} here").format(digit))

    def say(self, text: str) -> None:
        """Say something quietly under the canvas."""
        self._note.setText(text)
        self._note.setAccessibleName(text)

    def choose(self, label: int) -> None:
        """Choose ``label`` for the drawing; while the pen is down, for what it is when the pen is lifted."""
        if self.canvas.is_drawing():
            self._due = label
        else:
            self.label_chosen.emit(label)

    def prepared(self) -> Prepared | None:
        """Return the drawing as the model sees it; None where nothing is drawn."""
        strokes = self.canvas.strokes()
        prepared = from_strokes(strokes) if strokes else None
        return None if prepared is None or prepared.is_blank else prepared

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words readable."""
        super().resizeEvent(event)
        self._place_words()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the canvas
        return button

    def _arrange(self) -> None:
        tools = QVBoxLayout()
        tools.addWidget(self._undo)
        tools.addWidget(self._clear)
        tools.addStretch(1)
        seen = QVBoxLayout()
        seen.addWidget(self._sees_title)
        seen.addWidget(self.sees)
        self.sees.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self._ask)
        words.addWidget(self._note)
        words.addStretch(1)
        self._below.addLayout(seen, 0, 0)
        self._below.addLayout(tools, 0, 2)
        self._below.setColumnStretch(1, 1)
        self._place_words()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        column.addLayout(self._below)
        column.addWidget(self.labels)
        column.addStretch(1)

    def _place_words(self) -> None:
        """Put the words beside the small picture, or under it where they would be a thin column."""
        line = self.fontMetrics().height()
        seen = max(self._sees_title.sizeHint().width(), self.sees.sizeHint().width())
        tools = max(self._undo.sizeHint().width(), self._clear.sizeHint().width())
        is_narrow = self.width() - seen - tools < BESIDE_LINES * line
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._words.setContentsMargins(0 if is_narrow else line // 2, 0, 0, 0)
            self._below.addWidget(self._words, *((1, 0, 1, 3) if is_narrow else (0, 1)))

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self._sees_title.setPalette(quiet)
        self._note.setPalette(quiet)
        side = self.fontMetrics().height()
        for name, button in (("undo", self._undo), ("clear", self._clear)):
            button.setIcon(icons.icon(name, self.palette()))
            button.setIconSize(QSize(side, side))

    def _on_stroke_finished(self) -> None:
        self._show_buttons()
        label, self._due = self._due, None
        if label is not None:
            self.label_chosen.emit(label)

    def _on_ink_changed(self) -> None:
        if not self.canvas.is_drawing():  # the stroke was given up: there is nothing to wait for
            self._due = None
        if not self._look.isActive():
            self._look.start()
        self._show_buttons()

    def _show_buttons(self) -> None:
        self._undo.setEnabled(self.canvas.can_undo())
        self._clear.setEnabled(not self.canvas.is_empty())

    def _show_what_is_seen(self) -> None:
        prepared = self.prepared()
        self.sees.show_digit(None if prepared is None else prepared.digit)
