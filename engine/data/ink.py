"""Telling ink from ground: which of the two is dark, and under light that is uneven."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

MIN_CONTRAST = 12.0
"""Levels (of 255) between ink and ground below which nothing is called ink."""
_FLAT = 0.25  # the ground's range, as a fraction of the contrast, up to which light counts as even
_COARSE = 96  # pixels of the long side at which the light is estimated
_FLAT_WHEN_SMALL = 0.5  # … in a small picture, where half the ground are edges
_CLEAR = 0.6  # of the whole range of levels: least contrast between ink and ground
_SMALL = 48  # pixels of the shorter side
_REACH = 17  # pixels there: ink is thinner than this, a shadow is wider
_SOFTEST_EDGE = 0.06  # of the picture's side: ink rises from none to full within it, light does not
_LEAST_LIGHT = 24.0  # levels: in deeper shadow ink is not told from noise
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
        return None if _edges_are_soft(strength) else Ink(strength, is_dark)
    return _find_in_uneven_light(tone)


def _find_in_uneven_light(tone: NDArray[np.uint8]) -> Ink | None:
    """Take the slow change of light away, then separate again."""
    smooth = _denoised(tone)
    surface = _surface(smooth)
    level = np.clip(smooth - surface + 128, 0, 255).astype(np.uint8)
    halves = _split(level)
    if halves.contrast < MIN_CONTRAST:
        return None
    is_dark = not ground_is_dark(level <= halves.threshold) if halves.is_clear else _stands_out_dark(level)
    ground = _ground(level, is_dark)
    if is_dark:  # ink takes a share of the light that falls on it: in shadow it differs less
        light = np.maximum(surface + ground - 128, _LEAST_LIGHT)
        ink = (ground - level) * (np.float32(light.mean()) / light)
    else:
        ink = level - ground
    halves = _split(np.clip(ink, 0, 255).astype(np.uint8))
    if halves.contrast < MIN_CONTRAST:
        return None
    strength = _strength(ink, halves, is_dark=False)
    return None if _edges_are_soft(strength) else Ink(strength, is_dark)


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


def _denoised(tone: NDArray[np.uint8]) -> Tone:
    """Blur fine noise away, as far as the picture is large enough to spare it."""
    picture = Image.fromarray(tone)
    if min(tone.shape) >= 100:
        picture = picture.filter(ImageFilter.GaussianBlur(max(0.8, max(tone.shape) / 500)))
    return np.asarray(picture, np.float32)


def _surface(tone: Tone) -> Tone:
    """Fit light as a polynomial of second degree in x and y, to which ink is an outlier (Tukey's weights)."""
    coarse = _coarse(tone)
    down, across = np.meshgrid(*_lines(coarse.shape), indexing="ij")
    terms = np.stack([np.ones_like(down), down, across, down**2, down * across, across**2], axis=-1).reshape(
        -1, 6
    )
    values = coarse.ravel()
    weights = np.ones_like(values)
    for _ in range(6):
        rooted = np.sqrt(weights)[:, None]
        factors, *_ = np.linalg.lstsq(terms * rooted, values * rooted[:, 0], rcond=None)
        off = values - terms @ factors
        width = 6.0 * max(1.0, float(np.median(np.abs(off))))
        weights = np.maximum(1 - (off / width) ** 2, 0) ** 2 + 1e-6
    rows, columns = _lines(tone.shape)
    y, x = rows.astype(np.float32)[:, None], columns.astype(np.float32)
    f = factors.astype(np.float32)
    surface: Tone = f[0] + f[1] * y + f[2] * x + f[3] * y**2 + f[4] * y * x + f[5] * x**2
    return surface


def _ground(picture: NDArray[np.uint8], ink_is_dark: bool) -> Tone:
    """Return the light of the paper: the picture without anything thinner than ``_REACH``."""
    coarse = Image.fromarray(np.clip(_coarse(picture.astype(np.float32)), 0, 255).astype(np.uint8))
    highest, lowest = ImageFilter.MaxFilter(_REACH), ImageFilter.MinFilter(_REACH)
    filters = (highest, lowest) if ink_is_dark else (lowest, highest)
    pad = _REACH
    wide = Image.fromarray(np.pad(np.asarray(coarse), pad, mode="edge"))
    for one in (*filters, ImageFilter.GaussianBlur(_REACH / 6)):
        wide = wide.filter(one)
    wide = wide.crop((pad, pad, pad + coarse.width, pad + coarse.height))
    return np.asarray(wide.convert("F").resize(picture.shape[::-1], Image.Resampling.BILINEAR), np.float32)


def _stands_out_dark(level: NDArray[np.uint8]) -> bool:
    """Say whether what differs most from its surroundings is darker: the sign of the skew.

    A local median follows the edge of a shadow, which a smooth surface cannot.
    """
    coarse = np.asarray(_coarse(level.astype(np.float32)), np.float32)
    page = Image.fromarray(np.clip(coarse, 0, 255).astype(np.uint8))
    apart = coarse - np.asarray(page.filter(ImageFilter.MedianFilter(_REACH)), np.float32)
    return float((apart**3).sum()) < 0


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


def _coarse(tone: Tone) -> NDArray[np.float64]:
    height, width = tone.shape
    scale = min(1.0, _COARSE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(tone).resize(size, Image.Resampling.BOX), np.float64)


def _lines(shape: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return row and column positions from -1 to 1, taken at the middles of pixels."""
    height, width = shape
    return (np.arange(height) + 0.5) / height * 2 - 1, (np.arange(width) + 0.5) / width * 2 - 1
