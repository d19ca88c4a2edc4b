"""How much an image counts: by its class, where that is wanted; little in a last batch of a few images."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

ENOUGH = 16  # images whose mean loss is as good to go by as that of a full batch


def balanced(counts: Tensor) -> Tensor:
    """Return a weight a class, N ÷ (K · n of the class): all classes together weigh the same.

    That is the weighting of King and Zeng ("Logistic Regression in Rare Events Data", Political Analysis 9,
    2001) for equal shares of the classes, which scikit-learn calls ``balanced``. K counts only classes that
    have a digit: one without has nothing to weigh and gets 0. An epoch's mean weight is 1, so that the
    learning rate means what it meant.

    Args:
        counts: (10,) how many digits of each class an epoch shows; at least one in all.
    """
    counts = counts.double()
    there = counts > 0
    weights = counts.sum() / (there.sum() * counts.clamp(min=1e-12))
    return torch.where(there, weights, 0.0).float()


def losses(
    logits: Tensor, labels: Tensor, weights: Tensor | None, share: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Return what a step makes smaller, and the plain mean loss that curves show.

    The weighted sum is divided by the number of images, not by their weights: else a batch that happens to
    hold common digits only would pull as strongly as one with the rare ones.

    An epoch's last batch is often smaller. Where it has a few images only, or a single one, their mean would
    move the parameters as far as that of a whole batch and undo what many have taught: see ``share_of``.

    Args:
        logits: (B, 10).
        labels: (B,) int64.
        weights: (10,), or None to weigh all classes alike.
        share: how much this batch counts, 0 … 1.
    """
    if weights is None:
        loss = functional.cross_entropy(logits, labels)
        return (loss * share if share < 1 else loss), loss
    each = functional.cross_entropy(logits, labels, reduction="none")
    objective = (each * weights[labels]).mean()
    return (objective * share if share < 1 else objective), each.detach().mean()


def share_of(images: int, full: int) -> float:
    """Return how much a batch of ``images`` counts where a full one has ``full``: 1 from ENOUGH images on."""
    return min(1.0, images / min(full, ENOUGH))
