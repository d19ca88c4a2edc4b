"""The tab Compare: two models, or two epochs of one, read the same drawing side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from try_fakes import FakeReader, add_run, load_unstudied, until

from engine.config import TrainConfig
from engine.data import starter
from engine.data.splits import Split
from engine.errors import Code, EngineError
from engine.inference.predictor import load_epoch
from engine.training import session as training
from engine.training.control import Control
from gui.average_reader import Averages
from gui.i18n import Translation
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.tour_hand import draw
from gui.why_reader import WhyWork

LEFT = Qt.MouseButton.LeftButton
COMPARE = 2


class Loader:
    """``of[run, epoch]`` is what comes; an error is raised."""

    def __init__(self, of) -> None:
        self.of = of
        self.asked: list[tuple[int | None, int | None]] = []

    def __call__(self, document, run, epoch=None):
        self.asked.append((run, epoch))
        found = self.of[run, epoch]
        if isinstance(found, EngineError):
            raise found
        return found


@pytest.fixture
def open_page(session, qtbot, system_again):
    """Returns a function that shows the page and the tab over the models that a loader brings."""
    opened = []

    def open_over(loader) -> TestPage:
        models = ModelChoice(session, loader)
        work = WhyWork(
            find_averages=lambda *_asked: Averages([None] * 10, is_starter=True), load_reader=loader
        )
        page = TestPage(session, models, work=work)
        opened.append((page, models))
        qtbot.addWidget(page)
        page.resize(1_200, 640)
        page.show()
        qtbot.waitExposed(page)
        until(qtbot, lambda: models.reader or models.error)
        open_tab(page)
        return page

    yield open_over
    for page, models in opened:
        assert page.shutdown()
        assert models.shutdown()


def open_tab(page, number: int = COMPARE) -> None:
    bar = page.tabs.tabBar()
    QTest.mouseClick(bar, LEFT, pos=bar.tabRect(number).center())


def is_ready(page) -> bool:
    return not any(compared.is_loading for compared in page.compare._compared)


def choose(combo, row: int) -> None:
    """Choose with the keyboard, as the list under a combo box is chosen from."""
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def digits_of(page) -> list[str]:
    return [side.digit.text() for side in page.compare.sides]


def test_the_run_in_use_and_the_shipped_model_read_the_same_drawing(open_page, session, qtbot):
    run = add_run(session)
    page = open_page(Loader({(None, None): FakeReader({4: 0.9}), (run, None): FakeReader({9: 0.6, 4: 0.3})}))
    until(qtbot, lambda: is_ready(page))
    assert [side.models.currentText() for side in page.compare.sides] == [
        "Run 1 · CNN · 98.4 %",
        "Shipped model",
    ]
    assert "Write a digit" in page.compare.sentence.text()
    draw(page.pad.canvas, 4)
    assert digits_of(page) == ["9", "4"]
    assert [side.confidence.text() for side in page.compare.sides] == ["60 %", "90 %"]
    first, second = page.compare.bars.shares()
    assert (first[9], second[4]) == (0.6, 0.9)
    assert page.compare.sentence.text() == (
        "They differ: A reads 9, B reads 4. Furthest apart on 4: 30 % against 90 %."
    )


def test_both_follow_the_pen_while_it_is_down(open_page, qtbot):
    reader = FakeReader({4: 0.9})
    page = open_page(Loader({(None, None): reader}))
    until(qtbot, lambda: is_ready(page))
    QTest.mousePress(page.pad.canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad.canvas, QPoint(200, 250))
    until(qtbot, lambda: digits_of(page) == ["4", "4"])
    assert page.pad.canvas.is_drawing()
    assert page.compare.sentence.text() == "Both read 4, equally sure."
    QTest.mouseRelease(page.pad.canvas, LEFT, pos=QPoint(200, 250))
    QTest.mouseClick(page.pad.clear_button, LEFT)
    assert digits_of(page) == ["", ""] and page.compare.bars.shares() == ((), ())


def test_a_hidden_tab_asks_nobody(open_page, qtbot):
    reader = FakeReader({4: 0.9})
    page = open_page(Loader({(None, None): reader}))
    until(qtbot, lambda: is_ready(page))
    open_tab(page, 0)
    draw(page.pad.canvas, 4)
    seen = len(reader.seen)
    page._reader.read_now()
    assert len(reader.seen) == seen + 1  # by the page alone
    open_tab(page)
    assert digits_of(page) == ["4", "4"]


def test_another_model_is_chosen_and_reads_the_drawing_that_is_there(open_page, session, qtbot):
    run = add_run(session)
    page = open_page(Loader({(None, None): FakeReader({4: 0.9}), (run, None): FakeReader({9: 0.3})}))
    until(qtbot, lambda: is_ready(page))
    draw(page.pad.canvas, 4)
    assert digits_of(page) == ["?", "4"]
    assert page.compare.sentence.text().startswith("B reads 4, A is not sure.")
    choose(page.compare.sides[0].models, 0)
    until(qtbot, lambda: digits_of(page) == ["4", "4"])
    choose(page.compare.sides[1].models, 1)
    until(qtbot, lambda: digits_of(page) == ["4", "?"])


def test_a_model_that_cannot_be_read_is_said_and_no_other_answers_for_it(open_page, session, qtbot):
    run = add_run(session)
    error = EngineError(Code.CHECKPOINT_DAMAGED, run=run)
    page = open_page(Loader({(None, None): FakeReader({4: 0.9}), (run, None): error}))
    until(qtbot, lambda: is_ready(page))
    assert page.compare.sentence.text().startswith("The saved model of run 1 is damaged.")
    draw(page.pad.canvas, 4)
    assert digits_of(page) == ["", "4"]


def test_a_deleted_run_is_compared_no_longer_and_no_other_in_its_place(open_page, session, qtbot):
    run = add_run(session)
    page = open_page(Loader({(None, None): FakeReader({4: 0.9}), (run, None): FakeReader({9: 0.8})}))
    until(qtbot, lambda: is_ready(page))
    session.document.runs.delete([run])
    session.runs_changed.emit()
    until(qtbot, lambda: is_ready(page))
    draw(page.pad.canvas, 4)
    assert digits_of(page) == ["", "4"]
    assert page.compare.sentence.text() == "Choose two models to compare."


def test_two_epochs_of_one_run_are_the_models_it_had_then(open_page, session, qtbot):
    images, labels = (part[::100] for part in starter.load())
    session.document.samples.add_arrays(images, labels, Split.TRAIN, source="import")
    config = TrainConfig(model="mlp", hidden=(16,), epochs=5, batch_size=20, augment="off", device="cpu")
    list(training.start(session.document, config, Control()))
    session.runs_changed.emit()
    page = open_page(load_unstudied)
    until(qtbot, lambda: is_ready(page))
    for side in page.compare.sides:
        choose(side.models, 1)
        assert [side.epochs.itemText(row) for row in range(6)] == [
            "best epoch",
            *(f"epoch {n}" for n in range(1, 6)),
        ]
    choose(page.compare.sides[0].epochs, 1)
    choose(page.compare.sides[1].epochs, 5)
    until(qtbot, lambda: is_ready(page))
    draw(page.pad.canvas, 4)
    shown = page.compare.bars.shares()
    digit = page.pad.prepared().digit[None]
    for epoch, shares in zip((1, 5), shown, strict=True):
        of_then = load_epoch(session.document, 1, epoch).probabilities(digit)[0]
        assert shares == pytest.approx(of_then.tolist(), abs=1e-5)
    assert shown[0] != shown[1]


def test_the_tab_speaks_japanese(open_page, session, qtbot, qapp, translations):
    run = add_run(session)
    page = open_page(Loader({(None, None): FakeReader({4: 0.9}), (run, None): FakeReader({9: 0.8})}))
    until(qtbot, lambda: is_ready(page))
    draw(page.pad.canvas, 4)
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    assert page.tabs.tabText(COMPARE) == "比べる"
    assert page.compare.sentence.text().startswith("答えが違います: A は 9、B は 4")
    assert page.compare.sides[0].models.currentText().startswith("実行 1")
