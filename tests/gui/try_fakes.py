"""Models without PyTorch for the Test page: they answer what they were told to."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from engine.config import TrainConfig
from engine.errors import EngineError


class FakePrediction:
    """The attributes of a prediction; importing the real one would load PyTorch."""

    def __init__(self, shares: dict[int, float]) -> None:
        rest = (1 - sum(shares.values())) / max(1, 10 - len(shares))
        self.probabilities = tuple(shares.get(digit, rest) for digit in range(10))
        self.label = int(np.argmax(self.probabilities))
        self.confidence = self.probabilities[self.label]
        self.is_digit = self.confidence >= 0.5


class FakeReader:
    """Answers the same to everything and remembers what it was shown."""

    def __init__(self, shares: dict[int, float]) -> None:
        self.answer = FakePrediction(shares)
        self.seen: list[np.ndarray] = []

    def predict(self, images: np.ndarray) -> list[FakePrediction]:
        self.seen.extend(images)
        return [self.answer] * len(images)


class FakeModels:
    """A loader: ``of[run]`` is what comes for a run, an error is raised. ``gate`` holds every load back."""

    def __init__(self, of: dict[int | None, FakeReader | EngineError]) -> None:
        self.of = of
        self.asked: list[int | None] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, document: object, run: int | None) -> FakeReader:
        self.asked.append(run)
        assert self.gate.wait(10)
        found = self.of[run]
        if isinstance(found, EngineError):
            raise found
        return found


def add_run(session, accuracy: float | None = 0.984, images: int = 1000, model: str = "cnn") -> int:
    """Note a finished run in the session's document, without a saved model."""
    runs = session.document.runs
    run = runs.create(TrainConfig(model=model), {}, {})
    runs.update(run, state="finished", best_epoch=3, val_accuracy=accuracy, val_images=images)
    session.runs_changed.emit()
    return run


def until(qtbot, condition: Callable[[], object]) -> None:
    """Wait for a worker's result."""
    qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)
