"""Digits that are harder to read than a canvas shows them."""

from __future__ import annotations

import numpy as np

from engine.data.handwriting.writing import write
from engine.data.strokes import StrokeDigit, render
from engine.training import hard_digits, pen_page


def pens(count: int) -> list[StrokeDigit]:
    random = np.random.default_rng(5)
    return [StrokeDigit(write(label % 10, random), label % 10, "w") for label in range(count)]


def test_a_redrawn_pen_digit_is_another_picture_each_time_and_the_same_again_by_its_seed() -> None:
    own = pens(10)
    digits = hard_digits.redrawn(own, 2, seed=1)
    assert digits.labels.tolist() == [*range(10), *range(10)]
    np.testing.assert_array_equal(digits.images, hard_digits.redrawn(own, 2, seed=1).images)
    first, second = digits.images[:10], digits.images[10:]
    assert all((one != other).any() for one, other in zip(first, second, strict=True))
    stored = np.stack([render(digit.strokes) for digit in own]).astype(float)
    shared = (np.minimum(stored, first).sum((1, 2)) / stored.sum((1, 2))).mean()
    assert shared > 0.5  # still the writer's own form


def test_dots_cannot_be_redrawn_and_no_pens_give_no_digits() -> None:
    dot = StrokeDigit([np.array([[3.0, 3.0, 0.5]], np.float32)], 1, "w")
    assert len(hard_digits.redrawn([dot], 3, seed=1).labels) == 0
    assert hard_digits.pictured([], 0, seed=1).images.shape == (0, 28, 28)


def test_pictures_follow_from_seed_and_place() -> None:
    digits = hard_digits.pictured(pens(10), 20, seed=3)
    assert digits.labels.tolist() == [*range(10)] * 3
    np.testing.assert_array_equal(digits.images[:10], hard_digits.pictured(pens(10), 0, seed=3).images)
    assert (digits.images > 127).any(axis=(1, 2)).all()


def test_few_pixels_may_close_a_gap_and_may_leave_it() -> None:
    stems = [np.array([[x, 0], [x, 100]], np.float32) for x in (0, 20)]  # 24 pixels apart on the page
    page = pen_page.draw(stems, 14)
    runs = []
    for seed in range(60):
        ink = hard_digits.coarse(page, np.random.default_rng(seed)) > 0.5
        row = np.concatenate([[False], ink[len(ink) // 2], [False]])
        runs.append(int(np.count_nonzero(row[1:] & ~row[:-1])))
    assert set(runs) == {1, 2}
