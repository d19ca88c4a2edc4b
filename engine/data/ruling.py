"""Ruled lines, grids and margins on paper: thin straight lines from border to border are not ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.parts import rests_of_paper

Tone = NDArray[np.float32]

_COARSE = 256  # pixels of the long side at which a slope is looked for
_STEEPEST = 0.11  # hardly a photo is turned by more than 6 degrees
_VISIBLE = 0.12  # of full ink: fainter lines do no harm
_WHOLE = 0.7  # of the way from border to border that a line is inked
_THIN = 0.035  # of the long side: what is thicker is a stroke
_FAINT = 0.75  # of full ink: a line from border to border that is fainter is no stroke
_LEAST_LENGTH = 0.2  # of the picture's width: a shorter piece of a line in a corner is not looked for
_FULL = 99.7  # percent of the pixels have less ink than full ink
_SMALLEST = 48  # pixels of the shorter side: in smaller pictures a line is a stroke
_MANY = 3  # so many parallel lines from border to border are no digit, however strong
_REST = 0.5  # of a line's level: what is fainter is no ink beside it
_ALIKE = 1.3  # times as strong as ruled lines: lines across them are printed too


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Nearly level lines of a picture of (H, W), and the picture turned straight, (S, W) with S ≥ H.

    Attributes:
        rows: (S, W) intp, the row in the picture of each pixel of the straight one.
        inside: (S, W) bool, whether the picture has it.
        bands: first row, row after the last and level of ink of each line, in the straight picture.
    """

    rows: NDArray[np.intp]
    inside: NDArray[np.bool_]
    bands: list[tuple[int, int, float]]

    @property
    def strongest(self) -> float:
        return max((level for _, _, level in self.bands), default=0.0)

    def are_ruled(self, faint: float) -> bool:
        """Say whether they are many or too faint for strokes of a digit that fills the picture."""
        whole = sum(bool(self.inside[start].all()) for start, _, _ in self.bands)
        return whole >= _MANY or 0 < self.strongest <= faint

    def straight(self, picture: NDArray[Any]) -> NDArray[Any]:
        return np.take_along_axis(picture, self.rows, axis=0) * self.inside

    def zone(self) -> NDArray[np.bool_]:
        """Return (H, W) bool: on a line, or as near to one as it is thick."""
        zone = np.zeros_like(self.inside)
        for start, stop, _ in self.bands:
            zone[max(0, 2 * start - stop) : 2 * stop - start] = True
        return self.back(zone)

    def back(self, straight: NDArray[Any]) -> NDArray[Any]:
        """Return the picture of (H, W) that was turned straight."""
        height = int(self.rows.max()) + 1
        picture = np.empty((height, straight.shape[1]), straight.dtype)
        columns = np.broadcast_to(np.arange(straight.shape[1]), straight.shape)
        picture[self.rows[self.inside], columns[self.inside]] = straight[self.inside]
        return picture


def without_lines(ink: Tone) -> tuple[Tone, float] | None:
    """Take away lines that run from border to border; strokes that cross them stay whole.

    Args:
        ink: (H, W) float32 levels, 0 is ground and ink is positive.

    Returns:
        The ink without lines and the level of the strongest line, or None where there is no line.
    """
    full = float(np.percentile(ink, _FULL))
    if full <= 0 or min(ink.shape) < _SMALLEST:
        return None
    level, upright = _find(ink, full), _find(np.ascontiguousarray(ink.T), full)
    faint = _FAINT * full
    sure = [lines.strongest for lines in (level, upright) if lines.are_ruled(faint)]
    if not sure:
        return _lines_alone(ink, level, upright)
    cleared = ink
    if level.strongest <= _ALIKE * max(sure):
        cleared = _erase(cleared, level, faint, full)
    if upright.strongest <= _ALIKE * max(sure):
        cleared = _erase(cleared.T, upright, faint, full).T
    if max(sure) > faint:  # where two lines cross, each looks like a stroke to the other
        cleared[level.zone() & upright.zone().T] = 0
    return cleared, max(sure)


def _lines_alone(ink: Tone, level: _Lines, upright: _Lines) -> tuple[Tone, float] | None:
    """Return what ``without_lines`` does where nothing but lines is there; a 1 may be an upright line."""
    if (len(level.bands), len(upright.bands)) in ((0, 0), (0, 1), (1, 1)):
        return None
    strongest = max(level.strongest, upright.strongest)
    cleared = ink * ~(level.zone() | upright.zone().T)
    rest = cleared > _REST * strongest
    return None if (rest & ~rests_of_paper(rest, rest, had_lines=True)).any() else (cleared, strongest)


def _find(ink: Tone, full: float) -> _Lines:
    height, width = ink.shape
    inked = ink > _VISIBLE * full
    rows, inside = _turned(ink.shape, _slope(_reduced(inked, -(-max(ink.shape) // _COARSE))))
    lines = _Lines(rows, inside, [])
    reach = max(1, height // _COARSE)
    straight = _spread(lines.straight(inked), reach)
    length = inside.sum(axis=1)
    whole = (straight.sum(axis=1) >= _WHOLE * length) & (length >= _LEAST_LENGTH * width)
    end = max(1, width // 12)
    reaching = np.minimum(straight[:, :end].mean(axis=1), straight[:, -end:].mean(axis=1)) >= _WHOLE
    if not (whole & reaching).any():
        return lines
    whole &= reaching | (length < width)
    edges = np.diff(np.concatenate([[0], whole, [0]]))
    for start, stop in zip(
        np.flatnonzero(edges > 0).tolist(), np.flatnonzero(edges < 0).tolist(), strict=True
    ):
        if reach < stop - start <= max(2.0, _THIN * max(ink.shape)) + 2 * reach:
            along = lines.straight(ink)[start:stop].max(axis=0)[inside[start:stop].all(axis=0)]
            lines.bands.append((start, stop, float(np.percentile(along, 75)) if len(along) else 0.0))
    return lines


def _reduced(inked: NDArray[np.bool_], factor: int) -> NDArray[np.float32]:
    """Make blocks one pixel: the share of a block's columns that hold ink in any row."""
    height, width = inked.shape
    blocks = inked[: height // factor * factor, : width // factor * factor]
    blocks = blocks.reshape(height // factor, factor, -1, factor)
    share: Tone = blocks.any(axis=1).mean(axis=2, dtype=np.float32)
    return share


def _slope(coarse: NDArray[np.float32]) -> float:
    """Return the slope, in rows a column, at which the fullest rows are found."""
    half = coarse.shape[1] / 2
    most = int(_STEEPEST * half)
    best, slope = 0.0, 0.0
    for end in sorted(range(-most, most + 1), key=abs):
        rows, inside = _turned(coarse.shape, end / half)
        share = (np.take_along_axis(coarse, rows, axis=0) * inside).mean(axis=1)
        score = float((np.maximum(share - 0.5, 0) ** 2).sum())
        if score > best:
            best, slope = score, end / half
    return slope


def _turned(shape: tuple[int, ...], slope: float) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the rows that a picture turned straight takes, and whether the picture has them."""
    height, width = shape
    shift = np.round(slope * (np.arange(width) - (width - 1) / 2)).astype(np.intp)
    most = int(np.abs(shift).max())
    rows = np.arange(-most, height + most)[:, None] + shift
    return np.clip(rows, 0, height - 1), (rows >= 0) & (rows < height)


def _spread(inked: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Widen ink up and down, so that a line may wave."""
    wide = inked.copy()
    for step in range(1, reach + 1):
        wide[step:] |= inked[:-step]
        wide[:-step] |= inked[step:]
    return wide


def _erase(ink: Tone, lines: _Lines, faint: float, full: float) -> Tone:
    """Blank the lines; what is stronger than they, or goes on above and below, stays."""
    if not lines.bands:
        return ink
    straight = lines.straight(ink)
    for start, stop, level in lines.bands:
        start, stop = max(0, start - 1), stop + 1
        reach = (stop - start + 1) // 2
        above = straight[max(0, start - 2) : start].max(axis=0, initial=0)
        below = straight[stop : stop + 2].max(axis=0, initial=0)
        across = np.minimum(_widened(above, reach), _widened(below, reach))
        band = straight[start:stop]
        if level <= faint:
            kept = np.maximum(band, across)
            straight[start:stop] = np.where(kept > (level + full) / 2, kept, 0)
        else:
            straight[start:stop] = np.minimum(across, full)
    return lines.back(straight)


def _widened(line: Tone, reach: int) -> Tone:
    """Return the highest value within reach: a stroke may cross a line at a slant."""
    padded = np.pad(line, reach)
    highest: Tone = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    return highest
