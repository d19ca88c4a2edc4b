"""How much an image counts: by its class, where that is wanted, and never more for a smaller batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


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

    An epoch's last batch is often smaller. Its mean would give each of its images more weight than the others
    have, a single one that of a whole batch, and it would undo what many have taught: with ``share`` all
    images of an epoch count alike.

    Args:
        logits: (B, 10).
        labels: (B,) int64.
        weights: (10,), or None to weigh all classes alike.
        share: images of this batch ÷ those of a full one, at most 1.
    """
    if weights is None:
        loss = functional.cross_entropy(logits, labels)
        return (loss * share if share < 1 else loss), loss
    each = functional.cross_entropy(logits, labels, reduction="none")
    objective = (each * weights[labels]).mean()
    return (objective * share if share < 1 else objective), each.detach().mean()
