"""Augmentation varies a digit and keeps it the same digit."""

from __future__ import annotations

import pytest
import torch
from training_data import digits

from engine.training.augment import STRENGTHS, augment
from engine.training.batches import as_input, generator_for

PIXELS = torch.arange(28, dtype=torch.float32)


def _varied(inputs: torch.Tensor, strength: str, number: int = 0) -> torch.Tensor:
    return augment(inputs, strength, generator_for("test", number))


def _centres(images: torch.Tensor) -> torch.Tensor:
    """Return the centre of mass of (N, 1, 28, 28) images as (N, 2): row, column."""
    ink = images[:, 0].sum((1, 2))
    rows = (images[:, 0].sum(2) * PIXELS).sum(1) / ink
    columns = (images[:, 0].sum(1) * PIXELS).sum(1) / ink
    return torch.stack((rows, columns), 1)


def _inputs() -> torch.Tensor:
    return as_input(torch.tensor(digits(20).images))


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_the_result_is_an_image_of_the_same_kind(strength: str) -> None:
    before = _inputs()
    after = _varied(before, strength)
    assert after.shape == before.shape
    assert after.dtype == torch.float32
    assert after.min() >= 0
    assert after.max() <= 1 + 1e-6
    assert not torch.equal(after, before)


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_the_same_numbers_give_the_same_variation(strength: str) -> None:
    assert torch.equal(_varied(_inputs(), strength, 3), _varied(_inputs(), strength, 3))
    assert not torch.equal(_varied(_inputs(), strength, 3), _varied(_inputs(), strength, 4))


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_a_digit_is_never_mirrored_nor_turned_over(strength: str) -> None:
    corners = []
    for row, column in ((6, 6), (6, 20), (20, 6)):  # upper left, upper right, lower left
        dot = torch.zeros(500, 1, 28, 28)
        dot[..., row : row + 2, column : column + 2] = 1
        corners.append(_centres(_varied(dot, strength)))
    left_top, right_top, left_bottom = corners
    across, down = right_top - left_top, left_bottom - left_top  # (500, 2) row, column
    assert (across[:, 1] > 0).all()
    assert (down[:, 0] > 0).all()
    assert (across[:, 1] * down[:, 0] - across[:, 0] * down[:, 1] > 0).all()


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_a_digit_moves_no_further_than_its_limits(strength: str) -> None:
    dot = torch.zeros(500, 1, 28, 28)
    dot[..., 13:15, 13:15] = 1
    rows, columns = (_centres(_varied(dot, strength)) - 13.5).unbind(1)
    limits = STRENGTHS[strength]
    reach = limits.shift * (1 + limits.scale) + 4 * limits.elastic + 0.3
    assert rows.abs().max() <= reach
    assert columns.abs().max() <= reach
    assert rows.std() > 0.3
    assert columns.std() > 0.3


def test_strong_variation_changes_the_width_of_strokes_both_ways() -> None:
    bar = torch.zeros(300, 1, 28, 28)
    bar[..., 4:24, 12:15] = 1
    ink = _varied(bar, "strong").sum((1, 2, 3)) / bar[0].sum()
    assert ink.min() < 0.75
    assert ink.max() > 1.3


def test_a_batch_of_one_can_be_varied() -> None:
    assert _varied(_inputs()[:1], "strong").shape == (1, 1, 28, 28)
