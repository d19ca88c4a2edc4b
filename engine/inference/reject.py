"""The gate: says how likely a picture shows one digit at all, whichever model reads it then.

A network that knows digits only is sure of whatever it is shown: a scribble has to be some digit. The gate
has learned from digits of many hands and from made-up letters, scribbles and marks
(``engine.training.train_gate``), so that even a model of ten digits turns a scribble away.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import Code, EngineError
from engine.resources import asset
from engine.training import checkpoint, models
from engine.training.batches import as_input

GATE = "gate/gate.safetensors"
NO_DIGIT = models.CLASSES  # the eleventh class
CHUNK = 1000  # images at a time
_SHARPEST = 60.0  # the exponent at which a share is 0 or 1 anyway


class Gate:
    """Ten classes of digits and one of everything else; it never changes, so several threads may ask it.

    Attributes:
        threshold: the trust below which an answer is not given, where nobody has chosen another; 0 … 1.
        temperature: what the log-odds of being a digit are divided by; > 0.
    """

    def __init__(self, weights: bytes) -> None:
        """Build the network and put the weights in.

        Raises:
            ValueError: the bytes are damaged or belong to another model.
        """
        _, about = checkpoint.read_weights(weights)
        self.threshold = _positive(about, "threshold")
        self.temperature = _positive(about, "temperature")
        self.model = build()
        checkpoint.load_weights(self.model, weights)
        self.model.eval().requires_grad_(False)
        self.shares(np.zeros((1, 28, 28), np.uint8))  # the first answer takes longest: give it here

    def shares(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return for each of (N, 28, 28) uint8 canonical digits how likely it is one digit, (N,) 0 … 1."""
        odds = log_odds(self.model, images) / self.temperature
        shares: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -_SHARPEST, _SHARPEST)))
        return shares.astype(np.float32)


def build(seed: int = 0) -> torch.nn.Sequential:
    """Return the gate's network, untrained; its random weights follow from ``seed`` alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = models.cnn(models.CLASSES + 1)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def log_odds(model: torch.nn.Module, images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return (N,) how much more the network thinks of some digit than of none, in nats."""
    odds = np.empty(len(images))
    for start in range(0, len(images), CHUNK):
        part = torch.tensor(images[start : start + CHUNK])
        with torch.inference_mode():
            logits = model(as_input(part)).double()
            odds[start : start + CHUNK] = (logits[:, :NO_DIGIT].logsumexp(1) - logits[:, NO_DIGIT]).numpy()
    return odds


def load_gate() -> Gate:
    """Return the gate that ships with the program.

    Raises:
        EngineError: ASSET_MISSING, ASSET_DAMAGED.
    """
    path = asset(GATE)
    try:
        return Gate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise EngineError(Code.ASSET_DAMAGED, path=path) from error


def _positive(about: dict[str, Any], name: str) -> float:
    value: Any = about.get(name)
    if type(value) not in (int, float) or not 0 < value < math.inf:
        raise ValueError(f"{name} is no positive number")
    return float(value)
