"""What the shipped model learns from."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.data import starter
from engine.data.document import Document
from engine.data.samples import Split
from engine.data.strokes import StrokeDigit, render
from engine.training import base_digits
from engine.training.base_digits import drawn, learning_digits, strangers_of, with_rare_styles

STROKE = np.array([[0, 0], [10, 40], [0, 80]], np.float32)


def pens(writers: int, each: int = 2) -> list[StrokeDigit]:
    return [StrokeDigit([STROKE + n], n % 10, f"w{n:02}") for n in range(writers) for _ in range(each)]


def test_no_writer_is_both_learned_from_and_kept_for_measuring() -> None:
    known, strangers = strangers_of(pens(12))
    assert {digit.writer for digit in known}.isdisjoint(digit.writer for digit in strangers)
    assert len(known) + len(strangers) == 24
    assert {digit.writer for digit in strangers} == {"w00", "w05", "w10"}


def test_everything_is_in_what_is_learned_from() -> None:
    mnist = digits(10)
    learn = learning_digits(mnist, pens(3), 40, seed=1)
    rare = round(base_digits.RARE * 100)
    assert len(learn.labels) == 100 + rare + 40 + base_digits.PEN_COPIES * 6
    np.testing.assert_array_equal(learn.images[:100], mnist.images)
    np.testing.assert_array_equal(learn.images, learning_digits(mnist, pens(3), 40, seed=1).images)
    assert len(learning_digits(mnist, [], 0, seed=1).labels) == 100 + rare


def test_the_starter_digits_that_a_new_document_holds_back_are_not_learned_from(tmp_path: Path) -> None:
    held = base_digits.starters_held_back()
    with closing(Document.create(tmp_path / "new.dojo")) as document:
        starter.add_to(document)
        kept = [document.samples.load(split) for split in (Split.VAL, Split.TEST)]
    assert {image.tobytes() for image in held.images} == {
        image.tobytes() for part in kept for image in part.images
    }
    learn = learning_digits(base_digits.joined([digits(1), held]), [], 0, seed=1)
    assert len(learn.labels) == 10 + round(base_digits.RARE * 10)


def test_pen_digits_are_drawn_as_the_canvas_does_and_else_with_many_pens() -> None:
    some = pens(4)
    plain, varied = drawn(some), drawn(some, np.random.default_rng(0))
    np.testing.assert_array_equal(plain.images[0], render([STROKE]))
    assert plain.labels.tolist() == varied.labels.tolist() == [digit.label for digit in some]
    assert len({int(image.sum()) for image in varied.images}) > len(
        {int(image.sum()) for image in plain.images}
    )


def test_rare_styles_are_shown_again() -> None:
    some = digits(20)
    more = with_rare_styles(some, seed=0)
    assert len(more.labels) == 300
    again = {image.tobytes() for image in more.images[200:]}
    assert again <= {image.tobytes() for image in some.images}


def test_without_pen_digits_there_is_an_empty_set_of_the_right_shape() -> None:
    nothing = drawn([])
    assert nothing.images.shape == (0, 28, 28)
    assert len(nothing.labels) == 0


@pytest.mark.parametrize("seed", [0, 7])
def test_the_synthesised_part_follows_the_seed(seed: int) -> None:
    one, other = (learning_digits(digits(1), [], 20, seed=value) for value in (seed, seed + 1))
    assert (one.images[-20:] != other.images[-20:]).any()
