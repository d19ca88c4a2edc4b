"""The preview of augmentation: a digit of the document, varied by the engine's own augmentation."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.augmentation import NAMED
from engine.data.splits import Split
from engine.training.batches import varied
from gui.augment_sampler import AugmentSampler
from gui.document_session import DocumentSession
from gui.pages.train_page import TrainPage
from gui.training_controller import TrainingController


class Preview:
    def __init__(self, qtbot, folder, digits=20) -> None:
        self.session = DocumentSession(folder)
        self.session.start()
        self.images = np.zeros((digits, 28, 28), np.uint8)
        for number, image in enumerate(self.images):
            image[6:22, 8 + number % 8 : 12 + number % 8] = 200 + number
        if digits:
            self.session.document.samples.add_arrays(self.images, np.arange(digits) % 10, Split.TRAIN)
        self.controller = TrainingController(lambda: self.session.document.path)
        self.sampler = AugmentSampler(lambda: self.session.document)
        self.page = TrainPage(self.session, self.controller, sampler=self.sampler)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 620)
        self.page.show()
        self.qtbot = qtbot
        self.view = self.page.preview

    def pictures(self) -> np.ndarray:
        return np.frombuffer(self.view.pixels, np.uint8).reshape(-1, 28, 28)

    def choose(self, strength: str) -> None:
        before = self.view.pixels
        combo = self.page.form.augment
        combo.setCurrentIndex(combo.findData(strength))
        self.qtbot.waitUntil(lambda: self.view.pixels != before, timeout=60_000)


@pytest.fixture
def preview(qtbot, tmp_path):
    made = []

    def make(**more) -> Preview:
        made.append(Preview(qtbot, tmp_path / "data", **more))
        return made[-1]

    yield make
    for one in made:
        assert one.sampler.shutdown() and one.controller.shutdown()


def test_a_digit_is_shown_beside_its_variations_and_they_follow_the_setting(preview):
    here = preview()
    here.qtbot.waitUntil(here.view.isVisible, timeout=60_000)
    light = here.pictures()
    assert any((light[0] == image).all() for image in here.images)
    assert (light[1:] == varied(np.repeat(light[:1], 5, axis=0), NAMED["light"], 0)).all()
    here.choose("strong")
    strong = here.pictures()
    assert (strong[0] == light[0]).all() and (strong[1:] != light[1:]).any()
    here.choose("off")
    assert not here.view.isVisible()


def test_a_press_shows_another_digit(preview):
    here = preview()
    here.qtbot.waitUntil(here.view.isVisible, timeout=60_000)
    first = here.pictures()[0]
    QTest.mouseClick(here.view, Qt.MouseButton.LeftButton)
    here.qtbot.waitUntil(lambda: (here.pictures()[0] != first).any(), timeout=60_000)
    second = here.view.pixels
    QTest.keyClick(here.view, Qt.Key.Key_Space)
    here.qtbot.waitUntil(lambda: here.view.pixels != second, timeout=60_000)


def test_without_a_digit_there_is_nothing_to_preview(preview):
    assert not preview(digits=0).view.isVisible()
