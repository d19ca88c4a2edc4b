"""A look at a document from outside: is it ours, whole and writable? Nothing is ever written here."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from engine.data.schema import APPLICATION_ID, TABLES, VIOLATIONS
from engine.data.storage_errors import storage_errors
from engine.errors import Code, EngineError

MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
BUSY_SECONDS = 2.0  # how long to wait for another process


def inspect(path: Path, supported: int, for_reading: bool = False) -> int:
    """Look at the file before SQLite may touch it, and have SQLite check it without writing.

    Must not run while this process has the document open: closing a file drops all locks that the
    process has on it (POSIX), SQLite's among them.

    Args:
        path: the document.
        supported: the newest format that is understood.
        for_reading: True takes a write-protected document too, where its file holds all of it.

    Returns:
        The document's format.

    Raises:
        EngineError: DOCUMENT_MISSING, FILE_EMPTY, DOCUMENT_FOREIGN, DOCUMENT_NEWER, DOCUMENT_TRUNCATED,
            DOCUMENT_DAMAGED, DOCUMENT_READ_ONLY, DOCUMENT_BUSY or FILE_UNREADABLE; the file stays
            byte-identical and nothing is left beside it.
    """
    with storage_errors(path):
        if not _exists(path):
            raise EngineError(Code.DOCUMENT_MISSING, path=path)
        if not path.is_file():
            raise EngineError(Code.DOCUMENT_FOREIGN, path=path)
        version = _read_header(path, supported)
        log_beside = wal_of(path).exists()
        protected = is_protected(path)
        if log_beside and protected:
            raise EngineError(Code.DOCUMENT_READ_ONLY, path=path)
        needed = TABLES if version == supported else frozenset[str]()
        _check_quickly(path, "mode=ro" if log_beside else "immutable=1", needed)
        if protected and not (for_reading and version == supported):
            raise EngineError(Code.DOCUMENT_READ_ONLY, path=path)
    return version


def wal_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of the document at ``path``."""
    return path.with_name(path.name + "-wal")


def log_names(path: Path) -> tuple[Path, Path]:
    """Return the names that SQLite uses beside an open document: the write-ahead log and its index."""
    return wal_of(path), path.with_name(path.name + "-shm")


def uri(path: Path, query: str) -> str:
    """Return ``path`` as SQLite's URI, whatever characters or network shares it has."""
    plain = os.fsencode(path.absolute().as_posix())
    if not plain.startswith(b"/"):
        plain = b"/" + plain  # a drive: file:///C:/…
    return f"file://{quote(plain)}?{query}"


def may_write(path: Path) -> bool:
    """Say whether the mode bits and the system allow writing; the superuser obeys the bits too."""
    bits = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    if os.name == "nt" and path.is_dir():
        return True  # the read-only attribute of a folder means something else there
    return bool(path.stat().st_mode & bits) and os.access(path, os.W_OK)


def is_protected(path: Path) -> bool:
    """Say whether a document cannot be written: its file, or its folder, where the log must lie."""
    return not (may_write(path) and may_write(path.resolve().parent))


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # a folder that may not be entered, a name that is too long, links in a circle
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None
    return True


def _read_header(path: Path, supported: int) -> int:
    """Judge the first 100 bytes (https://sqlite.org/fileformat2.html, §1.3) and return the format."""
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
        size = os.fstat(file.fileno()).st_size
    if not header:
        raise EngineError(Code.FILE_EMPTY, path=path)
    if header[: len(MAGIC)] != MAGIC[: len(header)]:
        raise EngineError(Code.DOCUMENT_FOREIGN, path=path)
    if len(header) >= 72 and _number(header, 68) != APPLICATION_ID:
        raise EngineError(Code.DOCUMENT_FOREIGN, path=path)
    if len(header) < HEADER_BYTES:
        raise EngineError(Code.DOCUMENT_TRUNCATED, path=path)
    version = _number(header, 60)
    if version > supported:
        raise EngineError(Code.DOCUMENT_NEWER, path=path, version=version, supported=supported)
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65_536 if page_size == 1 else page_size
    # after a crash the missing pages may be in the log, which SQLite then plays back
    if _number(header, 28) * page_size > size and not wal_of(path).exists():
        raise EngineError(Code.DOCUMENT_TRUNCATED, path=path)
    if version < 1:
        raise EngineError(Code.DOCUMENT_DAMAGED, path=path, detail="no format number")
    return version


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def _check_quickly(path: Path, mode: str, needed: frozenset[str]) -> None:
    opened = sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    with closing(opened) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        queries = VIOLATIONS if found == "ok" and needed and needed <= there else ()
        wrong = [name for name, query in queries if connection.execute(f"{query} LIMIT 1").fetchone()]
    if found != "ok":
        raise EngineError(Code.DOCUMENT_DAMAGED, path=path, detail=str(found).splitlines()[-1])
    if missing := sorted(needed - there):
        raise EngineError(Code.DOCUMENT_DAMAGED, path=path, detail=f"no table {missing[0]}")
    if wrong:
        raise EngineError(Code.DOCUMENT_DAMAGED, path=path, detail=f"impossible values in {wrong[0]}")
