"""Finds the largest batch size that fits, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.config import TrainConfig
from gui.workers import CLOSING_MS, Progress, TaskRunner

if TYPE_CHECKING:
    from engine.training.batch_size import Found

Finder = Callable[[TrainConfig, int, int | None, Progress], "Found | None"]


def find_largest(config: TrainConfig, images: int, below: int | None, progress: Progress) -> Found | None:
    """Try real steps; a worker calls it.

    Raises:
        EngineError: DEVICE_UNAVAILABLE.
    """
    from engine.training import batch_size

    return batch_size.largest(config, images, below=below, progress=progress)


class BatchSizeSearch(QObject):
    """One search at a time.

    Args:
        finder: searches in a worker; tests pass their own.

    Signals:
        found: the Found.
        failed: the EngineError.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, finder: Finder = find_largest, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self._runner = TaskRunner(self)
        self._runner.finished.connect(lambda found: self.found.emit(found) if found is not None else None)
        self._runner.failed.connect(self.failed)

    @property
    def is_running(self) -> bool:
        """True until ``found`` or ``failed``."""
        return self._runner.is_running

    def start(self, config: TrainConfig, images: int, below: int | None = None) -> bool:
        """Search on ``images`` digits, only under ``below`` where that failed; False while another runs."""
        return self._runner.start(lambda progress: self._finder(config, images, below, progress))

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left."""
        return self._runner.shutdown(timeout_ms)
