"""Anything with digits in it, brought into a document or read into arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data import arrays, idx, pictures, stroke_files, table
from engine.data.document import Document
from engine.data.found import NONE, Found
from engine.data.sample_types import NewSample
from engine.data.splits import Split
from engine.errors import Code, EngineError

_CHUNK = 2_000  # digits a commit: small enough that another writer hardly waits
_PENDING = 128  # pictures gathered before a commit

OnProgress = Callable[[int, int], bool | None]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken: why, with the fields of its sentence."""

    path: str
    code: str
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        added: new digits.
        duplicates: digits left out because the same 28×28 pixels with the same label are there.
        rejected: files that were not taken.
        ids: the new digits.
        is_cancelled: it was stopped before the end.
    """

    added: int
    duplicates: int
    rejected: list[Rejected]
    ids: list[int]
    is_cancelled: bool = False


def import_paths(
    document: Document,
    paths: Iterable[Path | str],
    *,
    label: int | None = None,
    split: Split | None = None,
    group: str | None = None,
    on_progress: OnProgress | None = None,
) -> ImportReport:
    """Bring images, folders, IDX, CSV, NPZ and stroke files into a document, as one step of undo.

    A file is taken whole or not at all, and a bad one never keeps the others out. In folders, sub-folders
    named 0 … 9 give the label, else file names such as ``7_anna.png``; hidden files are left out.

    Args:
        document: where they go.
        paths: files and folders.
        label: label of all of them, whatever they say themselves.
        split: their split; None lets the rule choose. A group that has a side keeps it.
        group: their writer or sheet; strokes that name a writer have their own where None is given.
        on_progress: told how many of how many digits are done (a file counts one until its digits are
            counted); returning False stops the import, and what was added until then stays.

    Raises:
        EngineError: LABEL_INVALID; the reason, when one thing was asked for and it cannot be had; what
            writing to the document may raise.
    """
    if label is not None and label not in range(10):
        raise EngineError(Code.LABEL_INVALID, value=label)
    return _Import(document, label, split, group, on_progress).run([Path(path) for path in paths])


def image_files(folder: Path) -> list[Path]:
    """Return the image files below a folder in a fixed order.

    Raises:
        EngineError: FILE_MISSING, FOLDER_WITHOUT_IMAGES.
    """
    if not folder.is_dir():
        raise EngineError(Code.FILE_MISSING, path=folder)
    found = [path for path in pictures.walk(folder) if _has(path, pictures.SUFFIXES)]
    if not found:
        raise EngineError(Code.FOLDER_WITHOUT_IMAGES, path=folder)
    return found


def read_digits(
    path: Path, failures: list[EngineError] | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """Return the digits of a file or folder: (N, 28, 28) white ink on black, and labels (N,), -1 for none.

    In a folder, files that cannot be read are left out as long as another one can.

    Args:
        path: the file or folder.
        failures: receives why each file was left out.

    Raises:
        EngineError: as ``import_paths`` for one path.
    """
    found: list[Found] = []
    failures = [] if failures is None else failures
    for source in _sources([Path(path)], failures):
        try:
            parts = list(source.read(None)[1])
        except EngineError as error:
            failures.append(_placed(error, source.path))
            continue
        if not any(len(part) for part in parts):
            failures.append(EngineError(Code.IMAGE_BLANK, path=source.path))
        found += parts
    if not any(len(part) for part in found):
        raise failures[0]
    return np.concatenate([part.digits for part in found]), np.concatenate([part.labels for part in found])


@dataclass(frozen=True, slots=True)
class _Source:
    """One file to be read; ``root`` is the folder that was asked for, None for a file."""

    path: Path
    root: Path | None

    def read(self, label: int | None) -> tuple[int, Iterable[Found]]:
        """Return how many digits there are, and the digits in parts."""
        path = self.path
        _see(path)
        if _has(path, stroke_files.SUFFIXES):
            return stroke_files.read(path)
        if idx.is_idx(path) or _starts_like_idx(path):
            found = idx.read(path, needs_labels=label is None)
        elif _has(path, table.SUFFIXES):
            found = table.read(path)
        elif _has(path, arrays.SUFFIXES):
            found = arrays.read(path)
        elif _has(path, pictures.SUFFIXES) or _starts_like_a_picture(path):
            found = pictures.read(path, pictures.label_from(path, self.root))
        else:
            raise EngineError(Code.FORMAT_UNKNOWN, path=path)
        return len(found), [found]


class _Import:
    """One import on its way."""

    def __init__(
        self,
        document: Document,
        label: int | None,
        split: Split | None,
        group: str | None,
        on_progress: OnProgress | None,
    ) -> None:
        self._samples = document.samples
        self._label, self._split, self._group = label, split, group
        self._on_progress = on_progress
        self._pending: list[NewSample] = []
        self._ids: list[int] = []
        self._duplicates = 0
        self._rejected: list[Rejected] = []
        self._done = self._total = 0

    def run(self, paths: Sequence[Path]) -> ImportReport:
        failures: list[EngineError] = []
        sources = _sources(paths, failures)
        self._total = len(sources)
        with self._samples.one_step():
            goes_on = all(self._take(source, failures) for source in sources)
            self._flush()
        if len(paths) == 1 and failures and not paths[0].is_dir():
            raise failures[0]
        if len(paths) == 1 and failures and not sources:
            raise failures[0]
        self._rejected += [
            Rejected(str(error.fields.get("path", "")), error.code.value, error.fields) for error in failures
        ]
        return ImportReport(len(self._ids), self._duplicates, self._rejected, self._ids, not goes_on)

    def _take(self, source: _Source, failures: list[EngineError]) -> bool:
        """Add one file; False when the import is to stop."""
        if not self._tell(0):
            return False
        try:
            count, parts = source.read(self._label)
        except EngineError as error:
            failures.append(_placed(error, source.path))
            return self._tell(1)
        self._total += count - 1
        taken = 0
        for part in parts:
            taken += len(part)
            for start in range(0, len(part), _CHUNK):
                self._add(part, range(start, min(start + _CHUNK, len(part))))
                if not self._tell(min(_CHUNK, len(part) - start)):
                    return False
        if not taken:  # strokes without a point
            failures.append(EngineError(Code.IMAGE_BLANK, path=source.path))
        return True

    def _add(self, part: Found, places: range) -> None:
        for place in places:
            label = self._label if self._label is not None else int(part.labels[place])
            self._pending.append(
                NewSample(
                    part.digits[place],
                    None if label == NONE else label,
                    self._split,
                    self._group or (part.groups[place] if part.groups else None),
                    "import",
                    part.originals[place] if part.originals else None,
                    part.original_kind,
                )
            )
        if len(self._pending) >= _PENDING:
            self._flush()

    def _flush(self) -> None:
        added = self._samples.add(self._pending, skip_duplicates=True)
        self._pending.clear()
        self._ids += added.ids
        self._duplicates += added.duplicates

    def _tell(self, count: int) -> bool:
        self._done += count
        return self._on_progress is None or self._on_progress(self._done, self._total) is not False


def _sources(paths: Sequence[Path], failures: list[EngineError]) -> list[_Source]:
    """Return the files to be read; what is not there or empty of images goes to ``failures``."""
    sources: list[_Source] = []
    for path in paths:
        if not path.is_dir():
            sources.append(_Source(path, None))
            continue
        inside = [_Source(file, path) for file in pictures.walk(path) if _is_known(file)]
        if not inside:
            failures.append(EngineError(Code.FOLDER_WITHOUT_IMAGES, path=path))
        sources += inside
    # labels come with their images
    chosen = {source.path for source in sources}
    return [
        source
        for source in sources
        if not (idx.is_labels(source.path) and chosen & set(idx.images_of(source.path)))
    ]


def _is_known(path: Path) -> bool:
    suffixes = pictures.SUFFIXES + stroke_files.SUFFIXES + table.SUFFIXES + arrays.SUFFIXES
    return _has(path, suffixes) or idx.is_idx(path)


def _has(path: Path, suffixes: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(suffixes)


def _placed(error: EngineError, path: Path) -> EngineError:
    """Return the error of a file with its path, which who read a picture inside it did not know."""
    return EngineError(error.code, **{**error.fields, "path": error.fields.get("path") or path})


def _see(path: Path) -> None:
    try:
        if not path.exists():
            raise EngineError(Code.FILE_MISSING, path=path)
        if not path.is_file():
            raise EngineError(Code.FILE_UNREADABLE, path=path)
        if not path.stat().st_size:
            raise EngineError(Code.FILE_EMPTY, path=path)
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None


def _starts_like_idx(path: Path) -> bool:
    return not path.suffix and _start(path).startswith(b"\x00\x00\x08\x03")


def _starts_like_a_picture(path: Path) -> bool:
    start = _start(path)
    magics = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
    return start.startswith(magics) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None
