"""Models without PyTorch for the Test page: they answer what they were told to."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from engine.config import TrainConfig
from engine.errors import EngineError
from engine.inference.prediction import Prediction


def FakePrediction(shares: dict[int, float], digit_share: float = 1.0) -> Prediction:
    """Return an answer with these shares; the digits not named have the rest."""
    rest = (1 - sum(shares.values())) / max(1, 10 - len(shares))
    probabilities = tuple(shares.get(digit, rest) for digit in range(10))
    label = int(np.argmax(probabilities))
    confidence = probabilities[label]
    return Prediction(label, confidence, probabilities, min(confidence, digit_share) >= 0.5, digit_share)


class Unmeasured:
    """A model that takes everything for a digit and of which nothing is measured."""

    def shares(self, images: np.ndarray) -> np.ndarray:
        return np.ones(len(images), np.float32)

    def study(self, document: object, run: int | None, is_wanted: object) -> None:
        return None

    def trust(self, study: object) -> None:
        raise AssertionError("there was no study")


class FakeReader(Unmeasured):
    """Answers the same to everything and remembers what it was shown."""

    def __init__(self, shares: dict[int, float]) -> None:
        self.answer = FakePrediction(shares)
        self.seen: list[np.ndarray] = []

    def predict(self, images: np.ndarray) -> list[Prediction]:
        self.seen.extend(images)
        return [self.answer] * len(images)


def load_unstudied(document, run: int | None, epoch: int | None = None):
    """Load a real model whose trust is not measured: that takes seconds and is not what is tested."""
    from engine.device import use_threads
    from gui.model_choice import OneThread, load_reader

    class Unstudied(OneThread):
        def study(self, document, run, is_wanted) -> None:
            return None

    return Unstudied(load_reader(document, run, epoch).predictor, use_threads)


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
