"""The Train page with the real engine: real clicks, real digits in a document, real checkpoints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.run_lock import held_run
from engine.data.splits import Split
from engine.errors import Code
from engine.events import RunFinished
from gui.document_session import DocumentSession
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController

FOUR_EPOCHS = TrainConfig(
    model="mlp", hidden=(16,), epochs=4, batch_size=45, augment="light", seed=3, device="cpu"
)
TIMEOUT = 60_000


def digits() -> tuple[np.ndarray, np.ndarray]:
    """100 digits that differ in where their ink is: 10 a class."""
    labels = np.arange(100) % 10
    images = np.random.default_rng(5).integers(0, 40, (100, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[4 + 2 * label : 8 + 2 * label, 6:22] = 220
    return images, labels


class Sitting:
    """The program from its start to its end, without the frame around the page."""

    def __init__(self, qtbot, folder) -> None:
        self.qtbot = qtbot
        self.session = DocumentSession(folder)
        self.session.start()
        if not self.session.document.samples.count():
            self.session.document.samples.add_arrays(*digits())
        self.controller = TrainingController(lambda: self.session.document.path)
        self.page = TrainPage(self.session, self.controller)
        self.endings: list = []
        self.controller.run_ended.connect(lambda _ending: self.session.trained())
        self.controller.run_ended.connect(self.endings.append)
        self.messages: list = []
        self.page.message.connect(lambda kind, words, *_: self.messages.append((kind, words())))
        self.page.resize(1100, 620)
        self.page.show()

    def click(self, button) -> None:
        assert button.isEnabled() and button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait_for(self, state: str) -> None:
        self.qtbot.waitUntil(lambda: self.controller.state == state, timeout=TIMEOUT)

    def wait_for_the_end(self) -> RunFinished:
        self.qtbot.waitUntil(lambda: bool(self.endings), timeout=TIMEOUT)
        assert isinstance(self.endings[0], RunFinished), self.endings
        return self.endings[0]

    def weights(self, run: int = 1) -> dict[str, bytes]:
        runs = self.session.document.runs
        return {kind: bytes(runs.load_checkpoint(run, kind).weights) for kind in ("last", "best")}

    def quit(self) -> None:
        assert self.controller.shutdown()
        self.page.close()
        self.page.deleteLater()
        self.session.close()


@pytest.fixture
def begin(qtbot, tmp_path):
    sittings = []

    def start(name: str) -> Sitting:
        sittings.append(Sitting(qtbot, tmp_path / name))
        return sittings[-1]

    yield start
    for sitting in sittings:
        assert sitting.controller.shutdown()


def straight(begin) -> dict[str, bytes]:
    sitting = begin("straight")
    sitting.page.form.set_config(FOUR_EPOCHS)
    sitting.click(sitting.page.buttons.train)
    sitting.wait_for_the_end()
    weights = sitting.weights()
    sitting.quit()
    return weights


def test_digits_train_through_the_page_to_points_on_the_curve_and_a_stored_run(begin):
    sitting = begin("first")
    page = sitting.page
    page.form.set_config(TrainConfig(model="mlp", epochs=2, batch_size=10, augment="off"))
    sitting.click(page.buttons.train)
    ending = sitting.wait_for_the_end()
    assert list(page.run_view.curves.loss.train.getOriginalDataset()[0]) == [1, 2]
    assert page.run_view.progress.bar.text() == "100 %"
    record = sitting.session.document.runs.last()
    assert (record.state, record.val_accuracy) == ("finished", ending.val_accuracy)
    assert page.run_view.curves.accuracy.val.getOriginalDataset()[1][ending.best_epoch - 1] == pytest.approx(
        100 * ending.val_accuracy
    )
    assert page.buttons.go_on.text() == "Continue run 1"
    sitting.quit()


def test_four_epochs_equal_two_a_pause_a_quit_and_two_more_byte_for_byte(begin):
    first = begin("interrupted")
    first.page.form.set_config(FOUR_EPOCHS)
    for step in range(1, 5):  # 2 epochs of 2 steps; then it waits
        first.click(first.page.buttons.step)
        first.qtbot.waitUntil(
            lambda step=step: (
                first.controller.state == "paused" and first.page.run_view.progress.bar.value() == step
            ),
            timeout=TIMEOUT,
        )
    first.quit()

    second = begin("interrupted")
    button = second.page.buttons.go_on
    assert button.text() == "Continue run 1 from epoch 3"
    assert second.page.form.config() == FOUR_EPOCHS
    second.click(button)
    assert second.wait_for_the_end().epoch == 4
    resumed = second.weights()
    assert list(second.page.run_view.curves.loss.train.getOriginalDataset()[0]) == [1, 2, 3, 4]
    second.quit()
    assert resumed == straight(begin)


def test_after_a_restart_the_log_reads_as_it_did_before(begin):
    first = begin("log")
    first.page.form.set_config(replace(FOUR_EPOCHS, epochs=2))
    first.click(first.page.buttons.train)
    first.wait_for_the_end()
    first.page.buttons.extra.setValue(1)
    first.endings.clear()
    first.click(first.page.buttons.go_on)
    first.wait_for_the_end()
    lines = first.page.run_view.log.lines()
    first.quit()
    second = begin("log")
    again = second.page.run_view.log.lines()
    second.quit()
    assert [line.split(" - ")[0] for line in lines if line.startswith("Epoch")] == [
        *("Epoch 1/2  2/2", "Epoch 2/2  2/2", "Epoch 3/3  2/2")
    ]
    told_again = [number for number, line in enumerate(lines) if line.startswith("Run 1")][1:]
    assert again == [line for number, line in enumerate(lines) if number not in told_again]


def test_a_pause_in_the_middle_changes_nothing(begin):
    sitting = begin("paused")
    sitting.page.form.set_config(FOUR_EPOCHS)
    sitting.click(sitting.page.buttons.train)
    sitting.click(sitting.page.buttons.pause)
    sitting.wait_for("paused")
    sitting.click(sitting.page.buttons.pause)  # Resume
    sitting.wait_for_the_end()
    paused = sitting.weights()
    sitting.quit()
    assert paused == straight(begin)


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_run_without_a_whole_epoch_is_there_after_a_restart_and_goes_on(begin, is_killed):
    first = begin("young")
    if is_killed:  # before its first save: only its row is there
        samples = first.session.document.samples.load(Split.TRAIN)
        members = {Split.TRAIN: (samples.ids, samples.labels)}
        first.session.document.runs.create(FOUR_EPOCHS, {"n_train": len(samples)}, members)
    else:
        first.page.form.set_config(FOUR_EPOCHS)
        first.click(first.page.buttons.step)
        first.wait_for("paused")
    first.quit()

    second = begin("young")
    page = second.page
    assert page.run_view.progress.epoch.text() == "Stopped after epoch 0 of 4"
    assert page.run_view.progress.left.text() == ""
    assert page.run_view.progress.bar.value() == (0 if is_killed else 1), "the step that was taken counts"
    assert page.buttons.go_on.isVisible() is not is_killed
    if not is_killed:
        second.click(page.buttons.go_on)
        assert second.wait_for_the_end().epoch == 4
    second.quit()


def new_run(sitting, is_saved: bool) -> None:
    """Leave run 1 as a kill in its second epoch leaves it, or one before its first save."""
    if not is_saved:
        samples = sitting.session.document.samples.load(Split.TRAIN)
        members = {Split.TRAIN: (samples.ids, samples.labels)}
        sitting.session.document.runs.create(FOUR_EPOCHS, {"n_train": len(samples)}, members)
        return
    sitting.page.form.set_config(FOUR_EPOCHS)
    for step in (1, 2, 3):
        sitting.click(sitting.page.buttons.step)
        sitting.qtbot.waitUntil(
            lambda step=step: (
                sitting.controller.state == "paused" and sitting.page.run_view.progress.bar.value() == step
            ),
            timeout=TIMEOUT,
        )
    assert sitting.controller.shutdown()
    sitting.session.document.runs.update(1, state="running")


@pytest.mark.parametrize(
    ("is_saved", "sentence", "action"),
    [
        (True, "Run 1 was cut off in the middle. It can go on from its last save, in epoch 2.", "Continue"),
        (False, "Run 1 was cut off before anything of it was saved.", "Train it again"),
    ],
)
def test_a_run_that_was_cut_off_is_named_at_the_next_start_and_goes_on_with_one_button(
    begin, is_saved, sentence, action
):
    first = begin("cut off")
    new_run(first, is_saved)
    first.quit()
    second = begin("cut off")
    outcome = second.page.run_view.outcome
    assert (outcome.isVisible(), outcome.label.text(), outcome.button.text()) == (True, sentence, action)
    second.click(outcome.button)
    assert second.wait_for_the_end().epoch == 4
    second.quit()


def test_a_run_that_another_window_trains_is_not_called_cut_off_and_cannot_be_continued(begin):
    first = begin("both")
    new_run(first, is_saved=True)
    path = first.session.document.path
    first.quit()
    with held_run(path, 1):
        second = begin("both")
        assert not second.page.run_view.outcome.isVisible()
        second.click(second.page.buttons.go_on)
        second.qtbot.waitUntil(lambda: bool(second.endings), timeout=TIMEOUT)
        assert second.messages[-1][1].startswith("Run 1 is being trained, in this window or in another")
        second.quit()


@pytest.mark.parametrize("code", [Code.DISK_FULL, Code.LOSS_NOT_FINITE])
def test_a_run_that_failed_for_an_outer_reason_can_go_on(begin, code):
    sitting = begin("failed")
    sitting.page.form.set_config(FOUR_EPOCHS)
    sitting.click(sitting.page.buttons.step)
    sitting.wait_for("paused")
    sitting.click(sitting.page.buttons.stop)
    sitting.wait_for_the_end()
    sitting.endings.clear()
    sitting.session.document.runs.update(1, state="failed", reason=code.value)
    sitting.session.trained()
    button = sitting.page.buttons.go_on
    assert button.isVisible() is (code is Code.DISK_FULL)
    if code is Code.DISK_FULL:
        assert button.text() == "Continue run 1 from epoch 1"
        sitting.click(button)
        assert sitting.wait_for_the_end().epoch == 4
    sitting.quit()


def test_two_quick_presses_on_resume_leave_it_paused_and_able_to_go_on(begin):
    sitting = begin("double")
    buttons = sitting.page.buttons
    sitting.page.form.set_config(FOUR_EPOCHS)
    sitting.click(buttons.step)
    sitting.wait_for("paused")
    sitting.click(buttons.pause)  # Resume
    sitting.click(buttons.pause)  # Pause, before the training has noticed
    sitting.wait_for("paused")
    sitting.click(buttons.pause)
    sitting.wait_for_the_end()
    sitting.quit()


def test_a_finished_run_goes_on_for_more_epochs(begin):
    sitting = begin("extended")
    page = sitting.page
    page.form.set_config(TrainConfig(model="mlp", epochs=2, batch_size=10, augment="off"))
    sitting.click(page.buttons.train)
    sitting.wait_for_the_end()
    sitting.endings.clear()
    page.buttons.extra.setValue(3)
    sitting.click(page.buttons.go_on)
    assert sitting.wait_for_the_end().epoch == 5
    assert list(page.run_view.curves.loss.train.getOriginalDataset()[0]) == [1, 2, 3, 4, 5]
    assert page.run_view.progress.bar.text() == "100 %"
    assert [record.id for record in sitting.session.document.runs.list()] == [1]
    sitting.quit()


def test_two_runs_lie_over_each_other_and_are_there_again_after_a_restart(begin):
    sitting = begin("two")
    for epochs in (5, 40):
        sitting.page.form.set_config(TrainConfig(model="mlp", epochs=epochs, batch_size=10, augment="off"))
        sitting.click(sitting.page.buttons.train)
        sitting.wait_for_the_end()
        sitting.endings.clear()

    def shown(plot):
        return [
            list(curve.getOriginalDataset()[1])
            for curve in (plot.train, plot.val, plot.old_train, plot.old_val)
        ]

    before = [shown(plot) for plot in sitting.page.run_view.curves.plots]
    assert [len(values) for values in before[0]] == [40, 40, 5, 5]
    sitting.quit()
    again = begin("two")
    assert [shown(plot) for plot in again.page.run_view.curves.plots] == before
    again.quit()
