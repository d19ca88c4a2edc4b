"""A sheet of every way of writing that the synthesiser knows, a row each, by 28 hands.

    python -m bench.recognition.draw_handwriting PICTURE [--seed N]

Look at it before and after a change to a template or to a hand: anybody must read every digit without doubt.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.data.handwriting.hand import Hand
from engine.data.handwriting.templates import TEMPLATES
from engine.data.handwriting.writing import write_as
from engine.data.strokes import render

ACROSS = 28
SCALE = 2


def sheet(seed: int) -> NDArray[np.uint8]:
    """Return the page, white ink on black; a grey line parts the digits."""
    rows: list[NDArray[np.uint8]] = []
    for label, ways in enumerate(TEMPLATES):
        for place, way in enumerate(ways):
            random = np.random.default_rng((seed, label, place))
            hands = (Hand.draw(random) for _ in range(ACROSS))
            rows.append(np.hstack([render(write_as(way, label, random, hand)) for hand in hands]))
        rows.append(np.full((4, ACROSS * 28), 128, np.uint8))
    return np.vstack(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("picture", type=Path, help="the PNG to write")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    page = Image.fromarray(sheet(chosen.seed))
    page.resize((page.width * SCALE, page.height * SCALE), Image.Resampling.BICUBIC).save(chosen.picture)


if __name__ == "__main__":
    main()
