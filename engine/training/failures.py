"""Whatever went wrong in a training, as something the user can be told."""

from __future__ import annotations

import logging

import torch

from engine.errors import Code, EngineError
from engine.events import RunFailed

logger = logging.getLogger(__name__)


def as_failure(run: int, error: Exception, device: str = "cpu", batch_size: int = 0) -> RunFailed:
    """Return the last event of a run that ``error`` ended; an unforeseen error is logged as well.

    Args:
        run: its number, 0 before it has one.
        error: what happened.
        device: where the run computes.
        batch_size: images a step; 0 when it does not compute yet.
    """
    if isinstance(error, EngineError):
        return RunFailed(run, error.code.value, error.fields)
    if batch_size and is_out_of_memory(error):
        fields: dict[str, object] = {"device": device, "batch_size": batch_size}
        return RunFailed(run, Code.OUT_OF_MEMORY.value, fields)
    logger.info("a training failed", exc_info=error)
    return RunFailed(run, Code.INTERNAL.value, {"detail": f"{type(error).__name__}: {error}"})


def is_out_of_memory(error: Exception) -> bool:
    """Return whether a device had no room; the CPU's allocator has no exception of its own, only words."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in str(error)
