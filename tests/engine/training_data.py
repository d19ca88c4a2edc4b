"""Digits for the training tests: small, drawn here, different enough to be learned in seconds."""

from __future__ import annotations

import numpy as np

from engine.training.batches import Digits

# Of a seven-segment display: top, upper left, upper right, middle, lower left, lower right, bottom.
SEGMENTS = {
    0: "1110111",
    1: "0010010",
    2: "1011101",
    3: "1011011",
    4: "0111010",
    5: "1101011",
    6: "1101111",
    7: "1010010",
    8: "1111111",
    9: "1111011",
}
BOXES = (
    (slice(4, 7), slice(8, 20)),
    (slice(4, 15), slice(8, 11)),
    (slice(4, 15), slice(17, 20)),
    (slice(13, 16), slice(8, 20)),
    (slice(13, 24), slice(8, 11)),
    (slice(13, 24), slice(17, 20)),
    (slice(21, 24), slice(8, 20)),
)


def digits(each: int = 1, seed: int = 0) -> Digits:
    """Return ``each`` noisy, slightly moved drawings of the ten digits: images (10·each, 28, 28) uint8."""
    random = np.random.default_rng(seed)
    images = np.zeros((10 * each, 28, 28), np.uint8)
    labels = np.tile(np.arange(10), each)
    for image, label in zip(images, labels, strict=True):
        for box, on in zip(BOXES, SEGMENTS[int(label)], strict=True):
            if on == "1":
                image[box] = random.integers(180, 256)
        image[:] = np.roll(image, random.integers(-2, 3, 2), (0, 1))
    return Digits(images, labels)
