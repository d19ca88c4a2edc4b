"""The smallest step of a lesson that learns what was to be learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from test_corrections import correct, misread
from training_data import digits

from engine.config import TrainConfig
from engine.data.document import Document
from engine.inference.predictor import from_weights, load_run
from engine.resources import asset
from engine.training import checkpoint, corrections, models
from engine.training.batches import Digits
from engine.training.gentle import SHARES, SURE, gentlest


def weights_of(bias: list[float], hidden: tuple[int, ...] = (8,)) -> bytes:
    """Return weights that answer every picture alike: the last layer's ``bias`` are its logits."""
    model = models.build(TrainConfig(model="mlp", hidden=hidden))
    for value in model.state_dict().values():
        value.zero_()
    model[-1].bias.data[:] = torch.tensor(bias)
    return checkpoint.weights_to_bytes(model, {"model": "mlp", "hidden": list(hidden)})


def wanted(label: int) -> Digits:
    return Digits(digits(1).images[:1], np.array([label]))


ONES = [0.0, 8.0, *[0.0] * 8]
SEVENS = [0.0, 0.0, *[0.0] * 5, 8.0, 0.0, 0.0]
ONES_READ, SEVENS_READ = weights_of(ONES), weights_of(SEVENS)


def share_of(weights: bytes) -> float | None:
    return checkpoint.read_weights(weights)[1].get("share_of_lesson")


def test_the_step_is_the_first_that_reads_the_digit_surely() -> None:
    found = gentlest(ONES_READ, SEVENS_READ, wanted(7))
    assert share_of(found) == 0.6  # at 0.5 both are as probable
    assert from_weights(found).probabilities(wanted(7).images)[0, 7] >= SURE
    assert gentlest(ONES_READ, SEVENS_READ, wanted(7)) == found


def test_what_was_read_before_needs_the_smallest_step_only() -> None:
    assert share_of(gentlest(SEVENS_READ, SEVENS_READ, wanted(7))) == SHARES[0]


def test_where_no_smaller_step_is_enough_the_whole_one_is_taken() -> None:
    hardly = weights_of([0.0, 8.0, *[0.0] * 5, 8.2, 0.0, 0.0])  # no surer than 0.55
    assert gentlest(ONES_READ, hardly, wanted(7)) == hardly


def test_models_with_other_layers_are_no_way() -> None:
    with pytest.raises(ValueError, match="other layers"):
        gentlest(weights_of(ONES, (8, 8)), SEVENS_READ, wanted(7))


def test_a_lesson_reads_by_its_smallest_step_and_goes_on_from_its_whole_one(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "own.dojo")
    ((image, label, _),) = misread(1)
    correct(document, label, image)
    learned = corrections.learn(document, "base", "base")
    assert learned is not None and learned.new_after.right == 1
    best, last = (document.runs.load_checkpoint(learned.run, kind) for kind in ("best", "last"))
    assert best is not None and last is not None
    assert share_of(best.weights) in SHARES and share_of(last.weights) is None
    own = Digits(image[None], np.array([label]))
    base = asset("base/base.safetensors").read_bytes()
    assert gentlest(base, last.weights, own) == best.weights
    assert load_run(document, learned.run).probabilities(own.images)[0, label] >= SURE
    assert document.check() == []
    document.close()
