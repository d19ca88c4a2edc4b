"""How long a training will take on this machine: measured in a moment, never guessed."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from engine.config import TrainConfig
from engine.data.handwriting.writing import write
from engine.data.strokes import to_json
from engine.device import resolve, threads_for, use_threads
from engine.training import models, optim
from engine.training.batches import Batches, Digits
from engine.training.control import Control
from engine.training.evaluation import CHUNK, evaluate_until
from engine.training.pen import AHEAD, Pen
from engine.training.plan import EpochPlan

WARM_UP = 2  # steps that only find memory and wake threads up
ENOUGH = 0.3  # seconds of steps
FEWEST, MOST = 3, 300  # steps


@dataclass(frozen=True, slots=True)
class Pace:
    """One measurement.

    Attributes:
        batch_size: images of the steps that were measured.
        step_seconds: the median step.
        evaluation_seconds: of one validation image.
        device: where it was measured, as a person is told.
        redraw_seconds: of redrawing one digit's pen strokes, where the settings have that.
    """

    batch_size: int
    step_seconds: float
    evaluation_seconds: float
    device: str
    redraw_seconds: float = 0.0

    @property
    def images_per_second(self) -> float:
        """Images that are learnt from in a second, all of them redrawn where the settings have that."""
        return self.batch_size / (self.step_seconds + self.batch_size * self.redraw_seconds)

    def seconds(self, plan: EpochPlan, val_images: int, redrawn: int = 0) -> float:
        """Return how long ``plan`` takes; a smaller last batch counts as a whole one.

        ``redrawn``: how many of its images are stored as pen strokes.
        """
        steps = plan.total_steps * self.step_seconds + plan.epochs * redrawn * self.redraw_seconds
        return steps + plan.epochs * val_images * self.evaluation_seconds


def measure(config: TrainConfig, images: int, val_images: int, control: Control) -> Pace | None:
    """Take real steps of ``config`` on noise for about a third of a second.

    Args:
        config: the settings.
        images: of the train split, at least 1; a batch is never larger.
        val_images: of the val split.
        control: once it is stopped, nothing of this process is changed any more; the number of torch's
            threads, which a training sets, belongs to all of it.

    Returns:
        The pace, or None when it was stopped.

    Raises:
        EngineError: DEVICE_UNAVAILABLE.
    """
    device = resolve(config.device)
    threads = threads_for(config.model, config.batch_size)
    if not control.do_unless_stopped(lambda: use_threads(threads)):
        return None
    size = min(config.batch_size, images)
    noise = Digits(np.random.default_rng(0).integers(0, 256, (size, 28, 28), np.uint8), np.arange(size) % 10)
    name = device.torch_name
    batches = Batches(noise, batch_size=size, seed=0, amounts=config.amounts, device=name)
    model = models.build(config).to(name).train()
    optimizer = optim.AdamW(model, config.weight_decay)
    order = torch.arange(size, device=name)
    durations: list[float] = []
    while len(durations) < WARM_UP + FEWEST or (
        sum(durations[WARM_UP:]) < ENOUGH and len(durations) < WARM_UP + MOST
    ):
        if control.stop_requested:
            return None
        began = time.perf_counter()
        inputs, labels = batches.batch(order, 0, 1, len(durations) + 1)
        loss = functional.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step(config.learning_rate)
        loss.item()  # waits for the device
        durations.append(time.perf_counter() - began)
    evaluation = _evaluation(model, min(val_images, CHUNK), control) if val_images else 0.0
    if evaluation is None:
        return None
    step = statistics.median(durations[WARM_UP:])
    redraw = _redrawing(min(images, AHEAD), control) if config.strokes == "redrawn" else 0.0
    return Pace(size, step, evaluation, device.spoken_with(threads), redraw)


def _redrawing(count: int, control: Control) -> float:
    """Return the seconds that redrawing a digit takes among ``count`` at once; 0 once nobody waits for it."""
    random = np.random.default_rng(0)
    strokes = {place: to_json(write(place % 10, random)).encode() for place in range(count)}
    pen, places = Pen(strokes, 0, Path()), list(range(count))
    pen.draw(places, 1)  # reads the strokes, once for all epochs
    durations: list[float] = []
    for epoch in range(2, 2 + FEWEST):
        if control.stop_requested:
            return 0.0
        began = time.perf_counter()
        pen.draw(places, epoch)
        durations.append(time.perf_counter() - began)
    return statistics.median(durations) / count


def _evaluation(model: torch.nn.Module, images: int, control: Control) -> float | None:
    """Return the seconds that looking at one validation image takes."""
    noise = np.zeros((images, 28, 28), np.uint8)
    labels = np.zeros(images, np.int64)
    evaluate_until(model, noise, labels, lambda: control.stop_requested)
    began = time.perf_counter()
    if evaluate_until(model, noise, labels, lambda: control.stop_requested) is None:
        return None
    return (time.perf_counter() - began) / images
