"""How rare a way of writing a digit is: what makes a small selection of digits teach more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 10
COMPONENTS = 40  # principal components in which ways of writing are compared
POWER = 4.0  # a digit's chance grows with its rarity to this power; 3 to 6 serve alike
DAMAGED = 0.002  # share of the rarest, mostly torn or mislabelled, that is never drawn


def chances(images: NDArray[np.uint8], labels: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return for each digit the chance to be drawn within its class, so that rare styles are seen often.

    Args:
        images: (N, 28, 28), white ink on black.
        labels: (N,) 0 … 9.

    Returns:
        (N,) numbers that add up to 1 for each class that occurs.
    """
    result = np.zeros(len(images))
    for label in np.unique(labels):
        of_class = np.flatnonzero(labels == label)
        rare = rarity(images[of_class])
        weights = np.where(rare > np.quantile(rare, 1 - DAMAGED), 0.0, rare**POWER)
        if not weights.any():  # a single digit, or all of them alike
            weights = np.ones(len(of_class))
        result[of_class] = weights / weights.sum()
    return result


def rarity(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the mean distance of each image (N, 28, 28) to its nearest neighbours, (N,).

    Rounded, so that the last bits of another machine's arithmetic choose the same digits.
    """
    blurred = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(len(images), -1) / 255
    blurred -= blurred.mean(axis=0)
    _, axes = np.linalg.eigh(blurred.T @ blurred)  # eigenvalues rise: the last axes matter most
    features = blurred @ axes[:, -COMPONENTS:]
    squares = (features**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * features @ features.T
    count = min(NEIGHBOURS, len(images) - 1)
    nearest = np.partition(distances, count, axis=1)[:, : count + 1]  # the image itself among them: 0
    found: NDArray[np.float64] = np.round(np.sqrt(np.maximum(nearest, 0)).sum(axis=1) / max(count, 1), 3)
    return found
