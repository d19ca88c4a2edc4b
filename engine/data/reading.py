"""Things to be read one by one: pictures, folders of pictures, stroke files; a bad one is an item too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.data import pictures, stroke_files
from engine.data.importers import image_files
from engine.data.preprocess import Prepared, from_image, from_strokes
from engine.data.sample_types import SIDE
from engine.data.strokes import Strokes, read_lines
from engine.errors import Code, EngineError

BLANK = Prepared(np.zeros((SIDE, SIDE), np.uint8), is_blank=True, inverted=False, box=None)
Find = Callable[[Path], list[Prepared]]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One thing to read.

    Attributes:
        path: the file.
        index: place within the file, from 0.
        prepared: what the model sees; None where the file cannot be read.
        error: why there is nothing to see.
        label: what names tell that it is, see ``pictures.label_from``; in a stroke file what its line says.
        strokes: of a line of a stroke file.
    """

    path: Path
    index: int
    prepared: Prepared | None
    error: EngineError | None = None
    label: int | None = None
    strokes: Strokes | None = None

    @property
    def has_ink(self) -> bool:
        """Whether there is something to read."""
        return self.prepared is not None and not self.prepared.is_blank


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; ``root`` is the folder that was asked for, ``error`` why there is no such file."""

    path: Path
    root: Path | None = None
    error: EngineError | None = None


def is_strokes(path: Path) -> bool:
    """Return whether a file holds strokes, many digits in one, by its name."""
    return path.name.lower().endswith(stroke_files.SUFFIXES)


def sources(paths: Sequence[Path]) -> list[Source]:
    """Return the files of ``paths``; a folder gives its pictures in a fixed order, or an error."""
    found: list[Source] = []
    for path in paths:
        try:
            if path.is_dir():
                found += [Source(file, path) for file in image_files(path)]
            else:
                found.append(Source(path))
        except EngineError as error:
            found.append(Source(path, error=error))
        except OSError:  # not even to be looked at
            found.append(Source(path, error=EngineError(Code.FILE_UNREADABLE, path=path)))
    return found


def items(source: Source, find: Find | None = None) -> Iterator[Item]:
    """Read one file; what cannot be read comes as an item with an error, after those before it.

    Args:
        source: the file.
        find: finds every digit of a picture (``engine.inference.pages.find_digits``); a picture whose name
            tells its label holds one digit. Without it each picture is one digit.
    """
    path = source.path
    if source.error is not None:
        yield Item(path, 0, None, source.error)
        return
    try:
        if is_strokes(path):
            for index, digit in enumerate(read_lines(path)):
                yield Item(path, index, from_strokes(digit.strokes), None, digit.label, digit.strokes)
        else:
            label = pictures.label_from(path, source.root)
            found = find(path) if find is not None and label is None else [from_image(path)]
            for index, prepared in enumerate(found or [BLANK]):
                yield Item(path, index, prepared, None, label)
    except EngineError as error:
        yield Item(path, 0, None, error)
    except OSError:
        yield Item(path, 0, None, EngineError(Code.FILE_UNREADABLE, path=path))
