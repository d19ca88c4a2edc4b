"""The digits of a document: stored, listed, edited, undone. Deleted rows stay, so that runs stay true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from engine.data import edits, intake
from engine.data.database import Database
from engine.data.edits import Edit, History
from engine.data.sample_types import (
    CONFIRMED,
    SIDE,
    STARTER,
    Added,
    NewSample,
    Sample,
    Samples,
    read_rows,
)
from engine.data.splits import SPLITS, Split
from engine.errors import Code, EngineError

__all__ = ["SPLITS", "Added", "NewSample", "Sample", "SampleTable", "Samples", "Split"]


_OWN = f" AND s.source <> '{STARTER}'"


class SampleTable:
    """The samples of one document; each edit is one transaction and one step of undo."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        self._new_ids: list[NDArray[np.int64]] = []  # added, not yet a step of undo
        self._is_one_step = False

    # -- adding --------------------------------------------------------------------------------------

    def add(self, samples: Iterable[NewSample], skip_duplicates: bool = False) -> Added:
        """Add digits in one transaction.

        Raises:
            EngineError: LABEL_INVALID, DISK_FULL, DOCUMENT_BUSY; nothing is added then.
        """
        return self._store(list(samples), skip_duplicates)

    def add_arrays(
        self,
        images: NDArray[np.uint8],
        labels: Sequence[int | None] | NDArray[np.integer],
        split: Split | None = None,
        source: str = "import",
        group: str | None = None,
        skip_duplicates: bool = False,
    ) -> Added:
        """Add many digits in one transaction.

        Args:
            images: (N, 28, 28) white ink on black.
            labels: (N,) 0 … 9, -1 or None for none.
            split: as in NewSample, for all of them.
            source: as in NewSample, for all of them.
            group: as in NewSample, for all of them.
            skip_duplicates: leave out what is there already, or came earlier in ``images``.

        Raises:
            EngineError: as ``add``.
        """
        plain = [None if label is None or label == -1 else int(label) for label in labels]
        images = np.ascontiguousarray(images, np.uint8)
        return self._store(
            [
                NewSample(image, label, split, group, source)
                for image, label in zip(images, plain, strict=True)
            ],
            skip_duplicates,
        )

    def _store(self, samples: list[NewSample], skip_duplicates: bool) -> Added:
        ids = intake.store(self._database, samples, skip_duplicates)
        if ids:
            self._new_ids.append(np.array(ids, np.int64))
            if not self._is_one_step:
                self._record_added()
        return Added(list(ids), len(samples) - len(ids))

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make all additions of the block one step of undo; each is committed as it comes."""
        self._is_one_step = True
        try:
            yield
        finally:
            self._is_one_step = False
            self._record_added()

    def _record_added(self) -> None:
        if self._new_ids:
            ids = np.concatenate(self._new_ids)
            self._new_ids.clear()
            before, after = np.ones(len(ids), np.int8), np.zeros(len(ids), np.int8)
            self._history.record(Edit(edits.ADD, ids, before, after))

    # -- reading -------------------------------------------------------------------------------------

    def load(
        self, split: Split | None = None, labelled_only: bool = False, own_only: bool = False
    ) -> Samples:
        """Return the digits of a split, or of all, in the order of their ids; ``own``: no starter digits."""
        where = "s.deleted = 0"
        if split is not None:
            where += f" AND s.split = {split.code}"
        if labelled_only:
            where += " AND s.label IS NOT NULL"
        if own_only:
            where += _OWN
        with self._database.snapshot() as connection:
            row = connection.execute(f"SELECT count(*) FROM samples s WHERE {where}").fetchone()
            # both tables are walked in the order of their ids; an index would force a sort of all pixels
            cursor = connection.execute(
                "SELECT s.id, coalesce(s.label, -1), s.split, d.pixels FROM samples s NOT INDEXED"
                f" CROSS JOIN digits d ON d.id = s.id WHERE {where} ORDER BY s.id"
            )
            return read_rows(cursor, int(row[0]))

    def changed_since(self, mark: int) -> tuple[int, NDArray[np.int64]]:
        """Return a mark for the next call, and the ids edited since ``mark`` (see ``History``)."""
        return self._history.changed_since(mark)

    def pick(self, ids: Iterable[int]) -> Samples:
        """Return these digits, in the order of their ids; deleted and unknown ones are left out."""
        rows = self._database.all_in(
            "SELECT s.id, coalesce(s.label, -1), s.split, d.pixels FROM samples s NOT INDEXED"
            " CROSS JOIN digits d ON d.id = s.id WHERE s.deleted = 0 AND s.id IN {}",
            [int(id_) for id_ in ids],
        )
        rows.sort()
        columns = tuple(zip(*rows, strict=True)) or ((), (), (), ())
        images = np.frombuffer(b"".join(columns[3]), np.uint8).reshape(-1, SIDE, SIDE)
        return Samples(
            np.array(columns[0], np.int64),
            images,
            np.array(columns[1], np.int8),
            np.array(columns[2], np.int8),
        )

    def sources(self, ids: Iterable[int] | None = None) -> list[str]:
        """Return where each digit comes from: of ``ids``, or of all, in the order of their ids."""
        query = "SELECT id, source FROM samples NOT INDEXED WHERE deleted = 0"
        if ids is None:
            rows = self._database.all(query + " ORDER BY id")
        else:
            rows = self._database.all_in(query + " AND id IN {}", [int(id_) for id_ in ids])
        return [source for _, source in sorted(rows)]

    def strokes(self, ids: Iterable[int]) -> dict[int, bytes]:
        """Return the pen strokes, as JSON, of those digits that were stored with some, deleted ones too."""
        rows = self._database.all_in(
            "SELECT id, content FROM originals WHERE kind = 'strokes' AND id IN {}", [int(id_) for id_ in ids]
        )
        return {int(row[0]): bytes(row[1]) for row in rows}

    def with_strokes(self, split: Split) -> list[int]:
        """Return the ids of the labelled digits of a split that were stored with pen strokes, rising."""
        rows = self._database.all(
            "SELECT o.id FROM originals o JOIN samples s ON s.id = o.id WHERE o.kind = 'strokes'"
            " AND s.deleted = 0 AND s.label IS NOT NULL AND s.split = ? ORDER BY o.id",
            (split.code,),
        )
        return [int(row[0]) for row in rows]

    def grouped(self, split: Split) -> list[tuple[int, int, str | None]]:
        """Return id, label and group of the labelled digits of a split, in the order of their ids."""
        return self._database.all(
            "SELECT id, label, group_key FROM samples NOT INDEXED"
            " WHERE deleted = 0 AND label IS NOT NULL AND split = ? ORDER BY id",
            (split.code,),
        )

    def count(self) -> int:
        """Return how many digits there are."""
        row = self._database.one("SELECT count(*) FROM samples WHERE deleted = 0")
        return int(row[0]) if row else 0

    def counts(self) -> dict[int | None, int]:
        """Return how many digits have each label 0 … 9; under None those without one."""
        found: dict[int | None, int] = dict.fromkeys([*range(10), None], 0)
        found.update(
            self._database.all("SELECT label, count(*) FROM samples WHERE deleted = 0 GROUP BY label")
        )
        return found

    def own_counts(self) -> list[int]:
        """Return how many digits of each label 0 … 9 can be learned from and are no starter digits."""
        rows = self._database.all(
            "SELECT s.label, count(*) FROM samples s WHERE s.deleted = 0 AND s.label IS NOT NULL"
            f" AND s.split = {Split.TRAIN.code}{_OWN} GROUP BY s.label"
        )
        found = {int(label): int(count) for label, count in rows}
        return [found.get(label, 0) for label in range(10)]

    def split_counts(self, labelled_only: bool = False) -> dict[Split, int]:
        """Return how many digits each split has."""
        where = "deleted = 0 AND label IS NOT NULL" if labelled_only else "deleted = 0"
        rows = self._database.all(f"SELECT split, count(*) FROM samples WHERE {where} GROUP BY split")
        return dict.fromkeys(SPLITS, 0) | {SPLITS[code]: count for code, count in rows}

    def get(self, id: int) -> Sample:
        """Return one digit, deleted or not, with its original.

        Raises:
            KeyError: no digit ever had this id.
        """
        row = self._database.one(
            "SELECT s.id, d.pixels, s.label, s.split, s.group_key, s.source, s.created, s.deleted,"
            " o.content, o.kind FROM samples s JOIN digits d ON d.id = s.id"
            " LEFT JOIN originals o ON o.id = s.id WHERE s.id = ?",
            (int(id),),
        )
        if row is None:
            raise KeyError(id)
        number, pixels, label, split, group, source, created, deleted, content, kind = row
        digit = np.frombuffer(pixels, np.uint8).reshape(SIDE, SIDE)
        return Sample(
            number, digit, label, SPLITS[split], group, source, created, bool(deleted), content, kind
        )

    # -- editing -------------------------------------------------------------------------------------

    def set_label(self, ids: Iterable[int], label: int | None) -> int:
        """Relabel digits; None takes the label away.

        A digit that was confirmed on the Test page counts as drawn or imported then: what was confirmed is
        no longer its label. Undo brings both back.

        Returns:
            How many changed.

        Raises:
            EngineError: LABEL_INVALID.
        """
        if label is not None and not 0 <= label <= 9:
            raise EngineError(Code.LABEL_INVALID, value=label)
        column = f"coalesce(label, {edits.NO_LABEL})"
        stored = f"{column} + {edits.CONFIRMED_LABEL} * (source = '{CONFIRMED}')"
        return self._change(edits.RELABEL, ids, column, stored, edits.NO_LABEL if label is None else label)

    def set_split(self, ids: Iterable[int], split: Split) -> int:
        """Move digits, and all others of their groups, to a split.

        Returns:
            How many changed.
        """
        wanted = [int(id_) for id_ in ids]
        groups = self._database.all_in(
            "SELECT DISTINCT group_key FROM samples WHERE group_key IS NOT NULL AND id IN {}", wanted
        )
        names = sorted({row[0] for row in groups})
        wanted += [
            row[0] for row in self._database.all_in("SELECT id FROM samples WHERE group_key IN {}", names)
        ]
        return self._change(edits.MOVE, wanted, "split", "split + 4 * automatic", split.code)

    def delete(self, ids: Iterable[int]) -> int:
        """Delete digits; undo brings them back.

        Returns:
            How many were deleted.
        """
        return self._change(edits.DELETE, ids, "deleted", "deleted", 1)

    def _change(self, kind: str, ids: Iterable[int], column: str, stored: str, value: int) -> int:
        """Set ``column`` to ``value`` where it differs; ``stored`` is what undo has to write back."""
        wanted = [int(id_) for id_ in ids]
        # a moved group takes its deleted members along: undo may bring them back
        alive = "" if kind == edits.MOVE else "+deleted = 0 AND "  # +: look up by id, not by state
        with self._database.transaction():
            rows = self._database.all_in(
                f"SELECT id, {stored} FROM samples WHERE {alive}{column} <> {value} AND id IN {{}}", wanted
            )
            if not rows:
                return 0
            table = np.unique(np.array(rows, np.int64), axis=0)
            before = table[:, 1].astype(np.int8)
            edit = Edit(kind, table[:, 0].copy(), before, np.full(len(before), value, np.int8))
            edits.write(self._database, kind, edit.ids, edit.after)
        self._history.record(edit)
        return len(before)

    def undo(self) -> str | None:
        """Take the last edit back; return its kind (``add``, ``delete``, ``relabel``, ``move``), or None."""
        return self._history.undo(self._database)

    def redo(self) -> str | None:
        """Do the edit that was taken back last again; return its kind, or None."""
        return self._history.redo(self._database)

    @property
    def undo_mark(self) -> int:
        """A number that grows with every edit, undo and redo of digits and runs."""
        return self._history.mark

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to do again."""
        return self._history.can_redo
