"""Images a second of our training loop beside a plain DataLoader loop, and the founding experiment's seconds.

    python bench/training/speed.py [--mnist FOLDER] [--images N] [--repeats R]

Both loops train the same network with the same optimizer on the same digits, in turns in one process, one
thread; CPU seconds of the process are counted, the median of the repeats is printed, and their ratio is
what to compare between machines. Without MNIST's files it uses noise: speed does not depend on the pixels.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.config import TrainConfig
from engine.inference.predictor import Predictor
from engine.training import checkpoint, models
from engine.training.batches import Digits
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer


class PlainDataset(Dataset[tuple[torch.Tensor, int]]):
    """What tutorials write: an image at a time becomes a normalised tensor."""

    def __init__(self, digits: Digits) -> None:
        self._digits = digits

    def __len__(self) -> int:
        return len(self._digits.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        image = np.array(Image.fromarray(self._digits.images[index]))  # what ToTensor is given, and does
        pixels = torch.from_numpy(image)[None].float().div(255).sub(models.MEAN).div(models.STD)
        return pixels, int(self._digits.labels[index])


def plain_epoch(config: TrainConfig, digits: Digits) -> None:
    """Train one epoch as a tutorial would."""
    model: nn.Module = models.build(config).to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.learning_rate)
    for inputs, labels in DataLoader(PlainDataset(digits), config.batch_size, shuffle=True):
        optimizer.zero_grad()
        functional.cross_entropy(model(inputs), labels).backward()  # type: ignore[no-untyped-call]
        optimizer.step()


def our_epochs(config: TrainConfig, digits: Digits) -> None:
    """Train as the program does, events and checkpoints included."""
    for _ in Trainer(config, digits, None, store=MemoryStore(), threads=1).run():
        pass


def cpu_seconds(work: Callable[[], None]) -> float:
    """Return the CPU seconds of this process that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(model: str, digits: Digits, repeats: int) -> None:
    """Print images a second of both loops for one model, and their ratio."""
    count = len(digits.labels)
    config = TrainConfig(model=model, epochs=1, augment="off", batch_size=128)
    varied = TrainConfig(model=model, epochs=1, augment="light", batch_size=128)
    times: dict[str, list[float]] = {"plain": [], "ours": [], "ours, light augmentation": []}
    small = Digits(digits.images[:500], digits.labels[:500])
    plain_epoch(config, small)  # warm up
    our_epochs(config, small)
    for _ in range(repeats):
        times["plain"].append(cpu_seconds(lambda: plain_epoch(config, digits)))
        times["ours"].append(cpu_seconds(lambda: our_epochs(config, digits)))
        times["ours, light augmentation"].append(cpu_seconds(lambda: our_epochs(varied, digits)))
    plain = statistics.median(times["plain"])
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{model:4} {name:26} {count / middle:8.0f} images/CPU-s   {plain / middle:5.2f} × plain")


def founding_experiment(repeats: int, digits: Digits) -> None:
    """Print the seconds of forty epochs on ten images, the digits 0 to 9 once each."""
    first = [int(np.flatnonzero(digits.labels == digit)[0]) for digit in range(10)]
    ten = Digits(digits.images[first], digits.labels[first])
    for epochs in (5, 40):
        config = TrainConfig(model="mlp", epochs=epochs, augment="off")
        seconds = statistics.median(cpu_seconds(lambda: our_epochs(config, ten)) for _ in range(repeats))  # noqa: B023
        print(f"mlp  {epochs:2} epochs on ten images    {seconds:6.3f} CPU-s")


def latency(model: str) -> None:
    """Print how long one answer takes."""
    config = TrainConfig(model=model)
    predictor = Predictor(config, checkpoint.weights_to_bytes(models.build(config)))
    image = np.random.default_rng(0).integers(0, 256, (1, 28, 28), np.uint8)
    times = []
    for _ in range(500):
        start = time.perf_counter()
        predictor.predict(image)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{model:4} one answer  median {statistics.median(times):.2f} ms, p99 {sorted(times)[-6]:.2f} ms")


def read_idx(path: Path) -> np.ndarray:
    """Return the array of a gzipped IDX file of bytes."""
    data = gzip.decompress(path.read_bytes())
    shape = [int.from_bytes(data[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path, help="folder with MNIST's four original files")
    parser.add_argument("--images", type=int, default=6000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.mnist:
        images = read_idx(arguments.mnist / "train-images-idx3-ubyte.gz")[: arguments.images]
        labels = read_idx(arguments.mnist / "train-labels-idx1-ubyte.gz")[: arguments.images]
    else:
        random = np.random.default_rng(0)
        images = random.integers(0, 256, (arguments.images, 28, 28), np.uint8)
        labels = np.arange(arguments.images) % 10
    digits = Digits(images, labels)
    founding_experiment(arguments.repeats, digits)
    for model in ("mlp", "cnn"):
        compare(model, digits, arguments.repeats)
        latency(model)


if __name__ == "__main__":
    main()
