"""The drawings of a report: confusion matrix, curves, reliability."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.events import Confusion
from engine.export.svg import Colors, Drawing, ticks
from engine.training.calibration import Bin

DIGITS = 10
CELL = 34.0
DASHED = "6 4"


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a plot: points (x, y), what it is, and how it is drawn."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    color: str
    is_dashed: bool = False


def confusion_drawing(
    confusion: Confusion, colors: Colors, title: str, written: str, read: str, shows_rates: bool = False
) -> Drawing:
    """Draw ten rows (label) of ten counts (answer), or of percents of the rows; mistakes are redder.

    Args:
        confusion: the matrix.
        colors: of the drawing.
        title: what it shows.
        written: names the rows.
        read: names the columns.
        shows_rates: percents of each row instead of counts.
    """
    left, top = 46.0, 46.0
    drawing = Drawing(left + DIGITS * CELL + 6, top + DIGITS * CELL + 6, title)
    drawing.rect(0, 0, drawing.width, drawing.height, colors.paper)
    drawing.text(left + DIGITS * CELL / 2, 15, f"{read} →", colors.quiet)
    drawing.text(13, top + DIGITS * CELL / 2, f"← {written}", colors.quiet, turned=True)
    for digit in range(DIGITS):
        drawing.text(left + (digit + 0.5) * CELL, top - 9, str(digit), colors.ink, 13, bold=True)
        drawing.text(left - 14, top + (digit + 0.5) * CELL + 5, str(digit), colors.ink, 13, bold=True)
    for true, row in enumerate(confusion):
        total = max(1, sum(row))
        for answer, count in enumerate(row):
            x, y, share = left + answer * CELL, top + true * CELL, count / total
            drawing.rect(x + 0.5, y + 0.5, CELL - 1, CELL - 1, colors.line, 0.25)
            if not count:
                continue
            is_right = true == answer
            strength = 0.5 * share if is_right else min(0.6, 0.14 + 2.0 * share)
            tint = colors.good if is_right else colors.bad
            drawing.rect(x + 0.5, y + 0.5, CELL - 1, CELL - 1, tint, strength)
            words = f"{100 * share:.1f}" if shows_rates else str(count)
            size = 11 if len(words) < 5 else 9
            drawing.text(x + CELL / 2, y + CELL / 2 + 4, words, colors.ink, size, bold=not is_right)
    return drawing


def curves_drawing(
    curves: Sequence[Curve],
    colors: Colors,
    title: str,
    x_title: str,
    number: Callable[[float], str],
    percent: bool = False,
    mark: tuple[float, str] | None = None,
) -> Drawing:
    """Draw curves over epochs with a legend; ``mark`` is a place on the x axis and its words.

    Args:
        curves: what is drawn; points that are no numbers are left out.
        colors: of the drawing.
        title: above the plot.
        x_title: below it.
        number: writes a value of the y axis.
        percent: values are shares, 0 … 1, written in percent.
        mark: a dashed line down from the top, or None.
    """
    width, height = 400.0, 230.0
    left, right, top, bottom = 50.0, 12.0, 36.0, 38.0
    drawing = Drawing(width, height, title)
    drawing.rect(0, 0, width, height, colors.paper)
    points = [(x, y) for curve in curves for x, y in zip(curve.x, curve.y, strict=True) if math.isfinite(y)]
    if not points:
        return drawing
    x_low, x_high = min(x for x, _ in points), max(x for x, _ in points)
    y_low, y_high = (min(y for _, y in points), max(y for _, y in points))
    if percent:
        y_high = 1.0
        y_low = max(0.0, y_low - 0.05 * (1 - y_low))
    else:
        y_low, y_high = 0.0, y_high * 1.03
    if x_high - x_low < 1e-9:
        x_low, x_high = x_low - 0.5, x_high + 0.5
    if y_high - y_low < 1e-9:
        y_low, y_high = y_low - 0.05, y_high + 0.05

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (x - x_low) / (x_high - x_low) * (width - left - right),
            height - bottom - (y - y_low) / (y_high - y_low) * (height - top - bottom),
        )

    for value in ticks(y_low, y_high):
        _, y = at(x_low, value)
        drawing.line(left, y, width - right, y, colors.line)
        words = f"{number(100 * value)} %" if percent else number(value)
        drawing.text(left - 7, y + 4, words, colors.quiet, 10.5, "end")
    for value in ticks(x_low, x_high, 8):
        if value == int(value):
            drawing.text(at(value, y_low)[0], height - bottom + 16, f"{int(value)}", colors.quiet, 10.5)
    drawing.text((left + width - right) / 2, height - 6, x_title, colors.quiet, 10.5)
    if mark is not None:
        x, _ = at(mark[0], y_low)
        drawing.line(x, top, x, height - bottom, colors.quiet, "2 3")
        is_right = x > width / 2
        drawing.text(
            x - 5 if is_right else x + 5, top + 10, mark[1], colors.quiet, 10, "end" if is_right else "start"
        )
    for curve in curves:
        found = [at(x, y) for x, y in zip(curve.x, curve.y, strict=True) if math.isfinite(y)]
        if len(found) > 1:
            drawing.path(found, curve.color, DASHED if curve.is_dashed else "")
        for x, y in found if len(found) <= 12 else ():
            drawing.dot(x, y, 2.5, curve.color)
    drawing.text(left, 17, title, colors.ink, 12.5, "start", bold=True)
    _legend(drawing, curves, colors, width - right)
    return drawing


def _legend(drawing: Drawing, curves: Sequence[Curve], colors: Colors, right: float) -> None:
    for curve in reversed(curves):
        drawing.text(right, 17, curve.name, colors.ink, 11, "end")
        right -= sum(11.0 if ord(letter) > 0x2E80 else 6.2 for letter in curve.name) + 8
        drawing.path([(right - 24, 13), (right, 13)], curve.color, DASHED if curve.is_dashed else "")
        right -= 40


def reliability_drawing(bins: Sequence[Bin], colors: Colors, title: str, sure: str, right: str) -> Drawing:
    """Draw how often answers of each confidence are right; the area of a dot grows with how many they are.

    Args:
        bins: as ``engine.training.calibration.reliability`` returns them.
        colors: of the drawing.
        title: what it shows.
        sure: names the horizontal axis.
        right: names the vertical one.
    """
    side, left, top = 190.0, 52.0, 12.0
    drawing = Drawing(left + side + 16, top + side + 40, title)
    drawing.rect(0, 0, drawing.width, drawing.height, colors.paper)
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = left + value * side, top + (1 - value) * side
        drawing.line(left, y, left + side, y, colors.line)
        drawing.text(left - 7, y + 4, f"{100 * value:.0f} %", colors.quiet, 10, "end")
        drawing.text(x, top + side + 15, f"{100 * value:.0f} %", colors.quiet, 10)
    drawing.text(left + side / 2, top + side + 33, sure, colors.quiet, 10.5)
    drawing.text(11, top + side / 2, right, colors.quiet, 10.5, turned=True)
    drawing.line(left, top + side, left + side, top, colors.quiet, "2 3")
    total = max(1, sum(bin_.n for bin_ in bins))
    for bin_ in bins:
        radius = 2.5 + 8 * math.sqrt(bin_.n / total)
        x, y = left + bin_.confidence * side, top + (1 - bin_.accuracy) * side
        drawing.dot(x, y, radius, colors.train, colors.paper)
    return drawing
