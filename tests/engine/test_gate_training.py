"""What the gate learns from, and in which order: scribbles, printed feet, and more of what is hard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from engine.data.handwriting import synthesis
from engine.data.handwriting.signs import SIGNS
from engine.data.handwriting.writing import write
from engine.data.strokes import Stroke, render
from engine.training import gate_digits, scribbles
from engine.training.batches import Digits
from engine.training.checkpoint import weights_to_bytes
from engine.training.train_gate import choose_threshold, practised, train

Draw = Callable[[np.random.Generator], list[Stroke]]
SCRIBBLES: list[Draw] = [scribbles.roaming, scribbles.shaken, scribbles.zigzag, scribbles.looping]


def length(strokes: list[Stroke]) -> float:
    """Return how far the pen went, in parts of the drawing's longer side."""
    size = max(np.ptp(np.concatenate(strokes), axis=0))
    return float(sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes) / size)


@pytest.mark.parametrize("draw", SCRIBBLES, ids=lambda draw: draw.__name__)
def test_a_scribble_is_one_line_that_follows_from_the_generator_alone(draw: Draw) -> None:
    for seed in range(20):
        (stroke,) = draw(np.random.default_rng(seed))
        assert stroke.dtype == np.float32
        assert np.isfinite(stroke).all()
        assert np.array_equal(stroke, draw(np.random.default_rng(seed))[0])
    assert len({render(draw(np.random.default_rng(seed))).tobytes() for seed in range(20)}) == 20


def test_a_roaming_pen_goes_farther_than_a_digit_asks() -> None:
    assert min(length(scribbles.roaming(np.random.default_rng(seed))) for seed in range(30)) > 5


def test_scribbles_go_farther_than_digits_do() -> None:
    random = np.random.default_rng(1)

    digits = [
        length([stroke[:, :2] for stroke in write(label, random)]) for label in range(10) for _ in range(5)
    ]
    for draw in (scribbles.roaming, scribbles.shaken):
        drawn = [length(draw(np.random.default_rng(seed))) for seed in range(50)]
        assert np.median(drawn) > 2 * np.median(digits)


def test_upright_ends_get_feet_and_lying_lines_and_dots_get_none() -> None:
    upright = np.linspace([0, 0], [0, 1], 12).astype(np.float32)
    lying = np.linspace([0, 0], [1, 0.1], 12).astype(np.float32)
    dot = np.full((5, 2), 0.5, np.float32)
    random = np.random.default_rng(3)
    feet = gate_digits.feet([upright], random)
    assert [foot[:, 1].tolist() for foot in feet] == [[0] * 4, [1] * 4]
    assert all(foot[0, 0] == -foot[-1, 0] != 0 for foot in feet)
    assert gate_digits.feet([lying, dot], random) == []


def test_no_way_of_writing_a_sign_is_there_twice() -> None:
    poses = [sign.poses.tobytes() for sign in SIGNS]
    assert len(set(poses)) == len(poses)


def test_an_epoch_that_practises_shows_the_hardest_and_some_others_in_the_epochs_order() -> None:
    order = torch.randperm(1000, generator=torch.Generator().manual_seed(1))
    losses = torch.arange(1000.0)
    shown = practised(order, losses, 200, 100)
    assert len(set(shown.tolist())) == len(shown) == 300
    assert set(range(800, 1000)) < set(shown.tolist())
    places = {int(one): place for place, one in enumerate(order)}
    assert [places[int(one)] for one in shown] == sorted(places[int(one)] for one in shown)
    easy = [int(one) for one in shown if one < 800]
    assert 250 < np.mean(easy) < 550


def test_the_gate_is_trained_to_equal_bytes_again(capsys: pytest.CaptureFixture[str]) -> None:
    images, labels = synthesis.generate(200, seed=1)
    others = gate_digits.generate(100, seed=1)
    first, second = (weights_to_bytes(train(Digits(images, labels), others, epochs=3), {}) for _ in range(2))
    assert first == second
    assert "105 pictures" in capsys.readouterr().out  # of 300: a third in the third epoch


def test_the_threshold_is_told_in_hundredths() -> None:
    assert choose_threshold([np.full(1000, 0.537), np.full(10, 0.9)]) == pytest.approx(0.53)
    assert choose_threshold([np.zeros(1000)]) == pytest.approx(0.05)
