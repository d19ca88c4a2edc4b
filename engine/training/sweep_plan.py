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
        second: another of FIELDS, of which every value is tried with every one of ``values``; None for none.
        second_values: of it, at least one where there is one.

    Raises:
        EngineError: CONFIG_INVALID where a value cannot be, or there is none.
    """

    base: TrainConfig
    field: str
    values: tuple[Any, ...]
    second: str | None = None
    second_values: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        varied = [(self.field, self.values)]
        if self.second is not None:
            varied.append((self.second, self.second_values))
        for field, values in varied:
            if field not in FIELDS or [name for name, _ in varied].count(field) > 1:
                raise EngineError(Code.CONFIG_INVALID, field="field", value=field, allowed=", ".join(FIELDS))
            if not values:
                raise EngineError(Code.CONFIG_INVALID, field=field, value="–", allowed="1 …")
        self.configs()

    def pairs(self) -> tuple[tuple[Any, Any], ...]:
        """Return (value, second value) of each run in the order they are trained: curve after curve.

        The second value is None where one setting varies alone.
        """
        return tuple((value, other) for other in self.second_values or (None,) for value in self.values)

    def configs(self) -> tuple[TrainConfig, ...]:
        """Return the settings of each run, in the order of ``pairs``."""
        return tuple(self._config(value, other) for value, other in self.pairs())

    def _config(self, value: Any, other: Any) -> TrainConfig:
        changes = _changes(self.field, value)
        if self.second is not None:
            changes |= _changes(self.second, other)
        return replace(self.base, **changes)


def _changes(field: str, value: Any) -> dict[str, Any]:
    if field != "start":
        return {field: value}
    where, _, layers = str(value).partition(" ")
    return {"start_from": where, "layers": layers or "all"}


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """What one value came to; None where it cannot be known.

    Attributes:
        value: of the varied setting.
        run: its run.
        second: of the second setting; None where one varies alone.
        failure: the code that ended it.
        val_accuracy, val_images, best_epoch: of its best epoch.
        train_accuracy, train_images: of its last epoch.
        noise: standard deviation of a batch's loss with the last parameters, as a share of the mean loss.
        images_per_second: learnt from, in the fastest epoch.
        step_bytes: memory of one step.
        seconds: of training.
    """

    value: Any
    run: int
    second: Any = None
    failure: str | None = None
    val_accuracy: float | None = None
    val_images: int = 0
    best_epoch: int = 0
    train_accuracy: float | None = None
    train_images: int = 0
    noise: float | None = None
    images_per_second: float | None = None
    step_bytes: int | None = None
    seconds: float | None = None
