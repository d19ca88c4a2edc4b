"""Experiments: one setting or two are varied, the rest stays, each value or pair is a run of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.data.document import Document
from engine.errors import Code
from engine.events import Event, RunFailed, RunFinished, RunStarted
from engine.training import memory, session
from engine.training.batch_noise import noise_of
from engine.training.control import Control
from engine.training.sweep_plan import SURVIVABLE, SweepPlan, SweepPoint


@dataclass(frozen=True, slots=True)
class SweepStarted:
    """The first event."""

    plan: SweepPlan


@dataclass(frozen=True, slots=True)
class PointStarted:
    """The run of ``value``, number ``index`` (from 0), comes next; ``second`` where two settings vary."""

    index: int
    value: Any
    second: Any = None


@dataclass(frozen=True, slots=True)
class PointMeasured:
    """The run of a value has ended."""

    index: int
    point: SweepPoint


@dataclass(frozen=True, slots=True)
class SweepFinished:
    """The last event: ``reason`` is ``completed``, ``stopped`` or a failure's code."""

    reason: str
    points: tuple[SweepPoint, ...]


SweepEvent = SweepStarted | PointStarted | PointMeasured | SweepFinished | Event


def sweep(document: Document, plan: SweepPlan, control: Control) -> Iterator[SweepEvent]:
    """Train a run for each value or pair of values, one after another.

    Pausing holds the run that is trained now; stopping ends it and the experiment. What was trained stays.

    Args:
        document: belongs to the calling thread.
        plan: the values.
        control: steering from another thread.

    Yields:
        SweepStarted; for each run PointStarted, the events of its run, PointMeasured; then SweepFinished.
    """
    yield SweepStarted(plan)
    points: list[SweepPoint] = []
    for index, ((value, second), config) in enumerate(zip(plan.pairs(), plan.configs(), strict=True)):
        if control.stop_requested:
            break
        yield PointStarted(index, value, second)
        run, failure = 0, None
        for event in session.start(document, config, control):
            yield event
            if isinstance(event, RunStarted | RunFinished | RunFailed):
                run = event.run
            failure = event.code if isinstance(event, RunFailed) else None
        if failure is not None and (failure not in SURVIVABLE or not run):
            yield SweepFinished(failure, tuple(points))
            return
        points.append(measured(document, run, value, second))
        yield PointMeasured(index, points[-1])
    yield SweepFinished("stopped" if control.stop_requested else "completed", tuple(points))


def measured(document: Document, run: int, value: Any, second: Any = None) -> SweepPoint:
    """Return what a run came to; one step is taken to measure its memory.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
    """
    record = document.runs.get(run)
    config, images = record.config, int(record.facts.get("n_train", 1))
    size = min(config.batch_size, images)
    failed = record.state == "failed"
    needed = None
    if record.reason != Code.OUT_OF_MEMORY:
        needed = memory.step_bytes(config, size, str(record.facts.get("device", "cpu")))
    accuracies = document.runs.metrics(run, "train_accuracy")[2]
    times = document.runs.metrics(run, "seconds")[2]
    return SweepPoint(
        value=value,
        run=run,
        second=second,
        failure=record.reason if failed else None,
        val_accuracy=record.val_accuracy,
        val_images=record.val_images or 0,
        best_epoch=record.best_epoch or 0,
        train_accuracy=float(accuracies[-1]) if len(accuracies) else None,
        train_images=images,
        noise=noise_of(document, run),
        images_per_second=_images_per_second(document, run, images, size),
        step_bytes=needed,
        seconds=float(times[-1]) if len(times) else None,
    )


def _images_per_second(document: Document, run: int, images: int, size: int) -> float | None:
    """Return that of the fastest epoch: what other programs took from the others is not the setting's."""
    paces = document.runs.metrics(run, "ms_per_step")[2]
    if not len(paces):
        return None
    steps = -(-images // size)
    return float(images / (paces.min() * steps / 1000))
