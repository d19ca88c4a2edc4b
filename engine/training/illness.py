"""What the doctor looks at and what it finds: a training, the facts of its digits, a finding and its cure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from engine.config import TrainConfig
from engine.events import Confusion, EpochCompleted, RunFailed, RunFinished


class Illness(StrEnum):
    """Every finding; the value is stable. Behind it: the evidence, the fields of its sentence."""

    LIGHT_AND_DARK = "light_and_dark"  # light, images
    LABELS_SWAPPED = "labels_swapped"  # one, other, one_as_other, one_count, other_as_one, other_count
    EXPLODING = "exploding"  # epoch, loss, learning_rate
    NOT_FALLING = "not_falling"  # epochs, first, last, learning_rate
    TOO_FEW = "too_few"  # digit, count, usual
    NEVER_PREDICTED = "never_predicted"  # digit, count, images
    BATCH_IS_ALL = "batch_is_all"  # batch_size, images, epochs
    NO_VALIDATION = "no_validation"  # images
    OVER_FITTING = "over_fitting"  # epoch, best, now, train
    BY_HEART = "by_heart"  # images, share, count
    SLOW = "slow"  # speed, possible, batch_size, device
    COARSE = "coarse"  # images, points


class Cure(StrEnum):
    """What the one button does; ``value`` of the finding's fields says how far."""

    LOOK_AT_DIGITS = "look_at_digits"
    ADD_DIGITS = "add_digits"
    WEIGH = "weigh"
    HOLD_BACK = "hold_back"
    LEARNING_RATE = "learning_rate"  # value
    BATCH_SIZE = "batch_size"  # value
    DEVICE = "device"  # value
    AUGMENT = "augment"
    EARLY_STOP = "early_stop"
    MORE_EPOCHS = "more_epochs"  # value


@dataclass(frozen=True, slots=True)
class Faster:
    """A setting at which this machine learns from more images a second, as measured."""

    batch_size: int
    device: str
    images_per_second: float


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What the digits of a training look like.

    Attributes:
        train_counts, val_counts: digits of each label.
        light: digits with a light ground, which are ink on paper where the others are ink on black.
        second_opinion: what the shipped model reads in some training digits: rows are their labels.
        faster: None where nothing faster was found, or looked for.
    """

    train_counts: tuple[int, ...]
    val_counts: tuple[int, ...]
    light: int = 0
    second_opinion: Confusion | None = None
    faster: Faster | None = None

    @property
    def images(self) -> int:
        """Training digits."""
        return sum(self.train_counts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, with the values its sentence names, and what helps."""

    illness: Illness
    cure: Cure
    fields: dict[str, int | float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A training to be examined.

    Attributes:
        config: its settings.
        epochs: all that were completed, oldest first.
        facts: None while it runs: only what the curves tell is looked at.
        ending: how it ended; None while it runs.
    """

    config: TrainConfig
    epochs: Sequence[EpochCompleted]
    facts: DataFacts | None = None
    ending: RunFinished | RunFailed | None = None
