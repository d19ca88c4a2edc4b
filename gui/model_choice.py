"""Which model reads: the shipped one or a run of the document, loaded beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.events import RunFinished
from gui.document_session import DocumentSession
from gui.latest_task import LatestTask
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.data.runs import RunRecord
    from engine.inference.prediction import Prediction
    from engine.inference.predictor import Predictor
    from engine.inference.trust import Study

IsWanted = Callable[[], bool]

ENDED = ("paused", "stopped", "finished")  # runs that keep a model even before their first whole epoch


class Reader(Protocol):
    """What answers: ``engine.inference.predictor.Predictor``, or a test's own."""

    def predict(self, images: NDArray[np.uint8]) -> list[Prediction]: ...

    def shares(self, images: NDArray[np.uint8]) -> NDArray[np.float32]: ...

    def study(self, document: Document, run: int | None, is_wanted: IsWanted, /) -> Study | None: ...

    def trust(self, study: Study) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model that can be chosen.

    Attributes:
        run: its run's number; None for the model that ships with the program.
        kind: ``cnn`` or ``mlp``; empty for the shipped one.
        name: what the user calls the run; may be empty.
        val_accuracy, val_images: of the run's best epoch; None and 0 where nothing was validated.
        epoch: the model is the one after this epoch, and so are its figures; None for the best.
        rehearses: its run learned own digits with others beside them, as a lesson does.
    """

    run: int | None = None
    kind: str = ""
    name: str = ""
    val_accuracy: float | None = None
    val_images: int = 0
    epoch: int | None = None
    rehearses: bool = False


BASE = ModelEntry()


class Loader(Protocol):
    """Loads the model of a run in a worker, as it was after an epoch where one is named."""

    def __call__(self, document: Document, run: int | None, epoch: int | None = None, /) -> Reader: ...


class OneThread:
    """A model that answers on one CPU thread: a single digit is read before a second thread has woken up.

    While other work keeps the cores busy, waiting for that second thread can take a hundred times as long
    as reading. In PyTorch the number is each thread's own, so a training keeps what it has chosen.

    Attributes:
        predictor: the model itself, for what is asked of it besides an answer.
    """

    def __init__(self, predictor: Predictor, use_threads: Callable[[int], None]) -> None:
        self.predictor = predictor
        self._use_threads = use_threads

    def predict(self, images: NDArray[np.uint8]) -> list[Prediction]:
        """Return one answer for each of (N, 28, 28) uint8 canonical digits."""
        self._use_threads(1)
        return self.predictor.predict(images)

    def shares(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return how likely each of (N, 28, 28) canonical digits is one digit at all, (N,) 0 … 1."""
        self._use_threads(1)
        return self.predictor.shares(images)

    def study(self, document: Document, run: int | None, is_wanted: IsWanted) -> Study | None:
        """Measure how far the answers can be trusted, over a connection of this thread; a worker calls it.

        Where ``is_wanted``, asked again and again, says no, None comes soon.

        Raises:
            EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
        """
        from engine.inference.trust import NotWantedError, study_run

        gate = self.predictor.gate
        if gate is None:
            return None
        self._use_threads(1)
        own = document.open_again()
        try:
            return study_run(self.predictor, gate, own, run, is_wanted)
        except NotWantedError:
            return None
        finally:
            own.close()

    def trust(self, study: Study) -> None:
        """Answer with the temperature and the threshold that were measured."""
        gate = self.predictor.gate
        if gate is not None:
            self.predictor = self.predictor.trusted(gate, study.threshold, study.temperature)


def load_reader(document: Document, run: int | None, epoch: int | None = None) -> Reader:
    """Return the model of a run, or the shipped one for None; the best one where no epoch is named.

    A worker calls it: the first time it imports PyTorch, which takes seconds.

    Raises:
        EngineError: RUN_MISSING, RUN_WITHOUT_MODEL, EPOCH_NOT_KEPT, CHECKPOINT_DAMAGED, ASSET_MISSING or
            ASSET_DAMAGED.
    """
    from engine.device import use_threads
    from engine.inference import predictor, reject, trust

    if run is None:
        found = trust.load_base_behind_gate()
    else:
        own = document.open_again()  # a connection of this thread
        try:
            if epoch is None:
                found = predictor.load_run(own, run)
            else:
                found = predictor.load_epoch(own, run, epoch)
        finally:
            own.close()
        gate = reject.load_gate()
        found = found.trusted(gate, gate.threshold, found.temperature)
    return OneThread(found, use_threads)


class ModelChoice(QObject):
    """Knows the models of the document and has one of them in use; never another one instead.

    Args:
        session: the window's document.
        loader: loads a model in a worker; tests pass their own.

    Signals:
        listed: ``entries`` changed.
        chosen: another model is in use; its reader comes with ``loaded``, or ``failed`` tells why not.
        loaded: ``reader`` is there.
        failed: the EngineError for which there is no reader.

    Attributes:
        entries: the shipped model, then the runs with the newest first.
        current: the model in use.
        reader: what answers; None until it is loaded, and after a failure.
        error: why there is no reader; None otherwise.
    """

    listed = Signal()
    chosen = Signal()
    loaded = Signal()
    failed = Signal(object)

    def __init__(
        self, session: DocumentSession, loader: Loader = load_reader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._loader = loader
        self._document: object = None
        self._is_wanted = False  # nothing is loaded before somebody wants to read
        self.entries: list[ModelEntry] = [BASE]
        self.current = BASE
        self.reader: Reader | None = None
        self.error: EngineError | None = None
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self._on_loaded)
        self._tasks.failed.connect(self._on_failed)
        session.document_changed.connect(self._on_document_changed)
        session.runs_changed.connect(self.refresh)
        self._on_document_changed()

    @property
    def is_loading(self) -> bool:
        """True until ``loaded`` or ``failed``."""
        return self._tasks.is_running

    def prepare(self) -> None:
        """Load the model in use where that has not happened yet."""
        self._is_wanted = True
        if self.reader is None and self.error is None and not self.is_loading:
            self._load()

    def choose(self, run: int | None, epoch: int | None = None) -> None:
        """Use the model of ``run``, or the shipped one for None; it is read anew from the document.

        With ``epoch`` it is the one that the run had then.
        """
        self.current = self._entry(run) or ModelEntry(run)
        if run is not None and epoch is not None:
            _, epochs, values = self._session.document.runs.metrics(run, "val_accuracy")
            of_epoch = dict(zip(epochs.tolist(), values.tolist(), strict=True)).get(epoch)
            self.current = replace(self.current, epoch=epoch, val_accuracy=of_epoch)
        self._load()
        self.chosen.emit()

    def refresh(self) -> None:
        """Look which models there are now."""
        runs = self._session.document.runs.list() if hasattr(self._session, "document") else []
        entries = [BASE, *(_entry(record) for record in reversed(runs) if _has_model(record))]
        if entries != self.entries:
            was_listed = self._entry(self.current.run) is not None
            self.entries = entries
            is_gone = was_listed and self._entry(self.current.run) is None  # its run was deleted
            if self.current.epoch is None:
                self.current = self._entry(self.current.run) or self.current
            self.listed.emit()
            if is_gone and self._document is self._session.document:
                self.choose(entries[1].run if len(entries) > 1 else None)

    def on_run_ended(self, ending: object) -> None:
        """Use what a training has just learnt; one that failed or had no whole epoch changes nothing."""
        self.refresh()
        if isinstance(ending, RunFinished) and ending.best_epoch and self._entry(ending.run) is not None:
            self.choose(ending.run)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)

    def _entry(self, run: int | None) -> ModelEntry | None:
        return next((entry for entry in self.entries if entry.run == run), None)

    def _load(self) -> None:
        self.reader, self.error = None, None
        if self._is_wanted:
            document, run, epoch = self._session.document, self.current.run, self.current.epoch
            if epoch is None:
                self._tasks.start(lambda _progress: self._loader(document, run))
            else:
                self._tasks.start(lambda _progress: self._loader(document, run, epoch))

    def _on_document_changed(self) -> None:
        """In another document the newest run reads; the same one under another name changes nothing."""
        document = getattr(self._session, "document", None)
        self.refresh()
        if document is not None and document is not self._document:
            self._document = document
            self.choose(self.entries[1].run if len(self.entries) > 1 else None)

    def _on_loaded(self, reader: Reader) -> None:
        self.reader = reader
        self.loaded.emit()

    def _on_failed(self, error: EngineError) -> None:
        self.error = error
        self.failed.emit(error)


def _has_model(record: RunRecord) -> bool:
    return bool(record.best_epoch) or record.state in ENDED


def _entry(record: RunRecord) -> ModelEntry:
    return ModelEntry(
        record.id,
        record.config.model,
        record.name or "",
        record.val_accuracy,
        record.val_images or 0,
        rehearses=record.config.rehearse > 0,
    )
