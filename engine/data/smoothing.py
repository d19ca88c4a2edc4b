"""A smooth curve through the points of a pen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEP = 0.25
"""Pixels between two points of the curve."""
_CORNER = 0.26  # cosine: a turn of more than 75 degrees is a corner
_SAME = 1e-3  # pixels within which two points are one
_LONGEST = 4096  # points of a curve: a scribble beyond it is drawn more coarsely


def smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points at most about a quarter of a pixel apart on a curve through ``points``.

    A centripetal Catmull-Rom spline (Catmull and Rom 1974; knots after Yuksel, Schaefer and Keyser 2011):
    it passes through every point, and its knots keep it from looping where a hand turns sharply.

    Args:
        points: (n, 2 or more) float64, x and y in pixels, then values that ride along (the pen's radius).

    Returns:
        (m, same columns); a single point stays a single point.
    """
    apart = np.hypot(*np.diff(points[:, :2], axis=0).T) > _SAME
    points = points[np.concatenate([[True], apart])]
    if len(points) < 2:
        return points
    lengths = np.hypot(*np.diff(points[:, :2], axis=0).T)
    step = max(STEP, float(lengths.sum()) / _LONGEST)
    pieces = np.ceil(lengths / step).astype(np.intp)
    # a mirrored point before the first and after the last gives the ends a direction
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    knots = np.sqrt(np.concatenate([lengths[:1], lengths, lengths[-1:]]))[:, None]  # (n + 1, 1)
    before, here, after = knots[:-2], knots[1:-1], knots[2:]
    p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    # tangents of the non-uniform spline, scaled to the piece's own parameter 0…1
    start = (p1 - p0) / before - (p2 - p0) / (before + here) + (p2 - p1) / here
    end = (p2 - p1) / here - (p3 - p1) / (here + after) + (p3 - p2) / after
    start, end = start * here, end * here
    # a sharp corner stays one: the pieces that meet there run straight into it
    chord = p2 - p1
    sharp = (chord[:-1, :2] * chord[1:, :2]).sum(axis=1) < _CORNER * lengths[:-1] * lengths[1:]
    end[:-1][sharp], start[1:][sharp] = chord[:-1][sharp], chord[1:][sharp]
    piece = np.repeat(np.arange(len(pieces)), pieces)
    first = np.repeat(np.cumsum(pieces) - pieces, pieces)
    t = ((np.arange(len(piece)) - first) / pieces[piece])[:, None]
    curve = (
        (2 * t**3 - 3 * t**2 + 1) * p1[piece]
        + (t**3 - 2 * t**2 + t) * start[piece]
        + (3 * t**2 - 2 * t**3) * p2[piece]
        + (t**3 - t**2) * end[piece]
    )
    return np.concatenate([curve, points[-1:]])
