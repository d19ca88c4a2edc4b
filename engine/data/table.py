"""Digits from CSV tables: a label and 784 pixel values a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.arrays import canonical
from engine.data.found import MOST_DIGITS, NONE, SIDE, Found
from engine.data.plain_files import open_plain
from engine.errors import Code, EngineError

SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_PIXELS = SIDE * SIDE
_LONGEST_LINE = 65_536  # bytes; 785 values need some 4,000


def read(path: Path) -> Found:
    """Read a table, plain or ``.gz``; commas, semicolons or tabs between values, a heading or none.

    A line holds a label and 784 whole numbers 0 … 255, row by row, or only the 784. Dark ink on a light
    ground is found for the table as a whole and inverted (see ``engine.data.arrays.canonical``).

    Raises:
        EngineError: TABLE_DAMAGED with the line, FILE_UNREADABLE.
    """
    pixels, labels = bytearray(), bytearray()
    width = 0
    for number, line in _lines(path):
        values = _values(line)
        if values is None and number == 1:
            continue  # the heading
        if (
            values is None
            or len(values) not in (_PIXELS, _PIXELS + 1)
            or len(values) != (width or len(values))
        ):
            raise EngineError(Code.TABLE_DAMAGED, path=path, line=number)
        width = len(values)
        if width > _PIXELS:
            if values[0] > 9:
                raise EngineError(Code.TABLE_DAMAGED, path=path, line=number)
            labels.append(values[0])
        pixels += values[-_PIXELS:]
        if len(pixels) > MOST_DIGITS * _PIXELS:
            raise EngineError(Code.TABLE_DAMAGED, path=path, line=number)
    if not pixels:
        raise EngineError(Code.TABLE_DAMAGED, path=path, line=1)
    images = np.frombuffer(bytes(pixels), np.uint8).reshape(-1, SIDE, SIDE)
    answers = np.frombuffer(bytes(labels), np.int8) if labels else np.full(len(images), NONE, np.int8)
    return Found(canonical(images), answers)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, numbered from 1, with commas between values."""
    number = 0
    try:
        with open_plain(path) as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file: Any = gzip.GzipFile(fileobj=raw) if is_packed else raw
            separator = b","
            while line := file.readline(_LONGEST_LINE):
                number += 1
                line = line.removeprefix(b"\xef\xbb\xbf").strip()
                if number == 1:
                    separator = max((b",", b";", b"\t"), key=line.count)
                if line:
                    yield number, line if separator == b"," else line.replace(separator, b",")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise EngineError(Code.TABLE_DAMAGED, path=path, line=number + 1) from None
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None


def _values(line: bytes) -> bytes | None:
    """Return the whole numbers 0 … 255 of a line as bytes, None where it holds something else."""
    parts = line.replace(b'"', b"").split(b",")
    try:
        return bytes(map(int, parts))
    except ValueError:
        pass
    try:
        numbers = [float(part) for part in parts]  # "255.0", as some tools write whole numbers
        return (
            bytes(int(value) for value in numbers) if all(value == int(value) for value in numbers) else None
        )
    except (ValueError, OverflowError):
        return None
