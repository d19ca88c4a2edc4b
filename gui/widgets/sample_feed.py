"""Brings the document's samples to the grid: all of them once, afterwards only what changed."""

from __future__ import annotations

import numpy as np

from engine.data.samples import Samples
from gui.document_session import DocumentSession
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import Rows


class SampleFeed:
    """Keeps a grid equal to the session's document."""

    def __init__(self, session: DocumentSession, grid: SampleGrid) -> None:
        self._session = session
        self._grid = grid
        self._mark = 0

    def reload(self) -> None:
        """Read every sample; right for another document."""
        table = self._session.document.samples
        self._mark, _ = table.changed_since(0)
        samples = table.load()
        self._grid.reset(_rows(samples, table.sources()))

    def refresh(self) -> None:
        """Read what was added, relabelled, moved, deleted or brought back since the last time."""
        table = self._session.document.samples
        self._mark, changed = table.changed_since(self._mark)
        if not len(changed):
            return
        samples = table.pick(changed)
        gone = np.setdiff1d(changed, samples.ids)
        if len(gone):
            self._grid.remove(gone.tolist())
        if len(samples):
            self._grid.put(_rows(samples, table.sources(samples.ids)))


def _rows(samples: Samples, sources: list[str]) -> Rows:
    return Rows(samples.ids, samples.images, samples.labels, samples.splits.astype(np.uint8), sources)
