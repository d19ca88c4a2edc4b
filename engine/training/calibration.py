"""How far a model's confidence can be trusted, and the one number that mends most of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 15
_LOG_RANGE = (math.log(0.25), math.log(8.0))
_ROUNDS = 40  # of the golden section: the temperature is then exact to 1e-7

Logits = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        n: how many, at least 1.
        confidence: their mean confidence, 0 … 1.
        accuracy: share of them that are right, 0 … 1.
    """

    n: int
    confidence: float
    accuracy: float


def probabilities(logits: Logits, temperature: float = 1.0) -> NDArray[np.float64]:
    """Return the softmax of (N, K) ``logits`` divided by ``temperature`` (> 0), (N, K)."""
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    powers = np.exp(scaled)
    result: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return result


def loss(logits: Logits, labels: NDArray[Any], temperature: float = 1.0) -> float:
    """Return the mean cross-entropy in nats of (N, K) logits for labels (N,) at a temperature."""
    scaled = logits.astype(np.float64) / temperature
    top = scaled.max(axis=1)
    total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
    return float((total - scaled[np.arange(len(labels)), labels]).mean())


def fit_temperature(logits: Logits, labels: NDArray[Any]) -> float:
    """Return the temperature, 0.25 … 8, at which the cross-entropy of (N, K) logits is least.

    One number for all answers: the order of the classes, and so the accuracy, stays as it is. After Guo,
    Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (2017), arXiv:1706.04599. The
    cross-entropy has one minimum in 1 / temperature, which a golden section search finds.
    """
    low, high = _LOG_RANGE
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(_ROUNDS):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(logits, labels, math.exp(left)) <= loss(logits, labels, math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def reliability(answers: NDArray[np.floating[Any]], labels: NDArray[Any]) -> list[Bin]:
    """Sort (N, K) answers into up to BINS bins of equally wide confidence, lowest first; none is empty."""
    confidence = answers.max(axis=1).astype(np.float64)
    right = answers.argmax(axis=1) == labels
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        Bin(int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
        for inside in (place == number for number in range(BINS))
        if inside.any()
    ]


def calibration_error(answers: NDArray[np.floating[Any]], labels: NDArray[Any]) -> float:
    """Return the expected calibration error, 0 … 1: the mean gap of confidence and accuracy, bins by size.

    After Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning" (2015).
    """
    bins = reliability(answers, labels)
    total = sum(bin_.n for bin_ in bins)
    return sum(bin_.n * abs(bin_.confidence - bin_.accuracy) for bin_ in bins) / max(total, 1)
