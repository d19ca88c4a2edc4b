"""An advisory lock between processes; the system drops it when its holder dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class FileLock:
    """Holds a lock file beside something that one process at a time may use.

    Args:
        path: the lock file, made when missing and removed on release.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock and return True; False when another process has it.

        Raises:
            OSError: the lock file cannot be made.
        """
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(descriptor):
                os.close(descriptor)
                return False
            if _is_still(descriptor, self.path):
                self._descriptor = descriptor
                return True
            os.close(descriptor)  # its last holder removed the file in between: try the new one

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is None:
            return
        with suppress(OSError):  # Windows keeps an open file; an unlocked file that stays harms nothing
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = None


def _is_still(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
