"""Closing the Test page ends what is measured and read beside it, soon and without a trace."""

from __future__ import annotations

import threading

import pytest
from PIL import Image, ImageDraw
from try_fakes import FakeReader, add_run, until

from gui.average_reader import Averages
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.picture_reader import read_file
from gui.why_reader import WhyWork

COMPARE = 2
PATIENCE = 20  # seconds after which a study that nobody ended gives up


class PatientReader(FakeReader):
    """A model whose study takes as long as it is wanted."""

    def __init__(self) -> None:
        super().__init__({3: 0.9})
        self.studied: list[int | None] = []
        self.ended: list[bool] = []  # of each study: it was told that it is wanted no longer

    def study(self, document: object, run: int | None, is_wanted) -> None:
        self.studied.append(run)
        pause = threading.Event()
        rounds = 0
        while is_wanted() and rounds < 100 * PATIENCE:
            pause.wait(0.01)
            rounds += 1
        self.ended.append(rounds < 100 * PATIENCE)


@pytest.fixture
def reader() -> PatientReader:
    return PatientReader()


@pytest.fixture
def open_page(session, qtbot, reader):
    """Returns a function that shows the page with the reader as every model."""

    def load(document, run, epoch=None) -> PatientReader:
        return reader

    def show() -> tuple[TestPage, ModelChoice]:
        models = ModelChoice(session, load)
        work = WhyWork(find_averages=lambda *_: Averages([None] * 10, is_starter=True), load_reader=load)
        page = TestPage(session, models, work=work)
        qtbot.addWidget(page)
        page.resize(1_000, 640)
        page.show()
        until(qtbot, lambda: reader.studied)
        return page, models

    return show


def test_closing_ends_a_study(open_page, reader):
    page, models = open_page()
    assert page.shutdown()
    assert models.shutdown()
    assert reader.ended == [True]


def test_another_model_ends_the_study_of_the_one_before(open_page, session, qtbot, reader):
    run = add_run(session)
    page, models = open_page()
    models.choose(run if models.current.run is None else None)
    until(qtbot, lambda: len(reader.studied) == 2)
    assert reader.ended == [True]
    assert page.shutdown()
    assert models.shutdown()
    assert reader.ended == [True, True]


def test_closing_ends_the_study_of_a_compared_model(open_page, session, qtbot, reader):
    add_run(session)
    page, models = open_page()
    page.tabs.setCurrentIndex(COMPARE)
    until(qtbot, lambda: len(reader.studied) >= 2)
    assert page.shutdown()
    assert models.shutdown()
    assert len(reader.ended) == len(reader.studied)
    assert all(reader.ended)


def test_a_picture_that_nobody_wants_is_read_no_further(qapp, tmp_path):
    path = tmp_path / "one.png"
    page = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(page).line((150, 60, 150, 240), fill=0, width=20)
    page.save(path)
    answers = [True, False]
    assert read_file(path, lambda: answers.pop(0)) is None
    assert not answers
    assert read_file(path).rows
