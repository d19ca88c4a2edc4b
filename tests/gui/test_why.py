"""The tab Why: it explains what a real hand draws, and works only while it is seen."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from try_fakes import FakeModels, FakeReader, load_unstudied, until

from engine.config import TrainConfig
from engine.data import starter
from engine.data.splits import Split
from engine.errors import Code, EngineError
from engine.training import session as training
from engine.training.control import Control
from gui.i18n import Translation
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.tour_hand import draw
from gui.why_reader import Why, WhyWork

LEFT = Qt.MouseButton.LeftButton
WHY = 1


class FakeNeighbours:
    """Finds six nines and two fours, or others."""

    def __init__(self, labels: tuple[int, ...] = (9, 9, 4, 9, 9, 9, 4, 9)) -> None:
        self.labels = labels

    def nearest(self, digit):
        return SimpleNamespace(
            images=np.repeat(digit[None], len(self.labels), axis=0),
            labels=np.array(self.labels, np.int8),
            looked_at=1_000,
            digits=1_000,
            is_starter=False,
        )


class Work:
    """Explains without PyTorch and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.looked: list[int | None] = []
        self.error: EngineError | None = None
        self.neighbours = FakeNeighbours()

    def explain(self, reader, digit, label, neighbours, is_wanted) -> Why:
        self.asked.append(label)
        heat = digit.astype(np.float32) * (1 if label == 4 else -1)
        answer = reader.predict(digit[None])[0]
        ways = [
            SimpleNamespace(kind=SimpleNamespace(value=kind), page=255 - digit, prediction=answer)
            for kind in ("moved", "inverted")
        ]
        return Why(digit, label, heat, heat / 2, ways, neighbours.nearest(digit) if neighbours else None)

    def find_neighbours(self, reader, document, run, progress) -> FakeNeighbours:
        self.looked.append(run)
        if self.error is not None:
            raise self.error
        progress(1, 2)
        return self.neighbours


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def open_page(session, qtbot, system_again, work):
    """Returns a function that shows the page over a model that reads 4; ``is_real`` takes the engine's."""
    opened = []

    def open_over(is_real: bool = False) -> TestPage:
        loader = load_unstudied if is_real else FakeModels({None: FakeReader({4: 0.9})})
        models = ModelChoice(session, loader)
        page = TestPage(
            session, models, work=None if is_real else WhyWork(work.explain, work.find_neighbours)
        )
        opened.append((page, models))
        qtbot.addWidget(page)
        page.resize(1_200, 640)
        page.show()
        qtbot.waitExposed(page)
        until(qtbot, lambda: models.reader or models.error)
        return page

    yield open_over
    for page, models in opened:
        assert page.shutdown()
        assert models.shutdown()


def open_tab(page, number: int = WHY) -> None:
    bar = page.tabs.tabBar()
    QTest.mouseClick(bar, LEFT, pos=bar.tabRect(number).center())


def press_bar(page, digit: int) -> None:
    bars = page.why.bars
    QTest.mouseClick(bars, LEFT, pos=QPoint(round((digit + 0.5) * bars.width() / 10), bars.height() // 2))


def test_a_drawing_is_explained_when_the_pen_rests(open_page, qtbot, work):
    page = open_page()
    open_tab(page)
    assert page.why.covering.heat() is None
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    seen = page.pad.prepared().digit
    assert (page.why.covering.heat() == seen).all() and (page.why.gradient.heat() == seen / 2).all()
    assert [item.under for item in page.why.near.items()] == ["9", "9", "4", "9", "9", "9", "4", "9"]
    assert [item.is_same for item in page.why.near.items()][:3] == [False, False, True]
    assert [(item.over, item.under) for item in page.why.varied.items()] == [
        ("moved", "4: 90 %"),
        ("inverted", "4: 90 %"),
    ]
    assert page.why.sentence.text().startswith("Why 4?")
    assert page.why.bars.shares() == page.answer.bars.shares()


def test_where_each_near_label_comes_once_the_nearest_is_named(open_page, qtbot, work):
    work.neighbours = FakeNeighbours((4, 5, 8, 0))
    page = open_page()
    open_tab(page)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    assert "Of the 4 nearest, 1" in page.why.near_words.text()
    assert "labelled 4 (" in page.why.near_words.text()


def test_while_the_pen_moves_nothing_is_explained(open_page, qtbot, work):
    page = open_page()
    open_tab(page)
    canvas = page.pad.canvas
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 100))
    for y in range(110, 300, 10):
        QTest.mouseMove(canvas, QPoint(200, y))
        page._reader.read_now()
    assert work.asked == [] and page.why._reader._rest.isActive()
    until(qtbot, lambda: work.asked)
    assert work.asked == [4]
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 290))


def test_a_pressed_bar_asks_why_it_is_not_the_answer(open_page, qtbot, work):
    page = open_page()
    open_tab(page)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    press_bar(page, 9)
    until(qtbot, lambda: (page.why.covering.heat() < 0).any())
    assert work.asked[-1] == 9
    assert page.why.sentence.text() == "Why 4, and not 9?"
    assert page.pad.canvas.hasFocus()
    QTest.keyClick(page.why.bars, Qt.Key.Key_Right)
    until(qtbot, lambda: work.asked[-1] == 0)
    QTest.mouseClick(page.pad.clear_button, LEFT)
    draw(page.pad.canvas, 4)  # another drawing is explained by its own answer
    until(qtbot, lambda: work.asked[-1] == 4)


def test_a_hidden_tab_does_no_work(open_page, qtbot, work):
    page = open_page()
    draw(page.pad.canvas, 4)
    assert page.answer.digit.text() == "4"
    assert not page.why._reader._rest.isActive() and page.why.bars.shares() == ()
    open_tab(page)
    until(qtbot, lambda: page.why.near.items())
    before = len(work.asked)
    open_tab(page, 0)
    page.pad.clear()
    draw(page.pad.canvas, 1)
    assert not page.why._reader._rest.isActive()
    assert len(work.asked) == before


def test_the_training_digits_are_looked_through_once_for_a_model(open_page, qtbot, work):
    page = open_page()
    open_tab(page)
    for _ in range(2):
        draw(page.pad.canvas, 4)
        until(qtbot, lambda: page.why.near.items())
        page.pad.clear()
    assert work.looked == [None]
    page._models._loader.of[None] = FakeReader({4: 0.8})
    page._models.choose(None)  # what another model makes of the digits may be something else
    until(qtbot, lambda: page._models.reader)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    assert work.looked == [None, None]


def test_another_tab_or_closing_ends_the_look_through_the_training_digits(open_page, qtbot, work):
    ended = []

    def find_neighbours(reader, document, run, progress) -> FakeNeighbours:
        while progress(1, 2):
            pass
        ended.append(run)
        return FakeNeighbours()

    work.find_neighbours = find_neighbours
    page = open_page()
    open_tab(page)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: "1 of 2" in page.why.near_words.text())
    open_tab(page, 0)
    until(qtbot, lambda: not page.why._reader._search.is_running)
    assert len(ended) == 1 and not page.why.near.items()  # a part of the digits is none of the nearest
    open_tab(page)
    until(qtbot, lambda: page.why._reader._search.is_running)
    assert page.shutdown()
    assert len(ended) == 2


def test_what_cannot_be_looked_at_is_said_and_the_rest_is_explained(open_page, qtbot, work):
    work.error = EngineError(Code.RUN_MISSING, run=3)
    page = open_page()
    open_tab(page)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.covering.heat() is not None and "3" in page.why.near_words.text())
    assert work.looked == [None]
    assert page.why.varied.items() and not page.why.near.items()


def test_an_empty_canvas_and_a_missing_model_are_said(open_page, qtbot, work):
    page = open_page()
    open_tab(page)
    assert page.why.sentence.text() == "Write a digit. It is read while you write."
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    QTest.mouseClick(page.pad.clear_button, LEFT)
    assert page.why.covering.heat() is None and not page.why.near.items() and not page.why.varied.items()
    assert page.why.sentence.text() == "Write a digit. It is read while you write."


def test_a_run_of_the_document_explains_with_its_own_digits_and_labels(open_page, session, qtbot):
    images, labels = (part[::50] for part in starter.load())
    session.document.samples.add_arrays(images, labels, Split.TRAIN, source="import")
    config = TrainConfig(model="mlp", hidden=(32,), epochs=8, batch_size=20, augment="off", device="cpu")
    list(training.start(session.document, config, Control()))
    session.runs_changed.emit()
    page = open_page(is_real=True)
    page._models.choose(1)
    until(qtbot, lambda: page._models.reader)
    open_tab(page)
    draw(page.pad.canvas, 1)
    until(qtbot, lambda: page.why.near.items())
    items = page.why.near.items()
    assert len(items) == 8
    for item in items:
        same = (images == item.picture).all(axis=(1, 2))
        assert int(item.under) in labels[same]
    assert "the 200 digit(s) it learnt from" in page.why.near_words.text()
    assert len(page.why.varied.items()) == 8
    digit = page.pad.prepared().digit
    assert not page.why.gradient.heat()[digit == 0].any() and page.why.gradient.heat().any()


def test_a_four_that_is_read_as_a_five_is_explained_by_the_digits_it_was_taught(open_page, session, qtbot):
    images, labels = (part[::20] for part in starter.load())
    taught = np.where(labels == 4, 5, labels)  # somebody has labelled the fours as fives
    session.document.samples.add_arrays(images, taught, Split.TRAIN, source="import")
    config = TrainConfig(model="mlp", hidden=(32,), epochs=8, batch_size=20, augment="off", device="cpu")
    list(training.start(session.document, config, Control()))
    session.runs_changed.emit()
    page = open_page(is_real=True)
    draw(page.pad.canvas, 4)
    assert page.answer.digit.text() == "5"
    open_tab(page)
    until(qtbot, lambda: page.why.near.items())
    assert page.why.sentence.text().startswith("Why 5?")
    seen = page.pad.prepared().digit
    assert page.why.covering.heat()[seen > 0].sum() > 0  # the ink of the four speaks for a five
    near = page.why.near.items()
    assert sum(item.under == "5" for item in near) >= 6
    fours = [(images[labels == 4] == item.picture).all(axis=(1, 2)).any() for item in near]
    assert sum(fours) >= 4  # and what it was compared with shows why
    assert "labelled 5" in page.why.near_words.text()


def test_the_tab_speaks_japanese(open_page, qtbot, qapp, translations, work):
    page = open_page()
    open_tab(page)
    draw(page.pad.canvas, 4)
    until(qtbot, lambda: page.why.near.items())
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    assert page.tabs.tabText(WHY) == "理由"
    assert "最後の隠れ層" in page.why.near_words.text() and "6 個は 9" in page.why.near_words.text()
    assert page.why.varied.items()[1].over == "白黒反転"
