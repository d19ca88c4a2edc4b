"""Why the model answers as it does, found in a worker when the pen rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import EngineError
from gui.average_reader import FindAverages, find_averages
from gui.document_session import DocumentSession
from gui.latest_task import LatestTask
from gui.model_choice import IsWanted, Loader, ModelChoice, OneThread, Reader, load_reader
from gui.workers import CLOSING_MS, Progress, TaskRunner, wait_for

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.inference.explain import Heat
    from engine.inference.neighbours import Nearest, Neighbours
    from engine.inference.predictor import Predictor
    from engine.inference.variations import Variation

REST_MS = 150  # a pen that is still for so long rests


@dataclass(frozen=True, slots=True, eq=False)
class Why:
    """What is found about one answer to one digit.

    Attributes:
        digit: (28, 28) uint8, what the model saw.
        label: the answer that is explained.
        occlusion, gradient: heat of its pixels, see ``engine.inference.explain``.
        variations: what the answer becomes.
        nearest: the training digits most like it; None while they are still looked for.
    """

    digit: NDArray[np.uint8]
    label: int
    occlusion: Heat
    gradient: Heat
    variations: list[Variation]
    nearest: Nearest | None


Explain = Callable[[Reader, NDArray[np.uint8], int, "Neighbours | None", IsWanted], Why | None]
FindNeighbours = Callable[[Reader, "Document", int | None, Progress], "Neighbours"]


def explain(
    reader: Reader,
    digit: NDArray[np.uint8],
    label: int,
    neighbours: Neighbours | None,
    is_wanted: IsWanted,
) -> Why | None:
    """Explain the answer ``label`` to (28, 28) uint8 ``digit``; a worker calls it.

    Where ``is_wanted`` says no, None comes soon: the pen moves again and needs the computer.
    """
    from engine.device import use_threads
    from engine.inference import explain as how
    from engine.inference.variations import variations

    predictor = _predictor(reader)
    use_threads(1)  # of this thread: see gui.model_choice.OneThread
    nearest = neighbours.nearest(digit) if neighbours is not None and is_wanted() else None
    varied = variations(predictor, digit, is_wanted)
    occlusion = how.occlusion(predictor, digit, label) if is_wanted() else None
    gradient = how.integrated_gradients(predictor, digit, label) if is_wanted() else None
    if occlusion is None or gradient is None:
        return None
    return Why(digit, label, occlusion, gradient, varied, nearest)


def find_neighbours(reader: Reader, document: Document, run: int | None, progress: Progress) -> Neighbours:
    """Return what finds the digits that ``run`` learned from; a worker calls it, for some seconds.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    from engine.device import use_threads
    from engine.inference.neighbours import Neighbours
    from engine.inference.training_digits import training_digits

    use_threads(1)
    own = document.open_again()  # a connection of this thread
    try:
        digits = training_digits(own, run)
    finally:
        own.close()
    return Neighbours(_predictor(reader), digits, progress)


def _predictor(reader: Reader) -> Predictor:
    if not isinstance(reader, OneThread):
        raise TypeError(f"no model to look into: {reader!r}")
    return reader.predictor


@dataclass(frozen=True, slots=True)
class WhyWork:
    """What takes long, each called in a worker; tests pass their own.

    Attributes:
        explain: explains an answer.
        find_neighbours: looks through the training digits.
        find_averages: makes the average digits.
        load_reader: loads a model that is compared.
    """

    explain: Explain = explain
    find_neighbours: FindNeighbours = find_neighbours
    find_averages: FindAverages = find_averages
    load_reader: Loader = load_reader


class WhyReader(QObject):
    """Explains the newest digit that was asked about, and no other.

    What finds the training digits is made once for a model and kept until another one explains.

    Signals:
        explained: the Why of the newest question.
        looking: (done, of all) training digits that the model has looked at; (0, 0) when it begins.
        failed: the EngineError for which training digits cannot be looked at, or nothing be explained.
    """

    explained = Signal(object)
    looking = Signal(int, int)
    failed = Signal(object)

    def __init__(
        self, session: DocumentSession, models: ModelChoice, work: WhyWork, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._models = models
        self._work = work
        self._asked: tuple[NDArray[np.uint8], int] | None = None
        self._neighbours: Neighbours | None = None
        self._looked_with: Reader | None = None  # whose neighbours these are, or failed to be
        self._looks_with: Reader | None = None  # for whom the worker looks now
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)
        self._answers = LatestTask(self)
        self._answers.finished.connect(self.explained)
        self._answers.failed.connect(self.failed)
        self._search = TaskRunner(self)
        self._search.progressed.connect(self._on_progressed)
        self._search.finished.connect(self._on_found)
        self._search.failed.connect(self._on_not_found)
        models.chosen.connect(self._drop)

    def ask(self, digit: NDArray[np.uint8], label: int, at_once: bool = False) -> None:
        """Want to know why ``digit`` is, or is not, read as ``label``; when the pen rests, or at once."""
        self._asked = digit, label
        self._answers.forget()
        self._rest.start(0 if at_once else REST_MS)

    def forget(self) -> None:
        """Want nothing any more."""
        self._asked = None
        self._rest.stop()
        self._answers.forget()
        self._search.cancel()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for what runs; True when no thread is left."""
        self.forget()
        return all(wait_for((self._answers, self._search), timeout_ms))

    def _begin(self) -> None:
        reader = self._models.reader
        if self._asked is None or reader is None:
            return
        digit, label = self._asked
        if self._looked_with is not reader:
            self._neighbours, self._looked_with = None, None
            self._look(reader)
        neighbours = self._neighbours

        def explain(progress: Progress) -> Why | None:
            return self._work.explain(reader, digit, label, neighbours, lambda: progress(0, 1))

        self._answers.start(explain)

    def _drop(self) -> None:
        """Keep nothing of a model that explains no longer: of many digits it is a lot of memory."""
        self._neighbours, self._looked_with = None, None

    def _look(self, reader: Reader) -> None:
        """Have the training digits looked at by ``reader``."""
        if self._search.is_running:
            if self._looks_with is not reader:
                self._search.cancel()  # when it has ended, the digits are looked at anew
            return
        document, run = self._session.document, self._models.current.run
        self._looks_with = reader
        self.looking.emit(0, 0)

        def look(progress: Progress) -> object:
            found = self._work.find_neighbours(reader, document, run, progress)
            return found if progress(1, 1) else None  # cancelled: only a part was looked at

        self._search.start(look)

    def _on_progressed(self, done: int, total: int) -> None:
        if total > 1:
            self.looking.emit(done, total)

    def _on_found(self, found: Neighbours | None) -> None:
        if found is not None and self._looks_with is self._models.reader:
            self._neighbours, self._looked_with = found, self._looks_with
        if self._asked is not None and not self._rest.isActive():
            self._begin()

    def _on_not_found(self, error: EngineError) -> None:
        self._looked_with = self._looks_with  # it is not tried again and again
        self.failed.emit(error)
