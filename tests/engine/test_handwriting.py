"""The synthesiser: digits by chance that anyone, and the shipped model, reads as what they are."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.data.handwriting.allograph import Allograph, allograph
from engine.data.handwriting.hand import Hand, favourite
from engine.data.handwriting.synthesis import DIGITS_PER_HAND, generate
from engine.data.handwriting.templates import TEMPLATES
from engine.data.handwriting.writing import is_legible, write, write_as
from engine.data.placing import is_canonical
from engine.data.strokes import render
from engine.inference.predictor import Predictor, load_base

WAYS = [(label, way) for label, ways in enumerate(TEMPLATES) for way in ways]
NAMES = [f"{label} {way.name}" for label, way in WAYS]
MNIST_HAS = 3.0  # weight from which a way is common enough for a model that knows MNIST alone


def test_equal_seeds_write_equal_digits_and_others_do_not() -> None:
    images, labels = generate(40, seed=3)
    again, _ = generate(40, seed=3)
    other, _ = generate(40, seed=4)
    assert images.tobytes() == again.tobytes()
    assert images.tobytes() != other.tobytes()
    assert labels.tolist() == list(range(10)) * 4


def test_the_first_digits_do_not_depend_on_how_many_are_written() -> None:
    few, _ = generate(DIGITS_PER_HAND + 3, seed=9)
    many, _ = generate(DIGITS_PER_HAND * 3, seed=9)
    assert np.array_equal(few, many[: len(few)])


def test_written_digits_are_canonical_and_none_repeats() -> None:
    images, labels = generate(200, seed=1)
    assert images.shape == (200, 28, 28) and images.dtype == np.uint8
    off = labels[[not is_canonical(image) for image in images]]
    assert len(off) <= 4 and set(off.tolist()) <= {7}  # a 7 hangs so far above its foot that no shift serves
    assert len({image.tobytes() for image in images}) == 200


def test_no_digits_are_an_empty_array() -> None:
    images, labels = generate(0, seed=1)
    assert images.shape == (0, 28, 28) and labels.shape == (0,)


@pytest.mark.parametrize("label", range(10))
def test_strokes_are_finite_points_with_pressure(label: int) -> None:
    random = np.random.default_rng(label)
    for _ in range(30):
        strokes = write(label, random)
        assert strokes
        for stroke in strokes:
            assert stroke.dtype == np.float32 and stroke.shape[1] == 3 and len(stroke) >= 2
            assert np.isfinite(stroke).all()
            assert stroke[:, 2].min() >= 0 and stroke[:, 2].max() <= 1


def test_a_hand_keeps_its_slant_and_its_ways() -> None:
    random = np.random.default_rng(5)
    leaning = dataclasses.replace(Hand.draw(random), slant=0.5, turn=0.0)
    backwards = dataclasses.replace(leaning, slant=-0.3)
    assert _mean_lean(leaning) > 0.3 > -0.1 > _mean_lean(backwards)


def test_every_way_is_some_hands_favourite() -> None:
    random = np.random.default_rng(2)
    for label, ways in enumerate(TEMPLATES):
        drawn = {favourite(label, random) for _ in range(1000)}
        assert drawn == set(range(len(ways)))


def test_ways_of_a_digit_have_names_of_their_own() -> None:
    for ways in TEMPLATES:
        assert len({way.name for way in ways}) == len(ways)


@pytest.mark.parametrize(("label", "way"), WAYS, ids=NAMES)
def test_the_shipped_model_reads_the_common_ways(label: int, way: Allograph, base: Predictor) -> None:
    random = np.random.default_rng(8)
    images = np.stack([render(write_as(way, label, random, Hand.draw(random))) for _ in range(20)])
    read = (base.probabilities(images).argmax(axis=1) == label).mean()
    assert read > (0.8 if way.weight >= MNIST_HAS else 0.2)


@pytest.fixture(scope="module")
def base() -> Predictor:
    return load_base()


def test_a_flat_flag_makes_no_one_and_a_short_bar_no_seven() -> None:
    flagged = next(way for way in TEMPLATES[1] if way.name == "short flag")
    plain = next(way for way in TEMPLATES[7] if way.name == "plain")
    assert is_legible(1, flagged, flagged.poses[0]) and is_legible(7, plain, plain.poses[0])
    flat = flagged.poses[0].copy()
    flat[0] = flat[1] + [-0.4, 0.05]
    assert not is_legible(1, flagged, flat)
    assert not is_legible(7, plain, plain.poses[0] * [0.3, 1.0])


def test_poses_of_different_strokes_are_refused() -> None:
    with pytest.raises(ValueError, match="poses of odd differ"):
        allograph("odd", 1, "0 0, 50 100", "0 0, 50 50, 50 100")


def _mean_lean(hand: Hand) -> float:
    """Return by how much the stem of a bare 1 moves to the right from bottom to top."""
    random = np.random.default_rng(6)
    bare = next(way for way in TEMPLATES[1] if way.name == "bare")
    stems = [write_as(bare, 1, random, hand)[0] for _ in range(20)]
    return float(np.mean([stem[0, 0] - stem[-1, 0] for stem in stems]))
