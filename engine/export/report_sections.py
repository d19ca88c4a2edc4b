"""The sections of a report, each from facts to blocks."""

from __future__ import annotations

import math
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.export import charts
from engine.export.report import (
    Block,
    Charts,
    Digits,
    Facts,
    Heading,
    Measured,
    Pairs,
    Report,
    Score,
    Table,
    Text,
)
from engine.export.report_facts import SHOWN
from engine.export.report_words import Words
from engine.export.svg import Colors, Drawing
from engine.training.calibration import calibration_error, fit_temperature, probabilities, reliability
from engine.training.comparison import settings_of
from engine.training.history import plan_of
from engine.training.interval import USEFUL, wilson
from engine.training.scores import scores_of, total_of

WORST = 24  # mistakes that are shown
PAIRS = 3  # kinds of mistakes that are named
ENOUGH_TO_CALIBRATE = 50  # validation digits
ENOUGH_TO_MEND = 100  # as engine.inference.trust has it
MACHINE = ("device", "seconds", "torch", "python", "app", "platform", "data_version")
LEFT_OUT = ("threads", "n_train", "n_val")  # said elsewhere
DEFAULTS = {  # not worth a line
    "rehearse": 0,
    "layers": "all",
    "train_images": None,
    "added_epochs": 0,
    "hidden": None,
    "strokes": "stored",
    "class_weights": "off",
}


Shares = NDArray[np.floating[Any]]


def report_of(facts: Facts, language: str) -> Report:
    """Return the report that ``facts`` make, in ``language`` (``en`` or ``ja``)."""
    words = Words(language)
    record = facts.record
    title = words("run", run=record.id) + (f" – {record.name}" if record.name else "")
    sections = (
        _scores(facts, words),
        _doctor(facts, words),
        _data(facts, words),
        _settings(facts, words),
        _machine(facts, words),
        _curves(facts, words),
        _matrix(facts, words),
        _each_digit(facts, words),
        _worst(facts, words),
        _calibration(facts, words),
    )
    return Report(
        language,
        f"{words('title')}: {title}",
        words("subtitle", document=facts.document, trained=_day_of(record.created), made=facts.made),
        words("name"),
        words("footer", version=facts.version),
        tuple(section for section in sections if section),
    )


def _day_of(moment: str) -> str:
    """Return the day of an ISO moment where the reader is; one that is none as it stands."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d")
    except (ValueError, OverflowError):
        return moment[:10]


def _scores(facts: Facts, words: Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for measured, key, noun in (
        (facts.val, "validation_score", "validation digit"),
        (facts.test, "test_score", "test digit"),
    ):
        if measured is not None:
            right, n = total_of(measured.confusion)
            low, high = (words.percent(value) for value in wilson(right, n))
            told = words(key, n=words.counted(n, noun), low=low, high=high)
            blocks.append(Score(words.percent(right / n), told))
            if n < USEFUL:
                blocks.append(Text(words("few", useful=USEFUL), is_quiet=True))
    trained = facts.points.values["train_accuracy"]
    if facts.val is None and len(trained):
        blocks.append(Score(words.percent(float(trained[-1])), words("train_score")))
    if facts.changes:
        blocks.append(Text(words("changed", count=words.counted(facts.changes, "digit")), is_marked=True))
    if facts.record.note:
        blocks.append(Text(f"{words('note')}: {facts.record.note}"))
    return tuple(blocks)


def _doctor(facts: Facts, words: Words) -> tuple[Block, ...]:
    if facts.finding is None:
        return ()
    return (
        Heading(words("doctor")),
        Text(facts.finding or words("healthy"), is_marked=bool(facts.finding)),
    )


def _data(facts: Facts, words: Words) -> tuple[Block, ...]:
    def row(name: str, counts: list[int]) -> tuple[str, ...]:
        return (name, *map(words.number, counts), words.number(sum(counts)))

    head = (words("digit"), *map(str, range(10)), words("all"))
    rows = [
        row(words(key), facts.counts[place].tolist()) for place, key in enumerate(("train", "val", "test"))
    ]
    blocks: list[Block] = [Heading(words("data")), Table(head, tuple(rows))]
    if facts.sources:
        told = [
            words("source", name=words.source(name), count=words.number(count))
            for name, count in facts.sources
        ]
        separator = "、" if words.language == "ja" else ", "
        blocks.append(Text(words("sources", sources=separator.join(told))))
    if len(facts.samples):
        blocks += [Text(words("samples"), is_quiet=True), Digits(facts.samples, columns=2 * SHOWN)]
    return tuple(blocks)


def _settings(facts: Facts, words: Words) -> tuple[Block, ...]:
    plan, values = plan_of(facts.record), _values(facts)
    names = [
        name
        for name in values
        if name not in (*MACHINE, *LEFT_OUT) and not (name in DEFAULTS and values[name] == DEFAULTS[name])
    ]
    arithmetic = words(
        "arithmetic",
        images=words.counted(plan.images, "training digit"),
        batch=words.number(plan.batch_size),
        steps=words.counted(plan.steps_per_epoch, "step"),
        epochs=words.counted(plan.epochs, "epoch"),
        total=words.counted(plan.total_steps, "step"),
        shown=words.counted(plan.images_shown, "digit"),
    )
    return (Heading(words("settings")), _pairs(names, values, words), Text(arithmetic, is_quiet=True))


def _machine(facts: Facts, words: Words) -> tuple[Block, ...]:
    values = _values(facts)
    names = [name for name in MACHINE if values.get(name) is not None]
    return (Heading(words("machine")), _pairs(names, values, words))


def _values(facts: Facts) -> dict[str, Any]:
    record = facts.record
    values = settings_of(record)
    values["parameters"] = record.facts.get("parameters")
    values["seconds"] = facts.seconds
    values["reason"] = "failed" if record.state == "failed" else record.reason
    return values


def _pairs(names: list[str], values: dict[str, Any], words: Words) -> Pairs:
    return Pairs(tuple((words.setting(name), words.value(name, values[name])) for name in names))


def _curves(facts: Facts, words: Words) -> tuple[Block, ...]:
    if not len(facts.points):
        return ()
    return (
        Heading(words("curves")),
        Charts(
            (
                partial(_curve, facts, words, "loss", False),
                partial(_curve, facts, words, "accuracy", True),
            )
        ),
    )


def _curve(facts: Facts, words: Words, key: str, percent: bool, colors: Colors) -> Drawing:
    points, best = facts.points, facts.record.best_epoch
    x = points.epoch.tolist()
    curves = [charts.Curve(words("train"), x, points.values[f"train_{key}"].tolist(), colors.train)]
    val = points.values[f"val_{key}"].tolist()
    if any(math.isfinite(value) for value in val):
        curves.append(charts.Curve(words("val"), x, val, colors.val, is_dashed=True))
    mark = (float(best), words("best", epoch=words.number(best))) if best and len(x) > 1 else None
    return charts.curves_drawing(
        curves, colors, words(key), words("epoch"), lambda value: f"{value:.4g}", percent, mark
    )


def _shown(facts: Facts) -> Measured | None:
    """Return what matrix and mistakes are of: validation digits, or what it learned where there are none."""
    return facts.val if facts.val is not None else facts.train


def _matrix(facts: Facts, words: Words) -> tuple[Block, ...]:
    measured = _shown(facts)
    if measured is None:
        return (Heading(words("matrix")), Text(words("no_model"))) if not facts.has_model else ()
    right, n = total_of(measured.confusion)
    told = words("matrix_told", wrong=words.number(n - right), n=words.counted(n, "digit"))
    pairs = sorted(
        (
            (count, true, answer)
            for true, row in enumerate(measured.confusion)
            for answer, count in enumerate(row)
            if true != answer and count
        ),
        key=lambda item: -item[0],
    )[:PAIRS]
    if pairs:
        separator = "、" if words.language == "ja" else ", "
        named = [words("pair", true=true, answer=answer, count=count) for count, true, answer in pairs]
        told += ("" if words.language == "ja" else " ") + words("most", pairs=separator.join(named))
    blocks: list[Block] = [Heading(words("matrix"))]
    if facts.val is None:
        blocks.append(Text(words("no_validation"), is_marked=True))
    confusion = measured.confusion
    blocks += [
        Text(told),
        Charts(
            (
                lambda colors: charts.confusion_drawing(
                    confusion, colors, words("matrix"), words("written"), words("read")
                ),
            ),
            share=0.6,
        ),
    ]
    return tuple(blocks)


def _each_digit(facts: Facts, words: Words) -> tuple[Block, ...]:
    measured = _shown(facts)
    if measured is None:
        return ()
    rows: list[tuple[str, ...]] = []
    for score in scores_of(measured.confusion):
        cells = [str(score.digit), words.number(score.n)]
        for share, (low, high) in (
            (score.recall, score.recall_interval()),
            (score.precision, score.precision_interval()),
        ):
            known = share is not None
            cells.append(words.percent(share) if share is not None else "–")
            cells.append(f"{100 * low:.1f}–{100 * high:.1f}" if known else "–")
        rows.append((*cells, "–" if score.f1 is None else f"{100 * score.f1:.1f}"))
    right, n = total_of(measured.confusion)
    low, high = wilson(right, n)
    total, span = words.percent(right / n), f"{100 * low:.1f}–{100 * high:.1f}"
    rows.append((words("all"), words.number(n), total, span, total, span, ""))
    names = ("digit", "images", "recall", "interval", "precision", "interval")
    head = (*(words(name) for name in names), "F1")
    return (
        Heading(words("digits")),
        Table(head, tuple(rows), has_sum=True),
        Text(words("digits_told"), is_quiet=True),
    )


def _worst(facts: Facts, words: Words) -> tuple[Block, ...]:
    measured = _shown(facts)
    if measured is None:
        return ()
    readings = measured.readings
    wrong = np.flatnonzero(readings.answers != measured.labels)
    if not len(wrong):
        return (Heading(words("worst")), Text(words("none_wrong")))
    sure = readings.probabilities[wrong].max(axis=1)
    worst = wrong[np.argsort(-sure, kind="stable")[:WORST]]
    answers = zip(measured.labels[worst], readings.answers[worst], readings.probabilities[worst], strict=True)
    captions = tuple(
        f"{label} → {answer} ({_sure(float(shares.max()))})" for label, answer, shares in answers
    )
    return (
        Heading(words("worst")),
        Text(words("worst_told"), is_quiet=True),
        Digits(measured.images[worst], captions, columns=8),
    )


def _calibration(facts: Facts, words: Words) -> tuple[Block, ...]:
    measured = facts.val
    if measured is None or len(measured.labels) < ENOUGH_TO_CALIBRATE:
        return ()
    shares, labels = measured.readings.probabilities, measured.labels
    told = words(
        "calibration_told",
        error=words.percent(calibration_error(shares, labels)),
        n=words.number(len(labels)),
    )
    makers = [partial(_reliability, words, "sure", shares, labels)]
    if len(labels) >= ENOUGH_TO_MEND:
        # the softmax of the logarithm of shares is the shares: they serve as logits
        logits = np.log(np.maximum(shares, np.finfo(np.float32).tiny))
        temperature = fit_temperature(logits, labels)
        crossed = np.empty(shares.shape)
        for half in (0, 1):
            there, other = slice(half, None, 2), slice(1 - half, None, 2)
            crossed[there] = probabilities(logits[there], fit_temperature(logits[other], labels[other]))
        told += ("" if words.language == "ja" else " ") + words(
            "calibrated_told",
            temperature=f"{temperature:.2f}",
            error=words.percent(calibration_error(crossed, labels)),
        )
        mended = probabilities(logits, temperature)
        makers.append(partial(_reliability, words, "sure_calibrated", mended, labels))
    share = 0.33 * len(makers)
    return (Heading(words("calibration")), Text(told), Charts(tuple(makers), share=share))


def _reliability(words: Words, key: str, shares: Shares, labels: NDArray[np.int8], colors: Colors) -> Drawing:
    bins = reliability(shares, labels)
    return charts.reliability_drawing(bins, colors, words("calibration"), words(key), words("right"))


def _sure(share: float) -> str:
    """Return a confidence in whole percent; it never claims to be quite certain."""
    return "> 99 %" if share > 0.99 else f"{100 * share:.0f} %"
