"""Augmentation varies a digit and keeps it the same digit."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import torch
from training_data import digits

from engine.augmentation import NAMED, RANGES, Amounts
from engine.config import TrainConfig
from engine.training.augment import augment
from engine.training.batches import as_input, generator_for

MOST = Amounts(**{name: high for name, (_, high) in RANGES.items()})
KINDS = {**NAMED, "most": MOST}
PIXELS = torch.arange(28, dtype=torch.float32)


def _varied(inputs: torch.Tensor, strength: str, number: int = 0) -> torch.Tensor:
    return augment(inputs, KINDS[strength], generator_for("test", number))


def _centres(images: torch.Tensor) -> torch.Tensor:
    """Return the centre of mass of (N, 1, 28, 28) images as (N, 2): row, column."""
    ink = images[:, 0].sum((1, 2))
    rows = (images[:, 0].sum(2) * PIXELS).sum(1) / ink
    columns = (images[:, 0].sum(1) * PIXELS).sum(1) / ink
    return torch.stack((rows, columns), 1)


def _inputs() -> torch.Tensor:
    return as_input(torch.tensor(digits(20).images))


@pytest.mark.parametrize("strength", ["light", "strong", "most"])
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


@pytest.mark.parametrize("strength", ["light", "strong", "most"])
def test_a_digit_is_never_mirrored_nor_turned_over(strength: str) -> None:
    corners = []
    near, far = (9, 17) if strength == "most" else (6, 20)
    for row, column in ((near, near), (near, far), (far, near)):  # upper left, upper right, lower left
        dot = torch.zeros(500, 1, 28, 28)
        dot[..., row : row + 2, column : column + 2] = 1
        corners.append(_centres(_varied(dot, strength)))
    left_top, right_top, left_bottom = corners
    across, down = right_top - left_top, left_bottom - left_top  # (500, 2) row, column
    seen = ~torch.isnan(across + down).any(1)  # all amounts at their most may lose a dot
    assert seen.sum() >= (490 if strength == "most" else 500)
    across, down = across[seen], down[seen]
    assert (across[:, 1] > 0).all()
    assert (down[:, 0] > 0).all()
    assert (across[:, 1] * down[:, 0] - across[:, 0] * down[:, 1] > 0).all()


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_a_digit_moves_no_further_than_its_limits(strength: str) -> None:
    dot = torch.zeros(500, 1, 28, 28)
    dot[..., 13:15, 13:15] = 1
    rows, columns = (_centres(_varied(dot, strength)) - 13.5).unbind(1)
    limits = KINDS[strength]
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


# What light and strong made when runs were first stored: an old run goes on only as long as this holds.
FIRST_MADE = {
    "light": (
        [131.762283, 53.314091, 131.308319, 125.014328, 96.459763, 107.559258],
        [0.010373808, 0.166552752, 0.058345314, 0.0, 0.0, 0.0],
        0.7140060067176819,
    ),
    "strong": (
        [165.168152, 44.993904, 118.734802, 87.172256, 112.876183, 141.860367],
        [0.0] * 6,
        0.9098476767539978,
    ),
}


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_light_and_strong_make_what_they_always_made(strength: str) -> None:
    sums, row, next_number = FIRST_MADE[strength]
    generator = generator_for("bits", strength)
    made = augment(_inputs(), NAMED[strength], generator)
    assert made.sum((1, 2, 3))[:6].tolist() == pytest.approx(sums, rel=1e-5)
    assert made[3, 0, 10, 8:14].tolist() == pytest.approx(row, abs=1e-5)
    assert torch.rand(1, generator=generator).item() == next_number, "they drew as many numbers"


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_custom_amounts_equal_to_named_ones_make_the_same(strength: str) -> None:
    config = TrainConfig(augment="custom", augment_amounts=asdict(NAMED[strength]))  # type: ignore[arg-type]
    assert config.amounts is not None
    same = augment(_inputs(), config.amounts, generator_for("test", 0))
    assert torch.equal(same, _varied(_inputs(), strength))


@pytest.mark.parametrize("name", list(RANGES))
def test_each_amount_alone_varies_a_digit(name: str) -> None:
    before = _inputs()
    amounts = Amounts(**{name: RANGES[name][1] / 2})
    after = augment(before, amounts, generator_for("test", 0))
    assert (after - before).abs().max() > 0.1
    if name in ("thicker", "thinner"):
        grown = (after.sum((1, 2, 3)) - before.sum((1, 2, 3))) * (1 if name == "thicker" else -1)
        assert grown.max() > 1
        assert grown.min() > -0.01, "to one side only"


def test_no_amount_at_all_leaves_a_digit_as_it_is() -> None:
    after = augment(_inputs(), Amounts(), generator_for("test", 0))
    assert torch.allclose(after, _inputs(), atol=1e-4)
