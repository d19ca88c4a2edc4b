"""The model that ships: its script and the file itself."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.config import TrainConfig
from engine.data import starter
from engine.inference.predictor import from_weights, load_base
from engine.resources import asset
from engine.training import base_digits, train_base

CONFIG = TrainConfig(model="cnn", epochs=2, batch_size=16, augment="light", device="cpu")


def test_the_script_gives_equal_bytes_twice() -> None:
    learn, hold, strangers = digits(16), digits(4, seed=1), digits(3, seed=2)
    once, again = (train_base.train(learn, hold, strangers, CONFIG) for _ in range(2))
    assert once.weights == again.weights
    assert once.pen is not None and (once.mnist.n, once.pen.n) == (40, 30)
    model = from_weights(once.weights)
    assert model.threshold == once.threshold
    assert model.temperature == pytest.approx(once.temperature, abs=1e-6)


def test_without_pen_digits_the_held_out_ones_set_temperature_and_threshold() -> None:
    base = train_base.train(digits(16), digits(4, seed=1), base_digits.drawn([]), CONFIG)
    assert base.pen is None
    assert from_weights(base.weights).temperature == pytest.approx(base.temperature, abs=1e-6)


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
    strokes = tmp_path / "pen.jsonl"
    lines = (json.dumps({"strokes": [[[0, 0], [n, 9]]], "label": n % 10, "writer": n}) for n in range(10))
    strokes.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "base"
    trial = ["--epochs", "8", "--synthesised", "50", "--pictured", "20"]
    train_base.main(["--mnist", str(tmp_path), "--pen", str(strokes), "--out", str(out), *trial])
    text = (out / "base.md").read_text(encoding="utf-8")
    times = train_base.PEN_COPIES + train_base.REDRAWN + 1  # the last as a picture
    learned = 90 + 45 + 50 + 20 + times * 8  # 2 of the 10 writers are kept
    assert f"{learned} images" in text
    assert "pen strokes of 8 writers" in text
    assert from_weights((tmp_path / "base" / "base.safetensors").read_bytes()).config.model == "cnn"
    assert "val_accuracy" in capsys.readouterr().out


def test_the_shipped_model_is_small_and_reads_real_digits() -> None:
    assert asset("base/base.safetensors").stat().st_size <= 1_000_000
    assert "CC BY-SA 3.0" in asset("base/base.md").read_text(encoding="utf-8")
    images, labels = starter.load()
    model = load_base()
    assert 0.3 <= model.threshold <= 0.95
    assert model.evaluate(images[:1000], labels[:1000]).accuracy >= 0.98
