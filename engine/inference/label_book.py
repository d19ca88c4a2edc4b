"""The labels of a document without its pixels, and what of them has changed since a run was trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data.splits import SPLITS, Split

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.data.samples import Samples

Members = Mapping[Split, tuple[NDArray[np.int64], NDArray[np.int8]]]


@dataclass(frozen=True, slots=True, eq=False)
class LabelBook:
    """All labelled digits of a document.

    Attributes:
        ids: (N,) rising.
        labels: (N,) 0 … 9.
        splits: (N,) places in ``SPLITS``.
    """

    ids: NDArray[np.int64]
    labels: NDArray[np.int8]
    splits: NDArray[np.int8]

    @classmethod
    def read(cls, document: Document) -> LabelBook:
        """Return the book of a document that belongs to the calling thread."""
        parts = [document.samples.grouped(split) for split in SPLITS]
        n = sum(map(len, parts))
        # row by row: one call for all of them would hold the window's thread up
        ids = np.fromiter((row[0] for rows in parts for row in rows), np.int64, n)
        labels = np.fromiter((row[1] for rows in parts for row in rows), np.int8, n)
        splits = np.repeat(np.arange(len(parts), dtype=np.int8), [len(rows) for rows in parts])
        order = np.argsort(ids)
        return cls(ids[order], labels[order], splits[order])

    def updated(self, changed: NDArray[np.int64], now: Samples) -> LabelBook:
        """Return the book after an edit.

        Args:
            changed: (M,) ids that were touched.
            now: those of them that are still there, with what they have now.
        """
        kept, named = ~np.isin(self.ids, changed), now.labels >= 0
        ids = np.concatenate([self.ids[kept], now.ids[named]])
        order = np.argsort(ids)
        labels = np.concatenate([self.labels[kept], now.labels[named]])
        splits = np.concatenate([self.splits[kept], now.splits[named]])
        return LabelBook(ids[order], labels[order], splits[order])

    def of(self, split: Split) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Return ids (M,) and labels (M,) of one split."""
        inside = self.splits == split.code
        return self.ids[inside], self.labels[inside]


def changes_since(book: LabelBook, members: Members, knew_all: bool) -> int:
    """Return how many digits have changed since a run began: relabelled, moved, taken out or added.

    Args:
        book: the labels as they are now.
        members: ids (N,) and labels (N,) of the digits that the run used, of each split.
        knew_all: the run used all labelled digits of train and val that there were. Of a run that used a
            part of them nobody can tell which are new, and none is counted as added.
    """
    changed, known = 0, []
    for split, (ids, labels) in members.items():
        place = np.searchsorted(book.ids, ids)
        place = np.minimum(place, max(len(book.ids) - 1, 0))
        same = np.zeros(len(ids), bool)
        if len(book.ids):
            same = (
                (book.ids[place] == ids) & (book.labels[place] == labels) & (book.splits[place] == split.code)
            )
        changed += int((~same).sum())
        known.append(ids)
    if knew_all and known:
        learned = book.ids[book.splits != Split.TEST.code]
        changed += int((~np.isin(learned, np.concatenate(known))).sum())
    return changed
