"""The Runs page follows the run that is trained now, while it is seen, and does nothing for it unseen."""

from __future__ import annotations

import pytest
from lab_setup import SMALL, TIMEOUT, click
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from gui.pages.runs_page import RunsPage
from gui.repetition import Repetition

LONG = TrainConfig(**{**SMALL.to_dict(), "epochs": 4_000})


@pytest.fixture
def pages(open_lab, qtbot):
    """The Train page and a Runs page that follows its trainings."""
    lab = open_lab()
    train, controller = lab._page, lab._controller
    train.form.set_config(LONG)
    runs = RunsPage(lab._session, Repetition(controller))
    runs.follow(controller, train.run_view.series)
    qtbot.addWidget(runs)
    runs.resize(1_100, 600)
    return train, runs


def points(runs: RunsPage, run: int = 1) -> int:
    curve = runs.comparison.overlay.accuracy.curves.get(run)
    return 0 if curve is None or curve.getData()[0] is None else len(curve.getData()[0])


def begin(train, runs, qtbot) -> None:
    runs.show()
    click(train.buttons.train)
    qtbot.waitUntil(lambda: points(runs) > 2, timeout=TIMEOUT)


def test_a_run_that_has_just_begun_is_in_the_table_and_its_curve_grows(pages, qtbot):
    train, runs = pages
    begin(train, runs, qtbot)
    assert list(runs.table.runs.shown) == [1]
    before = points(runs)
    qtbot.waitUntil(lambda: points(runs) > before, timeout=TIMEOUT)
    assert train._controller.is_active
    series = train.run_view.series()
    drawn = runs.comparison.overlay.accuracy.curves[1].getData()[1]
    assert drawn.tolist() == (100 * series.epochs.column("val_accuracy")[: len(drawn)]).tolist()


def test_unseen_it_draws_nothing_and_catches_up_when_it_is_seen_again(pages, qtbot):
    train, runs = pages
    begin(train, runs, qtbot)
    runs.hide()
    before = points(runs)
    done = len(train.run_view.series().epochs)
    qtbot.waitUntil(lambda: len(train.run_view.series().epochs) > done + 100, timeout=TIMEOUT)
    assert points(runs) == before
    runs.show()
    assert points(runs) > before + 50


def test_a_cursor_over_the_curves_stays_while_they_grow(pages, qtbot):
    train, runs = pages
    begin(train, runs, qtbot)
    plot = runs.comparison.overlay.loss
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert runs.comparison.overlay.is_read
    before = points(runs)
    qtbot.waitUntil(lambda: points(runs) > before, timeout=TIMEOUT)
    assert runs.comparison.overlay.is_read
