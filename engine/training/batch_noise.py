"""How much the loss of a batch differs from that of another one, at one place of a training."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.data.document import Document
from engine.data.splits import Split
from engine.training import checkpoint, models
from engine.training.batches import as_input

CHUNK = 1_000  # images at a time
MOST = 8_000  # images whose losses are computed, spread over all: enough for a deviation


def noise_of(document: Document, run: int) -> float | None:
    """Return how far a batch's loss lies from the mean loss with the run's last parameters, as a share of it.

    It is taken from the losses of all training digits, as they are stored, and not from the few batches that
    a quick training shows: equal runs have equal noise on any computer. A share, since a network that has
    learned less loses more on each digit, and varies more, at any batch size. None where nothing was trained
    or lost.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
    """
    config = document.runs.get(run).config
    saved = document.runs.load_checkpoint(run, "last")
    members = document.runs.members(run, Split.TRAIN)
    labelled = np.flatnonzero(members.labels >= 0)
    if saved is None or not len(labelled):
        return None
    model = models.build(config)
    checkpoint.load_weights(model, saved.weights)
    some = labelled[:: -(-len(labelled) // MOST)]
    losses = losses_of(model, members.images[some], members.labels[some])
    mean = float(losses.mean())
    return deviation_of_means(losses, config.batch_size, len(labelled)) / mean if mean > 0 else None


def losses_of(
    model: nn.Module, images: NDArray[np.uint8], labels: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Return the cross-entropy in nats of each of N ≥ 1 images (N, 28, 28) uint8, labels (N,) 0 … 9."""
    model.eval()
    parts: list[Tensor] = []
    with torch.inference_mode():
        for start in range(0, len(images), CHUNK):
            truth = torch.tensor(labels[start : start + CHUNK], dtype=torch.int64)
            logits = model(as_input(torch.tensor(images[start : start + CHUNK])))
            parts.append(functional.cross_entropy(logits, truth, reduction="none"))
    return torch.cat(parts).double().numpy()


def deviation_of_means(values: NDArray[np.float64], size: int, count: int) -> float:
    """Return the standard deviation of the mean of ``size`` that are drawn, each once, from ``count`` values.

    σ √((N − B) ∕ (B (N − 1))), the standard error with the correction for a finite population (Cochran,
    *Sampling Techniques*, section 2.5); ``values`` (n,) are all of them or a sample. Who draws all has always
    the same mean: 0.
    """
    if size >= count:
        return 0.0
    return float(values.std() * np.sqrt((count - size) / (size * (count - 1))))
