"""The weights a training starts from: the shipped model's or another run's."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from engine.config import TrainConfig
from engine.data.document import Document
from engine.errors import Code, EngineError
from engine.inference.predictor import BASE
from engine.resources import asset
from engine.training import checkpoint, models


def start_weights(document: Document, config: TrainConfig) -> bytes | None:
    """Return the weights that ``config.start_from`` names; None for random ones.

    Raises:
        EngineError: ASSET_MISSING, ASSET_DAMAGED, RUN_MISSING, RUN_WITHOUT_MODEL, CHECKPOINT_DAMAGED,
            NETWORK_UNKNOWN;
            CONFIG_INVALID where the layers are not those of ``config``.
    """
    if config.start_from == "random":
        return None
    if config.start_from == "base":
        data = asset(BASE).read_bytes()
        try:
            tensors, about = checkpoint.read_weights(data)
        except ValueError as error:
            raise EngineError(Code.ASSET_DAMAGED, path=asset(BASE)) from error
    else:
        data, tensors, about = _of_run(document, int(config.start_from))
    if not models.fits(models.build(config), tensors):
        offered, wanted = _layers(about), _layers(models.describe(config))
        raise EngineError(
            Code.CONFIG_INVALID,
            field="start_from",
            value=f"{config.start_from} ({offered})",
            allowed=f"random, RUN ({wanted})",
        )
    return data


def _of_run(document: Document, run: int) -> tuple[bytes, dict[str, Tensor], dict[str, Any]]:
    """Return the best weights of a run, else its last ones, and what is in them."""
    record = document.runs.get(run)  # a run that is not there has its own error
    saved = document.runs.load_checkpoint(run, "best") or document.runs.load_checkpoint(run, "last")
    if saved is None:
        raise EngineError(Code.RUN_WITHOUT_MODEL, run=run)
    try:
        checkpoint.load_weights(models.build(record.config), saved.weights)
        return saved.weights, *checkpoint.read_weights(saved.weights)
    except ValueError as error:
        raise checkpoint.refused(record, error) from error


def _layers(about: dict[str, object]) -> str:
    """Return a model's kind in a word or two: ``cnn``, ``mlp 128``."""
    hidden = about.get("hidden")
    if about.get("model") != "mlp" or not isinstance(hidden, list):
        return str(about.get("model"))
    return " ".join(["mlp", *map(str, hidden)])
