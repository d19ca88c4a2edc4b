"""How far a model's answers can be trusted: measured on its validation digits and on made-up non-digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.data.splits import Split
from engine.inference.predictor import Predictor, load_base
from engine.inference.reject import Gate, load_gate
from engine.training import calibration, gate_digits
from engine.training.calibration import Bin

if TYPE_CHECKING:
    from engine.data.document import Document

FEWEST = 100  # validation digits from which a temperature is fitted
MOST = 2_000  # validation digits that are looked at: beyond them figures hardly change
MADE_UP = 300  # scribbles, letters and marks
KEPT = 0.995  # share of the rightly read validation digits that the default threshold lets pass
LOWEST = 0.2  # no default threshold is lower: below it an answer is a guess
SEED = 88
LOOK = 200  # pictures that are read before it is asked whether the study is still wanted
DRAWN = 25  # pictures that are made up before it is asked; drawing one takes as long as reading ten

IsWanted = Callable[[], bool]


class NotWantedError(Exception):
    """Nobody wants the study any more; it ended without a result."""


def always() -> bool:
    """Say that the study is wanted, to its end."""
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What is known of the answers of one model.

    Attributes:
        n: validation digits that were read; 0 where there are none, and then most of the rest is empty. of:
        how many there are; more than ``n`` where only a part was looked at. temperature: what logits are
        divided by. is_fitted: the temperature was fitted on these digits; False: too few, or the model
        brought its own. threshold: the trust from which an answer is given, where nobody has chosen
        another. digits: (n,) trust in the validation digits, lowest first. others: (m,) trust in made-up
        non-digits, lowest first. before, after: reliability at temperature 1 and at the temperature.
        error_before, error_after: expected calibration error of the same, 0 … 1; None without digits. Where
        the
            temperature was fitted, each half of the digits is judged at the temperature of the other half.
    """

    n: int
    of: int
    temperature: float
    is_fitted: bool
    threshold: float
    digits: NDArray[np.float64]
    others: NDArray[np.float64]
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]
    error_before: float | None
    error_after: float | None

    def turned_away(self, threshold: float) -> tuple[int, int]:
        """Return how many validation digits and how many made-up non-digits fall below ``threshold``."""
        return tuple(int(np.searchsorted(found, threshold)) for found in (self.digits, self.others))  # type: ignore[return-value]


def study(
    predictor: Predictor,
    gate: Gate,
    images: NDArray[np.uint8],
    labels: NDArray[Any],
    others: NDArray[np.uint8],
    of: int | None = None,
    is_wanted: IsWanted = always,
) -> Study:
    """Measure a model on digits that it has not learned from.

    Args:
        predictor: its temperature is kept where digits are too few to fit another.
        gate: stands before it.
        images: (n, 28, 28) uint8 canonical digits; may be none.
        labels: (n,) 0 … 9.
        others: (m, 28, 28) pictures without a digit; may be none.
        of: how many there are in all; as many as there are labels where it is not told.
        is_wanted: asked every LOOK pictures.

    Raises:
        NotWantedError: ``is_wanted`` said no.
    """
    n = len(labels)
    temperature, is_fitted = predictor.temperature, False
    logits = _piecewise(predictor.logits, images, is_wanted)
    shares = _piecewise(gate.shares, images, is_wanted)
    strange_logits = _piecewise(predictor.logits, others, is_wanted)
    strange_shares = _piecewise(gate.shares, others, is_wanted)
    if n >= FEWEST and predictor.temperature == 1.0:
        temperature, is_fitted = calibration.fit_temperature(logits, labels), True
    after = calibration.probabilities(logits, temperature)
    strange = calibration.probabilities(strange_logits, temperature).max(axis=1, initial=0.0)
    trust = np.minimum(after.max(axis=1, initial=0.0), shares)
    return Study(
        n,
        n if of is None else of,
        temperature,
        is_fitted,
        choose_threshold(trust[after.argmax(axis=1) == labels] if n else trust, gate.threshold),
        np.sort(trust),
        np.sort(np.minimum(strange, strange_shares)),
        tuple(calibration.reliability(calibration.probabilities(logits), labels)) if n else (),
        tuple(calibration.reliability(after, labels)) if n else (),
        calibration.calibration_error(calibration.probabilities(logits), labels) if n else None,
        calibration.calibration_error(_crossed(logits, labels, temperature, is_fitted), labels)
        if n
        else None,
    )


def study_run(
    predictor: Predictor, gate: Gate, document: Document, run: int | None, is_wanted: IsWanted = always
) -> Study:
    """Measure on the validation digits of a run, with the labels it knew; for None on those of the document.

    The shipped model keeps its temperature and the gate's threshold, whatever the document holds.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED.
        NotWantedError: ``is_wanted``, asked again and again, said no.
    """
    images, labels, of = _validation(document, run)
    found = study(predictor, gate, images, labels, made_up(is_wanted), of, is_wanted)
    return found if run is not None else replace(found, threshold=gate.threshold)


def load_base_behind_gate() -> Predictor:
    """Return the shipped model behind the shipped gate.

    Raises:
        EngineError: ASSET_MISSING, ASSET_DAMAGED.
    """
    base, gate = load_base(), load_gate()
    return base.trusted(gate, gate.threshold, base.temperature)


def behind_gate(predictor: Predictor, document: Document, run: int) -> Predictor:
    """Return the model of a run behind the shipped gate, calibrated on the run's validation digits.

    Raises:
        EngineError: RUN_MISSING, DOCUMENT_DAMAGED, ASSET_MISSING, ASSET_DAMAGED.
    """
    gate = load_gate()
    images, labels, _ = _validation(document, run)
    found = study(predictor, gate, images, labels, images[:0])
    return predictor.trusted(gate, found.threshold, found.temperature)


def _validation(document: Document, run: int | None) -> tuple[NDArray[np.uint8], NDArray[np.int64], int]:
    """Return at most MOST validation digits, their labels, and how many there are."""
    samples = document.runs.members(run, Split.VAL) if run is not None else document.samples.load(Split.VAL)
    known = np.flatnonzero(samples.labels >= 0)
    count = len(known)
    if count > MOST:
        known = np.sort(np.random.default_rng(SEED).choice(known, MOST, replace=False))
    return samples.images[known], samples.labels[known].astype(np.int64), count


def choose_threshold(trust: NDArray[np.float64], usual: float) -> float:
    """Return the default threshold, in hundredths: the gate's own, or less where the model is unsure.

    Args:
        trust: (n,) in validation digits that are read right.
        usual: the gate's threshold.
    """
    if not len(trust):
        return usual
    lowest = float(np.quantile(trust, 1 - KEPT, method="lower"))
    return min(usual, max(LOWEST, math.floor(lowest * 100) / 100))


def made_up(is_wanted: IsWanted = always) -> NDArray[np.uint8]:
    """Return the MADE_UP pictures without a digit, (MADE_UP, 28, 28); the gate has not learned from them.

    Raises:
        NotWantedError: ``is_wanted``, asked every DRAWN pictures, said no; what was drawn is kept.
    """
    drawn = []
    for first in range(0, MADE_UP, DRAWN):
        _go_on(is_wanted)
        drawn.append(_drawn(first))
    return np.concatenate(drawn)


@cache
def _drawn(first: int) -> NDArray[np.uint8]:
    return gate_digits.generate(min(DRAWN, MADE_UP - first), SEED, first)


def _piecewise(
    answer: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
    images: NDArray[np.uint8],
    is_wanted: IsWanted,
) -> NDArray[np.float32]:
    """Return what ``answer`` says of all images, asking in between whether anybody wants to know."""
    answers = []
    for start in range(0, max(1, len(images)), LOOK):  # once for no images: their answers have a shape, too
        _go_on(is_wanted)
        answers.append(answer(images[start : start + LOOK]))
    return np.concatenate(answers)


def _go_on(is_wanted: IsWanted) -> None:
    if not is_wanted():
        raise NotWantedError


def _crossed(
    logits: NDArray[np.float32], labels: NDArray[Any], temperature: float, is_fitted: bool
) -> NDArray[np.float64]:
    """Return (n, 10) probabilities for which no digit chose its own temperature."""
    answers = calibration.probabilities(logits, temperature)
    if is_fitted:
        halves = np.random.default_rng(SEED).permutation(len(labels)) % 2
        for half in (0, 1):
            fitted = calibration.fit_temperature(logits[halves != half], labels[halves != half])
            answers[halves == half] = calibration.probabilities(logits[halves == half], fitted)
    return answers
