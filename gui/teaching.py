"""Keeps a digit that was tried, with the label that a person gave it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.data.sample_types import CONFIRMED, CORRECTION, Misreading
from engine.data.samples import Sample
from gui.document_session import DocumentSession


class Outcome(Enum):
    """What telling the right digit came to."""

    ADDED = auto()
    RELABELLED = auto()
    KEPT = auto()  # it was there with this label already
    FAILED = auto()  # the session said why


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A digit that was tried: (28, 28) uint8, and what it was made from.

    Attributes:
        pieces: of a number, which of its strokes or pieces of a picture; empty where it is all there is.
    """

    digit: NDArray[np.uint8]
    original: bytes | None
    original_kind: str | None
    pieces: tuple[int, ...] = ()


class Teaching(QObject):
    """One row for one drawing, or for each digit of a number, however often its label is told.

    Signals:
        undo_changed: ``can_undo`` may be another now.
    """

    undo_changed = Signal()

    def __init__(self, session: DocumentSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: dict[tuple[int, ...], int] = {}  # the rows of the drawing, by the pieces of their digits
        self._is_editing = False
        self.can_undo = False
        self._mark = 0  # of undo when the last digit was taught
        self._added: int | None = None  # by the last edit; its undo takes this row out again
        session.samples_changed.connect(self._on_samples_changed)
        session.runs_changed.connect(self._on_runs_changed)
        session.document_changed.connect(self.forget)

    def teach(self, tried: Tried, label: int, misreading: Misreading | None) -> Outcome:
        """Keep ``tried`` as ``label``, or relabel it where it is kept already.

        Whoever tells another label at once pressed the wrong one before: the row is made anew, so that what
        was read wrong is a correction that can be learned, and what was read right is none.

        Args:
            tried: the digit.
            label: what it is.
            misreading: what was read instead; None where it was read right.
        """
        kept = self._kept(tried.pieces)
        if kept is not None and kept.label == label:
            return Outcome.KEPT
        self._is_editing = True
        try:
            source = CONFIRMED if misreading is None else CORRECTION
            is_slip = kept is not None and kept.id == self._added and kept.source != source and self.can_undo
            if kept is None or (is_slip and self._session.undo() is not None):
                added = self._session.add_digit(
                    tried.digit,
                    label,
                    source,
                    tried.original,
                    tried.original_kind,
                    misreading=misreading,
                )
                if added is not None:
                    self._ids[tried.pieces] = added
                self._added = added
                done = Outcome.ADDED if kept is None else Outcome.RELABELLED
                outcome = done if added is not None else Outcome.FAILED
            else:
                self._added = None
                is_done = self._session.set_label([kept.id], label)
                outcome = Outcome.RELABELLED if is_done else Outcome.FAILED
        finally:
            self._is_editing = False
        self._set_undo(outcome is not Outcome.FAILED)
        return outcome

    def undo(self) -> bool:
        """Take the last ``teach`` back; False where something else was done since."""
        if not self.can_undo:
            return False
        self._is_editing = True
        try:
            undone = self._session.undo() is not None
        finally:
            self._is_editing = False
        self._set_undo(False)
        return undone

    def forget(self) -> None:
        """Begin another drawing; what was kept stays."""
        self._ids.clear()
        self._set_undo(False)

    def turn(self) -> None:
        """Turn to another digit of the same number: undo no longer means the one before."""
        self._set_undo(False)

    def _kept(self, pieces: tuple[int, ...]) -> Sample | None:
        """Return the row of these pieces of the drawing; None where there is none, as after an undo."""
        if pieces not in self._ids:
            return None
        sample = self._session.document.samples.get(self._ids[pieces])
        return None if sample.deleted else sample

    def _on_samples_changed(self) -> None:
        if not self._is_editing:  # the newest edit is somebody else's: undo would take that back
            self._set_undo(False)

    def _on_runs_changed(self) -> None:
        if self._session.document.samples.undo_mark != self._mark:  # a run was edited since
            self._set_undo(False)

    def _set_undo(self, can_undo: bool) -> None:
        self._mark = self._session.document.samples.undo_mark if can_undo else 0
        self.can_undo = can_undo
        self.undo_changed.emit()
