"""A report about one run: what a pupil hands in and an engineer files, as blocks that pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.export.svg import Colors, Drawing

if TYPE_CHECKING:
    from engine.data.runs import RunRecord
    from engine.events import Confusion
    from engine.inference.readings import Readings
    from engine.training.history import Points

MakeDrawing = Callable[[Colors], Drawing]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``is_quiet`` is smaller, ``is_marked`` has a mark at its side."""

    text: str
    is_quiet: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """One figure, large, and what it is."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text; the first column stands left, the others right; ``has_sum``: the last row sums up."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_sum: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values, in two columns where there is room."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """Drawings side by side; each takes so many parts of the width."""

    makers: tuple[MakeDrawing, ...]
    share: float = 1.0  # of the width, that all of them take together


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Pictures of digits (N, 28, 28) in rows, each with a caption where there are any."""

    images: NDArray[np.uint8]
    captions: tuple[str, ...] = ()
    columns: int = 10


Block = Heading | Text | Score | Table | Pairs | Charts | Digits


@dataclass(frozen=True, slots=True)
class Report:
    """A title and what stands below it.

    Attributes:
        language: ``en`` or ``ja``.
        title, subtitle: the head.
        name_line: where the pupil's name goes.
        footer: stands at the end, and below each page.
        sections: each begins with a Heading, but the first; none is torn apart where it can be helped.
    """

    language: str
    title: str
    subtitle: str
    name_line: str
    footer: str
    sections: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A model's answers for some digits.

    Attributes:
        images, labels: (N, 28, 28) and (N,).
        readings: of them.
        confusion: of them.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int8]
    readings: Readings
    confusion: Confusion


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """All that a report is made from.

    Attributes:
        document: the file's name.
        made: the day on which the report is made.
        version: of the program.
        record, points, seconds: the run, its curves, and how long it took.
        counts: digits of each split (train, val, test) and label, (3, 10).
        sources: where the run's digits come from, and how many.
        samples: (N, 28, 28) some training digits, by label.
        changes: digits that changed since.
        val, test: None where there are no such digits, or no model.
        train: read instead where nothing was held back.
        has_model: whether the run kept one.
        finding: the doctor's sentence, empty where nothing is wrong; None where the doctor has not looked.
    """

    document: str
    made: str
    version: str
    record: RunRecord
    points: Points
    seconds: float | None
    counts: NDArray[np.int64]
    sources: Sequence[tuple[str, int]]
    samples: NDArray[np.uint8]
    changes: int
    val: Measured | None
    test: Measured | None
    train: Measured | None
    has_model: bool
    finding: str | None = field(default=None)
