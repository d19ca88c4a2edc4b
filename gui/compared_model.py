"""One side of a comparison: a model of the document, or one of its epochs, loaded beside the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.document_session import DocumentSession
from gui.latest_task import LatestTask
from gui.model_choice import Loader, Reader, load_reader
from gui.workers import CLOSING_MS, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.data.document import Document
    from engine.inference.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Pick:
    """What is compared.

    Attributes:
        run: its number; None for the shipped model.
        epoch: the model that the run had then; None for its best.
    """

    run: int | None = None
    epoch: int | None = None


class ComparedModel(QObject):
    """Has the model that was picked last; never another one instead.

    Args:
        session: the window's document.
        loader: loads a model in a worker; tests pass their own.

    Signals:
        changed: ``reader`` or ``error`` is another now.

    Attributes:
        pick: what was picked; None before anything was.
        error: why there is no reader; None otherwise.
    """

    changed = Signal()

    def __init__(
        self, session: DocumentSession, loader: Loader = load_reader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._loader = loader
        self._reader: Reader | None = None
        self.pick: Pick | None = None
        self.error: EngineError | None = None
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self._on_loaded)
        self._tasks.failed.connect(self._on_failed)

    @property
    def is_loading(self) -> bool:
        """True until ``changed`` tells that the model is there, or why it is not."""
        return self._tasks.is_running

    def load(self, pick: Pick | None) -> None:
        """Compare with ``pick`` from now on, or with nothing."""
        self.pick, self._reader, self.error = pick, None, None
        document = self._session.document
        if pick is None:
            self._tasks.forget()
        else:
            self._tasks.start(lambda progress: self._brought(document, pick, progress))
        self.changed.emit()

    def _brought(self, document: Document, pick: Pick, progress: Progress) -> Reader:
        """Return a model whose confidence is measured like that of the model in use; a worker calls it."""
        if pick.epoch is None:
            reader = self._loader(document, pick.run)
        else:
            reader = self._loader(document, pick.run, pick.epoch)
        if pick.run is not None and progress(0, 1):  # the shipped model brings its measure along
            study = reader.study(document, pick.run, lambda: progress(0, 1))
            if study is not None:
                reader.trust(study)
        return reader

    def read(self, digit: NDArray[np.uint8]) -> Prediction | None:
        """Return the answer to (28, 28) uint8 ``digit``; None while there is no model."""
        return self._reader.predict(digit[None])[0] if self._reader is not None else None

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _on_loaded(self, reader: Reader) -> None:
        self._reader = reader
        self.changed.emit()

    def _on_failed(self, error: EngineError) -> None:
        self.error = error
        self.changed.emit()
