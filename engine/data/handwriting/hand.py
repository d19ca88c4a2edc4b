"""The habits of one writer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.templates import TEMPLATES

MOST_POSES = max(len(way.poses) for ways in TEMPLATES for way in ways)
_LEFT_HANDED = 0.12  # share of writers, who tend to lean their digits backwards


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """What stays the same from one digit of a writer to the next.

    Lengths are in parts of the digit's height.

    Attributes:
        ways: (10,) index of the favourite allograph of each digit.
        poses: (10, MOST_POSES) how much of each pose of it, positive.
        warp: (2, 2, 3) waves that bend the page: direction, and amplitude in x and y.
        proportions: (4,) waist lower, right side fuller, top wider, and all of it wider (its logarithm).
        slant: how far the top leans to the right of the bottom; negative leans backwards.
        turn: radians, clockwise.
        care: 0 careless … 1 careful: how far digits stray from the writer's own forms.
        haste: 0 slow … 1 fast: corners are rounded, ends run on, loops stay open.
        angular: 0 round … 1 straight lines from point to point.
        tremor: deviation of a shaking pen.
        spacing: between two points that the tablet reports.
        pressure: mean of the pen's pressure, 0 … 1.
        pressure_change: how much it varies along a stroke.
        hooks: chance that a stroke begins with a small hook.
    """

    ways: NDArray[np.intp]
    poses: NDArray[np.float64]
    warp: NDArray[np.float64]
    proportions: NDArray[np.float64]
    slant: float
    turn: float
    care: float
    haste: float
    angular: float
    tremor: float
    spacing: float
    pressure: float
    pressure_change: float
    hooks: float

    @classmethod
    def draw(cls, random: np.random.Generator) -> Hand:
        """Draw a writer."""
        left_handed = random.random() < _LEFT_HANDED
        slant = random.normal(-0.15 if left_handed else 0.16, 0.18)
        waves = random.normal(0, 1, (2, 2, 3)) * [1.0, 1.0, 0.024]
        return cls(
            ways=np.array([favourite(label, random) for label in range(10)]),
            poses=random.gamma(0.45, size=(10, MOST_POSES)) + 1e-3,
            warp=waves,
            proportions=random.normal(0, 1, 4) * [0.28, 0.15, 0.16, 0.18],
            slant=float(np.clip(slant, -0.35, 0.5)),
            turn=float(np.clip(random.normal(0, 0.05), -0.12, 0.12)),
            care=float(random.beta(2, 1.5)),
            haste=float(random.beta(1.3, 1.6)),
            angular=float(random.beta(0.6, 2.0)),
            tremor=float(0.002 + 0.010 * random.beta(1, 4)),
            spacing=float(np.exp(random.uniform(np.log(0.02), np.log(0.12)))),
            pressure=float(random.uniform(0.3, 0.8)),
            pressure_change=float(random.beta(1.5, 3.0) * 0.5),
            hooks=float(random.beta(0.5, 2.0)),
        )


def favourite(label: int, random: np.random.Generator) -> int:
    """Draw the index of one of the digit's allographs, the common ones oftener."""
    weights = np.cumsum([way.weight for way in TEMPLATES[label]])
    return int(np.searchsorted(weights, random.random() * weights[-1], side="right"))
