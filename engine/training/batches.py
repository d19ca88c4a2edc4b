"""Batches cut from one uint8 tensor on the device; which image comes when depends on the seed alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.augmentation import Amounts
from engine.config import TrainConfig
from engine.training.augment import augment
from engine.training.pen import Pen

CLASSES = 10


class LabelledDigits(Protocol):
    """Anything that holds N digits: ``Samples`` of a document, or ``Digits``."""

    @property
    def images(self) -> NDArray[np.uint8]:
        """The digits, (N, 28, 28)."""

    @property
    def labels(self) -> NDArray[Any]:
        """Their labels 0 … 9, (N,) integers."""


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """N labelled digits in memory: images (N, 28, 28) uint8, labels (N,) integers 0 … 9."""

    images: NDArray[np.uint8]
    labels: NDArray[Any]


def generator_for(*parts: object) -> torch.Generator:
    """Return a CPU generator whose numbers are a function of ``parts`` (seed, purpose, epoch, step)."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "big") >> 1)


def as_input(images: Tensor) -> Tensor:
    """Return (N, 28, 28) uint8 as the model's input: (N, 1, 28, 28) float32, 0 … 1."""
    return images.unsqueeze(1).float().div_(255.0)


def order_of(count: int, seed: int, epoch: int, sampling: str) -> Tensor:
    """Return the (N,) indices of one epoch over ``count`` images: a permutation, or N draws."""
    return _drawn(count, sampling, generator_for(seed, "order", epoch))


def _drawn(count: int, sampling: str, generator: torch.Generator) -> Tensor:
    if sampling == "replacement":
        return torch.randint(count, (count,), generator=generator)
    return torch.randperm(count, generator=generator)


def varied(
    images: NDArray[np.uint8], amounts: Amounts | None, seed: int, strokes: bytes | None = None
) -> NDArray[np.uint8]:
    """Return (N, 28, 28) copies of a digit as trainings would show it in N epochs; with ``strokes`` redrawn.

    Raises:
        EngineError: DOCUMENT_DAMAGED where the strokes, as JSON, cannot be read.
    """
    pixels = torch.tensor(images)
    if strokes is not None:
        pen, first = Pen({0: strokes}, seed, Path()), torch.zeros(1, dtype=torch.int64)
        shown = [pen.redrawn(image[None], first, 0, epoch) for epoch, image in enumerate(pixels, start=1)]
        pixels = torch.cat(shown)
    if amounts is None:
        return pixels.numpy()
    inputs = augment(as_input(pixels), amounts, generator_for(seed, "preview"))
    return inputs[:, 0].clamp(0, 1).mul(255).round().to(torch.uint8).numpy()


class Batches:
    """The train split on the device, ready to be cut.

    Attributes:
        images: (N, 28, 28) uint8, behind the train split all that may be rehearsed.
        labels: (N,) int64.
    """

    def __init__(
        self,
        digits: LabelledDigits,
        *,
        batch_size: int,
        seed: int,
        sampling: str = "shuffle",
        amounts: Amounts | None = None,
        device: str = "cpu",
        rehearse: int = 0,
        others: LabelledDigits | None = None,
        pen: Pen | None = None,
    ) -> None:
        """Bring the digits to the device.

        Args:
            digits: the train split.
            batch_size: images a step.
            seed: of the training.
            sampling: ``shuffle`` or ``replacement``.
            amounts: how far images are varied; None: not at all.
            device: PyTorch's name of it.
            rehearse: how many of ``others`` each epoch shows too.
            others: what is rehearsed.
            pen: redraws digits that are stored as strokes; None: they are shown as stored.
        """
        parts = [digits, others] if rehearse and others is not None else [digits]
        self.images = torch.tensor(np.concatenate([part.images for part in parts]), device=device)
        labels = np.concatenate([part.labels for part in parts])
        self.labels = torch.tensor(labels, dtype=torch.int64, device=device)
        self._own = len(digits.labels)
        self._rehearse = rehearse
        self._batch_size = batch_size
        self._seed = seed
        self._sampling = sampling
        self._amounts = amounts
        self._pen = pen

    @classmethod
    def of(
        cls,
        config: TrainConfig,
        digits: LabelledDigits,
        device: str,
        others: LabelledDigits | None = None,
        pen: Pen | None = None,
    ) -> Batches:
        """Return the batches of a training."""
        return cls(
            digits,
            batch_size=config.batch_size,
            seed=config.seed,
            sampling=config.sampling,
            amounts=config.amounts,
            device=device,
            rehearse=config.rehearse,
            others=others,
            pen=pen,
        )

    def shown_counts(self) -> Tensor:
        """Return how many digits of each class 0 … 9 an epoch shows, on average: (10,) float64."""
        labels = self.labels.cpu()  # not every device has float64
        own = torch.bincount(labels[: self._own], minlength=CLASSES).double()
        others = torch.bincount(labels[self._own :], minlength=CLASSES).double()
        return own + others * (self._rehearse / max(len(labels) - self._own, 1))

    def order(self, epoch: int, sampling: str | None = None) -> Tensor:
        """Return the (N,) indices of one epoch: a permutation, or N draws with replacement.

        What is rehearsed is mixed in: N grows by as many. ``sampling``: as the other way would have it.
        """
        generator = generator_for(self._seed, "order", epoch)
        count = self._own
        drawn = _drawn(count, sampling or self._sampling, generator)
        if self._rehearse:
            pool = len(self.labels) - count
            rounds = -(-self._rehearse // pool)  # more than there are: some twice
            drawn_anew = [torch.randperm(pool, generator=generator) for _ in range(rounds)]
            others = torch.cat(drawn_anew)[: self._rehearse]
            together = torch.cat([drawn, count + others])
            drawn = together[torch.randperm(len(together), generator=generator)]
        return drawn.to(self.images.device)

    def batch(self, order: Tensor, index: int, epoch: int, step: int) -> tuple[Tensor, Tensor]:
        """Return batch ``index`` (from 0) of ``order``: inputs (B, 1, 28, 28) and labels (B,)."""
        first = index * self._batch_size
        chosen = order[first : first + self._batch_size]
        images = self.images[chosen]
        if self._pen is not None:
            images = self._pen.redrawn(images, order, first, epoch)
        inputs = as_input(images)
        if self._amounts is not None:
            inputs = augment(inputs, self._amounts, generator_for(self._seed, "augment", epoch, step))
        return inputs, self.labels[chosen]
