"""Everything that defines a training run, frozen and validated."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from engine import augmentation
from engine.augmentation import Amounts
from engine.errors import Code, EngineError

MODELS = ("mlp", "cnn")
AUGMENTATIONS = ("off", "light", "strong")  # those that have their amounts
CUSTOM = "custom"  # the one whose amounts are given
SAMPLINGS = ("shuffle", "replacement")
STROKES = ("stored", "redrawn")
CLASS_WEIGHTS = ("off", "balanced")
LAYERS = ("all", "last")
DEVICES = ("auto", "cpu", "cuda", "mps")

EPOCHS_RANGE = (1, 10_000)
BATCH_SIZE_RANGE = (1, 65_536)
LEARNING_RATE_RANGE = (1e-6, 1.0)
WEIGHT_DECAY_RANGE = (0.0, 1.0)
SEED_RANGE = (0, 2**31 - 1)
PATIENCE_RANGE = (1, 1_000)
HIDDEN_RANGE = (1, 4_096)
REHEARSE_RANGE = (0, 9_000)  # of the starter digits, a tenth is kept for measuring
TRAIN_IMAGES_RANGE = (1, 16_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """All that defines a run; two runs with equal configs on equal data and device are equal.

    Attributes:
        model: ``mlp`` (multi-layer perceptron) or ``cnn`` (small convolutional network).
        hidden: units of the ``mlp``'s hidden layers, one or two numbers; the ``cnn`` ignores it.
        epochs: passes over the train split that are planned.
        batch_size: images a step; the last batch of an epoch may be smaller.
        learning_rate: peak of the one-cycle schedule.
        weight_decay: AdamW's decoupled weight decay.
        augment: how strongly training images are varied: ``off``, ``light``, ``strong`` or ``custom``.
        augment_amounts: of ``custom``, also as a mapping from names to numbers, where a missing name is 0;
            None for the others, whatever is given.
        sampling: ``shuffle`` (each image once an epoch) or ``replacement`` (drawn with replacement).
        early_stop: epochs without a better validation loss before the run ends; None never ends early.
        seed: the one source of all randomness of the run.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        start_from: ``random``, ``base`` (the shipped model) or a run's number as text.
        rehearse: 0, or the run learns a few own digits without forgetting the rest: an epoch shows each own
            digit once, a correction oftener where the epochs are few, and this many starter digits, drawn
            anew each time. Starter digits that lie in the document do not count as own, and the last epoch is
            the best one: a handful of digits could not choose another.
        layers: which learn: ``all``, or the ``last`` only, on what the others have learnt before; so not with
            ``start_from`` ``random``.
        train_images: learn from so many of the training digits only, all classes alike; None for all. With
            ``rehearse``, corrections come before other own digits.
        strokes: digits that are stored as pen strokes are shown as ``stored``, or ``redrawn`` for each epoch
            as their writer might have written them another time.
        class_weights: ``off``, or ``balanced``: errors count the more, the fewer training digits a class has
            (see ``engine.training.weighting``).

    Raises:
        EngineError: CONFIG_INVALID with ``field``, ``value`` and ``allowed``; CONFIG_UNKNOWN_FIELD for an
            unknown amount.
    """

    model: str = "cnn"
    hidden: tuple[int, ...] = (128,)
    epochs: int = 5
    batch_size: int = 32
    learning_rate: float = 0.005
    weight_decay: float = 0.01
    augment: str = "light"
    sampling: str = "shuffle"
    early_stop: int | None = None
    seed: int = 0
    device: str = "auto"
    start_from: str = field(default="random")
    rehearse: int = 0
    layers: str = "all"
    train_images: int | None = None
    augment_amounts: Amounts | None = None
    strokes: str = "stored"
    class_weights: str = "off"

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", _hidden(self.hidden))
        _choice("model", self.model, MODELS)
        _whole("epochs", self.epochs, EPOCHS_RANGE)
        _whole("batch_size", self.batch_size, BATCH_SIZE_RANGE)
        _number("learning_rate", self.learning_rate, LEARNING_RATE_RANGE)
        _number("weight_decay", self.weight_decay, WEIGHT_DECAY_RANGE)
        _choice("augment", self.augment, (*AUGMENTATIONS, CUSTOM))
        amounts = _amounts(self.augment_amounts) if self.augment == CUSTOM else None
        object.__setattr__(self, "augment_amounts", amounts)
        _choice("sampling", self.sampling, SAMPLINGS)
        if self.early_stop is not None:
            _whole("early_stop", self.early_stop, PATIENCE_RANGE)
        _whole("seed", self.seed, SEED_RANGE)
        _choice("device", self.device, DEVICES)
        object.__setattr__(self, "start_from", _start(self.start_from))
        _whole("rehearse", self.rehearse, REHEARSE_RANGE)
        _choice("layers", self.layers, LAYERS if self.start_from != "random" else LAYERS[:1])
        if self.train_images is not None:
            _whole("train_images", self.train_images, TRAIN_IMAGES_RANGE)
        _choice("strokes", self.strokes, STROKES)
        _choice("class_weights", self.class_weights, CLASS_WEIGHTS)

    @property
    def amounts(self) -> Amounts | None:
        """How far digits are varied; None where they are not."""
        return self.augment_amounts if self.augment == CUSTOM else augmentation.NAMED.get(self.augment)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; ``from_dict`` reads them back."""
        values = asdict(self)
        values["hidden"] = list(self.hidden)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainConfig:
        """Build a config from JSON values; a missing field takes its default.

        Amounts beside another augmentation than ``custom`` are refused: somebody meant them to count.

        Raises:
            EngineError: CONFIG_UNKNOWN_FIELD or CONFIG_INVALID.
        """
        known = {item.name for item in fields(cls)}
        for name in values:
            if name not in known:
                raise EngineError(Code.CONFIG_UNKNOWN_FIELD, field=name)
        config = cls(**values)
        if values.get("augment_amounts") is not None and config.augment != CUSTOM:
            raise _invalid("augment", config.augment, f"{CUSTOM}, with augment_amounts")
        return config

    def to_json(self) -> str:
        """Return ``to_dict`` as one line of JSON with sorted keys."""
        return json.dumps(self.to_dict(), sort_keys=True)


def _start(value: object) -> str:
    """Return ``random``, ``base`` or a run's number as text; in JSON it may be a number."""
    text = str(value)
    is_run = type(value) in (int, str) and text.isascii() and text.isdecimal()
    if not is_run and text not in ("random", "base"):
        raise _invalid("start_from", value, "random, base, RUN")
    return text


def _invalid(name: str, value: object, allowed: str) -> EngineError:
    return EngineError(Code.CONFIG_INVALID, field=name, value=value, allowed=allowed)


def _choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise _invalid(name, value, ", ".join(choices))


def _whole(name: str, value: object, limits: tuple[int, int]) -> None:
    low, high = limits
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _invalid(name, value, f"{low} … {high}")


def _number(name: str, value: object, limits: tuple[float, float]) -> None:
    low, high = limits
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not math.isfinite(value) or not low <= value <= high:  # type: ignore[arg-type,operator]
        raise _invalid(name, value, f"{low:g} … {high:g}")


def _amounts(value: object) -> Amounts:
    """Return validated amounts; their numbers are floats, so that equal ones are equal as JSON too."""
    if isinstance(value, Amounts):
        value = asdict(value)
    if not isinstance(value, Mapping):
        spoken = ", ".join(
            f'"{name}": {low:g} … {high:g}' for name, (low, high) in augmentation.RANGES.items()
        )
        raise _invalid("augment_amounts", "–" if value is None else value, f"{{{spoken}}}")
    for name, amount in value.items():
        if name not in augmentation.RANGES:
            raise EngineError(Code.CONFIG_UNKNOWN_FIELD, field=f"augment_amounts.{name}")
        _number(f"augment_amounts.{name}", amount, augmentation.RANGES[name])
    return Amounts(**{name: float(amount) for name, amount in value.items()})


def _hidden(value: Any) -> tuple[int, ...]:
    low, high = HIDDEN_RANGE
    units = tuple(value) if isinstance(value, list | tuple) else ()
    if not 1 <= len(units) <= 2:
        raise _invalid("hidden", value, f"1–2 × {low} … {high}")
    for unit in units:
        _whole("hidden", unit, HIDDEN_RANGE)
    return units
