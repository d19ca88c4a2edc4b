"""What a format's reader hands on: canonical digits with all that is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SIDE = 28
MOST_DIGITS = 1_000_000  # in one file: 784 MB of pixels; a compressed file that claims more is a trap

NONE = -1  # label of a digit that has none


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The digits of one file.

    Attributes:
        digits: (N, 28, 28) white ink on black.
        labels: (N,) 0 … 9, -1 where there is none.
        groups: (N) writers, empty when no digit has one.
        originals: (N) what the digits were made from, empty when the digits are the original.
        original_kind: ``strokes`` or ``image``.
    """

    digits: NDArray[np.uint8]
    labels: NDArray[np.int8]
    groups: list[str | None] = field(default_factory=list)
    originals: list[bytes] = field(default_factory=list)
    original_kind: str | None = None

    def __len__(self) -> int:
        return len(self.digits)
