"""Starting from what another model has learnt, with all layers or the last one only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.training import checkpoint, models, session
from engine.training.control import Control

FIRST = TrainConfig(model="cnn", epochs=2, batch_size=16, augment="off", device="cpu")


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    made = Document.create(tmp_path / "transfer.dojo")
    for split, each, seed in ((Split.TRAIN, 4, 0), (Split.VAL, 2, 1)):
        some = digits(each, seed)
        made.samples.add_arrays(some.images, some.labels, split=split, source="import")
    yield made
    made.close()


def weights(document: Document, run: int, kind: str = "last") -> dict[str, torch.Tensor]:
    saved = document.runs.load_checkpoint(run, kind)
    assert saved is not None
    return checkpoint.read_weights(saved.weights)[0]


@pytest.mark.parametrize("first", [FIRST, replace(FIRST, model="mlp", hidden=(16, 8))], ids=["cnn", "mlp"])
def test_with_the_last_layer_only_nothing_else_changes_not_even_statistics(
    document: Document, first: TrainConfig
) -> None:
    list(session.start(document, first, Control()))
    started, *_, finished = session.start(
        document, replace(first, start_from="1", layers="last", seed=5), Control()
    )
    before, after = weights(document, 1, "best"), weights(document, 2)
    last = [name for name in before if not before[name].equal(after[name])]
    assert {name.split(".")[0] for name in last} == {str(len(models.build(first)) - 1)}
    assert finished.reason == "completed"
    assert started.parameters == sum(before[name].numel() for name in last)


def test_a_run_of_the_last_layer_resumes_to_the_last_bit(document: Document) -> None:
    list(session.start(document, FIRST, Control()))
    config = replace(FIRST, start_from="1", layers="last", epochs=4)
    list(session.start(document, config, Control()))
    list(session.start(document, config, Control(), stop_after=2))
    list(session.resume(document, 3, Control()))
    straight, resumed = weights(document, 2), weights(document, 3)
    assert all(straight[name].equal(resumed[name]) for name in straight)


def test_all_layers_learn_from_the_shipped_model(document: Document) -> None:
    events = list(session.start(document, replace(FIRST, start_from="base"), Control()))
    assert events[-1].reason == "completed"
    assert events[0].parameters == models.parameter_count(models.cnn())


def test_random_weights_with_the_last_layer_only_are_refused() -> None:
    with pytest.raises(EngineError) as failed:
        TrainConfig(layers="last")
    assert (failed.value.code, failed.value.fields["field"]) == (Code.CONFIG_INVALID, "layers")
