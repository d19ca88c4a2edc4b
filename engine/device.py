"""Which processor computes, said aloud, and how many threads it may use."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from engine.errors import Code, EngineError

PREFERENCE = ("cuda", "mps", "cpu")  # what ``auto`` takes, first one present


@dataclass(frozen=True, slots=True)
class Device:
    """Where tensors live.

    Attributes:
        torch_name: what torch calls it: ``cpu``, ``cuda`` or ``mps``.
        spoken: what a person is told, for example ``cuda (NVIDIA GeForce RTX 4060)``.
    """

    torch_name: str
    spoken: str

    def spoken_with(self, threads: int) -> str:
        """Return what a person is told of a training: on the CPU with its threads, ``cpu (2 threads)``."""
        if self.torch_name != "cpu":
            return self.spoken
        return f"{self.spoken} ({threads} thread{'s' if threads != 1 else ''})"


def available() -> list[str]:
    """Return the names of the devices of this computer, best first; ``cpu`` is always among them."""
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    return [name for name in PREFERENCE if present[name]]


def resolve(name: str) -> Device:
    """Return the device called ``name``; ``auto`` is the best one present, never a silent substitute.

    Raises:
        EngineError: DEVICE_UNAVAILABLE.
    """
    present = available()
    chosen = present[0] if name == "auto" else name
    if chosen not in present:
        raise EngineError(Code.DEVICE_UNAVAILABLE, device=name)
    spoken = f"cuda ({torch.cuda.get_device_name()})" if chosen == "cuda" else chosen
    return Device(chosen, spoken)


def threads_for(model_name: str, batch_size: int) -> int:
    """Return how many CPU threads a training should use.

    A small perceptron and small batches are over before a second thread has woken up; convolutions share
    the work, but one core stays free for the window. OMP_NUM_THREADS, where set, is an upper limit.
    """
    if model_name == "mlp" or batch_size < 32:
        return 1
    limit = os.environ.get("OMP_NUM_THREADS", "")
    cores = _cores() - 1
    return max(1, min(cores, int(limit)) if limit.isdigit() else cores)


def use_threads(count: int) -> None:
    """Let torch use ``count`` CPU threads. The setting belongs to the process, so only a training sets it."""
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


def _cores() -> int:
    """Return the cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
