"""Has one training digit varied as a training would, in a worker, whenever what is wanted changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.augmentation import Amounts
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.splits import Split
from gui.latest_task import LatestTask
from gui.widgets.augment_preview import SHOWN
from gui.workers import CLOSING_MS, Progress

Vary = Callable[[NDArray[np.uint8], Amounts | None, int, bytes | None], NDArray[np.uint8]]


def vary(
    images: NDArray[np.uint8], amounts: Amounts | None, seed: int, strokes: bytes | None
) -> NDArray[np.uint8]:
    """Vary (N, 28, 28) copies of a digit with the engine, which imports PyTorch: for a worker.

    With ``strokes``, as JSON, each is redrawn from them first.
    """
    from engine.training.batches import varied

    return varied(images, amounts, seed, strokes)


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
        self._written: list[int] = []  # those with pen strokes
        self._asked: object = None  # digit, variation, how
        self._task = LatestTask(self)
        self._task.finished.connect(self.sampled)
        self._task.failed.connect(lambda _error: self.sampled.emit(b""))  # the training will say why

    @property
    def written(self) -> int:
        """How many of the training digits are stored as pen strokes, as far as was looked."""
        return len(self._written)

    def look(self) -> None:
        """See which digits there are to learn from: they may be others now."""
        self._ids = [id_ for id_, _, _ in self._document().samples.grouped(Split.TRAIN)]
        self._written = self._document().samples.with_strokes(Split.TRAIN)

    def ask(self, config: TrainConfig, another: bool = False) -> None:
        """Have a digit varied as ``config`` says, ``another`` one than before if so wished."""
        self._which += another
        amounts = config.amounts
        is_redrawn = config.strokes == "redrawn" and bool(self._written)
        ids = self._written if is_redrawn else self._ids
        if not ids or (amounts is None and not is_redrawn):
            self._asked = None
            self._task.forget()
            self.sampled.emit(b"")
            return
        chosen = ids[self._which * 7919 % len(ids)]  # a prime: neighbours are often of one class
        wanted = (chosen, self._which, amounts, is_redrawn)
        if wanted == self._asked:
            return
        self._asked = wanted
        image = self._document().samples.pick([chosen]).images
        strokes = self._document().samples.strokes([chosen]).get(chosen) if is_redrawn else None
        seed, vary = self._which, self._vary

        def task(_progress: Progress) -> bytes:
            others = vary(np.repeat(image, SHOWN - 1, axis=0), amounts, seed, strokes)
            return np.concatenate([image, others]).tobytes()

        self._task.start(task)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop and wait; True when no thread is left."""
        return self._task.shutdown(timeout_ms)
