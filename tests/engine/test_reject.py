"""The gate turns away what is no digit, whatever model stands behind it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.handwriting import synthesis
from engine.data.preprocess import from_strokes
from engine.data.strokes import Stroke
from engine.errors import Code, EngineError
from engine.inference import reject
from engine.inference.prediction import Prediction
from engine.inference.predictor import Predictor
from engine.inference.reject import Gate, load_gate
from engine.inference.trust import load_base_behind_gate
from engine.resources import asset
from engine.training import gate_digits
from engine.training.batches import Digits
from engine.training.checkpoint import read_weights, weights_to_bytes
from engine.training.train_gate import choose_threshold, fit_temperature, train, writers_of


@pytest.fixture(scope="module")
def model() -> Predictor:
    return load_base_behind_gate()


def scribbles(count: int) -> list[list[Stroke]]:
    """Return walks with momentum: none of what the gate learned from is made this way."""
    random = np.random.default_rng(5)
    made = []
    for _ in range(count):
        path = [np.zeros(2)]
        speed = np.zeros(2)
        for step in random.normal(0, 1, (160, 2)):
            speed = 0.8 * speed + step
            path.append(path[-1] + speed - 0.05 * path[-1])
        made.append([np.array(path, np.float32)])
    return made


def cross() -> list[Stroke]:
    return [np.array([[0, 0], [100, 100]], np.float32), np.array([[100, 0], [0, 100]], np.float32)]


def test_scribbles_are_turned_away(model: Predictor) -> None:
    digits = np.stack([from_strokes(strokes).digit for strokes in scribbles(60)])
    assert sum(answer.is_digit for answer in model.predict(digits)) <= 3


@pytest.mark.parametrize(
    "strokes",
    [
        cross(),
        [np.array([[50, 50]], np.float32)],
        [np.array([[0, 50], [100, 52]], np.float32)],
        [np.array([[0, 100], [50, 0], [100, 100]], np.float32), np.array([[20, 60], [80, 60]], np.float32)],
    ],
    ids=["cross", "dot", "lying line", "A"],
)
def test_a_mark_is_no_digit(strokes: list[Stroke], model: Predictor) -> None:
    (answer,) = model.predict(from_strokes(strokes).digit[None])
    assert not answer.is_digit
    assert answer.digit_share < 0.3


def test_digits_of_unseen_hands_pass(model: Predictor) -> None:
    digits, _ = synthesis.generate(400, seed=977)
    assert sum(not answer.is_digit for answer in model.predict(digits)) <= 6


def test_a_model_that_knows_nothing_turns_scribbles_away_all_the_same(model: Predictor) -> None:
    from engine.config import TrainConfig
    from engine.training import models

    config = TrainConfig(model="mlp", hidden=(8,))
    network = models.build(config)
    network[-1].weight.data *= 1000  # sure of everything
    plain = Predictor(config, weights_to_bytes(network))
    behind = plain.trusted(load_gate(), 0.5, 1.0)
    digits = np.stack([from_strokes(strokes).digit for strokes in scribbles(20)])
    assert sum(answer.confidence > 0.99 for answer in plain.predict(digits)) >= 18
    assert sum(answer.is_digit for answer in behind.predict(digits)) <= 2


def test_the_threshold_weighs_being_a_digit_and_being_this_one() -> None:
    answer = Prediction(4, 0.8, (0.0,) * 10, is_digit=True, digit_share=0.5)
    assert answer.trust == 0.5
    assert answer.judged(0.5).is_digit
    assert not answer.judged(0.51).is_digit
    assert not Prediction(4, 0.4, (0.0,) * 10, is_digit=True, digit_share=0.9).judged(0.5).is_digit
    assert answer.judged(0.0).is_digit


def test_shares_lie_between_none_and_all_for_any_picture() -> None:
    gate = load_gate()
    random = np.random.default_rng(0)
    pictures = np.concatenate(
        [np.zeros((1, 28, 28), np.uint8), random.integers(0, 256, (50, 28, 28), np.uint8)]
    )
    shares = gate.shares(pictures)
    assert shares.dtype == np.float32
    assert ((shares >= 0) & (shares <= 1)).all()
    assert len(gate.shares(pictures[:0])) == 0


def test_the_shipped_gate_is_small_and_says_its_threshold() -> None:
    data = asset(reject.GATE).read_bytes()
    assert len(data) <= 300_000
    _, about = read_weights(data)
    assert 0 < about["threshold"] < 1
    assert f"{about['threshold']:.2f}" in asset("gate/gate.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("about", [{}, {"threshold": 0.5}, {"threshold": "0.5", "temperature": 1.0}])
def test_weights_that_do_not_say_how_to_judge_are_refused(about: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no positive number"):
        Gate(weights_to_bytes(reject.build(), about))


def test_a_damaged_gate_is_a_sentence_not_a_traceback(monkeypatch, tmp_path) -> None:
    (tmp_path / "gate").mkdir()
    (tmp_path / "gate" / "gate.safetensors").write_bytes(b"damaged")
    monkeypatch.setattr("engine.resources.ASSETS", tmp_path)
    with pytest.raises(EngineError) as caught:
        load_gate()
    assert caught.value.code is Code.ASSET_DAMAGED


def test_made_up_pictures_follow_from_seed_and_place() -> None:
    many = gate_digits.generate(12, seed=3)
    assert (gate_digits.generate(5, seed=3) == many[:5]).all()
    assert (gate_digits.generate(12, seed=4) != many).any()
    assert all(picture.any() for picture in many)


def test_the_threshold_keeps_enough_of_every_kind() -> None:
    easy, hard = np.full(1000, 0.9), np.linspace(0, 1, 1000)
    assert choose_threshold([easy]) == pytest.approx(0.9)
    assert choose_threshold([easy, hard]) == pytest.approx(0.05)


def test_the_gates_temperature_undoes_overconfidence() -> None:
    random = np.random.default_rng(0)
    odds = random.normal(0, 3, 20_000)
    truth = random.random(20_000) < 1 / (1 + np.exp(-odds))
    assert fit_temperature(odds * 2, truth) == pytest.approx(2, rel=0.1)


def test_a_gate_is_trained_from_digits_and_made_up_pictures() -> None:
    images, labels = synthesis.generate(200, seed=1)
    others = gate_digits.generate(100, seed=1)
    network = train(Digits(images, labels), others, epochs=3)
    odds = [reject.log_odds(network, part).mean() for part in (images, others)]
    assert odds[0] > odds[1]


def test_no_writer_both_teaches_and_chooses_or_measures() -> None:
    from engine.data.strokes import StrokeDigit

    pens = [StrokeDigit([], label, f"w{writer:02}") for writer in range(30) for label in range(10)]
    parts = [{digit.writer for digit in part} for part in writers_of(pens)]
    assert [len(part) for part in parts] == [18, 6, 6]
    assert len(set.union(*parts)) == 30
