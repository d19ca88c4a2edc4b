"""Telling ink from ground: which of the two is dark, and under light that is uneven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from engine.data.closing import close, highest, open_up
from engine.data.parts import at_border, rests_of_paper
from engine.data.ruling import without_lines
from engine.data.sheet import paper_on_table

MIN_CONTRAST = 12.0
"""Levels (of 255) between ink and ground below which nothing is called ink."""
_FLAT = 0.25  # the ground's range, as a fraction of the contrast, up to which light counts as even
_FLAT_WHEN_SMALL = 0.5  # … in a small picture, where half the ground are edges
_CLEAR = 0.6  # of the whole range of levels: least contrast between ink and ground
_SMALL = 48  # pixels of the shorter side
_WIDEST = 0.18  # of the long side: ink is thinner than this, a shadow or a sheet is wider
_THIN = (0.02, 0.04, 0.08, 0.16)  # of the long side: how thin ink may be against its surroundings
_COARSE = 64  # pixels of the long side at which bulk is looked for
_BULKY = 0.3  # of the long side: no stroke is wider
_SHEET = 0.37  # of the long side: no digit drawn with a broad pen is wider and as full, a sheet is
_DRAWN = 0.08  # of the long side: a stroke as wide may divide a sheet
_WHOLE = 0.95  # of a side of the picture
_DEEP = 0.6  # of the light: what is wide and differs less from its ground may lie in shadow
_SHADE = 0.5  # of the light: what is wide and differs less from its ground may be a shadow
_SHADE_WIDTH = 0.06  # of the long side: ink as wide is not blurred
_DEEPEST = 0.5  # of the brightest light: a shadow on paper is not deeper, a table beside it may be
_NOISE = 5.0  # standard deviations
_INK = 0.4  # strength of ink
_FIRM = 0.75  # strength that each stroke has somewhere
_TOUCHES = 0.25  # strength of ink from which it counts as reaching the border
_DIGIT = 0.15  # of the shorter side: beside ink so large, what touches the border is no digit
_TRACE = 0.75  # of a line's level: fainter than this is a trace of it
_SOFTEST_EDGE = 0.06  # of the picture's side: ink rises from none to full within it, light does not
_AT_EDGE = 1.2  # times a shadow's depth
_LEAST_LIGHT = 24.0  # levels: in deeper shadow ink is not told from noise
_OF_LIGHT = 0.25  # of what the light changes by: fainter than this is a rest of it
_FULL_RISE = 0.75  # of the strength of ink

Tone = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Where the ink is.

    Attributes:
        strength: (H, W) float32, 0 is ground and 1 is ink.
        is_dark: the ink is darker than its ground.
    """

    strength: Tone
    is_dark: bool


@dataclass(frozen=True, slots=True)
class _Halves:
    """A picture split in two by Otsu's threshold, in levels.

    Attributes:
        threshold: levels up to it are dark.
        dark: mean of the dark half.
        light: mean of the light half.
        counts: (256,) pixels of each level.
    """

    threshold: int
    dark: float
    light: float
    counts: NDArray[np.float64]

    @property
    def contrast(self) -> float:
        return self.light - self.dark

    @property
    def is_clear(self) -> bool:
        """The halves are nearly as far apart as anything is: the split is not within the ground."""
        share = np.cumsum(self.counts) / self.counts.sum()
        low, high = np.searchsorted(share, (0.001, 0.999))
        return self.contrast >= _CLEAR * float(high - low)

    def ground_range(self, is_dark: bool) -> float:
        """Return the levels that the ground spans, without its extremes.

        The more ink there is, the more of the ground are edges half covered by ink, and left out.
        """
        cut = self.threshold + 1
        ground, ink = self.counts[:cut], self.counts[cut:]
        if not is_dark:
            ground, ink = ink, ground
        trim = 0.02 + 0.6 * ink.sum() / self.counts.sum()
        share = np.cumsum(ground) / ground.sum()
        low, high = np.searchsorted(share, (trim, 1 - trim))
        return float(high - low)


def find_ink(tone: NDArray[np.uint8]) -> Ink | None:
    """Separate ink from ground, whichever is dark; None where there is nothing that looks like ink.

    Args:
        tone: (H, W) uint8 brightness.
    """
    halves = _split(tone)
    if halves.contrast < MIN_CONTRAST:
        return None
    is_dark = not ground_is_dark(tone <= halves.threshold)
    flat = _FLAT if min(tone.shape) >= _SMALL else _FLAT_WHEN_SMALL
    if halves.is_clear and halves.ground_range(not is_dark) <= flat * halves.contrast:
        strength = _strength(tone.astype(np.float32), halves, is_dark)
        if _is_bulky(strength):
            return _find_in_uneven_light(tone, is_sheet=True)
        if halves.contrast <= _DEEP * halves.light and _is_wide(strength):
            return _find_in_uneven_light(tone)
        if _crosses(strength):
            ground = np.float32(halves.light if is_dark else halves.dark)
            cleared = without_lines(ground - tone if is_dark else tone - ground)
            if cleared is not None:
                found = _above_noise(cleared[0], max(MIN_CONTRAST, _TRACE * cleared[1]), is_dark)
                return _apart_from_border(_without_rests(found, True), _DIGIT)
        return None if _edges_are_soft(strength) else Ink(strength, is_dark)
    return _find_in_uneven_light(tone)


def _find_in_uneven_light(tone: NDArray[np.uint8], is_sheet: bool = False) -> Ink | None:
    """Take what is thinner than light and shadow change, and than a sheet or a table is wide.

    Args:
        tone: (H, W) uint8 brightness.
        is_sheet: a sheet, a table or a shadow takes up much of the picture: the digit does not fill it.
    """
    smooth = _denoised(tone)
    side = max(3, round(_WIDEST * max(tone.shape)))
    ground = close(smooth, side)
    paper = paper_on_table(smooth, ground, _split(ground).threshold)
    is_dark = paper is not None or _stands_out_dark(smooth)
    if is_dark:
        ink = _dark_ink(smooth, ground)
    else:
        ground = open_up(smooth, side)
        ink = smooth.astype(np.float32) - ground
    where = np.ones(tone.shape, np.bool_) if paper is None else paper
    ink = (ink - np.float32(np.median(ink[where]))) * where  # noise lies below what was closed
    shade = _shade_in(ink, _SHADE * float(ground[where].mean()))
    ink = _without_shade(ink, shade)
    cleared, line = without_lines(ink) or (ink, 0.0)
    low, high = np.percentile(ground[where], (2, 98))
    least = max(MIN_CONTRAST, _TRACE * line, _OF_LIGHT * float(high - low + shade.max()))
    found = _above_noise(cleared, least, is_dark, where)
    found = _without_rests(found, line > 0)
    return _apart_from_border(found, 0.0 if is_sheet or paper is not None else _DIGIT, ~where)


def _shade_in(ink: Tone, deepest: float) -> NDArray[np.uint8]:
    """Return levels of what is wider than most ink and as faint as a shadow is, 0 elsewhere.

    Args:
        ink: (H, W) levels above the ground's.
        deepest: level from which what is wide is ink.
    """
    wide = open_up(np.clip(ink, 0, 255).astype(np.uint8), _shade_width(ink))
    wide[wide >= deepest] = 0
    return wide


def _without_shade(ink: Tone, shade: NDArray[np.uint8]) -> Tone:
    """Take shade away, and what is near it and no stronger: its corners are too narrow for a square."""
    if shade.max() < MIN_CONTRAST:
        return ink - shade
    near = highest(shade, 2 * _shade_width(ink))
    return np.where(ink <= _AT_EDGE * near, np.minimum(ink, 0), ink - shade)


def _shade_width(ink: Tone) -> int:
    height, width = ink.shape
    return max(3, round(_SHADE_WIDTH * max(int(height), int(width))))


def _without_rests(ink: Ink | None, had_lines: bool) -> Ink | None:
    """Leave out the paper's grain and what is left of lines."""
    if ink is None:
        return None
    rests = rests_of_paper(ink.strength >= _INK, ink.strength >= _FIRM, had_lines)
    return Ink(ink.strength * ~rests, ink.is_dark)


def _apart_from_border(ink: Ink | None, least: float, around: NDArray[np.bool_] | None = None) -> Ink | None:
    """Leave out what touches the border, where other ink is that large.

    Args:
        ink: what was found.
        least: a share of the shorter side.
        around: (H, W) bool, what lies around the paper: it belongs to the border.
    """
    if ink is None:
        return None
    inked = ink.strength >= _TOUCHES
    return Ink(ink.strength * ~at_border(inked if around is None else inked | around, least), ink.is_dark)


def _brightest(light: NDArray[Any]) -> float:
    return float(np.percentile(light, 99))


def _dark_ink(smooth: NDArray[np.uint8], ground: NDArray[np.uint8]) -> Tone:
    """Return levels by which ink is darker than its ground, as if all the ground had the same light.

    Ink takes a share of the light that falls on it: in shadow it differs less. What is darker than a shadow
    is hardly paper, and what differs there counts less than ink.
    """
    light = ground.astype(np.float32)
    deepest = max(_DEEPEST * _brightest(light), _LEAST_LIGHT)
    ink: Tone = (light - smooth) * np.minimum(light / np.float32(deepest), 1) ** 4
    ink *= np.float32(light.mean()) / np.maximum(light, np.float32(deepest))
    return ink


def _above_noise(
    ink: Tone, least: float, is_dark: bool, paper: NDArray[np.bool_] | None = None
) -> Ink | None:
    """Scale levels of ink so that the ground is 0 and ink 1; None where nothing rises out of the noise.

    Args:
        ink: (H, W) levels above the ground's.
        least: what is fainter is no ink.
        is_dark: the ink is darker than its ground.
        paper: (H, W) bool, where ink may be; everywhere by default.
    """
    looked_at = ink if paper is None or not paper.any() else ink[paper]
    spread = 1.48 * float(np.median(np.abs(looked_at)))  # a normal distribution's standard deviation
    above = ink[ink > max(_NOISE * spread, MIN_CONTRAST / 2)]
    if not len(above):
        return None
    full = _split(np.clip(above, 0, 255).astype(np.uint8)).light or float(above.mean())
    if full < least:
        return None
    strength: Tone = np.clip(ink / np.float32(full), 0, 1)
    return None if _edges_are_soft(strength) else Ink(strength, is_dark)


def _stands_out_dark(smooth: NDArray[np.uint8]) -> bool:
    """Say whether the thinnest of what stands out is darker than its surroundings.

    Strokes are thinner than what they enclose, and a picture is not thin: whatever of the other kind there
    is shows up later, when squares grow.
    """
    dark = light = 0.0
    for share in _THIN:
        side = max(3, round(share * max(smooth.shape)))
        dark += _energy(close(smooth, side) - smooth) / side**2
        light += _energy(smooth - open_up(smooth, side)) / side**2
    return dark >= light


def _energy(apart: NDArray[np.uint8]) -> float:
    counts = np.bincount(apart.ravel(), minlength=256)
    return float(counts @ np.arange(256.0) ** 3)


def ground_is_dark(dark: NDArray[np.bool_]) -> bool:
    """Say whether the dark part is the ground: it holds more of the border, the corners and the whole.

    Args:
        dark: (H, W) bool.
    """
    height, width = dark.shape
    ring = max(1, min(height, width) // 20)
    border = np.concatenate(
        [dark[:ring].ravel(), dark[-ring:].ravel(), dark[:, :ring].ravel(), dark[:, -ring:].ravel()]
    )
    tall, wide = max(1, height // 8), max(1, width // 8)
    corners = [dark[:tall, :wide], dark[:tall, -wide:], dark[-tall:, :wide], dark[-tall:, -wide:]]
    share = 2 * border.mean() + np.mean([corner.mean() for corner in corners]) + dark.mean()
    return bool(share > 2.0)


def _split(tone: NDArray[np.uint8]) -> _Halves:
    """Split at the threshold that maximises the variance between the halves (Otsu 1979)."""
    counts = np.bincount(tone.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    total = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        dark, light = total / below, (total[-1] - total) / above
        between = np.nan_to_num(below * above * (dark - light) ** 2)
    # every level of an empty stretch between the halves is as good: take its middle
    best = np.flatnonzero(between >= between.max() * (1 - 1e-12))
    at = int(best[len(best) // 2])
    if between[at] == 0:  # one level only
        return _Halves(at, 0.0, 0.0, counts)
    return _Halves(at, float(dark[at]), float(light[at]), counts)


def _strength(tone: Tone, halves: _Halves, is_dark: bool) -> Tone:
    """Scale tone so that the ground's mean is 0 and the ink's is 1."""
    ground, ink = (halves.light, halves.dark) if is_dark else (halves.dark, halves.light)
    strength = (tone - np.float32(ground)) / np.float32(ink - ground)
    clipped: Tone = np.clip(strength, 0, 1)
    return clipped


def _denoised(tone: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blur fine noise away, as far as the picture is large enough to spare it."""
    picture = Image.fromarray(tone)
    if min(tone.shape) >= 100:
        picture = picture.filter(ImageFilter.GaussianBlur(max(0.8, max(tone.shape) / 500)))
    return np.asarray(picture)


def _crosses(strength: Tone) -> bool:
    """Say whether ink touches two borders that face each other."""
    ends = [
        float(line.max()) >= _TOUCHES for line in (strength[0], strength[-1], strength[:, 0], strength[:, -1])
    ]
    return (ends[0] and ends[1]) or (ends[2] and ends[3])


def _is_wide(strength: Tone) -> bool:
    """Say whether a part is wider than ink where it goes on beyond the border as it ends there."""
    mask = _coarse(strength)
    return bool(open_up(mask, round(_WIDEST * max(mask.shape))).any())


def _is_bulky(strength: Tone) -> bool:
    """Say whether a part is wider than ink: a shadow, a sheet on a table, the table around a sheet.

    What takes up a whole side of the picture goes on beyond it; what only touches all four is cut tight,
    unless it is as wide and full as no digit is.
    """
    mask = _coarse(strength)
    scale = max(mask.shape)
    borders = (mask[0], mask[-1], mask[:, 0], mask[:, -1])
    whole = [line.mean() > 255 * _WHOLE for line in borders]
    if all(line.any() for line in borders):
        if not any(whole):
            return bool(open_up(np.pad(mask, scale), round(_SHEET * scale)).any())
        whole = [False] * 4
    side = round(_BULKY * scale)
    top, bottom, left, right = (side if one else 0 for one in whole)
    mask = np.pad(mask, ((top, bottom), (left, right)), mode="edge")
    mask = np.pad(mask, side)
    if open_up(mask, side).any():
        return True
    undivided = close(mask, round(_DRAWN * scale))
    return bool(open_up(undivided, round(_SHEET * scale)).any())


def _coarse(strength: Tone) -> NDArray[np.uint8]:
    """Return where ink is, 0 or 255, on a coarse grid."""
    factor = max(1, max(strength.shape) // _COARSE)
    coarse = Image.fromarray((strength * 255).astype(np.uint8)).reduce(factor)
    return np.where(np.asarray(coarse) >= 128, np.uint8(255), np.uint8(0))


def _edges_are_soft(strength: Tone) -> bool:
    """Say whether even the sharpest edges spread over a good part of the picture, as light does."""
    lag = max(2, round(_SOFTEST_EDGE * max(strength.shape)))  # pixels
    rises = [
        float(np.abs(ahead - behind).max())
        for ahead, behind in (
            (strength[lag:], strength[:-lag]),
            (strength[:, lag:], strength[:, :-lag]),
        )
        if ahead.size
    ]
    return bool(rises) and max(rises) < _FULL_RISE
