"""What a digit is: new, stored, and many of them in arrays."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.splits import Split

SIDE = 28
PIXELS = SIDE * SIDE
STARTER = "starter"  # the source of the digits that ship with the program
CORRECTION = "correction"  # the source of digits that a model misread, with the label that was told then
CONFIRMED = "confirmed"  # the source of digits that were read right, and told so
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


@dataclass(frozen=True, slots=True)
class Misreading:
    """What a model read in a digit before its right label was told.

    Attributes:
        answer: the most probable digit, 0 … 9; the right one where the model was not sure. None: not known.
        confidence: its probability, 0 … 1; None: not known.
        run: whose model it was; None for the shipped one.
        epoch: of that run; None for its best.
    """

    answer: int | None = None
    confidence: float | None = None
    run: int | None = None
    epoch: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NewSample:
    """A digit to be added.

    Attributes:
        digit: (28, 28) white ink on black, as ``engine.data.preprocess`` makes it.
        label: 0 … 9, or None when it is not known yet.
        split: None lets the rule of ``engine.data.splits`` choose.
        group: a writer or sheet that must stay on one side of the split.
        source: ``canvas``, ``import``, ``starter``, ``correction`` or ``confirmed``.
        original: what it was made from, kept as it came.
        original_kind: ``strokes`` (JSON) or ``image`` (an image file).
        misreading: of a correction; it is one all the same where this is None.
    """

    digit: NDArray[np.uint8]
    label: int | None = None
    split: Split | None = None
    group: str | None = None
    source: str = "canvas"
    original: bytes | None = None
    original_kind: str | None = None
    misreading: Misreading | None = None


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
        if stop > count:  # an index and its table disagree
            raise sqlite3.DatabaseError(f"more digits than {count}")
        columns = tuple(zip(*rows, strict=True))
        ids[start:stop], labels[start:stop], splits[start:stop] = columns[:3]
        images[start:stop] = np.frombuffer(b"".join(columns[3]), np.uint8).reshape(-1, PIXELS)
        start = stop
    if start != count:
        raise sqlite3.DatabaseError(f"{count - start} of {count} digits have no pixels")
    return Samples(ids, images.reshape(count, SIDE, SIDE), labels, splits)
