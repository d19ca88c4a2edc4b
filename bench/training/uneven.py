"""What class weights do where some digits are rare: MNIST's train digits, three classes thinned.

    python -m bench.training.uneven --mnist FOLDER [--share 0.05] [--seeds 3]

A network learns from 1,000 digits of seven classes and ``share`` of that of the digits 2, 5 and 8, with class
weights off and balanced. It reads 500 other digits a class: the macro accuracy is the mean over the classes.
One CPU thread.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

import numpy as np

from engine.config import CLASS_WEIGHTS, TrainConfig
from engine.data import idx
from engine.device import use_threads
from engine.inference.predictor import Predictor
from engine.training.batches import Digits
from engine.training.interval import wilson
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

RARE = (2, 5, 8)
EACH, TESTED = 1_000, 500  # digits a class
CONFIGS = {
    "mlp": TrainConfig(model="mlp", epochs=5, augment="off", device="cpu"),
    "cnn": TrainConfig(model="cnn", epochs=3, augment="off", device="cpu"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    use_threads(1)
    found = idx.read(chosen.mnist / "train-images-idx3-ubyte.gz")
    for model, config in CONFIGS.items():
        for weights in CLASS_WEIGHTS:
            right = np.zeros(10, int)
            macro = []
            for seed in range(chosen.seeds):
                train, tested = parted(found.digits, found.labels, chosen.share, seed)
                settings = TrainConfig.from_dict(config.to_dict() | {"seed": seed, "class_weights": weights})
                answered = right_of(settings, train, tested)
                right += answered
                macro.append(answered.mean() / TESTED)
            report(f"{model}, class weights {weights}", right, chosen.seeds, macro)


def parted(images: np.ndarray, labels: np.ndarray, share: float, seed: int) -> tuple[Digits, Digits]:
    """Return uneven digits to learn from and even ones to be read, none in both."""
    random = np.random.default_rng(seed)
    learned, tested = [], []
    for digit in range(10):
        places = random.permutation(np.flatnonzero(labels == digit))
        tested.append(places[:TESTED])
        learned.append(places[TESTED : TESTED + (round(share * EACH) if digit in RARE else EACH)])
    parts = (np.concatenate(part) for part in (learned, tested))
    first, second = (Digits(images[places], labels[places].astype(np.int64)) for places in parts)
    return first, second


def right_of(config: TrainConfig, train: Digits, tested: Digits) -> np.ndarray:
    """Return how many digits of each class are read right after a training."""
    store = MemoryStore()
    list(Trainer(config, train, None, store=store, threads=1).run())
    assert store.best is not None
    answers = Predictor(config, store.best.weights).logits(tested.images).argmax(1)
    return np.bincount(tested.labels[answers == tested.labels], minlength=10)


def report(title: str, right: np.ndarray, seeds: int, macro: list[float]) -> None:
    """Print the macro accuracy, and apart the rare and the other digits."""
    rare = np.isin(np.arange(10), RARE)
    parts = []
    for name, which in (("rare", rare), ("others", ~rare)):
        n = int(which.sum()) * TESTED * seeds
        low, high = wilson(int(right[which].sum()), n)
        parts.append(f"{name} {right[which].sum() / n:.1%} of {n:,} [{low:.1%} … {high:.1%}]")
    spread = f", seeds {min(macro):.1%} … {max(macro):.1%}"
    print(f"{title}: macro accuracy {statistics.fmean(macro):.2%}{spread}; {'; '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
