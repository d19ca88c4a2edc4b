"""The training loop: a run is epochs, an epoch is steps, a step feeds one batch and changes the parameters."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Generator, Iterator

import torch
from torch.nn import functional

from engine.config import TrainConfig
from engine.device import resolve, threads_for, use_threads
from engine.errors import Code, EngineError
from engine.events import (
    CheckpointSaved,
    EpochCompleted,
    Event,
    RunFailed,
    RunFinished,
    RunPaused,
    RunStarted,
    StepCompleted,
)
from engine.training import checkpoint, models, optim
from engine.training.batches import Batches, LabelledDigits
from engine.training.checkpoint import Progress, TrainingState
from engine.training.control import Control, Order
from engine.training.evaluation import Metrics, evaluate_until
from engine.training.plan import EpochPlan
from engine.training.store import MetricRow, Saved, Store

REPORT_EVERY = 0.02  # seconds between two StepCompleted: at most 50 a second
SAVE_EVERY = 2.0  # seconds between two saves at the end of an epoch
SAVE_WITHIN = 30.0  # seconds after which a long epoch is saved in its middle
STATE_OF_REASON = {"completed": "finished", "early_stop": "finished", "stopped": "stopped"}

logger = logging.getLogger(__name__)


class Trainer:
    """Trains one model once.

    Every random number is a function of the seed, the epoch and the step, so a training that is resumed
    from its last checkpoint goes on exactly as if it had never stopped.

    Attributes:
        device: where it computes.
        model: the network in training; use its copies in the store, not this one, from other threads.
        progress: where the training stands.
    """

    def __init__(
        self,
        config: TrainConfig,
        train: LabelledDigits,
        val: LabelledDigits | None,
        *,
        store: Store,
        control: Control | None = None,
        resume_from: TrainingState | None = None,
        start_weights: bytes | None = None,
        stop_after: int | None = None,
        threads: int | None = None,
    ) -> None:
        """Take everything a run needs; nothing is computed before ``run``.

        Args:
            config: the settings.
            train: the digits to learn from, all labelled.
            val: the digits to choose the best epoch by; None or empty: the last epoch is the best.
            store: where figures and checkpoints go.
            control: steering from another thread.
            resume_from: the state to go on from.
            start_weights: safetensors bytes to start from instead of random weights.
            stop_after: end with reason ``stopped`` once this epoch (counted from 1) is complete.
            threads: CPU threads; None: as ``device.threads_for`` has it.
        """
        self._config = config
        self._train = train
        self._val = val if val is not None and len(val.labels) else None
        self._store = store
        self._control = control or Control()
        self._state = resume_from
        self._start_weights = start_weights
        self._stop_after = stop_after
        self._threads = threads
        self.progress = resume_from.progress if resume_from else Progress((config.epochs,))
        self._rows: list[MetricRow] = []  # figures that wait for the next save
        self._best: Saved | None = None  # a new best model that waits for the next save
        self._resumed_at = self._saved_at = self._reported_at = -math.inf

    def run(self) -> Iterator[Event]:
        """Train, and say what happens; see ``engine.events`` for the grammar.

        Closing the iterator early saves the state, so that the run can be resumed.
        """
        try:
            yield from self._run()
        except Exception as error:
            yield self._failed(error)

    # --- a run ----------------------------------------------------------------------------------------

    def _run(self) -> Iterator[Event]:
        self._prepare()
        try:
            yield self._started()
            while (reason := self._reason_to_end()) is None:
                order = yield from self._epoch()
                if order is Order.STOP:
                    reason = "stopped"
                    break
            if reason == "early_stop":
                self.progress.give_up_rest()
            yield self._save(STATE_OF_REASON[reason], reason)
        except GeneratorExit:  # whoever listened has left
            self._save("paused")
            raise
        yield self._finished(reason)

    def _prepare(self) -> None:
        """Bring data, model and optimizer to the device."""
        config = self._config
        if len(self._train.labels) == 0:
            raise EngineError(Code.NO_TRAINING_DIGITS)
        self.device = resolve(config.device)
        self._threads = self._threads or threads_for(config.model, config.batch_size)
        use_threads(self._threads)
        self.plan = EpochPlan(len(self._train.labels), config.batch_size, self.progress.total_epochs)
        self._batches = Batches(
            self._train,
            batch_size=config.batch_size,
            seed=config.seed,
            sampling=config.sampling,
            strength=config.augment,
            device=self.device.torch_name,
        )
        self.model = models.build(config).to(self.device.torch_name)
        weights = self._state.weights if self._state else self._start_weights
        if weights is not None:
            checkpoint.load_weights(self.model, weights)
        self.model.train()
        self._optimizer = optim.AdamW(self.model, config.weight_decay)
        if self._state:
            self._optimizer.load_state(self._state.optimizer)
        self._state = None  # it may be large
        self._loss_sum = torch.tensor(self.progress.loss_sum, device=self.device.torch_name)
        self._correct = torch.tensor(self.progress.correct, device=self.device.torch_name)
        self._resumed_at = time.perf_counter()

    def _reason_to_end(self) -> str | None:
        """Return why no further epoch is to begin, or None."""
        progress = self.progress
        if progress.epoch >= progress.total_epochs:
            return "completed"
        if self._val and self._config.early_stop and progress.waited >= self._config.early_stop:
            return "early_stop"
        if self._stop_after is not None and progress.epoch >= self._stop_after:
            return "stopped"
        return None

    # --- an epoch -------------------------------------------------------------------------------------

    def _epoch(self) -> Generator[Event, None, Order]:
        """Show every image once, then evaluate; returns STOP when that was asked for in between."""
        progress, steps = self.progress, self.plan.steps_per_epoch
        epoch, began = progress.epoch + 1, time.perf_counter()
        order = self._batches.order(epoch)
        first = progress.step - progress.epoch * steps  # not 0 when resumed in the middle
        for index in range(first, steps):
            asked = yield from self._boundary()
            if asked is Order.STOP:
                return asked
            report = self._step(order, index, epoch, always=asked is Order.STEP)
            if report:
                yield report
                if time.perf_counter() - self._saved_at > SAVE_WITHIN and math.isfinite(self._saved_at):
                    yield self._save("running")
        milliseconds = (time.perf_counter() - began) * 1000 / max(1, steps - first)
        metrics = None
        while self._val and metrics is None:
            metrics = self._evaluate()
            if metrics is None:
                asked = yield from self._boundary()
                if asked is Order.STOP:
                    return asked
        yield self._complete_epoch(metrics, milliseconds)
        if self._reason_to_end() is None and time.perf_counter() - self._saved_at > SAVE_EVERY:
            yield self._save("running")
        return Order.RUN

    def _boundary(self) -> Generator[Event, None, Order]:
        """Between two steps: wait here while paused, with the state saved; return what to do next."""
        paused = False
        while (order := self._control.next_order()) is Order.PAUSE:
            paused = True
            yield self._save("paused")
            yield RunPaused(self._store.run, self.progress.epoch, self.progress.step)
            self._stop_clock()
            self._control.wait()
            self._resumed_at = time.perf_counter()
        if paused and order is Order.RUN:
            self._store.save_progress((), None, None, {"state": "running"})
        self._single = order is Order.STEP
        return order

    def _evaluate(self) -> Metrics | None:
        """Return the model's figures on the val split, or None when a stop or a pause came in between."""
        assert self._val is not None
        return evaluate_until(
            self.model,
            self._val.images,
            self._val.labels,
            lambda: self._control.stop_requested or (self._control.pause_requested and not self._single),
        )

    def _complete_epoch(self, metrics: Metrics | None, milliseconds: float) -> EpochCompleted:
        """Book the epoch: averages, best model so far, figures to store."""
        progress, images = self.progress, self.plan.images
        progress.epoch += 1
        train_loss = self._loss_sum.item() / images
        progress.train_accuracy = int(self._correct.item()) / images
        rate = self._learning_rate(progress.step)
        val_loss = metrics.loss if metrics else None
        self._check_finite(train_loss if val_loss is None else val_loss, progress.epoch, progress.step)
        is_best = progress.best_val_loss is None or val_loss is None or val_loss < progress.best_val_loss
        progress.waited = 0 if is_best else progress.waited + 1
        if is_best:
            progress.best_epoch = progress.epoch
            progress.best_val_loss = val_loss
            progress.best_val_accuracy = metrics.accuracy if metrics else None
            self._best = Saved(progress.epoch, progress.step, self._weights(), None)
        self._loss_sum.zero_()
        self._correct.zero_()
        self._note("train_loss", train_loss)
        self._note("train_accuracy", progress.train_accuracy)
        self._note("learning_rate", rate)
        if metrics:
            self._note("val_loss", metrics.loss)
            self._note("val_accuracy", metrics.accuracy)
        return EpochCompleted(
            run=self._store.run,
            epoch=progress.epoch,
            step=progress.step,
            images_seen=self.plan.images_seen(progress.step),
            seconds=self._seconds(),
            train_loss=train_loss,
            train_accuracy=progress.train_accuracy,
            val_loss=val_loss,
            val_accuracy=metrics.accuracy if metrics else None,
            val_images=metrics.n if metrics else 0,
            confusion=metrics.confusion if metrics else None,
            is_best=is_best,
            ms_per_step=milliseconds,
            learning_rate=rate,
        )

    # --- a step ---------------------------------------------------------------------------------------

    def _step(self, order: torch.Tensor, index: int, epoch: int, *, always: bool) -> StepCompleted | None:
        """Feed one batch, compute the error, change the parameters; return a report when one is due."""
        step = self.progress.step + 1
        inputs, labels = self._batches.batch(order, index, epoch, step)
        self._set_statistics_momentum(step)
        logits = self.model(inputs)
        loss = functional.cross_entropy(logits, labels)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step(self._learning_rate(step))
        self.progress.step = step

        right = (logits.detach().argmax(1) == labels).sum()
        self._loss_sum += loss.detach() * len(labels)
        self._correct += right
        # Reading a number waits for the device; on the CPU it is free and finds trouble at once.
        now = time.perf_counter()
        due = always or now - self._reported_at >= REPORT_EVERY or index == self.plan.steps_per_epoch - 1
        if not due and self.device.torch_name != "cpu":
            return None
        value = loss.item()
        self._check_finite(value, epoch, step)
        if not due:
            return None
        self._reported_at = now
        self._note("loss", value, epoch)
        return StepCompleted(
            run=self._store.run,
            epoch=epoch,
            step=step,
            images_seen=self.plan.images_seen(step),
            seconds=self._seconds(),
            loss=value,
            accuracy=int(right.item()) / len(labels),
            learning_rate=self._learning_rate(step),
        )

    def _set_statistics_momentum(self, step: int) -> None:
        """From random weights the running statistics begin as a plain average of the first batches.

        Else ten digits, five steps in all, would be judged by statistics that are still half those of nothing.
        """
        fresh = self._config.start_from == "random"
        models.set_statistics_momentum(
            self.model, max(models.MOMENTUM, 1 / step) if fresh else models.MOMENTUM
        )

    def _learning_rate(self, step: int) -> float:
        segments, steps = self.progress.segments, self.plan.steps_per_epoch
        return optim.learning_rate(step, self._config.learning_rate, segments, steps)

    def _check_finite(self, loss: float, epoch: int, step: int) -> None:
        if not math.isfinite(loss):
            rate = self._config.learning_rate
            raise EngineError(Code.LOSS_NOT_FINITE, epoch=epoch, step=step, learning_rate=rate)

    # --- saving and telling -----------------------------------------------------------------------------

    def _save(self, state: str, reason: str = "") -> CheckpointSaved:
        """Hand figures, the last state and a new best model to the store, all at once."""
        progress = self.progress
        if not checkpoint.all_finite(self.model):
            self._check_finite(math.nan, progress.epoch, progress.step)
        self._stop_clock()
        progress.loss_sum = self._loss_sum.item()
        progress.correct = int(self._correct.item())
        weights = self._weights()
        training = TrainingState(weights, self._optimizer.state(), progress)
        self._store.save_progress(
            self._rows,
            Saved(progress.epoch, progress.step, weights, training.to_bytes()),
            self._best,
            {
                "state": state,
                "reason": reason,
                "segments": list(progress.segments),
                "best_epoch": progress.best_epoch,
                "val_loss": progress.best_val_loss,
                "val_accuracy": progress.best_val_accuracy,
                "val_images": len(self._val.labels) if self._val else 0,
            },
        )
        self._rows, self._best = [], None
        self._saved_at = time.perf_counter()
        return CheckpointSaved(self._store.run, progress.epoch, progress.step)

    def _weights(self) -> bytes:
        """Return a copy of the model that says what it is."""
        return checkpoint.weights_to_bytes(self.model, models.describe(self._config))

    def _note(self, name: str, value: float, epoch: int | None = None) -> None:
        """Remember one figure until the next save."""
        progress = self.progress
        self._rows.append(MetricRow(progress.step, epoch or progress.epoch, name, value))

    def _stop_clock(self) -> None:
        """Book the seconds up to now."""
        self.progress.seconds = self._seconds()
        self._resumed_at = time.perf_counter()

    def _seconds(self) -> float:
        """Return the seconds of training so far, without pauses."""
        return self.progress.seconds + time.perf_counter() - self._resumed_at

    def _started(self) -> RunStarted:
        threads = self._threads
        spoken = self.device.spoken
        if self.device.torch_name == "cpu":
            spoken = f"cpu ({threads} thread{'s' if threads != 1 else ''})"
        return RunStarted(
            run=self._store.run,
            config=self._config,
            device=spoken,
            parameters=models.parameter_count(self.model),
            train_images=self.plan.images,
            val_images=len(self._val.labels) if self._val else 0,
            steps_per_epoch=self.plan.steps_per_epoch,
            total_epochs=self.plan.epochs,
            total_steps=self.plan.total_steps,
            epoch=self.progress.epoch,
            step=self.progress.step,
        )

    def _finished(self, reason: str) -> RunFinished:
        progress = self.progress
        return RunFinished(
            run=self._store.run,
            reason=reason,
            epoch=progress.epoch,
            step=progress.step,
            seconds=progress.seconds,
            best_epoch=progress.best_epoch,
            val_loss=progress.best_val_loss,
            val_accuracy=progress.best_val_accuracy,
            val_images=len(self._val.labels) if self._val else 0,
            train_accuracy=progress.train_accuracy,
        )

    def _failed(self, error: Exception) -> RunFailed:
        """Turn any failure into the one last event, and mark the run where the store still can."""
        known = _as_engine_error(error, self._config)
        if known.code is Code.INTERNAL:
            logger.info("training failed", exc_info=error)
        try:
            self._store.save_progress((), None, None, {"state": "failed", "reason": known.code.value})
        except Exception:
            logger.info("the failed run could not be marked", exc_info=True)
        return RunFailed(self._store.run, known.code.value, known.fields)


def _as_engine_error(error: Exception, config: TrainConfig) -> EngineError:
    """Return ``error`` as something the user can be told."""
    if isinstance(error, EngineError):
        return error
    text = str(error)
    if isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in text:
        return EngineError(Code.OUT_OF_MEMORY, device=config.device, batch_size=config.batch_size)
    return EngineError(Code.INTERNAL, detail=f"{type(error).__name__}: {text}")
