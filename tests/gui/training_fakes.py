"""Trainings without PyTorch: real event values from an iterator that listens to a control."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from engine.config import TrainConfig
from engine.events import (
    CheckpointSaved,
    EpochCompleted,
    RunFinished,
    RunPaused,
    RunStarted,
    StepCompleted,
)
from engine.training.control import Control, Order
from engine.training.plan import EpochPlan


def started(
    config: TrainConfig, images: int, run: int = 1, epoch: int = 0, val_images: int = 10
) -> RunStarted:
    plan = EpochPlan(images, config.batch_size, config.epochs)
    return RunStarted(
        run=run,
        config=config,
        device="cpu (1 thread)",
        parameters=101_770,
        train_images=images,
        val_images=val_images,
        steps_per_epoch=plan.steps_per_epoch,
        total_epochs=config.epochs,
        total_steps=plan.total_steps,
        epoch=epoch,
        step=epoch * plan.steps_per_epoch,
    )


def step_completed(run: int, epoch: int, step: int, plan: EpochPlan) -> StepCompleted:
    return StepCompleted(
        run=run,
        epoch=epoch,
        step=step,
        images_seen=plan.images_seen(step),
        seconds=step * 0.01,
        loss=2.3 / step,
        accuracy=1 - 0.9 / step,
        learning_rate=0.003,
    )


def epoch_completed(run: int, epoch: int, plan: EpochPlan, val_images: int = 10) -> EpochCompleted:
    step = epoch * plan.steps_per_epoch
    return EpochCompleted(
        run=run,
        epoch=epoch,
        step=step,
        images_seen=plan.images * epoch,
        seconds=step * 0.01,
        train_loss=2.0 / epoch,
        train_accuracy=1 - 0.5 / epoch,
        val_loss=2.2 / epoch if val_images else None,
        val_accuracy=1 - 0.6 / epoch if val_images else None,
        val_images=val_images,
        confusion=None,
        is_best=True,
        ms_per_step=10.0,
        learning_rate=0.003,
    )


def finished(
    run: int, epoch: int, plan: EpochPlan, reason: str = "completed", val_images: int = 10
) -> RunFinished:
    return RunFinished(
        run=run,
        reason=reason,
        epoch=epoch,
        step=epoch * plan.steps_per_epoch,
        seconds=epoch * plan.steps_per_epoch * 0.01,
        best_epoch=epoch,
        val_loss=2.2 / max(epoch, 1) if val_images else None,
        val_accuracy=1 - 0.6 / max(epoch, 1) if val_images else None,
        val_images=val_images,
        train_accuracy=1 - 0.5 / max(epoch, 1),
    )


SHORT = 1_000  # steps of a training that is over at once
STEP_SECONDS = 0.001  # of a longer one: else it is over before a window on a busy machine has seen it run


class FakeJobs:
    """Trains nothing: step after step of a plan, obeying its control.

    Attributes:
        ends_early_at: epoch after which early stopping ends a run; None for never.
        error: raised after the first step, if any.
    """

    def __init__(
        self, images: int = 100, *, ends_early_at: int | None = None, error: BaseException | None = None
    ):
        self.images = images
        self.ends_early_at = ends_early_at
        self.error = error
        self.calls: list[tuple[object, ...]] = []
        self.configs: dict[int, TrainConfig] = {}
        self._step_time = Event()  # never set: a step of a long training takes its time, as a real one does

    def start(self, path: Path, config: TrainConfig, control: Control):
        run = len(self.configs) + 1
        self.configs[run] = config
        self.calls.append(("start", path, config))
        return self._train(run, config, control, 0)

    def resume(self, path: Path, run: int, extra_epochs: int, control: Control):
        self.calls.append(("resume", path, run, extra_epochs))
        config = self.configs[run]
        longer = TrainConfig(**{**config.to_dict(), "epochs": config.epochs + extra_epochs})
        self.configs[run] = longer
        return self._train(run, longer, control, config.epochs if extra_epochs else 0)

    def _train(self, run: int, config: TrainConfig, control: Control, done: int):
        plan = EpochPlan(self.images, config.batch_size, config.epochs)
        yield started(config, self.images, run, done)
        for step in range(done * plan.steps_per_epoch + 1, plan.total_steps + 1):
            while (order := control.next_order()) is Order.PAUSE:
                yield RunPaused(run, (step - 1) // plan.steps_per_epoch, step - 1)
                control.wait()
            if plan.total_steps > SHORT:
                self._step_time.wait(STEP_SECONDS)
            if order is Order.STOP:
                yield finished(run, (step - 1) // plan.steps_per_epoch, plan, "stopped")
                return
            yield step_completed(run, (step - 1) // plan.steps_per_epoch + 1, step, plan)
            if self.error is not None:
                raise self.error
            if step % plan.steps_per_epoch == 0:
                epoch = step // plan.steps_per_epoch
                yield epoch_completed(run, epoch, plan)
                yield CheckpointSaved(run, epoch, step)
                if epoch == self.ends_early_at:
                    yield finished(run, epoch, plan, "early_stop")
                    return
        yield finished(run, config.epochs, plan)
