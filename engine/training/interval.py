"""How sure an accuracy is, given how many images it was measured on."""

from __future__ import annotations

import math

Z95 = 1.959964  # two-sided 95 % of the normal distribution
USEFUL = 100  # images below which an accuracy says little: the interval is up to 20 points wide


def wilson(correct: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of ``correct`` out of ``n``; (0, 1) for n = 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    """
    if n == 0:
        return 0.0, 1.0
    share = correct / n
    spread = Z95 * math.sqrt(share * (1 - share) / n + (Z95 / (2 * n)) ** 2)
    centre, scale = share + Z95**2 / (2 * n), 1 + Z95**2 / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
