"""Which documents this process has open, and the steps of undo that their connections share.

POSIX locks belong to a process: closing *any* descriptor of a file drops all locks that the process has
on it, SQLite's included (https://sqlite.org/howtocorrupt.html, §2.2). So a document's raw bytes are only
read while no connection of this process is open on it, and that has to be known process-wide.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.data.edits import History
from engine.data.file_lock import FileLock
from engine.errors import Code, EngineError

Ticket = tuple[int, int]  # device and inode: what the system takes for the same file


@dataclass(slots=True)
class _Open:
    count: int
    lock: FileLock | None
    history: History


class OpenFiles:
    """Counts the connections on each document; thread-safe."""

    def __init__(self) -> None:
        self._mutex = threading.RLock()
        self._open: dict[Ticket, _Open] = {}

    def count(self, path: Path) -> int:
        """Return how many connections this process has on the document at ``path``."""
        with self._mutex:
            held = self._open.get(_key(path)) if path.exists() else None
            return held.count if held else 0

    def connections(self, ticket: Ticket) -> int:
        """Return how many connections this process has on the file of ``ticket``, whatever its name is."""
        with self._mutex:
            held = self._open.get(ticket)
            return held.count if held else 0

    def is_at(self, ticket: Ticket, path: Path) -> bool:
        """Say whether ``path`` names the file of ``ticket``."""
        try:
            return _key(path) == ticket
        except OSError:
            return False

    def enter(
        self,
        path: Path,
        prepare: Callable[[], None],
        exclusive: bool,
        history: History | None = None,
    ) -> tuple[Ticket, History]:
        """Note a connection that is about to be opened.

        Args:
            path: the document.
            prepare: looks at the file; called when it is the first connection, with no other being opened.
            exclusive: True for a document that one process at a time may use.
            history: the steps of undo to begin with; new ones for None.

        Returns:
            The ticket for ``leave``, and the steps of undo of this document.

        Raises:
            EngineError: DOCUMENT_BUSY when another process has an exclusive document; what ``prepare`` does.
        """
        with self._mutex:
            held = self._open.get(_key(path)) if path.exists() else None
            if held is None:
                prepare()
                lock = _take_lock(path) if exclusive else None
                held = self._open[_key(path)] = _Open(0, lock, history or History())
            held.count += 1
            return _key(path), held.history

    def look(self, path: Path, action: Callable[[], None]) -> bool:
        """Run ``action`` while this process has no connection on ``path``; False when it has one."""
        with self._mutex:
            if self.count(path):
                return False
            action()
            return True

    def leave(self, ticket: Ticket) -> None:
        """Forget a connection that was closed."""
        with self._mutex:
            held = self._open[ticket]
            held.count -= 1
            if not held.count:
                del self._open[ticket]
                if held.lock is not None:
                    held.lock.release()


def lock_of(path: Path) -> FileLock:
    """Return the lock that says that a process uses the untitled document at ``path``."""
    return FileLock(path.with_name(path.name + ".lock"))


def _take_lock(path: Path) -> FileLock:
    lock = lock_of(path)
    if not lock.acquire():
        raise EngineError(Code.DOCUMENT_BUSY, path=path)
    return lock


def _key(path: Path) -> Ticket:
    found = path.stat()
    return found.st_dev, found.st_ino
