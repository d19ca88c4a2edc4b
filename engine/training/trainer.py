"""The training loop: a run is epochs, an epoch is steps, a step feeds a batch and changes the parameters."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Generator, Iterator

import torch
from torch import Tensor

from engine.config import TrainConfig
from engine.device import Device, resolve, threads_for, use_threads
from engine.errors import Code, EngineError
from engine.events import EpochCompleted, Event, RunFailed, RunFinished, RunPaused, RunStarted, StepCompleted
from engine.training import checkpoint, models, optim, schedule, weighting
from engine.training.batches import Batches, LabelledDigits
from engine.training.checkpoint import Progress, TrainingState
from engine.training.control import Control, Order
from engine.training.evaluation import Metrics, evaluate_until
from engine.training.failures import as_failure
from engine.training.pen import Pen
from engine.training.plan import EpochPlan
from engine.training.recorder import Recorder, diverged
from engine.training.store import Store
from engine.training.walk import Walk

REPORT_EVERY = 0.02  # seconds between two StepCompleted: at most 50 a second
STATE_OF_REASON = {"completed": "finished", "early_stop": "finished", "stopped": "stopped"}

logger = logging.getLogger(__name__)


class Trainer:
    """Trains one model once.

    Every random number is a function of the seed, the epoch and the step, so a training that is resumed
    from its last checkpoint goes on exactly as if it had never stopped.

    Attributes:
        progress: where the training stands.
        device: where it computes.
        plan, model: there once ``run`` has begun; the model belongs to the training's thread, others read
            its copies in the store.
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
        others: LabelledDigits | None = None,
        pen: Pen | None = None,
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
            others: what ``config.rehearse`` draws from; at least as many.
            pen: what ``config.strokes`` redraws with.
        """
        self._config = config
        self._train = train
        self._val = val
        self._val_count = len(val.labels) if val is not None else 0
        self._control = control or Control()
        self._state = resume_from
        self._start_weights = start_weights
        self._others = others
        self._pen = pen
        self._stop_after = stop_after
        self._threads = threads or threads_for(config.model, config.batch_size)
        self._recorder = Recorder(store, config)
        self.progress = resume_from.progress if resume_from else Progress((config.epochs,))
        self.device = Device(config.device, config.device)  # as asked for, until ``run`` finds it
        self._resumed_at = self._reported_at = -math.inf
        self._single = False  # the step in progress was asked for alone

    def run(self) -> Iterator[Event]:
        """Train, and say what happens; see ``engine.events`` for the grammar.

        Closing the iterator early saves the state, so that the run can be resumed.
        """
        try:
            yield from self._run()
        except Exception as error:  # noqa: BLE001 - whatever happens, the listener gets one last event
            run, device = self._recorder.run, self.device.torch_name
            failure = as_failure(run, error, device, self._config.batch_size)
            self._mark_failed(failure)
            yield failure

    # --- a run ----------------------------------------------------------------------------------------

    def _run(self) -> Iterator[Event]:
        self._prepare()
        try:
            yield self._started()
            reason = None
            while reason is None:
                reason = self._reason_to_end() or (yield from self._epoch())
            if reason == "early_stop":
                self.progress.give_up_rest()
            yield self._save(STATE_OF_REASON[reason], reason)
        except GeneratorExit:  # whoever listened has left
            self._save_unheard()
            raise
        yield self._finished(reason)

    def _prepare(self) -> None:
        """Bring data, model and optimizer to the device."""
        config = self._config
        if len(self._train.labels) == 0:
            raise EngineError(Code.NO_TRAINING_DIGITS)
        self.device = resolve(config.device)  # before anything that is slow
        name = self.device.torch_name
        use_threads(self._threads)
        images = len(self._train.labels) + config.rehearse
        self.plan = EpochPlan(images, config.batch_size, self.progress.total_epochs)
        self._batches = Batches.of(config, self._train, name, self._others, self._pen)
        balanced = config.class_weights == "balanced"
        self._weights = weighting.balanced(self._batches.shown_counts()).to(name) if balanced else None
        self._walk = Walk(self._recorder.run, config, self.plan, self._batches)
        if self._val is not None:
            self._val_images = torch.tensor(self._val.images, device=name)  # (V, 28, 28) uint8
            self._val_labels = torch.tensor(self._val.labels, device=name, dtype=torch.int64)
        self.model = models.build(config).to(name)
        weights = self._state.weights if self._state else self._start_weights
        if weights is not None:
            checkpoint.load_weights(self.model, weights)
            if config.rehearse:
                self._recorder.take_over(weights)
        models.train_mode(self.model)
        self._optimizer = optim.AdamW(self.model, config.weight_decay)
        if self._state:
            self._optimizer.load_state(self._state.optimizer)
            self._recorder.mark("running")  # it said otherwise until now
            self._state = None  # it may be large
        # Sums over the epoch stay on the device: reading a number there would wait for it.
        self._loss_sum = torch.tensor(self.progress.loss_sum, dtype=torch.float32, device=name)
        self._correct = torch.tensor(self.progress.correct, device=name)
        self._resumed_at = time.perf_counter()

    def _reason_to_end(self) -> str | None:
        """Return why no further epoch is to begin, or None."""
        progress, patience = self.progress, self._config.early_stop
        if progress.epoch >= progress.total_epochs:
            return "completed"
        if self._val_count and patience and progress.waited >= patience:
            return "early_stop"
        if self._stop_after is not None and progress.epoch >= self._stop_after:
            return "stopped"
        return None

    # --- an epoch -------------------------------------------------------------------------------------

    def _epoch(self) -> Generator[Event, None, str | None]:
        """Show every image once, then evaluate; returns ``stopped`` when that was asked for in between."""
        progress, steps = self.progress, self.plan.steps_per_epoch
        epoch, began = progress.epoch + 1, self._seconds()
        order = self._batches.order(epoch)
        first = progress.step - progress.epoch * steps  # not 0 when resumed in the middle
        for index in range(first, steps):
            if (yield from self._boundary()) is Order.STOP:
                return "stopped"
            report = self._step(order, index, epoch)
            if walked := self._walk.take():
                yield walked
            if report:
                yield report
                if self._recorder.is_due(within_epoch=True):
                    yield self._save("running")
        milliseconds = (self._seconds() - began) * 1000 / max(1, steps - first)
        metrics = None
        while self._val_count and (metrics := self._evaluate()) is None:  # interrupted
            if (yield from self._boundary()) is Order.STOP:
                return "stopped"
        yield self._complete_epoch(metrics, milliseconds)
        if self._reason_to_end() is None and self._recorder.is_due():
            yield self._save("running")
        return None

    def _boundary(self) -> Generator[Event, None, Order]:
        """Between two steps: wait here while paused, with the state saved; return what to do next."""
        paused = False
        while (order := self._control.next_order()) is Order.PAUSE:
            paused = True
            yield self._save("paused")
            yield RunPaused(self._recorder.run, self.progress.epoch, self.progress.step)
            self._control.wait()
            self._resumed_at = time.perf_counter()  # _save has stopped the clock
        if paused and order is Order.RUN:
            self._recorder.mark("running")
        self._single = order is Order.STEP
        return order

    def _evaluate(self) -> Metrics | None:
        """Return the model's figures on the val split, or None when a stop or a pause came in between."""
        control = self._control
        return evaluate_until(
            self.model,
            self._val_images,
            self._val_labels,
            lambda: control.stop_requested or (control.pause_requested and not self._single),
        )

    def _complete_epoch(self, metrics: Metrics | None, milliseconds: float) -> EpochCompleted:
        """Book the epoch: averages, the best model so far, figures to store."""
        progress, images = self.progress, self.plan.images
        progress.epoch += 1
        train_loss = self._loss_sum.item() / images
        train_accuracy = int(self._correct.item()) / images
        val_loss = metrics.loss if metrics else None
        val_accuracy = metrics.accuracy if metrics else None
        self._check_finite(train_loss, progress.epoch)
        self._check_finite(val_loss or 0.0, progress.epoch)
        self._loss_sum.zero_()
        self._correct.zero_()
        progress.train_accuracy = train_accuracy
        is_best = progress.note_epoch(val_loss, val_accuracy)
        if is_best:
            self._recorder.note_best(progress, self.model)
        self._recorder.note_epoch(progress, self.model, metrics.confusion if metrics else None)
        rate = self._learning_rate(progress.step)
        self._recorder.note(
            progress.step,
            progress.epoch,
            train_loss=train_loss,
            train_accuracy=train_accuracy,
            val_loss=val_loss,
            val_accuracy=val_accuracy,
            learning_rate=rate,
            seconds=self._seconds(),
            ms_per_step=milliseconds,
        )
        return EpochCompleted(
            run=self._recorder.run,
            epoch=progress.epoch,
            step=progress.step,
            images_seen=self.plan.images_seen(progress.step),
            seconds=self._seconds(),
            train_loss=train_loss,
            train_accuracy=train_accuracy,
            val_loss=val_loss,
            val_accuracy=val_accuracy,
            val_images=self._val_count,
            confusion=metrics.confusion if metrics else None,
            is_best=is_best,
            ms_per_step=milliseconds,
            learning_rate=rate,
        )

    # --- a step ---------------------------------------------------------------------------------------

    def _step(self, order: Tensor, index: int, epoch: int) -> StepCompleted | None:
        """Feed one batch, compute the error, change the parameters; return a report when one is due."""
        step = self.progress.step + 1
        rate = self._learning_rate(step)
        inputs, labels = self._batches.batch(order, index, epoch, step)
        self._set_statistics_momentum(step)
        logits = self.model(inputs)
        share = weighting.share_of(len(labels), min(self.plan.batch_size, self.plan.images))
        objective, loss = weighting.losses(logits, labels, self._weights, share)
        self._optimizer.zero_grad()
        objective.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step(rate)
        self.progress.step = step
        if self._control.is_watched:
            self._walk.look(step, self._single, order, inputs, labels, logits, self.model)

        right = (logits.detach().argmax(1) == labels).sum()
        self._loss_sum += loss.detach() * len(labels)
        self._correct += right
        is_last = index == self.plan.steps_per_epoch - 1
        now = time.perf_counter()
        due = self._single or is_last or now - self._reported_at >= REPORT_EVERY
        # Reading a number waits for the device; on the CPU it is free, and finds trouble at once.
        if not due and self.device.torch_name != "cpu":
            return None
        self._check_finite(value := loss.item(), epoch)
        if not due:
            return None
        self._reported_at = now
        self._recorder.note(step, epoch, loss=value)
        return StepCompleted(
            run=self._recorder.run,
            epoch=epoch,
            step=step,
            images_seen=self.plan.images_seen(step),
            seconds=self._seconds(),
            loss=value,
            accuracy=int(right.item()) / len(labels),
            learning_rate=rate,
        )

    def _learning_rate(self, step: int) -> float:
        segments, steps = self.progress.segments, self.plan.steps_per_epoch
        return schedule.learning_rate(step, self._config.learning_rate, segments, steps)

    def _set_statistics_momentum(self, step: int) -> None:
        """From random weights the running statistics begin as a plain average of the first batches.

        Else ten digits, five steps in all, would be judged by statistics that are half those of nothing.
        """
        fresh = self._config.start_from == "random"
        models.set_statistics_momentum(
            self.model, max(models.MOMENTUM, 1 / step) if fresh else models.MOMENTUM
        )

    def _check_finite(self, loss: float, epoch: int) -> None:
        if not math.isfinite(loss):
            raise diverged(self._config, epoch, self.progress.step)

    # --- saving and telling ---------------------------------------------------------------------------

    def _save(self, state: str, reason: str | None = None) -> Event:
        """Store everything that an exact continuation needs."""
        progress = self.progress
        progress.seconds, self._resumed_at = self._seconds(), time.perf_counter()
        progress.loss_sum, progress.correct = self._loss_sum.item(), int(self._correct.item())
        return self._recorder.save(
            self.model,
            self._optimizer,
            progress,
            state=state,
            reason=reason,
            val_images=self._val_count,
        )

    def _save_unheard(self) -> None:
        """Save when nobody listens any more; a failure can only be logged, the save before it stands."""
        try:
            self._save("paused")
        except Exception:
            logger.info("an abandoned training could not be saved", exc_info=True)

    def _mark_failed(self, failure: RunFailed) -> None:
        """Note the failure in the store, where the store itself is not what failed."""
        try:
            self._recorder.mark("failed", failure.code)
        except Exception:
            logger.info("the failed run could not be marked", exc_info=True)

    def _seconds(self) -> float:
        """Return the seconds of training so far, without pauses."""
        return self.progress.seconds + time.perf_counter() - self._resumed_at

    def _started(self) -> RunStarted:
        self._recorder.start_clock()
        return RunStarted(
            run=self._recorder.run,
            config=self._config,
            device=self.device.spoken_with(self._threads),
            parameters=models.parameter_count(self.model),
            train_images=self.plan.images,
            val_images=self._val_count,
            steps_per_epoch=self.plan.steps_per_epoch,
            total_epochs=self.plan.epochs,
            total_steps=self.plan.total_steps,
            epoch=self.progress.epoch,
            step=self.progress.step,
        )

    def _finished(self, reason: str) -> RunFinished:
        progress = self.progress
        return RunFinished(
            run=self._recorder.run,
            reason=reason,
            epoch=progress.epoch,
            step=progress.step,
            seconds=progress.seconds,
            best_epoch=progress.best_epoch,
            val_loss=progress.best_val_loss,
            val_accuracy=progress.best_val_accuracy,
            val_images=self._val_count,
            train_accuracy=progress.train_accuracy,
        )
