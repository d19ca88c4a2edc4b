"""The two networks."""

from __future__ import annotations

import pytest
import torch

from engine.config import TrainConfig
from engine.training import models


@pytest.mark.parametrize("name", ["mlp", "cnn"])
def test_a_model_turns_images_into_ten_logits(name: str) -> None:
    logits = models.build(TrainConfig(model=name))(torch.rand(3, 1, 28, 28))
    assert logits.shape == (3, 10)


@pytest.mark.parametrize("name", ["mlp", "cnn"])
def test_the_seed_alone_decides_the_first_weights(name: str) -> None:
    def weights(seed: int) -> list[torch.Tensor]:
        return list(models.build(TrainConfig(model=name, seed=seed)).state_dict().values())

    torch.manual_seed(1)
    first = weights(5)
    torch.manual_seed(2)
    assert all(torch.equal(a, b) for a, b in zip(first, weights(5), strict=True))
    assert not torch.equal(first[0], weights(6)[0])


def test_building_a_model_leaves_torchs_own_random_numbers_alone() -> None:
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    models.build(TrainConfig())
    assert torch.equal(torch.rand(4), expected)


def test_the_perceptron_has_one_or_two_hidden_layers_of_the_wanted_width() -> None:
    one = models.parameter_count(models.build(TrainConfig(model="mlp", hidden=(32,))))
    two = models.parameter_count(models.build(TrainConfig(model="mlp", hidden=(32, 16))))
    assert one == 784 * 32 + 32 + 32 * 10 + 10
    assert two == 784 * 32 + 32 + 32 * 16 + 16 + 16 * 10 + 10


def test_a_batch_of_one_image_trains_the_convolutional_network() -> None:
    model = models.build(TrainConfig(model="cnn")).train()
    model(torch.rand(1, 1, 28, 28)).sum().backward()
    assert all(torch.isfinite(value).all() for value in model.state_dict().values())


def test_normalisation_is_part_of_the_model() -> None:
    pixels = torch.full((1, 1, 28, 28), models.MEAN + models.STD)
    assert torch.allclose(models.Normalise()(pixels), torch.ones(1))


def test_weights_fit_only_the_model_they_were_made_for() -> None:
    small = models.build(TrainConfig(model="mlp", hidden=(8,)))
    assert models.fits(small, models.build(TrainConfig(model="mlp", hidden=(8,), seed=9)).state_dict())
    assert not models.fits(small, models.build(TrainConfig(model="mlp", hidden=(9,))).state_dict())
    assert not models.fits(small, models.build(TrainConfig(model="cnn")).state_dict())
