"""A line an epoch, as Keras prints it: monospaced, to select and to copy."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from engine.events import EpochCompleted, RunStarted
from engine.sentences import counted

SMALLEST, FONT_STEP = 0.8, 0.5  # of the usual size; points
MOST_LINES = 2_000  # older lines leave the log; the curves keep their points


def run_line(event: RunStarted) -> str:
    """Return the line that tells a run from the others."""
    settings = event.config
    return (
        f"Run {event.run}: {settings.model}, {counted(event.train_images, 'image')}, "
        f"batch_size {settings.batch_size}, learning_rate {settings.learning_rate:g}, "
        f"seed {settings.seed}, {event.device}"
    )


def epoch_line(event: EpochCompleted, epochs: int, steps: int, seconds: float) -> str:
    """Return the line of one epoch.

    Args:
        event: what the epoch came to; a time per step that is nan, as in a run of an older version, is left
            out.
        epochs: epochs that are planned in all.
        steps: steps of an epoch.
        seconds: how long this epoch took.
    """
    figures = [
        ("accuracy", event.train_accuracy),
        ("loss", event.train_loss),
        ("val_accuracy", event.val_accuracy),
        ("val_loss", event.val_loss),
    ]
    told = " - ".join(f"{name}: {value:.4f}" for name, value in figures if value is not None)
    pace = "" if math.isnan(event.ms_per_step) else f" {_duration(event.ms_per_step)}/step"
    return f"Epoch {event.epoch}/{epochs}  {steps}/{steps} - {round(seconds)}s{pace} - {told}"


def _duration(milliseconds: float) -> str:
    if milliseconds >= 1_000:
        return f"{milliseconds / 1_000:.0f}s"
    return f"{milliseconds:.0f}ms" if milliseconds >= 1 else f"{milliseconds * 1_000:.0f}us"


class TrainingLog(QPlainTextEdit):
    """The log of this session's trainings and of the stored run it began with; the newest line is in sight.

    Where a line is longer than the log is wide, the letters become a little smaller; what is still too long
    goes on in a second line. Nothing has to be scrolled to the side.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingLog")
        self.setReadOnly(True)
        self.setMaximumBlockCount(MOST_LINES)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._usual = self.font()
        self._longest = ""
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabChangesFocus(True)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 6 * self.fontMetrics().lineSpacing())

    def lines(self) -> list[str]:
        """Return the lines that are kept."""
        return self.toPlainText().splitlines()

    def add(self, lines: list[str]) -> None:
        """Append lines, all at once."""
        if lines:
            self._longest = max(self._longest, *lines, key=len)
            self._fit()
            self.appendPlainText("\n".join(lines))

    def clear(self) -> None:
        """Forget all lines."""
        super().clear()
        self._longest = ""
        self._fit()

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.setAccessibleName(self.tr("Training log"))
        self.setPlaceholderText(self.tr("A line for each epoch appears here."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the largest letters, down to SMALLEST, in which the longest line fits."""
        room = self.viewport().width() - 2 * self.document().documentMargin() - self.cursorWidth()
        font, size = QFont(self._usual), self._usual.pointSizeF()
        while (
            QFontMetricsF(font).horizontalAdvance(self._longest) > room
            and size - FONT_STEP >= SMALLEST * self._usual.pointSizeF()
        ):
            size -= FONT_STEP
            font.setPointSizeF(size)
        if font != self.font():
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
