"""Teaches a model one person's hand: a few own digits, many others rehearsed, in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.config import REHEARSE_RANGE, TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.events import Event, RunFailed, RunFinished, StepCompleted
from engine.inference.predictor import Predictor
from engine.training import session
from engine.training.batches import Digits, LabelledDigits
from engine.training.control import Control
from engine.training.interval import wilson
from engine.training.plan import EpochPlan
from engine.training.start_weights import start_weights
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

# Chosen on three writers whom the shipped model did not know: see bench/recognition/few_shot.py.
STEPS = 60
BATCH_SIZE = 64
LEARNING_RATE = 0.001
FEWEST_EPOCHS = 3
REHEARSED = 2  # for each own digit, at least
FEWEST_REHEARSED = 200  # of each epoch: so few own digits are shown no more often than many
FOLDS = 2

Progress = Callable[[int, int], bool]  # (done, total) -> False when it should end


@dataclass(frozen=True, slots=True)
class Score:
    """How many of ``n`` digits were read right."""

    right: int
    n: int

    @property
    def accuracy(self) -> float:
        """Their share, 0 … 1; 0 for n = 0."""
        return self.right / max(1, self.n)

    def interval(self) -> tuple[float, float]:
        """Return its 95 % Wilson interval."""
        return wilson(self.right, self.n)


@dataclass(frozen=True, slots=True)
class Taught:
    """What a teaching came to.

    Attributes:
        run: the new run's number.
        digits: own digits it learned from.
        own_before: own digits that the model before reads right.
        own_after: the same digits, each read by a model that learned from the other half: an estimate that
            is a little too low, since the run itself learned from all. Digits without another of their
            label are left out of both; n is 0 where that leaves none.
        kept_before, kept_after: starter digits that nothing was learned from in between.
        seconds: of everything.
    """

    run: int
    digits: int
    own_before: Score
    own_after: Score
    kept_before: Score
    kept_after: Score
    seconds: float


def settings(
    digits: int,
    start_from: str = "base",
    start: TrainConfig | None = None,
    fewest_rehearsed: int = FEWEST_REHEARSED,
) -> TrainConfig:
    """Return the settings for ``digits`` ≥ 1 own digits, on top of the model that ``start_from`` names.

    Args:
        digits: how many there are to learn from.
        start_from: ``base`` or a run's number as text.
        start: the settings of that run, whose layers stay; None for the shipped model.
        fewest_rehearsed: others that each epoch shows at least.
    """
    layers = start if start is not None else TrainConfig()
    others = max(REHEARSED * digits, fewest_rehearsed)
    steps_per_epoch = EpochPlan(digits + others, BATCH_SIZE, 1).steps_per_epoch
    # Each batch is full: batch normalisation over a last batch of one image would undo more than it learns.
    rehearse = min(steps_per_epoch * BATCH_SIZE - digits, REHEARSE_RANGE[1])
    return TrainConfig(
        model=layers.model,
        hidden=layers.hidden,
        epochs=max(FEWEST_EPOCHS, round(STEPS / steps_per_epoch)),
        batch_size=BATCH_SIZE,
        learning_rate=LEARNING_RATE,
        augment="light",
        device="cpu",  # over before a GPU has woken up
        start_from=start_from,
        rehearse=rehearse,
    )


def teach(
    document: Document, start_from: str, progress: Progress = lambda _done, _total: True, name: str = ""
) -> Taught | None:
    """Train a new run of ``document`` on its own digits, from the model that ``start_from`` names.

    First it is measured what learning brings, then learned from all. A run that was cancelled before its end
    is there as a stopped one; before its start nothing was written.

    Args:
        document: belongs to the calling thread.
        start_from: ``base`` or a run's number as text.
        progress: told (steps done, of all); returns False to cancel.
        name: what the run is called.

    Returns:
        What it came to; None when it was cancelled.

    Raises:
        EngineError: NO_OWN_DIGITS, what ``start_weights`` raises, or why the training failed.
    """
    began = time.perf_counter()
    own = document.samples.load(Split.TRAIN, labelled_only=True, own_only=True)
    if len(own) == 0:
        raise EngineError(Code.NO_OWN_DIGITS)
    start = None if start_from == "base" else document.runs.get(int(start_from)).config
    lesson_of = partial(settings, start_from=start_from, start=start)
    config = lesson_of(len(own))
    weights = start_weights(document, config)
    assert weights is not None  # it does not start from random ones
    fresh = ~np.isin(own.ids, _seen(document, start_from))
    folds = folds_of(own.labels, config.seed)
    folds[~fresh] = -1
    tried = folds >= 0
    lesson = Lesson(lesson_of, weights, len(own), 1 + (FOLDS if tried.any() else 0), progress)
    after = lesson.held_out_answers(own, folds)
    run = None if after is None else lesson.new_run(document, name)
    if after is None or run is None:
        return None
    saved = document.runs.load_checkpoint(run, "best")
    assert saved is not None  # a completed run has one
    before, learned, kept = Predictor(config, weights), Predictor(config, saved.weights), _kept()
    return Taught(
        run,
        len(own),
        _score(_answers(before, own.images[tried]), own.labels[tried]),
        _score(after[tried], own.labels[tried]),
        _score(_answers(before, kept.images), kept.labels),
        _score(_answers(learned, kept.images), kept.labels),
        time.perf_counter() - began,
    )


def folds_of(labels: NDArray[Any], seed: int) -> NDArray[np.int64]:
    """Return to which of FOLDS parts each digit belongs, class by class; -1 for the only one of its label."""
    folds = np.full(len(labels), -1, np.int64)
    random = np.random.default_rng(seed)
    for label in np.unique(labels):
        places = random.permutation(np.flatnonzero(labels == label))
        if len(places) > 1:
            folds[places] = np.arange(len(places)) % FOLDS
    return folds


class Lesson:
    """Several trainings from the same weights, counted as one piece of work."""

    def __init__(
        self,
        settings_for: Callable[[int], TrainConfig],
        weights: bytes,
        digits: int,
        trainings: int = 1,
        progress: Progress = lambda _done, _total: True,
    ) -> None:
        """Prepare ``trainings`` on some or all of ``digits`` own digits; ``progress`` as in ``teach``."""
        config = settings_for(digits)
        self._settings_for = settings_for
        self._digits = digits
        self._weights = weights
        self._others = Digits(*starter.load_rehearsed())
        self._each = EpochPlan(digits + config.rehearse, config.batch_size, config.epochs).total_steps
        self._total = self._each * trainings
        self._ended = 0  # trainings
        self._progress = progress

    def held_out_answers(self, own: LabelledDigits, folds: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Return what is read in each own digit by a model that learned from the other parts only.

        Where ``folds`` is -1 the answer is -1; None when it was cancelled.
        """
        answers = np.full(len(folds), -1, np.int64)
        for fold in sorted(set(folds.tolist()) - {-1}):
            held = folds == fold
            learned = self.learned(Digits(own.images[~held], own.labels[~held]))
            if learned is None:
                return None
            answers[held] = _answers(learned, own.images[held])
        return answers

    def learned(self, own: LabelledDigits) -> Predictor | None:
        """Return a model that learned from ``own``, kept nowhere; None when it was cancelled."""
        store, control, config = MemoryStore(), Control(), self._settings_for(len(own.labels))
        training = Trainer(
            config,
            own,
            None,
            store=store,
            control=control,
            start_weights=self._weights,
            others=self._others,
        )
        finished = self._follow(training.run(), control)
        if finished.reason != "completed" or store.best is None:
            return None
        return Predictor(config, store.best.weights)

    def new_run(self, document: Document, name: str) -> int | None:
        """Train the run that stays; return its number, None when it was cancelled."""
        if not self._is_wanted():  # then nothing is written
            return None
        control, config = Control(), self._settings_for(self._digits)
        finished = self._follow(session.start(document, config, control, name), control)
        return finished.run if finished.reason == "completed" else None

    def _is_wanted(self, step: int = 0) -> bool:
        """Tell that ``step`` of the training in progress is done; return whether to go on."""
        return self._progress(min(self._each, step) + self._each * self._ended, self._total)

    def _follow(self, training: Iterator[Event], control: Control) -> RunFinished:
        """Tell of each step and stop the training where nobody wants it any more.

        Raises:
            EngineError: why the training failed.
        """
        for event in training:
            if isinstance(event, StepCompleted) and not self._is_wanted(event.step):
                control.stop()
            if isinstance(event, RunFailed):
                raise EngineError(Code(event.code), **event.fields)
            if isinstance(event, RunFinished):
                self._ended += 1
                return event
        raise AssertionError("a training ends with its last event")


def _seen(document: Document, start_from: str) -> NDArray[np.int64]:
    """Return the digits that the model ``start_from`` has learned from, over all that it goes back to."""
    seen = [np.empty(0, np.int64)]
    visited: set[str] = set()
    while start_from.isdecimal() and start_from not in visited:
        visited.add(start_from)
        run = int(start_from)
        seen.append(document.runs.members(run, Split.TRAIN).ids)
        start_from = document.runs.get(run).config.start_from
    return np.concatenate(seen)


def _kept() -> Digits:
    return Digits(*starter.load_kept())


def _answers(model: Predictor, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    answers: NDArray[np.int64] = model.logits(images).argmax(1)
    return answers


def _score(answers: NDArray[np.int64], labels: NDArray[Any]) -> Score:
    return Score(int((answers == labels).sum()), len(labels))
