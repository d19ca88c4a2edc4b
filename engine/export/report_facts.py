"""Gathers what a report is made from: reads the document, has the run's model read its digits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine import __version__
from engine.data.document import Document
from engine.data.runs import RunRecord
from engine.data.samples import Samples
from engine.data.splits import SPLITS, Split
from engine.errors import Code, EngineError
from engine.events import EpochCompleted, RunFinished
from engine.export.report import Facts, Measured
from engine.inference.label_book import LabelBook, changes_since
from engine.inference.predictor import Predictor, load_base, load_run
from engine.inference.readings import Progress, confusion_of, read
from engine.training.doctor import examine
from engine.training.history import Points, epoch_points
from engine.training.illness import Case, DataFacts
from engine.training.prescriptions import sentence

SHOWN = 12  # training digits of each label that are shown
ASKED = 60  # training digits of each label that the shipped model is asked about
DIGITS = 10


def facts_of(
    document: Document,
    run: int,
    language: str,
    progress: Progress = lambda _done, _total: True,
    spoken: Callable[[int | float | str], str] = str,
) -> Facts | None:
    """Return the facts of a run; None where ``progress`` returned False.

    Args:
        document: belongs to the calling thread.
        run: its number.
        language: of the doctor's sentence, ``en`` or ``ja``.
        progress: told (read, of all).
        spoken: writes the numbers of the doctor's sentence.

    Raises:
        EngineError: RUN_MISSING, CHECKPOINT_DAMAGED, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    progress(0, 0)
    record = document.runs.get(run)
    train, val = (document.runs.members(run, split) for split in (Split.TRAIN, Split.VAL))
    test = document.samples.load(Split.TEST, labelled_only=True)
    model = _model_of(document, run)
    parts = {Split.VAL: val, Split.TEST: test} if len(val) else {Split.TRAIN: train, Split.TEST: test}
    total, done = sum(map(len, parts.values())), 0
    measured: dict[Split, Measured | None] = dict.fromkeys(SPLITS)
    for split, samples in parts.items():
        if model is not None and len(samples):
            measured[split] = _measured(model, samples, _moved_on(progress, done, total))
            if measured[split] is None:
                return None
            done += len(samples)
    members = {Split.TRAIN: (train.ids, train.labels), Split.VAL: (val.ids, val.labels)}
    knew_all = record.config.train_images is None and not record.config.rehearse
    points = epoch_points(document.runs, record)
    return Facts(
        document=document.path.stem,
        made=datetime.now().astimezone().strftime("%Y-%m-%d"),
        version=__version__,
        record=record,
        points=points,
        seconds=document.runs.last_value(run, "seconds"),
        counts=np.array([_counts(part.labels) for part in (train, val, test)]),
        sources=_sources(document, np.concatenate([train.ids, val.ids])),
        samples=some_of_each(train.images, train.labels),
        changes=changes_since(LabelBook.read(document), members, knew_all),
        val=measured[Split.VAL],
        test=measured[Split.TEST],
        train=measured[Split.TRAIN],
        has_model=model is not None,
        finding=_finding(document, record, points, train, val, language, spoken),
    )


def some_of_each(images: NDArray[np.uint8], labels: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return up to SHOWN digits of each label, evenly from all of them, label after label."""
    chosen = []
    for label in range(DIGITS):
        rows = np.flatnonzero(labels == label)
        if len(rows):
            chosen.append(rows[np.unique(np.linspace(0, len(rows) - 1, SHOWN).astype(int))])
    return images[np.concatenate(chosen)] if chosen else images[:0]


def _moved_on(progress: Progress, done: int, total: int) -> Progress:
    """Return a progress of a part, after ``done`` of ``total``."""
    return lambda now, _all: progress(done + now, total)


def _model_of(document: Document, run: int) -> Predictor | None:
    try:
        return load_run(document, run)
    except EngineError as error:
        if error.code is Code.RUN_WITHOUT_MODEL:
            return None
        raise


def _measured(model: Predictor, samples: Samples, progress: Progress) -> Measured | None:
    readings = read(model, samples.ids, samples.images, progress)
    if len(readings) < len(samples):
        return None
    return Measured(samples.images, samples.labels, readings, confusion_of(samples.labels, readings.answers))


def _counts(labels: NDArray[np.int8]) -> NDArray[np.int64]:
    return np.bincount(labels[labels >= 0], minlength=DIGITS)


def _sources(document: Document, ids: NDArray[np.int64]) -> list[tuple[str, int]]:
    """Return where the digits come from that are still there, the most frequent first."""
    return Counter(document.samples.sources(ids.tolist())).most_common()


def _finding(
    document: Document,
    record: RunRecord,
    points: Points,
    train: Samples,
    val: Samples,
    language: str,
    spoken: Callable[[int | float | str], str],
) -> str | None:
    """Return the doctor's sentence on a run that has ended well; what is slow nobody measures here."""
    if record.state != "finished" or not len(points) or not len(train):
        return None
    confusions = {kept.epoch: kept.confusion for kept in document.epochs.list(record.id)}
    epochs = [
        EpochCompleted(
            run=record.id,
            epoch=int(points.epoch[row]),
            step=int(points.step[row]),
            images_seen=int(points.images[row]),
            seconds=_number(points.seconds[row]) or 0.0,
            train_loss=float(points.values["train_loss"][row]),
            train_accuracy=float(points.values["train_accuracy"][row]),
            val_loss=_number(points.values["val_loss"][row]),
            val_accuracy=_number(points.values["val_accuracy"][row]),
            val_images=record.val_images or 0,
            confusion=confusions.get(int(points.epoch[row])),
            is_best=int(points.epoch[row]) == record.best_epoch,
            ms_per_step=float(points.values["ms_per_step"][row]),
            learning_rate=float(points.values["learning_rate"][row]),
        )
        for row in range(len(points))
    ]
    last = epochs[-1]
    ending = RunFinished(
        run=record.id,
        reason=record.reason or "completed",
        epoch=last.epoch,
        step=last.step,
        seconds=last.seconds,
        best_epoch=record.best_epoch or 0,
        val_loss=record.val_loss,
        val_accuracy=record.val_accuracy,
        val_images=record.val_images or 0,
        train_accuracy=last.train_accuracy,
    )
    asked = np.concatenate([np.flatnonzero(train.labels == label)[:ASKED] for label in range(DIGITS)])
    asked.sort()
    opinion = read(load_base(), train.ids[asked], train.images[asked])
    told = DataFacts(
        train_counts=tuple(_counts(train.labels).tolist()),
        val_counts=tuple(_counts(val.labels).tolist()),
        second_opinion=confusion_of(train.labels[asked], opinion.answers),
    )
    finding = examine(Case(record.config, epochs, told, ending))
    return "" if finding is None else sentence(finding, language, spoken)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
