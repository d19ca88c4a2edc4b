"""Class weights: each class weighs the same, and the curves stay comparable."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional
from training_data import digits

from engine.config import TrainConfig
from engine.events import EpochCompleted
from engine.training import weighting
from engine.training.batches import Batches, Digits
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

COUNTS = torch.tensor([90, 10, 0, 40, 60, 0, 1, 99, 100, 100]).double()


def test_all_classes_together_weigh_the_same_and_an_empty_one_nothing() -> None:
    weights = weighting.balanced(COUNTS)
    there = COUNTS > 0
    shares = weights.double() * COUNTS
    assert torch.allclose(shares[there], torch.full((8,), COUNTS.sum().item() / 8).double())
    assert weights[~there].tolist() == [0, 0]
    assert (shares.sum() / COUNTS.sum()).item() == pytest.approx(1, rel=1e-6)


def test_even_counts_weigh_as_no_weights_do() -> None:
    assert weighting.balanced(torch.full((10,), 37)).tolist() == [1.0] * 10


def test_the_weighted_loss_is_minimised_and_the_plain_one_told() -> None:
    generator = torch.Generator().manual_seed(1)
    logits, labels = torch.randn(12, 10, generator=generator), torch.arange(12) % 4
    weights = weighting.balanced(torch.bincount(labels, minlength=10) * torch.tensor([1, 2, 3, 4] + [0] * 6))
    objective, plain = weighting.losses(logits, labels, weights)
    assert plain.item() == pytest.approx(functional.cross_entropy(logits, labels).item(), rel=1e-6)
    expected = functional.cross_entropy(logits, labels, weights, reduction="sum") / 12
    assert objective.item() == pytest.approx(expected.item(), rel=1e-6)
    same, told = weighting.losses(logits, labels, None)
    assert same is told


def test_what_is_rehearsed_counts_as_often_as_it_is_shown() -> None:
    own = Digits(digits(1).images[:3], np.array([0, 0, 1]))
    batches = Batches(own, batch_size=4, seed=0, rehearse=5, others=digits(4))
    assert batches.shown_counts().tolist() == [2.5, 1.5, *[0.5] * 8]


def test_a_rare_class_is_learned_better_and_the_curves_show_the_plain_loss() -> None:
    even = digits(30, seed=2)
    rare = np.isin(even.labels, (2, 6)) & (np.arange(300) >= 20)  # two of each are left
    uneven = Digits(even.images[~rare], even.labels[~rare])
    recalls, losses = {}, {}
    for weights in ("off", "balanced"):
        config = TrainConfig(
            model="mlp", hidden=(16,), epochs=3, batch_size=16, augment="off", class_weights=weights
        )
        events = list(Trainer(config, uneven, digits(10, seed=7), store=MemoryStore()).run())
        last = [event for event in events if isinstance(event, EpochCompleted)][-1]
        assert last.confusion is not None
        recalls[weights] = sum(last.confusion[digit][digit] for digit in (2, 6))
        losses[weights] = last.train_loss
    assert recalls["balanced"] > recalls["off"]
    assert losses["balanced"] > losses["off"], "off makes the plain loss itself as small as it can"


def test_by_their_shares_the_images_of_small_batches_all_count_alike() -> None:
    generator = torch.Generator().manual_seed(2)
    inputs, labels = torch.randn(9, 6, generator=generator), torch.arange(9) % 10
    whole, cut = (torch.nn.Linear(6, 10) for _ in range(2))
    cut.load_state_dict(whole.state_dict())
    functional.cross_entropy(whole(inputs), labels, reduction="sum").div(4).backward()
    for begin in (0, 4, 8):  # batches of 4, 4 and 1
        part = slice(begin, begin + 4)
        share = weighting.share_of(len(labels[part]), 4)
        weighting.losses(cut(inputs[part]), labels[part], None, share)[0].backward()
    assert torch.allclose(whole.weight.grad, cut.weight.grad, atol=1e-6)


@pytest.mark.parametrize(
    ("each", "batch_size", "shares"),
    [
        (1, 4, [1, 1, 0.5]),
        (1, 3, [1, 1, 1, 1 / 3]),
        (1, 32, [1]),
        (2, 18, [1, 2 / 16]),
        (10, 64, [1, 1]),
    ],
)
def test_a_training_weighs_its_last_batch_by_its_images_and_tells_its_plain_loss(
    each: int, batch_size: int, shares: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[float, float]] = []

    def noted(*given: Any) -> Any:
        objective, loss = losses(*given)
        seen.append((float(given[3]), (objective / loss).item()))
        return objective, loss

    losses = weighting.losses
    monkeypatch.setattr(weighting, "losses", noted)
    config = TrainConfig(model="mlp", hidden=(16,), epochs=1, batch_size=batch_size, augment="off")
    list(Trainer(config, digits(each), None, store=MemoryStore()).run())
    assert [share for share, _ in seen] == shares
    assert [ratio for _, ratio in seen] == pytest.approx(shares)
