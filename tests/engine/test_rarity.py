"""Rare ways of writing are drawn oftener, in a selection that adds up."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import rarity, starter


def shifted_strokes(count: int) -> np.ndarray:
    """Return vertical strokes, all alike but for noise, (count, 28, 28)."""
    rng = np.random.default_rng(0)
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 4:24, 13:15] = 220
    return images + rng.integers(0, 30, images.shape).astype(np.uint8)


def test_the_digit_that_is_written_otherwise_is_drawn_oftener_than_the_common_one() -> None:
    images = shifted_strokes(400)
    images[7, 4:6, 6:14] = 220  # one of them has a flag
    images[8, 22:24, 6:22] = 220  # one has a foot
    images[9] = 255 - images[9]  # and one is damaged: nothing is as far away
    chances = rarity.chances(images, np.ones(400, int))
    common = np.median(chances)
    assert chances[7] > 3 * common
    assert chances[8] > 3 * common
    assert chances[9] == 0


def test_the_chances_of_each_class_add_up_to_one() -> None:
    images, labels = starter.load()
    chances = rarity.chances(images, labels)
    assert (chances >= 0).all()
    assert np.bincount(labels, chances) == pytest.approx(np.ones(10))


@pytest.mark.parametrize("count", [1, 2, 11])
def test_a_class_of_few_or_equal_digits_is_drawn_evenly(count: int) -> None:
    images = np.repeat(shifted_strokes(1), count, axis=0)
    assert rarity.chances(images, np.zeros(count, int)) == pytest.approx(np.full(count, 1 / count))
