"""What is wrong with a training, if anything: one finding with its evidence and one cure.

Each rule is a function from a case to a finding or None. They are asked in the order of RULES, from what
spoils everything to what merely could be better, and the first finding is told; a healthy training has none.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from dataclasses import replace

from engine.config import LEARNING_RATE_RANGE, TrainConfig
from engine.errors import Code
from engine.events import RunFailed, RunFinished
from engine.training.illness import Case, Cure, Finding, Illness
from engine.training.interval import wilson

GUESSING = math.log(10)  # loss of a model that knows nothing of ten digits
EXPLODED = 2.6  # mean loss of an epoch that is worse than guessing
LEARNT_LITTLE = 1.0  # loss from which on a training has not got over it
PATIENCE = 5  # of the early stopping that is proposed
LIGHT_SHARE = 0.01  # of light digits among dark ones, from which it is no slip
SWAPPED_SHARE = 0.2  # of the digits of both labels that are read as the other one
FEW_SHARE = 0.2  # of what is usual, below which a class has too few digits
ENOUGH_TO_WEIGH = 10  # digits of a class: with fewer there is little that could count more
MOST_MISSING = 4  # more classes without a digit are somebody's choice
EPOCHS_AFTER_BEST = 3  # before anything is called over-fitting
WORSE = 1.1  # times the best validation loss
TIMES_FASTER = 3.0
WORTH = 10.0  # seconds that could be saved
FEW = 100  # training digits below which a network can know all of them by heart, and still read others badly
BY_HEART = 0.02  # training loss from which on there is nothing more to learn from them
READS_WELL = 0.9  # of validation digits
COARSE = 50  # validation images below which one of them is more than two points


def examine(case: Case) -> Finding | None:
    """Return the gravest finding, None where nothing is wrong."""
    return next((finding for rule in RULES if (finding := rule(case)) is not None), None)


def cured(config: TrainConfig, finding: Finding) -> TrainConfig:
    """Return the settings after the cure; the same where it does not lie in the settings."""
    value = finding.fields.get("value")
    if finding.cure is Cure.LEARNING_RATE:
        return replace(config, learning_rate=float(value or 0))
    if finding.cure is Cure.BATCH_SIZE:
        return replace(config, batch_size=int(value or 0))
    if finding.cure is Cure.DEVICE:
        return replace(config, device=str(value))
    if finding.cure is Cure.AUGMENT:
        return replace(config, augment="light")
    if finding.cure is Cure.WEIGH:
        return replace(config, class_weights="balanced")
    if finding.cure is Cure.EARLY_STOP:
        return replace(config, early_stop=PATIENCE)
    return config


# --- the digits ---------------------------------------------------------------------------------------


def light_and_dark(case: Case) -> Finding | None:
    """Some digits are ink on paper, the others ink on black: they look alike to people only."""
    facts = case.facts
    if facts is None:
        return None
    images = facts.images + sum(facts.val_counts)
    if facts.light < max(2, LIGHT_SHARE * images):
        return None
    return _found(Illness.LIGHT_AND_DARK, Cure.LOOK_AT_DIGITS, light=facts.light, images=images)


def labels_swapped(case: Case) -> Finding | None:
    """The shipped model reads many digits of two labels the other way round, and little else wrong."""
    table = case.facts.second_opinion if case.facts is not None else None
    if table is None:
        return None
    counts = [sum(row) for row in table]
    best: tuple[float, int, int] | None = None
    for one in range(10):
        for other in range(one + 1, 10):
            if min(counts[one], counts[other]) < 5 or min(table[one][other], table[other][one]) < 3:
                continue
            share = min(table[one][other] / counts[one], table[other][one] / counts[other])
            stray = max(
                table[row][answer] / counts[row]
                for row in (one, other)
                for answer in range(10)
                if answer not in (one, other)
            )
            if share >= SWAPPED_SHARE and share > 2 * stray and (best is None or share > best[0]):
                best = share, one, other
    if best is None:
        return None
    _, one, other = best
    return _found(
        Illness.LABELS_SWAPPED,
        Cure.LOOK_AT_DIGITS,
        one=one,
        other=other,
        one_as_other=table[one][other],
        one_count=counts[one],
        other_as_one=table[other][one],
        other_count=counts[other],
    )


def too_few(case: Case) -> Finding | None:
    """One label has far fewer digits than the others, or none at all."""
    if case.facts is None:
        return None
    counts = case.facts.train_counts
    if counts.count(0) > MOST_MISSING:
        return None
    digit = min(range(10), key=lambda label: counts[label])
    usual = round(statistics.median(count for label, count in enumerate(counts) if label != digit))
    if counts[digit] >= FEW_SHARE * usual or usual - counts[digit] < 3:
        return None
    can_weigh = counts[digit] >= ENOUGH_TO_WEIGH and case.config.class_weights == "off"
    cure = Cure.WEIGH if can_weigh else Cure.ADD_DIGITS
    return _found(Illness.TOO_FEW, cure, digit=digit, count=counts[digit], usual=usual)


# --- the loss -----------------------------------------------------------------------------------------


def exploding(case: Case) -> Finding | None:
    """The loss is far above that of guessing: the steps are too long."""
    rate = case.config.learning_rate
    if isinstance(case.ending, RunFailed) and case.ending.code == Code.LOSS_NOT_FINITE:
        where, loss = case.ending.fields.get("epoch", 0), math.inf
        return _slower(Illness.EXPLODING, rate, epoch=int(str(where)), loss=loss)
    worst = max(case.epochs, key=lambda epoch: epoch.train_loss, default=None)
    if worst is None or worst.train_loss < EXPLODED or case.epochs[-1].train_loss < LEARNT_LITTLE:
        return None
    is_first = case.ending is None and case.epochs[-1] is worst and worst.epoch == 1
    if is_first and worst.train_loss < 2 * EXPLODED:
        return None  # it may have begun there
    return _slower(Illness.EXPLODING, rate, epoch=worst.epoch, loss=worst.train_loss)


def not_falling(case: Case) -> Finding | None:
    """After all epochs it knows hardly more than at first, and the learning rate is an unusual one."""
    if len(case.epochs) < 2 or case.ending is None:
        return None
    first, last = case.epochs[0].train_loss, case.epochs[-1].train_loss
    rate = case.config.learning_rate
    evidence = {"epochs": len(case.epochs), "first": first, "last": last}
    if rate > 0.03 and last > max(LEARNT_LITTLE, 0.75 * first):
        return _slower(Illness.NOT_FALLING, rate, **evidence)
    if rate < 0.001 and last > max(0.85 * GUESSING, 0.9 * first):
        return _found(
            Illness.NOT_FALLING,
            Cure.LEARNING_RATE,
            learning_rate=rate,
            value=TrainConfig().learning_rate,
            **evidence,
        )
    return None


def over_fitting(case: Case) -> Finding | None:
    """The validation loss rises since an epoch while the training loss still falls."""
    epochs = [epoch for epoch in case.epochs if epoch.val_loss is not None]
    if isinstance(case.ending, RunFinished) and case.ending.reason == "early_stop":
        return None  # that is the cure
    if len(epochs) <= EPOCHS_AFTER_BEST:
        return None
    losses = [epoch.val_loss or 0.0 for epoch in epochs]
    best = losses.index(min(losses))
    after = losses[best + 1 :]
    if len(after) < max(EPOCHS_AFTER_BEST, len(losses) // 10):
        return None
    now = statistics.fmean(after[-EPOCHS_AFTER_BEST:])
    train_then, train_now = epochs[best].train_loss, epochs[-1].train_loss
    if now < WORSE * losses[best] or now - losses[best] < 0.02 or train_now >= train_then:
        return None
    cure = Cure.EARLY_STOP if case.config.early_stop is None else Cure.ADD_DIGITS
    cure = Cure.AUGMENT if case.config.augment == "off" else cure
    return _found(
        Illness.OVER_FITTING, cure, epoch=epochs[best].epoch, best=losses[best], now=now, train=train_now
    )


def by_heart(case: Case) -> Finding | None:
    """Few digits are known by heart, others are read badly; with nothing left to learn no loss rises."""
    facts, last = case.facts, case.epochs[-1] if case.epochs else None
    if facts is None or last is None or facts.images >= FEW or last.val_accuracy is None:
        return None
    if isinstance(case.ending, RunFinished) and case.ending.reason == "early_stop":
        return None  # somebody minds it
    if last.train_accuracy < 1 or last.train_loss > BY_HEART:
        return None
    count = sum(facts.val_counts)
    if not count or wilson(round(last.val_accuracy * count), count)[1] >= READS_WELL:
        return None
    cure = Cure.AUGMENT if case.config.augment == "off" else Cure.ADD_DIGITS
    share = 100 * last.val_accuracy
    return _found(Illness.BY_HEART, cure, images=facts.images, share=share, count=count)


# --- the settings -------------------------------------------------------------------------------------


def never_predicted(case: Case) -> Finding | None:
    """A digit that is among the validation digits is never answered."""
    if case.ending is None or not case.epochs or case.epochs[-1].confusion is None:
        return None
    table = case.epochs[-1].confusion
    missing = [
        digit for digit in range(10) if sum(table[digit]) >= 3 and not any(row[digit] for row in table)
    ]
    if not missing:
        return None
    digit = max(missing, key=lambda label: sum(table[label]))
    return _found(
        Illness.NEVER_PREDICTED,
        Cure.MORE_EPOCHS,
        digit=digit,
        count=sum(table[digit]),
        images=sum(sum(row) for row in table),
        value=10,
    )


def batch_is_all(case: Case) -> Finding | None:
    """One batch takes all digits, so that the parameters change only once an epoch."""
    if case.facts is None or case.config.batch_size < case.facts.images or case.facts.images < 4:
        return None
    images = case.facts.images
    value = min(TrainConfig().batch_size, 2 ** max(0, int(math.log2(images / 4))))
    return _found(
        Illness.BATCH_IS_ALL,
        Cure.BATCH_SIZE,
        batch_size=case.config.batch_size,
        images=images,
        epochs=len(case.epochs),
        value=value,
    )


def no_validation(case: Case) -> Finding | None:
    """Nothing is held back: nobody knows how it reads new digits."""
    if case.facts is None or any(case.facts.val_counts):
        return None
    cure = Cure.HOLD_BACK if case.facts.images >= 10 else Cure.ADD_DIGITS
    return _found(Illness.NO_VALIDATION, cure, images=case.facts.images)


def slow(case: Case) -> Finding | None:
    """Another batch size or device would learn from several times as many images a second."""
    faster = case.facts.faster if case.facts is not None else None
    if faster is None or case.facts is None or not case.epochs:
        return None
    steps = -(-case.facts.images // case.config.batch_size)
    milliseconds = statistics.median(epoch.ms_per_step for epoch in case.epochs)
    speed = 1_000 * case.facts.images / (steps * milliseconds)
    saved = case.epochs[-1].seconds * (1 - speed / faster.images_per_second)
    if faster.images_per_second < TIMES_FASTER * speed or saved < WORTH:
        return None
    evidence: dict[str, int | float | str] = {
        "speed": round(speed),
        "possible": round(faster.images_per_second),
        "batch_size": faster.batch_size,
        "device": faster.device,
    }
    if faster.batch_size != case.config.batch_size:
        return Finding(Illness.SLOW, Cure.BATCH_SIZE, {**evidence, "value": faster.batch_size})
    return Finding(Illness.SLOW, Cure.DEVICE, {**evidence, "value": faster.device})


def coarse(case: Case) -> Finding | None:
    """So few validation digits that one of them moves the score by points."""
    images = sum(case.facts.val_counts) if case.facts is not None else 0
    if not 0 < images < COARSE:
        return None
    return _found(Illness.COARSE, Cure.ADD_DIGITS, images=images, points=100 / images)


RULES: tuple[Callable[[Case], Finding | None], ...] = (
    light_and_dark,
    labels_swapped,
    exploding,
    not_falling,
    too_few,
    never_predicted,
    batch_is_all,
    no_validation,
    over_fitting,
    by_heart,
    slow,
    coarse,
)


def _found(illness: Illness, cure: Cure, **fields: int | float | str) -> Finding:
    return Finding(illness, cure, fields)


def _slower(illness: Illness, rate: float, **evidence: int | float | str) -> Finding:
    """Return a finding that a tenth of the learning rate helps against."""
    value = max(LEARNING_RATE_RANGE[0], float(f"{rate / 10:.6g}"))
    return _found(illness, Cure.LEARNING_RATE, learning_rate=rate, value=value, **evidence)
