"""A digit laid otherwise on the paper goes through the one preprocessing and is read again."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import draw, likeness

from engine.data.preprocess import from_image
from engine.inference.predictor import load_base
from engine.inference.variations import Kind, lay, sheet, variations, vary


@pytest.fixture(scope="module", params=[1, 4, 5, 7, 8])
def digit(request) -> np.ndarray:
    return from_image(draw(request.param)).digit


@pytest.fixture(scope="module")
def base():
    return load_base()


def seen(page) -> np.ndarray:
    return from_image(page).digit


def test_what_is_moved_or_inverted_looks_to_the_model_as_it_did(digit):
    plain = 255 - lay(digit)
    assert likeness(seen(plain), digit) > 0.9
    assert (seen(sheet(digit, Kind.MOVED)) == seen(plain)).all()
    assert (seen(sheet(digit, Kind.INVERTED)) == seen(plain)).all()


def test_inverting_twice_is_nothing_and_moving_loses_no_ink(digit):
    assert (255 - sheet(digit, Kind.INVERTED) == 255 - lay(digit)).all()
    moved, plain = vary(lay(digit), Kind.MOVED), lay(digit)
    assert moved.sum() == plain.sum() and not (moved == plain).all()


def test_turned_left_and_right_again_is_nearly_what_it_was(digit):
    page = lay(digit)
    for one, other in ((Kind.TURNED_LEFT, Kind.TURNED_RIGHT), (Kind.TURNED_RIGHT, Kind.TURNED_LEFT)):
        turned = vary(page, one)
        assert np.corrcoef(turned.ravel(), page.ravel())[0, 1] < 0.95
        assert np.corrcoef(vary(turned, other).ravel(), page.ravel())[0, 1] > 0.97


def test_a_smaller_digit_covers_less_paper_and_is_seen_as_large(digit):
    small = vary(lay(digit), Kind.SMALLER)
    assert small.sum() == pytest.approx(0.36 * lay(digit).sum(), rel=0.06)
    assert likeness(seen(255 - small), seen(255 - lay(digit))) > 0.9


def test_the_pen_is_thinner_and_thicker_on_the_paper_and_hardly_in_what_is_seen(digit):
    plain = lay(digit)
    on_paper = [vary(plain, kind).sum() / plain.sum() for kind in (Kind.THINNER, Kind.THICKER)]
    in_model = [seen(sheet(digit, kind)).sum() / digit.sum() for kind in (Kind.THINNER, Kind.THICKER)]
    assert on_paper[0] < 0.8 and on_paper[1] > 1.4
    assert all(0.75 < share < 1.3 for share in in_model)


def test_each_way_has_the_answer_to_what_the_model_saw_of_it(base, digit):
    ways = variations(base, digit)
    assert [way.kind for way in ways] == list(Kind)
    for way in ways:
        assert (way.digit == seen(way.page)).all()
        alone = base.predict(way.digit[None])[0]
        assert way.prediction.label == alone.label
        assert way.prediction.confidence == pytest.approx(alone.confidence, abs=1e-4)


def test_a_clear_digit_is_read_the_same_in_every_way(base):
    ways = variations(base, from_image(draw(4)).digit)
    assert [way.prediction.label for way in ways] == [4] * len(Kind)


def test_a_blank_digit_is_blank_in_every_way(base):
    ways = variations(base, np.zeros((28, 28), np.uint8))
    assert not any(way.digit.any() or way.prediction.is_digit for way in ways)


def test_what_is_wanted_no_longer_is_varied_no_further(base):
    asked = []
    assert variations(base, from_image(draw(4)).digit, lambda: bool(asked.append(1)) or len(asked) < 3) == []
    assert len(asked) == 3
