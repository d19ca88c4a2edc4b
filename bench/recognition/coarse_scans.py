"""How real scans of few pixels are read: UCI's handwritten digits of optical recognition, 8 × 8 pixels.

    python -m bench.recognition.coarse_scans --scans optdigits.tes [--weights FILE.safetensors]

Forms filled in by 43 people, reduced to 8 × 8 counts of ink ("Optical Recognition of Handwritten Digits",
E. Alpaydin and C. Kaynak, CC BY 4.0, https://doi.org/10.24432/C50P49); a line has 64 numbers 0 … 16 and the
label, parted by commas; gzip is read, too. No model of ours has learned from them. Each is read as a user's
picture of so few pixels would be. Not all can be read without doubt: bowls are filled, gaps are closed.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

from engine.data.preprocess import from_image
from engine.inference.predictor import from_weights, load_base
from engine.training.interval import wilson

SIDE, FULL = 8, 16  # pixels of a scan, and the count of a pixel that is all ink


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--scans", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="a model, else the shipped one")
    chosen = parser.parse_args()
    data = chosen.scans.read_bytes()
    text = gzip.decompress(data) if chosen.scans.suffix == ".gz" else data
    table = np.loadtxt(text.decode("ascii").splitlines(), delimiter=",")
    labels = table[:, SIDE * SIDE].astype(np.int64)
    counts = table[:, : SIDE * SIDE].reshape(-1, SIDE, SIDE)
    images = np.stack([canonical(picture) for picture in counts])
    model = from_weights(chosen.weights.read_bytes()) if chosen.weights else load_base()
    answers = model.probabilities(images)
    read, sure = answers.argmax(1), answers.max(1) >= model.threshold
    right = read == labels
    low, high = wilson(int(right.sum()), len(labels))
    print(f"read {right.mean():.2%} of {len(labels):,} [{low:.2%} … {high:.2%}]")
    print(f"above the threshold {sure.mean():.1%}, of these right {right[sure].mean():.2%}")
    print("by digit:", " ".join(f"{label}: {right[labels == label].mean():.1%}" for label in range(10)))
    pairs = Counter(zip(labels[~right].tolist(), read[~right].tolist(), strict=True))
    print("confusions:", ", ".join(f"{a}→{b} {n}" for (a, b), n in pairs.most_common(8)))


def canonical(counts: np.ndarray) -> np.ndarray:
    """Return (28, 28) as the program prepares the (8, 8) picture, dark on light with an empty rim."""
    page = np.full((SIDE + 4, SIDE + 4), 255, np.uint8)
    page[2:-2, 2:-2] = 255 - np.rint(counts / FULL * 255).astype(np.uint8)
    return from_image(Image.fromarray(page)).digit


if __name__ == "__main__":
    main()
