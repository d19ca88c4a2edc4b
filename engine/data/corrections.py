"""Which digits of a document are corrections: misread by a model, and told what they are."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.data.database import Database
from engine.data.packing import unpack_ids
from engine.data.sample_types import Misreading
from engine.data.splits import Split
from engine.errors import Code, EngineError

_THERE = (
    "SELECT c.id FROM corrections c JOIN samples s ON s.id = c.id"
    f" WHERE s.deleted = 0 AND s.label IS NOT NULL AND s.split = {Split.TRAIN.code} ORDER BY c.id"
)


class CorrectionTable:
    """The corrections of one document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self) -> NDArray[np.int64]:
        """Return the corrections that can be learned from, (N,), rising: labelled and for training."""
        return np.array([row[0] for row in self._database.all(_THERE)], np.int64)

    def misreadings(self, ids: Iterable[int]) -> dict[int, Misreading]:
        """Return what was read in these digits; those that are no corrections are left out."""
        rows = self._database.all_in(
            "SELECT id, answer, confidence, run, epoch FROM corrections WHERE id IN {}",
            [int(id_) for id_ in ids],
        )
        return {int(row[0]): Misreading(*row[1:]) for row in rows}

    def waiting(self, run: int | None) -> NDArray[np.int64]:
        """Return the corrections that the model of ``run`` (None: the shipped one) has not learned from.

        Raises:
            EngineError: DOCUMENT_DAMAGED.
        """
        ids = self.ids()
        return ids if not len(ids) or run is None else np.setdiff1d(ids, self._learned(run))

    def _learned(self, run: int) -> NDArray[np.int64]:
        """Return the digits that a run learned from, and those that it started from learned from."""
        found = [np.empty(0, np.int64)]
        visited: set[int] = set()
        while run not in visited:
            visited.add(run)
            row = self._database.one(
                "SELECT r.config, m.ids FROM runs r LEFT JOIN run_samples m ON m.run = r.id AND m.split = ?"
                " WHERE r.id = ?",
                (Split.TRAIN.code, run),
            )
            if row is None:
                break
            try:
                found.append(unpack_ids(row[1]) if row[1] is not None else found[0])
                start = str(json.loads(row[0]).get("start_from", ""))
            except (ValueError, TypeError, AttributeError, zlib.error) as error:
                detail = f"members of run {run}: {error}"
                raise EngineError(Code.DOCUMENT_DAMAGED, path=self._database.path, detail=detail) from error
            if not start.isdecimal():
                break
            run = int(start)
        return np.concatenate(found)
