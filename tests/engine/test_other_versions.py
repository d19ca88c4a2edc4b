"""Runs of another version's networks: whole, but unknown here, and said to be just that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from training_data import digits

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.inference.past import load_past
from engine.inference.predictor import load_run
from engine.training import checkpoint, models, session
from engine.training.control import Control

CONFIG = TrainConfig(model="mlp", hidden=(16,), epochs=1, batch_size=10, augment="off", device="cpu")
OTHER = replace(CONFIG, hidden=(16, 24))  # stands for a network whose name is known and whose layers are not


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    """Run 1 is another version's, run 2 our own."""
    document = Document.create(tmp_path / "other.dojo")
    some = digits(2)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN)
    for _ in range(2):
        list(session.start(document, CONFIG, Control()))
    other = models.build(OTHER)
    weights = checkpoint.weights_to_bytes(other, models.describe(CONFIG))
    facts = document.runs.get(1).facts | {"parameters": models.parameter_count(other)}
    document.runs.update(1, facts=facts)
    for kind in ("last", "best"):
        saved = document.runs.load_checkpoint(1, kind)
        assert saved is not None
        document.runs.save_checkpoint(1, 1, saved.step, weights, kind, saved.training_state)
    yield document
    document.close()


def refused(document: Document) -> list[str]:
    """Return the code with which run 1 is refused, wherever its model is wanted."""
    codes = []
    for wanted in (lambda: load_run(document, 1), lambda: load_past(document, 1)):
        with pytest.raises(EngineError) as caught:
            wanted()
        codes.append(caught.value.code.value)
    for events in (
        session.resume(document, 1, Control(), extra_epochs=1),
        session.start(document, replace(CONFIG, start_from="1"), Control()),
    ):
        (failed,) = events
        codes.append(failed.code)  # type: ignore[union-attr]
    return codes


def test_a_network_that_is_not_known_here_is_named_as_such_wherever_it_is_wanted(document: Document) -> None:
    assert set(refused(document)) == {"network_unknown"}
    assert load_run(document, 2).config == CONFIG
    assert document.check() == [], "nothing is damaged"


def test_damaged_bytes_of_such_a_network_are_still_damaged(document: Document) -> None:
    for kind in ("last", "best"):
        saved = document.runs.load_checkpoint(1, kind)
        assert saved is not None
        document.runs.save_checkpoint(1, 1, saved.step, saved.weights[:-9], kind, saved.training_state)
    assert set(refused(document)) == {"checkpoint_damaged"}


@pytest.mark.parametrize(("language", "words"), [("en", "does not know"), ("ja", "扱えません")])
def test_every_command_says_so_in_one_line(
    document: Document, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    path = str(document.path)
    for command in (["evaluate", path, "--run", "1", "--split", "train"], ["train", path, "--resume", "1"]):
        assert main([*command, "--language", language]) == 2
        assert words in capsys.readouterr().err.strip().splitlines()[-1]


def test_a_kind_of_network_without_a_name_here_is_no_damage(
    document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    path = document.path
    with closing(sqlite3.connect(path)) as connection:
        settings = json.dumps(CONFIG.to_dict() | {"model": "vit"})
        connection.execute("UPDATE runs SET config = ? WHERE id = 1", (settings,))
        connection.commit()
    with pytest.raises(EngineError) as caught:
        document.runs.get(1)
    assert (caught.value.code, caught.value.fields) == (Code.NETWORK_UNKNOWN, {"run": 1})
    assert [record.id for record in document.runs.list()] == [2]
    assert main(["runs", str(path), "--language", "en"]) == 0
    assert "Run 1 has a network that this version of Digit Dojo does not know" in capsys.readouterr().err


def test_a_setting_is_named_in_words(document: Document, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", str(document.path), "--model", "mlp", "--hidden", "17", "--start-from", "2"]
    for language, told in (
        (
            "en",
            "“Start from” (start_from) cannot be the model of run 2 (mlp 16). Allowed: random numbers",
        ),
        ("ja", "「出発点」(start_from)に 実行 2 のモデル(mlp 16) は使えません。使える値: 乱数(random)、"),
    ):
        assert main([*command, "--language", language]) == 2
        error = capsys.readouterr().err
        assert told in error


@pytest.mark.parametrize(
    ("language", "words"), [("en", "another version and is whole"), ("ja", "壊れてはいません")]
)
def test_check_finds_nothing_wrong_with_a_network_whose_name_is_not_known(document, capsys, language, words):
    path = document.path
    document.close()
    with closing(sqlite3.connect(path)) as file, file:
        config = json.loads(file.execute("SELECT config FROM runs WHERE id = 1").fetchone()[0])
        file.execute("UPDATE runs SET config = ? WHERE id = 1", (json.dumps(config | {"model": "later"}),))
    assert main(["check", str(path), "--language", language]) == 0
    told = capsys.readouterr()
    assert words in told.err and "run_unreadable" not in told.out
