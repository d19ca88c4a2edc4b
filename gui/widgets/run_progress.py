"""How far a training is, how long it still takes, and how good it is by now."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from engine.events import EpochCompleted, RunFinished, RunStarted, StepCompleted
from engine.training.interval import USEFUL, wilson
from gui import theme
from gui.messages import joined
from gui.widgets.device_words import device_words

Words = Callable[[], str]  # asked again when the language changes


class RunProgress(QWidget):
    """Epoch k of n, a bar that counts steps, time left, and the validation accuracy with its interval.

    Attributes:
        bar: ``runProgress``, from 0 to the planned steps; a run that ended early fills it with what it did.
        accuracy: the large number; quiet where too few digits stand behind it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._started: RunStarted | None = None
        self._finished: RunFinished | None = None
        self._step: tuple[int, float] = (0, 0.0)  # step and seconds, where the run is
        self._from: tuple[int, float] | None = None  # where this sitting's clock began
        self._epochs_done = 0
        self._accuracy: tuple[float, int, bool] | None = None  # share, images, True: of validation
        self._ms_per_step = 0.0
        self._note: Words | None = None
        self.epoch = QLabel()
        self.epoch.setObjectName("epochLabel")
        self.left = QLabel()
        self.left.setObjectName("timeLeftLabel")
        self.accuracy = QLabel()
        self.accuracy.setObjectName("valAccuracyLabel")
        self.interval = QLabel()
        self.interval.setObjectName("intervalLabel")
        self.speed = QLabel()
        self.speed.setObjectName("speedLabel")
        self.bar = QProgressBar()
        self.bar.setObjectName("runProgress")
        self.bar.setRange(0, 1)
        self._lay_out()
        self.retranslate()

    # -- what happens --------------------------------------------------------------------------------

    def starting(self, note: Words) -> None:
        """Say that a training is being prepared; the bar moves without a number."""
        self._started = self._finished = None
        self._accuracy = None
        self._note = note
        self.bar.setRange(0, 0)
        self.retranslate()

    def clear(self) -> None:
        """Show that there is no run."""
        self.starting(lambda: self.tr("No training yet"))
        self.bar.setRange(0, 1)
        self.bar.setValue(0)

    def note(self, words: Words | None) -> None:
        """Say something beside the epoch: paused, stopping; None takes it away."""
        self._note = words
        self.retranslate()

    def take(self, events: list[object]) -> None:
        """Follow the events of one look into the queue; ``retranslate`` then says it."""
        for event in events:
            if isinstance(event, RunStarted):
                self._begin(event)
            elif isinstance(event, StepCompleted):
                self._move(event.step, event.seconds)
            elif isinstance(event, EpochCompleted):
                self._move(event.step, event.seconds)
                self._epochs_done = event.epoch
                self._ms_per_step = event.ms_per_step
                self.show_accuracy(event.val_accuracy, event.val_images, event.train_accuracy)
            elif isinstance(event, RunFinished):
                self._end(event)

    def show_accuracy(self, val: float | None, val_images: int, train: float | None) -> None:
        """Show the validation accuracy (0 … 1), or the training accuracy where nothing is held back."""
        if val is not None:
            self._accuracy = (val, val_images, True)
        elif train is not None and self._started is not None:
            self._accuracy = (train, self._started.train_images, False)

    def failed(self) -> None:
        """Stand still where the failure came."""
        if self.bar.maximum() == 0:  # no end of the movement comes any more
            self.bar.setRange(0, 1)
        self.note(lambda: self.tr("Failed"))

    def _begin(self, event: RunStarted) -> None:
        self._started, self._finished = event, None
        self._note = None
        self._step = (event.step, 0.0)
        self._from = None
        self._epochs_done = event.epoch
        self._ms_per_step = 0.0
        self._accuracy = None
        self.bar.setRange(0, max(event.total_steps, 1))
        self.bar.setValue(event.step)

    def _move(self, step: int, seconds: float) -> None:
        self._step = (step, seconds)
        if self._from is None:
            self._from = (step, seconds)
        self.bar.setValue(step)

    def _end(self, event: RunFinished) -> None:
        self._finished = event
        if event.reason == "early_stop":
            self.bar.setMaximum(max(event.step, 1))
        self.bar.setValue(event.step)
        self.show_accuracy(event.val_accuracy, event.val_images, event.train_accuracy)

    # -- what is said --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.bar.setFormat("%p %")
        self.epoch.setText(self._epoch_text())
        self.left.setText(self._time_text())
        self._show_figures()
        self.speed.setText(self._speed_text())

    def _epoch_text(self) -> str:
        if self._started is None:
            return self._note() if self._note is not None else self.tr("No training yet")
        total = QLocale().toString(self._started.total_epochs)
        done = self._finished
        if done is None:
            current = min(self._epochs_done + 1, self._started.total_epochs)
            text = self.tr("Epoch {0} of {1}").format(QLocale().toString(current), total)
            return f"{text} – {self._note()}" if self._note is not None else text
        reached = QLocale().toString(done.epoch)
        if done.reason == "early_stop":
            return self.tr("Stopped early after epoch {0} of {1}: epoch {2} was the best").format(
                reached, total, QLocale().toString(done.best_epoch)
            )
        if done.reason == "stopped":
            return self.tr("Stopped after epoch {0} of {1}").format(reached, total)
        return self.tr("Epoch {0} of {1}: done").format(reached, total)

    def _time_text(self) -> str:
        if self._finished is not None:
            seconds = self._finished.seconds
            if not math.isfinite(seconds):  # a run that was ended before its first epoch was complete
                return ""
            return self.tr("{0} in all").format(clock(seconds))
        if self._started is None or self._from is None:
            return ""
        steps, seconds = self._step[0] - self._from[0], self._step[1] - self._from[1]
        if steps < 1 or seconds <= 0:
            return ""
        return self.tr("{0} left").format(
            clock((self._started.total_steps - self._step[0]) * seconds / steps)
        )

    def _show_figures(self) -> None:
        if self._accuracy is None:
            self.accuracy.clear()
            self.interval.clear()
            return
        share, images, is_val = self._accuracy
        locale = QLocale()
        self.accuracy.setText(locale.toString(100 * share, "f", 1) + " %")
        low, high = (locale.toString(100 * end, "f", 1) for end in wilson(round(share * images), images))
        if is_val:
            text = self.tr("[{0} – {1} %]  validation, n = {2}").format(low, high, locale.toString(images))
            told = self.tr(
                "Share of the validation digits that are read right. In brackets: where the true share "
                "probably lies, since so many digits only tell it roughly (95 % interval)."
            )
            if images < USEFUL:
                told = joined(told, self.tr("So few digits say little."))
        else:
            text = self.tr("on the training digits only, n = {0}").format(locale.toString(images))
            told = self.tr(
                "Nothing is held back for validation, so this does not tell how it reads new digits."
            )
        self.interval.setText(text)
        for label in (self.accuracy, self.interval):
            label.setToolTip(told)
        self.accuracy.setAccessibleName(f"{self.accuracy.text()} {text}")
        self._color()

    def _speed_text(self) -> str:
        if self._started is None:
            return ""
        locale = QLocale()
        parts = [
            device_words(self._started.device),
            self.tr("%Ln parameter(s)", "", self._started.parameters),
        ]
        if self._ms_per_step > 0:
            digits = 0 if self._ms_per_step >= 10 else 1 if self._ms_per_step >= 1 else 2
            parts.insert(0, self.tr("{0} ms a step").format(locale.toString(self._ms_per_step, "f", digits)))
            images = self._started.train_images / self._started.steps_per_epoch / self._ms_per_step * 1_000
            parts.insert(1, self.tr("{0} images/s").format(locale.toString(round(images))))
        return " · ".join(parts)

    # -- looks ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self.epoch, 0, 0, middle)
        grid.addWidget(self.speed, 1, 0, middle)
        grid.addWidget(self.accuracy, 0, 1, 2, 1, middle)
        grid.addWidget(self.interval, 0, 2, middle)
        grid.addWidget(self.left, 1, 2, middle)
        grid.addWidget(self.bar, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self.epoch.setWordWrap(True)
        self.speed.setWordWrap(True)
        self._set_fonts()

    def _set_fonts(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        self.epoch.setFont(bold)
        large = QFont(bold)
        if large.pointSizeF() > 0:
            large.setPointSizeF(2.2 * large.pointSizeF())
        self.accuracy.setFont(large)
        self._color()

    def _color(self) -> None:
        chosen = theme.colors(self.palette())
        quiet = QPalette(self.palette())
        quiet.setColor(QPalette.ColorRole.WindowText, chosen.quiet)
        for label in (self.interval, self.speed, self.left):
            label.setPalette(quiet)
        says_little = self._accuracy is not None and (self._accuracy[1] < USEFUL or not self._accuracy[2])
        self.accuracy.setPalette(quiet if says_little else self.palette())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._color()
        elif event.type() == QEvent.Type.FontChange:
            self._set_fonts()


def clock(seconds: float) -> str:
    """Return a duration as 0:07, 12:34 or 1:02:03."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
