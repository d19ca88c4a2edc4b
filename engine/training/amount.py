"""A part of the training digits, to see what more data does."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.data.sample_types import Samples

SHOWN = 20  # times that a lesson shows a correction, at least: fewer leave one that was read surely as it was


def some_of(samples: Samples, count: int, seed: int, always: NDArray[np.int64] | None = None) -> Samples:
    """Return ``count`` of the digits, or all where there are no more, in the order of their ids.

    Those whose ids are in ``always`` are among them, all of them or as many as there is room for.
    """
    first = np.flatnonzero(np.isin(samples.ids, always)) if always is not None else np.empty(0, np.int64)
    first = first[-count:]  # the newest
    others = np.setdiff1d(np.arange(len(samples)), first)
    more = chosen(samples.labels[others], count - len(first), seed)
    places = np.union1d(first, others[more])
    return _at(samples, places)


def shown(own: int, corrections: int, config: TrainConfig) -> int:
    """Return how many images an epoch of a lesson shows, those that are rehearsed included.

    Args:
        own: digits of the document that can be learned from.
        corrections: how many of them are corrections.
        config: the settings, with ``rehearse``.
    """
    learned = min(own, config.train_images or own)
    return learned + (repeats(config.epochs) - 1) * min(corrections, learned) + config.rehearse


def repeats(epochs: int) -> int:
    """Return how often each of a lesson's epochs shows a correction: all together at least SHOWN times."""
    return -(-SHOWN // epochs)


def with_repeats(samples: Samples, corrections: NDArray[np.int64], times: int) -> Samples:
    """Return the digits with those whose ids are ``corrections`` ``times`` times, in the order of the ids."""
    places = np.repeat(np.arange(len(samples)), np.where(np.isin(samples.ids, corrections), times, 1))
    return _at(samples, places)


def _at(samples: Samples, places: NDArray[np.int64]) -> Samples:
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
