"""How a model reads every way of writing that the synthesiser knows, by digit and style, and the confusions.

    python -m bench.recognition.by_style [--weights FILE.safetensors] [--each 200] [--seed 1]

The digits are new (another seed than the training's), but the shipped model has learned from the same styles:
this tells which of them are hard, not how unseen people are read (that is ``leave_writers_out``).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from engine.data.handwriting.hand import Hand
from engine.data.handwriting.templates import TEMPLATES
from engine.data.handwriting.writing import write_as
from engine.data.strokes import render
from engine.inference.predictor import from_weights, load_base
from engine.training.interval import wilson


def main() -> None:
    """Write, read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    model = from_weights(chosen.weights.read_bytes()) if chosen.weights else load_base()
    random = np.random.default_rng(chosen.seed)
    for label, ways in enumerate(TEMPLATES):
        for way in ways:
            written = [write_as(way, label, random, Hand.draw(random)) for _ in range(chosen.each)]
            read = model.probabilities(np.stack([render(strokes) for strokes in written])).argmax(1)
            right = int((read == label).sum())
            low, high = wilson(right, chosen.each)
            pairs = Counter(read[read != label].tolist())
            taken = ", ".join(f"{answer} {count}" for answer, count in pairs.most_common(3))
            print(
                f"{label} {way.name:32} {right / chosen.each:6.1%} [{low:.1%} … {high:.1%}]  {taken}",
                flush=True,
            )


if __name__ == "__main__":
    main()
