"""What a model's answers are worth: temperature, calibration error, and the cost of a threshold."""

from __future__ import annotations

import numpy as np
import pytest

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.sample_types import Split
from engine.inference.predictor import Predictor, load_base, load_run
from engine.inference.reject import load_gate
from engine.inference.trust import (
    FEWEST,
    LOOK,
    LOWEST,
    MADE_UP,
    SEED,
    NotWantedError,
    behind_gate,
    choose_threshold,
    made_up,
    study,
    study_run,
)
from engine.training import gate_digits, models, session
from engine.training.checkpoint import weights_to_bytes
from engine.training.control import Control


def test_a_few_validation_digits_fit_no_temperature() -> None:
    images, labels = starter.load()
    base = plain(load_base())
    few = study(base, load_gate(), images[: FEWEST - 1], labels[: FEWEST - 1], images[:0])
    assert (few.is_fitted, few.temperature) == (False, 1.0)
    many = study(base, load_gate(), images[:FEWEST], labels[:FEWEST], images[:0])
    assert many.is_fitted
    assert many.n == FEWEST


def plain(predictor: Predictor) -> Predictor:
    """Return the model without the temperature that it brought."""
    return predictor.trusted(load_gate(), 0.5, 1.0)


def test_without_validation_digits_the_study_says_so() -> None:
    empty = np.zeros((0, 28, 28), np.uint8)
    found = study(load_base(), load_gate(), empty, np.zeros(0, np.int64), empty)
    assert (found.n, found.error_before, found.error_after, found.before) == (0, None, None, ())
    assert found.threshold == load_gate().threshold


def test_the_cost_of_a_threshold_counts_what_falls_below_it() -> None:
    images, labels = starter.load()
    found = study(load_base(), load_gate(), images[::20], labels[::20], made_up()[:100])
    digits, others = found.turned_away(0.5)
    assert digits == (found.digits < 0.5).sum() < 25
    assert others == (found.others < 0.5).sum() > 85
    assert found.turned_away(0.0) == (0, 0)
    assert found.turned_away(1.01) == (found.n, 100)


def test_an_overconfident_model_is_calibrated_on_its_validation_digits() -> None:
    config = TrainConfig(model="mlp", hidden=(16,))
    network = models.build(config)
    images, labels = starter.load()
    network[-1].weight.data *= 40  # sure of everything, and mostly wrong
    sure = Predictor(config, weights_to_bytes(network))
    found = study(sure, load_gate(), images[::10], labels[::10].astype(np.int64), images[:0])
    assert found.is_fitted
    assert found.temperature > 2
    assert found.error_after < found.error_before / 2


def test_the_default_threshold_is_lower_where_right_answers_are_unsure() -> None:
    assert choose_threshold(np.full(500, 0.9), 0.4) == 0.4
    assert choose_threshold(np.linspace(0.3, 1, 500), 0.4) == pytest.approx(0.3)
    assert choose_threshold(np.linspace(0, 1, 500), 0.4) == LOWEST
    assert choose_threshold(np.zeros(0), 0.4) == 0.4


def test_a_run_is_judged_on_the_validation_digits_it_had_and_stays_as_it_is(tmp_path) -> None:
    document = Document.create(tmp_path / "run.dojo")
    images, labels = starter.load()
    for split, start in ((Split.TRAIN, 0), (Split.VAL, 7)):
        document.samples.add_arrays(images[start::60], labels[start::60], split=split, source="import")
    config = TrainConfig(model="mlp", hidden=(16,), epochs=2, batch_size=32, augment="off", device="cpu")
    list(session.start(document, config, Control()))
    raw = load_run(document, 1)
    before = document.runs.load_checkpoint(1, "best")
    found = study_run(raw, load_gate(), document, 1)
    assert found.n == found.of == len(document.samples.load(Split.VAL).labels) >= FEWEST
    assert found.is_fitted
    behind = behind_gate(raw, document, 1)
    assert (behind.threshold, behind.temperature) == (found.threshold, found.temperature)
    assert raw.temperature == 1.0
    assert document.runs.load_checkpoint(1, "best") == before
    document.close()


def test_a_study_that_nobody_wants_any_more_ends_between_two_looks() -> None:
    images, labels = starter.load()
    looked_at: list[int] = []
    model = load_base()
    logits = model.logits

    def count(part):
        looked_at.append(len(part))
        return logits(part)

    model.logits = count  # type: ignore[method-assign]
    with pytest.raises(NotWantedError):
        study(model, load_gate(), images, labels, images[:0], is_wanted=lambda: len(looked_at) < 2)
    assert looked_at == [LOOK, LOOK]


def test_made_up_pictures_are_the_same_drawn_at_once_or_with_a_rest() -> None:
    with pytest.raises(NotWantedError):
        made_up(lambda: False)
    assert (made_up()[::40] == gate_digits.generate(MADE_UP, SEED)[::40]).all()
