"""What SQLite and the operating system complain of, turned into errors a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import Code, EngineError

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)

# SQLite's primary result codes (the low byte of an extended one), https://sqlite.org/rescode.html
_BY_RESULT = {
    sqlite3.SQLITE_BUSY: Code.DOCUMENT_BUSY,
    sqlite3.SQLITE_LOCKED: Code.DOCUMENT_BUSY,
    sqlite3.SQLITE_FULL: Code.DISK_FULL,
    sqlite3.SQLITE_READONLY: Code.DOCUMENT_READ_ONLY,
    sqlite3.SQLITE_PERM: Code.DOCUMENT_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Code.FILE_UNREADABLE,
    sqlite3.SQLITE_IOERR: Code.FILE_UNREADABLE,
}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise what goes wrong with the document at ``path`` as an EngineError.

    Raises:
        EngineError: DOCUMENT_BUSY, DISK_FULL, DOCUMENT_READ_ONLY, FILE_UNREADABLE or DOCUMENT_DAMAGED.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of ours: a closed connection, another thread's connection
    except UnicodeDecodeError as error:  # SQLite quotes what it found in the file
        raise EngineError(Code.DOCUMENT_DAMAGED, path=path, detail="text that is not text") from error
    except sqlite3.Error as error:
        raise from_sqlite(error, path) from error
    except OSError as error:
        raise from_system(error, path) from error


def from_sqlite(error: sqlite3.Error, path: Path) -> EngineError:
    """Return the EngineError that ``error`` means for the document at ``path``."""
    result = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    code = _BY_RESULT.get(result)
    if code is None:
        return EngineError(Code.DOCUMENT_DAMAGED, path=path, detail=error)
    return EngineError(code, path=path)


def from_system(error: OSError, path: Path) -> EngineError:
    """Return the EngineError that ``error`` means for the document at ``path``."""
    if error.errno in _FULL:
        return EngineError(Code.DISK_FULL, path=path)
    if error.errno in _DENIED:
        return EngineError(Code.DOCUMENT_READ_ONLY, path=path)
    if isinstance(error, FileNotFoundError):
        return EngineError(Code.DOCUMENT_MISSING, path=path)
    return EngineError(Code.FILE_UNREADABLE, path=path)


@contextmanager
def folder_errors(path: Path) -> Iterator[None]:
    """Raise what goes wrong when a new file is put at ``path`` as an EngineError.

    Raises:
        EngineError: DOCUMENT_EXISTS, NAME_TOO_LONG, DISK_FULL, DOCUMENT_BUSY or FOLDER_UNWRITABLE.
    """
    try:
        yield
    except FileExistsError:
        raise EngineError(Code.DOCUMENT_EXISTS, path=path) from None
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise EngineError(Code.NAME_TOO_LONG, path=path) from error
        known = from_system(error, path) if isinstance(error, OSError) else from_sqlite(error, path)
        if known.code in (Code.DISK_FULL, Code.DOCUMENT_BUSY):
            raise known from error
        raise EngineError(Code.FOLDER_UNWRITABLE, path=path.parent) from error
