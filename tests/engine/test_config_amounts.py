"""The amounts of a custom augmentation in the settings: validated, written, read, left out by older runs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engine.augmentation import NAMED, RANGES, Amounts
from engine.config import TrainConfig
from engine.data.runs import read_settings
from engine.errors import Code, EngineError
from engine.sentences import sentence

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
