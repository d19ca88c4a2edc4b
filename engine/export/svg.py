"""Drawings as SVG text, from a few shapes; the same text stands in a page, in a file and on paper."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from xml.sax.saxutils import escape

SANS = "Helvetica, Arial, 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of a drawing, as SVG writes them."""

    ink: str = "#1c2026"
    quiet: str = "#5b626c"
    line: str = "#d0d3d8"
    paper: str = "#ffffff"
    train: str = "#0072b2"  # the blue and orange of Okabe and Ito, told apart by colour-blind eyes
    val: str = "#c85a00"
    good: str = "#1a7a45"
    bad: str = "#b3261e"


PRINTED = Colors()
# In a page the style sheet says what they are, so that they follow light and dark.
STYLED = Colors(*(f"var(--{field.name})" for field in fields(Colors)))


class Drawing:
    """Collects shapes; lengths are user units, x to the right, y down.

    Attributes:
        width, height: of the whole.
        title: what it shows, for who cannot see it.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height, self.title = width, height, title
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> None:
        """Fill a rectangle."""
        faint = f' fill-opacity="{opacity:.3f}"' if opacity < 1 else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"{faint}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, dash: str = "") -> None:
        """Draw a thin line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}"'
            f' stroke-width="1"{dashed}/>'
        )

    def path(self, points: Iterable[tuple[float, float]], stroke: str, dash: str = "") -> None:
        """Draw a line through points."""
        told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{told}" fill="none" stroke="{stroke}" stroke-width="1.8"'
            f' stroke-linejoin="round"{dashed}/>'
        )

    def dot(self, x: float, y: float, radius: float, fill: str, stroke: str = "none") -> None:
        """Draw a dot, or a ring where ``fill`` is ``none``."""
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{stroke}"'
            ' stroke-width="1.5"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        fill: str,
        size: float = 11,
        anchor: str = "middle",
        bold: bool = False,
        turned: bool = False,
    ) -> None:
        """Write words on the base line ``y``; ``turned`` goes upwards around (x, y)."""
        turn = f' transform="rotate(-90 {_n(x)} {_n(y)})"' if turned else ""
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" fill="{fill}" font-size="{_n(size)}" text-anchor="{anchor}"'
            f"{weight}{turn}>{escape(words)}</text>"
        )

    def svg(self) -> str:
        """Return the drawing as one element, which is a file too."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
            f' width="{_n(self.width)}" height="{_n(self.height)}" role="img" font-family="{SANS}">'
            f"<title>{escape(self.title)}</title>{''.join(self._parts)}</svg>"
        )


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return up to ``most`` round values from ``low`` to ``high``: 1, 2 or 5 times a power of ten apart."""
    span = max(high - low, 1e-12)
    power = 10.0 ** math.floor(math.log10(span / most))
    steps = (power * factor for factor in (1, 2, 5, 10, 20))
    step = next(step for step in steps if span / step <= most - 1)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _n(value: float) -> str:
    """Return a length with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
