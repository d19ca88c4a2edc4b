"""A file that people asked for: whole under its name, or not there."""

from __future__ import annotations

from pathlib import Path

from engine.data.files import check_folder, new_file, replace
from engine.data.storage_errors import folder_errors
from engine.errors import Code, EngineError


def save(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, in one step in place of what is there.

    Raises:
        EngineError: FOLDER_MISSING, FOLDER_UNWRITABLE, NAME_TOO_LONG, DISK_FULL, or DOCUMENT_EXISTS where a
            folder has this name; what was there is as it was.
    """
    check_folder(path)
    with folder_errors(path):
        if path.is_dir():  # raises where the name is too long
            raise EngineError(Code.DOCUMENT_EXISTS, path=path)
        with new_file(path) as temporary:
            temporary.write_bytes(content)
            replace(temporary, path)


def make_folder(path: Path) -> None:
    """Make a folder, with those above it that are missing; one that is there is fine.

    Raises:
        EngineError: FOLDER_UNWRITABLE or DISK_FULL; DOCUMENT_EXISTS where a file has this name.
    """
    with folder_errors(path):
        path.mkdir(parents=True, exist_ok=True)
