"""The model that ships: its script and the file itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data import starter
from engine.inference.predictor import from_weights, load_base
from engine.resources import asset
from engine.training import train_base

CONFIG = TrainConfig(model="cnn", epochs=2, batch_size=16, augment="light", device="cpu")


def test_the_script_gives_equal_bytes_twice() -> None:
    once, again = (train_base.train(digits(20), CONFIG, held_out=40) for _ in range(2))
    assert once.weights == again.weights
    assert once.metrics.n == 40
    assert from_weights(once.weights).threshold == once.threshold


def test_the_threshold_lets_the_wanted_share_of_right_answers_pass() -> None:
    random = np.random.default_rng(0)
    confidence = random.uniform(0.2, 1.0, 1000)
    probabilities = np.zeros((1000, 10), np.float32)
    probabilities[:, 3] = confidence
    labels = np.full(1000, 3)
    labels[confidence < 0.25] = 5  # wrong answers do not count
    threshold = train_base.choose_threshold(probabilities, labels)
    right = confidence[labels == 3]
    assert (right >= threshold).mean() == pytest.approx(train_base.KEPT, abs=0.015)


def test_the_script_writes_the_model_and_a_card_from_mnists_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some = digits(10)
    for name, shape, data in (
        ("train-images-idx3-ubyte.gz", (100, 28, 28), some.images),
        ("train-labels-idx1-ubyte.gz", (100,), some.labels.astype(np.uint8)),
    ):
        header = bytes([0, 0, 8, len(shape)]) + b"".join(size.to_bytes(4, "big") for size in shape)
        (tmp_path / name).write_bytes(gzip.compress(header + data.tobytes()))
    train_base.main(["--mnist", str(tmp_path), "--out", str(tmp_path / "base"), "--epochs", "8"])
    text = (tmp_path / "base" / "base.md").read_text(encoding="utf-8")
    assert "90 of MNIST's 60,000 train digits" in text
    assert from_weights((tmp_path / "base" / "base.safetensors").read_bytes()).config.model == "cnn"
    assert "val_accuracy" in capsys.readouterr().out


def test_the_shipped_model_is_small_and_reads_real_digits() -> None:
    assert asset("base/base.safetensors").stat().st_size <= 1_000_000
    assert "CC BY-SA 3.0" in asset("base/base.md").read_text(encoding="utf-8")
    images, labels = starter.load()
    model = load_base()
    assert 0.3 <= model.threshold <= 0.95
    assert model.evaluate(images[:1000], labels[:1000]).accuracy >= 0.98
