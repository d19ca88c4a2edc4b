"""What can be tried with one click: the settings that vary, their values, and what stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from engine.config import AUGMENTATIONS, CUSTOM, TrainConfig
from engine.errors import Code, EngineError
from engine.training.sweep_plan import BATCH_SIZES, SweepPlan

FOUNDING = "founding"
PRESETS = ("batch_size", FOUNDING, "train_images", "start", "augment", "learning_rate", "epochs")
STARTS = ("random", "base", "base last")
AMOUNTS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03)
SECOND = tuple(preset for preset in PRESETS if preset != FOUNDING)  # what may vary besides
STEPS = 4  # an epoch of the founding experiment has at least so many, also on ten digits


@dataclass(frozen=True, slots=True)
class Choice:
    """One experiment that is offered: the varied field, its values, and the settings that stay."""

    preset: str
    field: str
    values: tuple[Any, ...]
    base: TrainConfig


def offered(preset: str, base: TrainConfig, images: int) -> Choice:
    """Return what ``preset`` tries, on ``images`` training digits, with the settings of the form."""
    if preset == FOUNDING:
        simple = replace(base, model="mlp", start_from="random", layers="all", augment="off", early_stop=None)
        return Choice(preset, "epochs", (5, 40), simple)
    if preset == "start":
        cnn = replace(base, model="cnn", start_from="random", layers="all")
        return Choice(preset, "start", STARTS, cnn)
    values: dict[str, tuple[Any, ...]] = {
        "batch_size": tuple(size for size in BATCH_SIZES if size <= max(images, BATCH_SIZES[0])),
        "train_images": (*(amount for amount in AMOUNTS if amount < images), max(images, 1)),
        "augment": (*AUGMENTATIONS, *([CUSTOM] if base.augment == CUSTOM else [])),
        "learning_rate": RATES,
        "epochs": (1, 2, 5, 10, 20, 40),
    }
    return Choice(preset, preset, values[preset], base)


def second_of(preset: str) -> tuple[str, ...]:
    """Return the settings that may vary together with an experiment."""
    if preset == FOUNDING:  # on a perceptron, which no shipped model is
        return tuple(field for field in SECOND if field not in ("epochs", "start"))
    return tuple(field for field in SECOND if field != preset)


def few(field: str, images: int) -> tuple[Any, ...]:
    """Return the two or three values of a second setting that are offered, on ``images`` digits."""
    amounts = tuple(amount for amount in (10, 100, 1_000) if amount < images)
    values: dict[str, tuple[Any, ...]] = {
        "batch_size": tuple(size for size in (8, 32, 128) if size <= max(images, 8)),
        "train_images": (*amounts[-2:], max(images, 1)),
        "start": STARTS[:2],
        "augment": AUGMENTATIONS[:2],
        "learning_rate": (0.001, 0.01),
        "epochs": (5, 40),
    }
    return values[field]


def read_values(field: str, text: str) -> tuple[Any, ...]:
    """Return the values in ``text``, apart by commas, each of them once.

    Raises:
        EngineError: CONFIG_INVALID for one that cannot be read.
    """
    parts = [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]
    if field in ("augment", "start"):
        return tuple(dict.fromkeys(parts))
    kind: type[int] | type[float] = float if field == "learning_rate" else int
    values: list[int | float] = []
    for part in parts:
        try:
            values.append(kind(part))
        except ValueError:
            example = "0.001, 0.01" if kind is float else "8, 16, 32"
            raise EngineError(Code.CONFIG_INVALID, field=field, value=part, allowed=example) from None
    return tuple(dict.fromkeys(values))


def plan_of(
    choice: Choice, text: str, second: str | None = None, second_text: str = "", images: int = 0
) -> SweepPlan:
    """Return the plan for the values in ``text``, and for those of a second setting where there is one.

    Args:
        choice: the experiment.
        text: its values, apart by commas.
        second: the setting that varies besides.
        second_text: the values of that.
        images: training digits there are; the founding experiment cuts few of them into smaller batches.

    Raises:
        EngineError: CONFIG_INVALID.
    """
    values = read_values(choice.field, text)
    others = read_values(second, second_text) if second is not None else ()
    base = choice.base
    if second == "start":
        base = replace(base, model="cnn", start_from="random", layers="all")
    plan = SweepPlan(base, choice.field, values, second, others)
    if choice.preset == FOUNDING and second != "batch_size" and images:
        fewest = min(min(images, config.train_images or images) for config in plan.configs())
        size = min(base.batch_size, max(1, fewest // STEPS))
        plan = replace(plan, base=replace(base, batch_size=size))
    return plan


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
        """Return a value as plots and fields name it."""
        word = self._words(field).get(str(value))
        return word or (f"{value:g}" if isinstance(value, float) else str(value))

    def pair(self, plan: SweepPlan, value: object, second: object) -> str:
        """Return what one run of ``plan`` has that others have not."""
        text = f"{self.field(plan.field)} {self.value(plan.field, value)}"
        if plan.second is not None:
            text += f" · {self.field(plan.second)} {self.value(plan.second, second)}"
        return text

    def meant(self, field: str, text: str) -> str:
        """Return ``text``, values apart by commas, with the engine's names in place of the window's words."""
        names = {word: name for name, word in self._words(field).items()}
        parts = (part.strip() for part in text.replace("、", ",").split(","))
        return ", ".join(names.get(part, part) for part in parts)

    def _words(self, field: str) -> dict[str, str]:
        words = {
            "augment": {
                "off": self.tr("off"),
                "light": self.tr("light"),
                "strong": self.tr("strong"),
                CUSTOM: self.tr("as set"),
            },
            "start": {
                "random": self.tr("random"),
                "base": self.tr("shipped"),
                "base last": self.tr("shipped (last layer)"),
            },
        }
        return words.get(field, {})
