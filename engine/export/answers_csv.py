"""Answers as a table: a line each; UTF-8 with a mark, as Excel wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.errors import EngineError
from engine.export.tables import table
from engine.inference.answers import Answer

COLUMNS = (
    *("path", "index", "answer", "confidence", "is_digit", "label", "right"),
    *("left", "top", "width", "height", "problem"),
    *(f"p{digit}" for digit in range(10)),
)


def answers_table(found: Iterable[Answer], sentence_of: Callable[[EngineError], str]) -> bytes:
    """Return a line for each answer.

    ``label`` is the known digit and ``right`` whether it was read, both empty where none is known. The box
    is the ink's in pixels of the picture. ``problem`` is the sentence of a file that cannot be read.

    Args:
        found: the answers.
        sentence_of: puts an error into words.
    """
    return table(COLUMNS, (_line(answer, sentence_of) for answer in found))


def _line(answer: Answer, sentence_of: Callable[[EngineError], str]) -> list[Any]:
    item, read, right = answer.item, answer.prediction, answer.is_right
    line: list[Any] = [str(item.path), item.index]
    if read is None:
        line += [None, None, None]
    else:
        line += [read.label, float(read.confidence), int(read.is_digit)]
    line += [item.label, None if right is None else int(right)]
    box = item.prepared.box if item.prepared is not None else None
    line += [None] * 4 if box is None else [box[0], box[1], box[2] - box[0], box[3] - box[1]]
    line.append(sentence_of(item.error) if item.error is not None else None)
    return line + ([float(share) for share in read.probabilities] if read is not None else [None] * 10)
