"""How far augmentation may vary a digit, in numbers; nothing here needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How far a digit may move; each amount is drawn uniformly from plus or minus its limit.

    There is no flip, and no turn that makes a 9 of a 6: such digits would be others.

    Attributes:
        shift: pixels in each direction.
        turn: degrees.
        scale: relative change of width and of height, each drawn on its own.
        shear: horizontal slant, pixels a pixel of height.
        thicker, thinner: how much of one dilated or eroded pixel is mixed in, 0 … 1.
        elastic: standard deviation of the local displacement, pixels.
    """

    shift: float = 0.0
    turn: float = 0.0
    scale: float = 0.0
    shear: float = 0.0
    thicker: float = 0.0
    thinner: float = 0.0
    elastic: float = 0.0


RANGES: Mapping[str, tuple[float, float]] = {
    "shift": (0.0, 4.0),  # the margin around a digit
    "turn": (0.0, 30.0),  # from some 45 degrees on a 6 could be a 9
    "scale": (0.0, 0.3),  # the largest still fits the picture
    "shear": (0.0, 0.5),
    "thicker": (0.0, 1.0),
    "thinner": (0.0, 1.0),
    "elastic": (0.0, 1.5),  # beyond, neighbouring points change places: the line breaks
}
NAMED: Mapping[str, Amounts] = {
    "light": Amounts(shift=1.5, turn=9.0, scale=0.1, shear=0.12),
    "strong": Amounts(shift=2.0, turn=12.0, scale=0.15, shear=0.2, elastic=0.8, thinner=0.3, thicker=0.5),
}
