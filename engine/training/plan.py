"""The arithmetic of epochs: images ÷ batch size = steps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EpochPlan:
    """What a training will do, before it does it.

    Attributes:
        images: training images N, at least 1.
        batch_size: images a step B, at least 1; one larger than N makes one step of N images.
        epochs: passes over the N images, at least 1.
    """

    images: int
    batch_size: int
    epochs: int

    def __post_init__(self) -> None:
        if min(self.images, self.batch_size, self.epochs) < 1:
            raise ValueError(f"all must be at least 1: {self}")

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch: N ÷ B, rounded up."""
        return -(-self.images // self.batch_size)

    @property
    def last_batch(self) -> int:
        """Images in the last step of an epoch, 1 … B."""
        return self.images - (self.steps_per_epoch - 1) * self.batch_size

    @property
    def total_steps(self) -> int:
        """Steps of all epochs."""
        return self.steps_per_epoch * self.epochs

    @property
    def images_shown(self) -> int:
        """Images shown in all epochs, counting an image again each time."""
        return self.images * self.epochs

    def images_seen(self, step: int) -> int:
        """Images shown once global step ``step`` (from 1; 0 is the start) is done."""
        full, rest = divmod(step, self.steps_per_epoch)
        return full * self.images + rest * self.batch_size
