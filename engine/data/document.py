"""The document: one ``.dojo`` file that holds digits, runs, figures and models."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from engine.data import integrity, schema
from engine.data.corrections import CorrectionTable
from engine.data.database import Database, connect
from engine.data.edits import History
from engine.data.epochs import EpochTable, WatchedTable
from engine.data.files import (
    check_folder,
    is_named_untitled,
    make,
    new_file,
    replace,
    seal,
    untitled_in,
    untitled_name,
)
from engine.data.inspection import inspect, is_protected, log_names, may_write, wal_of
from engine.data.integrity import Problem
from engine.data.migration import bring_up_to_date
from engine.data.open_files import OpenFiles, Ticket, lock_of
from engine.data.runs import RunTable
from engine.data.samples import SampleTable
from engine.data.storage_errors import folder_errors, storage_errors
from engine.errors import Code, EngineError

_OPEN = OpenFiles()  # of the whole process, because POSIX locks are: see engine.data.open_files


class Document:
    """An open document. One thread uses it; ``open_again`` gives another thread its own.

    Every edit is a committed transaction when its method returns. Two processes may have the same named
    document open (SQLite keeps them apart); an untitled one belongs to one process, which holds the lock
    file ``NAME.dojo.lock`` beside it until it closes the document or dies. The Documents that one process
    has open on one file share their steps of undo.

    Attributes:
        path: where it is.
        is_untitled: True until ``save_as`` gave it a name.
        samples: its digits.
        runs: its trainings.
        epochs: what is kept of each epoch of them.
        watched: the digits that are looked at through the epochs.
        corrections: which of its digits a model misread, and as what.
    """

    path: Path
    is_untitled: bool
    samples: SampleTable
    runs: RunTable
    epochs: EpochTable
    watched: WatchedTable
    corrections: CorrectionTable

    def __init__(self, path: Path, for_reading: bool = False) -> None:
        """Open an existing document; use ``open``, ``create`` or ``untitled`` instead."""
        self.path = path
        self._for_reading = for_reading
        self._ticket, self._history = self._hold(path, for_reading=for_reading)
        try:
            with storage_errors(path):
                protected = for_reading and is_protected(path)
            self._database = Database(path, is_protected=protected)
            self.is_untitled = bool(self._fact("untitled")) and is_named_untitled(path)
        except BaseException:
            _OPEN.leave(self._ticket)
            raise
        self.samples = SampleTable(self._database, self._history)
        self.runs = RunTable(self._database, self._history)
        self.epochs = EpochTable(self._database)
        self.watched = WatchedTable(self._database)
        self.corrections = CorrectionTable(self._database)
        self._is_closed = False

    # -- opening -------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Document:
        """Make a new document; the name is kept as given.

        Raises:
            EngineError: DOCUMENT_EXISTS, FOLDER_MISSING, FOLDER_UNWRITABLE or DISK_FULL.
        """
        make(Path(path), is_untitled=False)
        return cls(Path(path))

    @classmethod
    def open(cls, path: Path, for_reading: bool = False) -> Document:
        """Open a document, migrating an older one (see ``engine.data.migration``).

        Args:
            path: where it is.
            for_reading: True opens a write-protected document too; what would change it then raises
                DOCUMENT_READ_ONLY. One that needs migrating or was cut off in the middle of a change stays
                refused while it is protected.

        Raises:
            EngineError: DOCUMENT_MISSING, FILE_EMPTY, DOCUMENT_FOREIGN, DOCUMENT_NEWER, DOCUMENT_TRUNCATED,
                DOCUMENT_DAMAGED, DOCUMENT_READ_ONLY, DOCUMENT_BUSY, FILE_UNREADABLE or DISK_FULL; the file
                stays byte-identical and nothing is left beside it.
        """
        return cls(Path(path), for_reading)

    @classmethod
    def untitled(cls, folder: Path) -> Document:
        """Make a new untitled document in ``folder``, at once and for real.

        Raises:
            EngineError: as ``create``.
        """
        while True:
            path = Path(folder) / untitled_name()
            make(path, is_untitled=True)
            try:
                return cls(path)
            except EngineError as error:
                if error.code is not Code.DOCUMENT_BUSY:
                    raise  # busy: another window found the new file in the moment before it was locked

    @staticmethod
    def find_untitled(folder: Path) -> Path | None:
        """Return the newest untitled document that was left by a crash or a quit and can be opened.

        One that this or another process has open is left alone.
        """
        return next((path for path in untitled_in(Path(folder)) if _is_free(path)), None)

    def open_again(self) -> Document:
        """Open the same document for another thread; called there."""
        return Document(self.path, self._for_reading)

    # -- the whole document --------------------------------------------------------------------------

    def is_in_place(self) -> bool:
        """Say whether ``path`` still names the file that is open: nobody moved, deleted or replaced it."""
        return _OPEN.is_at(self._ticket, self.path)

    def save_as(self, path: Path) -> None:
        """Write the document to ``path``, replacing what is there, and go on there.

        A complete, checked copy takes the name in one step; the untitled file it was before is removed.

        Raises:
            EngineError: FOLDER_MISSING, FOLDER_UNWRITABLE, DISK_FULL, DOCUMENT_EXISTS when a stranger's file
                lies where this one was, DOCUMENT_READ_ONLY when the file at ``path`` is write-protected,
                DOCUMENT_BUSY while another Document of this process has this file open, or anyone the one
                at ``path``, DOCUMENT_DAMAGED when no sound copy can be made;
                the document stays where it was.
        """
        path = Path(path)
        if self.is_in_place() and path.exists() and path.samefile(self.path):
            return
        if _OPEN.connections(self._ticket) > 1:
            raise EngineError(Code.DOCUMENT_BUSY, path=self.path)  # its writes would go to the old file
        check_folder(path)
        self._fold_in_if_displaced()
        if path == self.path and path.exists() and not self.is_in_place():
            raise EngineError(Code.DOCUMENT_EXISTS, path=path)  # somebody else's file took this name
        _check_target(path)
        with storage_errors(self.path), folder_errors(path), new_file(path) as temporary:
            self._database.copy_to(temporary)
            seal(temporary)
            replace(temporary, path)
        old, was_untitled, old_ticket = self.path, self.is_untitled, self._ticket
        self._ticket, _ = self._hold(path, self._history)
        self._database.switch_to(path)  # the tables go on with the same connection object
        self.path, self.is_untitled = path, False
        _OPEN.leave(old_ticket)
        if was_untitled:
            old.unlink(missing_ok=True)

    def close(self) -> None:
        """Fold the log into the single file and let go of it; closing twice is fine."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._fold_in_if_displaced()
            self._database.close()
        finally:
            _OPEN.leave(self._ticket)

    def check(self) -> list[Problem]:
        """Return what is wrong inside, nothing when all is well; reads every page."""
        return integrity.problems(self._database)

    def data_version(self) -> int:
        """Return a number that grows with every edit of the digits."""
        return int(self._fact("data_version"))

    # -- inside --------------------------------------------------------------------------------------

    def _fold_in_if_displaced(self) -> None:
        """Put all commits into a file that was moved away, and take its log from under the old name.

        SQLite folds nothing into a file that is not where it was, and would read the log as part of whatever
        comes to lie there next.
        """
        if self.is_in_place():
            return
        self._database.fold_in()
        if not self.path.exists():  # else the log may already be another document's
            with storage_errors(self.path):
                for name in log_names(self.path):
                    name.unlink(missing_ok=True)

    @staticmethod
    def _hold(
        path: Path, history: History | None = None, for_reading: bool = False
    ) -> tuple[Ticket, History]:
        """Note that this process opens ``path``; the first one to do so looks at it first."""

        def prepare() -> None:
            version = inspect(path, schema.VERSION, for_reading)
            if version < schema.VERSION:
                bring_up_to_date(path, version)

        with storage_errors(path):
            # beside a protected one no lock can be made
            exclusive = is_named_untitled(path) and not (for_reading and path.exists() and is_protected(path))
            return _OPEN.enter(path, prepare, exclusive=exclusive, history=history)

    def _fact(self, name: str) -> int:
        row = self._database.one("SELECT value FROM meta WHERE name = ?", (name,))
        return int(row[0]) if row else 0


def _is_free(path: Path) -> bool:
    """Say whether nobody uses an untitled document and it can be opened."""
    lock = lock_of(path)

    def look() -> None:
        if not lock.acquire():
            raise EngineError(Code.DOCUMENT_BUSY, path=path)
        try:
            inspect(path, schema.VERSION)
        finally:
            lock.release()

    try:
        with storage_errors(path):
            return _OPEN.look(path, look)
    except EngineError:
        return False


def _check_target(path: Path) -> None:
    """See that a file at ``path`` may be replaced: not protected, not open anywhere."""
    if not path.exists():
        return
    with storage_errors(path):
        if path.is_dir():
            raise EngineError(Code.DOCUMENT_EXISTS, path=path)
        if not may_write(path):
            raise EngineError(Code.DOCUMENT_READ_ONLY, path=path)
        if not _OPEN.look(path, lambda: _fold_log(path)) or wal_of(path).exists():
            raise EngineError(Code.DOCUMENT_BUSY, path=path)


def _fold_log(path: Path) -> None:
    """Let SQLite fold in what a crash left in the log; it stays while another process has the file open."""
    if wal_of(path).exists():
        with closing(connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
