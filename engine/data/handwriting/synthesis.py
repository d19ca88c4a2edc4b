"""Digits of many hands as images, for training."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.hand import Hand
from engine.data.handwriting.writing import write
from engine.data.strokes import PEN_WIDTH, render

DIGITS_PER_HAND = 20
_PEN_DEVIATION = 0.2  # of the logarithm of the pen's width from writer to writer
_THINNEST, _THICKEST = 1.8, 4.0  # pixels at 28×28


def generate(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Write ``count`` digits, each ten of them 0 to 9, by a new writer every twenty; about 0.6 ms a digit.

    Returns:
        Canonical digits (count, 28, 28) and their labels (count,); they follow from ``seed`` alone, and the
        first ones do not depend on ``count``.
    """
    images = np.empty((count, 28, 28), np.uint8)
    labels = np.arange(count) % 10
    for start in range(0, count, DIGITS_PER_HAND):
        random = np.random.default_rng((seed, start))
        hand = Hand.draw(random)
        pen = PEN_WIDTH * math.exp(random.normal(0, _PEN_DEVIATION))
        for place in range(start, min(start + DIGITS_PER_HAND, count)):
            width = float(np.clip(pen * math.exp(random.normal(0, 0.05)), _THINNEST, _THICKEST))
            images[place] = render(write(int(labels[place]), random, hand), width)
    return images, labels
