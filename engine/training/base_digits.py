"""What the shipped model learns from: MNIST's train digits, pen strokes, and synthesised handwriting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.data import rarity, starter
from engine.data.handwriting import synthesis
from engine.data.strokes import PEN_WIDTH, StrokeDigit, render
from engine.training.batches import Digits

RARE = 0.5  # MNIST's digits of rare styles shown again, as a share of all of them
SYNTHESISED = 60_000
PEN_COPIES = 3  # of each pen digit, with pens of different width
_PEN_DEVIATION = 0.15  # of the logarithm of the pen's width
STRANGER = 5  # every fifth writer is kept for choosing and measuring


def learning_digits(
    mnist: Digits, pens: Sequence[StrokeDigit], synthesised: int, seed: int, pen_copies: int = PEN_COPIES
) -> Digits:
    """Return all that is learned from, in no order; it follows from the arguments alone.

    Args:
        mnist: of MNIST's train part; the starter digits that a new document holds back are left out.
        pens: labelled strokes, perhaps none.
        synthesised: how many digits to write ourselves.
        seed: of all that is drawn.
        pen_copies: how often each pen digit comes.
    """
    ours = Digits(*synthesis.generate(synthesised, seed))
    mnist = without(mnist, starters_held_back())
    copies = [drawn(pens, np.random.default_rng((seed, copy))) for copy in range(pen_copies if pens else 0)]
    return joined([with_rare_styles(mnist, seed), ours, *copies])


def starters_held_back() -> Digits:
    """Return the starter digits that validate or test in a new document.

    The shipped model must not have learned from them, or its score on them would flatter it.
    """
    images, labels = starter.load()
    held = starter.held_back(labels)
    return Digits(images[held], labels[held].astype(np.int64))


def without(digits: Digits, others: Digits) -> Digits:
    """Return ``digits`` but for those whose pixels are among ``others``."""
    known = {image.tobytes() for image in others.images}
    kept = np.array([image.tobytes() not in known for image in digits.images], bool)
    return Digits(digits.images[kept], digits.labels[kept])


def strangers_of(pens: Sequence[StrokeDigit]) -> tuple[list[StrokeDigit], list[StrokeDigit]]:
    """Split pen digits by writer: those to learn from, and those of every STRANGER-th writer."""
    writers = sorted({digit.writer or "" for digit in pens})
    strangers = set(writers[::STRANGER])
    return (
        [digit for digit in pens if (digit.writer or "") not in strangers],
        [digit for digit in pens if (digit.writer or "") in strangers],
    )


def drawn(pens: Sequence[StrokeDigit], random: np.random.Generator | None = None) -> Digits:
    """Draw labelled strokes as the canvas does, with MNIST's pen, or with one that varies by ``random``."""
    factors = np.ones(len(pens)) if random is None else np.exp(random.normal(0, _PEN_DEVIATION, len(pens)))
    images = [
        render(digit.strokes, PEN_WIDTH * float(factor)) for digit, factor in zip(pens, factors, strict=True)
    ]
    return Digits(
        np.stack(images) if images else np.zeros((0, 28, 28), np.uint8),
        np.array([digit.label for digit in pens], np.int64),
    )


def with_rare_styles(digits: Digits, seed: int) -> Digits:
    """Return ``digits`` and RARE as many again, drawn so that rare ways of writing come often."""
    chances = rarity.chances(digits.images, digits.labels)
    count = round(RARE * len(digits.labels))
    again = np.random.default_rng(seed).choice(len(chances), count, p=chances / chances.sum())
    places = np.concatenate([np.arange(len(chances)), again])
    return Digits(digits.images[places], digits.labels[places])


def joined(parts: Sequence[Digits]) -> Digits:
    """Return all digits of ``parts`` one after the other."""
    return Digits(
        np.concatenate([part.images for part in parts]), np.concatenate([part.labels for part in parts])
    )
