"""The trainings of a document: settings, members, figures and checkpoints. What a run saw never changes."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.data import run_edits
from engine.data.database import Database, Row
from engine.data.edits import History
from engine.data.packing import pack_ids, pack_labels, unpack_ids, unpack_labels
from engine.data.run_edits import RunEdit
from engine.data.run_lock import is_held
from engine.data.run_settings import is_of_another_version, read_settings
from engine.data.sample_types import PIXELS, SIDE, Samples
from engine.data.splits import Split
from engine.errors import Code, EngineError

STATES = ("running", "paused", "finished", "stopped", "failed")
_COLUMNS = ("name", "facts", "state", "best_epoch", "val_loss", "val_accuracy", "val_images", "reason")
_SELECT = (
    "SELECT id, name, config, facts, state, created, updated, best_epoch, val_loss, val_accuracy,"
    " val_images, reason, note FROM runs"
)
_THERE = "NOT deleted"

_KINDS = (
    *(int, str, str, str, str, str, str),
    *(int | None, float | None, float | None, int | None, str | None, str),
)

Members = Mapping[Split, tuple[NDArray[np.int64], NDArray[np.int8]]]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One training.

    Attributes:
        id: its number, from 1.
        name: what the user calls it; may be empty.
        config: all that defines it.
        facts: what was true when it started (versions, device, threads, data version …), JSON values.
        state: ``running``, ``paused``, ``finished``, ``stopped`` or ``failed``.
        created, updated: ISO 8601, UTC.
        best_epoch, val_loss, val_accuracy, val_images: of its best epoch; None before there is one.
        reason: why it ended; None while it has not.
        note: what the user noted about it; may be empty.
    """

    id: int
    name: str
    config: TrainConfig
    facts: dict[str, Any]
    state: str
    created: str
    updated: str
    best_epoch: int | None
    val_loss: float | None
    val_accuracy: float | None
    val_images: int | None
    reason: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A saved model: weights as safetensors; ``training_state`` only where training can go on."""

    run: int
    kind: str
    epoch: int
    step: int
    weights: bytes
    training_state: bytes | None


class RunTable:
    """The runs of one document."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is written inside the block at once, or nothing."""
        return self._database.transaction()

    def create(self, config: TrainConfig, facts: Mapping[str, Any], members: Members, name: str = "") -> int:
        """Note a run that starts now, with the digits of each split and the labels they have now.

        Returns:
            Its number.
        """
        now = _now()
        with self._database.transaction():
            run = self._database.run(
                "INSERT INTO runs (name, config, facts, state, created, updated) VALUES (?, ?, ?, ?, ?, ?)",
                (name, config.to_json(), _to_json(facts), "running", now, now),
            )
            self._database.run_many(
                "INSERT INTO run_samples VALUES (?, ?, ?, ?, ?)",
                (
                    (run, split.code, len(ids), pack_ids(ids), pack_labels(labels, len(ids)))
                    for split, (ids, labels) in members.items()
                ),
            )
        return run

    def get(self, run: int) -> RunRecord:
        """Return one run.

        Raises:
            EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
        """
        number = int(run)
        # SQLite has no larger numbers
        row = None if number >> 63 else self._database.one(f"{_SELECT} WHERE id = ? AND {_THERE}", (number,))
        if row is None:
            raise EngineError(Code.RUN_MISSING, run=run)
        return self._record(row)

    def list(self) -> list[RunRecord]:
        """Return all runs, oldest first; damaged ones are left out: ``unreadable`` names them."""
        return list(self._readable(f"WHERE {_THERE} ORDER BY id"))

    def last(self) -> RunRecord | None:
        """Return the newest run."""
        return next(self._readable(f"WHERE {_THERE} ORDER BY id DESC"), None)

    def best(self) -> RunRecord | None:
        """Return the run with a model and the highest validation accuracy, of equals the newest.

        Where none was validated, the newest with a model.
        """
        which = f"WHERE {_THERE} AND id IN (SELECT run FROM checkpoints)"
        order = "ORDER BY val_accuracy IS NULL, val_accuracy DESC, id DESC"
        return next(self._readable(f"{which} {order}"), None)

    def unreadable(self) -> tuple[int, ...]:
        """Return the numbers of the runs whose row somebody damaged."""
        every = {int(row[0]) for row in self._database.all(f"SELECT id FROM runs WHERE {_THERE}")}
        return tuple(sorted(every - {record.id for record in self.list()}))

    def why_unreadable(self, run: int) -> EngineError | None:
        """Return why a run cannot be read, None where it can."""
        try:
            self.get(run)
        except EngineError as error:
            return error
        return None

    def _readable(self, which: str) -> Iterator[RunRecord]:
        for row in self._database.all(f"{_SELECT} {which}"):
            with suppress(EngineError):
                yield self._record(row)

    def _record(self, row: Row) -> RunRecord:
        try:
            config, facts = read_settings(row[2], row[3])
            if not all(isinstance(value, kind) for value, kind in zip(row, _KINDS, strict=True)):
                raise TypeError("a value of another kind")
        except (ValueError, TypeError) as error:
            if is_of_another_version(error):
                raise EngineError(Code.NETWORK_UNKNOWN, run=row[0]) from error
            detail = f"run {row[0]}: {error}"
            raise EngineError(Code.DOCUMENT_DAMAGED, path=self._database.path, detail=detail) from error
        return RunRecord(row[0], row[1], config, facts, *row[4:])

    def members(self, run: int, split: Split) -> Samples:
        """Return the digits a run used, with the labels they had when it started.

        They are those of the start even when they were relabelled, moved or deleted since.

        Raises:
            EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
        """
        ids, labels = self.member_labels(run, split)
        return Samples(ids, self._pixels(ids), labels, np.full(len(ids), split.code, np.int8))

    def member_labels(self, run: int, split: Split) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Return ids and labels as ``members`` does, without reading a pixel."""
        self.get(run)
        row = self._database.one(
            "SELECT ids, labels FROM run_samples WHERE run = ? AND split = ?", (int(run), split.code)
        )
        try:
            ids = unpack_ids(row[0]) if row else np.empty(0, np.int64)
            labels = unpack_labels(row[1]) if row else np.empty(0, np.int8)
            if len(ids) != len(labels) or not np.isin(labels, range(-1, 10)).all():
                raise ValueError("labels that do not fit")
        except (ValueError, TypeError, zlib.error) as error:
            detail = f"members of run {run}: {error}"
            raise EngineError(Code.DOCUMENT_DAMAGED, path=self._database.path, detail=detail) from error
        return ids, labels

    def members_mark(self, run: int) -> bytes:
        """Return what is equal for runs on the same digits, with the same labels, in the same splits."""
        rows = self._database.all(
            "SELECT split, ids, labels FROM run_samples WHERE run = ? ORDER BY split", (int(run),)
        )
        mark = hashlib.blake2b(digest_size=16)
        for split, ids, labels in rows:
            for part in (str(split).encode(), ids, labels):
                mark.update(len(part).to_bytes(8, "little"))
                mark.update(part)
        return mark.digest()

    def _pixels(self, ids: NDArray[np.int64]) -> NDArray[np.uint8]:
        rows = self._database.all_in("SELECT id, pixels FROM digits WHERE id IN {}", np.unique(ids).tolist())
        rows.sort()
        known = np.array([row[0] for row in rows], np.int64)
        if not np.isin(ids, known).all():
            raise EngineError(
                Code.DOCUMENT_DAMAGED, path=self._database.path, detail="digits of a run are missing"
            )
        images = np.frombuffer(b"".join(row[1] for row in rows), np.uint8).reshape(-1, PIXELS)
        return images[np.searchsorted(known, ids)].reshape(-1, SIDE, SIDE)

    def update(self, run: int, **columns: Any) -> None:
        """Change columns of a run: name, facts, state, reason, best_epoch and its val figures.

        Raises:
            EngineError: RUN_MISSING.
        """
        unknown = set(columns) - set(_COLUMNS)
        if unknown:
            raise ValueError(f"not columns of a run: {sorted(unknown)}")
        values = {name: _to_json(value) if name == "facts" else value for name, value in columns.items()}
        values["updated"] = _now()
        with self._database.transaction():
            self.get(run)
            self._database.run(
                f"UPDATE runs SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
                (*values.values(), int(run)),
            )

    # -- what people say of it -----------------------------------------------------------------------

    def rename(self, run: int, name: str) -> None:
        """Call a run ``name``; empty for no name. A step of undo.

        Raises:
            EngineError: RUN_MISSING.
        """
        self._edit(run_edits.RENAME, {run: (self.get(run).name, name)})

    def set_note(self, run: int, note: str) -> None:
        """Keep ``note`` with a run. A step of undo.

        Raises:
            EngineError: RUN_MISSING.
        """
        self._edit(run_edits.NOTE, {run: (self.get(run).note, note)})

    def delete(self, runs: Iterable[int]) -> None:
        """Delete runs, all or none; undo brings them back, with figures and models.

        Raises:
            EngineError: RUN_MISSING; RUN_BUSY where one is being trained.
        """
        numbers = sorted(set(runs))
        for run in numbers:
            self.get(run)
            if is_held(self._database.path, run):
                raise EngineError(Code.RUN_BUSY, run=run)
        self._edit(run_edits.DELETE, dict.fromkeys(numbers, (0, 1)))

    def baseline(self) -> int | None:
        """Return the run that others are compared with, None where none is pinned or it was deleted."""
        row = self._database.one(
            f"SELECT id FROM runs WHERE {_THERE} AND id = (SELECT value FROM meta WHERE name = 'baseline')"
        )
        return int(row[0]) if row else None

    def pin_baseline(self, run: int | None) -> None:
        """Compare others with ``run`` from now on; None with none.

        Raises:
            EngineError: RUN_MISSING.
        """
        number = 0 if run is None else self.get(run).id
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO meta VALUES ('baseline', ?)", (number,))

    def _edit(self, kind: str, values: Mapping[int, tuple[str | int, str | int]]) -> None:
        """Write what differs as one step of undo; ``values``: before and after of each run."""
        changed = {run: pair for run, pair in values.items() if pair[0] != pair[1]}
        if not changed:
            return
        before, after = zip(*changed.values(), strict=True)
        edit = RunEdit(kind, tuple(changed), before, after)
        edit.write(self._database, before=False)
        self._history.record(edit)

    # -- figures -------------------------------------------------------------------------------------

    def add_metrics(self, run: int, rows: Iterable[tuple[int, int, str, float]]) -> None:
        """Add figures: step, epoch, name, value; one that is there for this step is replaced."""
        with self._database.transaction():
            self._database.run_many(
                "INSERT OR REPLACE INTO metrics (run, name, step, epoch, value) VALUES (?, ?, ?, ?, ?)",
                ((int(run), name, step, epoch, float(value)) for step, epoch, name, value in rows),
            )

    def metrics(
        self, run: int, name: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return the steps, epochs and values of one figure, by step; NaN where it was not a number."""
        rows = self._database.all(
            "SELECT step, epoch, value FROM metrics WHERE run = ? AND name = ? ORDER BY step",
            (int(run), name),
        )
        steps = np.array([row[0] for row in rows], np.int64)
        epochs = np.array([row[1] for row in rows], np.int64)
        values = np.array([math.nan if row[2] is None else row[2] for row in rows], np.float64)
        return steps, epochs, values

    def last_value(self, run: int, name: str) -> float | None:
        """Return the newest value of one figure, None where there is none."""
        row = self._database.one(
            "SELECT value FROM metrics WHERE run = ? AND name = ? ORDER BY step DESC LIMIT 1",
            (int(run), name),
        )
        return None if row is None or row[0] is None else float(row[0])

    # -- checkpoints ---------------------------------------------------------------------------------

    def save_checkpoint(
        self, run: int, epoch: int, step: int, weights: bytes, kind: str, training_state: bytes | None
    ) -> None:
        """Keep a model as the ``last`` or ``best`` of a run, in place of the one before.

        Args:
            run: the run.
            epoch: the last epoch that is done.
            step: the last step that is done.
            weights: safetensors.
            kind: ``last`` or ``best``.
            training_state: safetensors with all that an exact continuation needs, or None.
        """
        with self._database.transaction():
            self._database.run(
                "INSERT OR REPLACE INTO checkpoints (run, kind, epoch, step, weights, training_state)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (int(run), kind, epoch, step, weights, training_state),
            )

    def load_checkpoint(self, run: int, kind: str) -> Checkpoint | None:
        """Return the ``last`` or ``best`` model of a run, None where none was saved."""
        row = self._database.one(
            "SELECT run, kind, epoch, step, weights, training_state FROM checkpoints"
            " WHERE run = ? AND kind = ?",
            (int(run), kind),
        )
        return Checkpoint(*row) if row else None


def _to_json(facts: Mapping[str, Any]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
