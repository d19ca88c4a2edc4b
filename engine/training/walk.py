"""One step seen from inside: the images of its batch, and what the model made of them before and after."""

from __future__ import annotations

import math
import time

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.config import TrainConfig
from engine.events import BatchLook, BatchWalked
from engine.training.batches import Batches
from engine.training.plan import EpochPlan

WALK_EVERY = 0.25  # seconds between two looks into a training that runs: a look costs it one more pass
SHOWN = 96  # images of a batch that are told one by one
CARDS = 640  # images of the deck that are told, from the batch on


class Walk:
    """Tells of single batches of one training.

    It only looks: neither the model nor any random number of the training changes.

    Args:
        run: the run's number.
        config: the settings of the training.
        plan: its arithmetic.
        batches: its deck.
    """

    def __init__(self, run: int, config: TrainConfig, plan: EpochPlan, batches: Batches) -> None:
        self._run = run
        self._config = config
        self._plan = plan
        self._batches = batches
        self._told: BatchWalked | None = None
        self._told_at = -math.inf

    def take(self) -> BatchWalked | None:
        """Return what was told and not yet taken."""
        told, self._told = self._told, None
        return told

    def look(
        self,
        step: int,
        is_single: bool,
        order: Tensor,
        inputs: Tensor,
        labels: Tensor,
        logits: Tensor,
        model: nn.Module,
    ) -> None:
        """Tell what a step did; a training that runs is looked into now and then.

        Args:
            step: the global step that was just done, from 1.
            is_single: it was asked for alone, and is told in any case.
            order: (N,) indices of its epoch.
            inputs: (B, 1, 28, 28) that were fed.
            labels: (B,) of them.
            logits: (B, 10), the answers from which the error was computed.
            model: as it is after the step.
        """
        now = time.perf_counter()
        if not is_single and now - self._told_at < WALK_EVERY:
            return
        self._told_at = now
        epoch, index = divmod(step - 1, self._plan.steps_per_epoch)
        first = index * self._plan.batch_size
        end = first + len(labels)
        shown = min(len(labels), SHOWN)
        self._told = BatchWalked(
            run=self._run,
            epoch=epoch + 1,
            step=step,
            batch=index + 1,
            batches=self._plan.steps_per_epoch,
            batch_size=self._plan.batch_size,
            sampling=self._config.sampling,
            indices=tuple(order[first:end].tolist()),
            first=first,
            train_images=self._plan.images,
            labels=tuple(labels[:shown].tolist()),
            fed=_bytes(inputs[:shown, 0].clamp(0, 1).mul(255).round().to(torch.uint8)),
            cards=_bytes(self._batches.images[order[first : first + CARDS]]),
            before=_looked(logits.detach(), labels),
            after=_looked(answers_again(model, inputs), labels),
            drawn=self._drawn(order[:end]),
            drawn_otherwise=self._drawn(self._other_order(epoch + 1)[:end]),
        )

    def _drawn(self, dealt: Tensor) -> tuple[int, ...]:
        """Return how many images lie 0, 1, 2 … times among the ``dealt`` indices."""
        times = torch.bincount(dealt.cpu(), minlength=self._plan.images)
        return tuple(torch.bincount(times).tolist())

    def _other_order(self, epoch: int) -> Tensor:
        other = "shuffle" if self._config.sampling == "replacement" else "replacement"
        return self._batches.order(epoch, other)


def answers_again(model: nn.Module, inputs: Tensor) -> Tensor:
    """Return the (B, 10) logits of a model in training for ``inputs``, and leave no trace in it.

    Batch normalisation goes by the batch, as in the step itself, so that before and after compare; its
    running statistics are not touched.
    """
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    tracked = [module.track_running_stats for module in norms]
    for module in norms:
        module.track_running_stats = False
    try:
        with torch.no_grad():
            return model(inputs)  # type: ignore[no-any-return]
    finally:
        for module, was in zip(norms, tracked, strict=True):
            module.track_running_stats = was


def _looked(logits: Tensor, labels: Tensor) -> BatchLook:
    """Return what (B, 10) ``logits`` say of images with ``labels`` (B,)."""
    losses = functional.cross_entropy(logits, labels, reduction="none")
    guesses = logits.argmax(1)
    confidences = logits[:SHOWN].softmax(1).amax(1)
    return BatchLook(
        loss=losses.mean().item(),
        correct=int((guesses == labels).sum().item()),
        guesses=tuple(guesses[:SHOWN].tolist()),
        confidences=tuple(confidences.tolist()),
        losses=tuple(losses[:SHOWN].tolist()),
    )


def _bytes(images: Tensor) -> bytes:
    return images.cpu().contiguous().numpy().tobytes()
