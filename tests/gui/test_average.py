"""Beside what the model sees stands the average of the training digits of the class that it reads."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from try_fakes import FakeModels, FakeReader, add_run, until

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.errors import Code, EngineError
from gui.average_reader import Averages, find_averages
from gui.messages import Kind
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.tour_hand import draw
from gui.why_reader import WhyWork
from gui.widgets.picture_pair import PicturePair


@pytest.fixture
def open_page(session, qtbot, system_again):
    """Returns a function that shows the page; the shipped model reads 4, runs read 9."""
    opened = []

    def open_over(find) -> TestPage:
        runs = {record.id: FakeReader({9: 0.8}) for record in session.document.runs.list()}
        models = ModelChoice(session, FakeModels({None: FakeReader({4: 0.9}), **runs}))
        page = TestPage(session, models, work=WhyWork(find_averages=find))
        page.said = []
        page.message.connect(lambda kind, words: page.said.append((kind, words())))
        opened.append((page, models))
        qtbot.addWidget(page)
        page.resize(1_200, 640)
        page.show()
        until(qtbot, lambda: models.reader)
        return page

    yield open_over
    for page, models in opened:
        assert page.shutdown()
        assert models.shutdown()


def test_the_average_is_of_the_digits_the_run_learnt_from(open_page, session, qtbot):
    images = np.random.default_rng(0).integers(0, 256, (60, 28, 28), np.uint8)
    ids = np.array(session.document.samples.add_arrays(images, [9] * 60, Split.TRAIN).ids, np.int64)
    nines = np.full(60, 9, np.int8)
    members = {Split.TRAIN: (ids[:40], nines[:40]), Split.VAL: (ids[40:], nines[40:])}
    run = session.document.runs.create(TrainConfig(), {}, members)
    session.document.runs.update(run, state="finished", best_epoch=1)
    session.runs_changed.emit()
    page = open_page(find_averages)
    page._models.choose(run)
    until(qtbot, lambda: page._models.reader)
    draw(page.pad.canvas, 1)
    until(qtbot, lambda: page.answer.average.digit() is not None)
    assert np.abs(page.answer.average.digit() - images[:40].mean(axis=0)).max() <= 0.5
    assert page.answer.average.accessibleName() == "Average 9"


def test_what_was_read_while_nobody_looked_has_its_average_once_the_page_is_seen(open_page, qtbot):
    page = open_page(find_averages)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.answer.average.digit() is not None)
    strokes = page.pad.canvas.strokes()
    page.pad.clear()
    page.hide()
    page.pad.show_strokes(strokes)
    page.show()
    until(qtbot, lambda: page.answer.average.digit() is not None)
    assert page.answer.average.accessibleName() == "Average starter 4"


def test_the_shipped_model_says_that_the_digits_are_the_starter_digits(open_page, qtbot):
    page = open_page(find_averages)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.answer.average.digit() is not None)
    assert page.answer.average.accessibleName() == "Average starter 4"
    assert page.answer.average.digit()[14, 10:18].max() > 60  # there is ink in the middle of fours
    QTest.mouseClick(page.pad.clear_button, Qt.MouseButton.LeftButton)
    assert page.answer.average.digit() is None


def test_it_is_made_once_for_a_run_and_only_when_it_is_seen(open_page, session, qtbot):
    asked = []
    average = np.full((28, 28), 7, np.uint8)

    def find(document, run) -> Averages:
        asked.append(run)
        return Averages([average] * 10, is_starter=run is None)

    run = add_run(session)
    page = open_page(find)
    page.tabs.setCurrentIndex(1)
    draw(page.pad.canvas, 9)
    assert asked == []
    page.tabs.setCurrentIndex(0)
    until(qtbot, lambda: page.answer.average.digit() is average)
    for choice in (None, run, None):
        page._models.choose(choice)
        until(qtbot, lambda: page._models.reader and page.answer.average.digit() is average)
    assert asked == [run, None]


def test_a_class_without_digits_has_no_average(open_page, qtbot):
    page = open_page(lambda *_asked: Averages([None] * 10, is_starter=False))
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page._averages._known)
    assert page.answer.average.digit() is None


def test_digits_that_cannot_be_read_are_told_once(open_page, qtbot):
    def find(document, run) -> Averages:
        raise EngineError(Code.RUN_MISSING, run=3)

    page = open_page(find)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.said)
    page.pad.clear()
    draw(page.pad.canvas, 4)
    assert [kind for kind, _words in page.said] == [Kind.ERROR]
    assert page.answer.digit.text() == "4"


def test_of_a_lesson_the_tool_tip_says_that_rehearsed_digits_are_in_the_average(open_page, session, qtbot):
    average = np.full((28, 28), 7, np.uint8)
    page = open_page(lambda *_asked: Averages([average] * 10, is_starter=False, has_rehearsed=True))
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.answer.average.digit() is average)
    assert page.answer.average.accessibleName() == "Average 4"
    assert page.answer.average.toolTip().endswith("your own digits, and the starter digits that it rehearsed")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_both_small_pictures_are_equally_large_in_every_language(start_dojo, qtbot, language):
    dojo = start_dojo(None, language)
    dojo.window.show_page("test")
    dojo.window.resize(1_280, 720)
    pictures = dojo.test_page.answer.pictures
    qtbot.waitUntil(lambda: pictures.pixel() == 4)
    line = pictures.fontMetrics().height() + 2
    assert pictures.sees.width() == pictures.sees.height() == 4 * 28
    assert pictures.average.height() == 4 * 28 + line and pictures.average.width() >= 4 * 28


def test_without_room_for_both_only_what_the_model_sees_is_shown(qtbot):
    pictures = PicturePair()
    qtbot.addWidget(pictures)
    pictures.resize(150, 200)
    pictures.show()
    assert (pictures.sees.width(), pictures.average.width()) == (pictures.pixel() * 28, 0)
    pictures.resize(400, 200)
    assert pictures.average.width() >= pictures.sees.width() == pictures.pixel() * 28
