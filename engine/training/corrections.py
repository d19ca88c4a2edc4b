"""Learns the corrections of a document in seconds, and reads fixed digits before and after."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.run_lock import held_run
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.inference.predictor import CHUNK, Predictor, load_base, load_run
from engine.training.amount import repeats
from engine.training.batches import Digits, LabelledDigits
from engine.training.gentle import gentlest
from engine.training.start_weights import start_weights
from engine.training.teach import Lesson, Progress, Score, settings

# Chosen on four writers that the model did not know, see bench/recognition/corrections.py: at the rate of a
# whole hand it learns hardly a correction more, and forgets twice as much.
LEARNING_RATE = 0.0006
MOST = 1_000  # own digits that are learned from at once; of more, the corrections and some of the others

BASE = "base"


@dataclass(frozen=True, slots=True)
class Learned:
    """What learning the corrections came to; each pair is the same digits, read before and after.

    Attributes:
        run: the new run's number.
        new_before, new_after: the corrections that the model before had not learned from. It learned from
            them now, so ``after`` tells that they are learned, not how well others are read.
        earlier_before, earlier_after: the corrections from earlier lessons, rehearsed now.
        test_before, test_after: digits that neither this lesson nor any other rehearses.
        is_own_test: these are the test digits of the document; where it has none, starter digits serve.
        seconds: of everything.
    """

    run: int
    new_before: Score
    new_after: Score
    earlier_before: Score
    earlier_after: Score
    test_before: Score
    test_after: Score
    is_own_test: bool
    seconds: float


def learn(
    document: Document,
    start_from: str,
    in_use: str,
    progress: Progress = lambda _done, _total: True,
    name: str = "",
) -> Learned | None:
    """Train a new run of ``document`` on its corrections and other own digits, starter digits rehearsed.

    Args:
        document: belongs to the calling thread.
        start_from: ``base`` or a run's number as text: what the lesson starts from.
        in_use: the same, of the model that reads now; it is the one before.
        progress: told (steps done, of all); returns False to cancel.
        name: what the run is called.

    Returns:
        What it came to; None when it was cancelled. A run that was cancelled before its end is there as a
        stopped one; before its start nothing was written.

    Raises:
        EngineError: NO_OWN_DIGITS, what ``start_weights`` raises, or why the training failed.
    """
    began = time.perf_counter()
    own = document.samples.load(Split.TRAIN, labelled_only=True, own_only=True)
    if len(own) == 0:
        raise EngineError(Code.NO_OWN_DIGITS)
    start = None if start_from == BASE else document.runs.get(int(start_from)).config
    ids = document.corrections.ids()
    shown, config = plan(len(own), len(ids), start_from, start)
    weights = start_weights(document, config)
    assert weights is not None  # it does not start from random ones
    wish = _Wish(progress)
    lesson = Lesson(lambda _shown: config, weights, shown, 1, wish)
    digits = document.samples.pick(ids)
    is_new = np.isin(ids, document.corrections.waiting(_run(in_use)))
    test, is_own_test = fixed_test(document)
    before = [_right(_model(document, in_use), part, wish) for part in (digits, test)]
    run = None if any(part is None for part in before) else lesson.new_run(document, name)
    if run is None:
        return None
    _soften(document, run, weights)
    learned = load_run(document, run)
    after = [_right(learned, part, wish) for part in (digits, test)]
    if any(part is None for part in after):
        return None
    new, earlier = ([_score(part[0], places) for part in (before, after)] for places in (is_new, ~is_new))
    fixed = [_score(part[1]) for part in (before, after)]
    seconds = time.perf_counter() - began
    return Learned(run, *new, *earlier, *fixed, is_own_test, seconds)  # type: ignore[call-arg,arg-type]


def _soften(document: Document, run: int, start: bytes) -> None:
    """Put the smallest step of a lesson that learns all its digits in the place of the whole one.

    The run's last checkpoint stays as it is: whoever goes on with the lesson goes on exactly.
    """
    with held_run(document.path, run):
        saved, shown = document.runs.load_checkpoint(run, "best"), document.runs.members(run, Split.TRAIN)
        assert saved is not None  # a completed run has one
        weights = gentlest(start, saved.weights, shown)
        document.runs.save_checkpoint(run, saved.epoch, saved.step, weights, "best", saved.training_state)


def plan(own: int, corrections: int, start_from: str, start: TrainConfig | None) -> tuple[int, TrainConfig]:
    """Return how many own digits an epoch shows, and the settings.

    Among many others a correction comes several times an epoch, so that it is shown as often as one of few.

    Args:
        own: how many there are, the corrections among them.
        corrections: how many of them are corrections.
        start_from: as in ``learn``.
        start: the settings of that run; None for the shipped model.
    """
    learned = min(own, MOST)
    shown = learned
    while True:
        lesson = settings(shown, start_from, start, fewest_rehearsed=0)  # the slow rate forgets little
        config = replace(lesson, learning_rate=LEARNING_RATE)
        wanted = learned + (repeats(config.epochs) - 1) * min(corrections, learned)
        if wanted <= shown:
            return shown, replace(config, train_images=learned) if learned < own else config
        shown = wanted


def fixed_test(document: Document) -> tuple[Digits, bool]:
    """Return the digits on which lessons are measured, and whether they are the document's own.

    They are its labelled test digits, without those that a lesson may rehearse (as after somebody moved them
    between the splits); where there are none, the starter digits that are never rehearsed.
    """
    test = document.samples.load(Split.TEST, labelled_only=True)
    rehearsed = {image.tobytes() for image in starter.load_rehearsed()[0]}
    fresh = np.array([image.tobytes() not in rehearsed for image in test.images], bool)
    if not fresh.any():
        return Digits(*starter.load_kept()), False
    return Digits(test.images[fresh], test.labels[fresh]), True


def _run(model: str) -> int | None:
    return None if model == BASE else int(model)


def _model(document: Document, model: str) -> Predictor:
    return load_base() if model == BASE else load_run(document, int(model))


class _Wish:
    """Hands progress on, and can ask in between whether the work is still wanted."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told = (0, 0)

    def __call__(self, done: int, total: int) -> bool:
        self._told = (done, total)
        return self._progress(done, total)

    def holds(self) -> bool:
        return self._progress(*self._told)


def _right(model: Predictor, digits: LabelledDigits, wish: _Wish) -> NDArray[np.bool_] | None:
    """Return which of N digits are read right, (N,); None where nobody wants to know any more."""
    right = np.zeros(len(digits.labels), bool)
    for start in range(0, len(right), CHUNK):
        part = np.s_[start : start + CHUNK]
        right[part] = model.logits(digits.images[part]).argmax(1) == digits.labels[part]
        if not wish.holds():
            return None
    return right


def _score(right: NDArray[np.bool_] | None, places: NDArray[np.bool_] | None = None) -> Score:
    assert right is not None  # else the lesson has ended before
    chosen = right if places is None else right[places]
    return Score(int(chosen.sum()), len(chosen))
