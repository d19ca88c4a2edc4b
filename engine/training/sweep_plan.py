"""What an experiment varies, and what came of it; plain values, so that the window need not load PyTorch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.config import TrainConfig
from engine.errors import Code, EngineError

# What can be varied; ``start`` is start_from and layers together: random, base, "base last".
FIELDS = ("batch_size", "epochs", "learning_rate", "augment", "train_images", "start", "sampling", "seed")
SURVIVABLE = (Code.LOSS_NOT_FINITE, Code.OUT_OF_MEMORY)  # they end a value, not the experiment
BATCH_SIZES = (8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """What is to be tried.

    Attributes:
        base: the settings that stay.
        field: one of FIELDS.
        values: of that field, at least one.

    Raises:
        EngineError: CONFIG_INVALID where a value cannot be, or there is none.
    """

    base: TrainConfig
    field: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise EngineError(Code.CONFIG_INVALID, field="field", value=self.field, allowed=", ".join(FIELDS))
        if not self.values:
            raise EngineError(Code.CONFIG_INVALID, field=self.field, value="–", allowed="1 …")
        self.configs()

    def configs(self) -> tuple[TrainConfig, ...]:
        """Return the settings of each run, in the order of the values."""
        return tuple(self._config(value) for value in self.values)

    def _config(self, value: Any) -> TrainConfig:
        if self.field != "start":
            changes = {self.field: value}
        else:
            where, _, layers = str(value).partition(" ")
            changes = {"start_from": where, "layers": layers or "all"}
        return replace(self.base, **changes)


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """What one value came to; None where it cannot be known.

    Attributes:
        value: of the varied setting.
        run: its run.
        failure: the code that ended it.
        val_accuracy, val_images, best_epoch: of its best epoch.
        train_accuracy: of its last epoch.
        noise: standard deviation of the loss from one batch to the next, in the run's second half, in nats.
        images_per_second: learnt from, in the fastest epoch.
        step_bytes: memory of one step.
        seconds: of training.
    """

    value: Any
    run: int
    failure: str | None = None
    val_accuracy: float | None = None
    val_images: int = 0
    best_epoch: int = 0
    train_accuracy: float | None = None
    noise: float | None = None
    images_per_second: float | None = None
    step_bytes: int | None = None
    seconds: float | None = None
