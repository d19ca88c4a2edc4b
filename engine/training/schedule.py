"""The one-cycle learning rate as a pure function of the step, without PyTorch: a window draws it."""

from __future__ import annotations

from collections.abc import Sequence

RISE = 0.25  # share of a cycle in which the learning rate rises
EXTENSION_PEAK = 0.3  # peak of an extension's cycle, relative to the first: it refines, it does not restart


def learning_rate(step: int, peak: float, segments: Sequence[int], steps_per_epoch: int) -> float:
    """Return the learning rate of global ``step`` (from 1).

    Each segment (the planned epochs, then every extension) has its own cycle: a straight rise over the
    first quarter, a straight fall to zero after it, taken in the middle of each step so that no step is
    wasted at zero. After L. N. Smith, "Super-Convergence" (2018), arXiv:1708.07120.

    Args:
        step: 1 … sum of ``segments`` × ``steps_per_epoch``.
        peak: the highest rate of the first segment.
        segments: epochs of each segment.
        steps_per_epoch: steps of one epoch.
    """
    first = 0
    for number, epochs in enumerate(segments):
        length = epochs * steps_per_epoch
        if step <= first + length:
            position = (step - first - 0.5) / length  # inside 0 … 1
            height = min(position / RISE, (1 - position) / (1 - RISE))
            return peak * height * (EXTENSION_PEAK if number else 1.0)
        first += length
    raise ValueError(f"step {step} lies behind the plan {list(segments)} × {steps_per_epoch}")


def corners(peak: float, segments: Sequence[int], steps_per_epoch: int) -> list[tuple[float, float]]:
    """Return where the straight pieces of ``learning_rate`` meet: (steps done, rate), from 0 on.

    The rate of step n is the height of that line at n − 0.5, in the middle of the step.
    """
    found: list[tuple[float, float]] = []
    first = 0
    for number, epochs in enumerate(segments):
        length = epochs * steps_per_epoch
        height = peak * (EXTENSION_PEAK if number else 1.0)
        found += [(first, 0.0), (first + RISE * length, height), (first + length, 0.0)]
        first += length
    return found
