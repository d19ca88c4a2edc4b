"""Digits from stroke JSON lines: pen trajectories with label and writer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from engine.data import preprocess, strokes
from engine.data.found import MOST_DIGITS, NONE, Found
from engine.errors import Code, EngineError

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_CHUNK = 256  # digits handed on at once


def read(path: Path) -> tuple[int, Iterator[Found]]:
    """Read a file of strokes; a digit's writer becomes its group: a hand stays on one side of the split.

    Strokes that leave no ink (an empty list) are left out.

    Returns:
        How many digits there are, and the digits in parts.

    Raises:
        EngineError: STROKES_DAMAGED with the line, FILE_UNREADABLE; before the first part.
    """
    digits = list(islice(strokes.read_lines(path), MOST_DIGITS))
    if not digits:
        raise EngineError(Code.STROKES_DAMAGED, path=path, line=1)
    return len(digits), _parts(digits)


def _parts(digits: list[strokes.StrokeDigit]) -> Iterator[Found]:
    for start in range(0, len(digits), _CHUNK):
        part = digits[start : start + _CHUNK]
        prepared = [(digit, preprocess.from_strokes(digit.strokes)) for digit in part]
        drawn = [(digit, result.digit) for digit, result in prepared if not result.is_blank]
        labels = [NONE if digit.label is None else digit.label for digit, _ in drawn]
        yield Found(
            np.stack([pixels for _, pixels in drawn]) if drawn else np.zeros((0, 28, 28), np.uint8),
            np.array(labels, np.int8),
            [digit.writer for digit, _ in drawn],
            [strokes.to_json(digit.strokes).encode() for digit, _ in drawn],
            "strokes",
        )
