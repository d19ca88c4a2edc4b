"""The document of the window: opened, edited and watched on the window's thread."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.data.document import Document
from engine.data.run_edits import KINDS as RUN_EDITS
from engine.data.sample_types import CORRECTION, Misreading
from engine.data.samples import NewSample, Split
from engine.errors import Code, EngineError
from gui.workers import CLOSING_MS, Progress, TaskRunner

Result = TypeVar("Result")


class Start(StrEnum):
    """Which document the window begins with."""

    OPENED = "opened"  # the one that was asked for, or the named one of last time
    RECOVERED = "recovered"  # the untitled one of last time
    NEW = "new"  # an empty untitled one


class DocumentSession(QObject):
    """Owns the window's Document; every edit is committed before its signal is sent.

    A command that fails emits ``failed`` and returns None or False; the document stays as it was.

    Args:
        folder: where untitled documents live; a temporary folder serves while it cannot be written.

    Signals:
        document_changed: another file is open now, or this one has another name.
        samples_changed: digits were added, relabelled, moved or deleted.
        runs_changed: a run was added, went on, or was renamed, noted, pinned or deleted.
        failed: the EngineError of a command.
        displaced: the file of the open document was moved, deleted or replaced by somebody.
        starter_finished: how many starter digits were added.

    Attributes:
        document: the open document; there is always one after ``start``.
        starter: the task that adds the starter digits; its ``progressed`` tells how far it is.
    """

    document_changed = Signal()
    samples_changed = Signal()
    runs_changed = Signal()
    failed = Signal(object)
    displaced = Signal()
    starter_finished = Signal(int)

    document: Document

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._is_open = False
        self._is_displaced = False  # and that was told
        self.starter = TaskRunner(self)
        self.starter.finished.connect(self._on_starter_finished)
        self.starter.failed.connect(self.failed)
        self.starter.failed.connect(lambda _error: self.look_for_file(again=True))

    # -- which document ------------------------------------------------------------------------------

    def start(self, wanted: Path | None = None, last: Path | None = None) -> Start:
        """Open ``wanted``, else ``last``, else the last untitled document, else a new one."""
        path = wanted if wanted is not None else last
        if path is not None and self._enter(path):
            return Start.OPENED
        untitled = Document.find_untitled(self._folder) if self._folder.is_dir() else None
        if untitled is not None and self._enter(untitled):
            return Start.NEW if self._is_unused() else Start.RECOVERED
        self._show(self._untitled())
        return Start.NEW

    def new(self) -> None:
        """Go to a new, empty, untitled document."""
        untitled = self._untitled()
        self._leave()
        self._show(untitled)

    def open(self, path: Path) -> bool:
        """Go to the document at ``path``; on failure the open one stays."""
        return self._enter(path)

    def save_as(self, path: Path) -> bool:
        """Give the document the name ``path``; from then on it lives there."""

        def save() -> bool:
            self.document.save_as(path)
            return True

        if not self._attempt(save):
            return False
        self.document_changed.emit()
        return True

    def close(self, timeout_ms: int = CLOSING_MS) -> None:
        """Fold the document into its single file; the session is over. A second call does nothing."""
        self.starter.shutdown(timeout_ms)
        self._leave()

    # -- edits ---------------------------------------------------------------------------------------

    def add_digit(
        self,
        digit: NDArray[np.uint8],
        label: int | None,
        source: str,
        original: bytes | None = None,
        original_kind: str | None = None,
        split: Split | None = None,
        misreading: Misreading | None = None,
    ) -> int | None:
        """Store one canonical digit, (28, 28) uint8; a correction is there to be learnt from.

        Without a ``split`` the rule of ``engine.data.splits`` chooses; with a correction goes what was read.

        Returns:
            Its id, or None.
        """
        sample = NewSample(
            digit=digit,
            label=label,
            split=Split.TRAIN if source == CORRECTION else split,
            source=source,
            original=original,
            original_kind=original_kind,
            misreading=misreading,
        )
        added = self._edit(lambda: self.document.samples.add([sample]))
        return added.ids[0] if added is not None and added.ids else None

    def set_label(self, ids: Sequence[int], label: int | None) -> bool:
        """Relabel samples; None takes the label away."""
        return self._edit(lambda: self.document.samples.set_label(ids, label)) is not None

    def set_split(self, ids: Sequence[int], split: Split) -> bool:
        """Move samples to another split."""
        return self._edit(lambda: self.document.samples.set_split(ids, split)) is not None

    def delete(self, ids: Sequence[int]) -> bool:
        """Delete samples; undo brings them back."""
        return self._edit(lambda: self.document.samples.delete(ids)) is not None

    def undo(self) -> str | None:
        """Take the last edit of digits or runs back and return its kind (see ``SampleTable.undo``)."""
        return self._edit(lambda: self.document.samples.undo())

    def redo(self) -> str | None:
        """Do the edit that was taken back last again and return its kind."""
        return self._edit(lambda: self.document.samples.redo())

    def nothing_since(self) -> Callable[[], bool]:
        """Return a question: is the document as it is now, with nothing done, undone or done again since?

        Only then does an *Undo* or *Redo* that is offered now mean what it says.
        """
        document = self.document

        def state() -> tuple[int, int]:
            return document.data_version(), document.samples.undo_mark

        now = state()
        return lambda: self.document is document and state() == now

    def rename_run(self, run: int, name: str) -> bool:
        """Call a run ``name``."""
        return self._edit_runs(lambda: self.document.runs.rename(run, name))

    def note_run(self, run: int, note: str) -> bool:
        """Keep a note with a run."""
        return self._edit_runs(lambda: self.document.runs.set_note(run, note))

    def delete_runs(self, runs: Sequence[int]) -> bool:
        """Delete runs; undo brings them back."""
        return self._edit_runs(lambda: self.document.runs.delete(runs))

    def pin_baseline(self, run: int | None) -> bool:
        """Compare other runs with this one from now on; None with none."""
        return self._edit_runs(lambda: self.document.runs.pin_baseline(run))

    def add_starter(self) -> bool:
        """Add the starter digits beside the window; ``starter_finished`` tells how many were new."""
        document = self.document

        def task(progress: Progress) -> int:
            from engine.data import starter  # reads its file when it is used, not when the window opens

            progress(0, 0)
            own = document.open_again()  # a connection of this thread that shares the undo history
            try:
                return len(starter.add_to(own).ids)
            finally:
                own.close()

        return self.starter.start(task)

    def imported(self) -> None:
        """Say that a worker added samples through a document of its own."""
        self.samples_changed.emit()
        self.look_for_file(again=True)

    def trained(self) -> None:
        """Say that a worker wrote a run through a document of its own."""
        self.runs_changed.emit()
        self.look_for_file(again=True)

    def look_for_file(self, again: bool = False) -> None:
        """See whether the file is still where it was; tell once when it is not, or ``again``."""
        if not self._is_open:
            return
        was, self._is_displaced = self._is_displaced, not self.document.is_in_place()
        if self._is_displaced and (again or not was):
            self.displaced.emit()

    # -- inside --------------------------------------------------------------------------------------

    def _enter(self, path: Path) -> bool:
        """Open ``path`` and only then leave the document that is open."""
        whole = path.absolute()  # it is remembered beyond this working folder
        opened = self._attempt(lambda: Document.open(whole))
        if opened is None:
            return False
        self._leave()
        self._show(opened)
        return True

    def _show(self, document: Document) -> None:
        self.document = document
        self._is_open = True
        self._is_displaced = False
        self.document_changed.emit()

    def _leave(self) -> None:
        """Close the document; an untitled one that never held anything leaves no file behind."""
        if not self._is_open:
            return
        self._is_open = False
        path = self.document.path
        unused = (
            self.document.is_in_place() and self.document.is_untitled and bool(self._attempt(self._is_unused))
        )
        self._attempt(self.document.close)
        if unused:
            path.unlink(missing_ok=True)

    def _is_unused(self) -> bool:
        samples, runs = self.document.samples, self.document.runs
        return not (samples.count() or samples.can_undo or samples.can_redo or runs.list())

    def _untitled(self) -> Document:
        """Return a new untitled document; it is temporary where the folder cannot be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return Document.untitled(self._folder)
        except OSError:
            self.failed.emit(EngineError(Code.FOLDER_UNWRITABLE, path=self._folder))
        except EngineError as error:
            self.failed.emit(error)
        self._folder = Path(tempfile.mkdtemp(prefix="digit-dojo-"))
        return Document.untitled(self._folder)

    def _attempt(self, command: Callable[[], Result]) -> Result | None:
        try:
            return command()
        except EngineError as error:
            self.failed.emit(error)
            return None

    def _edit(self, command: Callable[[], Result]) -> Result | None:
        result = self._attempt(command)
        if result is not None:
            is_of_runs = isinstance(result, str) and result in RUN_EDITS
            (self.runs_changed if is_of_runs else self.samples_changed).emit()
            self.look_for_file()
        return result

    def _edit_runs(self, command: Callable[[], None]) -> bool:
        def edit() -> bool:
            command()
            return True

        done = bool(self._attempt(edit))
        if done:
            self.runs_changed.emit()
            self.look_for_file()
        return done

    def _on_starter_finished(self, added: int) -> None:
        self.samples_changed.emit()
        self.starter_finished.emit(added)
