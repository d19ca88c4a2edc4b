"""Digits stored as strokes, redrawn: the same digit in another hour, the same for the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from drawn_digits import likeness
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.handwriting import redraw as redrawing
from engine.data.handwriting.redraw import redraw, trace_of
from engine.data.handwriting.writing import write
from engine.data.placing import is_canonical
from engine.data.samples import NewSample, Split
from engine.data.strokes import render, to_json
from engine.errors import Code, EngineError
from engine.events import RunFailed, RunFinished
from engine.inference.predictor import BASE, Predictor
from engine.resources import asset
from engine.training import session, teach
from engine.training.control import Control
from engine.training.pen import Pen

WRITTEN = [write(label, np.random.default_rng(label)) for label in range(10)]
JSON = {place: to_json(strokes).encode() for place, strokes in enumerate(WRITTEN)}
STORED = np.stack([render(strokes) for strokes in WRITTEN])


def pen(seed: int = 0) -> Pen:
    return Pen(JSON, seed, Path("a.dojo"))


def test_a_redrawn_digit_is_a_canonical_picture_of_the_same_digit() -> None:
    for epoch in range(1, 6):
        for stored, drawn in zip(STORED, pen().draw(list(range(10)), epoch), strict=True):
            assert is_canonical(drawn)
            assert 0.55 < likeness(stored, drawn) < 0.999


def test_the_shipped_model_still_reads_what_is_redrawn() -> None:
    model = Predictor(teach.settings(1), asset(BASE).read_bytes())
    drawn = np.concatenate([pen().draw(list(range(10)), epoch) for epoch in range(1, 21)])
    right = model.logits(drawn).argmax(1) == np.tile(np.arange(10), 20)
    assert right.mean() > 0.95


def test_how_it_is_drawn_follows_from_seed_epoch_and_digit_alone() -> None:
    together = pen().draw(list(range(10)), 3)
    assert (pen().draw(list(range(9, -1, -1)), 3)[::-1] == together).all(), "in whatever batch it comes"
    assert (pen().draw([4], 3)[0] == together[4]).all()
    for other in (pen().draw([4], 4), pen(seed=1).draw([4], 3)):
        assert (other[0] != together[4]).any()


def test_without_any_variation_it_is_the_stored_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_SLANT", "_WIDTH", "_PEN"):
        monkeypatch.setattr(redrawing, name, 0.0)
    monkeypatch.setattr(redrawing, "_SLOWEST", 0.0)
    for name, (knots, _) in (("_WOBBLE", redrawing._WOBBLE), ("_TREMOR", redrawing._TREMOR)):
        monkeypatch.setattr(redrawing, name, (knots, 0.0))

    class Calm(np.random.Generator):
        def uniform(self, *_: object) -> float:  # type: ignore[override]
            return 0.0

    traces = [trace for strokes in WRITTEN if (trace := trace_of(strokes)) is not None]
    drawn = redraw(traces, [Calm(np.random.PCG64(0)) for _ in traces])
    assert max(1 - likeness(stored, one) for stored, one in zip(STORED, drawn, strict=True)) < 0.005


def test_in_a_batch_only_digits_with_strokes_change() -> None:
    images = torch.from_numpy(np.stack([STORED[2], digits().images[0], STORED[5]]))
    batch = pen().redrawn(images, torch.tensor([2, 77, 5]), 0, 1)
    assert batch.dtype == torch.uint8
    assert (batch[1] == images[1]).all()
    assert (batch[0] != images[0]).any() and (batch[2] != images[2]).any()
    assert (images[0].numpy() == STORED[2]).all(), "what is stored stays"
    assert pen().redrawn(images, torch.tensor([70, 71, 72]), 0, 1) is images


@pytest.mark.parametrize("ahead", [1, 3, 256])
def test_drawing_ahead_changes_nothing(monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    monkeypatch.setattr("engine.training.pen.AHEAD", ahead)
    one, images = pen(), torch.from_numpy(STORED)
    orders = {
        1: torch.tensor([3, 1, 4, 1, 5, 9, 2, 6, 7, 77]),
        2: torch.tensor([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
    }
    for epoch, order in orders.items():
        for first in (0, 4, 8, 4):  # also back again, as no training goes
            places = order[first : first + 4]
            batch = one.redrawn(images[places.clamp(max=9)], order, first, epoch).numpy()
            for place, drawn in zip(places.tolist(), batch, strict=True):
                alone = STORED[9] if place == 77 else pen().draw([place], epoch)[0]
                assert (drawn == alone).all()


def test_dots_and_nothing_have_but_one_form() -> None:
    dot = np.full((3, 2), 5, np.float32)
    assert trace_of([dot]) is None
    assert trace_of([]) is None
    assert trace_of([dot, dot + 1]) is not None


def test_strokes_that_cannot_be_read_are_said_to_be_damaged() -> None:
    with pytest.raises(EngineError) as caught:
        Pen({0: b"[[[1,"}, 0, Path("a.dojo")).draw([0], 1)
    assert caught.value.code is Code.DOCUMENT_DAMAGED


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    document = Document.create(tmp_path / "own.dojo")
    document.samples.add(
        NewSample(STORED[place], place, Split.TRAIN, original=JSON[place], original_kind="strokes")
        for place in range(10)
    )
    document.samples.add_arrays(digits(2).images, digits(2).labels, split=Split.TRAIN)
    yield document
    document.close()


REDRAWN = TrainConfig(model="mlp", hidden=(8,), epochs=4, batch_size=8, strokes="redrawn", device="cpu")


def test_a_document_is_trained_on_redrawn_strokes_and_resumed_though_they_were_deleted(
    document: Document,
) -> None:
    before = document.samples.load().images
    list(session.start(document, REDRAWN, Control()))
    list(session.start(document, REDRAWN, Control(), stop_after=2))
    assert (document.samples.load().images == before).all()
    document.samples.delete(document.samples.with_strokes(Split.TRAIN))
    assert isinstance(list(session.resume(document, 2, Control()))[-1], RunFinished)
    straight, cut = (document.runs.load_checkpoint(run, "last") for run in (1, 2))
    assert straight is not None and cut is not None
    assert straight.weights == cut.weights


def test_where_no_digit_has_strokes_it_is_said_before_a_run_is_made(document: Document) -> None:
    document.samples.delete(document.samples.with_strokes(Split.TRAIN))
    (failed,) = session.start(document, REDRAWN, Control())
    assert isinstance(failed, RunFailed) and failed.code == Code.NO_PEN_STROKES
    assert document.runs.list() == []
