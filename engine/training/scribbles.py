"""Scribbles that the gate learns to turn away: a pen goes farther, or less straight, than any digit asks.

Each takes a generator and returns strokes of any scale, y down. None is drawn in the way of
``bench.recognition.no_digits``, which measures the gate: that one lets a speed drift, these let a direction
turn, a way be shaken, or a width swing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.data.smoothing import smooth
from engine.data.strokes import Stroke

Path = NDArray[np.float64]

_FARTHEST = 5.0  # times its size that a pen goes in a digit, an 8 or a written 2 with all its loops
_SHAKEN = 1.9  # times its way that a shaken pen goes at least, so that no trembling hand is meant


def roaming(random: np.random.Generator) -> list[Stroke]:
    """Let a pen of steady speed roam: how sharply it turns changes by chance, and slowly."""
    while True:
        count = int(random.integers(60, 260))
        inertia = random.uniform(0.3, 0.95)
        push = random.normal(0, random.uniform(0.15, 0.6) * math.sqrt(1 - inertia**2), count)
        turns = np.empty(count)
        turn = 0.0
        for place in range(count):
            turn = inertia * turn + push[place]
            turns[place] = turn
        heading = np.cumsum(turns) + random.uniform(0, 2 * math.pi)
        path = np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
        if count > _FARTHEST * np.ptp(path, axis=0).max():
            return [path.astype(np.float32)]


def shaken(random: np.random.Generator) -> list[Stroke]:
    """Lead a pen along a short way through two to five places, and shake it all the while."""
    places = random.uniform(0, 1, (int(random.integers(2, 6)), 2)) * [random.uniform(0.3, 1), 1]
    way = smooth(places * 20) / 20
    way = way[np.linspace(0, len(way) - 1, 160).astype(int)]
    noise = _blurred(random.normal(0, 1, (160, 2)), random.uniform(1.2, 4.0))
    plain = _length(way)
    reach = random.uniform(0.03, 0.08)
    while _length(shown := way + noise * reach) < _SHAKEN * plain:
        reach *= 1.15
    return [shown.astype(np.float32)]


def zigzag(random: np.random.Generator) -> list[Stroke]:
    """Draw four to ten sweeps to and fro, sharp or round, along a way that may bend and narrow."""
    sweeps = int(random.integers(4, 11))
    along = np.cumsum(random.gamma(6, 1 / 6, sweeps + 1))
    along = (along - along[0]) / (along[-1] - along[0])
    wide = random.uniform(0.2, 1.0) * (1 + random.normal(0, 0.12, sweeps + 1))
    wide = wide * (1 + random.uniform(-0.6, 0.6) * (along - 0.5))
    across = wide * np.where(np.arange(sweeps + 1) % 2, 0.5, -0.5)
    bend = random.normal(0, 0.5) if random.random() < 0.4 else 0.0
    corners = np.column_stack([along + 0.25 * bend * across, across + bend * along * (1 - along)])
    path = smooth(corners * 20) / 20 if random.random() < 0.35 else corners
    return [_turned(path, random.uniform(0, 2 * math.pi)).astype(np.float32)]


def looping(random: np.random.Generator) -> list[Stroke]:
    """Draw a chain of four to nine loops, or a figure whose two swings do not agree."""
    if random.random() < 0.6:
        loops = random.uniform(4, 9)
        time = np.linspace(0, 2 * math.pi * loops, int(24 * loops))
        tall, drift = random.uniform(0.5, 2.5), random.uniform(0.05, 0.7)
        swell = 1 + 0.4 * np.sin(time * random.uniform(0.05, 0.4) + random.uniform(0, 6))
        path = np.column_stack([np.cos(time) * swell + drift * time, tall * np.sin(time) * swell])
        path += _blurred(random.normal(0, 0.3, path.shape), 6)
        return [_turned(path, random.uniform(0, 2 * math.pi)).astype(np.float32)]
    across, down = ((2, 3), (3, 2), (3, 4), (4, 3), (3, 5), (5, 3))[int(random.integers(6))]
    time = np.linspace(0, 2 * math.pi * random.uniform(0.8, 1), 160)
    phase = random.uniform(0, 2 * math.pi)
    path = np.column_stack([np.sin(across * time + phase), np.sin(down * time)]) * random.uniform(0.5, 1, 2)
    return [_turned(path, random.normal(0, 0.4)).astype(np.float32)]


def _length(path: Path) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def _blurred(noise: Path, deviation: float) -> Path:
    """Smooth noise (n, 2) by a Gaussian of ``deviation`` points; its own deviation becomes 1 again."""
    reach = math.ceil(3 * deviation)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    rolled = np.column_stack([np.convolve(noise[:, axis], kernel, "same") for axis in (0, 1)])
    blurred: Path = rolled / np.maximum(rolled.std(axis=0), 1e-6)
    return blurred


def _turned(path: Path, angle: float) -> Path:
    frame = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    turned: Path = path @ frame
    return turned
