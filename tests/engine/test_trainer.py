"""The training loop: what it says, what it stores, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from training_data import digits

from engine.config import TrainConfig
from engine.data.epochs import EpochRow
from engine.events import (
    CheckpointSaved,
    EpochCompleted,
    Event,
    RunFailed,
    RunFinished,
    RunStarted,
    StepCompleted,
)
from engine.training import recorder
from engine.training import trainer as trainer_module
from engine.training.batches import Digits
from engine.training.evaluation import evaluate
from engine.training.store import MemoryStore, MetricRow, Saved
from engine.training.trainer import Trainer

FAST = {"model": "mlp", "hidden": (16,), "augment": "off", "batch_size": 8, "epochs": 3}


def _train(
    config: TrainConfig, *, each: int = 3, val: Digits | None = None
) -> tuple[list[Event], MemoryStore]:
    store = MemoryStore()
    return list(Trainer(config, digits(each), val, store=store).run()), store


def _only(events: list[Event], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def test_a_run_starts_counts_its_epochs_saves_and_finishes() -> None:
    events, store = _train(TrainConfig(**FAST), val=digits(1, seed=9))
    started, finished = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert (started.train_images, started.val_images, started.steps_per_epoch) == (30, 10, 4)
    assert (started.total_epochs, started.total_steps, started.epoch) == (3, 12, 0)
    assert started.device == "cpu (1 thread)"
    assert [event.epoch for event in _only(events, EpochCompleted)] == [1, 2, 3]
    assert isinstance(events[-2], CheckpointSaved)
    assert isinstance(finished, RunFinished)
    assert (finished.reason, finished.epoch, finished.step) == ("completed", 3, 12)
    assert store.columns["state"] == "finished"
    assert len(_only(events, RunFinished)) == 1


@pytest.mark.parametrize("epochs", [7, 200])
def test_a_run_ends_at_exactly_its_last_step(epochs: int) -> None:
    events, _ = _train(TrainConfig(**{**FAST, "epochs": epochs, "batch_size": 30}))
    last = _only(events, EpochCompleted)[-1]
    assert (last.epoch, last.step, last.images_seen) == (epochs, epochs, 30 * epochs)


def test_the_last_step_of_every_epoch_is_reported_and_counts_rise() -> None:
    events, _ = _train(TrainConfig(**FAST))
    steps = _only(events, StepCompleted)
    assert {4, 8, 12} <= {event.step for event in steps}
    assert all(before.step < after.step for before, after in pairwise(steps))
    assert all(before.seconds <= after.seconds for before, after in pairwise(steps))
    assert [event.images_seen for event in steps if event.step % 4 == 0] == [30, 60, 90]


def test_steps_are_thinned_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 1e9)
    events, _ = _train(TrainConfig(**FAST))
    assert [event.step for event in _only(events, StepCompleted)] == [1, 4, 8, 12]
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)
    events, _ = _train(TrainConfig(**FAST))
    assert [event.step for event in _only(events, StepCompleted)] == list(range(1, 13))


def test_the_epochs_training_loss_is_the_mean_over_its_images(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_module, "REPORT_EVERY", 0.0)
    events, _ = _train(TrainConfig(**{**FAST, "epochs": 1}))
    losses = [event.loss for event in _only(events, StepCompleted)]
    right = [event.accuracy for event in _only(events, StepCompleted)]
    sizes = np.array([8, 8, 8, 6])
    (epoch,) = _only(events, EpochCompleted)
    assert epoch.train_loss == pytest.approx(np.dot(losses, sizes) / 30, rel=1e-5)
    assert epoch.train_accuracy == pytest.approx(np.dot(right, sizes) / 30)


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_ten_own_digits_are_learned_by_heart_in_forty_epochs(model: str) -> None:
    short, _ = _train(TrainConfig(model=model, augment="off", epochs=5), each=1)
    long, store = _train(TrainConfig(model=model, augment="off", epochs=40), each=1)
    assert short[-1].epoch == 5
    assert long[-1].train_accuracy == 1.0
    assert store.values("train_loss")[-1] < 0.05
    assert len(store.values("train_loss")) == 40


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_twenty_images_are_over_fitted_to_the_last(model: str) -> None:
    _, store = _train(TrainConfig(model=model, augment="off", epochs=60, batch_size=8), each=2)
    assert store.best is not None
    network = trainer_module.models.build(TrainConfig(model=model))
    trainer_module.checkpoint.load_weights(network, store.best.weights)
    assert evaluate(network, digits(2).images, digits(2).labels).accuracy == 1.0


def test_equal_settings_give_equal_weights_and_another_seed_others() -> None:
    def weights(seed: int) -> bytes:
        config = TrainConfig(model="cnn", epochs=2, batch_size=8, augment="strong", seed=seed)
        _, store = _train(config)
        assert store.last is not None
        return store.last.weights

    assert weights(1) == weights(1)
    assert weights(1) != weights(2)


@pytest.mark.parametrize("each, batch_size", [(3, 29), (1, 1), (1, 65536)])
def test_odd_batch_sizes_train_the_convolutional_network(each: int, batch_size: int) -> None:
    config = TrainConfig(model="cnn", epochs=2, batch_size=batch_size)
    events, _ = _train(config, each=each, val=digits(1, seed=5))
    assert events[-1].reason == "completed"


def test_one_single_image_can_be_trained_on() -> None:
    one = digits()
    store = MemoryStore()
    alone = Digits(one.images[:1], one.labels[:1])
    events = list(Trainer(TrainConfig(epochs=3), alone, None, store=store).run())
    assert events[-1].reason == "completed"


def test_drawing_with_replacement_is_another_training() -> None:
    shuffled, _ = _train(TrainConfig(**FAST))
    drawn, _ = _train(TrainConfig(**FAST, sampling="replacement"))
    assert shuffled[-1].step == drawn[-1].step
    assert _only(shuffled, EpochCompleted)[0].train_loss != _only(drawn, EpochCompleted)[0].train_loss


def test_without_a_validation_split_the_last_epoch_is_the_best() -> None:
    events, store = _train(TrainConfig(**FAST, early_stop=1))
    epochs = _only(events, EpochCompleted)
    assert [(event.val_loss, event.val_accuracy, event.confusion) for event in epochs] == [(None,) * 3] * 3
    assert all(event.is_best for event in epochs)
    assert (events[-1].reason, events[-1].best_epoch, events[-1].val_images) == ("completed", 3, 0)
    assert store.best is not None
    assert store.best.epoch == 3


def test_the_best_checkpoint_is_the_epoch_with_the_lowest_validation_loss() -> None:
    val = digits(2, seed=9)
    events, store = _train(TrainConfig(**{**FAST, "epochs": 12, "learning_rate": 0.03}), val=val)
    epochs = _only(events, EpochCompleted)
    best = min(epochs, key=lambda event: event.val_loss)
    assert store.best is not None
    assert (store.best.epoch, events[-1].best_epoch) == (best.epoch, best.epoch)
    assert (events[-1].val_loss, events[-1].val_accuracy) == (best.val_loss, best.val_accuracy)
    network = trainer_module.models.build(TrainConfig(**FAST))
    trainer_module.checkpoint.load_weights(network, store.best.weights)
    assert evaluate(network, val.images, val.labels).loss == best.val_loss


def test_early_stopping_waits_its_patience_and_keeps_the_best_epoch() -> None:
    train = digits(2)
    wrong = Digits(train.images, (train.labels + 1) % 10)  # the better it learns, the worse it gets here
    config = TrainConfig(**{**FAST, "epochs": 50, "early_stop": 3, "learning_rate": 0.01})
    store = MemoryStore()
    events = list(Trainer(config, train, wrong, store=store).run())
    finished = events[-1]
    assert finished.reason == "early_stop"
    assert finished.epoch == finished.best_epoch + 3
    assert store.best is not None
    assert store.best.epoch == finished.best_epoch
    assert store.columns["state"] == "finished"
    assert store.columns["segments"] == [finished.epoch]


def test_figures_of_every_epoch_are_stored() -> None:
    events, store = _train(TrainConfig(**FAST), val=digits(1, seed=9))
    epochs = _only(events, EpochCompleted)
    for name in ("train_loss", "train_accuracy", "val_loss", "val_accuracy", "learning_rate"):
        assert store.values(name) == [getattr(event, name) for event in epochs]
    assert store.values("loss") == [event.loss for event in _only(events, StepCompleted)]


def test_a_loss_that_is_no_number_is_a_typed_failure_and_is_not_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = trainer_module.weighting.functional.cross_entropy
    calls = iter(range(100))

    def breaks_at_the_sixth(*arguments: Any) -> torch.Tensor:
        return real(*arguments) * (float("nan") if next(calls) == 5 else 1.0)

    monkeypatch.setattr(trainer_module.weighting.functional, "cross_entropy", breaks_at_the_sixth)
    events, store = _train(TrainConfig(**FAST, learning_rate=0.5))
    failed = events[-1]
    assert isinstance(failed, RunFailed)
    assert failed.code == "loss_not_finite"
    assert failed.fields == {"epoch": 2, "step": 6, "learning_rate": 0.5}
    assert store.columns["state"] == "failed"
    assert store.last is not None
    assert store.last.epoch == 1  # the first epoch was saved, and it is sound
    saved, _ = trainer_module.checkpoint.read_weights(store.last.weights)
    assert all(torch.isfinite(value).all() for value in saved.values())


def test_weights_that_are_no_numbers_are_never_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking(trainer_module.optim.AdamW):
        def step(self, learning_rate: float) -> None:
            super().step(float("inf"))

    monkeypatch.setattr(trainer_module.optim, "AdamW", Breaking)
    events, store = _train(TrainConfig(**{**FAST, "epochs": 1, "batch_size": 30}))
    assert isinstance(events[-1], RunFailed)
    assert events[-1].code == "loss_not_finite"
    assert store.last is None


def test_no_digits_and_a_missing_device_are_one_failure_each(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Digits(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int8))
    (failed,) = Trainer(TrainConfig(), nothing, None, store=MemoryStore()).run()
    assert failed.code == "no_training_digits"
    monkeypatch.setattr("engine.device.available", lambda: ["cpu"])
    (failed,) = Trainer(TrainConfig(device="cuda"), digits(), None, store=MemoryStore()).run()
    assert (failed.code, failed.fields) == ("device_unavailable", {"device": "cuda"})


def test_too_little_memory_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(trainer_module.weighting.functional, "cross_entropy", full)
    events, _ = _train(TrainConfig(**FAST))
    assert events[-1].code == "out_of_memory"
    assert events[-1].fields == {"device": "cpu", "batch_size": 8}


class _FullStore(MemoryStore):
    """Fails at the second save and at every later one."""

    def save_progress(
        self,
        metrics: Sequence[MetricRow],
        last: Saved | None,
        best: Saved | None,
        updates: dict[str, Any],
        epochs: Sequence[EpochRow] = (),
    ) -> None:
        if self.saves >= 1:
            raise OSError("no space left")
        super().save_progress(metrics, last, best, updates, epochs)


def test_a_store_that_fails_ends_the_run_in_exactly_one_failure() -> None:
    events = list(Trainer(TrainConfig(**FAST), digits(), None, store=_FullStore()).run())
    assert isinstance(events[-1], RunFailed)
    assert events[-1].code == "internal"
    assert len(_only(events, RunFailed)) == 1
    assert not _only(events, RunFinished)


def test_leaving_a_run_whose_store_fails_raises_nothing() -> None:
    events = Trainer(TrainConfig(**FAST), digits(), None, store=_FullStore()).run()
    while not isinstance(next(events), CheckpointSaved):
        pass
    events.close()


def test_saves_are_spaced_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "SAVE_EVERY", 1e9)
    _, rarely = _train(TrainConfig(**FAST))
    monkeypatch.setattr(recorder, "SAVE_EVERY", -1.0)
    _, always = _train(TrainConfig(**FAST))
    assert (rarely.saves, always.saves) == (2, 3)  # the first epoch and the end are always saved
    assert rarely.values("train_loss") == always.values("train_loss")


def test_the_consumer_may_use_gradients_between_two_events() -> None:
    for _ in Trainer(TrainConfig(**FAST), digits(), digits(), store=MemoryStore()).run():
        assert torch.is_grad_enabled()
        assert not torch.is_inference_mode_enabled()
