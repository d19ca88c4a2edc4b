"""A part of the training digits, to see what more data does."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.sample_types import Samples


def some_of(samples: Samples, count: int, seed: int) -> Samples:
    """Return ``count`` of the digits, or all where there are no more, in the order of their ids."""
    places = chosen(samples.labels, count, seed)
    return Samples(
        samples.ids[places], samples.images[places], samples.labels[places], samples.splits[places]
    )


def chosen(labels: NDArray[Any], count: int, seed: int) -> NDArray[np.int64]:
    """Return the places of ``count`` of N labels, rising.

    Every class gives one digit before any gives a second, as long as it has some. A larger part holds the
    smaller ones of the same seed: more data is the same data and more.
    """
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    turn = np.empty(len(labels), np.int64)  # which one of its class a digit is
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        turn[members] = np.arange(len(members))
    place = np.empty(len(labels), np.int64)
    place[shuffled] = np.arange(len(labels))
    return np.sort(np.lexsort((place, turn))[:count])
