"""Reads digits with a trained model."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.errors import Code, EngineError
from engine.inference.prediction import Prediction
from engine.inference.reject import Gate
from engine.resources import asset
from engine.training import calibration, checkpoint, models
from engine.training.batches import as_input
from engine.training.evaluation import Metrics, evaluate

if TYPE_CHECKING:
    from engine.data.document import Document

BASE = "base/base.safetensors"
UNSURE_BELOW = 0.5  # confidence under which an answer is "not sure", where a model does not say its own
CHUNK = 1000  # images at a time


class Predictor:
    """A model that answers; it never changes, so several threads may ask it at once.

    Attributes:
        config: the kind of model.
        threshold: trust from which an answer counts as a digit, 0 … 1.
        temperature: what logits are divided by, so that confidence is as often right as it says; > 0.
        gate: says what is a digit at all; without one everything may be.
    """

    def __init__(
        self,
        config: TrainConfig,
        weights: bytes,
        threshold: float = UNSURE_BELOW,
        temperature: float = 1.0,
        gate: Gate | None = None,
    ) -> None:
        """Build the model and put the weights in.

        Raises:
            ValueError: the bytes are damaged or belong to another model.
        """
        self.config = config
        self.threshold = threshold
        self.temperature = temperature
        self.gate = gate
        self.model = models.build(config)
        checkpoint.load_weights(self.model, weights)
        self.model.eval().requires_grad_(False)
        self.probabilities(np.zeros((1, 28, 28), np.uint8))  # the first answer takes 0.1 s: give it here

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return (N, 10) logits, before the temperature, for (N, 28, 28) uint8 canonical digits."""
        answers = np.empty((len(images), models.CLASSES), np.float32)
        for start in range(0, len(images), CHUNK):
            part = torch.tensor(images[start : start + CHUNK])
            with torch.inference_mode():
                answers[start : start + CHUNK] = self.model(as_input(part)).numpy()
        return answers

    def probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return (N, 10) probabilities for (N, 28, 28) uint8 canonical digits."""
        return calibration.probabilities(self.logits(images), self.temperature).astype(np.float32)

    def predict(self, images: NDArray[np.uint8]) -> list[Prediction]:
        """Return one answer for each of (N, 28, 28) uint8 canonical digits."""
        shares = self.shares(images)
        return [
            self._prediction(row, bool(image.any()), float(share))
            for row, image, share in zip(self.probabilities(images), images, shares, strict=True)
        ]

    def shares(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return how likely each of (N, 28, 28) canonical digits is one digit at all, (N,) 0 … 1."""
        return self.gate.shares(images) if self.gate is not None else np.ones(len(images), np.float32)

    def trusted(self, gate: Gate, threshold: float, temperature: float) -> Predictor:
        """Return the same model behind ``gate``, with another threshold and temperature."""
        other = copy.copy(self)
        other.gate, other.threshold, other.temperature = gate, threshold, temperature
        return other

    def evaluate(self, images: NDArray[np.uint8], labels: NDArray[Any]) -> Metrics:
        """Return how the model does on N ≥ 1 images (N, 28, 28) uint8 with labels (N,) 0 … 9."""
        return evaluate(self.model, images, labels)

    def _prediction(self, row: NDArray[np.float32], has_ink: bool, share: float) -> Prediction:
        label = int(row.argmax())
        is_digit = has_ink and min(float(row[label]), share) >= self.threshold
        return Prediction(label, float(row[label]), tuple(row.tolist()), is_digit, share)


def from_weights(data: bytes) -> Predictor:
    """Return a predictor for weights that say what model they belong to.

    Raises:
        ValueError: they do not, or are damaged.
    """
    _, about = checkpoint.read_weights(data)
    try:
        config = TrainConfig(model=about["model"], hidden=tuple(about["hidden"]))
        return Predictor(config, data, *_trust(about))
    except (KeyError, TypeError, EngineError) as error:
        raise ValueError("weights of an unknown model") from error


def load_base() -> Predictor:
    """Return the model that ships with the program.

    Raises:
        EngineError: ASSET_MISSING, ASSET_DAMAGED.
    """
    path = asset(BASE)
    try:
        return from_weights(path.read_bytes())
    except (OSError, ValueError) as error:
        raise EngineError(Code.ASSET_DAMAGED, path=path) from error


def load_run(document: Document, run: int, kind: str = "best") -> Predictor:
    """Return the ``best`` or ``last`` model of a run.

    Raises:
        EngineError: RUN_MISSING, RUN_WITHOUT_MODEL, CHECKPOINT_DAMAGED, NETWORK_UNKNOWN.
    """
    record = document.runs.get(run)
    saved = document.runs.load_checkpoint(run, kind) or document.runs.load_checkpoint(run, "last")
    if saved is None:
        raise EngineError(Code.RUN_WITHOUT_MODEL, run=run)
    try:
        _, about = checkpoint.read_weights(saved.weights)
        return Predictor(record.config, saved.weights, *_trust(about))
    except ValueError as error:
        raise checkpoint.refused(record, error) from error


def load_epoch(document: Document, run: int, epoch: int) -> Predictor:
    """Return the model that a run had at the end of an epoch; the best epoch's as it was, to the last bit.

    Raises:
        EngineError: RUN_MISSING, EPOCH_NOT_KEPT, CHECKPOINT_DAMAGED, NETWORK_UNKNOWN.
    """
    record = document.runs.get(run)
    best = document.runs.load_checkpoint(run, "best")
    weights = best.weights if best and best.epoch == epoch else document.epochs.weights(run, epoch)
    if weights is None:
        kept = [row.epoch for row in document.epochs.list(run) if row.has_model]
        kept += [best.epoch] if best and best.epoch not in kept else []
        names = ", ".join(str(number) for number in sorted(kept)) or "–"
        raise EngineError(Code.EPOCH_NOT_KEPT, run=run, epoch=epoch, kept=names)
    try:
        _, about = checkpoint.read_weights(weights)
        return Predictor(record.config, weights, *_trust(about))
    except ValueError as error:
        raise checkpoint.refused(record, error) from error


def _trust(about: dict[str, Any]) -> tuple[float, float]:
    """Return threshold and temperature as the weights' file has them, else the plain ones."""
    return _number(about, "threshold", UNSURE_BELOW), _number(about, "temperature", 1.0)


def _number(about: dict[str, Any], name: str, default: float) -> float:
    value = about.get(name, default)
    if type(value) not in (int, float) or not 0 < value < math.inf:
        raise ValueError(f"{name} is no positive number")
    return float(value)
