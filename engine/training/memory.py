"""How much memory a training step takes: measured on one, and what this computer has left."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from engine.config import TrainConfig
from engine.training import models, optim
from engine.training.batches import as_input

_CGROUP = Path("/sys/fs/cgroup")


def step_bytes(config: TrainConfig, images: int, device: str = "cpu") -> int:
    """Take one real step of ``images`` digits and return the bytes that it held at once.

    On the CPU these are the batch, the numbers between the layers that the way back needs, and parameters,
    gradients and moments; on CUDA it is the peak that torch counts.

    Raises:
        torch.OutOfMemoryError, MemoryError, RuntimeError: it does not fit.
    """
    model = models.build(config).to(device)
    models.train_mode(model)
    optimizer = optim.AdamW(model, config.weight_decay)
    if device == "cuda":
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    kept: dict[int, int] = {}  # bytes by storage: two layers may keep the same numbers

    def keep(value: Tensor) -> Tensor:
        storage = value.untyped_storage()
        kept[storage.data_ptr()] = storage.nbytes()
        return value

    inputs = as_input(torch.zeros((images, 28, 28), dtype=torch.uint8, device=device))
    labels = torch.zeros(images, dtype=torch.int64, device=device)
    keep(inputs)
    keep(labels)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda value: value):
        loss = functional.cross_entropy(model(inputs), labels)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step(config.learning_rate)
    if device == "cuda":
        torch.cuda.synchronize()
        return int(torch.cuda.max_memory_allocated())
    parameters = sum(parameter.nbytes for parameter in model.parameters())
    learning = sum(parameter.nbytes for parameter in model.parameters() if parameter.requires_grad)
    for parameter in model.parameters():
        kept.pop(parameter.untyped_storage().data_ptr(), None)
    return sum(kept.values()) + parameters + 3 * learning  # the gradient and two moments of each


def free_bytes(device: str = "cpu") -> int | None:
    """Return how much memory the device has left; None where that cannot be known."""
    if device == "cuda":
        return int(torch.cuda.mem_get_info()[0])
    platform: str = sys.platform
    if platform == "linux":
        return _free_on_linux(Path("/proc/meminfo"), _CGROUP)
    if platform == "win32":
        return _free_on_windows()
    pages = os.sysconf_names.get("SC_PHYS_PAGES")  # macOS tells what there is, not what is free
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2 if pages is not None else None


def _free_on_linux(meminfo: Path, cgroup: Path) -> int | None:
    """Return what the system can give away, or a container's rest where that is less."""
    rooms: list[int] = []
    try:
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                rooms.append(int(line.split()[1]) * 1024)
        limit = (cgroup / "memory.max").read_text().strip()
        if limit != "max":
            rooms.append(int(limit) - int((cgroup / "memory.current").read_text()))
    except (OSError, ValueError, IndexError):
        pass  # no such file: the other one decides
    return max(0, min(rooms)) if rooms else None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *((name, ctypes.c_ulonglong) for name in ("total", "available", "total_page", "free_page")),
        *((name, ctypes.c_ulonglong) for name in ("total_virtual", "free_virtual", "free_extended")),
    )


def _free_on_windows() -> int | None:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    library = getattr(ctypes, "windll", None)
    if library is None or not library.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.available)
