"""The integrity check names what is wrong and where."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.integrity import is_safetensors
from engine.data.samples import NewSample, Split


def safetensors(values: int = 4) -> bytes:
    header = json.dumps({"w": {"dtype": "F32", "shape": [values], "data_offsets": [0, 4 * values]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4 * values)


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    opened = Document.create(tmp_path / "a.dojo")
    images = np.random.default_rng(0).integers(0, 256, (4, 28, 28), np.uint8)
    opened.samples.add([NewSample(image, 1, group="anna") for image in images])
    samples = opened.samples.load()
    run = opened.runs.create(TrainConfig(), {"a": 1}, {Split.TRAIN: (samples.ids, samples.labels)})
    opened.runs.save_checkpoint(run, 1, 1, safetensors(), "last", safetensors(2))
    yield opened
    opened.close()


def test_a_sound_document_has_no_problems(document: Document) -> None:
    assert document.check() == []


@pytest.mark.parametrize(
    ("damage", "code", "place"),
    [
        ("UPDATE samples SET label = 12 WHERE id = 2", "label_range", "sample 2: 12"),
        ("UPDATE samples SET split = 3 WHERE id = 2", "split_unknown", "sample 2: 3"),
        ("UPDATE samples SET split = 2 WHERE id = 2", "group_divided", "group anna"),
        ("UPDATE digits SET pixels = x'00' WHERE id = 3", "digit_size", "sample 3: 1 bytes"),
        ("UPDATE digits SET pixels = zeroblob(784) WHERE id = 3", "digest_wrong", "sample 3"),
        ("DELETE FROM digits WHERE id = 4", "digit_missing", "sample 4"),
        ("DELETE FROM digits WHERE id = 4", "members_missing", "run 1, split 0: 1 digits"),
        ("INSERT INTO originals VALUES (99, 'image', x'00')", "reference_broken", "originals 99 → samples"),
        ("UPDATE runs SET config = '{'", "run_unreadable", "run 1"),
        ("UPDATE runs SET config = '{\"epochs\": 0}'", "run_unreadable", "run 1"),
        ("UPDATE runs SET state = 'asleep'", "state_unknown", "run 1: asleep"),
        ("UPDATE run_samples SET ids = x'00'", "members_damaged", "run 1, split 0"),
        ("UPDATE run_samples SET count = 9", "members_damaged", "run 1, split 0: 4, 4, 9"),
        ("UPDATE checkpoints SET weights = x'0011'", "checkpoint_damaged", "run 1, last: weights"),
        (
            "UPDATE checkpoints SET training_state = x'00'",
            "checkpoint_damaged",
            "run 1, last: training state",
        ),
    ],
)
def test_each_kind_of_damage_is_named_with_its_place(
    document: Document, damage: str, code: str, place: str
) -> None:
    database = document._database
    database.run("PRAGMA ignore_check_constraints = ON")
    database.run("PRAGMA foreign_keys = OFF")
    database.run(damage)
    found = document.check()
    assert any(problem.code == code and problem.detail.startswith(place) for problem in found), found


def test_no_more_than_a_hundred_problems_are_told(document: Document) -> None:
    document.samples.add_arrays(np.zeros((300, 28, 28), np.uint8), [1] * 300)
    document._database.run("UPDATE digits SET digest = x'00'")
    assert len(document.check()) == 100


def test_a_whole_safetensors_file_is_told_from_a_cut_one() -> None:
    whole = safetensors()
    assert is_safetensors(whole)
    for wrong in (
        b"",
        whole[:7],
        whole[:20],
        whole[:-1],
        whole + b"\0",
        struct.pack("<Q", 2) + b"[]",
        None,
        "text",
    ):
        assert not is_safetensors(wrong)


def test_check_of_a_document_that_cannot_be_opened_is_a_finding_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.dojo"
    Document.create(path).close()
    content = path.read_bytes()
    for damaged, code in ((content[:-5_000], "document_truncated"), (b"", "file_empty")):
        path.write_bytes(damaged)
        assert main(["check", str(path), "--json", "--language", "en"]) == 2
        streams = capsys.readouterr()
        result = json.loads(streams.out)
        assert (result["ok"], result["samples"], result["runs"]) == (False, None, None)
        assert [problem["code"] for problem in result["problems"]] == [code]
        assert [problem["detail"] for problem in result["problems"]] == streams.err.splitlines()
    assert main(["check", str(tmp_path / "none.dojo"), "--json"]) == 2
    assert capsys.readouterr().out == ""
