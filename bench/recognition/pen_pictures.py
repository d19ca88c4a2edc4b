"""Pictures of pen strokes as people make them: canvases, scans and photos, each repeatable from its seed.

Ink, reflectance and light are float32 planes in 0…1. A scene is paper (what it reflects, in three colours),
ink laid on it, light falling on it, and a camera that looks at it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from engine.data.smoothing import smooth
from engine.data.strokes import Strokes

Plane = NDArray[np.float32]  # (H, W)
Colours = NDArray[np.float32]  # (H, W, 3)
Rng = np.random.Generator

PAPERS = {"white": (0.97, 0.97, 0.96), "cream": (0.97, 0.93, 0.82), "yellow": (0.96, 0.89, 0.50)}
INKS = {
    "black": (0.08, 0.08, 0.09),
    "blue": (0.12, 0.20, 0.60),
    "red": (0.72, 0.12, 0.14),
    "green": (0.10, 0.45, 0.22),
    "pencil": (0.42, 0.42, 0.43),
}
_CURVE = 120  # pixels of the digit at which its curve is smoothed


def ink(
    strokes: Strokes,
    size: tuple[int, int],
    pen: float,
    extent: float,
    place: tuple[float, float] = (0.5, 0.5),
    angle: float = 0.0,
    hard: bool = False,
) -> Plane:
    """Draw strokes with a round pen: (H, W), 1 where ink covers.

    Args:
        strokes: arrays of shape (n, 2 or 3).
        size: width, height in pixels.
        pen: its width in pixels.
        extent: longer side of the inked box in pixels.
        place: where the box lies: 0 at the left or upper border, 1 at the right or lower.
        angle: degrees against the clock.
        hard: without half covered pixels.
    """
    times = 1 if hard or max(size) > 1200 else 2 if max(size) > 320 else 4
    paths = _curves(strokes, angle)
    points = np.concatenate(paths)
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    scale = max(extent - pen, 1.0) / max(float(span.max()), 1e-6)
    room = np.array(size) - span * scale - pen
    offset = pen / 2 + room * np.array(place)
    page = Image.new("L", (size[0] * times, size[1] * times))
    brush = ImageDraw.Draw(page)
    width = max(1, round(pen * times))
    radius = pen * times / 2
    for path in paths:
        placed = ((path - low) * scale + offset) * times
        corners = [tuple(point) for point in placed.tolist()]
        if len(corners) > 1:
            brush.line(corners, fill=255, width=width)
        for x, y in corners if width > 2 or len(corners) == 1 else []:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    if times > 1:
        page = page.reduce(times)
    return np.asarray(page, np.float32) / np.float32(255)


def _curves(strokes: Strokes, angle: float) -> list[NDArray[np.float64]]:
    everything = np.concatenate([stroke[:, :2] for stroke in strokes]).astype(np.float64)
    middle, span = (everything.min(axis=0) + everything.max(axis=0)) / 2, np.ptp(everything, axis=0).max()
    turn = np.deg2rad(angle)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    scale = _CURVE / max(float(span), 1e-6)
    curves = [smooth((stroke[:, :2].astype(np.float64) - middle) * scale @ turned)[::8] for stroke in strokes]
    ends = [(stroke[-1:, :2].astype(np.float64) - middle) * scale @ turned for stroke in strokes]
    return [np.concatenate([curve, end]) for curve, end in zip(curves, ends, strict=True)]


def paper(
    size: tuple[int, int], colour: tuple[float, float, float], rng: Rng, grain: float = 0.01
) -> Colours:
    """Return paper with fine and coarse grain, (H, W, 3)."""
    width, height = size
    fine = rng.standard_normal((height, width), np.float32) * np.float32(grain)
    coarse = rng.normal(0, 3 * grain, (height // 8 + 2, width // 8 + 2)).astype(np.float32)
    cloudy = np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC))
    return np.clip(np.array(colour, np.float32) + (fine + cloudy)[:, :, None], 0, 1)


def rule(page: Colours, rng: Rng, kind: str, strength: float, pitch: float, width: float) -> Colours:
    """Print lines on paper, a little turned as the sheet lies.

    Args:
        page: (H, W, 3).
        kind: ``lines``, ``grid``, ``margin`` (lines and a red upright one) or ``dots``.
        strength: 0 is none, 1 as dark as ink.
        pitch: pixels between two lines.
        width: pixels of a line.
    """
    height, across = page.shape[:2]
    turn = np.deg2rad(rng.uniform(-3, 3))
    y, x = np.mgrid[:height, :across].astype(np.float32)
    down = y * np.cos(turn) + x * np.sin(turn) + rng.uniform(0, pitch)
    right = x * np.cos(turn) - y * np.sin(turn) + rng.uniform(0, pitch)
    rows, columns = (_stripes(place, pitch, width) for place in (down, right))
    colour = np.array([(0.25, 0.45, 0.8), (0.45, 0.45, 0.47), (0.3, 0.6, 0.6)][rng.integers(3)], np.float32)
    covered = {
        "lines": rows,
        "margin": rows,
        "grid": np.maximum(rows, columns),
        "dots": rows * columns,
    }[kind]
    page = lay(page, covered * np.float32(strength), colour)
    if kind == "margin":
        place = right - rng.uniform(0.06, 0.15) * across
        upright = np.clip(width / 2 + 0.5 - np.abs(place), 0, 1)
        page = lay(page, upright * np.float32(strength), np.array([0.85, 0.3, 0.35], np.float32))
    return page


def _stripes(place: Plane, pitch: float, width: float) -> Plane:
    off = np.abs((place + pitch / 2) % pitch - pitch / 2)
    return np.clip(width / 2 + 0.5 - off, 0, 1)


def lay(page: Colours, covered: Plane, colour: NDArray[np.float32] | tuple[float, ...]) -> Colours:
    """Cover a page with ink of a colour."""
    share = covered[:, :, None]
    return page * (1 - share) + share * np.asarray(colour, np.float32)


def light(size: tuple[int, int], rng: Rng, kind: str) -> Plane:
    """Return the light on a page: ``even``, ``slope``, ``vignette``, ``soft shadow`` or ``hard shadow``."""
    width, height = size
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    along = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
    if kind == "slope":
        return 0.75 + np.float32(rng.uniform(0.12, 0.3)) * along / np.float32(1.42)
    if kind == "vignette":
        off = rng.uniform(-0.3, 0.3, 2)
        return 1 - np.float32(rng.uniform(0.2, 0.32)) * ((x - off[0]) ** 2 + (y - off[1]) ** 2)
    if kind in ("soft shadow", "hard shadow"):
        edge = along - np.float32(rng.uniform(-0.6, 0.6))
        steep = rng.uniform(6, 30) if kind == "soft shadow" else rng.uniform(120, 400)
        if rng.random() < 0.4:  # a phone or a head: the shadow has a second side
            edge = np.minimum(edge, np.float32(rng.uniform(0.5, 1.0)) - edge)
        lit = 1 / (1 + np.exp(-np.clip(edge * np.float32(steep), -40, 40)))
        return 1 - np.float32(rng.uniform(0.25, 0.5)) * lit
    return np.full((height, width), 0.95, np.float32)


def camera(scene: Colours, rng: Rng, noise: float = 3.0, blur: float = 0.8, quality: int = 80) -> bytes:
    """Photograph a scene: blur, noise in levels, JPEG."""
    shown = Image.fromarray(np.clip(scene * 255, 0, 255).astype(np.uint8))
    shown = shown.filter(ImageFilter.GaussianBlur(blur)) if blur else shown
    grain = rng.standard_normal((*scene.shape[:2], 1), np.float32) * np.float32(noise)
    seen = np.asarray(shown, np.float32) + grain
    file = io.BytesIO()
    Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
    return file.getvalue()


def on_table(sheet: Colours, rng: Rng, colour: tuple[float, float, float], share: float) -> Colours:
    """Lay a sheet, a little turned, on a table of streaky wood or cloth; ``share`` of the side is sheet."""
    height, width = sheet.shape[:2]
    table = paper((width, height), colour, rng, 0.02)
    table += rng.normal(0, 0.02, (height, 1, 1)).astype(np.float32)
    small = Image.fromarray((sheet * 255).astype(np.uint8))
    small = small.resize((round(width * share), round(height * share)), Image.Resampling.LANCZOS)
    angle = float(rng.uniform(-8, 8))
    cut = Image.new("L", small.size, 255).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    small = small.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    left = int(rng.uniform(0, max(1, width - small.width)))
    top = int(rng.uniform(0, max(1, height - small.height)))
    page = Image.fromarray((np.clip(table, 0, 1) * 255).astype(np.uint8))
    page.paste(small, (left, top), cut)
    return np.asarray(page, np.float32) / np.float32(255)


def framed(page: Colours, rng: Rng, colour: tuple[float, ...], width: float) -> Colours:
    """Draw a box around what is on the page, near its border or some way inside."""
    height, across = page.shape[:2]
    inset = rng.uniform(0.01, 0.07) * min(height, across)
    y, x = np.mgrid[:height, :across].astype(np.float32)
    inside = np.minimum(np.minimum(y, height - 1 - y), np.minimum(x, across - 1 - x)) - np.float32(inset)
    return lay(page, np.clip(width / 2 + 0.5 - np.abs(inside), 0, 1), colour)


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of photo: how it looks, apart from the digit.

    Attributes:
        paper: a name of ``PAPERS``, or empty for any.
        ink: a name of ``INKS``, or empty for any.
        light: a kind of ``light``, or empty for any.
        ruling: a kind of ``rule``, or empty for none.
        ruled: least and most strength of its lines.
        grain: of the paper.
        noise: least and most levels.
        around: ``table``, ``pale table``, ``frame`` or empty.
        board: chalk on a board instead of ink on paper.
        quality: least and most of the JPEG.
    """

    paper: str = "white"
    ink: str = "black"
    light: str = "even"
    ruling: str = ""
    ruled: tuple[float, float] = (0.2, 0.4)
    grain: float = 0.006
    noise: tuple[float, float] = (1.0, 4.0)
    around: str = ""
    board: bool = False
    quality: tuple[int, int] = (60, 92)


def photograph(strokes: Strokes | None, scene: Scene, rng: Rng, side: int = 420) -> bytes:
    """Take a photo of a digit, or, for None, of the place without one."""
    size = (side, side) if rng.random() < 0.5 else (round(side * 4 / 3), side)
    extent = side * rng.uniform(0.3, 0.62)
    pen = extent * np.exp(rng.uniform(np.log(0.025), np.log(0.14)))
    colour = PAPERS[scene.paper or ("white", "cream", "yellow")[rng.integers(3)]]
    if scene.board:
        colour = ((0.10, 0.25, 0.18), (0.12, 0.12, 0.13))[rng.integers(2)]
    page = paper(size, colour, rng, scene.grain)
    if scene.ruling:
        pitch = rng.uniform(0.16, 0.7) * extent
        width = min(rng.uniform(0.8, 2.2), 0.6 * pen)
        page = rule(page, rng, scene.ruling, rng.uniform(*scene.ruled), pitch, width)
    if strokes is not None:
        covered = ink(strokes, size, pen, extent, tuple(rng.uniform(0.15, 0.85, 2)), rng.uniform(-6, 6))
        chosen = INKS[scene.ink or tuple(INKS)[rng.integers(len(INKS))]]
        if scene.board:  # chalk covers in grains
            chosen = (0.92, 0.92, 0.88)
            covered = covered * np.clip(rng.normal(0.85, 0.25, covered.shape), 0, 1).astype(np.float32)
        page = lay(page, covered, chosen)
    page = _surrounded(page, scene, rng, pen)
    kinds = ("even", "slope", "vignette", "soft shadow", "hard shadow")
    lit = page * light(size, rng, scene.light or kinds[rng.integers(5)])[:, :, None]
    return camera(
        lit, rng, rng.uniform(*scene.noise), rng.uniform(0.4, 1.2), int(rng.integers(*scene.quality))
    )


def _surrounded(page: Colours, scene: Scene, rng: Rng, pen: float) -> Colours:
    if scene.around == "table":
        wood = ((0.30, 0.20, 0.12), (0.14, 0.13, 0.13), (0.45, 0.32, 0.20))[rng.integers(3)]
        return on_table(page, rng, wood, rng.uniform(0.6, 0.9))
    if scene.around == "pale table":
        return on_table(
            page, rng, ((0.72, 0.60, 0.45), (0.62, 0.64, 0.66))[rng.integers(2)], rng.uniform(0.6, 0.9)
        )
    if scene.around == "frame":
        return framed(page, rng, INKS["black"], rng.uniform(0.3, 1.0) * pen)
    return page


SCENES: dict[str, Scene] = {
    "even light": Scene(),
    "light: slope": Scene(light="slope"),
    "light: vignette": Scene(light="vignette"),
    "light: soft shadow": Scene(light="soft shadow"),
    "light: hard shadow": Scene(light="hard shadow"),
    "paper: rough": Scene(grain=0.03),
    "camera: noise": Scene(noise=(8, 16)),
    "camera: JPEG 30": Scene(quality=(30, 31)),
    "ruled, pale": Scene(ruling="lines"),
    "ruled, strong": Scene(ruling="lines", ruled=(0.5, 0.9)),
    "ruled with margin": Scene(ruling="margin", ruled=(0.3, 0.7)),
    "grid, pale": Scene(ruling="grid"),
    "grid, strong": Scene(ruling="grid", ruled=(0.5, 0.9)),
    "dotted paper": Scene(ruling="dots", ruled=(0.5, 0.9)),
    "grid in a slope": Scene(ruling="grid", ruled=(0.3, 0.6), light="slope"),
    "blue ink": Scene(ink="blue", paper=""),
    "red ink": Scene(ink="red", paper=""),
    "green ink": Scene(ink="green", paper=""),
    "pencil": Scene(ink="pencil", paper=""),
    "chalk board": Scene(board=True),
    "dark table": Scene(around="table"),
    "pale table": Scene(around="pale table"),
    "frame": Scene(around="frame"),
    "dark table, shadow": Scene(around="table", light="soft shadow"),
    "anything on plain paper": Scene(paper="", ink="", light=""),
    "anything on ruled paper": Scene(paper="", ink="", light="", ruling="lines"),
}


def canvas(strokes: Strokes, side: int, pen: float, rng: Rng, **how: float | bool) -> NDArray[np.uint8]:
    """Return a (side, side) page, white ink on black; ``pen`` in pixels of a canvas of 280."""
    width = max(1.0, pen * side / 280)
    place = tuple(rng.uniform(0.1, 0.9, 2))
    covered = ink(strokes, (side, side), width, side * rng.uniform(0.5, 0.85), place, **how)  # type: ignore[arg-type]
    return (covered * 255 + 0.5).astype(np.uint8)


def at_the_border(strokes: Strokes, rng: Rng) -> NDArray[np.uint8]:
    """Return a page whose digit touches one border, and loses a part of its pen's width there."""
    pen = rng.uniform(4, 20)
    place = rng.uniform(0.1, 0.9, 2)
    place[rng.integers(2)] = rng.choice((-0.01, 1.01))
    covered = ink(strokes, (280, 280), pen, rng.uniform(140, 230), tuple(place))
    return (covered * 255 + 0.5).astype(np.uint8)


def cut_tight(strokes: Strokes, rng: Rng) -> NDArray[np.uint8]:
    """Return a page cut to the digit's box, or a pixel less."""
    page = canvas(strokes, 280, rng.uniform(4, 24), rng)
    rows, columns = np.flatnonzero((page > 99).any(axis=1)), np.flatnonzero((page > 99).any(axis=0))
    less = int(rng.integers(0, 2))
    return page[rows[0] + less : rows[-1] + 1 - less, columns[0] + less : columns[-1] + 1 - less]


def lost_in_a_wide_page(strokes: Strokes, rng: Rng) -> NDArray[np.uint8]:
    """Return a wide page with a small digit somewhere."""
    covered = ink(
        strokes, (1200, 320), rng.uniform(2, 5), rng.uniform(36, 70), tuple(rng.uniform(0.05, 0.95, 2))
    )
    return (covered * 255 + 0.5).astype(np.uint8)


def made_of_dots(strokes: Strokes, rng: Rng) -> NDArray[np.uint8]:
    """Return a page whose strokes are rows of dots, as worksheets print them to trace."""
    paths = _curves(strokes, 0.0)
    points = np.concatenate(paths)
    extent = 280 * rng.uniform(0.5, 0.8)
    dot = extent * rng.uniform(0.03, 0.06)
    gap = dot * rng.uniform(1.5, 3)
    scale = extent / np.ptp(points, axis=0).max()
    offset = dot + rng.uniform(0.2, 0.8, 2) * (280 - np.ptp(points, axis=0) * scale - 2 * dot)
    page = Image.new("L", (840, 840))
    brush = ImageDraw.Draw(page)
    for path in paths:
        placed = (path - points.min(axis=0)) * scale + offset
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(placed, axis=0).T))])
        for place in np.linspace(0, along[-1], max(1, round(along[-1] / gap)) + 1):
            x, y = (3 * float(np.interp(place, along, placed[:, axis])) for axis in (0, 1))
            brush.ellipse((x - 1.5 * dot, y - 1.5 * dot, x + 1.5 * dot, y + 1.5 * dot), fill=255)
    return np.asarray(page.reduce(3))


def jpeg(page: NDArray[np.uint8], quality: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(page).save(file, "JPEG", quality=quality)
    return file.getvalue()


PLACES: dict[str, Callable[[Strokes, Rng], NDArray[np.uint8]]] = {
    "at the border": at_the_border,
    "cut tight": cut_tight,
    "small in a wide page": lost_in_a_wide_page,
    "made of dots": made_of_dots,
}
