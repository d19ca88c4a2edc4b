"""Weights and training state as safetensors bytes: nothing a file says is ever executed."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from engine.errors import Code, EngineError
from engine.training import models

if TYPE_CHECKING:
    from engine.data.runs import RunRecord

KEY = "digit_dojo"  # the one metadata entry: safetensors writes several in an order that changes

TRUST = ("threshold", "temperature")  # of a model that was measured on unseen writers, beside its weights


class OtherNetworkError(ValueError):
    """Weights that are whole, but have other layers than the model that they are for."""


@dataclass(slots=True)
class Progress:
    """Where a training stands; with weights and optimizer moments this is all that a resume needs.

    Attributes:
        segments: planned epochs, then those of each extension.
        epoch, step: epochs completed; steps done in all.
        loss_sum, correct: over the images of the epoch in progress.
        best_epoch: 0 before there is one; best_val_* are None without a val split.
        waited: epochs since the best one, for early stopping.
        seconds: training time without pauses.
        train_accuracy: of the last completed epoch.
    """

    segments: tuple[int, ...]
    epoch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    correct: int = 0
    best_epoch: int = 0
    best_val_loss: float | None = None
    best_val_accuracy: float | None = None
    waited: int = 0
    seconds: float = 0.0
    train_accuracy: float | None = None

    def check(self) -> None:
        """See that the numbers are possible.

        Raises:
            ValueError: they are not; somebody else wrote them.
        """
        counts = (self.epoch, self.step, self.correct, self.best_epoch, self.waited)
        figures = (self.loss_sum, self.seconds, self.best_val_loss, self.best_val_accuracy)
        if (
            not all(type(count) is int and 0 <= count < 1 << 62 for count in counts)
            or not all(type(length) is int and length >= 1 for length in self.segments)
            or not all(value is None or _is_number(value) for value in (*figures, self.train_accuracy))
            or None in figures[:2]
            or not self.epoch <= self.total_epochs
        ):
            raise ValueError("not a training state")

    @property
    def total_epochs(self) -> int:
        """Epochs of all segments."""
        return sum(self.segments)

    def note_epoch(self, val_loss: float | None, val_accuracy: float | None) -> bool:
        """Return whether the epoch just completed is the best so far, and count the wait for a better one.

        The best has the lowest validation loss; without validation it is always the last.
        """
        is_best = self.best_val_loss is None or val_loss is None or val_loss < self.best_val_loss
        self.waited = 0 if is_best else self.waited + 1
        if is_best:
            self.best_epoch = self.epoch
            self.best_val_loss, self.best_val_accuracy = val_loss, val_accuracy
        return is_best

    def give_up_rest(self) -> None:
        """Forget the planned epochs that were never begun, as early stopping does."""
        kept: list[int] = []
        for length in self.segments:
            kept.append(min(length, self.epoch - sum(kept)))
        self.segments = tuple(length for length in kept if length)


@dataclass(frozen=True, slots=True)
class TrainingState:
    """A training between two steps.

    Attributes:
        weights: safetensors bytes of the model.
        optimizer: AdamW's moments and step counts.
        progress: the numbers.
    """

    weights: bytes
    optimizer: dict[str, Tensor]
    progress: Progress

    def to_bytes(self) -> bytes:
        """Return everything but the weights."""
        return _pack(self.optimizer, asdict(self.progress))

    @classmethod
    def from_bytes(cls, weights: bytes, state: bytes) -> TrainingState:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: the bytes are not a training state.
        """
        optimizer, values = _unpack(state)
        try:
            values["segments"] = tuple(values["segments"])
            progress = Progress(**values)
        except (KeyError, TypeError) as error:
            raise ValueError("not a training state") from error
        progress.check()
        return cls(weights, optimizer, progress)

    def extended(self, epochs: int) -> TrainingState:
        """Return this state with ``epochs`` ≥ 1 more planned, as a segment with a cycle of its own."""
        segments = (*self.progress.segments, epochs)
        return replace(self, progress=replace(self.progress, segments=segments, waited=0))


def weights_to_bytes(model: nn.Module, metadata: dict[str, Any] | None = None) -> bytes:
    """Return the model's weights and statistics as safetensors, with JSON ``metadata`` if given."""
    return _pack(dict(model.state_dict()), metadata or {})


def small_weights(model: nn.Module, metadata: dict[str, Any] | None = None) -> bytes:
    """Return the weights in half precision, half the bytes: to look back with, not to train on.

    Numbers that half precision cannot hold stay as they are.
    """
    small: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        half = value.half() if value.dtype == torch.float32 else value
        small[name] = half if bool(torch.isfinite(half).all()) else value
    return _pack(small, metadata or {})


def read_weights(data: bytes) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return the tensors and the metadata of ``weights_to_bytes``.

    Raises:
        ValueError: the bytes are not safetensors.
    """
    return _unpack(data)


def load_weights(model: nn.Module, data: bytes) -> None:
    """Put weights into ``model``; those of half precision (``small_weights``) are widened.

    Raises:
        OtherNetworkError: their layers are not those of the model.
        ValueError: the bytes are damaged, or no numbers.
    """
    weights, _ = _unpack(data)
    weights = {name: value.float() if value.dtype == torch.half else value for name, value in weights.items()}
    if not models.fits(model, weights):
        raise OtherNetworkError("the weights belong to another model")
    model.load_state_dict(weights)
    if not all_finite(model):  # nothing of the kind is ever saved
        raise ValueError("the weights are no numbers")


def all_finite(model: nn.Module) -> bool:
    """Return whether every weight is a number."""
    return all(bool(torch.isfinite(value).all()) for value in model.state_dict().values())


def refused(record: RunRecord, error: ValueError) -> EngineError:
    """Return why a checkpoint of a run cannot be read: it is damaged, or of a network that is not known here.

    A run notes how many parameters its network has. Where that is another number than the network of its
    settings has here, another version trained it.
    """
    noted = record.facts.get("parameters")
    is_other = isinstance(error, OtherNetworkError) and type(noted) is int
    if is_other and noted != models.parameter_count(models.build(record.config)):
        return EngineError(Code.NETWORK_UNKNOWN, run=record.id)
    return EngineError(Code.CHECKPOINT_DAMAGED, run=record.id)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]


def _pack(tensors: dict[str, Tensor], values: dict[str, Any]) -> bytes:
    plain = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    return save(plain, metadata={KEY: json.dumps(values, sort_keys=True)})


def _unpack(data: bytes) -> tuple[dict[str, Tensor], dict[str, Any]]:
    try:
        tensors = load(data)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        values = json.loads(header["__metadata__"][KEY])
        if not isinstance(values, dict):
            raise TypeError("the metadata is no object")
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not Digit Dojo weights") from error
    return tensors, values
