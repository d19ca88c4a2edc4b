"""Undo and redo of a document's edits: what changed in which samples or runs, kept in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.database import Database
from engine.data.sample_types import CONFIRMED

ADD, DELETE, RELABEL, MOVE = "add", "delete", "relabel", "move"

NO_LABEL, CONFIRMED_LABEL = 15, 16  # in the value of a relabelling

# How a value of an edit is written: a relabelling's is the label, or NO_LABEL, plus CONFIRMED_LABEL where a
# person confirmed what was read; another label takes that back. A move's value is split + 4 × automatic.
_STATEMENTS = {
    ADD: "UPDATE samples SET deleted = ? WHERE id = ?",
    DELETE: "UPDATE samples SET deleted = ? WHERE id = ?",
    RELABEL: "UPDATE samples SET label = nullif(?1 & 15, 15), source = CASE"
    f" WHEN ?1 & {CONFIRMED_LABEL} THEN '{CONFIRMED}' WHEN source <> '{CONFIRMED}' THEN source"
    " WHEN EXISTS (SELECT 1 FROM originals o WHERE o.id = ?2 AND o.kind = 'image') THEN 'import'"
    " ELSE 'canvas' END WHERE id = ?2",
    MOVE: "UPDATE samples SET (split, automatic) = (?1 & 3, ?1 >> 2) WHERE id = ?2",
}


class UndoStep(Protocol):
    """One step of undo."""

    @property
    def kind(self) -> str:
        """What was done."""

    @property
    def samples(self) -> NDArray[np.int64]:
        """(N,) the samples it changed."""

    def write(self, database: Database, *, before: bool) -> None:
        """Write what was ``before`` it, or else what it made, in one transaction."""


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """One step of undo that changed samples.

    Attributes:
        kind: ``add``, ``delete``, ``relabel`` or ``move``.
        ids: (N,) the samples.
        before: (N,) the changed column as it was.
        after: (N,) the changed column as it became.
    """

    kind: str
    ids: NDArray[np.int64]
    before: NDArray[np.int8]
    after: NDArray[np.int8]

    @property
    def samples(self) -> NDArray[np.int64]:
        """(N,) the samples."""
        return self.ids

    def write(self, database: Database, *, before: bool) -> None:
        """Write the changed column and count the data version up, in one transaction."""
        write(database, self.kind, self.ids, self.before if before else self.after)


class History:
    """The edits that can be undone and redone; shared by the connections of one document, thread-safe."""

    def __init__(self) -> None:
        self._mutex = threading.RLock()
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._touched: list[NDArray[np.int64]] = []
        self._moves = 0

    @property
    def mark(self) -> int:
        """A number that grows with every edit, undo and redo: the same one means that nothing was done."""
        return self._moves

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to do again."""
        return bool(self._undone)

    def changed_since(self, mark: int) -> tuple[int, NDArray[np.int64]]:
        """Return a mark for the next call, and the samples that were edited since ``mark`` (0: the opening).

        Returns:
            The new mark; (N,) ids, rising, each once, of samples added, changed, deleted or brought back.
        """
        with self._mutex:
            touched = self._touched[mark:]
            ids = np.unique(np.concatenate(touched)) if touched else np.zeros(0, np.int64)
            return len(self._touched), ids

    def record(self, edit: UndoStep) -> None:
        """Remember an edit that was committed; what was undone before it cannot be redone any more."""
        with self._mutex:
            self._touched.append(edit.samples)
            self._moves += 1
            self._done.append(edit)
            self._undone.clear()

    def undo(self, database: Database) -> str | None:
        """Undo the last edit in one transaction and return its kind, None when there is none."""
        with self._mutex:
            if not self._done:
                return None
            edit = self._done[-1]
            edit.write(database, before=True)
            self._undone.append(self._done.pop())
            self._touched.append(edit.samples)
            self._moves += 1
            return edit.kind

    def redo(self, database: Database) -> str | None:
        """Redo the edit undone last in one transaction and return its kind, None when there is none."""
        with self._mutex:
            if not self._undone:
                return None
            edit = self._undone[-1]
            edit.write(database, before=False)
            self._done.append(self._undone.pop())
            self._touched.append(edit.samples)
            self._moves += 1
            return edit.kind


def write(database: Database, kind: str, ids: NDArray[np.int64], values: NDArray[np.int8]) -> None:
    """Write the changed column of an edit in one transaction and count the data version up."""
    with database.transaction():
        database.run_many(_STATEMENTS[kind], zip(values.tolist(), ids.tolist(), strict=True))
        count_version(database)


def count_version(database: Database) -> None:
    """Say, inside a transaction, that the data changed."""
    database.run("UPDATE meta SET value = value + 1 WHERE name = 'data_version'")
