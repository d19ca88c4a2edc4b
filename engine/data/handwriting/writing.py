"""From a template and a hand to pen strokes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.allograph import SPACING, Allograph, Points
from engine.data.handwriting.hand import Hand, favourite
from engine.data.handwriting.templates import TEMPLATES

_OTHER_WAY = 0.15  # chance that a writer does not use the favourite way
_STEPS_PER_ROUNDING = 3.0  # deviations of the filter that rounds corners, to each side
_TAIL_BEND = 0.6  # radians: deviation of the turn with which a pen leaves the page
_STEEP_FLAG = 0.6  # how far a 1's flag falls for each step to the left, at least
_STEEPEST_BAR = 0.4  # how far a 7's bar may rise or fall on the way
_LEAST_BAR = 0.42  # of a 7's height
_ROUND = (0, 6, 8, 9)  # drawn with straight lines, they become others: a 9 a 4
_TRIES = 6  # to write a digit that is legible; then it is written upright


def write(label: int, random: np.random.Generator, hand: Hand | None = None) -> list[NDArray[np.float32]]:
    """Write one digit, legible as ``label`` without doubt.

    Args:
        label: 0 … 9.
        random: draws all that differs from one digit to the next.
        hand: who writes; a new writer when None.

    Returns:
        A float32 array (n, 3) for each stroke: x, y down (parts of the template's height), pressure 0 … 1.
    """
    hand = hand or Hand.draw(random)
    index = int(hand.ways[label])
    if random.random() < _OTHER_WAY:
        index = favourite(label, random)
    return write_as(TEMPLATES[label][index], label, random, hand)


def write_as(
    way: Allograph, label: int, random: np.random.Generator, hand: Hand
) -> list[NDArray[np.float32]]:
    """Write ``label`` in one of its ways; see ``write``."""
    points, frame = _placed(way, label, random, hand)
    lines = []
    for curve in way.curves:
        part = points[curve.start : curve.stop]
        angular = hand.angular * (0.4 if way.firm or label in _ROUND else 0.8)
        lines.append((curve.round * (1 - angular) + curve.straight * angular) @ part)
    moved = []
    for place, line in enumerate(lines):
        following = lines[place + 1][0] if place + 1 < len(lines) else None
        moved.append(_hurried(line, following, way, random, hand) @ frame)
    return [_sampled(line, random, hand) for line in moved]


def _placed(way: Allograph, label: int, random: np.random.Generator, hand: Hand) -> tuple[Points, Points]:
    """Return control points (k, 2) and the matrix (2, 2) to multiply them with, for a legible digit."""
    for _ in range(_TRIES):
        points, frame = _bent(_pose(way, label, random, hand), random, hand), _frame(random, hand)
        if is_legible(label, way, points @ frame):
            return points, frame
    return way.poses[0], np.eye(2)


def is_legible(label: int, way: Allograph, points: Points) -> bool:
    """Say whether a 1 cannot be taken for a 7, nor a 7 for a 1; other digits have no such rule.

    Args:
        label: what was written.
        way: how.
        points: (k, 2) control points of the pose as they came to stand.
    """
    if label not in (1, 7) or way.flag is None:
        return True
    start, tip = points[way.flag[0]], points[way.flag[1]]
    over, down = tip[0] - start[0], start[1] - tip[1]
    height = float(np.ptp(points[:, 1]))
    if label == 1:
        return bool(over > 0 and down > _STEEP_FLAG * over)
    return bool(over > _LEAST_BAR * height and abs(down) < _STEEPEST_BAR * over)


def _pose(way: Allograph, label: int, random: np.random.Generator, hand: Hand) -> Points:
    """Mix the poses: mostly as this writer does, partly anew; then move every control point a little."""
    count = len(way.poses)
    own = hand.poses[label, :count]
    fresh = random.gamma(0.45, size=count) + 1e-3
    share = 0.15 + 0.35 * (1 - hand.care)
    mix = (1 - share) * own / own.sum() + share * fresh / fresh.sum()
    stray = (0.012 + 0.030 * (1 - hand.care)) * (0.6 if way.firm else 1.0)
    points: Points = np.tensordot(mix, way.poses, 1) + random.normal(0, stray, way.poses.shape[1:])
    return points


def _bent(points: Points, random: np.random.Generator, hand: Hand) -> Points:
    """Change the proportions and bend the page, smoothly, so that neighbouring points move together."""
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 0.3)
    place = (points - low) / size  # 0 … 1
    stray = random.normal(0, 1, 3) * [0.12, 0.08, 0.08]
    lower, fuller, top = np.clip(hand.proportions[:3] + stray, -0.5, 0.5)
    x = place[:, 0] + fuller * place[:, 0] * (1 - place[:, 0])
    y = place[:, 1] + lower * place[:, 1] * (1 - place[:, 1])
    x = 0.5 + (x - 0.5) * (1 + top * (1 - 2 * y))
    bent = np.column_stack([x, y]) * size + low
    waves = np.stack([hand.warp, random.normal(0, 1, (2, 2, 3)) * [1.0, 1.0, 0.016]]).reshape(4, 2, 3)
    phases = random.uniform(0, 2 * math.pi, (4, 2))
    angles = 3.0 * (place @ waves[:, :, :2].reshape(8, 2).T) + phases.ravel()  # (k, 8)
    shifts = (np.sin(angles) * waves[:, :, 2].ravel()).reshape(-1, 4, 2).sum(axis=1)
    result: Points = bent + shifts
    return result


def _frame(random: np.random.Generator, hand: Hand) -> Points:
    """Return the matrix (2, 2) that row vectors are multiplied with: width, slant and rotation."""
    slant = hand.slant + random.normal(0, 0.05)
    width = math.exp(float(np.clip(hand.proportions[3] + random.normal(0, 0.07), -0.45, 0.4)))
    turn = hand.turn + random.normal(0, 0.03)
    cosine, sine = math.cos(turn), math.sin(turn)
    frame: Points = np.array([[width, 0.0], [-slant, 1.0]]) @ np.array([[cosine, sine], [-sine, cosine]])
    return frame


def _hurried(
    line: Points, following: Points | None, way: Allograph, random: np.random.Generator, hand: Hand
) -> Points:
    """Round what a fast pen rounds, let the ends run on or stop short, add hooks and a tail."""
    rounding = 0.045 * hand.haste * random.random() * (0.5 if way.firm else 1.0)
    line = _rounded(line, rounding)
    count = len(line)
    cut = int(count * 0.05 * hand.haste * random.random())
    if random.random() < 0.3 and cut and not way.firm:
        line = line[: count - cut]
    pieces = [line]
    if random.random() < hand.hooks:
        pieces.insert(0, line[0] + _hook(random, 0.02 + 0.05 * hand.haste))
    if random.random() < 0.5 * hand.haste:
        pieces.append(_tail(line, following, random, hand))
    return np.concatenate(pieces) if len(pieces) > 1 else line


def _rounded(line: Points, deviation: float) -> Points:
    """Smooth a line by a Gaussian of ``deviation`` parts of the height; the ends stay in place."""
    reach = min(int(_STEPS_PER_ROUNDING * deviation / SPACING), len(line) - 1)
    if reach < 1:
        return line
    offsets = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (offsets * SPACING / deviation) ** 2)
    kernel /= kernel.sum()
    before = 2 * line[0] - line[reach:0:-1]
    after = 2 * line[-1] - line[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, line, after])
    rounded: Points = np.column_stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)])
    return rounded


def _hook(random: np.random.Generator, length: float) -> Points:
    """Return offsets (3, 2) of a pen that lands beside the stroke's start and is drawn to it."""
    angle = random.uniform(0, 2 * math.pi)
    way = np.array([math.cos(angle), math.sin(angle)]) * length * random.random()
    return np.array([1.0, 0.66, 0.33])[:, None] * way


def _tail(line: Points, following: Points | None, random: np.random.Generator, hand: Hand) -> Points:
    """Return the points (3, 2) by which the stroke runs on, bent towards where the pen goes next."""
    direction = line[-1] - line[max(0, len(line) - 4)]
    direction = direction / max(float(np.hypot(*direction)), 1e-6)
    if following is not None:
        ahead = following - line[-1]
        direction = direction + 0.8 * ahead / max(float(np.hypot(*ahead)), 1e-6)
    length = 0.08 * hand.haste * random.random()
    bend = random.normal(0, _TAIL_BEND) * np.array([0.5, 1.0, 1.5])
    turned = np.cos(bend)[:, None] * direction + np.sin(bend)[:, None] * [-direction[1], direction[0]]
    tail: Points = line[-1] + np.cumsum(turned * (length / 3), axis=0)
    return tail


def _sampled(line: Points, random: np.random.Generator, hand: Hand) -> NDArray[np.float32]:
    """Report points as a tablet does: closer where the pen is slow, in bends; with tremor and pressure."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1]) + 1e-9
    angles = np.arctan2(steps[:, 1], steps[:, 0])
    turns = np.abs((np.diff(angles) + math.pi) % (2 * math.pi) - math.pi)
    slow = np.zeros(len(lengths))
    slow[1:] += turns
    slow[:-1] += turns
    times = np.concatenate([[0.0], np.cumsum(lengths * (1 + np.minimum(0.02 * slow / lengths, 3.0)))])
    spacing = hand.spacing * math.exp(random.normal(0, 0.1))
    count = max(4, round(times[-1] / spacing) + 1)
    at = np.linspace(0, times[-1], count)
    report = np.empty((count, 3), np.float32)
    for axis in (0, 1):
        report[:, axis] = np.interp(at, times, line[:, axis])
    report[:, :2] += random.normal(0, hand.tremor, (count, 2))
    report[:, 2] = _pressure(np.linspace(0, 1, count), random, hand)
    return report


def _pressure(part: Points, random: np.random.Generator, hand: Hand) -> Points:
    """Return the pressure at each part 0 … 1 of a stroke: it swells, and fades as the pen lifts."""
    wave = np.sin(2 * math.pi * (part * random.uniform(0.3, 1.2) + random.random()))
    lift = np.clip((part - 0.8) / 0.2, 0, 1) * random.random()
    land = np.clip((0.1 - part) / 0.1, 0, 1) * random.random()
    return np.clip(hand.pressure + hand.pressure_change * (wave - lift - land), 0.0, 1.0)
