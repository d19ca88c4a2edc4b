"""Splits are stratified, incremental, repeatable, and never divide a group."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from engine.data.document import Document
from engine.data.samples import NewSample, Split
from engine.data.splits import SPLITS, SplitRule


def place(count: int, label: int = 3) -> list[int]:
    rule = SplitRule({}, {})
    return [rule.place(label) for _ in range(count)]


def test_fewer_than_ten_of_a_class_all_train() -> None:
    assert set(place(9)) == {0}
    assert Counter(place(10)) == {0: 9, 1: 1}


@pytest.mark.parametrize("count", [20, 50, 100, 1_000, 6_000])
def test_eighty_ten_and_ten_per_cent_of_each_class(count: int) -> None:
    sides = Counter(place(count))
    assert (sides[0], sides[1], sides[2]) == (count * 8 // 10, count // 10, count // 10)


def test_every_prefix_is_close_to_its_shares() -> None:
    sides = [0, 0, 0]
    for number, side in enumerate(place(500), start=1):
        sides[side] += 1
        if number >= 20:
            assert abs(sides[1] - number / 10) <= 1
            assert abs(sides[2] - number / 10) <= 1


def test_one_by_one_and_all_at_once_give_the_same_places(tmp_path: Path) -> None:
    labels = np.random.default_rng(0).integers(0, 3, 90)
    images = np.random.default_rng(1).integers(0, 256, (90, 28, 28), np.uint8)
    places = []
    for name in ("single", "bulk"):
        document = Document.create(tmp_path / f"{name}.dojo")
        if name == "bulk":
            document.samples.add_arrays(images, labels)
        else:
            for image, label in zip(images, labels, strict=True):
                document.samples.add([NewSample(image, int(label))])
        places.append(document.samples.load().splits.tolist())
        document.close()
    assert places[0] == places[1]
    assert set(places[0]) == {0, 1, 2}


def test_digits_placed_by_hand_do_not_push_drawn_ones_aside(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    images = np.random.default_rng(0).integers(0, 256, (500, 28, 28), np.uint8)
    document.samples.add_arrays(images, [4] * 500, split=Split.TRAIN)
    added = document.samples.add_arrays(images[:100], [4] * 100)
    sides = Counter(document.samples.get(id_).split for id_ in added.ids)
    assert sides == {Split.TRAIN: 80, Split.VAL: 10, Split.TEST: 10}
    document.close()


def test_a_group_stays_on_one_side_also_when_it_grows(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    rng = np.random.default_rng(0)
    for _ in range(3):
        for writer in range(20):
            images = rng.integers(0, 256, (15, 28, 28), np.uint8)
            document.samples.add_arrays(images, np.arange(15) % 10, group=f"writer {writer}")
    sides: dict[str, set[Split]] = {}
    for id_ in document.samples.load().ids.tolist():
        sample = document.samples.get(id_)
        sides.setdefault(str(sample.group), set()).add(sample.split)
    assert all(len(found) == 1 for found in sides.values())
    groups = Counter(next(iter(found)) for found in sides.values())
    assert groups[Split.TRAIN] in (15, 16, 17)
    assert groups[Split.VAL] in (1, 2, 3)
    assert groups[Split.TEST] in (1, 2, 3)
    assert document.check() == []
    document.close()


def test_a_single_group_trains() -> None:
    assert SplitRule({}, {}).place_group("anna", dict.fromkeys(range(10), 50)) == 0


def test_a_split_knows_its_number() -> None:
    assert [split.code for split in SPLITS] == [0, 1, 2]
    assert Split("val") is Split.VAL
