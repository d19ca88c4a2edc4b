"""Choose the starter digits: 1,000 a class of MNIST's train part, by a seeded draw that prefers rare styles.

A plain draw shows the common way of writing a digit hundreds of times, and a flagged 1 or a crossed 7 hardly
ever. Here the chance of a digit grows with its distance from its neighbours, so that 1,000 teach more of the
6,000: after two epochs a network reads more of MNIST's other digits, and far more of other people's hands.

Run as ``python packaging/make_starter.py --mnist FOLDER`` where FOLDER holds MNIST's original files. Writes
``assets/starter/digits.xz`` and prints the SHA-256 of its content, which
``engine/data/starter.py`` checks on loading.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.data import idx, rarity, starter  # noqa: E402  (the engine is found through ROOT)

SEED = 20_261_121
A_CLASS = 1_000
TRAIN_IMAGES = ("train-images-idx3-ubyte.gz", "train-images-idx3-ubyte")  # never t10k: that is for measuring


def choose(images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the places (10000,) of 1,000 digits a class among ``images`` (N, 28, 28), rising."""
    rng = np.random.default_rng(SEED)
    chances = rarity.chances(images, labels)
    places = [
        rng.choice(of_class, A_CLASS, replace=False, p=chances[of_class])
        for of_class in (np.flatnonzero(labels == digit) for digit in range(10))
    ]
    return np.sort(np.concatenate(places))


def main() -> None:
    """Write the asset."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True, help="folder of MNIST's original IDX files")
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / starter.FILE)
    arguments = parser.parse_args()
    source = next(path for name in TRAIN_IMAGES if (path := arguments.mnist / name).is_file())
    mnist = idx.read(source)
    places = choose(mnist.digits, mnist.labels)
    images, labels = mnist.digits[places], mnist.labels[places].astype(np.uint8)
    packed = starter.pack(images, labels)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(packed)
    content = hashlib.sha256(starter.content_of(images, labels)).hexdigest()
    print(f"{len(packed):,} bytes; SHA-256 of the content: {content}")


if __name__ == "__main__":
    main()
