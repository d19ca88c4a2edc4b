"""Heat maps tell what a known model looks at."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from training_data import digits

from engine.config import TrainConfig
from engine.inference.explain import PATCH, STRIDE, integrated_gradients, last_hidden, occlusion, scores
from engine.inference.predictor import Predictor, load_base
from engine.training import checkpoint, models

FIVE = digits(1).images[5]
BLANK = np.zeros((28, 28), np.uint8)


@pytest.fixture(scope="module")
def base() -> Predictor:
    return load_base()


@pytest.fixture(scope="module")
def linear() -> Predictor:
    """A model whose score is a weighted sum of the pixels: its one hidden unit never falls to 0."""
    config = TrainConfig(model="mlp", hidden=(1,))
    model = models.build(config)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        model[2].weight.copy_(torch.rand(1, 784, generator=generator) - 0.5)
        model[2].bias.fill_(1000.0)
        model[4].weight.copy_(torch.linspace(-1, 1, 10)[:, None])
        model[4].bias.zero_()
    return Predictor(config, checkpoint.weights_to_bytes(model))


def weights_of(linear: Predictor, label: int) -> np.ndarray:
    """Return what one unit of ink at each pixel, 0 … 1, adds to the score."""
    through = (linear.model[4].weight[:, 0] - linear.model[4].weight[:, 0].mean())[label]
    return (through * linear.model[2].weight[0] / models.STD).reshape(28, 28).numpy()


@pytest.mark.parametrize("label", [0, 9])
def test_the_gradient_of_a_weighted_sum_is_its_weights_times_the_ink(linear, label):
    heat = integrated_gradients(linear, FIVE, label)
    assert heat == pytest.approx(weights_of(linear, label) * (FIVE / 255), abs=1e-5)


@pytest.mark.parametrize("label", [0, 9])
def test_covering_takes_from_a_weighted_sum_what_lies_under_the_patch(linear, label):
    ink = np.pad(weights_of(linear, label) * (FIVE / 255), PATCH)
    expected = np.zeros_like(ink)
    for top in range(PATCH % STRIDE, len(ink) - PATCH + 1, STRIDE):
        for left in range(PATCH % STRIDE, len(ink) - PATCH + 1, STRIDE):
            under = np.s_[top : top + PATCH, left : left + PATCH]
            expected[under] += ink[under].sum() / (PATCH / STRIDE) ** 2
    inner = np.s_[PATCH:-PATCH, PATCH:-PATCH]
    assert occlusion(linear, FIVE, label) == pytest.approx(expected[inner], abs=2e-3)


def test_all_pixels_together_are_the_score_less_that_of_blank_paper(base):
    score = scores(base.logits(np.stack([FIVE, BLANK])))
    for label in range(10):
        gained = score[0, label] - score[1, label]
        assert integrated_gradients(base, FIVE, label).sum() == pytest.approx(gained, abs=0.05 * 10)


def test_what_speaks_for_one_digit_speaks_against_the_others(base):
    for way in (occlusion, integrated_gradients):
        assert sum(way(base, FIVE, label) for label in range(10)) == pytest.approx(0.0, abs=1e-3)


def test_paper_far_from_the_ink_says_nothing_and_a_blank_digit_nothing_at_all(base):
    assert not integrated_gradients(base, FIVE, 5)[FIVE == 0].any()
    (top, bottom), (left, right) = ((at.min(), at.max()) for at in np.nonzero(FIVE))
    heat = occlusion(base, FIVE, 5)
    heat[max(0, top - PATCH) : bottom + PATCH, max(0, left - PATCH) : right + PATCH] = 0
    assert not heat.any()
    assert not occlusion(base, BLANK, 5).any() and not integrated_gradients(base, BLANK, 5).any()


def test_the_stroke_that_makes_a_seven_of_a_one_is_what_speaks_for_it(base):
    one = BLANK.copy()
    one[4:24, 13:16] = 255
    seven = one.copy()
    seven[4:7, 5:16] = 255
    assert base.predict(seven[None])[0].label == 7
    for way in (occlusion, integrated_gradients):
        heat = way(base, seven, 7)
        bar = heat[4:7, 5:13].sum()
        assert bar > 0 and bar > heat[10:, 13:16].sum() / 3


def test_explaining_leaves_the_model_as_it_was(base):
    before = base.logits(FIVE[None])
    integrated_gradients(base, FIVE, 5)
    assert (base.logits(FIVE[None]) == before).all()
    assert all(parameter.grad is None for parameter in base.model.parameters())


@pytest.mark.parametrize("kind", ["cnn", "mlp"])
def test_the_last_layer_makes_the_answer_of_what_the_last_hidden_one_made(kind):
    config = TrainConfig(model=kind, hidden=(20, 12))
    model = models.build(config)
    asked = Predictor(config, checkpoint.weights_to_bytes(model))
    images = digits(1).images
    hidden = last_hidden(asked, images)
    assert hidden.shape == (10, 256 if kind == "cnn" else 12)
    with torch.inference_mode():
        assert asked.model[-1](torch.tensor(hidden)).numpy() == pytest.approx(asked.logits(images), abs=1e-4)
    assert last_hidden(asked, images[:0]).shape[0] == 0


def test_scores_do_not_see_what_all_logits_share():
    logits = np.array([[1.0, 2.0, 6.0]], np.float32)
    assert scores(logits).tolist() == scores(logits + 5).tolist() == [[-2.0, -1.0, 3.0]]
