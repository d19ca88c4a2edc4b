"""One process at a time trains a run: its lock is a file beside the document, and ends with the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from engine.data.file_lock import FileLock
from engine.data.storage_errors import storage_errors
from engine.errors import Code, EngineError


@contextmanager
def held_run(document: Path, run: int) -> Iterator[None]:
    """Own ``run`` of the document at this path inside the block, against other processes and threads.

    Two trainings of one run would each save over what the other has learnt. The lock of a process that was
    killed is free at once; the file it leaves is removed by the next training of this document.

    Raises:
        EngineError: RUN_BUSY while somebody else trains the run; as ``storage_errors`` says where the lock
            file cannot be made.
    """
    place = document.resolve()  # one lock however the document is called
    lock = FileLock(_name(place, run))
    with storage_errors(document):
        if not lock.acquire():
            raise EngineError(Code.RUN_BUSY, run=run)
    try:
        _remove_left_over(place, lock.path)
        yield
    finally:
        lock.release()


def is_held(document: Path, run: int) -> bool:
    """Say whether somebody trains ``run`` now; the file of one who was killed meanwhile is removed."""
    place = document.resolve()
    lock = FileLock(_name(place, run))
    with suppress(OSError):  # another user's: then it is told when the run is to go on
        if lock.path.exists() and not lock.acquire():
            return True
        lock.release()
    return False


def _remove_left_over(place: Path, own: Path) -> None:
    for path in place.parent.glob(f"{escape(place.name)}.run-*.lock"):
        with suppress(OSError):  # another user's
            if path != own and (lock := FileLock(path)).acquire():
                lock.release()


def _name(place: Path, run: int) -> Path:
    return place.with_name(f"{place.name}.run-{run}.lock")
