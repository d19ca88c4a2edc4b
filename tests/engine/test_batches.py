"""Which image comes when."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from training_data import digits

from engine.augmentation import NAMED
from engine.training.batches import Batches, Digits, as_input, generator_for


def _batches(count: int = 23, batch_size: int = 5, **more: object) -> Batches:
    images = np.arange(count, dtype=np.uint8)[:, None, None].repeat(28, 1).repeat(28, 2)
    return Batches(Digits(images, np.arange(count) % 10), batch_size=batch_size, seed=4, **more)  # type: ignore[arg-type]


def test_an_epoch_shows_every_image_exactly_once() -> None:
    assert sorted(_batches().order(1).tolist()) == list(range(23))


def test_the_order_repeats_under_a_seed_and_changes_from_epoch_to_epoch() -> None:
    assert torch.equal(_batches().order(7), _batches().order(7))
    assert not torch.equal(_batches().order(7), _batches().order(8))


def test_batches_cut_the_order_and_the_last_one_is_smaller() -> None:
    batches = _batches()
    order = batches.order(1)
    sizes, shown = [], []
    for index in range(5):
        inputs, labels = batches.batch(order, index, 1, index + 1)
        assert inputs.shape == (len(labels), 1, 28, 28)
        sizes.append(len(labels))
        shown += (inputs[:, 0, 0, 0] * 255).round().int().tolist()
        assert [value % 10 for value in shown[-len(labels) :]] == labels.tolist()
    assert sizes == [5, 5, 5, 5, 3]
    assert shown == order.tolist()


def test_drawn_with_replacement_some_images_come_twice_and_some_never() -> None:
    counts = torch.bincount(_batches(200, sampling="replacement").order(1), minlength=200)
    assert counts.sum() == 200
    assert (counts == 0).any()
    assert (counts >= 2).any()


def test_pixels_become_numbers_from_zero_to_one() -> None:
    inputs = as_input(torch.tensor([[[0, 255]]], dtype=torch.uint8))
    assert inputs.dtype == torch.float32
    assert inputs.flatten().tolist() == [0.0, 1.0]


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_an_augmented_batch_depends_on_seed_epoch_and_step_alone(strength: str) -> None:
    def batch(epoch: int, step: int) -> torch.Tensor:
        batches = Batches(digits(), batch_size=10, seed=1, amounts=NAMED[strength])
        return batches.batch(torch.arange(10), 0, epoch, step)[0]

    assert torch.equal(batch(1, 1), batch(1, 1))
    assert not torch.equal(batch(1, 1), batch(1, 2))
    assert not torch.equal(batch(1, 1), batch(2, 1))


def test_different_purposes_draw_different_numbers() -> None:
    one = torch.rand(4, generator=generator_for(0, "order", 1))
    other = torch.rand(4, generator=generator_for(0, "augment", 1))
    assert not torch.equal(one, other)


def test_read_only_arrays_are_taken_without_complaint() -> None:
    sample = digits()
    sample.images.setflags(write=False)
    Batches(sample, batch_size=2, seed=0)
