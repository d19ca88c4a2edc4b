"""How well a model reads digits, and how sure that figure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.events import Confusion
from engine.training.batches import as_input
from engine.training.interval import wilson

__all__ = ["Metrics", "evaluate", "evaluate_until", "wilson"]

CHUNK = 1000  # images at a time: large enough to be fast, small enough to stop at once


@dataclass(frozen=True, slots=True)
class Metrics:
    """One evaluation.

    Attributes:
        n: images, at least 1.
        loss: mean cross-entropy in nats.
        accuracy: share of right answers, 0 … 1.
        confusion: 10 rows (true digit) of 10 counts (answer).
    """

    n: int
    loss: float
    accuracy: float
    confusion: Confusion

    def interval(self) -> tuple[float, float]:
        """Return the 95 % Wilson interval of the accuracy."""
        return wilson(sum(self.confusion[digit][digit] for digit in range(10)), self.n)


def evaluate(model: nn.Module, images: NDArray[np.uint8] | Tensor, labels: NDArray[Any] | Tensor) -> Metrics:
    """Return how ``model`` does on N ≥ 1 images (N, 28, 28) uint8 with labels (N,) 0 … 9."""
    metrics = evaluate_until(model, images, labels, lambda: False)
    assert metrics is not None  # nothing interrupted it
    return metrics


def evaluate_until(
    model: nn.Module,
    images: NDArray[np.uint8] | Tensor,
    labels: NDArray[Any] | Tensor,
    interrupted: Callable[[], bool],
) -> Metrics | None:
    """Return as ``evaluate`` does, or None as soon as ``interrupted`` says so between two chunks."""
    device = next(model.parameters()).device
    pixels = images if isinstance(images, Tensor) else torch.tensor(images)
    truth = labels if isinstance(labels, Tensor) else torch.tensor(labels)
    truth = truth.to(device, torch.int64)
    if len(truth) == 0:
        raise ValueError("nothing to evaluate")
    modes = {
        module: module.training for module in model.modules()
    }  # not always one for all: models.train_mode
    model.eval()
    loss = torch.zeros((), device=device)
    answers: list[Tensor] = []
    try:
        for start in range(0, len(truth), CHUNK):
            if interrupted():
                return None
            with torch.inference_mode():
                logits = model(as_input(pixels[start : start + CHUNK].to(device)))
                loss += functional.cross_entropy(logits, truth[start : start + CHUNK], reduction="sum")
                answers.append(logits.argmax(1))
    finally:
        for module, mode in modes.items():
            module.training = mode
    table = torch.bincount(truth * 10 + torch.cat(answers), minlength=100).view(10, 10)
    confusion = tuple(tuple(row) for row in table.tolist())
    n = len(truth)
    return Metrics(n, loss.item() / n, int(table.trace().item()) / n, confusion)
