"""Train, pause, step, stop, continue: what can be pressed follows the state of the training."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from gui import icons


@dataclass(frozen=True, slots=True)
class Continuable:
    """A run that can go on.

    Attributes:
        run: its number.
        epoch: epochs that are done.
        is_complete: True: it can be given more epochs; False: it waits for the rest of its own.
    """

    run: int
    epoch: int
    is_complete: bool


class TrainButtons(QWidget):
    """The buttons under the settings.

    Signals:
        train_pressed, pause_pressed, resume_pressed, step_pressed, stop_pressed: the buttons.
        continue_pressed: (run, extra epochs; 0 for the rest of its own).
    """

    train_pressed = Signal()
    pause_pressed = Signal()
    resume_pressed = Signal()
    step_pressed = Signal()
    stop_pressed = Signal()
    continue_pressed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "idle"
        self._is_pausing = False
        self._can_train = False
        self._continuable: Continuable | None = None
        self.train = _button("trainButton")
        self.pause = _button("pauseButton")
        self.step = _button("stepButton")
        self.stop = _button("stopButton")
        self.go_on = _button("continueButton")
        self.extra = QSpinBox()
        self.extra.setObjectName("continueSpin")
        self.extra.setRange(1, 1_000)
        self.extra.setValue(10)
        self._lay_out()
        self.train.clicked.connect(self.train_pressed)
        self.pause.clicked.connect(self._on_pause)
        self.step.clicked.connect(self.step_pressed)
        self.stop.clicked.connect(self.stop_pressed)
        self.go_on.clicked.connect(self._on_continue)
        self.retranslate()
        self._show_icons()

    def show_state(self, state: str, is_pausing: bool = False) -> None:
        """Follow the controller."""
        self._state, self._is_pausing = state, is_pausing
        self.retranslate()

    def set_can_train(self, can_train: bool) -> None:
        """Say whether there is anything to learn from."""
        self._can_train = can_train
        self.retranslate()

    def set_continuable(self, run: Continuable | None) -> None:
        """Say which run could go on; None hides the row."""
        self._continuable = run
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts in the window's language and enable what the state allows."""
        idle = self._state == "idle"
        paused = self._state == "paused"
        self.train.setText(self.tr("Train"))
        self.train.setToolTip(self.tr("Start a new training with these settings."))
        self.train.setEnabled(idle and self._can_train)
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.setToolTip(
            self.tr("Go on training.") if paused else self.tr("Wait after the step that is computed now.")
        )
        self.pause.setEnabled(paused or (self._state in ("starting", "running") and not self._is_pausing))
        self.step.setText(self.tr("Step"))
        self.step.setToolTip(
            self.tr("Feed one batch, compute the error, change the parameters, and wait.")
            if not idle
            else self.tr("Start a new training with its first step only, and wait.")
        )
        self.step.setEnabled(paused or (idle and self._can_train))
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("End this training; what it learnt is kept."))
        self.stop.setEnabled(self._state in ("starting", "running", "paused"))
        for button in (self.train, self.pause, self.step, self.stop):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.toolTip())
        self._show_continue(idle)
        self._show_icons()

    def _show_continue(self, idle: bool) -> None:
        run = self._continuable
        self.go_on.setVisible(run is not None)
        self.extra.setVisible(run is not None and run.is_complete)
        self.extra.setPrefix("+")
        self.extra.setSuffix(self.tr(" epochs"))
        self.extra.setAccessibleName(self.tr("Epochs to add"))
        self.go_on.setEnabled(idle)
        self.extra.setEnabled(idle)
        if run is None:
            return
        if run.is_complete:
            self.go_on.setText(self.tr("Continue run {0}").format(run.run))
            self.go_on.setToolTip(self.tr("Train the same run for more epochs, with its own digits."))
        else:
            self.go_on.setText(self.tr("Continue run {0} from epoch {1}").format(run.run, run.epoch + 1))
            self.go_on.setToolTip(self.tr("Train the epochs that were planned and not reached."))
        self.go_on.setAccessibleName(self.go_on.text())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.train)
        row = QHBoxLayout()
        for button in (self.pause, self.step, self.stop):
            row.addWidget(button, 1)
        column.addLayout(row)
        more = QHBoxLayout()
        more.addWidget(self.go_on, 1)
        more.addWidget(self.extra)
        column.addLayout(more)
        bold = QFont(self.font())
        bold.setBold(True)
        self.train.setFont(bold)
        self.train.setMinimumHeight(round(1.5 * self.train.sizeHint().height()))
        self.train.setDefault(True)

    def _show_icons(self) -> None:
        names = {
            self.train: "play",
            self.pause: "play" if self._state == "paused" else "pause",
            self.step: "step",
            self.stop: "stop",
        }
        for button, name in names.items():
            if button.property("icon_name") != (name, self.palette().cacheKey()):
                button.setProperty("icon_name", (name, self.palette().cacheKey()))
                button.setIcon(icons.icon(name, self.palette()))

    def _on_pause(self) -> None:
        (self.resume_pressed if self._state == "paused" else self.pause_pressed).emit()

    def _on_continue(self) -> None:
        if self._continuable is not None:
            extra = self.extra.value() if self._continuable.is_complete else 0
            self.continue_pressed.emit(self._continuable.run, extra)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_icons()


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
