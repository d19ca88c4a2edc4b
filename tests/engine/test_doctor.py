"""The doctor finds what ails a training that was really made ill, and is silent on healthy ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from training_data import digits

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.data.samples import Split
from engine.events import EpochCompleted, RunFailed, RunFinished
from engine.training import doctor, pace, prescriptions, session, trainer
from engine.training.checkup import facts_of
from engine.training.control import Control
from engine.training.doctor import cured, examine
from engine.training.illness import Case, Cure, Finding, Illness
from engine.training.past_case import case_of

Arrays = tuple[NDArray[np.uint8], NDArray[Any]]
MLP = {"model": "mlp", "hidden": (32,), "augment": "off", "batch_size": 16, "device": "cpu"}
WELL = TrainConfig(**{**MLP, "epochs": 4})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrays]:
    """1,200 real digits, 120 a class, of the starter set."""
    document = Document.create(tmp_path_factory.mktemp("starter") / "all.dojo")
    starter.add_to(document)
    every = document.samples.load()
    chosen = np.concatenate([np.flatnonzero(every.labels == label)[:120] for label in range(10)])
    yield every.images[chosen], every.labels[chosen]
    document.close()


@pytest.fixture
def train(tmp_path: Path) -> Iterator[Any]:
    """Returns a function that trains in a document of its own and returns the case with its facts."""
    documents: list[Document] = []

    def run(config: TrainConfig, data: Arrays, val: Arrays | None) -> Case:
        document = Document.create(tmp_path / f"{len(documents)}.dojo")
        documents.append(document)
        document.samples.add_arrays(data[0], data[1], Split.TRAIN)
        if val is not None:
            document.samples.add_arrays(val[0], val[1], Split.VAL)
        events = list(session.start(document, config, Control()))
        ending = events[-1]
        assert isinstance(ending, RunFinished | RunFailed)
        epochs = [event for event in events if isinstance(event, EpochCompleted)]
        return Case(config, epochs, facts_of(document, ending.run, Control()), ending)

    yield run
    for document in documents:
        document.close()


def drawn(each: int, seed: int = 0) -> Arrays:
    made = digits(each, seed)
    return made.images, made.labels


def parts(data: Arrays, each: int) -> tuple[Arrays, Arrays]:
    """Split: ``each`` digits a class to validate, the rest to learn from."""
    images, labels = data
    held = np.concatenate([np.flatnonzero(labels == label)[:each] for label in range(10)])
    rest = np.setdiff1d(np.arange(len(labels)), held)
    return (images[rest], labels[rest]), (images[held], labels[held])


def found(case: Case) -> Finding:
    finding = examine(case)
    assert finding is not None
    for language in ("en", "ja"):
        said = prescriptions.sentence(finding, language)
        assert said.endswith((".", "。")) and "{" not in said
        assert prescriptions.action(finding, language)
    return finding


# --- ill ----------------------------------------------------------------------------------------------


def test_no_validation_digits(train: Any) -> None:
    finding = found(train(WELL, drawn(10), None))
    assert (finding.illness, finding.cure) == (Illness.NO_VALIDATION, Cure.HOLD_BACK)
    assert finding.fields == {"images": 100}


def test_over_fitting_since_its_best_epoch(train: Any, real: Arrays) -> None:
    few, val = parts(real, 112)  # 8 a class to learn from
    case = train(TrainConfig(**{**MLP, "hidden": (128,), "epochs": 60, "learning_rate": 0.02}), few, val)  # type: ignore[arg-type]
    finding = found(case)
    losses = [epoch.val_loss for epoch in case.epochs]
    assert (finding.illness, finding.cure) == (Illness.OVER_FITTING, Cure.AUGMENT)
    assert finding.fields["epoch"] == losses.index(min(losses)) + 1
    assert cured(case.config, finding).augment == "light"
    # the curves alone show it already while it runs
    running = examine(Case(case.config, case.epochs))
    assert running is not None and running.illness is Illness.OVER_FITTING


def test_over_fitting_that_early_stopping_ended_is_none(train: Any, real: Arrays) -> None:
    few, val = parts(real, 112)
    config = TrainConfig(
        **{**MLP, "hidden": (128,), "epochs": 60, "learning_rate": 0.02, "early_stop": 4}  # type: ignore[arg-type]
    )
    case = train(config, few, val)
    assert case.ending.reason == "early_stop"
    assert examine(case) is None


def test_a_loss_that_explodes(train: Any) -> None:
    config = TrainConfig(**{**MLP, "epochs": 3, "learning_rate": 1.0})  # type: ignore[arg-type]
    finding = found(train(config, drawn(20), drawn(6, seed=3)))
    assert (finding.illness, finding.cure) == (Illness.EXPLODING, Cure.LEARNING_RATE)
    assert float(finding.fields["loss"]) > 2.6 and cured(config, finding).learning_rate == 0.1


def test_a_loss_that_is_no_number_any_more() -> None:
    case = Case(WELL, [], None, RunFailed(1, "loss_not_finite", {"epoch": 2, "learning_rate": 1.0}))
    finding = found(case)
    assert (finding.illness, finding.fields["epoch"]) == (Illness.EXPLODING, 2)


def test_a_loss_that_does_not_fall(train: Any) -> None:
    config = TrainConfig(**{**MLP, "epochs": 3, "learning_rate": 1e-6})  # type: ignore[arg-type]
    finding = found(train(config, drawn(20), drawn(6, seed=3)))
    assert (finding.illness, finding.cure) == (Illness.NOT_FALLING, Cure.LEARNING_RATE)
    assert cured(config, finding).learning_rate == TrainConfig().learning_rate


def test_a_batch_that_takes_all_digits(train: Any) -> None:
    config = TrainConfig(**{**MLP, "epochs": 30, "batch_size": 512, "learning_rate": 0.02})  # type: ignore[arg-type]
    finding = found(train(config, drawn(20), drawn(6, seed=3)))
    assert (finding.illness, finding.cure) == (Illness.BATCH_IS_ALL, Cure.BATCH_SIZE)
    assert cured(config, finding).batch_size == 32


def test_a_digit_that_is_never_answered(train: Any) -> None:
    """Nearly all sevens were labelled 1: the few that are left teach it nothing."""
    images, labels = drawn(20)
    wrong = np.flatnonzero(labels == 7)[4:]
    labels = labels.copy()
    labels[wrong] = 1
    config = TrainConfig(**{**MLP, "epochs": 4, "learning_rate": 0.002})  # type: ignore[arg-type]
    case = train(config, (images, labels), drawn(6, seed=3))
    table = case.epochs[-1].confusion
    assert not any(row[7] for row in table)
    finding = found(case)
    assert (finding.illness, finding.cure) == (Illness.NEVER_PREDICTED, Cure.MORE_EPOCHS)
    assert (finding.fields["digit"], finding.fields["count"]) == (7, 6)


def test_a_class_with_too_few_digits(train: Any) -> None:
    images, labels = drawn(20)
    keep = np.setdiff1d(np.arange(200), np.flatnonzero(labels == 4)[2:])
    finding = found(train(WELL, (images[keep], labels[keep]), drawn(6, seed=3)))
    assert (finding.illness, finding.cure) == (Illness.TOO_FEW, Cure.ADD_DIGITS)
    assert finding.fields == {"digit": 4, "count": 2, "usual": 20}


def test_of_a_class_with_few_digits_each_may_count_more(train: Any) -> None:
    images, labels = drawn(60)
    keep = np.setdiff1d(np.arange(600), np.flatnonzero(labels == 4)[11:])
    uneven, val = (images[keep], labels[keep]), drawn(6, seed=3)
    finding = found(train(WELL, uneven, val))
    assert (finding.illness, finding.cure) == (Illness.TOO_FEW, Cure.WEIGH)
    weighed = cured(WELL, finding)
    assert weighed == replace(WELL, class_weights="balanced")
    assert found(train(weighed, uneven, val)).cure is Cure.ADD_DIGITS, "then only more digits help"


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_labels_that_look_swapped(train: Any, real: Arrays, share: float) -> None:
    (images, labels), val = parts(real, 60)
    true = labels.copy()
    labels = labels.copy()
    for one, other in ((3, 5), (5, 3)):
        places = np.flatnonzero(true == one)
        labels[places[: int(share * len(places))]] = other
    finding = found(train(WELL, (images, labels), val))
    assert (finding.illness, finding.cure) == (Illness.LABELS_SWAPPED, Cure.LOOK_AT_DIGITS)
    assert (finding.fields["one"], finding.fields["other"]) == (3, 5)
    assert int(finding.fields["one_as_other"]) >= 0.8 * share * 60


def test_light_and_dark_digits_mixed(train: Any) -> None:
    images, labels = drawn(20)
    images = images.copy()
    images[::4] = 255 - images[::4]
    finding = found(train(WELL, (images, labels), drawn(6, seed=3)))
    assert finding.illness is Illness.LIGHT_AND_DARK
    assert finding.fields == {"light": 50, "images": 260}


class SlowMachine:
    """The clock beside a machine that needs a thousand times as long for everything."""

    @staticmethod
    def perf_counter() -> float:
        return 1_000 * time.perf_counter()


def test_a_training_slower_than_the_machine_can(
    train: Any, real: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both speeds are measured, the training's and the one that is possible; only the clock of both is
    # another, since ten seconds lost are too many for a test. bench/training/doctor.py loses them for real.
    data, val = parts(real, 60)
    config = TrainConfig(**{**MLP, "epochs": 2, "batch_size": 1, "learning_rate": 0.001})  # type: ignore[arg-type]
    case = train(config, data, val)
    assert case.facts.faster.images_per_second > doctor.TIMES_FASTER * 1_000 / case.epochs[-1].ms_per_step
    assert examine(case) is None, "there were no ten seconds to lose"
    monkeypatch.setattr(trainer, "time", SlowMachine)
    monkeypatch.setattr(pace, "time", SlowMachine)
    finding = found(train(config, data, val))
    assert (finding.illness, finding.cure) == (Illness.SLOW, Cure.BATCH_SIZE)
    assert cured(config, finding).batch_size == 64
    assert int(finding.fields["possible"]) > 3 * int(finding.fields["speed"])


def test_a_stored_run_is_the_case_that_its_training_was(train: Any, tmp_path: Path) -> None:
    config = TrainConfig(**{**MLP, "epochs": 4, "learning_rate": 1.0})  # type: ignore[arg-type]
    case = train(config, drawn(20), drawn(4, seed=3))
    document = Document.open(tmp_path / "0.dojo")
    stored = case_of(document, 1, case.facts)
    document.close()
    assert stored.config == case.config and stored.facts is case.facts
    for now, then in zip(stored.epochs, case.epochs, strict=True):
        assert now.seconds == pytest.approx(then.seconds, abs=0.01)
        assert replace(now, seconds=0.0, is_best=False) == replace(then, seconds=0.0, is_best=False)
    assert examine(stored) == examine(case) is not None


def test_ten_digits_known_by_heart_are_told_though_no_loss_rises(train: Any, real: Arrays) -> None:
    (images, labels), val = parts(real, 100)
    ten = np.array([np.flatnonzero(labels == label)[0] for label in range(10)])
    config = TrainConfig(**{**MLP, "epochs": 40, "batch_size": 2, "learning_rate": 0.005})  # type: ignore[arg-type]
    case = train(config, (images[ten], labels[ten]), (val[0][::10], val[1][::10]))
    assert doctor.over_fitting(case) is None or case.epochs[-1].val_accuracy < 0.9
    finding = doctor.by_heart(case)
    assert finding is not None and finding.cure is Cure.AUGMENT
    assert (finding.fields["images"], finding.fields["count"]) == (10, 100)
    assert finding.fields["share"] == 100 * case.epochs[-1].val_accuracy
    assert examine(case) in (finding, doctor.over_fitting(case))


def test_a_score_that_rests_on_ten_images(train: Any) -> None:
    finding = found(train(WELL, drawn(20), drawn(1, seed=3)))
    assert finding.illness is Illness.COARSE
    assert finding.fields == {"images": 10, "points": 10.0}


# --- healthy ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(5))
def test_the_doctor_is_silent_on_a_healthy_training(train: Any, real: Arrays, number: int) -> None:
    data, val = parts(real, 30)
    cases = [
        (TrainConfig(**{**MLP, "epochs": 8, "hidden": (64,)}), data, val),  # type: ignore[arg-type]
        (TrainConfig(epochs=3, batch_size=32, device="cpu"), data, val),
        (TrainConfig(**{**MLP, "epochs": 8, "sampling": "replacement", "augment": "light"}), data, val),  # type: ignore[arg-type]
        (TrainConfig(**{**MLP, "epochs": 10}), drawn(30), drawn(6, seed=3)),  # type: ignore[arg-type]
        (TrainConfig(epochs=2, batch_size=16, start_from="base", device="cpu"), val, data),
    ]
    case = train(*cases[number])
    assert isinstance(case.ending, RunFinished) and case.ending.val_accuracy > 0.75
    assert examine(case) is None
    for until in range(1, len(case.epochs) + 1):  # nor while it runs
        assert examine(Case(case.config, case.epochs[:until])) is None


def test_every_finding_and_cure_has_words_in_both_languages() -> None:
    for language in ("en", "ja"):
        assert set(prescriptions.SENTENCES[language]) == set(Illness)
        assert set(prescriptions.ACTIONS[language]) == set(Cure)
