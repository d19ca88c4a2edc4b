"""An older document is brought up to date when it is opened; the old file is kept beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from engine.data import schema
from engine.data.database import connect
from engine.data.files import check_folder, new_file, publish
from engine.data.inspection import uri
from engine.data.storage_errors import folder_errors, storage_errors


def bring_up_to_date(path: Path, version: int, steps: Sequence[schema.Step] = schema.STEPS) -> Path:
    """Migrate the document at ``path`` from format ``version`` to ``len(steps)``.

    The document as it was is kept beside it as ``NAME.dojo.format-N``, or ``NAME.dojo.format-N.2`` … where
    that exists. The steps run in one transaction: when one fails the document stays byte-identical, and
    the copy is removed again.

    Returns:
        Where the old document is kept.

    Raises:
        EngineError: DOCUMENT_DAMAGED when a step fails, DOCUMENT_BUSY, DISK_FULL or FOLDER_UNWRITABLE.
    """
    check_folder(path)
    with storage_errors(path), closing(connect(path)) as connection:
        kept = _keep(connection, path, version)
        try:
            schema.migrate(connection, steps)
        except BaseException:
            kept.unlink()
            raise
    return kept


def _keep(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the document under a free name beside it."""
    with folder_errors(path), new_file(path) as temporary:
        with closing(sqlite3.connect(uri(temporary, "mode=rwc"), uri=True)) as copy:
            connection.backup(copy)
        for number in count(1):
            suffix = f".format-{version}" + (f".{number}" if number > 1 else "")
            kept = path.with_name(path.name + suffix)
            try:
                publish(temporary, kept)
                return kept
            except FileExistsError:
                continue
    raise AssertionError("unreachable")
