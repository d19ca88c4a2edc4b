"""Pen strokes: their JSON form, and how they are drawn as anti-aliased ink.

A stroke is a float32 array of shape (n, 2) holding x, y, or (n, 3) holding x, y, pressure 0…1.
y points down; the scale is free. Strokes are drawn as vectors with a pen of MNIST's width, so the
width of the pen on the canvas they came from does not matter.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.data.placing import BOX, MARGIN, SIDE, crop_to_box, put_mass_in_middle
from engine.data.plain_files import open_plain
from engine.data.smoothing import smooth
from engine.errors import Code, EngineError

Stroke: TypeAlias = NDArray[np.float32]
Strokes: TypeAlias = Sequence[Stroke]

PEN_WIDTH = 2.7
"""Pixels at 28×28: measured on MNIST's train digits (half of them lie between 2.3 and 3.0, see bench)."""
EDGE_WIDTH = 1.3
"""Pixels over which ink fades from full to none; chosen so that greys are as frequent as in MNIST."""
DOT_WIDTH = 4.0
"""A tap is drawn wider than the pen, as a finger or a felt tip would leave it."""
_PATCH = 3  # pixels on each side of a point that its round pen may reach
_PRESSURE_REACH = 0.35  # how much the width may leave PEN_WIDTH, as a fraction, by pressure
LONGEST_LINE = 1 << 24  # bytes: half a million points, and no packed file of nothing fills the memory
_COORDINATE_LIMIT = 1e100  # squares and sums of it are still finite


@dataclass(frozen=True, slots=True, eq=False)
class StrokeDigit:
    """One line of a stroke file.

    Attributes:
        strokes: what was drawn.
        label: 0…9, or None when the line has none.
        writer: who drew it, or None.
    """

    strokes: list[Stroke]
    label: int | None
    writer: str | None


def render(strokes: Strokes, pen_width: float = PEN_WIDTH) -> NDArray[np.uint8]:
    """Draw strokes as the canonical digit: 28×28 uint8, white on black.

    The ink fills a 20×20 box keeping its aspect, and its centre of mass lies in the middle.
    Points that are not finite are left out; without any point the picture is black.

    Args:
        strokes: arrays of shape (n, 2) or (n, 3).
        pen_width: pixels at 28×28.
    """
    lines = trace(strokes, pen_width)
    if not lines:
        return np.zeros((SIDE, SIDE), np.uint8)
    points = np.concatenate(lines)
    return put_mass_in_middle(crop_to_box(_draw(points[:, :2], points[:, 2])))


def trace(strokes: Strokes, pen_width: float = PEN_WIDTH) -> list[NDArray[np.float64]]:
    """Return the way of the pen in MNIST's box, before its centre of mass is put in the middle.

    Returns:
        For each stroke that has a point (n, 3) x, y and the pen's radius, in pixels at 28×28; the points are
        at most about a quarter of a pixel apart.
    """
    inks = [ink for ink in (_usable(stroke) for stroke in strokes) if len(ink)]
    if not inks:
        return []
    dot = len(inks) == 1 and not np.ptp(inks[0][:, :2], axis=0).any()
    width = DOT_WIDTH if dot else pen_width
    everything = np.concatenate(inks)[:, :2]
    low, high = everything.min(axis=0), everything.max(axis=0)
    extent = float((high - low).max())
    scale = (BOX - width) / extent if extent > 0 else 0.0
    lines = []
    for ink in inks:
        # first move to the middle, then scale: coordinates far from the origin stay exact
        placed = (ink[:, :2] - (low + (high - low) / 2)) * scale + (MARGIN + BOX / 2)
        path = smooth(np.column_stack([placed, _radii(ink, width)]))
        if len(path) == 1:
            path[:, 2] = np.maximum(path[:, 2], DOT_WIDTH / 2)
        lines.append(path)
    return lines


def _usable(stroke: Stroke) -> NDArray[np.float64]:
    """Return the finite points as (n, 3) float64 x, y, pressure; pressure is 0 where there is none."""
    points = np.asarray(stroke, np.float64)
    if points.ndim != 2 or points.shape[1] not in (2, 3):
        return np.empty((0, 3))
    points = points[np.isfinite(points[:, :2]).all(axis=1)]
    positions = np.clip(points[:, :2], -_COORDINATE_LIMIT, _COORDINATE_LIMIT)
    pressure = points[:, 2] if points.shape[1] == 3 else np.zeros(len(points))
    pressure = np.clip(np.nan_to_num(pressure, nan=0.0), 0.0, 1.0)
    usable = np.empty((len(points), 3))
    usable[:, :2], usable[:, 2] = positions, pressure
    return usable


def _radii(ink: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Return the pen's radius at each point; pressure varies it about the stroke's own mean."""
    pressure = ink[:, 2]
    relative = pressure - pressure.mean()
    radii: NDArray[np.float64] = width / 2 * (1 + np.clip(relative, -_PRESSURE_REACH, _PRESSURE_REACH))
    return radii


def _draw(points: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Draw a round pen at each point; a pixel takes the strongest ink of all points.

    Points lie within a quarter of a pixel of each other, so their discs merge into a line.
    """
    reach = np.arange(-_PATCH, _PATCH + 1)
    columns = np.floor(points[:, 0]).astype(np.intp)[:, None] + reach  # (n, 7)
    rows = np.floor(points[:, 1]).astype(np.intp)[:, None] + reach
    right = columns + 0.5 - points[:, :1]
    below = rows + 0.5 - points[:, 1:]
    distance = np.sqrt(below[:, :, None] ** 2 + right[:, None, :] ** 2)  # (n, 7, 7)
    ink = (radii[:, None, None] - distance) / EDGE_WIDTH + 0.5
    side = SIDE + 2 * _PATCH
    flat = (rows + _PATCH)[:, :, None] * side + (columns + _PATCH)[:, None, :]
    page = np.zeros(side * side)
    np.maximum.at(page, flat.ravel(), ink.ravel())
    page = np.minimum(page, 1.0).reshape(side, side)[_PATCH:-_PATCH, _PATCH:-_PATCH]
    return (page * 255 + 0.5).astype(np.uint8)


def from_json(text: str) -> list[Stroke]:
    """Read strokes from ``[[[x, y], …], …]`` or from an object that has them as ``strokes``.

    Raises:
        ValueError: the text is not JSON or not strokes.
    """
    value = json.loads(text)
    return _strokes(value["strokes"] if isinstance(value, dict) and "strokes" in value else value)


def to_json(strokes: Strokes) -> str:
    """Return strokes as one line ``[[[x, y], …], …]``, pressure kept where there is one.

    Points that are not finite are left out, because JSON has no word for them.
    """
    rounded = []
    for stroke in strokes:
        points = np.asarray(stroke, np.float64)
        points = points[np.isfinite(points).all(axis=1)]
        rounded.append([[round(value, 3) for value in point] for point in points.tolist()])
    return json.dumps(rounded, separators=(",", ":"))


def parse_line(text: str) -> StrokeDigit:
    """Read one line of a stroke file.

    Raises:
        ValueError: it is not ``{"strokes": [[[x, y], …], …], "label"?, "writer"?}``.
    """
    value = json.loads(text)
    if not isinstance(value, dict) or "strokes" not in value:
        raise ValueError("a line needs an object with strokes")
    label = value.get("label")
    if label is not None and (type(label) is not int or not 0 <= label <= 9):
        raise ValueError("a label is a whole number from 0 to 9")
    writer = value.get("writer")
    writer = None if writer is None else str(writer)
    (writer or "").encode()  # half a character, which JSON allows, is a ValueError
    return StrokeDigit(_strokes(value["strokes"]), label, writer)


def read_lines(path: Path) -> Iterator[StrokeDigit]:
    """Yield the digits of a ``.jsonl`` or ``.jsonl.gz`` file; empty lines are skipped.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, or STROKES_DAMAGED with the line.
    """
    number = 0
    digits = 0
    try:
        with open_plain(path) as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            lines = gzip.GzipFile(fileobj=file) if packed else file
            while line := lines.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    raise ValueError("a line without end")
                if line.strip():
                    yield parse_line(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                    digits += 1
    except FileNotFoundError as error:
        raise EngineError(Code.FILE_MISSING, path=path) from error
    except (ValueError, EOFError, gzip.BadGzipFile, zlib.error, RecursionError) as error:
        raise EngineError(Code.STROKES_DAMAGED, path=path, line=number or 1) from error
    except OSError as error:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from error
    if digits == 0:
        raise EngineError(Code.FILE_EMPTY, path=path)


def _strokes(value: object) -> list[Stroke]:
    if not isinstance(value, list):
        raise ValueError("strokes are a list of strokes")
    return [_stroke(points) for points in value]


def _stroke(points: object) -> Stroke:
    """Return (n, 2) or (n, 3) float32; pressure counts only where every point has it."""
    if not isinstance(points, list):
        raise ValueError("a stroke is a list of points")
    for point in points:
        if not isinstance(point, list) or len(point) not in (2, 3):
            raise ValueError("a point is [x, y] or [x, y, pressure]")
        if any(type(number) not in (int, float) for number in point):
            raise ValueError("a point holds numbers")
    values = min((len(point) for point in points), default=2)
    try:
        with np.errstate(over="ignore"):  # beyond float32 is infinite
            stroke = (
                np.array([point[:values] for point in points], np.float64)
                .reshape(-1, values)
                .astype(np.float32)
            )
    except OverflowError as error:
        raise ValueError("a coordinate is too large") from error
    if not np.isfinite(stroke).all():  # Python reads NaN and 1e999, which render would leave out unsaid
        raise ValueError("a coordinate is not a finite number")
    return stroke
