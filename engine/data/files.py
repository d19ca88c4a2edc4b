"""Making and replacing document files so that a name always means a whole document."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from engine.data import schema
from engine.data.inspection import may_write, uri, wal_of
from engine.data.storage_errors import folder_errors
from engine.errors import Code, EngineError

SUFFIX = ".dojo"
_UNTITLED = "untitled-"
_REPLACE_TRIES = 20  # Windows: virus scanners and indexers hold a new file for moments


def make(path: Path, is_untitled: bool) -> None:
    """Put a new, empty document at ``path``.

    Raises:
        EngineError: DOCUMENT_EXISTS, FOLDER_MISSING, FOLDER_UNWRITABLE or DISK_FULL.
    """
    check_folder(path)
    if os.path.lexists(path):
        raise EngineError(Code.DOCUMENT_EXISTS, path=path)
    with folder_errors(path), new_file(path) as temporary:
        with closing(_connect_new(temporary)) as connection:
            schema.migrate(connection)
            connection.execute("UPDATE meta SET value = ? WHERE name = 'untitled'", (int(is_untitled),))
        publish(temporary, path)


def check_folder(path: Path) -> None:
    """See that a file can be put at ``path``.

    Raises:
        EngineError: FOLDER_MISSING or FOLDER_UNWRITABLE.
    """
    folder = path.parent
    if not folder.is_dir():
        raise EngineError(Code.FOLDER_MISSING, path=folder)
    if not may_write(folder):
        raise EngineError(Code.FOLDER_UNWRITABLE, path=folder)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a free name beside ``path`` and leave nothing there."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        yield temporary
    finally:
        for name in (temporary, wal_of(temporary), temporary.with_name(temporary.name + "-journal")):
            name.unlink(missing_ok=True)


def seal(temporary: Path) -> None:
    """Check the copy of a document and make it a named one.

    Raises:
        sqlite3.Error: the copy is not sound.
    """
    with closing(_connect_new(temporary)) as connection:
        connection.execute("UPDATE meta SET value = 0 WHERE name = 'untitled'")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(str(found))


def publish(temporary: Path, path: Path) -> None:
    """Give a new file its name, never in place of another: FileExistsError."""
    _flush(temporary)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(temporary, path)
    _flush_folder(path.parent)


def replace(temporary: Path, path: Path) -> None:
    """Give a new file its name, in place of what is there."""
    _flush(temporary)
    for left in reversed(range(_REPLACE_TRIES)):
        try:
            os.replace(temporary, path)
            break
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(0.05)
    _flush_folder(path.parent)


def untitled_name() -> str:
    """Return a new name for an untitled document."""
    return f"{_UNTITLED}{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}{SUFFIX}"


def is_named_untitled(path: Path) -> bool:
    """Say whether a document's name is that of an untitled one."""
    return path.name.startswith(_UNTITLED) and path.name.endswith(SUFFIX)


def untitled_in(folder: Path) -> list[Path]:
    """Return the untitled documents of a folder, the one changed last first."""
    return sorted(folder.glob(f"{_UNTITLED}*{SUFFIX}"), key=_last_change, reverse=True)


def _last_change(path: Path) -> tuple[int, str]:
    times = [name.stat().st_mtime_ns for name in (path, wal_of(path)) if name.exists()]
    return max(times, default=0), path.name


def _connect_new(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(uri(path, "mode=rwc"), uri=True, isolation_level=None)


def _flush(path: Path) -> None:
    """See that a file's content is on the disk before its name is."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS orders the rename itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
