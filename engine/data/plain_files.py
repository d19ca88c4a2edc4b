"""Opening a file that a user named, where the name may be that of anything."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        OSError: it cannot be read, or is a pipe or a device: those may keep one waiting, or never end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a plain file", str(path))
    return path.open("rb")
