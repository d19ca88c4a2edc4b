"""The starter digits are 10,000 real ones, the same for everybody, and what they claim to be."""

from __future__ import annotations

import importlib.util
import lzma
import os
from pathlib import Path

import numpy as np
import pytest

from engine.data import idx, starter
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.resources import ASSETS

ROOT = Path(__file__).resolve().parents[2]
MNIST = Path(os.environ.get("DOJO_DATA", ROOT.parent / "shared" / "data")) / "mnist"
needs_mnist = pytest.mark.skipif(not MNIST.is_dir(), reason="needs MNIST's files (DOJO_DATA)")


def test_there_are_a_thousand_different_digits_of_each_class() -> None:
    images, labels = starter.load()
    assert images.shape == (10_000, 28, 28)
    assert images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [1_000] * 10
    assert len({image.tobytes() for image in images}) == 10_000
    assert 20 < images.mean() < 50, "white ink on black"


def test_they_ship_small_with_attribution_and_licence() -> None:
    assert (ASSETS / starter.FILE).stat().st_size < 2_000_000
    text = (ASSETS / "starter" / "LICENSE.md").read_text(encoding="utf-8")
    for word in ("LeCun", "Cortes", "Burges", "Attribution-ShareAlike 3.0"):
        assert word in text


def test_they_are_added_once_split_eighty_ten_ten_and_taken_back_in_one_step(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    assert len(starter.add_to(document).ids) == 10_000
    assert document.samples.split_counts() == {Split.TRAIN: 8_000, Split.VAL: 1_000, Split.TEST: 1_000}
    again = starter.add_to(document)
    assert (again.ids, again.duplicates) == ([], 10_000)
    assert document.samples.undo() == "add"
    assert document.samples.count() == 0
    document.close()


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-100], lambda content: b"", lambda content: b"x" + content[1:]]
)
def test_a_damaged_file_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage) -> None:
    (tmp_path / "starter").mkdir()
    (tmp_path / starter.FILE).write_bytes(damage((ASSETS / starter.FILE).read_bytes()))
    monkeypatch.setattr("engine.resources.ASSETS", tmp_path)
    with pytest.raises(EngineError, match=Code.ASSET_DAMAGED):
        starter.load()


def test_other_digits_of_the_right_form_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "starter").mkdir()
    images, labels = starter.load()
    (tmp_path / starter.FILE).write_bytes(
        lzma.compress(starter.content_of(images, np.roll(labels, 1)), preset=0)
    )
    monkeypatch.setattr("engine.resources.ASSETS", tmp_path)
    with pytest.raises(EngineError, match=Code.ASSET_DAMAGED):
        starter.load()


@needs_mnist
def test_the_script_chooses_the_same_digits_again() -> None:
    spec = importlib.util.spec_from_file_location("make_starter", ROOT / "packaging" / "make_starter.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found = idx.read(MNIST / script.TRAIN_IMAGES[0])
    places = script.choose(found.digits, found.labels)
    images, labels = starter.load()
    assert (found.digits[places] == images).all()
    assert (found.labels[places] == labels).all()


@needs_mnist
def test_all_are_of_the_train_part_and_none_of_the_test_part() -> None:
    images, labels = starter.load()
    parts = {}
    for part in ("train", "t10k"):
        found = idx.read(MNIST / f"{part}-images-idx3-ubyte.gz")
        parts[part] = {
            (image.tobytes(), int(label)) for image, label in zip(found.digits, found.labels, strict=True)
        }
    mine = {(image.tobytes(), int(label)) for image, label in zip(images, labels, strict=True)}
    assert mine <= parts["train"]
    assert not mine & parts["t10k"]
