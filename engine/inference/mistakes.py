"""Reads one split of a document with one model, and what has to be known to judge its labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data.splits import Split
from engine.inference.label_book import LabelBook, Members
from engine.inference.predictor import Predictor, load_base, load_epoch, load_run
from engine.inference.readings import Progress, Readings, read

if TYPE_CHECKING:
    from engine.data.document import Document
    from engine.data.samples import Samples

AT_ONCE = 2_000  # of so few digits the pixels are picked by id; of more, the split is read as a whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read.

    Attributes:
        run: whose model reads; None for the shipped one.
        epoch: the model as it was after this epoch; None for the run's best.
        split: whose digits.
    """

    run: int | None
    epoch: int | None
    split: Split


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """What came of it.

    Attributes:
        wanted: what was asked for.
        book: the document's labels as they were then.
        members: digits and labels that the run used when it began; empty for the shipped model.
        readings: what the model answers, for digits that were not known before.
        opinions: what the shipped model answers, for digits that the run has learned from: a model defends
            the labels that it has learned, so that it cannot judge them.
    """

    wanted: Wanted
    book: LabelBook
    members: Members
    readings: Readings
    opinions: Readings


def learned_ids(members: Members) -> NDArray[np.int64]:
    """Return the ids (N,) that a run has learned from."""
    return members[Split.TRAIN][0] if Split.TRAIN in members else np.empty(0, np.int64)


def examine(
    document: Document,
    wanted: Wanted,
    known: Readings,
    known_opinions: Readings,
    progress: Progress = lambda _done, _total: True,
) -> Examined:
    """Read the labelled digits of a split that are not known yet.

    Args:
        document: belongs to the calling thread.
        wanted: model and split.
        known: what the model has read before.
        known_opinions: what the shipped model has read before.
        progress: told (read, of all); where it returns False the rest is left out.

    Raises:
        EngineError: RUN_MISSING, RUN_WITHOUT_MODEL, EPOCH_NOT_KEPT, CHECKPOINT_DAMAGED, DOCUMENT_DAMAGED,
            ASSET_MISSING, ASSET_DAMAGED.
    """
    progress(0, 0)
    members: dict[Split, tuple[NDArray[np.int64], NDArray[np.int8]]] = {}
    if wanted.run is not None:
        members = {
            split: document.runs.member_labels(wanted.run, split) for split in (Split.TRAIN, Split.VAL)
        }
    book = LabelBook.read(document)
    ids, _ = book.of(wanted.split)
    new = ids[~known.has(ids)]
    learned = ids[np.isin(ids, learned_ids(members))]
    unjudged = learned[~known_opinions.has(learned)]
    total = len(new) + len(unjudged)

    def passed(before: int) -> Progress:
        return lambda done, _all: progress(before + done, total)

    samples = _digits(document, wanted.split, np.union1d(new, unjudged))
    readings = _read(samples, new, lambda: _load(document, wanted), passed(0))
    opinions = Readings.none()
    if len(readings) == len(new):  # it was not cancelled
        opinions = _read(samples, unjudged, load_base, passed(len(new)))
    return Examined(wanted, book, members, readings, opinions)


def _digits(document: Document, split: Split, ids: NDArray[np.int64]) -> Samples:
    return document.samples.pick(ids) if len(ids) <= AT_ONCE else document.samples.load(split)


def _read(
    samples: Samples, ids: NDArray[np.int64], load: Callable[[], Predictor], progress: Progress
) -> Readings:
    if not len(ids):
        return Readings.none()
    chosen = np.isin(samples.ids, ids)
    return read(load(), samples.ids[chosen], samples.images[chosen], progress)


def _load(document: Document, wanted: Wanted) -> Predictor:
    if wanted.run is None:
        return load_base()
    if wanted.epoch is None:
        return load_run(document, wanted.run)
    return load_epoch(document, wanted.run, wanted.epoch)
