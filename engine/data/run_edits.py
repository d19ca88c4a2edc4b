"""What people may change of a run: its name, its note, and whether it is there; each is a step of undo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.database import Database

RENAME, NOTE, DELETE = KINDS = ("rename_run", "note_run", "delete_run")

_STATEMENTS = {
    RENAME: "UPDATE runs SET name = ? WHERE id = ?",
    NOTE: "UPDATE runs SET note = ? WHERE id = ?",
    DELETE: "UPDATE runs SET deleted = ? WHERE id = ?",
}
NO_SAMPLES = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class RunEdit:
    """One step of undo that changed runs.

    Attributes:
        kind: ``rename_run``, ``note_run`` or ``delete_run``.
        runs: their numbers.
        before, after: the changed column of each, as it was and as it became.
    """

    kind: str
    runs: tuple[int, ...]
    before: tuple[str | int, ...]
    after: tuple[str | int, ...]

    @property
    def samples(self) -> NDArray[np.int64]:
        """No sample changes with a run."""
        return NO_SAMPLES

    def write(self, database: Database, *, before: bool) -> None:
        """Write what was ``before`` it, or else what it made, in one transaction."""
        values = self.before if before else self.after
        with database.transaction():
            database.run_many(_STATEMENTS[self.kind], zip(values, self.runs, strict=True))
