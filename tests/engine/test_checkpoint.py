"""Weights and training state as bytes."""

from __future__ import annotations

import pytest
import torch

from engine.config import TrainConfig
from engine.training import checkpoint, models
from engine.training.checkpoint import Progress, TrainingState


@pytest.mark.parametrize("name", ["mlp", "cnn"])
def test_weights_come_back_as_they_were(name: str) -> None:
    model = models.build(TrainConfig(model=name, seed=1))
    data = checkpoint.weights_to_bytes(model, {"model": name})
    other = models.build(TrainConfig(model=name, seed=2))
    checkpoint.load_weights(other, data)
    for mine, theirs in zip(model.state_dict().values(), other.state_dict().values(), strict=True):
        assert torch.equal(mine, theirs)
    assert checkpoint.read_weights(data)[1] == {"model": name}
    assert checkpoint.weights_to_bytes(other, {"model": name}) == data


def test_weights_of_another_model_are_refused() -> None:
    data = checkpoint.weights_to_bytes(models.build(TrainConfig(model="mlp")))
    with pytest.raises(ValueError, match="another model"):
        checkpoint.load_weights(models.build(TrainConfig(model="cnn")), data)


def test_damaged_bytes_are_refused() -> None:
    data = checkpoint.weights_to_bytes(models.build(TrainConfig(model="mlp")))
    foreign = b"\x02\x00\x00\x00\x00\x00\x00\x00{}"
    for bad in (b"", b"not safetensors at all", data[:-1], data[:100], data[8:], foreign):
        with pytest.raises(ValueError, match="not Digit Dojo weights"):
            checkpoint.read_weights(bad)


def test_a_training_state_comes_back_to_the_last_bit() -> None:
    progress = Progress((4, 2), epoch=3, step=37, loss_sum=1 / 3, correct=12, best_epoch=2)
    progress.best_val_loss, progress.seconds = 0.1 + 0.2, 2 / 7
    state = TrainingState(b"weights", {"average.0": torch.rand(3)}, progress)
    again = TrainingState.from_bytes(b"weights", state.to_bytes())
    assert again.progress == progress
    assert torch.equal(again.optimizer["average.0"], state.optimizer["average.0"])


def test_plain_weights_are_no_training_state() -> None:
    data = checkpoint.weights_to_bytes(models.build(TrainConfig(model="mlp")), {"model": "mlp"})
    with pytest.raises(ValueError, match="not a training state"):
        TrainingState.from_bytes(data, data)


def test_giving_up_the_rest_shortens_the_plan_to_what_was_done() -> None:
    progress = Progress((40, 10, 10), epoch=45)
    progress.give_up_rest()
    assert progress.segments == (40, 5)
    assert progress.total_epochs == 45
