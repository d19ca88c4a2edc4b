"""A number written in a row: which strokes, or which pieces of a picture, are one digit.

What is written is cut into atoms, from left to right. A digit is one atom or several neighbours. How far
two neighbours are apart says how likely a cut is between them; whether a group looks like one digit, the
gate says (``engine.inference.reject``). The division that is most likely as a whole is taken, so that a
crossed 7 stays one digit and a 1 close to a 0 does not become a letter. Where the pieces do not look like a
number (``engine.inference.belief``), as those of い do not, what stands together is left whole.

Nothing here needs PyTorch: the gate's shares come from outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.data.preprocess import Prepared, from_strokes
from engine.data.strokes import Stroke, Strokes
from engine.inference.belief import STRONG, is_number, lean

MOST_ATOMS = 5  # of one digit: a careful hand lifts the pen as often
MOST_CUT_ATOMS = 7  # … where a picture was cut into pieces, in case a cut is right
MOST_DIGITS = 60  # atoms of a row beyond which it is no number …
_MOST_UNCUT = 30  # … unless a picture of no more was cut into them: longer lines are text
_TALL = 0.5  # of the highest atom: from here on an atom counts for the height of the row
_UPRIGHT = 0.55  # of the row's height: an atom as high may be a digit of its own
_SPECK = 0.2  # of the row's height: an atom that small is part of a neighbour
_FLAT = 0.25  # of the row's height: no digit is that low
_WITHIN = 0.85  # of the narrower atom's width: covered as far by the other, a short one belongs to it
_APART = 0.3  # of the row's height: no two parts of a digit are farther from each other, side by side
_NEAR = 0.7  # … unless one is a speck; what is farther apart is judged apart, as two words are
_NO_GAP = 0.02  # of the row's height: where a cut is as likely as none
_STEEP = 20.0  # log-odds of a cut for each height of the gap
_SUREST = 5.0  # log-odds of a cut
_OVER = 9.0  # log-odds against a cut where one lies over the other
_HELD = 5.0  # log-odds against a cut through ink
_CUT_INK = 2.0  # log-odds against a cut through the ink of a picture …
_EACH_PEN = 1.0  # … and for each width of the pen that it crosses
_LEAST_SHARE = 0.003  # what the gate says counts no less
_COMPANY = 3  # digits elsewhere in a row: then what holds one beside something else is two digits, too
_WIDEST = 1.3  # of the row's height: hardly a digit is wider …
_TOO_WIDE = 2.5  # of the row's height: neighbours that wide together are no digit, only perhaps a drawing
_STOUT = 6.0  # … and each height more makes it so much less likely, in nats

Box = tuple[int, int, int, int]
Fields = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What may be one digit.

    Attributes:
        first, last: its atoms, from left to right, counted from 0.
        pieces: the places of its strokes, or of its pieces of a picture, in the order in which they came.
        prepared: its canonical digit and where it is, in the units of the source.
        box: (4,) left, top, right and bottom, where 1 is the height of the row.
    """

    first: int
    last: int
    pieces: tuple[int, ...]
    prepared: Prepared
    box: Fields


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """All ways to divide one row.

    Attributes:
        parts: every group of neighbours that may be one digit, and what stands together as a whole.
        cuts: log-odds of a cut after each atom but the last; inf where it is certain.
        words: first and last atom of what may be one drawing, if it is no number.
        inks: how much ink of a picture a cut after each atom but the last crosses, 1 is the width of the pen;
            0 where nothing hangs together, and for strokes.
    """

    parts: tuple[Part, ...]
    cuts: tuple[float, ...]
    words: tuple[tuple[int, int], ...] = ()
    inks: tuple[float, ...] = ()

    def digits(self) -> NDArray[np.uint8]:
        """Return the canonical digits of all parts, (P, 28, 28)."""
        pictures = [part.prepared.digit for part in self.parts]
        return np.stack(pictures) if pictures else np.zeros((0, 28, 28), np.uint8)

    def choose(self, shares: NDArray[np.floating]) -> list[int]:
        """Return the places in ``parts`` of the most likely division, from left to right.

        Args:
            shares: (P,) how likely each part is one digit, 0 … 1.
        """
        likely = self._most_likely(shares)
        strong = [place for place in likely if float(shares[place]) >= STRONG]
        chosen: list[int] = []
        for first, last in self.words:
            word = [place for place in likely if first <= self.parts[place].first <= last]
            digits = len(set(strong) & set(word))
            is_among_digits = digits > 0 and len(strong) - digits >= _COMPANY
            if len(word) == 1 or is_among_digits or self._is_number(word, shares):
                chosen += word
            else:
                chosen.append(self._place(first, last))
        return chosen

    def _is_number(self, places: list[int], shares: NDArray[np.floating]) -> bool:
        parts = [self.parts[place] for place in places]
        leans = np.array([lean(part.prepared.digit) for part in parts])
        inks = np.array([self.inks[part.last] if self.inks else 0.0 for part in parts[:-1]])
        return is_number(np.stack([part.box for part in parts]), leans, np.asarray(shares)[places], inks)

    def _place(self, first: int, last: int) -> int:
        """Return the place of the part with these atoms."""
        return next(
            place for place, part in enumerate(self.parts) if (part.first, part.last) == (first, last)
        )

    def _most_likely(self, shares: NDArray[np.floating]) -> list[int]:
        """Return the division that is most likely where all is digits."""
        if not self.parts:
            return []
        count = len(self.cuts) + 1
        best = [0.0] + [-math.inf] * count
        came: list[int] = [-1] * (count + 1)
        for place in sorted(range(len(self.parts)), key=lambda place: self.parts[place].first):
            part = self.parts[place]
            value = best[part.first] + math.log(max(float(shares[place]), _LEAST_SHARE))
            value -= _STOUT * max(0.0, float(part.box[2] - part.box[0]) - _WIDEST)
            value += sum(_log_likely(-self.cuts[atom]) for atom in range(part.first, part.last))
            value += _log_likely(self.cuts[part.last]) if part.last < count - 1 else 0.0
            if value > best[part.last + 1]:
                best[part.last + 1], came[part.last + 1] = value, place
        chosen: list[int] = []
        at = count
        while at > 0:
            chosen.append(came[at])
            at = self.parts[came[at]].first
        return chosen[::-1]


def single(prepared: Prepared) -> Row:
    """Return the row of one digit that cannot be divided."""
    return Row((Part(0, 0, (0,), prepared, np.zeros(4)),), (), ((0, 0),))


class StrokeRows:
    """Divides a drawing that grows: what was drawn before is not drawn again for each point."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[bytes, ...], Prepared] = {}

    def row(self, strokes: Strokes) -> Row:
        """Return the ways to divide ``strokes``, each (n, 2) or (n, 3); no parts where there is no ink."""
        drawn = self._drawn
        used: dict[tuple[bytes, ...], Prepared] = {}

        def prepare(group: Sequence[Stroke]) -> Prepared:
            key = tuple(stroke.tobytes() for stroke in group)
            used[key] = drawn.get(key) or from_strokes(group)
            return used[key]

        row = row_of_strokes(strokes, prepare)
        self._drawn = used
        return row


def row_of_strokes(strokes: Strokes, prepare: Callable[[Sequence[Stroke]], Prepared] = from_strokes) -> Row:
    """Return the ways to divide pen strokes.

    Args:
        strokes: each (n, 2) or (n, 3); points that are not finite are left out.
        prepare: makes the canonical digit of some of them, in the order in which they were drawn.
    """
    inks = [np.asarray(stroke) for stroke in strokes]
    usable = [place for place, ink in enumerate(inks) if len(ink) and np.isfinite(ink[:, :2]).all(1).any()]
    if not usable:
        return Row((), ())
    boxes = np.array([_box_of(inks[place]) for place in usable])

    held = _crossing([inks[place][:, :2] for place in usable], boxes)
    return divided(boxes, lambda group: prepare([inks[place] for place in group]), usable, held)


def divided(
    boxes: Fields,
    make: Callable[[Sequence[int]], Prepared],
    names: Sequence[int],
    held: Sequence[int] | None = None,
    inks: Sequence[float] | None = None,
) -> Row:
    """Return the ways to divide pieces that stand in one row.

    Args:
        boxes: (n, 4) left, top, right and bottom of each piece, n ≥ 1.
        make: makes the canonical digit of pieces, told by their names.
        names: (n,) increasing.
        held: (n,) equal numbers for pieces that hang together; all differ where it is not told.
        inks: (n,) how much ink the cut crosses that parted a piece from those before it; told for pictures.
    """

    def part(first: int, last: int) -> Part:
        pieces = tuple(sorted(names[piece] for atom in atoms[first : last + 1] for piece in atom))
        box = np.array([*edges[first : last + 1, :2].min(axis=0), *edges[first : last + 1, 2:].max(axis=0)])
        return Part(first, last, pieces, make(pieces), box)

    def wide(first: int, last: int) -> float:
        return float(edges[first : last + 1, 2].max() - edges[first : last + 1, 0].min())

    height = row_height(boxes)
    atoms = _joined(boxes, height)
    uncut = {held[atom[0]] for atom in atoms} if held is not None else atoms
    if len(atoms) > MOST_DIGITS and len(uncut) > _MOST_UNCUT:
        return Row((Part(0, 0, tuple(names), make(names), _around(boxes) / height),), (), ((0, 0),))
    edges = np.stack([_around(boxes[atom]) for atom in atoms]) / height
    whole = [{held[piece] for piece in atom} if held is not None else set() for atom in atoms]
    gaps = _gaps(edges)
    hangs = [bool(one & other) for one, other in pairwise(whole)]
    crossed = [
        max(inks[piece] for piece in atom) if inks is not None and hang else 0.0
        for atom, hang in zip(atoms[1:], hangs, strict=True)
    ]
    cuts = [
        -(_CUT_INK + _EACH_PEN * ink) if ink else _cut(edges[place], edges[place + 1], gap, hang)
        for place, (gap, hang, ink) in enumerate(zip(gaps, hangs, crossed, strict=True))
    ]
    most = MOST_ATOMS if not any(crossed) else MOST_CUT_ATOMS
    spans: dict[tuple[int, int], None] = {}  # in order, each once
    for start, stop in _between(cuts, _SUREST):
        for first in range(start, stop):
            for last in range(first, stop):
                is_near = last - first < most or (first, last) == (start, stop - 1)
                if first == last or (is_near and wide(first, last) <= _TOO_WIDE):
                    spans[first, last] = None
    words = _words(_between(gaps, _NEAR), _between(cuts, _SUREST))
    spans.update(dict.fromkeys(words))
    return Row(tuple(part(first, last) for first, last in spans), tuple(cuts), words, tuple(crossed))


def _words(near: list[tuple[int, int]], clusters: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return first and last atom of what may be one drawing: what is near, if it is not too much for it.

    Then each cluster may be one; so a long number is not drawn anew as a whole at each point of the pen.
    """
    long = [(start, stop) for start, stop in near if stop - start > MOST_ATOMS]
    short = [span for span in near if span not in long]
    short += [span for span in clusters if any(start <= span[0] < stop for start, stop in long)]
    return tuple((start, stop - 1) for start, stop in sorted(short))


def _crossing(inks: Sequence[NDArray[np.floating]], boxes: Fields) -> list[int]:
    """Return equal numbers for strokes of which one crosses the other, as two digits in a row never do."""
    numbers = list(range(len(inks)))
    if len(inks) > MOST_DIGITS:
        return numbers
    for later in range(1, len(inks)):
        for earlier in range(later):
            overlap = np.minimum(boxes[later, 2:], boxes[earlier, 2:]) >= np.maximum(
                boxes[later, :2], boxes[earlier, :2]
            )
            if numbers[later] != numbers[earlier] and overlap.all() and _cross(inks[later], inks[earlier]):
                old, new = numbers[later], numbers[earlier]
                numbers = [new if number == old else number for number in numbers]
    return numbers


def _cross(one: NDArray[np.floating], other: NDArray[np.floating]) -> bool:
    """Say whether two lines (n, 2) and (m, 2) cross each other; touching is not crossing."""

    def sides(line: NDArray[np.floating], points: NDArray[np.floating]) -> Fields:
        """Return on which side of each piece of ``line`` the points lie, (pieces, points)."""
        way = np.diff(line, axis=0)[:, None]
        there = points[None] - line[:-1, None]
        side: Fields = np.sign(way[..., 0] * there[..., 1] - way[..., 1] * there[..., 0])
        return side

    first, second = sides(one.astype(np.float64), other), sides(other.astype(np.float64), one)
    apart = first[:, :-1] * first[:, 1:] < 0
    return bool((apart & (second[:, :-1] * second[:, 1:] < 0).T).any())


def row_height(boxes: Fields) -> float:
    """Return the height of what is written: the middle one of the tall pieces, at least a little."""
    heights = boxes[:, 3] - boxes[:, 1]
    widths = boxes[:, 2] - boxes[:, 0]
    tall = heights[heights >= _TALL * heights.max()]
    return max(float(np.median(tall)), 0.25 * float(widths.max()), 1e-6)


def _joined(boxes: Fields, height: float) -> list[list[int]]:
    """Return the pieces of each atom, atoms from left to right.

    A short piece over, under or within another belongs to it: the flag of a 5, the bar of a 7, a dot.
    """
    count = len(boxes)
    root = list(range(count))
    order = sorted(range(count), key=lambda piece: boxes[piece, 1] - boxes[piece, 3])  # highest first
    for place, piece in enumerate(order[1:], 1):
        others = [other for other in order[:place] if _belongs(boxes[piece], boxes[other], height)]
        if others:
            nearest = max(others, key=lambda other: -_gap(boxes[piece], boxes[other]))
            root[piece] = root[nearest]
    groups: dict[int, list[int]] = {}
    for piece in range(count):
        groups.setdefault(root[piece], []).append(piece)
    middles = {group: float(_around(boxes[pieces])[[0, 2]].mean()) for group, pieces in groups.items()}
    return [groups[group] for group in sorted(groups, key=lambda group: middles[group])]


def _belongs(piece: Fields, other: Fields, height: float) -> bool:
    """Say whether a piece that is no higher than another is certainly part of the same digit."""
    if piece[3] - piece[1] >= _UPRIGHT * height:
        return False
    narrower = max(min(piece[2] - piece[0], other[2] - other[0]), 1e-6)
    covered = min(piece[2], other[2]) - max(piece[0], other[0])
    is_dot = piece[2] - piece[0] < 1e-6 and other[0] <= piece[0] <= other[2]
    return is_dot or bool(covered >= _WITHIN * narrower)


def _gaps(edges: Fields) -> list[float]:
    """Return how far all atoms up to each but the last are apart, sideways, from all after it."""
    lefts = np.minimum.accumulate(edges[::-1, 0])[::-1][1:]
    gaps: Fields = lefts - np.maximum.accumulate(edges[:, 2])[:-1]
    return [float(gap) for gap in gaps]


def _cut(left: Fields, right: Fields, gap: float, is_held: bool) -> float:
    """Return the log-odds of a cut between two neighbours, where 1 is the height; they may hang together."""
    is_speck = any(max(box[2] - box[0], box[3] - box[1]) < _SPECK for box in (left, right))
    if is_speck:
        return math.inf if gap > _NEAR else -_SUREST
    if gap > _APART:
        return math.inf
    is_bar = right[3] - right[1] < _FLAT and right[3] <= left[1] + _FLAT
    if is_bar and not is_held:  # the top of a 5, written last, that has come off
        return -_SUREST
    return min(max(_STEEP * (gap - _NO_GAP), -_OVER), -_HELD if is_held else _SUREST)


def _gap(one: Fields, other: Fields) -> float:
    """Return how far two boxes are apart sideways; negative where they overlap."""
    return float(max(one[0], other[0]) - min(one[2], other[2]))


def _between(cuts: Sequence[float], least: float) -> list[tuple[int, int]]:
    """Return first and last + 1 of the atoms between cuts of more than ``least``."""
    ends = [place + 1 for place, cut in enumerate(cuts) if cut > least] + [len(cuts) + 1]
    return list(zip([0, *ends], ends, strict=False))


def _around(boxes: Fields) -> Fields:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _box_of(ink: NDArray[np.floating]) -> Fields:
    points = ink[np.isfinite(ink[:, :2]).all(axis=1), :2].astype(np.float64)
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _log_likely(odds: float) -> float:
    """Return the logarithm of the probability that belongs to log-odds."""
    return -math.inf if odds == -math.inf else -math.log1p(math.exp(-odds))
