"""Confidence that is as often right as it says."""

from __future__ import annotations

import numpy as np
import pytest

from engine.training.calibration import calibration_error, fit_temperature, loss, probabilities, reliability


def honest(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return logits (count, 10) and labels drawn from exactly the probabilities that they state."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 2, (count, 10))
    steps = probabilities(logits).cumsum(axis=1)
    return logits, (steps < random.random((count, 1))).sum(axis=1).clip(max=9)


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_an_overconfident_model_gets_the_temperature_that_undoes_it(factor: float) -> None:
    logits, labels = honest(20_000)
    assert fit_temperature(logits * factor, labels) == pytest.approx(factor, rel=0.05)


def test_the_temperature_lowers_loss_and_calibration_error_and_keeps_every_answer() -> None:
    logits, labels = honest(5_000)
    logits = logits * 4
    temperature = fit_temperature(logits, labels)
    before, after = probabilities(logits), probabilities(logits, temperature)
    assert loss(logits, labels, temperature) < loss(logits, labels)
    assert calibration_error(after, labels) < 0.03 < calibration_error(before, labels)
    assert (before.argmax(1) == after.argmax(1)).all()


def test_probabilities_add_up_even_for_huge_logits() -> None:
    rows = probabilities(np.array([[1e5, 0.0, -1e5], [0.0, 0.0, 0.0]]))
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    np.testing.assert_allclose(rows[0], [1, 0, 0], atol=1e-12)


def test_each_bin_tells_how_many_answers_it_holds_and_how_many_are_right() -> None:
    answers = np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.45, 0.55]])
    labels = np.array([0, 0, 1, 1])
    low, high = reliability(answers, labels)
    assert (low.n, high.n) == (1, 3)
    assert (low.accuracy, high.accuracy) == (1.0, pytest.approx(2 / 3))
    assert (low.confidence, high.confidence) == (pytest.approx(0.55), pytest.approx(0.9))
    assert calibration_error(answers, labels) == pytest.approx((0.45 + 3 * (0.9 - 2 / 3)) / 4)


def test_a_model_that_is_always_right_gets_a_temperature_within_its_range() -> None:
    assert 0.2 < fit_temperature(np.eye(10) * 5, np.arange(10)) < 0.3
