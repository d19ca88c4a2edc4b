"""A stored run as it was after each epoch, loaded and asked beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.inference.past import Past

Loader = Callable[["Document", int, Progress], "Past"]


def load_past(document: Document, run: int, progress: Progress) -> Past:
    """Return the kept epochs of ``run``; a worker calls it: the first time it imports PyTorch.

    Raises:
        EngineError: RUN_MISSING, CHECKPOINT_DAMAGED, DOCUMENT_DAMAGED.
    """
    from engine.inference import past

    own = document.open_again()  # a connection of this thread
    try:
        return past.load_past(own, run, progress)
    finally:
        own.close()


class PastReader(QObject):
    """Has the past of one run, and what its models answered for some digits.

    Args:
        loader: loads a past in a worker; tests pass their own.

    Signals:
        loaded: the Past that was asked for last.
        answered: (E, N, 10) probabilities of all epochs for the digits that were asked for last.
        failed: the EngineError for which there is neither.
    """

    loaded = Signal(object)
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, loader: Loader = load_past, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._loads = LatestTask(self)
        self._loads.finished.connect(self.loaded)
        self._loads.failed.connect(self.failed)
        self._asks = LatestTask(self)
        self._asks.finished.connect(self.answered)
        self._asks.failed.connect(self.failed)

    def load(self, document: Document, run: int) -> None:
        """Want the past of ``run``."""
        self._asks.forget()
        self._loads.start(lambda progress: self._loader(document, run, progress))

    def ask(self, past: Past, digits: NDArray[np.uint8]) -> None:
        """Want the answers of all epochs of ``past`` for (N, 28, 28) uint8 canonical digits."""

        def answer(progress: Progress) -> object:
            from engine.device import use_threads

            progress(0, 0)
            use_threads(1)  # of this thread: see gui.model_choice.OneThread
            return past.answers(digits)

        self._asks.start(answer)

    def forget(self) -> None:
        """Want nothing any more."""
        self._loads.forget()
        self._asks.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what runs; True when no thread is left."""
        ended = [part.shutdown(timeout_ms) for part in (self._loads, self._asks)]
        return all(ended)
