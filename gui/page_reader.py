"""Finds and reads the digits of what is written: of a picture with many beside the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.latest_task import LatestTask
from gui.model_choice import IsWanted, Reader
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.data.preprocess import Prepared
    from engine.inference.prediction import Prediction
    from engine.inference.rows import Part, Row

AT_ONCE = 40  # parts of a picture that are judged while the window waits: some tens of ms

Shares = dict[bytes, float]


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What is to be read.

    Attributes:
        rows: all ways to divide each row of it; none where there is no ink.
        whole: all of it as one digit, where that is more than the only part: a picture.
    """

    rows: tuple[Row, ...]
    whole: Prepared | None = None

    @property
    def is_large(self) -> bool:
        """True for a picture for which the window should not wait."""
        return self.whole is not None and sum(len(row.parts) for row in self.rows) > AT_ONCE


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The digits of what is written, whatever trust an answer needs.

    Attributes:
        rows: what was divided.
        reader: what read it.
        parts: of each row those that are its digits.
        pictures: of all of them, row by row, what the model sees.
        answers: one for each picture; none where the only one is blank.
        shares: what the gate said of each part of the rows, by its canonical digit.
    """

    rows: tuple[Row, ...]
    reader: Reader
    parts: list[list[Part]]
    pictures: list[Prepared]
    answers: list[Prediction]
    shares: Shares


class PageReader(QObject):
    """Reads at once what is small, and a picture with many digits in a worker, once.

    Signals:
        found: what was large is read: ``find`` returns it now.
        failed: the EngineError for which it is not.
    """

    found = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Found | None = None
        self._asked: tuple[tuple[Row, ...], Reader] | None = None
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self._on_found)
        self._tasks.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """True until ``found`` or ``failed``."""
        return self._tasks.is_running

    def find(self, written: Written, reader: Reader, known: Shares) -> Found | None:
        """Return the digits of what is written; None where ``found`` will tell.

        Args:
            written: with at least one row.
            reader: what reads.
            known: what the gate has said before: it is not asked again.
        """
        if not written.is_large:
            self.forget()
            return find(written, reader, known)
        rows = written.rows
        if self._found is not None and self._found.rows is rows and self._found.reader is reader:
            return self._found
        if self._asked is None or self._asked[0] is not rows or self._asked[1] is not reader:
            self._found, self._asked = None, (rows, reader)
            copied = dict(known)

            def work(progress: Progress) -> Found | None:
                return find(written, reader, copied, lambda: progress(0, 0))

            self._tasks.start(work)
        return None

    def forget(self) -> None:
        """Want nothing any more, and read anew what was read."""
        self._found, self._asked = None, None
        self._tasks.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _on_found(self, found: Found | None) -> None:
        self._found, self._asked = found, None
        if found is not None:
            self.found.emit()

    def _on_failed(self, error: object) -> None:
        self._asked = None
        self.failed.emit(error)


def find(written: Written, reader: Reader, known: Shares, is_wanted: IsWanted = lambda: True) -> Found | None:
    """Return the digits of what is written; None soon where ``is_wanted``, asked row by row, says no."""
    known, shares = dict(known), Shares()
    chosen: list[list[Part]] = []
    for row in written.rows:
        if not is_wanted():
            return None
        chosen.append(_divided(row, reader, known, shares))
    found = [part for row in chosen for part in row]
    pictures = [part.prepared for part in found]
    if len(found) == 1 and written.whole is not None:
        pictures = [written.whole]
    is_blank = pictures[0].is_blank
    answers = [] if is_blank else reader.predict(np.stack([picture.digit for picture in pictures]))
    return Found(written.rows, reader, chosen, pictures, answers, shares)


def _divided(row: Row, reader: Reader, known: Shares, shares: Shares) -> list[Part]:
    """Return the parts of a row that are most likely its digits; what the gate says is put into both."""
    if len(row.parts) == 1:
        return list(row.parts)
    keys = [part.prepared.digit.tobytes() for part in row.parts]
    fresh = [place for place, key in enumerate(keys) if key not in known]
    if fresh:
        judged = reader.shares(np.stack([row.parts[place].prepared.digit for place in fresh]))
        known.update({keys[place]: float(share) for place, share in zip(fresh, judged, strict=True)})
    shares.update({key: known[key] for key in keys})
    return [row.parts[place] for place in row.choose(np.array([shares[key] for key in keys]))]
