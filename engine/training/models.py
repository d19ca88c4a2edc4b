"""The two networks, and how weights get into them."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from engine.config import TrainConfig

MEAN, STD = 0.1307, 0.3081  # of MNIST's 60,000 train digits, pixels 0 … 1
PIXELS = 28 * 28
CLASSES = 10
MOMENTUM = 0.1  # share of a batch in batch normalisation's running statistics


class Normalise(nn.Module):
    """Pixels 0 … 1 to mean 0 and deviation 1; part of the model, so that every use does the same."""

    def forward(self, pixels: Tensor) -> Tensor:
        """Return ``pixels`` normalised, same shape."""
        return (pixels - MEAN) / STD


def build(config: TrainConfig) -> nn.Sequential:
    """Return the network of ``config`` with random weights that depend on its seed alone.

    Where only the last layer is to learn, the others ask for no gradients.

    Input: (N, 1, 28, 28) float32, 0 … 1. Output: (N, 10) logits.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        if config.model == "mlp":
            model = mlp(config.hidden)
        else:
            model = cnn().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if config.layers == "last":
        model.requires_grad_(False)
        model[-1].requires_grad_(True)
    return model


def mlp(hidden: tuple[int, ...]) -> nn.Sequential:
    """Return a multi-layer perceptron with the given hidden layers (ReLU)."""
    layers: list[nn.Module] = [Normalise(), nn.Flatten()]
    width = PIXELS
    for units in hidden:
        layers += [nn.Linear(width, units), nn.ReLU()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def cnn(classes: int = CLASSES) -> nn.Sequential:
    """Return the small convolutional network: 28 → 12 → 10 → 4 → 2 pixels, 16 → 32 → 64 → 64 channels."""
    return nn.Sequential(
        Normalise(),
        *_block(1, 16, 5, pool=True),  # 12 × 12
        *_block(16, 32, 3),  # 10 × 10
        *_block(32, 64, 3, pool=True),  # 4 × 4
        *_block(64, 64, 3),  # 2 × 2
        nn.Flatten(),
        nn.Linear(64 * 4, classes),
    )


def _block(inputs: int, outputs: int, kernel: int, pool: bool = False) -> list[nn.Module]:
    """Return a convolution without padding, halved where ``pool``; halving first spares the rest work."""
    halving = [nn.MaxPool2d(2)] if pool else []
    convolution = nn.Conv2d(inputs, outputs, kernel, bias=False)
    return [convolution, *halving, nn.BatchNorm2d(outputs), nn.ReLU()]


def train_mode(model: nn.Module) -> None:
    """Make the model learn; batch normalisation that is not to learn goes on with the statistics it has."""
    model.train()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d) and not module.weight.requires_grad:
            module.eval()


def parameter_count(model: nn.Module) -> int:
    """Return how many numbers training changes."""
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def set_statistics_momentum(model: nn.Module, momentum: float) -> None:
    """Set how much of the next batch enters the running statistics of batch normalisation, 0 … 1."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = momentum


def fits(model: nn.Module, weights: Mapping[str, Tensor]) -> bool:
    """Return whether ``weights`` have exactly the names, shapes and kinds of numbers of ``model``."""
    own = model.state_dict()
    return own.keys() == weights.keys() and all(
        own[name].shape == value.shape and own[name].dtype == value.dtype for name, value in weights.items()
    )


def describe(config: TrainConfig) -> dict[str, object]:
    """Return what a file of weights says about itself, so that it can be read without its run."""
    return {"model": config.model, "hidden": list(config.hidden), "mean": MEAN, "std": STD}
