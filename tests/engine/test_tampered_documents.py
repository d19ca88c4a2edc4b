"""Documents that somebody else wrote into: each ends in an error with a code, never in a crash."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load, save

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.splits import Split
from engine.errors import Code, EngineError
from engine.events import RunFailed, RunFinished
from engine.inference.predictor import load_run
from engine.training import checkpoint, session
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(8,), epochs=2, batch_size=4, device="cpu")


@pytest.fixture
def trained(tmp_path: Path) -> Iterator[Path]:
    """A document with one small run of 12 digits."""
    path = tmp_path / "a.dojo"
    images = np.random.default_rng(0).integers(0, 256, (12, 28, 28), np.uint8)
    document = Document.create(path)
    document.samples.add_arrays(images, np.arange(12) % 3, split=Split.TRAIN)
    assert isinstance(list(session.start(document, CONFIG, Control()))[-1], RunFinished)
    document.close()
    return path


def tamper(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql, values)
        connection.commit()


def resumed(path: Path) -> str:
    """Resume the run and return the code it fails with, empty when it does not."""
    document = Document.open(path)
    last = list(session.resume(document, 1, Control(), extra_epochs=1))[-1]
    document.close()
    return last.code if isinstance(last, RunFailed) else ""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE digits SET pixels = x'00'",
        "UPDATE digits SET pixels = 'text'",
        "UPDATE samples SET label = 77",
        "UPDATE samples SET label = 'x'",
        "UPDATE samples SET split = 9",
        "UPDATE samples SET deleted = 5",
        "UPDATE meta SET value = 'x'",
        "UPDATE metrics SET value = 'x'",
        "UPDATE checkpoints SET weights = 'text'",
    ],
)
def test_impossible_values_are_found_when_the_document_is_opened(trained: Path, sql: str) -> None:
    tamper(trained, sql)
    before = trained.read_bytes()
    with pytest.raises(EngineError) as caught:
        Document.open(trained)
    assert caught.value.code is Code.DOCUMENT_DAMAGED
    assert trained.read_bytes() == before


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("config", ""),
        ("config", "[]"),
        ("config", "5"),
        ("config", "[" * 100_000),
        ("config", '{"epochs": true}'),
        ("config", '{"model": ["mlp"]}'),
        ("config", '{"start_from": "²"}'),
        ("facts", "null"),
        ("facts", '{"threads": 1000000}'),
        ("facts", '{"threads": 0}'),
        ("facts", '{"threads": "x"}'),
        ("facts", '{"segments": [2.5]}'),
        ("facts", '{"segments": [-5]}'),
        ("val_accuracy", "x"),
        ("name", b"\xff"),
    ],
)
def test_a_run_that_cannot_be_read_is_left_out_of_the_list_and_named(
    trained: Path, column: str, value: object
) -> None:
    tamper(trained, f"UPDATE runs SET {column} = ?", value)
    document = Document.open(trained)
    damaged = document.runs.unreadable()
    assert damaged
    assert not set(damaged) & {record.id for record in document.runs.list()}
    for run in damaged:
        with pytest.raises(EngineError) as caught:
            document.runs.get(run)
        assert caught.value.code is Code.DOCUMENT_DAMAGED
    if column in ("config", "facts"):
        assert "run_unreadable" in {problem.code for problem in document.check()}
    document.close()
    assert resumed(trained) == Code.DOCUMENT_DAMAGED


@pytest.mark.parametrize(
    "labels",
    [b"", b"x", zlib.compress(bytes(5)), zlib.compress(bytes([11] * 12)), zlib.compress(bytes(1 << 28))],
)
def test_members_that_do_not_fit_are_damage_and_fill_no_memory(trained: Path, labels: bytes) -> None:
    tamper(trained, "UPDATE run_samples SET labels = ? WHERE split = 0", labels)
    assert resumed(trained) == Code.DOCUMENT_DAMAGED


@pytest.mark.parametrize("kind", ["not a number", "shape", "double", "whole", "missing"])
@pytest.mark.parametrize("column", ["weights", "training_state"])
def test_tampered_tensors_are_a_damaged_checkpoint(trained: Path, column: str, kind: str) -> None:
    with closing(sqlite3.connect(trained)) as connection:
        (content,) = connection.execute(f"SELECT {column} FROM checkpoints WHERE kind = 'last'").fetchone()
    tensors = load(content)
    _, about = checkpoint.read_weights(content)
    name = "2.weight" if column == "weights" else "average.0"
    if kind == "missing":
        del tensors[name]
    else:
        changed = {
            "not a number": torch.full_like(tensors[name], float("nan")),
            "shape": torch.zeros(3),
            "double": tensors[name].double(),
            "whole": tensors[name].long(),
        }
        tensors[name] = changed[kind]
    packed = save(tensors, metadata={checkpoint.KEY: json.dumps(about)})
    tamper(trained, f"UPDATE checkpoints SET {column} = ?", packed)
    if column == "training_state" and kind == "not a number":
        assert resumed(trained) == Code.LOSS_NOT_FINITE
        return
    assert resumed(trained) == Code.CHECKPOINT_DAMAGED
    if column == "weights":
        document = Document.open(trained)
        with pytest.raises(EngineError) as caught:
            load_run(document, 1)
        assert caught.value.code is Code.CHECKPOINT_DAMAGED
        document.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("segments", None),
        ("segments", [1, "a"]),
        ("segments", [0]),
        ("epoch", -1),
        ("epoch", 99),
        ("step", 99),
        ("step", 2.5),
        ("correct", 10**30),
        ("loss_sum", None),
        ("loss_sum", float("nan")),
        ("best_val_loss", "x"),
        ("unknown", 1),
    ],
)
def test_an_impossible_position_is_a_damaged_checkpoint(trained: Path, field: str, value: object) -> None:
    with closing(sqlite3.connect(trained)) as connection:
        (state,) = connection.execute("SELECT training_state FROM checkpoints WHERE kind = 'last'").fetchone()
    tensors, values = checkpoint.read_weights(state)
    packed = save(tensors, metadata={checkpoint.KEY: json.dumps({**values, field: value})})
    tamper(trained, "UPDATE checkpoints SET training_state = ?", packed)
    assert resumed(trained) == Code.CHECKPOINT_DAMAGED


def test_no_flipped_byte_ends_in_anything_but_an_error_with_a_code(trained: Path) -> None:
    good = trained.read_bytes()
    chance = np.random.default_rng(0)
    for _ in range(150):
        content = bytearray(good)
        for place in chance.integers(0, min(len(good), int(chance.choice([4096, 20_000, 10**9]))), 3):
            content[place] ^= int(chance.integers(1, 256))
        trained.write_bytes(content)
        for log in trained.parent.glob("*.dojo-*"):
            log.unlink()
        try:
            document = Document.open(trained)
        except EngineError:
            continue
        try:
            for look in (
                document.check,
                document.samples.load,
                document.samples.split_counts,
                document.runs.list,
                partial(load_run, document, 1),
            ):
                with suppress(EngineError):
                    look()
        finally:
            document.close()


def test_a_number_that_no_run_can_have_is_a_run_that_is_missing(trained: Path) -> None:
    document = Document.open(trained)
    for number in (0, -1, 2**63, 10**30):
        with pytest.raises(EngineError) as caught:
            document.runs.get(number)
        assert caught.value.code is Code.RUN_MISSING
    document.close()
