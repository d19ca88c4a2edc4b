"""Pictures without a digit for measuring the gate, made in other ways than those it learned from.

Letters come from the system's fonts, bent a little, and are read as pictures; the gate learned from strokes
of our own templates, some with feet. Scribbles are walks with momentum, hatchings, spirals and polygons; it
learned from sums of waves, curves through places, loops, pens whose direction (not their speed) drifts, ways
that are shaken, and zigzags of a few uneven sweeps, which are nearest to what is measured here. Digits over
each other and crossed out are real pen digits of writers that it has not learned from."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.data.preprocess import from_image, from_strokes
from engine.data.strokes import Stroke, StrokeDigit

LATIN = "AEFHKMNPRTUVWXLacdefhijkmnprtuvwx"
GREEK = "αβγεηλμπρτχψωΑΓΔΘΛΞΠΣΦΨΩ"
CYRILLIC = "ДЖИЛПЦШЩЮЯФФдлмнкж"
KANA = (
    "あいうえおかきくけこさすせたとなにぬねはひふへほまみむめもや"
    "ゆよるわをんアオカキケサシタテトナネハヒホミムモヤユルレロン"
)
KANJI = (
    "山川田木水火土金人大小中日月本学校字子目耳口手足力男女年花見出入先生"
    "名前雨空音車町村森林竹草虫貝犬白赤青天気糸文正早夕石王玉"
)
MARKS = "?!&%#@+=*<>~€¥§√∞←→↑☆♥"
ALIKE = "OoDQlI|SsZzBbgqGyYCJ9θφξδσろるちらのつてフワノクマヌ"
"""What a person may take for a digit: measured apart."""

SCRIPTS = {"Latin": LATIN, "Greek": GREEK, "Cyrillic": CYRILLIC, "kana": KANA, "kanji": KANJI, "marks": MARKS}
_HIDDEN = ({0, 6}, {0, 8}, {0, 9}, {3, 8}, {5, 6}, {5, 8}, {6, 8}, {8, 9}, {4, 9}, {7, 9}, {2, 8}, {3, 5})
Random = np.random.Generator


def fonts(language: str) -> list[str]:
    """Return the files of installed fonts for a language, as fontconfig lists them."""
    listed = subprocess.run(
        ["fc-list", f":lang={language}", "file"], capture_output=True, text=True, check=True
    )
    files = sorted({line.split(":")[0].strip() for line in listed.stdout.splitlines()})
    return [file for file in files if file.lower().endswith((".ttf", ".otf", ".ttc"))]


def letter(text: str, font: str, random: Random) -> np.ndarray:
    """Return a picture (H, W) uint8 of one letter, dark on light, turned, slanted and squeezed a little."""
    drawn = ImageFont.truetype(font, int(random.integers(90, 160)))
    page = Image.new("L", (320, 320), 255)
    ImageDraw.Draw(page).text((160, 160), text, fill=0, font=drawn, anchor="mm")
    angle, slant = random.normal(0, 0.08), random.normal(0, 0.12)
    wide = math.exp(random.normal(0, 0.1))
    matrix = np.array([[math.cos(angle) / wide, slant - math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    shift = np.array([160, 160]) - matrix @ [160, 160]
    values = (matrix[0, 0], matrix[0, 1], shift[0], matrix[1, 0], matrix[1, 1], shift[1])
    moved = page.transform(page.size, Image.Transform.AFFINE, values, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(moved)


def letters(count: int, random: Random) -> list[tuple[str, np.ndarray]]:
    """Return (script, picture) of ``count`` letters; every script comes about as often."""
    latin, japanese = fonts("el"), fonts("ja")
    names = list(SCRIPTS)
    made = []
    for place in range(count):
        script = names[place % len(names)]
        chosen = latin if script in ("Latin", "Greek", "Cyrillic") else japanese  # which have the marks
        text = SCRIPTS[script][int(random.integers(len(SCRIPTS[script])))]
        made.append((script, letter(text, chosen[int(random.integers(len(chosen)))], random)))
    return made


def walk(random: Random) -> list[Stroke]:
    """Scribble by a walk with momentum."""
    steps = random.normal(0, 1, (int(random.integers(60, 200)), 2))
    speed = np.zeros(2)
    path = []
    for step in steps:
        speed = 0.8 * speed + step
        path.append(speed.copy())
    return [np.cumsum(path, axis=0).astype(np.float32)]


def hatching(random: Random) -> list[Stroke]:
    """Hatch to and fro, four to fifteen times."""
    sweeps = int(random.integers(4, 16))
    ends = np.column_stack([np.arange(sweeps) / sweeps, np.arange(sweeps) % 2]) + random.normal(
        0, 0.06, (sweeps, 2)
    )
    angle = random.uniform(0, math.pi)
    frame = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return [(ends * [random.uniform(0.5, 2), 1] @ frame).astype(np.float32)]


def spiral(random: Random) -> list[Stroke]:
    """Wind a spiral of two and a half to six turns."""
    turns = random.uniform(2.5, 6)
    time = np.linspace(0.05, 1, int(24 * turns))
    angle = 2 * math.pi * turns * time * random.choice((-1, 1)) + random.uniform(0, 2 * math.pi)
    ring = np.column_stack([np.cos(angle), np.sin(angle) * random.uniform(0.6, 1)])
    return [(ring * time[:, None] + random.normal(0, 0.015, ring.shape)).astype(np.float32)]


def polygon(random: Random) -> list[Stroke]:
    """Draw a closed line through seven to twelve places in no order."""
    corners = random.uniform(0, 1, (int(random.integers(7, 13)), 2))
    return [np.concatenate([corners, corners[:1]]).astype(np.float32)]


def shape(random: Random) -> list[Stroke]:
    """Draw a triangle, a wide box, a cross, a star, taps, or lying lines."""
    kind = int(random.integers(6))
    if kind < 4:
        corners = (3, 4, 4, 5)[kind]
        angle = -math.pi / 2 + (math.pi / 4 if kind in (1, 2) else 0) + random.normal(0, 0.06)
        turns = angle + 2 * math.pi * np.arange(corners + 1) * (2 if kind == 3 else 1) / corners
        ring = np.column_stack([np.cos(turns) * (random.uniform(1.2, 2) if kind == 1 else 1), np.sin(turns)])
        if kind == 2:
            return [ring[[0, 2]].astype(np.float32), ring[[1, 3]].astype(np.float32)]
        return [ring.astype(np.float32)]
    if kind == 4:
        return [
            np.repeat(random.uniform(0, 1, (1, 2)), 2, 0).astype(np.float32)
            for _ in range(int(random.integers(1, 6)))
        ]
    count = int(random.integers(1, 4))
    return [
        np.array(
            [[random.normal(0, 0.05), level], [1 + random.normal(0, 0.05), level + random.normal(0, 0.05)]],
            np.float32,
        )
        for level in 0.35 * np.arange(count)
    ]


def over_each_other(pens: Sequence[StrokeDigit], random: Random) -> list[Stroke]:
    """Write two real digits on one place; no 1, and no pair of which one hides in the other."""
    while True:
        first, second = (pens[int(place)] for place in random.integers(0, len(pens), 2))
        labels = {first.label, second.label}
        if len(labels) == 2 and 1 not in labels and labels not in _HIDDEN:
            return [
                *unit(first),
                *(stroke + random.normal(0, 0.08, 2).astype(np.float32) for stroke in unit(second)),
            ]


def crossed_out(pens: Sequence[StrokeDigit], random: Random) -> list[Stroke]:
    """Hatch over a real digit."""
    out = hatching(random)[0]
    out = (out - out.min(axis=0)) / np.ptp(out, axis=0) - 0.5
    return [*unit(pens[int(random.integers(len(pens)))]), (out * [0.9, 0.9]).astype(np.float32)]


def unit(digit: StrokeDigit) -> list[Stroke]:
    """Return strokes (n, 2) whose longer side is 1, around the origin."""
    points = np.concatenate([np.asarray(stroke)[:, :2] for stroke in digit.strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float((high - low).max()), 1e-6)
    return [
        ((np.asarray(stroke)[:, :2] - (low + high) / 2) / size).astype(np.float32) for stroke in digit.strokes
    ]


def thousand(pens: Sequence[StrokeDigit], seed: int = 4) -> dict[str, list[np.ndarray] | list[list[Stroke]]]:
    """Return 1,000 things without a digit by kind: letters as pictures (H, W), the rest as strokes."""
    random = np.random.default_rng(seed)
    made: dict[str, list] = {}
    for script, picture in letters(420, random):
        made.setdefault(f"letters, {script}", []).append(picture)
    drawn: dict[str, tuple[int, Callable[[], list[Stroke]]]] = {
        "walks": (90, lambda: walk(random)),
        "hatchings": (90, lambda: hatching(random)),
        "spirals": (50, lambda: spiral(random)),
        "polygons": (70, lambda: polygon(random)),
        "shapes, dots and lines": (100, lambda: shape(random)),
        "two digits over each other": (130, lambda: over_each_other(pens, random)),
        "digits crossed out": (50, lambda: crossed_out(pens, random)),
    }
    for name, (count, draw) in drawn.items():
        made[name] = [draw() for _ in range(count)]
    return made


def alike(seed: int = 5, each: int = 4) -> list[np.ndarray]:
    """Return pictures of the letters that a person may take for a digit."""
    random = np.random.default_rng(seed)
    japanese = fonts("ja")
    return [
        letter(text, japanese[int(random.integers(len(japanese)))], random)
        for text in ALIKE
        for _ in range(each)
    ]


def canonical(things: Sequence) -> np.ndarray:
    """Return the canonical digits (n, 28, 28) of pictures or strokes."""
    return np.stack(
        [(from_strokes if isinstance(thing, list) else from_image)(thing).digit for thing in things]
    )


def pens_of(path: Path) -> list[StrokeDigit]:
    """Return the digits of the writers that neither gate nor shipped model has learned from."""
    from engine.data.strokes import read_lines
    from engine.training.train_gate import writers_of

    return writers_of([digit for digit in read_lines(path) if digit.label is not None])[2]
