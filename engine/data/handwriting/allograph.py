"""A way of writing one digit, and the text in which it is noted.

A pose is strokes of control points in hundredths of the digit's height, x right and y down::

    "28 24, 50 0!, 50 100 | 25 100, 78 99"

Commas part points, bars part strokes, and ``!`` marks a corner, where the curve through the points breaks.
The poses of one allograph have the same strokes and points: any mixture of them is a pose too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

UNIT = 100.0
SPACING = 0.02
"""Parts of the digit's height between two points of a curve."""
_FEWEST = 3  # points of a curve between two control points


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """How one stroke's control points become a line; both matrices are (m points, k control points).

    Attributes:
        round: a curve through the points that is smooth but for the corners.
        straight: straight lines from point to point.
        start: index of its first control point among those of the whole pose.
    """

    round: Points
    straight: Points
    start: int

    @property
    def stop(self) -> int:
        """Index after its last control point."""
        return self.start + int(self.round.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Allograph:
    """One way of writing a digit.

    Attributes:
        name: what it is called, unique within its digit.
        weight: how common it is, relative to the digit's others.
        poses: (p, k, 2) control points of all strokes; any convex mixture of the poses is legible.
        curves: one for each stroke.
        firm: little tells it from another digit: even a careless hand strays less, a fast one rounds less.
        flag: control points between which a 1's flag or a 7's bar lies, if it has one.
    """

    name: str
    weight: float
    poses: Points
    curves: tuple[Curve, ...]
    firm: bool
    flag: tuple[int, int] | None


def allograph(
    name: str, weight: float, *poses: str, firm: bool = False, flag: tuple[int, int] | None = None
) -> Allograph:
    """Read an allograph from the text of its poses.

    Raises:
        ValueError: the poses differ in their strokes, points or corners.
    """
    read = [_read(pose) for pose in poses]
    _, sizes, corners = read[0]
    if any(other[1:] != (sizes, corners) for other in read[1:]):
        raise ValueError(f"the poses of {name} differ in strokes, points or corners")
    points = np.stack([pose[0] for pose in read])
    curves, start = [], 0
    for size in sizes:
        marks = corners[start : start + size]
        curves.append(_curve(points[:, start : start + size].mean(axis=0), marks, start))
        start += size
    return Allograph(name, weight, points, tuple(curves), firm, flag)


def _read(pose: str) -> tuple[Points, tuple[int, ...], tuple[bool, ...]]:
    """Return the points (k, 2), the number of points of each stroke, and which of them are corners."""
    strokes = [stroke.split(",") for stroke in pose.split("|")]
    texts = [point for stroke in strokes for point in stroke]
    points = np.array([[float(value) for value in text.replace("!", "").split()] for text in texts])
    return points / UNIT, tuple(len(stroke) for stroke in strokes), tuple("!" in text for text in texts)


def _curve(points: Points, corners: tuple[bool, ...], start: int) -> Curve:
    """Return the matrices of a centripetal Catmull-Rom spline and of a polyline.

    The knots come from the mean pose, so that the line is linear in the control points.
    """
    count = len(points)
    lengths = np.maximum(np.hypot(*np.diff(points, axis=0).T), 0.01)
    knots = np.sqrt(lengths)
    slopes = np.zeros((count, count))  # row i: the tangent at point i for the points as unit vectors
    unit = np.eye(count)
    for i in range(1, count - 1):
        before, after = knots[i - 1], knots[i]
        slopes[i] = (
            (unit[i] - unit[i - 1]) / before
            - (unit[i + 1] - unit[i - 1]) / (before + after)
            + (unit[i + 1] - unit[i]) / after
        )
    round_rows, straight_rows = [], []
    for i in range(count - 1):
        pieces = max(_FEWEST, round(lengths[i] / SPACING))
        t = (np.arange(pieces + (i == count - 2)) / pieces)[:, None]
        chord = unit[i + 1] - unit[i]
        leave = chord if corners[i] or i == 0 else slopes[i] * knots[i]
        arrive = chord if corners[i + 1] or i == count - 2 else slopes[i + 1] * knots[i]
        if i == 0 and not corners[i + 1] and count > 2:  # an end bends as its neighbour does
            leave = 1.5 * chord - 0.5 * arrive
        if i == count - 2 and not corners[i] and count > 2:
            arrive = 1.5 * chord - 0.5 * leave
        round_rows.append(
            (2 * t**3 - 3 * t**2 + 1) * unit[i]
            + (t**3 - 2 * t**2 + t) * leave
            + (3 * t**2 - 2 * t**3) * unit[i + 1]
            + (t**3 - t**2) * arrive
        )
        straight_rows.append((1 - t) * unit[i] + t * unit[i + 1])
    return Curve(np.concatenate(round_rows), np.concatenate(straight_rows), start)
