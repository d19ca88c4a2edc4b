"""What the sample grid shows: every sample as rows of arrays, a filter over them, and the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.sample_types import Misreading

ANY = -2
NO_LABEL = -1
SPLITS = ("train", "val", "test")  # a split's code is its place here


@dataclass(frozen=True, slots=True)
class Filter:
    """Which samples are shown.

    Attributes:
        label: 0–9, ``NO_LABEL`` or ``ANY``.
        split: a place in ``SPLITS`` or ``ANY``.
        source: where a sample comes from (``canvas``, ``import`` …); empty for any.
    """

    label: int = ANY
    split: int = ANY
    source: str = ""

    @property
    def is_active(self) -> bool:
        """True where some samples may be hidden."""
        return self != Filter()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some samples as parallel arrays, ordered by id.

    Attributes:
        ids: (N,) int64, rising.
        images: (N, 28, 28) uint8.
        labels: (N,) int8, -1 where there is none.
        splits: (N,) uint8, places in ``SPLITS``.
        sources: N names.
    """

    ids: NDArray[np.int64]
    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    splits: NDArray[np.uint8]
    sources: Sequence[str]


class SampleGridModel:
    """Holds all samples in memory; positions in the grid run from the newest sample to the oldest.

    A *row* is a sample's place in the arrays and never changes; deleted rows stay as gaps, so that one added
    or deleted digit copies no pixels of the others.

    Attributes:
        shown: (M,) the row at each position of the grid, newest first.
        selected: one bool a row.
        misreading_of: returns what a model read in a correction, by its id; None where nothing is known.
    """

    def __init__(self) -> None:
        self.misreading_of: Callable[[int], Misreading | None] = lambda _sample: None
        self._source_names: list[str] = []
        self.filter = Filter()
        self.shown: NDArray[np.intp] = np.zeros(0, np.intp)
        self._allocate(0)

    def _allocate(self, capacity: int) -> None:
        self._used = 0
        self.ids: NDArray[np.int64] = np.zeros(capacity, np.int64)
        self.images: NDArray[np.uint8] = np.zeros((capacity, 28, 28), np.uint8)
        self.labels: NDArray[np.int8] = np.zeros(capacity, np.int8)
        self.splits: NDArray[np.uint8] = np.zeros(capacity, np.uint8)
        self._sources: NDArray[np.uint8] = np.zeros(capacity, np.uint8)
        self._alive: NDArray[np.bool_] = np.zeros(capacity, np.bool_)
        self.selected: NDArray[np.bool_] = np.zeros(capacity, np.bool_)

    # Contents

    def reset(self, rows: Rows) -> None:
        """Replace everything; the selection is kept where its samples still exist."""
        selected = self.selected_ids()
        self._allocate(len(rows.ids))
        self._append(rows)
        self._refilter()
        self.select_ids(selected)

    def put(self, rows: Rows) -> None:
        """Add the samples that are new and update the others."""
        known = self.rows_of(rows.ids)
        old = np.flatnonzero(known >= 0)
        if len(old):
            at = known[old]
            self.images[at] = rows.images[old]
            self.labels[at] = rows.labels[old]
            self.splits[at] = rows.splits[old]
            self._sources[at] = [self._source_code(rows.sources[index]) for index in old.tolist()]
            self._alive[at] = True
        new = np.flatnonzero(known < 0)
        if len(new):
            sources = [rows.sources[index] for index in new.tolist()]
            fresh = Rows(rows.ids[new], rows.images[new], rows.labels[new], rows.splits[new], sources)
            if self._used and fresh.ids[0] < self.ids[self._used - 1]:
                self._merge(fresh)  # brought back by undo, from before the last reset
            else:
                self._append(fresh)
        self._refilter()

    def remove(self, ids: Iterable[int]) -> None:
        """Take samples out; unknown ids are ignored."""
        rows = self.rows_of(np.fromiter(ids, np.int64))
        rows = rows[rows >= 0]
        self._alive[rows] = False
        self.selected[rows] = False
        self._refilter()

    def rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the row of each id, -1 where there never was one."""
        if self._used == 0:
            return np.full(len(ids), -1, np.intp)
        places = np.searchsorted(self.ids[: self._used], ids)
        places = np.minimum(places, self._used - 1)
        return np.where(self.ids[places] == ids, places, -1)

    def last_id(self) -> int:
        """Return the highest id there ever was, 0 before the first."""
        return int(self.ids[self._used - 1]) if self._used else 0

    def exist(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say of each id whether its sample is there, shown or not."""
        rows = self.rows_of(ids)
        found = rows >= 0
        found[found] = self._alive[rows[found]]
        return found

    def position_of(self, sample_id: int) -> int:
        """Return the position that shows a sample, -1 where the filter hides it or it is gone."""
        row = int(self.rows_of(np.array([sample_id]))[0])
        if row < 0 or len(self.shown) == 0:
            return -1
        # ``shown`` falls: search it upside down
        place = len(self.shown) - 1 - int(np.searchsorted(self.shown[::-1], row))
        return place if place >= 0 and self.shown[place] == row else -1

    def source_of(self, row: int) -> str:
        """Return where a row's sample comes from."""
        return self._source_names[self._sources[row]]

    def count(self) -> int:
        """Return how many samples there are, shown or not."""
        return int(self._alive.sum())

    def label_counts(self) -> list[int]:
        """Return how many samples carry each label 0–9, then how many carry none."""
        labels = self.labels[self._alive]
        return [*np.bincount(labels[labels >= 0], minlength=10).tolist(), int((labels < 0).sum())]

    def split_counts(self, labelled_only: bool = False) -> list[int]:
        """Return how many samples, or how many with a label, are in each of ``SPLITS``."""
        counted = self._alive & (self.labels >= 0) if labelled_only else self._alive
        return [int(n) for n in np.bincount(self.splits[counted], minlength=len(SPLITS))]

    def sources(self) -> list[str]:
        """Return the sources that occur, in the order of their names."""
        present = np.unique(self._sources[self._alive])
        return sorted(self._source_names[code] for code in present)

    # Filter and selection

    def set_filter(self, wanted: Filter) -> None:
        """Show only what ``wanted`` names; what it hides is deselected: nothing unseen is deleted."""
        self.filter = wanted
        self._refilter()

    def selected_ids(self) -> list[int]:
        """Return the selected samples' ids, rising."""
        return [int(sample) for sample in self.ids[self.selected]]

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select exactly those of ``ids`` that are shown."""
        self.selected[:] = False
        rows = self.rows_of(np.fromiter(ids, np.int64))
        self.selected[rows[rows >= 0]] = True
        self._deselect_hidden()

    def select_positions(self, positions: NDArray[np.intp], keep: NDArray[np.bool_] | None = None) -> None:
        """Select these positions, beside the rows that ``keep`` marks."""
        self.selected[:] = False if keep is None else keep
        self.selected[self.shown[positions]] = True

    # Inside

    def _append(self, rows: Rows) -> None:
        self._reserve(len(rows.ids))
        place = slice(self._used, self._used + len(rows.ids))
        self.ids[place], self.images[place] = rows.ids, rows.images
        self.labels[place], self.splits[place] = rows.labels, rows.splits
        self._sources[place] = self._source_codes(rows.sources)
        self._alive[place] = True
        self._used = place.stop

    def _merge(self, fresh: Rows) -> None:
        """Lay all rows anew, ``fresh`` where their ids belong."""
        alive, selected = np.flatnonzero(self._alive), self.selected_ids()
        order = np.argsort(np.concatenate([self.ids[alive], fresh.ids]))
        sources = [*(self.source_of(row) for row in alive.tolist()), *fresh.sources]
        merged = Rows(
            np.concatenate([self.ids[alive], fresh.ids])[order],
            np.concatenate([self.images[alive], fresh.images])[order],
            np.concatenate([self.labels[alive], fresh.labels])[order],
            np.concatenate([self.splits[alive], fresh.splits])[order],
            [sources[place] for place in order.tolist()],
        )
        self._allocate(0)
        self._append(merged)
        self.selected[self.rows_of(np.array(selected, np.int64))] = True

    def _reserve(self, more: int) -> None:
        """Grow the arrays by half when they are full, so that drawing digit after digit copies rarely."""
        missing = self._used + more - len(self.ids)
        if missing <= 0:
            return
        extra = max(missing, len(self.ids) // 2, 64)
        for name in ("ids", "images", "labels", "splits", "_sources", "_alive", "selected"):
            old = getattr(self, name)
            grown = np.zeros((len(old) + extra, *old.shape[1:]), old.dtype)
            grown[: self._used] = old[: self._used]
            setattr(self, name, grown)

    def _source_codes(self, names: Sequence[str]) -> NDArray[np.uint8]:
        codes = {name: self._source_code(name) for name in dict.fromkeys(names)}
        return np.fromiter((codes[name] for name in names), np.uint8, len(names))

    def _source_code(self, name: str) -> int:
        if name not in self._source_names:
            self._source_names.append(name)
        return self._source_names.index(name)

    def _refilter(self) -> None:
        matches = self._alive.copy()
        if self.filter.label != ANY:
            matches &= self.labels == self.filter.label
        if self.filter.split != ANY:
            matches &= self.splits == self.filter.split
        if self.filter.source:
            matches &= self._sources == self._source_code(self.filter.source)
        self.shown = np.flatnonzero(matches)[::-1]
        self._deselect_hidden()

    def _deselect_hidden(self) -> None:
        visible = np.zeros(len(self.selected), np.bool_)
        visible[self.shown] = True
        self.selected &= visible
