"""Reads the drawing while it grows: at most once a frame, and always its newest state."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.model_choice import ModelChoice

if TYPE_CHECKING:
    from engine.data.preprocess import Prepared
    from engine.inference.prediction import Prediction

FRAME_MS = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What came of one look.

    Attributes:
        prepared: what the model sees; None where nothing is drawn.
        prediction: its answer; None for an empty picture and while there is no model.
    """

    prepared: Prepared | None = None
    prediction: Prediction | None = None

    @property
    def has_ink(self) -> bool:
        """True where there is something to read."""
        return self.prepared is not None and not self.prepared.is_blank


class LiveReader(QObject):
    """Turns many changes into few looks.

    A change is read as soon as the events that wait are handled, or when a frame has passed since the last
    look; on a slow computer a look is followed by a pause as long as itself, so that the pen never waits for
    more than one.

    Args:
        look: returns what is to be read now.
        models: has the model in use.

    Signals:
        answered: the Reading of one look.
    """

    answered = Signal(object)

    def __init__(
        self, look: Callable[[], Prepared | None], models: ModelChoice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._models = models
        self._next = 0.0  # monotonic seconds before which nothing is read
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.read_now)

    def ask(self) -> None:
        """Say that there is something new to read."""
        if not self._timer.isActive():
            self._timer.start(max(0, round((self._next - time.monotonic()) * 1000)))

    def read_now(self) -> None:
        """Read what is there, without waiting for a frame."""
        self._timer.stop()
        begun = time.monotonic()
        prepared = self._look()
        prediction = None
        if prepared is not None and not prepared.is_blank and self._models.reader is not None:
            prediction = self._models.reader.predict(prepared.digit[None])[0]
        ended = time.monotonic()
        self._next = max(begun + FRAME_MS / 1000, ended + (ended - begun))
        self.answered.emit(Reading(prepared, prediction))
