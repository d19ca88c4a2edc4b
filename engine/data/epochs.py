"""The epochs of the runs, each kept small, so that a training can be looked at as it was then."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.data.database import Database
from engine.data.sample_types import PIXELS, SIDE
from engine.errors import Code, EngineError
from engine.events import Confusion

MOST = 64  # models of one run that are kept
ROOM = 16 << 20  # bytes that they may take together ...
FEWEST = 4  # ... though of a very large model so many are kept all the same
_TABLE_BYTES = 400  # of an unpacked confusion matrix


class EpochRow(NamedTuple):
    """One epoch; ``weights`` only where its model is kept, ``confusion`` only with a val split."""

    epoch: int
    step: int
    confusion: Confusion | None
    weights: bytes | None


@dataclass(frozen=True, slots=True)
class KeptEpoch:
    """What is known of an epoch without reading its model.

    Attributes:
        epoch, step: its number, and the last step of it.
        confusion: on the val split; None without one.
        has_model: whether ``EpochTable.weights`` has it.
    """

    epoch: int
    step: int
    confusion: Confusion | None
    has_model: bool


def gap(epochs: int, size: int) -> int:
    """Return every how many epochs a model stays, once ``epochs`` are done: a power of two.

    The first epoch always stays. Longer runs keep fewer of their epochs, never more than MOST models nor,
    from FEWEST on, more than ROOM bytes.

    Args:
        epochs: how many are done.
        size: bytes of one model.
    """
    kept = max(FEWEST, min(MOST, ROOM // max(size, 1)))
    every = 1
    while epochs > every * kept:
        every *= 2
    return every


def stays(epoch: int, every: int) -> bool:
    """Return whether the model of ``epoch`` stays where every ``every``-th does."""
    return (epoch - 1) % every == 0


class EpochTable:
    """The epochs of all runs of one document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run: int, rows: Iterable[EpochRow]) -> None:
        """Keep epochs, in place of those of the same number, and drop the models that are too many now."""
        new = list(rows)
        if not new:
            return
        with self._database.transaction():
            self._database.run_many(
                "INSERT OR REPLACE INTO epochs (run, epoch, step, confusion, weights) VALUES (?, ?, ?, ?, ?)",
                ((int(run), row.epoch, row.step, _pack(row.confusion), row.weights) for row in new),
            )
            size = max((len(row.weights) for row in new if row.weights), default=0)
            if size:
                every = gap(max(row.epoch for row in new), size)
                self._database.run(
                    "UPDATE epochs SET weights = NULL"
                    " WHERE run = ? AND weights IS NOT NULL AND (epoch - 1) % ? <> 0",
                    (int(run), every),
                )

    def list(self, run: int) -> list[KeptEpoch]:
        """Return the epochs of a run, first first.

        Raises:
            EngineError: DOCUMENT_DAMAGED.
        """
        rows = self._database.all(
            "SELECT epoch, step, confusion, weights IS NOT NULL FROM epochs WHERE run = ? ORDER BY epoch",
            (int(run),),
        )
        try:
            return [KeptEpoch(row[0], row[1], _unpack(row[2]), bool(row[3])) for row in rows]
        except (ValueError, zlib.error) as error:
            detail = f"epochs of run {run}: {error}"
            raise EngineError(Code.DOCUMENT_DAMAGED, path=self._database.path, detail=detail) from error

    def weights(self, run: int, epoch: int) -> bytes | None:
        """Return the model of an epoch as safetensors; None where it is not kept."""
        number = int(epoch)
        row = None
        if not number >> 63:  # SQLite has no larger numbers
            row = self._database.one(
                "SELECT weights FROM epochs WHERE run = ? AND epoch = ?", (int(run), number)
            )
        return None if row is None or row[0] is None else bytes(row[0])


class WatchedTable:
    """The digits that the user looks at through all epochs and runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, digit: NDArray[np.uint8]) -> int:
        """Watch one canonical digit, (28, 28) uint8; return its id."""
        with self._database.transaction():
            return self._database.run("INSERT INTO watched (pixels) VALUES (?)", (digit.tobytes(),))

    def remove(self, id_: int) -> None:
        """Watch it no longer."""
        with self._database.transaction():
            self._database.run("DELETE FROM watched WHERE id = ?", (int(id_),))

    def list(self) -> list[tuple[int, NDArray[np.uint8]]]:
        """Return id and digit, (28, 28) uint8, of each, oldest first."""
        rows = self._database.all("SELECT id, pixels FROM watched ORDER BY id")
        return [
            (int(row[0]), np.frombuffer(row[1], np.uint8, PIXELS).reshape(SIDE, SIDE).copy()) for row in rows
        ]


def _pack(confusion: Confusion | None) -> bytes | None:
    return None if confusion is None else zlib.compress(np.array(confusion, "<i4").tobytes())


def _unpack(packed: bytes | None) -> Confusion | None:
    if packed is None:
        return None
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _TABLE_BYTES)
    if not unpacker.eof or len(content) != _TABLE_BYTES:
        raise ValueError("a confusion matrix of another size")
    table = np.frombuffer(content, "<i4").reshape(10, 10)
    if table.min() < 0:
        raise ValueError("a negative count")
    return tuple(tuple(row) for row in table.tolist())
