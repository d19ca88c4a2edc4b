"""Digits are added, listed, edited and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.data.document import Document
from engine.data.sample_types import CONFIRMED, CORRECTION
from engine.data.samples import NewSample, Samples, Split
from engine.errors import Code, EngineError


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    opened = Document.create(tmp_path / "a.dojo")
    yield opened
    opened.close()


def digits(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 28, 28), np.uint8)


def state(document: Document) -> list[tuple[int, int, int, bytes]]:
    every = document.samples.load()
    rows = zip(every.ids.tolist(), every.labels.tolist(), every.splits.tolist(), every.images, strict=True)
    return [(id_, label, split, image.tobytes()) for id_, label, split, image in rows]


def test_what_is_loaded_is_what_was_added_in_order(document: Document) -> None:
    images = digits(30)
    labels = [None if n % 5 == 0 else n % 10 for n in range(30)]
    added = document.samples.add_arrays(images, labels, Split.VAL)
    every = document.samples.load()
    assert every.ids.tolist() == added.ids
    assert (every.images == images).all()
    assert every.labels.tolist() == [-1 if label is None else label for label in labels]
    assert (every.splits == Split.VAL.code).all()
    assert len(every) == document.samples.count() == 30
    assert (every.images.dtype, every.labels.dtype, every.splits.dtype) == (np.uint8, np.int8, np.int8)


def test_loading_can_be_limited_to_a_split_and_to_labelled_digits(document: Document) -> None:
    document.samples.add_arrays(digits(4), [1, None, 2, None], Split.TRAIN)
    document.samples.add_arrays(digits(2, 1), [3, None], Split.TEST)
    assert len(document.samples.load(Split.TRAIN)) == 4
    assert document.samples.load(Split.TEST).labels.tolist() == [3, -1]
    assert document.samples.load(labelled_only=True).labels.tolist() == [1, 2, 3]
    assert len(document.samples.load(Split.VAL)) == 0


def test_an_empty_document_loads_empty_arrays(document: Document) -> None:
    every = document.samples.load()
    assert every.images.shape == (0, 28, 28)
    assert document.samples.counts() == dict.fromkeys([*range(10), None], 0)
    assert document.samples.split_counts() == dict.fromkeys(Split, 0)
    assert document.samples.undo() is None
    assert document.samples.redo() is None
    assert document.samples.add([]).ids == []
    assert not document.samples.can_undo


def test_counts_are_by_label_and_by_split(document: Document) -> None:
    document.samples.add_arrays(digits(5), [1, 1, None, 9, 1], Split.TEST)
    counts = document.samples.counts()
    assert (counts[1], counts[9], counts[None], counts[0]) == (3, 1, 1, 0)
    assert document.samples.split_counts() == {Split.TRAIN: 0, Split.VAL: 0, Split.TEST: 5}


def test_duplicates_are_equal_pixels_with_an_equal_label(document: Document) -> None:
    images = digits(3)
    document.samples.add_arrays(images, [1, 2, None])
    again = document.samples.add_arrays(images, [1, 5, None], skip_duplicates=True)
    assert (len(again.ids), again.duplicates) == (1, 2)
    twice = np.stack([digits(1, 9)[0]] * 3)
    added = document.samples.add_arrays(twice, [4, 4, 5], skip_duplicates=True)
    assert (len(added.ids), added.duplicates) == (2, 1)
    kept = document.samples.add_arrays(images, [1, 2, 3])
    assert (len(kept.ids), kept.duplicates) == (3, 0)


def test_a_deleted_digit_may_be_added_again(document: Document) -> None:
    ids = document.samples.add_arrays(digits(1), [1]).ids
    document.samples.delete(ids)
    assert len(document.samples.add_arrays(digits(1), [1], skip_duplicates=True).ids) == 1


@pytest.mark.parametrize("label", [-2, 10, 255])
def test_a_label_is_one_digit(document: Document, label: int) -> None:
    with pytest.raises(EngineError, match=Code.LABEL_INVALID):
        document.samples.add_arrays(digits(2), [1, label])
    assert document.samples.count() == 0, "all or nothing"
    ids = document.samples.add_arrays(digits(1), [1]).ids
    with pytest.raises(EngineError, match=Code.LABEL_INVALID):
        document.samples.set_label(ids, label)


def test_only_canonical_digits_are_taken(document: Document) -> None:
    for wrong in (np.zeros((27, 28), np.uint8), np.zeros((28, 28), np.float32)):
        with pytest.raises(ValueError, match="28"):
            document.samples.add([NewSample(wrong, 1)])


def test_an_unknown_digit_is_a_key_error(document: Document) -> None:
    with pytest.raises(KeyError):
        document.samples.get(1)


def test_edits_name_how_many_digits_they_changed(document: Document) -> None:
    ids = document.samples.add_arrays(digits(4), [1, 1, 2, None], Split.TRAIN).ids
    assert document.samples.set_label(ids, 1) == 2
    assert document.samples.set_label(ids, None) == 4
    assert document.samples.set_split(ids[:2], Split.TEST) == 2
    assert document.samples.set_split(ids[:2], Split.TEST) == 0
    assert document.samples.delete([*ids, 999]) == 4
    assert document.samples.delete(ids) == 0
    assert document.samples.set_label(ids, 3) == 0, "a deleted digit is not edited"


def test_undo_and_redo_walk_through_every_kind_of_edit(document: Document) -> None:
    samples = document.samples
    states = [state(document)]
    ids = samples.add_arrays(digits(6), [0, 1, 2, None, 4, 5]).ids
    states.append(state(document))
    samples.set_label(ids[:4], 7)
    states.append(state(document))
    samples.set_split(ids[2:], Split.TEST)
    states.append(state(document))
    samples.delete(ids[1:5])
    states.append(state(document))
    kinds = ["add", "relabel", "move", "delete"]
    for kind, before in zip(reversed(kinds), reversed(states[:-1]), strict=True):
        assert samples.undo() == kind
        assert state(document) == before
    assert not samples.can_undo
    for kind, after in zip(kinds, states[1:], strict=True):
        assert samples.redo() == kind
        assert state(document) == after
    assert not samples.can_redo
    samples.undo()
    samples.set_label(ids, 3)
    assert not samples.can_redo, "a new edit ends what could be redone"


@pytest.mark.parametrize(("kind", "source"), [("strokes", "canvas"), ("image", "import")])
@pytest.mark.parametrize("label", [9, None])
def test_another_label_takes_a_confirmation_back_and_undo_restores_it(
    document: Document, kind: str, source: str, label: int | None
) -> None:
    samples, image = document.samples, digits(1)[0]
    right = NewSample(image, 4, Split.TRAIN, source=CONFIRMED, original=b"[]", original_kind=kind)
    wrong = NewSample(255 - image, 4, Split.TRAIN, source=CORRECTION)
    ids = samples.add([right, wrong]).ids
    samples.set_label(ids, 4)
    assert samples.sources(ids) == [CONFIRMED, CORRECTION], "it has that label already"
    for _ in range(2):
        samples.set_label(ids, label)
        assert samples.sources(ids) == [source, CORRECTION]
        samples.undo()
        assert samples.sources(ids) == [CONFIRMED, CORRECTION]
        assert [samples.get(id_).label for id_ in ids] == [4, 4]
        samples.redo()
        assert samples.sources(ids) == [source, CORRECTION]
        assert [samples.get(id_).label for id_ in ids] == [label, label]
        samples.undo()


def test_many_additions_can_be_one_step_of_undo(document: Document) -> None:
    document.samples.add_arrays(digits(1), [0])
    with document.samples.one_step():
        for seed in range(1, 4):
            document.samples.add_arrays(digits(5, seed), [1] * 5)
    assert document.samples.count() == 16
    assert document.samples.undo() == "add"
    assert document.samples.count() == 1
    assert document.samples.redo() == "add"
    assert document.samples.count() == 16


def test_twenty_thousand_digits_are_added_relabelled_deleted_and_brought_back(document: Document) -> None:
    images = np.zeros((20_000, 28, 28), np.uint8)
    images[:, 0, :8] = np.arange(20_000, dtype=">u8").view(np.uint8).reshape(-1, 8)
    labels = np.arange(20_000) % 10
    samples = document.samples
    ids = samples.add_arrays(images, labels, skip_duplicates=True).ids
    assert samples.set_label(ids, 3) == 18_000
    assert samples.delete(ids) == 20_000
    assert samples.count() == 0
    samples.undo()
    samples.undo()
    every = samples.load()
    assert (every.images == images).all()
    assert (every.labels == labels).all()
    assert samples.split_counts() == {Split.TRAIN: 16_000, Split.VAL: 2_000, Split.TEST: 2_000}


def test_moving_one_of_a_group_moves_its_group(document: Document) -> None:
    new = [NewSample(image, 1, Split.TRAIN, "anna") for image in digits(3)]
    ids = document.samples.add([*new, NewSample(digits(1, 5)[0], 1, Split.TRAIN, "ben")]).ids
    document.samples.delete(ids[2:3])
    document.samples.set_split(ids[:1], Split.TEST)
    assert [document.samples.get(id_).split for id_ in ids] == [Split.TEST] * 3 + [Split.TRAIN]
    assert document.check() == []


def test_a_group_that_has_a_side_keeps_it_whatever_is_wanted_for_its_new_digits(document: Document) -> None:
    document.samples.add([NewSample(digits(1)[0], 1, Split.VAL, "anna")])
    added = document.samples.add([NewSample(digits(1, 1)[0], 1, Split.TEST, "anna")])
    assert document.samples.get(added.ids[0]).split == Split.VAL
    assert document.check() == []


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "relabel", "move", "delete", "undo", "redo"]),
        st.integers(1, 12),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_any_edits_can_be_undone_to_the_beginning_and_redone_to_the_end(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, int]]
) -> None:
    document = Document.create(tmp_path_factory.mktemp("any") / "a.dojo")
    samples = document.samples
    for number, (kind, id_, value) in enumerate(edits):
        ids = range(id_, id_ + 3)
        if kind == "add":
            group = "anna" if value > 6 else None
            samples.add([NewSample(image, value, None, group) for image in digits(2, number)])
        elif kind == "relabel":
            samples.set_label(ids, value)
        elif kind == "move":
            samples.set_split(ids, list(Split)[value % 3])
        elif kind == "delete":
            samples.delete(ids)
        elif kind == "undo":
            samples.undo()
        else:
            samples.redo()
    while samples.redo():
        pass
    end = state(document)
    while samples.undo():
        pass
    assert state(document) == []
    while samples.redo():
        pass
    assert state(document) == end
    assert document.check() == []
    document.close()


def test_samples_know_their_length() -> None:
    empty = np.zeros(0, np.int64)
    assert (
        len(Samples(empty, np.zeros((0, 28, 28), np.uint8), empty.astype(np.int8), empty.astype(np.int8)))
        == 0
    )
