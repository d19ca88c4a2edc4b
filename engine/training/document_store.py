"""Keeps a run in a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.data.document import Document
from engine.data.epochs import EpochRow
from engine.training.store import MetricRow, Saved


class DocumentStore:
    """The store of one run of ``document``, which belongs to the training's thread."""

    def __init__(self, document: Document, run: int) -> None:
        self.run = run
        self._runs = document.runs
        self._epochs = document.epochs

    def save_progress(
        self,
        metrics: Sequence[MetricRow],
        last: Saved | None,
        best: Saved | None,
        updates: dict[str, Any],
        epochs: Sequence[EpochRow] = (),
    ) -> None:
        """Write everything in one transaction."""
        with self._runs.transaction():
            self._runs.add_metrics(self.run, metrics)
            for kind, saved in (("last", last), ("best", best)):
                if saved is not None:
                    self._runs.save_checkpoint(
                        self.run, saved.epoch, saved.step, saved.weights, kind, saved.state
                    )
            self._epochs.add(self.run, epochs)
            self._runs.update(self.run, **self._columns(updates))

    def _columns(self, updates: dict[str, Any]) -> dict[str, Any]:
        """Return ``updates`` as columns: the plan is one of the run's facts."""
        columns = dict(updates)
        segments = columns.pop("segments", None)
        facts = self._runs.get(self.run).facts
        if segments is not None and segments != facts.get("segments"):
            columns["facts"] = {**facts, "segments": segments}
        return columns
