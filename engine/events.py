"""What a training says while it runs: frozen values that can cross threads.

Grammar of one ``Trainer.run()``::

    RunStarted (StepCompleted | EpochCompleted | CheckpointSaved | RunPaused)* (RunFinished | RunFailed)

A run that cannot start yields RunFailed alone. ``epoch`` counts from 1 (0: none done), ``step`` is global
and counts from 1, ``seconds`` is training time without pauses, accuracies are 0 … 1, losses are mean
cross-entropy in nats.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from engine.config import TrainConfig

Confusion = tuple[tuple[int, ...], ...]  # 10 rows (true digit) of 10 counts (answer)


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The first event; on a resumed run ``epoch`` and ``step`` say what was done before."""

    run: int
    config: TrainConfig
    device: str  # as told to the user, for example "cpu (1 thread)" or "cuda (NVIDIA …)"
    parameters: int  # trainable numbers of the model
    train_images: int
    val_images: int
    steps_per_epoch: int
    total_epochs: int  # with earlier extensions
    total_steps: int
    epoch: int = 0
    step: int = 0


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """One update of the parameters; thinned at the source, but never the last of an epoch."""

    run: int
    epoch: int
    step: int
    images_seen: int
    seconds: float
    loss: float  # of this batch, before the update
    accuracy: float  # of this batch, before the update
    learning_rate: float


@dataclass(frozen=True, slots=True)
class EpochCompleted:
    """One pass over the train split and its evaluation; val fields are None without a val split."""

    run: int
    epoch: int
    step: int
    images_seen: int
    seconds: float
    train_loss: float  # mean over the epoch's images while the parameters changed, as Keras prints it
    train_accuracy: float
    val_loss: float | None
    val_accuracy: float | None
    val_images: int
    confusion: Confusion | None  # on the val split
    is_best: bool
    ms_per_step: float
    learning_rate: float


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """Weights and training state are safe in the store."""

    run: int
    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The trainer waits between two steps; its state is saved."""

    run: int
    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run ended as wanted: ``reason`` is ``completed``, ``stopped`` or ``early_stop``."""

    run: int
    reason: str
    epoch: int
    step: int
    seconds: float
    best_epoch: int
    val_loss: float | None  # of the best epoch
    val_accuracy: float | None  # of the best epoch
    val_images: int
    train_accuracy: float | None  # of the last epoch


@dataclass(frozen=True, slots=True)
class RunFailed:
    """The run could not go on; ``code`` and ``fields`` are those of an EngineError."""

    run: int
    code: str
    fields: dict[str, object]


Event = RunStarted | StepCompleted | EpochCompleted | CheckpointSaved | RunPaused | RunFinished | RunFailed


def to_json(event: Event) -> dict[str, Any]:
    """Return ``event`` as plain JSON values, its name under ``event``."""
    values = asdict(event)
    if isinstance(event, RunStarted):
        values["config"] = event.config.to_dict()
    return {"event": type(event).__name__, **values}
