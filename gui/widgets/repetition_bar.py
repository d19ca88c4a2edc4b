"""How far a queue of repetitions is, with Pause and Stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gui import icons

STEPS = 1_000  # of the bar for each training


class RepetitionBar(QFrame):
    """Hidden while nothing is repeated.

    Signals:
        pause_pressed, resume_pressed, stop_pressed: the buttons.

    Attributes:
        bar: ``repetitionProgress``.
        pause: ``repetitionPause``, which also goes on.
        stop: ``repetitionStop``.
    """

    pause_pressed = Signal()
    resume_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = self._done = 0
        self._is_paused = False
        self._label = QLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName("repetitionProgress")
        self.bar.setFormat("%p %")
        self.pause = QPushButton(autoDefault=False)
        self.pause.setObjectName("repetitionPause")
        self.stop = QPushButton(autoDefault=False)
        self.stop.setObjectName("repetitionStop")
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self.stop_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.pause)
        row.addWidget(self.stop)
        self.hide()
        self.retranslate()
        self._dress()

    def show_queue(self, done: int, total: int, share: float, is_paused: bool) -> None:
        """Show how many of ``total`` trainings have ended and how far the present one is, 0 … 1."""
        was, now = (self._done, self._total, self._is_paused), (done, total, is_paused)
        self._done, self._total, self._is_paused = now
        self.bar.setRange(0, max(1, total * STEPS))
        self.bar.setValue(round((done + share) * STEPS))
        self.setVisible(total > 0)
        if was != now:  # it is told of every look into the training's queue
            self.retranslate()
            self._dress()

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        number = min(self._done + 1, self._total)
        self._label.setText(self.tr("Repeating with other seeds: run {0} of {1}").format(number, self._total))
        self.bar.setAccessibleName(self.tr("Progress of the repetitions"))
        self.pause.setText(self.tr("Continue") if self._is_paused else self.tr("Pause"))
        self.stop.setText(self.tr("Stop"))
        for button in (self.pause, self.stop):
            button.setAccessibleName(button.text())
        self.stop.setToolTip(self.tr("Ends the repetitions; what was trained is kept."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self.pause.setIcon(icons.icon("play" if self._is_paused else "pause", self.palette()))
        self.stop.setIcon(icons.icon("stop", self.palette()))

    def _on_pause(self) -> None:
        (self.resume_pressed if self._is_paused else self.pause_pressed).emit()
