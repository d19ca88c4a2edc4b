"""Figures of one evaluation."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.config import TrainConfig
from engine.training import evaluation, models
from engine.training.evaluation import Metrics, evaluate, evaluate_until, wilson


class _ReadsTheFirstPixel(nn.Module):
    """Answers with the value of the first pixel, quite sure."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(20.0))

    def forward(self, inputs: Tensor) -> Tensor:
        answer = (inputs[:, 0, 0, 0] * 255).round().long()
        return nn.functional.one_hot(answer, 10) * self.scale


def _images(answers: list[int]) -> np.ndarray:
    images = np.zeros((len(answers), 28, 28), np.uint8)
    images[:, 0, 0] = answers
    return images


def test_accuracy_and_confusion_are_counted() -> None:
    metrics = evaluate(_ReadsTheFirstPixel(), _images([4, 4, 5, 9]), np.array([4, 4, 4, 9]))
    assert metrics.n == 4
    assert metrics.accuracy == 0.75
    assert metrics.confusion[4] == (0, 0, 0, 0, 2, 1, 0, 0, 0, 0)
    assert metrics.confusion[9][9] == 1
    assert metrics.loss == pytest.approx(5.0, abs=0.01)  # one answer in four is wrong by 20 nats


def test_the_figures_do_not_depend_on_how_the_images_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    images, labels = random.integers(0, 256, (50, 28, 28), np.uint8), random.integers(0, 10, 50)
    model = models.build(TrainConfig(model="mlp"))
    whole = evaluate(model, images, labels)
    monkeypatch.setattr(evaluation, "CHUNK", 7)
    cut = evaluate(model, images, labels)
    assert cut.confusion == whole.confusion
    assert cut.loss == pytest.approx(whole.loss, rel=1e-5)


def test_an_evaluation_leaves_the_model_as_it_was() -> None:
    model = models.build(TrainConfig(model="cnn")).train()
    before = [value.clone() for value in model.state_dict().values()]
    evaluate(model, _images([1, 2]), np.array([1, 2]))
    assert model.training
    assert all(torch.equal(a, b) for a, b in zip(before, model.state_dict().values(), strict=True))
    assert torch.is_grad_enabled()


def test_an_evaluation_stops_between_two_chunks_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "CHUNK", 2)
    asked = iter([False, True])
    model = _ReadsTheFirstPixel()
    assert evaluate_until(model, _images([1] * 6), np.ones(6, np.int8), lambda: next(asked)) is None
    assert next(asked, "used up") == "used up"


def test_nothing_cannot_be_evaluated() -> None:
    with pytest.raises(ValueError, match="nothing"):
        evaluate(_ReadsTheFirstPixel(), _images([]), np.array([], np.int8))


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(95, 100)
    assert low == pytest.approx(0.8882, abs=1e-4)
    assert high == pytest.approx(0.9785, abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)
    diagonal = tuple(tuple(10 if row == column else 0 for column in range(10)) for row in range(10))
    assert Metrics(100, 0.0, 1.0, diagonal).interval() == wilson(100, 100)
