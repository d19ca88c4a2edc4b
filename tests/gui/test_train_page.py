"""The Train page on a real document with a training of real event values: buttons, progress, log, failure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from training_fakes import FakeJobs

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.errors import Code, EngineError
from gui.document_session import DocumentSession
from gui.i18n import Translation
from gui.pages.train_page import TrainPage
from gui.run_history import described
from gui.training_controller import TrainingController
from gui.widgets.training_log import TrainingLog

RNG = np.random.default_rng(0)


class Setup:
    """A page with its collaborators, as the application wires them."""

    def __init__(self, qtbot, folder, jobs, digits: int = 100) -> None:
        self.session = DocumentSession(folder)
        self.session.start()
        if digits:
            images = RNG.integers(0, 255, (digits, 28, 28), dtype=np.uint8)
            self.session.document.samples.add_arrays(images, np.arange(digits) % 10)
        self.jobs = jobs
        self.controller = TrainingController(lambda: self.session.document.path, jobs)
        self.page = TrainPage(self.session, self.controller, lambda: ["cpu"])
        self.controller.run_ended.connect(lambda _ending: self.session.trained())
        self.endings: list = []
        self.controller.run_ended.connect(self.endings.append)
        self.messages: list = []
        self.page.message.connect(lambda kind, words, *_: self.messages.append((kind, words())))
        qtbot.addWidget(self.page)
        self.page.resize(1100, 620)
        self.page.show()
        self.qtbot = qtbot

    def find(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton) and button.isEnabled() and button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def train(self, config: TrainConfig) -> None:
        self.page.form.set_config(config)
        self.click("trainButton")
        self.wait_for_the_end()

    def wait_for_the_end(self, count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len(self.endings) >= count, timeout=60_000)

    def enabled(self) -> set[str]:
        names = ("trainButton", "pauseButton", "stepButton", "stopButton")
        return {name for name in names if self.find(name).isEnabled()}

    def close(self) -> None:
        assert self.controller.shutdown()
        self.session.close()


@pytest.fixture
def setup(qtbot, tmp_path):
    made = []

    def build(jobs=None, digits: int = 100) -> Setup:
        made.append(Setup(qtbot, tmp_path, FakeJobs() if jobs is None else jobs, digits))
        return made[-1]

    yield build
    for one in made:
        one.close()


QUICK = TrainConfig(epochs=2, batch_size=50)
LONG = TrainConfig(epochs=10_000, batch_size=1)


def test_the_stable_names_are_there_and_every_button_says_what_it_is(setup):
    page = setup()
    names = "trainButton pauseButton stopButton stepButton runProgress lossPlot accuracyPlot axisCombo"
    for name in names.split():
        assert page.find(name).accessibleName(), name
    for button in page.page.findChildren(QPushButton):
        assert button.accessibleName() or not button.isVisibleTo(page.page)


def test_the_arithmetic_before_training_is_that_of_the_real_split(setup):
    page = setup(digits=130)
    counts = page.session.document.samples.split_counts()
    train, val = counts[Split.TRAIN], counts[Split.VAL]
    page.page.form.set_config(TrainConfig(batch_size=50, epochs=3))
    said = page.page.arithmetic.plain_text()
    assert f"{train} image(s) ÷ 50 = 3 step(s)" in said
    assert f"the last batch has {train - 100}" in said
    assert f"× 3 epoch(s) = 9 step(s) = {3 * train} image(s) shown" in said
    assert f"+ {val} image(s) held back" in said
    page.page.form.set_config(TrainConfig(batch_size=train // 2, epochs=3))
    assert f"each batch has {train // 2}" in page.page.arithmetic.plain_text()


def test_the_arithmetic_follows_every_key_and_says_when_a_batch_is_larger_than_the_data(setup):
    page = setup()
    spin = page.find("batchSizeSpin")
    spin.selectAll()
    QTest.keyClicks(spin, "5000")
    assert "larger than the data" in page.page.arithmetic.plain_text()


def test_unlabelled_digits_do_not_count(setup):
    page = setup(digits=0)
    page.session.document.samples.add_arrays(np.ones((20, 28, 28), np.uint8), [None] * 20)
    page.session.imported()
    assert not page.find("trainButton").isEnabled()
    page.session.set_label(list(range(1, 21)), 3)
    assert page.find("trainButton").isEnabled()


def test_without_digits_the_page_says_what_to_do_with_one_button(setup, qtbot):
    page = setup(digits=0)
    assert page.enabled() == set()
    assert "no labelled digits" in page.page.arithmetic.plain_text()
    page.click("addStarterButton")
    qtbot.waitUntil(lambda: page.find("trainButton").isEnabled(), timeout=30_000)
    assert not page.find("addStarterButton").isVisible()


@pytest.mark.parametrize("epochs", [7, 200])
def test_the_progress_ends_at_exactly_100_percent(setup, epochs):
    page = setup()
    page.train(TrainConfig(epochs=epochs, batch_size=50))
    bar = page.find("runProgress")
    assert isinstance(bar, QProgressBar)
    assert bar.value() == bar.maximum() == 2 * epochs
    assert bar.text() == "100 %"
    assert len([line for line in page.page.run_view.log.lines() if line.startswith("Epoch")]) == epochs
    assert page.page.run_view.log.lines()[-1].startswith(f"Epoch {epochs}/{epochs}")


def test_an_early_stop_fills_the_bar_and_says_so(setup):
    page = setup(FakeJobs(ends_early_at=3))
    page.train(TrainConfig(epochs=10, batch_size=50, early_stop=2))
    assert page.find("runProgress").text() == "100 %"
    assert "Stopped early after epoch 3 of 10" in page.find("epochLabel").text()


def test_a_log_line_is_seen_whole_at_the_windows_first_width(qtbot):
    log = TrainingLog()
    qtbot.addWidget(log)
    log.resize(800, 120)
    log.show()
    usual = log.font().pointSizeF()
    log.add(["Epoch 1/5  4/4 - 0s 3ms/step - accuracy: 0.5000 - loss: 1.2500"])
    assert log.font().pointSizeF() == usual
    line = "Epoch 100/100  1250/1250 - 12s 12ms/step - accuracy: 0.9758 - loss: 0.0757 - "
    log.add([line + "val_accuracy: 0.9820 - val_loss: 0.0597"])
    assert 0.8 * usual <= log.font().pointSizeF() < usual
    log.resize(400, 120)
    assert log.horizontalScrollBar().maximum() == 0
    log.resize(1_600, 120)
    assert log.font().pointSizeF() == usual


def test_a_log_line_reads_as_keras_prints_it(setup):
    page = setup()
    page.train(QUICK)
    assert page.page.run_view.log.lines()[-1] == (
        "Epoch 2/2  2/2 - 0s 10ms/step - accuracy: 0.7500 - loss: 1.0000 "
        "- val_accuracy: 0.7000 - val_loss: 1.1000"
    )


def test_the_buttons_follow_the_state(setup, qtbot):
    page = setup()
    assert page.enabled() == {"trainButton", "stepButton"}
    page.page.form.set_config(LONG)
    page.click("trainButton")
    qtbot.waitUntil(lambda: page.controller.state == "running")
    assert page.enabled() == {"pauseButton", "stopButton"}
    assert not page.page.form.isEnabled()
    page.click("pauseButton")
    assert page.find("pauseButton").isEnabled() is (page.controller.state == "paused")
    qtbot.waitUntil(lambda: page.controller.state == "paused")
    assert page.enabled() == {"pauseButton", "stepButton", "stopButton"}
    assert page.find("pauseButton").text() == "Resume"
    page.click("pauseButton")
    assert page.controller.state == "running"
    page.click("stopButton")
    page.wait_for_the_end()
    assert page.enabled() == {"trainButton", "stepButton"}
    assert page.page.form.isEnabled()


def test_a_step_from_the_start_and_a_step_while_paused_move_one_step_each(setup, qtbot):
    page = setup()
    page.page.form.set_config(LONG)
    for done in (1, 2, 3):
        page.click("stepButton")
        qtbot.waitUntil(
            lambda done=done: page.controller.state == "paused" and page.find("runProgress").value() == done
        )
    page.click("stopButton")
    page.wait_for_the_end()


def test_a_paused_training_still_has_its_digits_when_they_are_deleted(setup, qtbot):
    page = setup()
    page.page.form.set_config(LONG)
    page.click("stepButton")
    qtbot.waitUntil(lambda: page.controller.state == "paused")
    said = page.page.arithmetic.plain_text()
    page.session.delete(page.session.document.samples.load().ids.tolist())
    assert page.page.arithmetic.plain_text() == said
    assert page.enabled() == {"pauseButton", "stepButton", "stopButton"}
    page.click("stopButton")
    page.wait_for_the_end()
    assert page.page.arithmetic.plain_text().startswith("There are no labelled digits")


def test_the_running_configuration_is_shown(setup, qtbot):
    page = setup()
    config = replace(LONG, seed=7)
    assert page.controller.start(config)
    qtbot.waitUntil(lambda: page.controller.state == "running")
    assert page.page.form.config() == config


def test_the_end_says_how_good_it_is_and_leads_to_the_test_page(setup):
    page = setup()
    asked = []
    page.page.test_requested.connect(lambda: asked.append(True))
    page.train(QUICK)
    assert page.find("outcomeLabel").text().startswith("Trained: 70.0 %")
    page.click("outcomeButton")
    assert asked == [True]


def test_the_accuracy_stands_with_its_interval_and_its_n(setup):
    page = setup()
    page.train(QUICK)
    assert page.find("valAccuracyLabel").text() == "70.0 %"
    assert page.find("intervalLabel").text() == "[39.7 – 89.2 %]  validation, n = 10"


def test_a_failure_says_its_sentence_offers_a_cure_and_leaves_a_usable_page(setup):
    page = setup(FakeJobs(error=EngineError(Code.LOSS_NOT_FINITE, epoch=1, step=1, learning_rate=0.5)))
    page.train(replace(QUICK, learning_rate=0.5))
    ((kind, text),) = page.messages
    assert kind == "error" and "learning rate 0.5 is too high" in text
    assert page.enabled() == {"trainButton", "stepButton"}
    page.click("outcomeButton")
    assert page.page.form.config().learning_rate == 0.05


def test_a_failure_is_no_longer_true_once_another_training_has_begun(setup):
    page = setup(FakeJobs(error=EngineError(Code.LOSS_NOT_FINITE, epoch=1, step=1, learning_rate=0.5)))
    holds: list = []
    page.page.message.connect(lambda *told: holds.append(told[-1]))
    page.train(QUICK)
    assert [still() for still in holds] == [True]
    page.click("trainButton")
    page.wait_for_the_end(2)
    assert [still() for still in holds] == [False, True]


@pytest.mark.expects("a worker failed")
def test_an_unforeseen_failure_is_said_once_and_training_can_start_again(setup):
    page = setup(FakeJobs(error=ZeroDivisionError("x")))
    page.train(QUICK)
    assert [kind for kind, _ in page.messages] == ["error"]
    page.click("trainButton")
    page.wait_for_the_end(2)


def test_the_curves_hold_every_epoch_even_of_a_run_that_was_not_looked_at(setup):
    page = setup()
    page.page.hide()
    page.controller.start(TrainConfig(epochs=5, batch_size=50))
    page.wait_for_the_end()
    assert [kind for kind, _ in page.messages] == ["success"]
    page.page.show()
    assert list(page.page.run_view.curves.loss.train.getOriginalDataset()[0]) == [1, 2, 3, 4, 5]


def test_closing_over_a_running_training_leaves_no_thread(setup, qtbot):
    page = setup()
    page.page.form.set_config(LONG)
    page.click("trainButton")
    qtbot.waitUntil(lambda: page.controller.state == "running")
    page.page.close()
    assert page.controller.shutdown()


def test_every_text_is_there_in_another_language_at_once(setup, qapp, translations, system_again):
    from gui.i18n import Translation

    page = setup()
    page.train(QUICK)
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    assert page.find("trainButton").accessibleName() == page.find("trainButton").text()


def test_a_stored_run_is_described_in_the_windows_language(setup, qapp, translations, system_again):
    document = setup().session.document
    record = document.runs.get(
        document.runs.create(TrainConfig(model="mlp", epochs=3), {"n_train": 8}, {Split.TRAIN: ([1], [1])})
    )
    translation = Translation(qapp, translations)
    translation.use("en")
    assert described(record) == "MLP, 3 epochs"
    translation.use("ja")
    assert described(record) == "MLP, 3 エポック"
