"""Walking through single batches of a real training, with real clicks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.events import BatchWalked
from engine.training.batches import order_of
from gui.document_session import DocumentSession
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController
from gui.widgets import batch_walk
from gui.widgets.batch_table import Stage

CONFIG = TrainConfig(
    model="mlp", hidden=(8,), epochs=3, batch_size=16, augment="off", learning_rate=0.01, seed=2, device="cpu"
)
TIMEOUT = 60_000


class Walker:
    """A Train page over 40 training digits, at its tab of single batches."""

    def __init__(self, qtbot, folder) -> None:
        self.qtbot = qtbot
        self.session = DocumentSession(folder)
        self.session.start()
        random = np.random.default_rng(1)
        images = random.integers(0, 255, (40, 28, 28), np.uint8)
        self.session.document.samples.add_arrays(images, np.arange(40) % 10, Split.TRAIN)
        self.controller = TrainingController(lambda: self.session.document.path)
        self.page = TrainPage(self.session, self.controller)
        self.page.form.set_config(CONFIG)
        self.told: list[BatchWalked] = []
        self.controller.events_received.connect(
            lambda events: self.told.extend(event for event in events if isinstance(event, BatchWalked))
        )
        qtbot.addWidget(self.page)
        self.page.resize(1100, 620)
        self.page.show()
        self.walk = self.page.walk

    def open_tab(self) -> None:
        bar = self.page.run_view.tabs.tabBar()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
        assert self.walk.isVisible()

    def click(self, button) -> None:
        assert button.isVisible() and button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait_for_whole_batch(self, step: int) -> BatchWalked:
        self.qtbot.waitUntil(
            lambda: bool(self.told) and self.told[-1].step >= step and self.walk.table.stage == Stage.AFTER,
            timeout=TIMEOUT,
        )
        return self.told[-1]


@pytest.fixture
def walker(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(batch_walk, "DEAL_MS", {"still": 1, "slow": 1})
    monkeypatch.setattr(batch_walk, "LOOK_MS", {"still": 1, "slow": 1})
    monkeypatch.setattr(batch_walk, "NEXT_MS", {"slow": 1, "play": 1})
    walker = Walker(qtbot, tmp_path)
    yield walker
    assert walker.controller.shutdown()
    walker.page.close()
    walker.session.close()


def test_one_press_shows_the_first_batch_of_the_trainers_own_order_before_and_after(walker):
    walker.open_tab()
    stages = []
    walker.walk.table.dealt.connect(lambda: stages.append(walker.walk.table.stage))
    walker.click(walker.walk.step)
    event = walker.wait_for_whole_batch(1)
    assert stages == [Stage.BEFORE]
    assert list(event.indices) == order_of(40, 2, 1, "shuffle")[:16].tolist()
    assert walker.walk.caption.text() == "Step 1: batch 1 of 3 in epoch 1, cards 1–16 of 40"
    before, after = event.before, event.after
    assert walker.walk.result.text() == (
        f"loss {before.loss:.3f} → {after.loss:.3f} · read right: {before.correct} → {after.correct} of 16"
    )
    walker.qtbot.waitUntil(lambda: walker.controller.state == "paused", timeout=TIMEOUT)
    walker.click(walker.walk.step)
    assert walker.wait_for_whole_batch(2).first == 16


def test_the_pointer_on_an_image_tells_its_label_guesses_and_losses(walker):
    walker.open_tab()
    walker.click(walker.walk.step)
    event = walker.wait_for_whole_batch(1)
    table = walker.walk.table
    assert table.shown_images() == 16
    text = table.sentence(3)
    assert text.startswith(f"Label {event.labels[3]}.\nBefore: {event.before.guesses[3]} (")
    assert text.endswith(f"loss {event.after.losses[3]:.2f}")
    assert text.replace("\n", " ") in table.accessibleDescription()
    under = {table.image_at(QPoint(x, y)) for x in range(0, table.width(), 8) for y in range(0, 400, 8)}
    assert under == {None, *range(16)}


def test_the_histogram_counts_how_often_each_image_was_drawn(walker):
    walker.page.form.set_config(TrainConfig.from_dict({**CONFIG.to_dict(), "sampling": "replacement"}))
    walker.open_tab()
    for step in (1, 2, 3):
        walker.click(walker.walk.step)
        walker.wait_for_whole_batch(step)
        walker.qtbot.waitUntil(lambda: walker.controller.state == "paused", timeout=TIMEOUT)
    times = np.bincount(order_of(40, 2, 1, "replacement").numpy(), minlength=40)
    wanted = [int((times == count).sum()) for count in range(4)] + [int((times >= 4).sum())]
    assert walker.walk.drawn.counts() == wanted
    assert walker.walk.drawn.counts(is_other=True) == [0, 40, 0, 0, 0]
    assert walker.walk.caption.text() == "Step 3: batch 3 of 3 in epoch 1, draws 33–40 of 40"
    assert f"0×: {wanted[0]}" in walker.walk.drawn.accessibleDescription()


@pytest.mark.parametrize("mode", ["slow", "play"])
def test_slow_and_play_walk_through_every_batch_to_the_end(walker, mode):
    walker.open_tab()
    endings = []
    walker.controller.run_ended.connect(endings.append)
    walker.click(getattr(walker.walk, mode))
    walker.qtbot.waitUntil(lambda: bool(endings), timeout=TIMEOUT)
    assert [event.step for event in walker.told] == list(range(1, 10))
    assert not walker.walk.slow.isChecked() and not walker.walk.play.isChecked()
    assert walker.session.document.runs.last().state == "finished"


def test_leaving_the_tab_ends_the_walk_and_the_training_tells_of_no_batch_any_more(walker):
    walker.open_tab()
    walker.click(walker.walk.slow)
    walker.wait_for_whole_batch(1)
    walker.page.run_view.tabs.setCurrentIndex(0)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "paused", timeout=TIMEOUT)
    told = len(walker.told)
    endings = []
    walker.controller.run_ended.connect(endings.append)
    walker.click(walker.page.buttons.pause)  # Resume
    walker.qtbot.waitUntil(lambda: bool(endings), timeout=TIMEOUT)
    assert len(walker.told) <= told + 1  # at most the step that was on its way


def test_a_training_that_runs_is_caught_and_walked_through(walker):
    walker.page.form.set_config(TrainConfig.from_dict({**CONFIG.to_dict(), "epochs": 5_000}))
    walker.open_tab()
    walker.click(walker.page.buttons.train)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "running", timeout=TIMEOUT)
    walker.click(walker.walk.slow)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "paused", timeout=TIMEOUT)
    at = walker.told[-1].step if walker.told else 0
    later = walker.wait_for_whole_batch(at + 2)
    assert later.step >= at + 2
    walker.click(walker.page.buttons.stop)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "idle", timeout=TIMEOUT)


def test_another_document_clears_the_table(walker):
    walker.open_tab()
    walker.click(walker.walk.step)
    walker.wait_for_whole_batch(1)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "paused", timeout=TIMEOUT)
    walker.click(walker.page.buttons.stop)
    walker.qtbot.waitUntil(lambda: walker.controller.state == "idle", timeout=TIMEOUT)
    walker.session.new()
    assert walker.walk.caption.text() == "" and walker.walk.hint.isVisible()
    assert not walker.walk.step.isEnabled()
