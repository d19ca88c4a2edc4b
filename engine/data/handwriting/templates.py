"""Every way of writing every digit."""

from __future__ import annotations

from engine.data.handwriting import templates_0_to_4 as low
from engine.data.handwriting import templates_5_to_7 as middle
from engine.data.handwriting import templates_8_and_9 as high
from engine.data.handwriting.allograph import Allograph

TEMPLATES: tuple[tuple[Allograph, ...], ...] = (
    low.ZERO,
    low.ONE,
    low.TWO,
    low.THREE,
    low.FOUR,
    middle.FIVE,
    middle.SIX,
    middle.SEVEN,
    high.EIGHT,
    high.NINE,
)
"""By digit: at index 0 those of 0, and so on."""
