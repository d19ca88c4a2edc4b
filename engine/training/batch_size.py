"""The largest batch size that fits the memory there is: found by trying, not guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.config import BATCH_SIZE_RANGE, TrainConfig
from engine.device import resolve
from engine.training import memory
from engine.training.failures import is_out_of_memory

FIRST = 8  # images of the first try
MARGIN = 0.8  # share of the free memory that a step may take: the rest of the program needs some, too
FINENESS = 8  # the search ends when the step between fitting and not is an eighth

Attempt = Callable[[int], int]  # batch size -> bytes; raises where the device has no room
Progress = Callable[[int, int], bool]  # (tries done, 0) -> False when it should end


@dataclass(frozen=True, slots=True)
class Try:
    """One batch size that was tried; ``bytes`` is None where it did not fit."""

    batch_size: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the search came to.

    Attributes:
        batch_size: the largest that fits; 0 when not even the first did.
        limit: ``data`` (all images in one batch), ``memory`` or ``range`` (no setting is larger).
        free: bytes that were free before; None where that cannot be known.
        device: as told to the user.
        tries: in the order in which they were made.
    """

    batch_size: int
    limit: str
    free: int | None
    device: str
    tries: tuple[Try, ...]


def largest(
    config: TrainConfig,
    images: int,
    *,
    attempt: Attempt | None = None,
    free: int | None = None,
    below: int | None = None,
    progress: Progress = lambda _done, _total: True,
) -> Found | None:
    """Double the batch size until a real step no longer fits, then halve the distance.

    A computer that runs out of memory does not refuse, it stalls; so on the CPU a step is only tried where
    the last one, grown in proportion, fits into the free memory.

    Args:
        config: the settings; their batch size does not matter.
        images: of the train split, at least 1: a larger batch would be the same.
        attempt: takes a step of so many images; a real one where none is given.
        free: bytes that are free; measured where none are given.
        below: only sizes under this one, which has failed in a training.
        progress: told before each try.

    Returns:
        What was found; None when ``progress`` ended it.

    Raises:
        EngineError: DEVICE_UNAVAILABLE.
    """
    device = resolve(config.device)
    name = device.torch_name
    room = free if free is not None else memory.free_bytes(name)
    take = attempt if attempt is not None else lambda size: _step(config, size, name)
    top = min(images, BATCH_SIZE_RANGE[1], below - 1 if below is not None else images)
    limit = "memory" if below is not None and top == below - 1 else "data" if top == images else "range"
    tries: list[Try] = []

    def fits(size: int) -> bool:
        last = max((done for done in tries if done.bytes), key=lambda done: done.batch_size, default=None)
        expected = last.bytes * size / last.batch_size if last is not None and last.bytes else 0.0
        needed: int | None = None
        if name != "cpu" or room is None or expected <= MARGIN * room:
            try:
                needed = take(size)
            except (MemoryError, RuntimeError) as error:
                if not is_out_of_memory(error):
                    raise
        if needed is not None and name == "cpu" and room is not None and needed > MARGIN * room:
            needed = None
        tries.append(Try(size, needed))
        return needed is not None

    good, bad = 0, top + 1
    size = min(FIRST, top)
    while good < top and bad - good > max(1, good // FINENESS):
        if not progress(len(tries), 0):
            return None
        if fits(size):
            good = size
        else:
            bad = size
        size = min(2 * good, top) if bad > top else (good + bad) // 2
        if size <= good:
            break
    return Found(good, limit if good == top else "memory", room, device.spoken, tuple(tries))


def _step(config: TrainConfig, size: int, device: str) -> int:
    return memory.step_bytes(replace(config, batch_size=size), size, device)
