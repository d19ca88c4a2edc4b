"""The digits of a document: stored, listed, edited, undone. Deleted rows stay, so that runs stay true."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from engine.data import edits
from engine.data.database import Database
from engine.data.edits import Edit, History
from engine.data.splits import SPLITS, Split, SplitRule
from engine.errors import Code, EngineError

__all__ = ["SPLITS", "Added", "NewSample", "Sample", "SampleTable", "Samples", "Split"]

SIDE = 28
PIXELS = SIDE * SIDE
_FETCH = 2_000  # rows read at once


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Many digits in arrays, in the order of their ids.

    Attributes:
        ids: (N,) row numbers, which never change.
        images: (N, 28, 28) white ink on black.
        labels: (N,) 0 … 9, -1 where there is none.
        splits: (N,) 0 train, 1 val, 2 test: the places in ``SPLITS``.
    """

    ids: NDArray[np.int64]
    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    splits: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class NewSample:
    """A digit to be added.

    Attributes:
        digit: (28, 28) white ink on black, as ``engine.data.preprocess`` makes it.
        label: 0 … 9, or None when it is not known yet.
        split: None lets the rule of ``engine.data.splits`` choose.
        group: a writer or sheet that must stay on one side of the split.
        source: ``canvas``, ``import``, ``starter`` or ``correction``.
        original: what it was made from, kept as it came.
        original_kind: ``strokes`` (JSON) or ``image`` (an image file).
    """

    digit: NDArray[np.uint8]
    label: int | None = None
    split: Split | None = None
    group: str | None = None
    source: str = "canvas"
    original: bytes | None = None
    original_kind: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One stored digit with all that is known of it; fields as in ``NewSample``."""

    id: int
    digit: NDArray[np.uint8]
    label: int | None
    split: Split
    group: str | None
    source: str
    created: str  # ISO 8601, UTC
    deleted: bool
    original: bytes | None
    original_kind: str | None


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: the new ids, and how many digits were there before (same pixels and label)."""

    ids: list[int]
    duplicates: int


class SampleTable:
    """The samples of one document; each edit is one transaction and one step of undo."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

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
            split, source, group: as in NewSample, for all of them.
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
        for sample in samples:
            if sample.label is not None and not 0 <= sample.label <= 9:
                raise EngineError(Code.LABEL_INVALID, value=sample.label)
            if sample.digit.shape != (SIDE, SIDE) or sample.digit.dtype != np.uint8:
                raise ValueError(f"a digit is (28, 28) uint8, not {sample.digit.shape} {sample.digit.dtype}")
        if not samples:
            return Added([], 0)
        pixels = [sample.digit.tobytes() for sample in samples]
        digests = [digest_of(content) for content in pixels]
        with self._database.transaction():
            fresh = self._without_duplicates(samples, digests) if skip_duplicates else range(len(samples))
            if not fresh:
                return Added([], len(samples))
            chosen = [samples[index] for index in fresh]
            sides = self._place(chosen)
            row = self._database.one("SELECT coalesce(max(id), 0) + 1 FROM samples")
            first = row[0] if row else 1
            ids = range(first, first + len(chosen))
            self._insert(ids, chosen, sides)
            self._database.run_many(
                "INSERT INTO digits VALUES (?, ?, ?)",
                ((id_, pixels[index], digests[index]) for id_, index in zip(ids, fresh, strict=True)),
            )
            edits.count_version(self._database)
        self._history.record(
            Edit(edits.ADD, np.array(ids, np.int64), np.ones(len(ids), np.int8), np.zeros(len(ids), np.int8))
        )
        return Added(list(ids), len(samples) - len(ids))

    def _insert(self, ids: range, samples: list[NewSample], sides: list[int]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._database.run_many(
            "INSERT INTO samples (id, label, split, automatic, group_key, source, created)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (id_, new.label, side, int(new.split is None), new.group, new.source, now)
                for id_, new, side in zip(ids, samples, sides, strict=True)
            ),
        )
        self._database.run_many(
            "INSERT INTO originals VALUES (?, ?, ?)",
            (
                (id_, new.original_kind, new.original)
                for id_, new in zip(ids, samples, strict=True)
                if new.original is not None
            ),
        )

    def _without_duplicates(self, samples: list[NewSample], digests: list[bytes]) -> list[int]:
        """Return the places in ``samples`` of those that are neither stored nor earlier in the list."""
        seen = set(
            self._database.all_in(
                "SELECT d.digest, s.label FROM digits d CROSS JOIN samples s ON s.id = d.id"
                " WHERE s.deleted = 0 AND d.digest IN {}",
                digests,
            )
        )
        fresh = []
        for index, (sample, digest) in enumerate(zip(samples, digests, strict=True)):
            if (digest, sample.label) not in seen:
                seen.add((digest, sample.label))
                fresh.append(index)
        return fresh

    def _place(self, samples: list[NewSample]) -> list[int]:
        """Return the side of each sample: its group's, the wanted one, or the one the rule chooses."""
        members: dict[str, Counter[int | None]] = {}
        wanted: dict[str, Split] = {}
        for sample in samples:
            if sample.group is not None:
                members.setdefault(sample.group, Counter())[sample.label] += 1
                if sample.split is not None:
                    wanted.setdefault(sample.group, sample.split)
        free = {sample.label for sample in samples if sample.split is None}
        rule = self._rule(list(members), free)
        sides: dict[str, int] = {}
        for group, labels in members.items():
            known = rule.side_of(group)
            if known is None and group in wanted:
                sides[group] = wanted[group].code
            else:
                sides[group] = rule.place_group(group, labels)
        return [
            sides[sample.group]
            if sample.group is not None
            else sample.split.code
            if sample.split is not None
            else rule.place(sample.label)
            for sample in samples
        ]

    def _rule(self, groups: list[str], labels: set[int | None]) -> SplitRule:
        """Return the rule as it stands for digits of these groups and labels."""
        counts: dict[int | None, list[int]] = {}
        for label in labels:
            rows = self._database.all(
                "SELECT split, count(*) FROM samples WHERE deleted = 0 AND automatic = 1 AND label IS ?"
                " GROUP BY split",
                (label,),
            )
            placed = {int(side): int(count) for side, count in rows}
            counts[label] = [placed.get(side, 0) for side in range(3)]
        # deleted members count too: undo may bring them back
        known = self._database.all_in(
            "SELECT group_key, min(split) FROM samples WHERE group_key IN {} GROUP BY group_key", groups
        )
        return SplitRule(counts, {group: side for group, side in known})

    # -- reading -------------------------------------------------------------------------------------

    def load(self, split: Split | None = None, labelled_only: bool = False) -> Samples:
        """Return the digits of a split, or of all, in the order of their ids."""
        where = "s.deleted = 0"
        if split is not None:
            where += f" AND s.split = {split.code}"
        if labelled_only:
            where += " AND s.label IS NOT NULL"
        with self._database.snapshot() as connection:
            row = connection.execute(f"SELECT count(*) FROM samples s WHERE {where}").fetchone()
            # both tables are walked in the order of their ids; an index would force a sort of all pixels
            cursor = connection.execute(
                "SELECT s.id, coalesce(s.label, -1), s.split, d.pixels FROM samples s NOT INDEXED"
                f" CROSS JOIN digits d ON d.id = s.id WHERE {where} ORDER BY s.id"
            )
            return read_rows(cursor, int(row[0]))

    def changed_since(self, mark: int) -> tuple[int, NDArray[np.int64]]:
        """Return a mark for the next call, and the ids edited since ``mark``; see ``History.changed_since``."""
        return self._history.changed_since(mark)

    def pick(self, ids: Iterable[int]) -> Samples:
        """Return these digits, in the order of their ids; deleted and unknown ones are left out."""
        rows = self._database.all_in(
            "SELECT s.id, coalesce(s.label, -1), s.split, d.pixels FROM samples s"
            " JOIN digits d ON d.id = s.id WHERE s.deleted = 0 AND s.id IN {}",
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
            rows = self._database.all_in(
                query.replace(" NOT INDEXED", "") + " AND id IN {}", [int(i) for i in ids]
            )
        return [source for _, source in sorted(rows)]

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

        Returns:
            How many changed.

        Raises:
            EngineError: LABEL_INVALID.
        """
        if label is not None and not 0 <= label <= 9:
            raise EngineError(Code.LABEL_INVALID, value=label)
        return self._change(
            edits.RELABEL, ids, "coalesce(label, -1)", "coalesce(label, -1)", -1 if label is None else label
        )

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
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to do again."""
        return self._history.can_redo


def digest_of(pixels: bytes) -> bytes:
    """Return the 16 bytes by which equal digits are found."""
    return hashlib.blake2b(pixels, digest_size=16).digest()


def read_rows(cursor: sqlite3.Cursor, count: int) -> Samples:
    """Read ``count`` rows of id, label, split, pixels into arrays."""
    ids, labels = np.empty(count, np.int64), np.empty(count, np.int8)
    splits, images = np.empty(count, np.int8), np.empty((count, PIXELS), np.uint8)
    start = 0
    while rows := cursor.fetchmany(_FETCH):
        stop = start + len(rows)
        columns = tuple(zip(*rows, strict=True))
        ids[start:stop], labels[start:stop], splits[start:stop] = columns[:3]
        images[start:stop] = np.frombuffer(b"".join(columns[3]), np.uint8).reshape(-1, PIXELS)
        start = stop
    if start != count:
        raise sqlite3.DatabaseError(f"{count - start} of {count} digits have no pixels")
    return Samples(ids, images.reshape(count, SIDE, SIDE), labels, splits)
