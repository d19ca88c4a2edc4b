"""The amounts of a custom augmentation in the settings: validated, written, read, left out by older runs."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from training_data import digits

from engine.augmentation import NAMED, RANGES, Amounts
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.run_settings import read_settings
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.export.curves_csv import runs_table
from engine.sentences import sentence
from engine.training import session
from engine.training.comparison import differing
from engine.training.control import Control

SOME = {"shift": 2, "turn": 7.5}


def refused(values: dict[str, object]) -> EngineError:
    with pytest.raises(EngineError) as caught:
        TrainConfig.from_dict(values)
    return caught.value


def test_custom_amounts_survive_json_and_a_missing_one_is_nothing() -> None:
    config = TrainConfig.from_dict({"augment": "custom", "augment_amounts": SOME})
    assert config.amounts == Amounts(shift=2.0, turn=7.5)
    assert TrainConfig.from_dict(json.loads(config.to_json())) == config
    assert hash(config) == hash(TrainConfig(augment="custom", augment_amounts=Amounts(shift=2, turn=7.5)))


def test_named_augmentations_have_their_own_amounts() -> None:
    assert TrainConfig(augment="off").amounts is None
    assert TrainConfig(augment="strong").amounts == NAMED["strong"]
    custom = TrainConfig.from_dict({"augment": "custom", "augment_amounts": SOME})
    assert replace(custom, augment="light") == TrainConfig(augment="light")


@pytest.mark.parametrize("name", list(RANGES))
def test_an_amount_out_of_its_range_is_refused_by_name(name: str) -> None:
    low, high = RANGES[name]
    TrainConfig.from_dict({"augment": "custom", "augment_amounts": {name: high}})
    for value in (low - 0.1, high + 0.1, float("nan"), "much", None, True):
        error = refused({"augment": "custom", "augment_amounts": {name: value}})
        assert (error.code, error.fields["field"]) == (Code.CONFIG_INVALID, f"augment_amounts.{name}")
        assert error.fields["allowed"] == f"{low:g} … {high:g}"


def test_there_is_no_flip() -> None:
    error = refused({"augment": "custom", "augment_amounts": {"flip": 1}})
    assert (error.code, error.fields["field"]) == (Code.CONFIG_UNKNOWN_FIELD, "augment_amounts.flip")


@pytest.mark.parametrize("amounts", [None, 3, "strong", [1, 2]])
def test_custom_without_amounts_says_what_they_are(amounts: object) -> None:
    error = refused({"augment": "custom", "augment_amounts": amounts})
    assert error.code is Code.CONFIG_INVALID
    for language in ("en", "ja"):
        said = sentence(error, language)
        assert '"turn": 0 … 30' in said and '"elastic": 0 … 1.5' in said


def test_amounts_that_would_not_count_are_refused() -> None:
    error = refused({"augment_amounts": SOME})
    assert (error.fields["field"], error.fields["value"]) == ("augment", "light")
    assert "custom" in str(error.fields["allowed"])


@pytest.mark.parametrize(("field", "value"), [("strokes", "drawn"), ("class_weights", "on")])
def test_other_new_settings_are_choices(field: str, value: str) -> None:
    error = refused({field: value})
    assert (error.code, error.fields["field"]) == (Code.CONFIG_INVALID, field)


def test_a_run_from_before_these_settings_has_what_it_was_trained_with() -> None:
    values = TrainConfig(augment="strong", epochs=7).to_dict()
    for name in ("augment_amounts", "strokes", "class_weights"):
        del values[name]
    config, _ = read_settings(json.dumps(values), "{}")
    assert config == TrainConfig(augment="strong", epochs=7)
    assert (config.strokes, config.class_weights) == ("stored", "off")


def test_a_run_stored_before_these_settings_goes_on_exactly_and_compares_as_equal(tmp_path: Path) -> None:
    config = TrainConfig(model="mlp", hidden=(8,), epochs=4, batch_size=8, augment="strong", device="cpu")
    document = Document.create(tmp_path / "old.dojo")
    document.samples.add_arrays(digits(3).images, digits(3).labels, split=Split.TRAIN)
    list(session.start(document, config, Control()))
    list(session.start(document, config, Control(), stop_after=2))
    path = document.path
    document.close()
    values = config.to_dict()
    for name in ("augment_amounts", "strokes", "class_weights"):
        del values[name]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE runs SET config = ? WHERE id = 2", (json.dumps(values),))
    document = Document.open(path)
    assert list(session.resume(document, 2, Control()))[-1].reason == "completed"  # type: ignore[union-attr]
    straight, resumed = (document.runs.load_checkpoint(run, "last") for run in (1, 2))
    assert straight is not None and resumed is not None
    assert straight.weights == resumed.weights
    assert differing(document.runs.list()) == {}
    document.close()


def test_runs_differ_in_single_amounts(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "two.dojo")
    nobody: dict[Split, Any] = {}
    for turn in (5, 8):
        config = TrainConfig.from_dict({"augment": "custom", "augment_amounts": {"turn": turn, "shift": 1}})
        document.runs.create(config, {}, nobody)
    assert differing(document.runs.list()) == {"augment_turn": [5.0, 8.0]}
    document.runs.create(TrainConfig(), {}, nobody)
    found = differing(document.runs.list())
    assert found["augment"] == ["custom", "custom", "light"]
    assert found["augment_shift"] == [1.0, 1.0, None]
    lines = runs_table(document.runs, document.runs.list()).decode("utf-8-sig").splitlines()
    assert len({line.count(",") for line in lines}) == 1
    assert "augment_turn" in lines[0] and "augment_amounts" not in lines[0]
    document.close()
