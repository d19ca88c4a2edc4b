"""The arithmetic before a training: it follows every key, tells measured time and the textbooks' numbers."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from training_fakes import FakeJobs

from engine.augmentation import Amounts
from engine.config import TrainConfig
from engine.data.sample_types import CORRECTION, NewSample
from engine.data.splits import Split
from engine.training.pace import Pace
from gui.document_session import DocumentSession
from gui.i18n import Translation
from gui.pace_watch import PaceWatch
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController

TWO_MS = Pace(10, 0.002, 0.0001, "cpu (1 thread)")


class Machine:
    """A Train page whose measuring is watched."""

    def __init__(self, qtbot, folder, digits=100, measure=None) -> None:
        self.session = DocumentSession(folder)
        self.session.start()
        if digits:
            images = np.random.default_rng(0).integers(0, 255, (digits, 28, 28), np.uint8)
            self.session.document.samples.add_arrays(images, np.arange(digits) % 10, Split.TRAIN)
        self.asked: list[tuple[TrainConfig, int, int]] = []
        self.controller = TrainingController(lambda: self.session.document.path, FakeJobs())
        self.pace = PaceWatch(measure or self._measure)
        self.page = TrainPage(self.session, self.controller, lambda: ["cpu"], self.pace)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 620)
        self.page.show()
        self.view = self.page.arithmetic
        self.qtbot = qtbot

    def _measure(self, config, images, val_images, control):
        self.asked.append((config, images, val_images))
        return TWO_MS

    def says(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: text in self.view.plain_text(), timeout=30_000)

    def click(self, name: str) -> None:
        button = self.page.findChild(QToolButton, name)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def machine(qtbot, qapp, tmp_path, translations, system_again):
    Translation(qapp, translations).use("en")
    made = []

    def make(**more) -> Machine:
        made.append(Machine(qtbot, tmp_path / f"data{len(made)}", **more))
        return made[-1]

    yield make
    for machine in made:
        assert machine.controller.shutdown() and machine.pace.shutdown()


def test_the_time_is_measured_when_the_settings_rest_and_follows_what_is_typed(machine):
    made = machine()
    assert "Time: measuring…" in made.view.plain_text()
    made.page.form.set_config(TrainConfig(model="mlp", epochs=10, batch_size=10, device="cpu"))
    made.says("≈ less than a second here (2.0 ms a step, measured)")  # 100 steps
    spin = made.page.form.epochs
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(spin, "1000")
    text = made.view.plain_text()
    assert "100 images ÷ 10 = 10 steps an epoch" in text and "× 1,000 epochs = 10,000 steps" in text
    assert "= 100,000 images shown" in text and "≈ 0:20 here (2.0 ms a step, measured)" in text
    assert len(made.asked) == 1  # the step is the same: it is not measured again


def test_each_kind_of_step_is_measured_once(machine):
    made = machine()
    for batch_size in (10, 20, 10):
        made.page.form.set_config(TrainConfig(model="mlp", epochs=500, batch_size=batch_size, device="cpu"))
        made.says("measured)")
    assert [config.batch_size for config, _, _ in made.asked] == [10, 20]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "exampleButton0",
            "6,000 images ÷ 600 = 10 steps an epoch (each batch has 600) × 3 epochs = 30 steps = 18,000",
        ),
        ("exampleButton1", "10,000 images ÷ 100 = 100 steps an epoch"),
    ],
)
def test_the_textbooks_numbers_are_one_click_away(machine, name, sentence):
    made = machine()
    before = made.page.form.config()
    made.click(name)
    made.says(sentence)
    made.says("measured)")
    assert (made.asked[-1][0].batch_size, made.asked[-1][1]) in {(600, 6_000), (100, 10_000)}
    assert made.page.form.config() == before
    made.click("ownDigitsButton")
    assert "100 images" in made.view.plain_text()


def test_an_example_works_in_an_empty_document_and_goes_when_something_is_typed(machine):
    made = machine(digits=0)
    made.click("exampleButton0")
    assert "18,000 images shown" in made.view.plain_text()
    made.page.form.epochs.stepUp()
    assert "There are no labelled digits" in made.view.plain_text()


def test_a_training_ends_the_measuring_and_is_not_measured_beside(machine):
    begun, ended = threading.Event(), []

    def measure(config, images, val_images, control):
        begun.set()
        while not control.stop_requested:
            pass
        ended.append(True)

    made = machine(measure=measure)
    made.page.form.set_config(TrainConfig(model="mlp", epochs=2_000, batch_size=1, device="cpu"))
    made.qtbot.waitUntil(begun.is_set, timeout=30_000)
    QTest.mouseClick(made.page.buttons.train, Qt.MouseButton.LeftButton)
    made.qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    assert made.controller.is_active and not made.pace.is_measuring
    assert "Time" not in made.view.plain_text()


def test_nothing_is_measured_that_nobody_sees(machine):
    made = machine()
    made.page.hide()
    assert not made.pace.is_measuring
    made.page.form.epochs.stepUp()
    assert not made.pace.is_measuring
    made.page.show()
    made.says("measured)")


def test_the_machine_speaks_japanese(machine, qapp, translations):
    made = machine()
    made.page.form.set_config(TrainConfig(model="mlp", epochs=10, batch_size=10, device="cpu"))
    made.says("measured)")
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    label = made.page.findChild(QLabel, "arithmeticLabel")
    assert "実測" in label.text() and "学習回数" not in label.text()


def test_what_redrawing_strokes_costs_is_in_the_time(machine):
    made = machine(measure=lambda *_asked: Pace(10, 0.002, 0.0, "cpu (1 thread)", redraw_seconds=0.001))
    config = TrainConfig(model="mlp", epochs=100, batch_size=10, strokes="redrawn", device="cpu")
    made.page.form.set_config(config)
    made.says("None of them is stored as pen strokes.")
    made.view.show_written(50)
    text = made.view.plain_text()
    assert "50 images redrawn from pen strokes" in text
    made.says("≈ 0:07 here (7.0 ms a step, measured)")  # 1,000 steps of 2 ms, and 5,000 drawings


def test_kinds_of_augmentation_that_cost_the_same_are_measured_once(machine):
    made = machine()
    for turn in (10, 11, 12):
        made.page.form.set_config(
            TrainConfig(epochs=500, augment="custom", augment_amounts=Amounts(turn=turn), device="cpu")
        )
        made.says("measured)")
    assert len(made.asked) == 1


def test_a_lesson_counts_corrections_as_often_as_they_come_and_what_it_rehearses(machine):
    made = machine()
    made.session.document.samples.add(
        NewSample(np.full((28, 28), n, np.uint8), n, Split.TRAIN, source=CORRECTION) for n in (1, 2)
    )
    made.page.form.set_config(TrainConfig(epochs=10, batch_size=10, rehearse=50, device="cpu"))
    assert "154 images ÷ 10 = 16 steps an epoch" in made.view.plain_text()  # 100, twice 2, and 50
    made.page.form.set_config(TrainConfig(epochs=20, batch_size=10, rehearse=50, train_images=5))
    assert "55 images ÷ 10 = 6 steps an epoch" in made.view.plain_text()


def test_rehearsing_without_own_digits_says_what_to_do(machine):
    made = machine(digits=0)
    made.page.form.set_config(TrainConfig(rehearse=50))
    assert made.view.plain_text().startswith("Rehearsing needs own digits")
    assert not made.view.button.isVisible(), "starter digits would not help"
