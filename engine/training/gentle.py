"""The smallest step from one model towards another that has learned: what is not walked is not forgotten."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from engine.inference.predictor import Predictor, from_weights
from engine.training import checkpoint
from engine.training.batches import LabelledDigits

SHARES = tuple(share / 10 for share in range(1, 10))  # of the way that are tried, the smallest first
SURE = 0.5  # confidence from which a digit counts as learned: an answer is given from there on


def gentlest(start: bytes, learned: bytes, digits: LabelledDigits) -> bytes:
    """Return the weights on the way from ``start`` to ``learned`` that read all ``digits`` well enough.

    Each must be read right and surely, or else as surely as by ``learned`` itself. The way is straight, from
    number to number, as M. Wortsman et al. walk it ("Robust fine-tuning of zero-shot models", 2022,
    arXiv:2109.01903): on it a model keeps most of what it knew and has most of what it learned.

    Args:
        start: safetensors that say what model they belong to.
        learned: the same, of the same layers.
        digits: what was to be learned, N ≥ 1.

    Returns:
        ``learned`` itself where no smaller step does.

    Raises:
        ValueError: the bytes are damaged, or of models with other layers.
    """
    whole = from_weights(learned)
    wanted = np.minimum(SURE, _trust(whole, digits))
    before, after = (checkpoint.read_weights(data)[0] for data in (start, learned))
    _, about = checkpoint.read_weights(learned)
    if before.keys() != after.keys():
        raise ValueError("models with other layers")
    for share in SHARES:
        weights = {
            name: torch.lerp(before[name], value, share) if value.is_floating_point() else value
            for name, value in after.items()
        }
        whole.model.load_state_dict(weights)
        if (_trust(whole, digits) >= wanted).all():
            return checkpoint.weights_to_bytes(whole.model, about | {"share_of_lesson": share})
    return learned


def _trust(model: Predictor, digits: LabelledDigits) -> NDArray[np.float32]:
    """Return how probable each digit's own label is found, (N,)."""
    trust: NDArray[np.float32] = model.probabilities(digits.images)[
        np.arange(len(digits.labels)), digits.labels
    ]
    return trust
