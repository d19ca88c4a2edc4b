"""Has one training digit varied as a training would, in a worker, whenever what is wanted changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.data.document import Document
from engine.data.splits import Split
from gui.latest_task import LatestTask
from gui.widgets.augment_preview import SHOWN
from gui.workers import CLOSING_MS, Progress

Vary = Callable[[NDArray[np.uint8], str, int], NDArray[np.uint8]]


def vary(images: NDArray[np.uint8], strength: str, seed: int) -> NDArray[np.uint8]:
    """Vary (N, 28, 28) digits with the engine, which imports PyTorch: for a worker."""
    from engine.training.batches import varied

    return varied(images, strength, seed)


class AugmentSampler(QObject):
    """Answers with one digit and its variations.

    Args:
        document: returns the document that is open.
        vary: called in a worker.

    Signals:
        sampled: bytes of the pictures, the digit itself first; empty where there is nothing to show.
    """

    sampled = Signal(bytes)

    def __init__(
        self, document: Callable[[], Document], vary: Vary = vary, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._vary = vary
        self._ids: list[int] = []
        self._which = 0
        self._asked: tuple[int, int, str] | None = None  # digit, variation, strength
        self._task = LatestTask(self)
        self._task.finished.connect(self.sampled)
        self._task.failed.connect(lambda _error: self.sampled.emit(b""))  # the training will say why

    def look(self) -> None:
        """See which digits there are to learn from: they may be others now."""
        self._ids = [id_ for id_, _, _ in self._document().samples.grouped(Split.TRAIN)]

    def ask(self, strength: str, another: bool = False) -> None:
        """Have a digit varied with ``strength``, ``another`` one than before if so wished."""
        self._which += another
        ids = self._ids
        if strength == "off" or not ids:
            self._asked = None
            self._task.forget()
            self.sampled.emit(b"")
            return
        chosen = ids[self._which * 7919 % len(ids)]  # a prime: neighbours are often of one class
        wanted = (chosen, self._which, strength)
        if wanted == self._asked:
            return
        self._asked = wanted
        image = self._document().samples.pick([chosen]).images
        seed, vary = self._which, self._vary

        def task(_progress: Progress) -> bytes:
            others = vary(np.repeat(image, SHOWN - 1, axis=0), strength, seed)
            return np.concatenate([image, others]).tobytes()

        self._task.start(task)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        return self._task.shutdown(timeout_ms)
