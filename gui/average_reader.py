"""The average training digit of each class, made in a worker once for a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.inference.training_digits import training_digits
from gui.document_session import DocumentSession
from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.data.document import Document


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """The average digits.

    Attributes:
        digits: of each class (28, 28) uint8; None where there is none of it.
        is_starter: they are those of the starter digits: the shipped model has no others with it.
        has_rehearsed: starter digits that a lesson rehearsed are in them.
    """

    digits: list[NDArray[np.uint8] | None]
    is_starter: bool
    has_rehearsed: bool = False


FindAverages = Callable[["Document", int | None], Averages]
Key = tuple[Path, int | None]


def find_averages(document: Document, run: int | None) -> Averages:
    """Return the average digits that ``run`` learned from; a worker calls it.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    own = document.open_again()  # a connection of this thread
    try:
        learnt = training_digits(own, run)
    finally:
        own.close()
    return Averages(learnt.averages(), learnt.is_starter, learnt.has_rehearsed)


class AverageReader(QObject):
    """Has the average digits of the runs that were asked about.

    Args:
        session: the window's document.
        find: makes them in a worker; tests pass their own.

    Signals:
        found: those that were asked for last are there.
        failed: the EngineError for which they are not.
    """

    found = Signal()
    failed = Signal(object)

    def __init__(
        self, session: DocumentSession, find: FindAverages = find_averages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._find = find
        self._known: dict[Key, Averages] = {}
        self._wanted: Key | None = None  # looked for last; what could not be found is not tried again
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self._on_found)
        self._tasks.failed.connect(self.failed)

    def of(self, run: int | None) -> Averages | None:
        """Return the averages of a run, or of the starter digits for None; None while they are looked for."""
        document = self._session.document
        key = document.path, run
        if key not in self._known and key != self._wanted:
            self._wanted = key
            self._tasks.start(lambda _progress: self._find(document, run))
        return self._known.get(key)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what runs; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _on_found(self, averages: Averages) -> None:
        if self._wanted is not None:
            self._known[self._wanted] = averages
            self.found.emit()
