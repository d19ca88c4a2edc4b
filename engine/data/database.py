"""One connection to a document's SQLite file: durable, in transactions that nest, errors translated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from engine.data.inspection import BUSY_SECONDS, uri
from engine.data.storage_errors import storage_errors

CHUNK = 500  # values in one IN (…) list

Row = tuple[Any, ...]


class Database:
    """A connection of one thread.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS, is_protected: bool = False) -> None:
        """Connect to an existing document; one that is write-protected can only be read.

        Raises:
            EngineError: as ``storage_errors`` says.
        """
        self.path = path
        with storage_errors(path):
            # where no log can be made beside it, SQLite reads the file as one that nobody changes
            mode = "immutable=1" if is_protected else "mode=rw"
            self._connection = connect(path, busy_seconds, mode)
            try:
                set_up(self._connection)
            except BaseException:
                self._connection.close()
                raise

    def errors(self) -> AbstractContextManager[None]:
        """Translate what SQLite says into EngineErrors."""
        return storage_errors(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all of the block or, when it raises, nothing; inside another one, that one commits."""
        with self.errors():
            if self._is_inside():
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Read several times from one state of the document."""
        with self.errors():
            if self._is_inside():
                yield self._connection
                return
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _is_inside(self) -> bool:
        return self._connection.in_transaction

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return the id of the row it inserted."""
        with self.errors():
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        with self.errors():
            self._connection.executemany(sql, rows)

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self.errors():
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, None where there is none."""
        with self.errors():
            row: Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def all_in(self, sql: str, wanted: Sequence[Any]) -> list[Row]:
        """Return the rows of a query whose ``{}`` stands for a list of the wanted values, in any order."""
        found: list[Row] = []
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            found += self.all(sql.format(f"({','.join('?' * len(some))})"), some)
        return found

    def copy_to(self, path: Path) -> None:
        """Write a compact copy of the document to the new file ``path``; raises what SQLite raises."""
        self._connection.execute("VACUUM INTO ?", (uri(path, "mode=rwc"),))

    def fold_in(self) -> None:
        """Put what the log holds into the file and empty the log."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def switch_to(self, path: Path) -> None:
        """Go on with another file; on failure this one stays."""
        other = Database(path)
        self.close()
        self.path, self._connection = path, other._connection

    def close(self) -> None:
        """Disconnect; for the last one to leave, SQLite folds the log into the file and removes it."""
        with self.errors():
            self._connection.close()


def connect(path: Path, busy_seconds: float = BUSY_SECONDS, mode: str = "mode=rw") -> sqlite3.Connection:
    """Connect to an existing file in autocommit mode: transactions are only those that are asked for."""
    return sqlite3.connect(uri(path, mode), uri=True, timeout=busy_seconds, isolation_level=None)


def set_up(connection: sqlite3.Connection) -> None:
    """Make commits durable and references checked, and hold the file."""
    for pragma in (
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",  # KiB
        "journal_mode = WAL",
        "synchronous = FULL",  # a commit that was acknowledged survives a power cut
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    # the first read takes the lock by which other processes see that the file is in use
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
