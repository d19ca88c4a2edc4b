"""Curves and runs for other programs: copied as a picture, saved as PNG, SVG, CSV or for TensorBoard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from engine.errors import EngineError
from engine.export import curves_csv, tensorboard
from engine.export.saving import save
from gui.messages import Kind, sentence_of
from gui.save_dialogs import SaveDialogs
from gui.workers import CLOSING_MS, Progress, TaskRunner

if TYPE_CHECKING:
    from engine.data.document import Document
    from gui.widgets.curve_picture import Figure

COPY, PICTURE, VALUES, TABLE, TENSORBOARD = "copy", "picture", "values", "table", "tensorboard"


class Pictured(Protocol):
    """Curves that can be copied and saved."""

    @property
    def shown_runs(self) -> list[int]:
        """The numbers of the runs that are drawn."""

    def figure(self, title: str) -> Figure: ...


class RunExports(QObject):
    """Asks where to, and writes; files are whole or not there, and what is large is written in a worker.

    Args:
        document: returns the document whose runs are exported.
        dialogs: asks for paths.

    Signals:
        message: (kind, text) for the window's strip.
    """

    message = Signal(str, str)

    def __init__(
        self, document: Callable[[], Document], dialogs: SaveDialogs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._dialogs = dialogs
        self._written = ""  # what the running task writes
        self.task = TaskRunner(self)
        self.task.finished.connect(lambda _result: self._say_saved(self._written))
        self.task.failed.connect(self._say_failure)

    def export_curves(self, curves: Pictured, kind: str) -> None:
        """Copy or save what ``curves`` shows; ``kind`` is COPY, PICTURE, VALUES or TENSORBOARD."""
        if kind == COPY:
            QGuiApplication.clipboard().setImage(curves.figure(self._title(curves.shown_runs)).image())
            self.message.emit(Kind.SUCCESS, self.tr("The curves lie in the clipboard as a picture."))
        elif kind == PICTURE:
            self._save_picture(curves)
        else:
            self.export_runs(curves.shown_runs, kind)

    def export_runs(self, runs: Sequence[int], kind: str) -> None:
        """Save runs; ``kind`` is TABLE (a line a run), VALUES (a line a point) or TENSORBOARD."""
        if not runs:
            self.message.emit(Kind.INFO, self.tr("There is no run to save yet. Train one first."))
        elif self.task.is_running:
            self.message.emit(Kind.INFO, self.tr("Another file is being written. Try again in a moment."))
        elif kind == TENSORBOARD:
            self._save_for_tensorboard(list(runs))
        else:
            self._save_table(list(runs), kind)

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """End what is being written; True when no thread is left."""
        return self.task.shutdown(timeout_ms)

    # -- each kind -----------------------------------------------------------------------------------

    def _save_picture(self, curves: Pictured) -> None:
        kinds = ((self.tr("PNG picture"), ".png"), (self.tr("SVG drawing"), ".svg"))
        path = self._dialogs.file_to_save(self.tr("Save the curves as"), self.tr("Curves"), kinds)
        if path is None:
            return
        figure = curves.figure(self._title(curves.shown_runs))
        try:
            save(path, figure.svg() if path.suffix.lower() == ".svg" else figure.png())
        except EngineError as error:
            self._say_failure(error)
        else:
            self._say_saved(path.name)

    def _save_table(self, runs: list[int], kind: str) -> None:
        title, name = self.tr("Save the values of the curves as"), self.tr("Curves")
        if kind == TABLE:
            title, name = self.tr("Save the table of runs as"), self.tr("Runs")
        path = self._dialogs.file_to_save(title, name, ((self.tr("CSV table"), ".csv"),))
        if path is None:
            return
        write = curves_csv.runs_table if kind == TABLE else curves_csv.curves_table

        def task(document: Document, _progress: Progress) -> None:
            save(path, write(document.runs, [document.runs.get(run) for run in runs]))

        self._start(path, task)

    def _save_for_tensorboard(self, runs: list[int]) -> None:
        folder = self._dialogs.folder_to_fill(self.tr("Folder for TensorBoard (--logdir)"))
        if folder is None:
            return

        def task(document: Document, progress: Progress) -> None:
            tensorboard.export(document.runs, [document.runs.get(run) for run in runs], folder, progress)

        self._start(folder, task)

    def _start(self, path: Path, task: Callable[[Document, Progress], None]) -> None:
        document = self._document()

        def run(progress: Progress) -> None:
            own = document.open_again()  # a connection of this thread
            try:
                task(own, progress)
            finally:
                own.close()

        self._written = path.name
        self.task.start(run)

    # -- words ---------------------------------------------------------------------------------------

    def _title(self, runs: Sequence[int]) -> str:
        if len(runs) != 1:
            return ""
        record = next((one for one in self._document().runs.list() if one.id == runs[0]), None)
        name = self.tr("Run {0}").format(runs[0])
        return f"{name} – {record.name}" if record is not None and record.name else name

    def _say_saved(self, name: str) -> None:
        self.message.emit(Kind.SUCCESS, self.tr("Saved: {name}").format(name=name))

    def _say_failure(self, error: EngineError) -> None:
        self.message.emit(Kind.ERROR, sentence_of(error))
