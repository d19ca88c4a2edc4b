"""A picture with a hundred digits is judged and read beside the window, once."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from try_fakes import FakeModels, FakeReader, load_unstudied, until

from engine.data import starter
from gui.live_reader import LiveReader
from gui.model_choice import ModelChoice
from gui.page_reader import Written, find
from gui.pages.test_page import TestPage
from gui.picture_reader import read_file

LEFT = Qt.MouseButton.LeftButton
SIDE = 10
PITCH = 84  # pixels from digit to digit


class Watched:
    """A model that notes which thread asked how much of what."""

    def __init__(self, reader) -> None:
        self._reader = reader
        self.judged: list[tuple[int, int]] = []
        self.read: list[tuple[int, int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def shares(self, images: np.ndarray) -> np.ndarray:
        assert self.gate.wait(10)
        self.judged.append((threading.get_ident(), len(images)))
        return self._reader.shares(images)

    def predict(self, images: np.ndarray) -> list:
        self.read.append((threading.get_ident(), len(images)))
        return self._reader.predict(images)

    def study(self, document: object, run: int | None, is_wanted: object) -> None:
        return None


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The file of a page with ten rows of ten starter digits."""
    images = starter.load_kept()[0][: SIDE * SIDE]
    ground = np.full((SIDE * PITCH + 28, SIDE * PITCH + 28), 255, np.uint8)
    for place, image in enumerate(images):
        top, left = (28 + PITCH * step for step in divmod(place, SIDE))
        ground[top : top + 56, left : left + 56] -= np.kron(image, np.ones((2, 2), np.uint8))
    path = tmp_path_factory.mktemp("sheet") / "sheet.png"
    Image.fromarray(ground).save(path)
    return path


@pytest.fixture(scope="module")
def written(sheet):
    picture = read_file(sheet)
    return Written(picture.rows, picture.prepared)


@pytest.fixture
def live(qtbot, session, written):
    """A reader of the sheet with the shipped model and gate; ``heard`` has its readings."""
    models = SimpleNamespace(reader=Watched(load_unstudied(session.document, None)))
    threshold = SimpleNamespace(value=None)
    live = LiveReader(lambda: written, models, threshold=lambda: threshold.value)
    heard: list = []
    live.answered.connect(heard.append)
    yield SimpleNamespace(live=live, models=models, threshold=threshold, heard=heard)
    assert live.shutdown()


def answers(reading) -> list:
    return [digit.prediction for digit in reading.digits]


def test_the_windows_thread_never_asks_for_a_page_of_digits(live, written, qtbot):
    live.live.read_now()
    assert live.live.is_reading and not live.heard[-1].digits
    until(qtbot, lambda: live.heard[-1].digits)
    reader = live.models.reader
    assert len(live.heard[-1].digits) >= 95
    assert threading.get_ident() not in {thread for thread, _ in reader.judged + reader.read}
    at_once = find(written, reader, {})
    assert answers(live.heard[-1]) == at_once.answers, "bit for bit what is read without a worker"
    parts = [part.pieces for row in at_once.parts for part in row]
    assert [digit.pieces for digit in live.heard[-1].digits] == parts


def test_another_threshold_decides_anew_without_asking(live, qtbot):
    live.live.read_now()
    until(qtbot, lambda: live.heard[-1].digits)
    reader, before = live.models.reader, live.heard[-1]
    asked = (len(reader.judged), len(reader.read))
    live.threshold.value = 1.0
    live.live.read_now()
    assert live.heard[-1].text.count("?") > before.text.count("?")
    assert (len(reader.judged), len(reader.read)) == asked
    live.threshold.value = None
    live.live.read_now()
    assert live.heard[-1].text == before.text


def test_another_model_reads_the_digits_but_the_gate_is_not_asked_for_the_parts_again(live, qtbot):
    live.live.read_now()
    until(qtbot, lambda: live.heard[-1].digits)
    before = live.heard[-1]
    live.models.reader = other = Watched(live.models.reader)
    live.live.read_now()
    assert live.heard[-1] is before, "what was read stays meanwhile"
    until(qtbot, lambda: not live.live.is_reading)
    assert other.judged == [] and [n for _, n in other.read] == [len(before.digits)]
    assert answers(live.heard[-1]) == answers(before)


def test_a_model_that_was_measured_reads_anew(live, qtbot):
    live.live.read_now()
    until(qtbot, lambda: live.heard[-1].digits)
    reader, judged = live.models.reader, len(live.models.reader.judged)
    live.live.forget_answers()
    live.live.read_now()
    until(qtbot, lambda: not live.live.is_reading)
    assert len(reader.read) == 2
    assert len(reader.judged) == judged, "the gate says the same of the parts"


def test_a_digit_key_means_no_whole_page_while_it_is_read(session, qtbot, system_again, sheet):
    reader = Watched(FakeReader({7: 0.9}))
    models = ModelChoice(session, FakeModels({None: reader}))
    page = TestPage(session, models)
    qtbot.addWidget(page)
    page.show()
    until(qtbot, lambda: models.reader)
    reader.gate.clear()
    page.read_file(sheet)
    until(qtbot, page.pad.has_picture)
    assert page.answer.sentence.text() == "Reading the picture…"
    qtbot.mouseClick(page.teach.buttons[3], LEFT)
    assert page.teach.note.text() == "Reading the picture…"
    assert len(session.document.samples.load()) == 0
    page.pad.clear()  # nobody waits for it any more
    assert page.pad.is_empty() and "Write a digit" in page.answer.sentence.text()
    reader.gate.set()
    assert page.shutdown()
    assert models.shutdown()
    assert page.answer.digit.text() != "7"
