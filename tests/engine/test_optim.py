"""The optimizer and its schedule."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.config import TrainConfig
from engine.training import models
from engine.training.optim import BETAS, AdamW
from engine.training.schedule import EXTENSION_PEAK, corners, learning_rate


def test_a_cycle_rises_to_the_peak_and_falls_towards_zero() -> None:
    rates = [learning_rate(step, 0.01, [10], 100) for step in range(1, 1001)]
    peak = rates.index(max(rates))
    assert max(rates) == pytest.approx(0.01, rel=0.01)
    assert 240 <= peak <= 260
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert 0 < rates[-1] < 0.0001


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
def test_even_the_shortest_run_wastes_no_step_at_zero(steps: int) -> None:
    rates = [learning_rate(step, 1.0, [steps], 1) for step in range(1, steps + 1)]
    assert min(rates) > 0.1
    assert max(rates) <= 1.0


def test_an_extension_has_a_lower_cycle_of_its_own() -> None:
    before = [learning_rate(step, 0.01, [4], 50) for step in range(1, 201)]
    after = [learning_rate(step, 0.01, [4, 6], 50) for step in range(1, 501)]
    assert after[:200] == before
    assert max(after[200:]) == pytest.approx(0.01 * EXTENSION_PEAK, rel=0.01)


def test_a_step_behind_the_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="behind the plan"):
        learning_rate(11, 0.01, [2], 5)


def test_the_arithmetic_is_that_of_torchs_adamw() -> None:
    ours, theirs = (models.build(TrainConfig(model="mlp", hidden=(4,))) for _ in range(2))
    optimizer = AdamW(ours, weight_decay=0.1)
    reference = torch.optim.AdamW(theirs.parameters(), lr=0.01, betas=BETAS, weight_decay=0.1)
    inputs = torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    for _ in range(5):
        for model in (ours, theirs):
            model.zero_grad()
            model(inputs).square().mean().backward()
        optimizer.step(0.01)
        reference.step()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(mine, other, atol=1e-6)


def test_moments_of_another_model_are_refused() -> None:
    optimizer = AdamW(models.build(TrainConfig(model="mlp", hidden=(4,))), 0.0)
    other = AdamW(models.build(TrainConfig(model="mlp", hidden=(5,))), 0.0)
    with pytest.raises(ValueError, match="another model"):
        optimizer.load_state(other.state())


@pytest.mark.parametrize("segments", [[1], [4], [4, 6], [7, 1, 3]])
def test_the_corners_of_the_schedule_are_those_of_its_steps(segments: list[int]) -> None:
    xs, rates = zip(*corners(0.01, segments, 13), strict=True)
    steps = np.arange(1, 13 * sum(segments) + 1)
    wanted = [learning_rate(int(step), 0.01, segments, 13) for step in steps]
    assert np.interp(steps - 0.5, xs, rates) == pytest.approx(wanted)
