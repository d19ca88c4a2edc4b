"""Training on a document: what the command line and the window both call."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from engine import __version__
from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.run_lock import held_run
from engine.data.runs import RunRecord
from engine.data.samples import Samples, Split
from engine.device import Device, resolve, threads_for
from engine.errors import Code, EngineError
from engine.events import Event
from engine.training import checkpoint, models
from engine.training.amount import repeats, some_of, with_repeats
from engine.training.batches import Digits
from engine.training.checkpoint import TrainingState
from engine.training.control import Control
from engine.training.document_store import DocumentStore
from engine.training.failures import as_failure
from engine.training.optim import AdamW
from engine.training.pen import Pen
from engine.training.plan import EpochPlan
from engine.training.start_weights import start_weights
from engine.training.trainer import Trainer


def start(
    document: Document,
    config: TrainConfig,
    control: Control,
    name: str | None = None,
    stop_after: int | None = None,
) -> Iterator[Event]:
    """Train a new run on the labelled digits of ``document`` and keep it there.

    Args:
        document: belongs to the calling thread.
        config: the settings.
        control: steering from another thread.
        name: what the run is called, if anything.
        stop_after: end with reason ``stopped`` after this epoch; the run can be resumed.

    Yields:
        Events as ``engine.events`` says; a failure of any kind is one RunFailed.
    """
    with ExitStack() as held:
        try:
            trainer = _new_trainer(document, config, control, name, stop_after, held)
        except Exception as error:  # noqa: BLE001 - every failure is an event
            yield as_failure(0, error)
            return
        yield from trainer.run()


def resume(
    document: Document,
    run: int,
    control: Control,
    extra_epochs: int = 0,
    stop_after: int | None = None,
) -> Iterator[Event]:
    """Go on with a run exactly where its last checkpoint stands.

    Args:
        document: belongs to the calling thread.
        run: its number.
        control: steering from another thread.
        extra_epochs: epochs to add to the plan, with a learning-rate cycle of their own. A run that was
            stopped first does what it had planned; one that early stopping ended gave that up.
        stop_after: as in ``start``, counted over the whole run.

    Yields:
        Events as in ``start``. A completed run without ``extra_epochs`` finishes again at once; one that
        another process trains fails with RUN_BUSY and stays as it is.
    """
    with ExitStack() as held:
        try:
            document.runs.get(run)  # one that is not there has no lock
            held.enter_context(held_run(document.path, run))
            trainer = _resumed_trainer(document, run, control, extra_epochs, stop_after)
        except Exception as error:  # noqa: BLE001 - every failure is an event
            yield as_failure(run, error)
            return
        yield from trainer.run()


def planned_epochs(record: RunRecord) -> int:
    """Return the epochs of a run's plan, its extensions included."""
    return sum(record.facts.get("segments", [record.config.epochs]))


def _new_trainer(
    document: Document,
    config: TrainConfig,
    control: Control,
    name: str | None,
    stop_after: int | None,
    held: ExitStack,
) -> Trainer:
    """Return the trainer of a new run; nothing is written before all that can fail has been tried.

    The run is owned, by ``held``, before another process can see it.
    """
    train, val = _members(document, config)
    device = resolve(config.device)
    weights, pen = start_weights(document, config), _pen(document, config, train)
    threads = threads_for(config.model, config.batch_size)
    facts = _facts(document, config, device, threads, train, val)
    members = {Split.TRAIN: (train.ids, train.labels), Split.VAL: (val.ids, val.labels)}
    with document.runs.transaction():
        run = document.runs.create(config, facts, members, name or "")
        held.enter_context(held_run(document.path, run))
    return Trainer(
        config,
        train,
        val,
        store=DocumentStore(document, run),
        control=control,
        start_weights=weights,
        stop_after=stop_after,
        threads=threads,
        others=_others(config),
        pen=pen,
    )


def _members(document: Document, config: TrainConfig) -> tuple[Samples, Samples]:
    """Return the digits to learn from and those that choose the best epoch."""
    own_only = config.rehearse > 0
    train = document.samples.load(Split.TRAIN, labelled_only=True, own_only=own_only)
    if len(train) == 0:
        raise EngineError(Code.NO_OWN_DIGITS if own_only else Code.NO_TRAINING_DIGITS)
    corrections = document.corrections.ids() if own_only else None
    if config.train_images is not None:
        train = some_of(train, config.train_images, config.seed, corrections)
    if corrections is not None:
        return with_repeats(train, corrections, repeats(config.epochs)), document.samples.pick([])
    return train, document.samples.load(Split.VAL, labelled_only=True)


def _others(config: TrainConfig) -> Digits | None:
    """Return the starter digits to rehearse, where the run does."""
    return Digits(*starter.load_rehearsed()) if config.rehearse else None


def _pen(document: Document, config: TrainConfig, train: Samples) -> Pen | None:
    """Return what redraws the digits, where the run does.

    Raises:
        EngineError: NO_PEN_STROKES where no digit has any.
    """
    if config.strokes != "redrawn":
        return None
    stored = document.samples.strokes(train.ids.tolist())
    if not stored:
        raise EngineError(Code.NO_PEN_STROKES)
    ids = train.ids.tolist()
    strokes = {place: stored[id_] for place, id_ in enumerate(ids) if id_ in stored}
    return Pen(strokes, config.seed, document.path)


def _resumed_trainer(
    document: Document,
    run: int,
    control: Control,
    extra_epochs: int,
    stop_after: int | None,
) -> Trainer:
    """Return the trainer that goes on with ``run`` on the digits and labels it began with."""
    record = document.runs.get(run)
    config = replace(record.config, device=_same_device(record.facts, record.config))
    train, val = (document.runs.members(run, split) for split in (Split.TRAIN, Split.VAL))
    if min(train.labels.min(initial=0), val.labels.min(initial=0)) < 0:
        raise EngineError(Code.DOCUMENT_DAMAGED, path=document.path, detail=f"members of run {run}")
    state = _last_state(document, record, config, len(train))
    if state is None and extra_epochs:
        raise EngineError(Code.RUN_NOT_RESUMABLE, run=run)
    if state and extra_epochs:
        state = state.extended(extra_epochs)
    return Trainer(
        config,
        train,
        val,
        store=DocumentStore(document, run),
        control=control,
        resume_from=state,
        start_weights=None if state else start_weights(document, config),
        stop_after=stop_after,
        threads=record.facts.get("threads"),
        others=_others(config),
        pen=_pen(document, config, train),
    )


def _last_state(
    document: Document, record: RunRecord, config: TrainConfig, images: int
) -> TrainingState | None:
    """Return where a run stands; None when it died before its first save and starts again."""
    saved = document.runs.load_checkpoint(record.id, "last")
    if saved is None:
        return None
    if saved.training_state is None:
        raise EngineError(Code.RUN_NOT_RESUMABLE, run=record.id)
    try:
        model = models.build(config)
        checkpoint.load_weights(model, saved.weights)
        state = TrainingState.from_bytes(saved.weights, saved.training_state)
        AdamW(model, config.weight_decay).load_state(state.optimizer)
        plan = EpochPlan(images + config.rehearse, config.batch_size, state.progress.total_epochs)
        steps = plan.steps_per_epoch
        if not 0 <= state.progress.step - state.progress.epoch * steps <= steps:
            raise ValueError("a step of another epoch")
        return state
    except ValueError as error:
        raise checkpoint.refused(record, error) from error


def _same_device(facts: dict[str, Any], config: TrainConfig) -> str:
    """Return the device a run began on: ``auto`` may mean another one by now."""
    return str(facts.get("device", config.device))


def _facts(
    document: Document, config: TrainConfig, device: Device, threads: int, train: Samples, val: Samples
) -> dict[str, Any]:
    """Return what is true of a new run beside its settings, as plain JSON values."""
    counts = np.bincount(train.labels, minlength=models.CLASSES)
    return {
        "device": device.torch_name,
        "spoken_device": device.spoken_with(threads),
        "threads": threads,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "app": __version__,
        "platform": f"{sys.platform} {platform.machine()}",
        "data_version": document.data_version(),
        "n_train": len(train),
        "n_val": len(val),
        "counts": [int(count) for count in counts],
        "segments": [config.epochs],
        "parameters": models.parameter_count(models.build(config)),
    }
