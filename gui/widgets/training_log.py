"""A line an epoch, as Keras prints it: monospaced, to select and to copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from engine.events import EpochCompleted

MOST_LINES = 2_000  # older lines leave the log; the curves keep their points


def epoch_line(event: EpochCompleted, epochs: int, steps: int, seconds: float) -> str:
    """Return the line of one epoch.

    Args:
        event: what the epoch came to.
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
    return (
        f"Epoch {event.epoch}/{epochs}  {steps}/{steps} - {round(seconds)}s "
        f"{_duration(event.ms_per_step)}/step - {told}"
    )


def _duration(milliseconds: float) -> str:
    if milliseconds >= 1_000:
        return f"{milliseconds / 1_000:.0f}s"
    return f"{milliseconds:.0f}ms" if milliseconds >= 1 else f"{milliseconds * 1_000:.0f}us"


class TrainingLog(QPlainTextEdit):
    """The log of the trainings of this session; the newest line stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingLog")
        self.setReadOnly(True)
        self.setMaximumBlockCount(MOST_LINES)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
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
            self.appendPlainText("\n".join(lines))

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.setAccessibleName(self.tr("Training log"))
        self.setPlaceholderText(self.tr("A line for each epoch appears here."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
