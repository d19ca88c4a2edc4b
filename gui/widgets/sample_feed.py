"""Brings the document's samples to the grid: all of them once, afterwards only what changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from engine.data.sample_types import Misreading
from engine.data.samples import Samples
from gui.document_session import DocumentSession
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import Rows

BATCH = 1_500  # digits at a time: some 30 ms, after which the window sees to the pen again


class SampleFeed(QObject):
    """Keeps a grid equal to the session's document.

    Few changes are there at once. Many, as after an import or its undo, come batch by batch between the
    other events of the window, in the order of their ids.

    Signals:
        moved_on: a batch is in the grid and more wait.
        caught_up: the last batch is in the grid too.
    """

    moved_on = Signal()
    caught_up = Signal()

    def __init__(self, session: DocumentSession, grid: SampleGrid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._grid = grid
        grid.model.misreading_of = self._misreading
        self._mark = 0
        self._waiting: NDArray[np.int64] = np.empty(0, np.int64)  # ids, rising
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_behind(self) -> bool:
        """True while changes wait to be shown."""
        return len(self._waiting) > 0

    def reload(self) -> None:
        """Read every sample; right for another document."""
        self.stop()
        table = self._session.document.samples
        self._mark, _ = table.changed_since(0)
        samples = table.load()
        self._grid.reset(_rows(samples, table.sources()))

    def refresh(self) -> None:
        """Read what was added, relabelled, moved, deleted or brought back since the last time."""
        self._mark, changed = self._session.document.samples.changed_since(self._mark)
        if not self.is_behind and len(changed) <= BATCH:
            self._bring(changed)
            return
        # an edit of what is seen is seen at once; what is new waits for the ids before it
        seen = changed[changed <= self._grid.model.last_id()]
        if len(seen) <= BATCH:
            self._bring(seen)
            changed = np.setdiff1d(changed, seen)
        self._waiting = np.union1d(self._waiting, changed)
        self._go_on()

    def stop(self) -> None:
        """Read nothing any more: the document will be closed."""
        self._timer.stop()
        self._waiting = self._waiting[:0]

    def _misreading(self, sample: int) -> Misreading | None:
        return self._session.document.corrections.misreadings([sample]).get(sample)

    def _go_on(self) -> None:
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        self._bring(batch)
        if self.is_behind:
            self._timer.start(0)
            self.moved_on.emit()
        else:
            self._timer.stop()
            self.caught_up.emit()

    def _bring(self, changed: NDArray[np.int64]) -> None:
        if not len(changed):
            return
        table = self._session.document.samples
        samples = table.pick(changed)
        gone = np.setdiff1d(changed, samples.ids)
        if len(gone):
            self._grid.remove(gone.tolist())
        if len(samples):
            self._grid.put(_rows(samples, table.sources(samples.ids)))


def _rows(samples: Samples, sources: list[str]) -> Rows:
    return Rows(samples.ids, samples.images, samples.labels, samples.splits.astype(np.uint8), sources)
