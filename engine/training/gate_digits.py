"""What the gate learns to turn away: made-up pictures without a digit, or with more than one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.canonical import make_canonical
from engine.data.handwriting.hand import Hand
from engine.data.handwriting.signs import SIGNS
from engine.data.handwriting.writing import write, write_as
from engine.data.placing import SIDE, put_mass_in_middle
from engine.data.smoothing import smooth
from engine.data.strokes import PEN_WIDTH, Stroke, render
from engine.training import pen_page, scribbles
from engine.training.batches import Digits

_PEN_DEVIATION = 0.2  # of the logarithm of the pen's width
_THINNEST, _THICKEST = 1.8, 4.0  # pixels at 28×28
_SIGN_WEIGHTS = np.cumsum([sign.weight for sign in SIGNS])
_PLAIN = 2  # a label for which ``write_as`` has no rule of its own
_TURNED = (3, 4, 7)  # digits that lie on their side as no other stands
_MIRRORED = (3, 7, 9)  # digits that no mirror makes another, nor the same again
_PICTURED = 0.3  # share of what is drawn as a picture
_FEET = 0.2  # share of signs with feet, as print has them
_UPRIGHT = 1.5  # how much more down than across an end runs that gets a foot ...
_LEAST_END = 0.08  # ... and how long a quarter of its stroke is at least; a dot has none
_PENS = (5, 32)  # pixels on a page whose drawings are 120 high
_ALIKE = ({0, 6}, {0, 8}, {0, 9}, {3, 8}, {5, 6}, {5, 8}, {6, 8}, {8, 9}, {4, 9}, {7, 9}, {2, 8}, {3, 5})

Strokes = list[Stroke]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of picture: how often it comes, and who draws it as strokes."""

    name: str
    share: float
    draw: Callable[[np.random.Generator], Strokes]


def generate(count: int, seed: int, first: int = 0) -> NDArray[np.uint8]:
    """Return ``count`` pictures (count, 28, 28) that are no digit; each follows from seed and place alone.

    The places are ``first`` and those after it.

    Most are drawn as strokes, the rest as pictures with pens of any width, so that neither way looks like a
    digit's.
    """
    images = np.empty((count, SIDE, SIDE), np.uint8)
    shares = np.cumsum([kind.share for kind in _KINDS])
    for place in range(count):
        random = np.random.default_rng((seed, 7, first + place))
        at = random.random() * (shares[-1] + _SPOTS)
        if at >= shares[-1]:
            images[place] = _spot(random)
        else:
            strokes = _KINDS[int(np.searchsorted(shares, at, side="right"))].draw(random)
            is_picture = random.random() < _PICTURED
            images[place] = pictured(strokes, random) if is_picture else _rendered(strokes, random)
    return images


def pictured(strokes: Strokes, random: np.random.Generator) -> NDArray[np.uint8]:
    """Draw strokes with a pen of any width on a large page and read that as a picture."""
    page = pen_page.draw(strokes, int(random.integers(*_PENS)))
    strength = np.asarray(page).astype(np.float32) / np.float32(255)
    return make_canonical(strength)


def spoiled(digits: Digits, count: int, seed: int) -> NDArray[np.uint8]:
    """Return ``count`` pictures (count, 28, 28) made of digits so that none is left.

    Two lie over each other, or one lies on its side or is mirrored. Pairs and digits that may be read all
    the same are left out.
    """
    images = np.empty((count, SIDE, SIDE), np.uint8)
    for place in range(count):
        random = np.random.default_rng((seed, 8, place))
        kind = int(random.choice(3, p=(0.5, 0.25, 0.25)))
        while True:
            one, other = (int(at) for at in random.integers(0, len(digits.labels), 2))
            first, second = int(digits.labels[one]), int(digits.labels[other])
            if kind == 0 and 1 not in (first, second) and first != second and {first, second} not in _ALIKE:
                break
            if kind and first in (_TURNED if kind == 1 else _MIRRORED):
                break
        image, over = digits.images[one], digits.images[other]
        if kind == 0:
            images[place] = np.maximum(image, np.roll(over, random.integers(-2, 3, 2), (0, 1)))
        elif kind == 1:
            images[place] = np.rot90(image, int(random.choice((1, 3))))
        else:
            images[place] = image[:, ::-1]
        images[place] = put_mass_in_middle(images[place])
    return images


def _rendered(strokes: Strokes, random: np.random.Generator) -> NDArray[np.uint8]:
    pen = PEN_WIDTH * math.exp(random.normal(0, _PEN_DEVIATION))
    return render(strokes, float(np.clip(pen, _THINNEST, _THICKEST)))


def _sign(random: np.random.Generator) -> Strokes:
    """Write a letter, a kana or a mark, as a hand would."""
    index = int(np.searchsorted(_SIGN_WEIGHTS, random.random() * _SIGN_WEIGHTS[-1], side="right"))
    written: Strokes = write_as(SIGNS[index], _PLAIN, random, Hand.draw(random))
    return written + feet(written, random) if random.random() < _FEET else written


def feet(strokes: Strokes, random: np.random.Generator) -> Strokes:
    """Return short lying lines at the ends of upright strokes, as print has them."""
    half = np.array([random.uniform(0.07, 0.18), 0])
    lines: Strokes = []
    for stroke in strokes:
        reach = len(stroke) // 4
        for end, inner in ((stroke[0], stroke[reach]), (stroke[-1], stroke[-1 - reach])):
            over, down = np.abs(end[:2] - inner[:2])
            if down > max(_UPRIGHT * over, _LEAST_END):
                lines.append(np.linspace(end[:2] - half, end[:2] + half, 4).astype(np.float32))
    return lines


def _invented(random: np.random.Generator) -> Strokes:
    """Write a letter of no alphabet: three to seven strokes between a few places of a grid."""
    places = random.uniform(0, 1, (6, 2)) * [0.9, 1.2]
    strokes: Strokes = []
    for _ in range(int(random.integers(3, 8))):
        ends = places[random.choice(len(places), 2, replace=False)]
        way = np.linspace(ends[0], ends[1], 12)
        across = (ends[1] - ends[0])[::-1] * [-1, 1]
        bend = random.normal(0, 0.3) if random.random() < 0.5 else 0.0
        way = way + np.sin(np.linspace(0, math.pi, 12))[:, None] * across * bend
        strokes.append((way + random.normal(0, 0.006, way.shape)).astype(np.float32))
    return strokes


def _scribble(random: np.random.Generator) -> Strokes:
    """Move the pen to and fro: a few waves of each direction over a drift."""
    turns = random.uniform(3.5, 14)
    time = np.linspace(0, 1, int(20 * turns))
    phases = random.uniform(0, 2 * math.pi, (3, 2))
    speeds = np.array([turns, turns * random.uniform(0.5, 1.6), random.uniform(0.5, 3)])
    sizes = random.uniform(0.1, 1.0, (3, 2)) * np.array([[1.0], [0.6], [0.8]])
    waves = np.sin(2 * math.pi * speeds[:, None, None] * time[None, :, None] + phases[:, None])
    path = (sizes[:, None] * waves).sum(axis=0) + time[:, None] * random.normal(0, 1.6, 2)
    return [path.astype(np.float32)]


def _wandering(random: np.random.Generator) -> Strokes:
    """Let one or two pens wander through places drawn at random."""
    strokes: Strokes = []
    for _ in range(int(random.integers(1, 3))):
        corners = random.uniform(0, 1, (int(random.integers(7, 16)), 2))
        path = smooth(corners * 20) / 20 if random.random() < 0.6 else corners
        strokes.append(path.astype(np.float32))
    return strokes


def _over_each_other(random: np.random.Generator) -> Strokes:
    """Write two digits on one place; 1s are left out, and pairs of which one may hide in the other."""
    hand = Hand.draw(random)
    while True:
        pair = random.choice((0, 2, 3, 4, 5, 6, 7, 8, 9), 2, replace=False)
        if set(pair.tolist()) not in _ALIKE:
            break
    first, second = (write(int(label), random, hand) for label in pair)
    return first + _moved(second, random.normal(0, 0.1), random.normal(0, 0.1))


def _side_by_side(random: np.random.Generator) -> Strokes:
    """Write two or three digits in a row, near each other."""
    hand = Hand.draw(random)
    row: Strokes = []
    for _ in range(2 if random.random() < 0.8 else 3):
        digit = write(int(random.integers(10)), random, hand)
        shift = _right(row) - _left(digit) + random.uniform(0.0, 0.45) if row else 0.0
        row += _moved(digit, shift, random.normal(0, 0.06))
    return row


def _on_its_side(random: np.random.Generator) -> Strokes:
    """Write a digit turned by a quarter."""
    digit = write(int(random.choice(_TURNED)), random)
    angle = math.copysign(math.pi / 2, random.random() - 0.5) + random.normal(0, 0.15)
    frame = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return [(stroke[:, :2] @ frame).astype(np.float32) for stroke in digit]


def _crossed_out(random: np.random.Generator) -> Strokes:
    """Write a digit and strike it out."""
    digit = write(int(random.integers(10)), random)
    low, high = _left(digit), _right(digit)
    out = _scribble(random) if random.random() < 0.5 else _sign(random)
    path = np.concatenate([stroke[:, :2] for stroke in out])
    unit = (path - path.min(axis=0)) / np.maximum(np.ptp(path, axis=0), 1e-3)
    return [*digit, (unit * [high - low + 0.2, 0.8] + [low - 0.1, 0.1]).astype(np.float32)]


def _unfinished(random: np.random.Generator) -> Strokes:
    """Write a 4 without its last stroke."""
    while len(digit := write(4, random)) < 2:
        pass
    return digit[:1]


def _filled(random: np.random.Generator) -> Strokes:
    """Fill a round or square place with ink."""
    level = np.linspace(-1, 1, 24)
    half = np.sqrt(1 - level**2) if random.random() < 0.6 else np.ones(24)
    ends = np.column_stack([half * np.where(np.arange(24) % 2, 1, -1), level]) * random.uniform(0.4, 1, 2)
    angle = random.uniform(0, math.pi)
    frame = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return [(ends @ frame).astype(np.float32)]


def _marks(random: np.random.Generator) -> Strokes:
    """Draw dots and short lying lines, one to five of them."""
    strokes: Strokes = []
    for _ in range(int(random.integers(1, 6))):
        at = random.uniform(0, 1, 2)
        reach = np.array([random.uniform(-0.25, 0.25), random.uniform(-0.05, 0.05)])
        line = np.linspace(at, at + reach * (random.random() < 0.5), 4)
        strokes.append(line.astype(np.float32))
    return strokes


def _spot(random: np.random.Generator) -> NDArray[np.uint8]:
    """Make a picture of spots, patches or grain, as shadows and paper leave them."""
    side = int(random.choice((24, 32, 48)))
    waves = random.normal(0, 1, (side, side))
    spectrum = np.fft.rfft2(waves)
    down, across = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    spectrum *= np.exp(-((down**2 + across**2) * (side * random.uniform(0.03, 0.25)) ** 2))
    field = np.fft.irfft2(spectrum, s=(side, side))
    mask = field > np.quantile(field, random.uniform(0.5, 0.93))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    crop = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return make_canonical(crop.astype(np.float32))


def _moved(strokes: Strokes, right: float, down: float) -> Strokes:
    return [(stroke[:, :2] + [right, down]).astype(np.float32) for stroke in strokes]


def _left(strokes: Strokes) -> float:
    return min(float(stroke[:, 0].min()) for stroke in strokes)


def _right(strokes: Strokes) -> float:
    return max(float(stroke[:, 0].max()) for stroke in strokes)


_SPOTS = 0.03  # share of pictures that are no strokes
_KINDS = (
    _Kind("sign", 0.42, _sign),
    _Kind("invented", 0.09, _invented),
    _Kind("scribble", 0.05, _scribble),
    _Kind("wandering", 0.05, _wandering),
    _Kind("roaming", 0.06, scribbles.roaming),
    _Kind("shaken", 0.05, scribbles.shaken),
    _Kind("zigzag", 0.04, scribbles.zigzag),
    _Kind("looping", 0.03, scribbles.looping),
    _Kind("over each other", 0.08, _over_each_other),
    _Kind("side by side", 0.09, _side_by_side),
    _Kind("on its side", 0.03, _on_its_side),
    _Kind("crossed out", 0.02, _crossed_out),
    _Kind("unfinished", 0.02, _unfinished),
    _Kind("marks", 0.03, _marks),
    _Kind("filled", 0.01, _filled),
)
