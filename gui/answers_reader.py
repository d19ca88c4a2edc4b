"""Reads many files beside the window; answers come while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.data.reading import Item, items, sources
from engine.errors import EngineError
from engine.inference.answers import Answer, answers
from engine.inference.pages import find_digits
from gui.model_choice import ModelChoice, ModelEntry, Reader
from gui.picture_reader import thumbnail
from gui.workers import CLOSING_MS, Progress, TaskRunner, drain

CHUNK = 32  # digits read together; few, so that the table fills evenly
THUMBNAIL = 72  # pixels of the longer side
Threshold = Callable[[], float | None]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerRow:
    """An answer with a small picture of the file; None where it has none, as a line of strokes."""

    answer: Answer
    picture: QImage | None


class AnswersReader(QObject):
    """One reading at a time, by the model that is in use when it begins.

    Args:
        models: has the model; where it is being loaded, the reading waits for it.
        threshold: returns the trust from which an answer is given; None leaves that to the model.

    Signals:
        came: the list of AnswerRow that are new.
        progressed: (files done, of all).
        ended: (bool) whether it was cancelled; what came until then stays.
        failed: the EngineError of a model that cannot be loaded.

    Attributes:
        model: whose answers they are.
    """

    came = Signal(list)
    progressed = Signal(int, int)
    ended = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, models: ModelChoice, threshold: Threshold = lambda: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._threshold = threshold
        self.model: ModelEntry = models.current
        self._waiting: list[Path] | None = None
        self._queue: SimpleQueue[object] = SimpleQueue()
        self._tasks = TaskRunner(self)
        self._tasks.progressed.connect(self._on_progressed)
        self._tasks.finished.connect(self._on_finished)
        self._tasks.failed.connect(self._on_failed)
        models.loaded.connect(self._begin)
        models.failed.connect(self._on_no_model)

    @property
    def is_running(self) -> bool:
        """True until ``ended`` or ``failed``."""
        return self._tasks.is_running or self._waiting is not None

    def start(self, paths: Sequence[Path]) -> bool:
        """Read files and folders; False while another reading runs."""
        if self.is_running:
            return False
        self._waiting = list(paths)
        self._models.prepare()
        self._begin()
        return True

    def cancel(self) -> None:
        """Ask the reading to end; ``ended`` still comes."""
        if self._waiting is not None:
            self._waiting = None
            self.ended.emit(True)
        self._tasks.cancel()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Cancel and wait; True when no thread is left."""
        self._waiting = None
        return self._tasks.shutdown(timeout_ms)

    def _begin(self) -> None:
        paths, reader = self._waiting, self._models.reader
        if paths is None or reader is None:
            return
        self._waiting = None
        self.model = self._models.current
        queue: SimpleQueue[object] = SimpleQueue()
        self._queue = queue
        threshold = self._threshold()
        self._tasks.start(lambda progress: read_all(reader, threshold, paths, queue, progress))

    def _on_progressed(self, done: int, total: int) -> None:
        self._hand_on()
        self.progressed.emit(done, total)

    def _on_finished(self, is_whole: bool) -> None:
        self._hand_on()
        self.ended.emit(not is_whole)

    def _on_failed(self, error: EngineError) -> None:
        self._hand_on()
        self.failed.emit(error)

    def _on_no_model(self, error: EngineError) -> None:
        if self._waiting is not None:
            self._waiting = None
            self.failed.emit(error)

    def _hand_on(self) -> None:
        rows = drain(self._queue)
        if rows:
            self.came.emit(rows)


def read_all(
    reader: Reader,
    threshold: float | None,
    paths: Sequence[Path],
    queue: SimpleQueue[object],
    progress: Progress,
) -> bool:
    """Read everything and put AnswerRows into ``queue``; return False where it was cancelled."""
    found = sources(paths)
    find = partial(find_digits, judge=reader)
    chunk: list[Item] = []
    for done, source in enumerate(found):
        if not progress(done, len(found)):
            return False
        for item in items(source, find):
            chunk.append(item)
            if len(chunk) >= CHUNK:
                _read(reader, threshold, chunk, queue)
                chunk = []
                if not progress(done, len(found)):  # a file of strokes may hold thousands
                    return False
    _read(reader, threshold, chunk, queue)
    return progress(len(found), len(found))


def _read(reader: Reader, threshold: float | None, chunk: list[Item], queue: SimpleQueue[object]) -> None:
    for answer in answers(reader, chunk, threshold):
        queue.put(AnswerRow(answer, _picture(answer.item)))


def _picture(item: Item) -> QImage | None:
    return None if item.error is not None or item.strokes is not None else thumbnail(item.path, THUMBNAIL)
