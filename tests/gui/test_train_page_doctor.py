"""The doctor on the Train page: one quiet sentence after a real training, and one button that helps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.training.illness import Cure, Finding, Illness
from gui.document_session import DocumentSession
from gui.examiner import Examiner
from gui.i18n import Translation
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController

sys.path.append(str(Path(__file__).parents[1] / "engine"))
from training_data import digits

MLP = TrainConfig(model="mlp", hidden=(32,), epochs=4, batch_size=16, augment="off", device="cpu")
TIMEOUT = 60_000


class Practice:
    """A Train page whose trainings are examined."""

    def __init__(self, qtbot, folder, train, val) -> None:
        self.session = DocumentSession(folder)
        self.session.start()
        for made, split in ((train, Split.TRAIN), (val, Split.VAL)):
            if made is not None:
                self.session.document.samples.add_arrays(made.images, made.labels, split)
        self.controller = TrainingController(lambda: self.session.document.path)
        self.examiner = Examiner(lambda: self.session.document)
        self.page = TrainPage(self.session, self.controller, examiner=self.examiner)
        self.controller.run_ended.connect(lambda _ending: self.session.trained())
        self.endings: list = []
        self.controller.run_ended.connect(self.endings.append)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 620)
        self.page.show()
        self.view = self.page.run_view.doctor
        self.qtbot = qtbot

    def train(self, config: TrainConfig) -> None:
        self.page.form.set_config(config)
        self.endings.clear()
        QTest.mouseClick(self.page.buttons.train, Qt.MouseButton.LeftButton)
        self.wait_for_the_examination()

    def wait_for_the_examination(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.endings), timeout=TIMEOUT)
        self.qtbot.waitUntil(lambda: not self.examiner.is_examining, timeout=TIMEOUT)

    def press(self) -> None:
        assert self.view.button.isVisible() and self.view.button.isEnabled()
        QTest.mouseClick(self.view.button, Qt.MouseButton.LeftButton)


@pytest.fixture
def practice(qtbot, qapp, tmp_path, translations, system_again):
    Translation(qapp, translations).use("en")
    made = []

    def begin(train, val=None) -> Practice:
        made.append(Practice(qtbot, tmp_path / "data", train, val))
        return made[-1]

    yield begin
    for one in made:
        assert one.controller.shutdown() and one.examiner.shutdown()


def test_a_training_without_validation_is_told_and_one_button_holds_digits_back(practice):
    here = practice(digits(12))
    here.train(MLP)
    assert here.view.label.text().startswith("No digits are held back for validation")
    assert here.view.button.text() == "Hold a fifth back"
    here.press()
    assert not here.view.isVisible()
    samples = here.session.document.samples
    counts = samples.split_counts()
    assert (counts[Split.TRAIN], counts[Split.VAL]) == (100, 20)
    assert {label for _, label, _ in samples.grouped(Split.VAL)} == set(range(10))
    here.session.undo()
    assert samples.split_counts()[Split.VAL] == 0


def test_a_healthy_training_is_left_in_peace(practice):
    here = practice(digits(30), digits(6, seed=3))
    here.train(TrainConfig.from_dict({**MLP.to_dict(), "epochs": 8}))
    assert not here.view.isVisible() and here.view.label.text() == ""


def test_the_cure_for_a_learning_rate_stands_in_the_form_and_the_next_training_is_well(practice):
    here = practice(digits(30), digits(6, seed=3))
    here.train(TrainConfig.from_dict({**MLP.to_dict(), "learning_rate": 1.0}))
    assert here.view.label.text().endswith("the learning rate 1 is too high.")
    assert here.view.button.text() == "Set learning rate 0.1"
    here.press()
    assert here.page.form.config().learning_rate == 0.1
    here.page.form.learning_rate.setValue(0.01)
    here.train(here.page.form.config())
    assert not here.view.isVisible()


def test_more_epochs_are_trained_by_one_press(practice):
    here = practice(digits(30), digits(6, seed=3))
    here.train(MLP)
    never = Finding(
        Illness.NEVER_PREDICTED, Cure.MORE_EPOCHS, {"digit": 7, "count": 6, "images": 60, "value": 2}
    )
    here.view.show_finding(never)
    assert here.view.button.text() == "Train 2 more epochs"
    here.endings.clear()
    here.press()
    here.wait_for_the_examination()
    assert here.endings[0].epoch == 6


def test_classes_are_balanced_by_one_press_where_it_can_be_seen(practice):
    here = practice(digits(12))
    few = Finding(Illness.TOO_FEW, Cure.WEIGH, {"digit": 4, "count": 11, "usual": 60})
    here.view.show_finding(few)
    assert here.view.button.text() == "Balance the classes"
    here.press()
    assert here.page.form.config().class_weights == "balanced"
    assert here.page.form.class_weights.isVisible()


@pytest.mark.parametrize("cure", [Cure.LOOK_AT_DIGITS, Cure.ADD_DIGITS])
def test_what_lies_in_the_digits_leads_to_them(practice, cure):
    here = practice(digits(12))
    asked = []
    here.page.data_requested.connect(lambda: asked.append(True))
    here.view.show_finding(Finding(Illness.COARSE, cure, {"images": 10, "points": 10.0}))
    assert here.view.label.text() == (
        "The score rests on few validation digits (10): a single one is 10 % of it."
    )
    here.press()
    assert asked == [True]


def test_it_speaks_japanese_at_once(practice, qapp, translations):
    here = practice(digits(12))
    here.train(MLP)
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    assert here.view.label.text().startswith("検証用に取り分けた数字がないため")
    assert here.view.button.text() == "5 分の 1 を検証用にする"
    assert here.view.button.accessibleDescription() == here.view.label.text()


def test_a_new_training_takes_the_old_finding_away(practice):
    here = practice(digits(12))
    here.train(MLP)
    assert here.view.isVisible()
    here.page.form.set_config(TrainConfig.from_dict({**MLP.to_dict(), "epochs": 5_000}))
    QTest.mouseClick(here.page.buttons.train, Qt.MouseButton.LeftButton)
    assert not here.view.isVisible()
    here.page.buttons.stop.click()
    here.qtbot.waitUntil(lambda: here.controller.state == "idle", timeout=TIMEOUT)
    here.qtbot.waitUntil(lambda: not here.examiner.is_examining, timeout=TIMEOUT)


@pytest.fixture
def come_back(practice, qtbot):
    """Returns a function that shows the document of a practice on a page that has trained nothing."""
    made = []

    def again(here: Practice, is_seen: bool = True) -> tuple[TrainPage, Examiner]:
        examiner = Examiner(lambda: here.session.document)
        page = TrainPage(here.session, here.controller, examiner=examiner)
        qtbot.addWidget(page)
        made.append(examiner)
        if is_seen:
            page.show()
            qtbot.waitUntil(lambda: not examiner.is_examining, timeout=TIMEOUT)
        return page, examiner

    yield again
    for examiner in made:
        assert examiner.shutdown()


def test_after_a_restart_the_doctor_speaks_about_the_run_that_is_shown(practice, come_back):
    here = practice(digits(30), digits(6, seed=3))
    here.train(TrainConfig.from_dict({**MLP.to_dict(), "learning_rate": 1.0}))
    told = here.view.label.text()
    page, _ = come_back(here)
    assert page.run_view.doctor.label.text() == told != ""
    QTest.mouseClick(page.run_view.doctor.button, Qt.MouseButton.LeftButton)
    assert page.form.config().learning_rate == 0.1
    assert not page.run_view.doctor.isVisible()


def test_a_stored_run_is_looked_at_when_the_page_is_seen_and_a_healthy_one_is_left_in_peace(
    practice, come_back, qtbot
):
    here = practice(digits(30), digits(6, seed=3))
    here.train(TrainConfig.from_dict({**MLP.to_dict(), "epochs": 8}))
    page, examiner = come_back(here, is_seen=False)
    assert not examiner.is_examining
    page.show()
    assert examiner.is_examining
    qtbot.waitUntil(lambda: not examiner.is_examining, timeout=TIMEOUT)
    assert not page.run_view.doctor.isVisible()


def test_what_was_cured_since_a_stored_run_is_not_told_again(practice, come_back):
    here = practice(digits(12))
    here.train(MLP)
    assert come_back(here)[0].run_view.doctor.button.text() == "Hold a fifth back"
    here.press()
    assert not come_back(here)[0].run_view.doctor.isVisible()


def test_a_stored_run_whose_loss_was_no_number_any_more_is_explained(practice, come_back, qtbot):
    here = practice(digits(4), digits(2, seed=3))
    runs = here.session.document.runs
    run = runs.create(TrainConfig.from_dict({**MLP.to_dict(), "learning_rate": 1.0}), {"n_train": 40}, {})
    runs.update(run, state="failed", reason="loss_not_finite")
    page, _ = come_back(here)
    assert page.run_view.doctor.label.text().startswith("The loss rose to ∞ in epoch 1")
