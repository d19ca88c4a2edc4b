"""What a training says while it runs: frozen values that can cross threads.

Grammar of one ``Trainer.run()``::

    RunStarted (StepCompleted | EpochCompleted | CheckpointSaved | RunPaused)* (RunFinished | RunFailed)

Where somebody watches (``Control.watch``), a BatchWalked stands before some StepCompleted. A run that cannot
start yields RunFailed alone. ``epoch`` counts from 1 (0: none done), ``step`` is global and counts from 1,
``seconds`` is training time without pauses, accuracies are 0 … 1, losses are mean cross-entropy in nats.
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
class BatchLook:
    """What the model makes of the images of one batch.

    Attributes:
        loss, correct: mean loss, and how many of all the batch's images are read right.
        guesses, confidences, losses: of each of the first images, as many as ``BatchWalked.labels``.
    """

    loss: float
    correct: int
    guesses: tuple[int, ...]
    confidences: tuple[float, ...]  # of the guess, 0 … 1
    losses: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BatchWalked:
    """One step seen from inside: which images it fed, and what the model made of them before and after.

    Attributes:
        indices: places of the batch's images in the train split, in the order in which they were fed.
        first: how many images the epoch had dealt before this batch.
        train_images: N, the size of the deck.
        labels: of the first images of the batch.
        fed: those images as the model was given them, augmented; 28 · 28 bytes each.
        cards: pixels of the deck from this batch on, as they are stored; 28 · 28 bytes each.
        before, after: the same images just before and just after the parameters changed.
        drawn: how many images of the deck were dealt 0, 1, 2 … times in this epoch, this batch included.
        drawn_otherwise: the same, had the other way of sampling been chosen.
    """

    run: int
    epoch: int
    step: int
    batch: int  # within its epoch, from 1
    batches: int
    batch_size: int
    sampling: str
    indices: tuple[int, ...]
    first: int
    train_images: int
    labels: tuple[int, ...]
    fed: bytes
    cards: bytes
    before: BatchLook
    after: BatchLook
    drawn: tuple[int, ...]
    drawn_otherwise: tuple[int, ...]


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


Event = (
    RunStarted
    | StepCompleted
    | BatchWalked
    | EpochCompleted
    | CheckpointSaved
    | RunPaused
    | RunFinished
    | RunFailed
)


def to_json(event: Event) -> dict[str, Any]:
    """Return ``event`` as plain JSON values, its name under ``event``; pixels are left out."""
    values = {name: value for name, value in asdict(event).items() if not isinstance(value, bytes)}
    if isinstance(event, RunStarted):
        values["config"] = event.config.to_dict()
    return {"event": type(event).__name__, **values}
