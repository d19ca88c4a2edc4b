"""Reads the drawing while it grows: as often as a mouse tells of a point, and always its newest state."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.model_choice import ModelChoice
from gui.page_reader import Found, PageReader, Shares, Written
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.data.preprocess import Prepared
    from engine.inference.prediction import Prediction
    from engine.inference.rows import Part, Row

PACE_MS = 8.0  # a mouse tells of 125 points a second: each is read at once, of faster pens some are left out
UNSURE = "?"


@dataclass(frozen=True, slots=True, eq=False)
class ReadDigit:
    """One digit of a number: what the model sees and answers, and its strokes or pieces of a picture."""

    prepared: Prepared
    prediction: Prediction
    pieces: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The digit, or ``?`` where the model is not sure."""
        return str(self.prediction.label) if self.prediction.is_digit else UNSURE


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What came of one look.

    Attributes:
        prepared: what the model sees; None where nothing is drawn.
        prediction: its answer; None for an empty picture and while there is no model.
        rows: every digit that was read, line by line; more than one is a number.
        chosen: which of them, counted over all lines, ``prepared`` and ``prediction`` are of.
    """

    prepared: Prepared | None = None
    prediction: Prediction | None = None
    rows: tuple[tuple[ReadDigit, ...], ...] = ()
    chosen: int = 0

    @property
    def digits(self) -> tuple[ReadDigit, ...]:
        """All digits that were read."""
        return tuple(digit for row in self.rows for digit in row)

    @property
    def text(self) -> str:
        """What is read, a line for each row; empty where nothing is."""
        return "\n".join("".join(digit.text for digit in row) for row in self.rows)

    def with_chosen(self, place: int) -> Reading:
        """Return the same reading with another of its digits looked at."""
        digit = self.digits[place]
        return replace(self, prepared=digit.prepared, prediction=digit.prediction, chosen=place)

    @property
    def has_ink(self) -> bool:
        """True where there is something to read."""
        return self.prepared is not None and not self.prepared.is_blank


class LiveReader(QObject):
    """Turns many changes into few looks.

    A change is read as soon as the events that wait are handled, or PACE_MS after the change before it that
    was read; on a slow computer a look is followed by a pause as long as itself, so that the pen never waits
    for more than one.

    Args:
        look: returns what is to be read now; None where nothing is drawn.
        models: has the model in use.
        threshold: returns the trust from which an answer is given; None leaves that to the model.
        clock: tells seconds that only grow; tests pass their own.

    Signals:
        answered: the Reading of one look. Of a picture with many digits it comes without them first.
        failed: the EngineError for which they cannot be read.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        look: Callable[[], Written | None],
        models: ModelChoice,
        parent: QObject | None = None,
        threshold: Callable[[], float | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._clock = clock
        self._models = models
        self._threshold = threshold
        self._reading = Reading()
        self._picked: tuple[int, ...] | None = None  # the pieces of the digit that somebody chose
        self._shares: Shares = {}  # what the gate said of the parts of the last look
        self._rows: tuple[Row, ...] = ()  # of the reading
        self._page = PageReader(self)
        self._page.found.connect(self.read_now)
        self._page.failed.connect(self.failed)
        self._asked: float | None = None  # when the change came that is read next
        self._next = 0.0  # when it may be read
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.read_now)

    @property
    def is_reading(self) -> bool:
        """True while a picture with many digits is read beside the window."""
        return self._page.is_running

    def forget_answers(self) -> None:
        """Take it that the model, though it is the same, answers something else now."""
        self._page.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._page.shutdown(timeout_ms)

    def ask(self) -> None:
        """Say that there is something new to read."""
        self._picked = None
        if not self._timer.isActive():
            self._asked = self._clock()
            self._timer.start(max(0, round((self._next - self._asked) * 1000)))

    def read_now(self) -> None:
        """Read what is there, without waiting."""
        begun = self._clock()
        asked, self._asked = self._asked if self._asked is not None else begun, None
        self._timer.stop()
        self._reading = self._read(self._look())
        ended = self._clock()
        # From when the change came, not from when it was read: else a pen that is as fast stays behind.
        self._next = max(asked + PACE_MS / 1000, ended + (ended - begun))
        self.answered.emit(self._reading)

    def catch_up(self) -> None:
        """Read now what waits to be read, if anything does."""
        if self._timer.isActive():
            self.read_now()

    def choose(self, place: int) -> None:
        """Look at another digit of the number that was read, until something else is written."""
        if 0 <= place < len(self._reading.digits):
            self._picked = self._reading.digits[place].pieces
            self._reading = self._reading.with_chosen(place)
            self.answered.emit(self._reading)

    def _read(self, written: Written | None) -> Reading:
        reader = self._models.reader
        if written is None or reader is None or not written.rows:
            self._page.forget()
        if written is None:
            return Reading()
        if reader is None or not written.rows:
            parts = [part for row in written.rows[:1] for part in row.parts]
            widest = max(parts, key=lambda part: len(part.pieces)).prepared if parts else None
            return Reading(written.whole or widest)
        found = self._page.find(written, reader, self._shares)
        if found is None:  # what is there of the same picture stays until there is more
            is_same = self._rows is written.rows and self._reading.digits
            return self._reading if is_same else Reading(written.whole)
        self._shares, self._rows = found.shares, found.rows
        return self._judged(found, written.whole is not None)

    def _judged(self, found: Found, is_picture: bool) -> Reading:
        """Return the answers that reach the threshold, and which digit is looked at."""
        if not found.answers:
            return Reading(found.pictures[0])
        threshold, answers = self._threshold(), found.answers
        if threshold is not None:
            answers = [answer.judged(threshold) for answer in answers]
        parts = [part for row in found.parts for part in row]
        digits = iter(map(ReadDigit, found.pictures, answers, [part.pieces for part in parts]))
        rows = tuple(tuple(next(digits) for _ in row) for row in found.parts)
        return Reading(rows=rows).with_chosen(self._place(parts, is_picture))

    def _place(self, found: Sequence[Part], is_picture: bool) -> int:
        """Return which digit is looked at: the chosen one; else a picture's first, or the newest."""
        for place, part in enumerate(found):
            if part.pieces == self._picked:
                return place
        return 0 if is_picture else max(range(len(found)), key=lambda place: max(found[place].pieces))
