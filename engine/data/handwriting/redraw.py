"""A stored digit as its writer might have written it another time: other slant, pen, haste and tremor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.placing import BOX, MARGIN, MIDDLE, SIDE
from engine.data.strokes import EDGE_WIDTH, PEN_WIDTH, Strokes, trace

Floats = NDArray[np.float32]

_EVERY = 2  # of ``trace``'s points: half a pixel apart the discs of the pen still leave an edge true to 0.03
_ROUNDING = 1.3  # pixels: deviation of the Gaussian that a hasty pen rounds with
_SLANT = 0.12  # deviation, pixels a pixel of height ...
_STEEPEST = 0.3  # ... and how far it may go, so that a 1 stays a 1
_WIDTH = 0.08  # deviation of the logarithm of the digit's width
_PEN = 0.14  # deviation of the logarithm of the pen's width
_THINNEST, _THICKEST = 1.8, 4.0  # pixels: as far as MNIST's pens go
_SLOWEST = -0.4  # a slow pen draws corners sharper than they were stored
_WOBBLE = (8, 0.35)  # a hand that strays: points between two knots, deviation in pixels
_TREMOR = (3, 0.12)  # a hand that shakes
_REACH = 3  # pixels on each side of a point that its pen may reach ...
_USUAL = _REACH - 0.5 - EDGE_WIDTH / 2  # ... and the radius up to which it reaches one pixel less
_PAGE = SIDE + 2 * _REACH


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What stays the same of a digit however often it is redrawn.

    Attributes:
        points: (n, 2) float32 pixels x, y about the middle of the box.
        rounded: (n, 2), the same points of a hasty pen.
        pressure: (n,) the pen's radius, 1 where it is the usual one.
    """

    points: Floats
    rounded: Floats
    pressure: Floats


def trace_of(strokes: Strokes) -> Trace | None:
    """Return what ``redraw`` needs of a digit; None for a dot or nothing, which have but one form."""
    lines = [_thinned(line) for line in trace(strokes)]
    points = np.concatenate(lines) if lines else np.empty((0, 3))
    if len(points) < 2 or not np.ptp(points[:, :2], axis=0).any():
        return None
    rounded = np.concatenate([_rounded(line[:, :2]) for line in lines])
    middle = MARGIN + BOX / 2
    return Trace(
        (points[:, :2] - middle).astype(np.float32),
        (rounded - middle).astype(np.float32),
        (points[:, 2] / (PEN_WIDTH / 2)).astype(np.float32),
    )


def redraw(traces: Sequence[Trace], randoms: Sequence[np.random.Generator]) -> NDArray[np.uint8]:
    """Draw B ≥ 1 digits anew, each by chance of its own generator; (B, 28, 28) canonical digits.

    All are drawn at once: many small arrays would cost several times as much.
    """
    counts = np.array([len(trace.points) for trace in traces])
    of = np.repeat(np.arange(len(traces)), counts)  # (P,) whose a point is
    place = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)  # in its digit
    habits = np.stack([random.standard_normal(4) for random in randoms]).astype(np.float32)
    haste = np.array([random.uniform(_SLOWEST, 1.0) for random in randoms], np.float32)
    points = np.concatenate([trace.points for trace in traces])
    points += haste[of, None] * (np.concatenate([trace.rounded for trace in traces]) - points)
    for knots, deviation in (_WOBBLE, _TREMOR):
        points += deviation * _strayed(place, of, counts, knots, randoms)
    slant = np.clip(_SLANT * habits[:, 0], -_STEEPEST, _STEEPEST)
    points[:, 0] *= np.exp(_WIDTH * habits[:, 1])[of]
    points[:, 0] -= slant[of] * points[:, 1]  # y points down: a positive slant leans to the right
    pen = np.clip(PEN_WIDTH * np.exp(_PEN * habits[:, 2]), _THINNEST, _THICKEST)
    radii = np.concatenate([trace.pressure for trace in traces]) * (pen / 2)[of]
    return _middled(_drawn(_fitted(points, counts, of, pen), radii, of, len(traces)))


def _strayed(
    place: NDArray[np.intp],
    of: NDArray[np.intp],
    counts: NDArray[np.intp],
    apart: int,
    randoms: Sequence[np.random.Generator],
) -> Floats:
    """Return (P, 2) displacements of deviation 1 at knots ``apart`` points apart, smooth in between."""
    knots = counts // apart + 2
    values = np.concatenate(
        [random.standard_normal((count, 2), np.float32) for random, count in zip(randoms, knots, strict=True)]
    )
    first = (np.cumsum(knots) - knots)[of] + place // apart
    part = ((place % apart) / np.float32(apart)).astype(np.float32)
    share = (part * part * (3 - 2 * part))[:, None]
    strayed: Floats = values[first] * (1 - share) + values[first + 1] * share
    return strayed


def _fitted(points: Floats, counts: NDArray[np.intp], of: NDArray[np.intp], pen: Floats) -> Floats:
    """Return the points on the page, each digit with its pen filling the box."""
    starts = np.cumsum(counts) - counts
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)  # (B, 2)
    scale = (BOX - pen) / np.maximum((high - low).max(axis=1), 1e-3)
    fitted: Floats = (points - ((low + high) / 2)[of]) * scale[of, None] + np.float32(MARGIN + BOX / 2)
    return fitted


def _drawn(points: Floats, radii: Floats, of: NDArray[np.intp], count: int) -> NDArray[np.uint8]:
    """Draw a round pen at each point, as ``strokes.render`` does; (count, 28, 28), black outside the box."""
    pages = np.zeros(count * _PAGE * _PAGE, np.float32)
    for reach, which in ((_REACH - 1, radii <= _USUAL), (_REACH, radii > _USUAL)):
        _stamp(pages, points[which], radii[which], of[which], reach)
    inked = np.minimum(pages, 1).reshape(count, _PAGE, _PAGE)[:, _REACH:-_REACH, _REACH:-_REACH]
    inner = np.s_[:, MARGIN : MARGIN + BOX, MARGIN : MARGIN + BOX]
    digits = np.zeros((count, SIDE, SIDE), np.uint8)
    digits[inner] = (inked[inner] * 255 + 0.5).astype(np.uint8)
    return digits


def _stamp(pages: Floats, points: Floats, radii: Floats, of: NDArray[np.intp], reach: int) -> None:
    """Leave the ink of a pen at each point on the flat ``pages``; a pixel keeps the strongest."""
    around = np.arange(-reach, reach + 1)
    cells = np.floor(points).astype(np.intp)
    apart = (cells[:, :, None] + (around + np.float32(0.5)) - points[:, :, None]).astype(np.float32) ** 2
    distance = np.sqrt(apart[:, 1, :, None] + apart[:, 0, None, :])  # (P, 5, 5) or (P, 7, 7)
    ink = (radii[:, None, None] - distance) * np.float32(1 / EDGE_WIDTH) + np.float32(0.5)
    middle = (of * _PAGE + cells[:, 1] + _REACH) * _PAGE + cells[:, 0] + _REACH
    flat = middle[:, None, None] + around[:, None] * _PAGE + around
    np.maximum.at(pages, flat.ravel(), ink.ravel())


def _middled(digits: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shift each digit by whole pixels, its centre of mass to the middle; all ink stays in the picture."""
    total = np.maximum(digits.sum(axis=(1, 2), dtype=np.int64), 1)
    index = np.arange(SIDE)
    places = []
    for axis in (1, 2):
        profile = digits.sum(axis=3 - axis, dtype=np.int64)  # (B, 28)
        inked = profile > 0
        first, last = inked.argmax(axis=1), SIDE - 1 - inked[:, ::-1].argmax(axis=1)
        shift = np.rint(MIDDLE - (profile * index).sum(axis=1) / total).astype(np.intp)
        places.append((index - np.clip(shift, -first, SIDE - 1 - last)[:, None]) % SIDE)
    rows, columns = places
    middled: NDArray[np.uint8] = digits[
        np.arange(len(digits))[:, None, None], rows[:, :, None], columns[:, None, :]
    ]
    return middled


def _thinned(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return some of the points, the last among them."""
    return np.concatenate([line[:-1:_EVERY], line[-1:]])


def _rounded(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 2) points of the same stroke drawn in haste; its ends stay in place."""
    deviation = _ROUNDING / (0.25 * _EVERY)  # in points
    reach = min(round(3 * deviation), len(line) - 1)
    if reach < 1:
        return line
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    kernel /= kernel.sum()
    padded = np.concatenate([2 * line[0] - line[reach:0:-1], line, 2 * line[-1] - line[-2 : -reach - 2 : -1]])
    return np.column_stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)])
