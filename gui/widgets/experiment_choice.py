"""What can be tried with one click: the settings that vary, their values, and what stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from engine.config import AUGMENTATIONS, TrainConfig
from engine.errors import Code, EngineError
from engine.training.sweep_plan import BATCH_SIZES, SweepPlan

FOUNDING = "founding"
PRESETS = ("batch_size", FOUNDING, "train_images", "start", "augment", "learning_rate", "epochs")
STARTS = ("random", "base", "base last")
AMOUNTS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03)


@dataclass(frozen=True, slots=True)
class Choice:
    """One experiment that is offered: the varied field, its values, and the settings that stay."""

    field: str
    values: tuple[Any, ...]
    base: TrainConfig


def offered(preset: str, base: TrainConfig, images: int) -> Choice:
    """Return what ``preset`` tries, on ``images`` training digits, with the settings of the form."""
    if preset == FOUNDING:
        simple = replace(base, model="mlp", start_from="random", layers="all", augment="off", early_stop=None)
        return Choice("epochs", (5, 40), simple)
    if preset == "start":
        cnn = replace(base, model="cnn", start_from="random", layers="all")
        return Choice("start", STARTS, cnn)
    values: dict[str, tuple[Any, ...]] = {
        "batch_size": tuple(size for size in BATCH_SIZES if size <= max(images, BATCH_SIZES[0])),
        "train_images": (*(amount for amount in AMOUNTS if amount < images), max(images, 1)),
        "augment": AUGMENTATIONS,
        "learning_rate": RATES,
        "epochs": (1, 2, 5, 10, 20, 40),
    }
    return Choice(preset, values[preset], base)


def read_values(field: str, text: str) -> tuple[Any, ...]:
    """Return the values in ``text``, apart by commas.

    Raises:
        EngineError: CONFIG_INVALID for one that cannot be read.
    """
    parts = [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]
    if field in ("augment", "start"):
        return tuple(parts)
    kind: type[int] | type[float] = float if field == "learning_rate" else int
    values: list[int | float] = []
    for part in parts:
        try:
            values.append(kind(part))
        except ValueError:
            example = "0.001, 0.01" if kind is float else "8, 16, 32"
            raise EngineError(Code.CONFIG_INVALID, field=field, value=part, allowed=example) from None
    return tuple(values)


def plan_of(choice: Choice, text: str) -> SweepPlan:
    """Return the plan for the values in ``text``.

    Raises:
        EngineError: CONFIG_INVALID.
    """
    return SweepPlan(choice.base, choice.field, read_values(choice.field, text))


class ChoiceWords(QObject):
    """What the choices are called, in the window's language."""

    def preset(self, preset: str) -> str:
        """Return what an experiment is called."""
        return {
            "batch_size": self.tr("Batch size: from 8 up"),
            FOUNDING: self.tr("5 epochs against 40, on a perceptron"),
            "train_images": self.tr("More data"),
            "start": self.tr("Transfer: random start, shipped model, its last layer only"),
            "augment": self.tr("Augmentation"),
            "learning_rate": self.tr("Learning rate"),
            "epochs": self.tr("Epochs"),
        }[preset]

    def field(self, field: str) -> str:
        """Return what a varied setting is called."""
        return {
            "batch_size": self.tr("Batch size"),
            "epochs": self.tr("Epochs"),
            "learning_rate": self.tr("Learning rate"),
            "augment": self.tr("Augmentation"),
            "train_images": self.tr("Digits to learn from"),
            "start": self.tr("Start from"),
        }[field]

    def value(self, field: str, value: object) -> str:
        """Return a value as the plots name it."""
        words = {
            ("augment", "off"): self.tr("off"),
            ("augment", "light"): self.tr("light"),
            ("augment", "strong"): self.tr("strong"),
            ("start", "random"): self.tr("random"),
            ("start", "base"): self.tr("shipped"),
            ("start", "base last"): self.tr("shipped, last layer"),
        }
        return words.get((field, str(value)), f"{value:g}" if isinstance(value, float) else str(value))
