"""“Learn now” on the Test page: what waits, learning it, what it brought, and all the way back."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from test_hand import Score
from try_fakes import FakeModels, FakeReader, add_run, until

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.sample_types import CONFIRMED, CORRECTION, Misreading
from engine.data.samples import Split
from engine.errors import Code, EngineError
from gui.messages import sentence_of
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.training_controller import IDLE, RUNNING
from gui.workers import Progress

LEFT = Qt.MouseButton.LeftButton


class Learned:
    """The attributes of what learning came to."""

    def __init__(self, run: int, new: int, earlier: int, missed: int = 0) -> None:
        self.run, self.seconds, self.is_own_test = run, 1.26, True
        self.new_before, self.new_after = Score(0, new), Score(new - missed, new)
        self.earlier_before, self.earlier_after = Score(earlier, earlier), Score(earlier, earlier)
        self.test_before, self.test_after = Score(974, 1_000), Score(973, 1_000)


class FakeLearn:
    """Writes a run that has learned the corrections, as the engine does."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: EngineError | None = None
        self.missed = 0  # new corrections that stay misread

    def __call__(
        self, document: Document, start_from: str, in_use: str, progress: Progress, name: str
    ) -> Learned | None:
        self.asked.append((start_from, in_use))
        progress(3, 60)
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        if not progress(60, 60):
            return None
        own = document.open_again()
        try:
            ids = own.corrections.ids()
            new = len(own.corrections.waiting(None if in_use == "base" else int(in_use)))
            members = {Split.TRAIN: (ids, np.ones(len(ids), np.int8))}
            run = own.runs.create(TrainConfig(rehearse=64, start_from=start_from), {}, members, name)
            own.runs.update(run, state="finished", best_epoch=3)
        finally:
            own.close()
        return Learned(run, new, len(ids) - new, self.missed)


@pytest.fixture
def learn():
    return FakeLearn()


@pytest.fixture
def models(session):
    answers = {run: FakeReader({1: 0.9}) for run in range(1, 9)}
    models = ModelChoice(session, FakeModels({None: FakeReader({7: 0.875}), **answers}))
    yield models
    assert models.shutdown()


@pytest.fixture
def page(session, models, learn, qtbot, system_again):
    """The page; the shipped model takes everything for a 7, every run reads a 1."""
    page = TestPage(session, models, learn=learn)
    qtbot.addWidget(page)
    page.resize(1_100, 640)
    page.show()
    qtbot.waitExposed(page)
    until(qtbot, lambda: models.reader)
    yield page
    learn.gate.set()
    assert page.shutdown()


def write(page) -> None:
    page.pad.clear()
    canvas = page.pad.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, LEFT, pos=middle - QPoint(0, 60))
    for down in range(-40, 61, 20):
        QTest.mouseMove(canvas, middle + QPoint(down // 8, down))
    QTest.mouseRelease(canvas, LEFT, pos=middle + QPoint(8, 60))


def correct(page, digit: int = 1) -> None:
    write(page)
    QTest.mouseClick(page.teach.buttons[digit], LEFT)


def press(button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, LEFT, pos=button.rect().center())


def learn_now(page, qtbot) -> None:
    press(page.learn.learn)
    until(qtbot, lambda: not page.lesson.is_running)


def figures(page) -> list[list[str]]:
    rows = page.learn.outcome.figures
    return [[figure.text() for figure in row] for row in rows if row[0].isVisible()]


def test_a_correction_says_which_model_misread_it_and_waits(page, session):
    assert not page.learn.learn.isEnabled()
    assert page.learn.state.text() == "No correction waits to be learned."
    correct(page, 1)
    stored = session.document.samples.get(1)
    assert (stored.source, stored.split) == (CORRECTION, Split.TRAIN)
    assert session.document.corrections.misreadings([1]) == {1: Misreading(7, 0.875)}
    assert page.learn.learn.isEnabled()
    assert page.learn.state.text().startswith("1 correction")
    assert "not forgotten" in page.learn.state.text()


def test_the_data_page_finds_corrections_and_tells_what_was_read(start_dojo, qtbot):
    dojo = start_dojo()  # whose model reads a 3 everywhere
    dojo.window.show_page("test")
    until(qtbot, lambda: dojo.models.reader)
    correct(dojo.test_page, 1)
    correct(dojo.test_page, 3)
    browse = dojo.data_page.browse
    sources = browse.filters.findChild(QComboBox, "sourceFilter")
    sources.setCurrentIndex(sources.findData(CORRECTION))
    sources.activated.emit(sources.currentIndex())
    assert browse.grid.model.ids[browse.grid.model.shown].tolist() == [1]
    told = browse.grid.describe(0)
    assert "corrected on the Test page (the shipped model read 3)" in told
    sources.setCurrentIndex(sources.findData(CONFIRMED))
    sources.activated.emit(sources.currentIndex())
    assert browse.grid.describe(0).startswith("A 3")


def test_a_digit_that_was_read_right_is_no_correction(page, session):
    correct(page, 7)
    assert session.document.samples.get(1).source == CONFIRMED
    assert not page.learn.learn.isEnabled()


def test_a_slip_that_is_put_right_at_once_is_the_correction_it_should_have_been(page, session):
    correct(page, 7)  # as it was read …
    press(page.teach.buttons[1])  # … but it is a 1
    assert [session.document.samples.get(id_).source for id_ in labelled(session, 1)] == [CORRECTION]
    assert page.teach.note.text() == "Changed: it is in your data as a 1 now."
    assert page.learn.learn.isEnabled()
    press(page.teach.buttons[7])
    assert labelled(session, 1) == []
    assert [session.document.samples.get(id_).source for id_ in labelled(session, 7)] == [CONFIRMED]
    assert not page.learn.learn.isEnabled()
    press(page.teach.undo)
    assert len(session.document.samples.load()) == 0


def labelled(session, label):
    """Return the ids of the digits that are kept with a label."""
    digits = session.document.samples.load()
    return digits.ids[digits.labels == label].tolist()


def test_learning_shows_before_and_after_and_the_same_drawing_is_read_anew(page, models, learn, qtbot):
    correct(page)
    assert page.answer.digit.text() == "7"
    learn_now(page, qtbot)
    assert learn.asked == [("base", "base")]
    assert figures(page) == [
        ["0 of 1", "1 of 1"],
        ["97.4 % [87.4 % to 100.0 %]", "97.3 % [87.3 % to 100.0 %]"],
    ]
    assert page.learn.state.text() == "Learned in 1.3 seconds. Run 1 reads from now on."
    assert models.current.run == 1
    until(qtbot, lambda: page.answer.digit.text() == "1")
    assert not page.learn.learn.isEnabled(), "nothing waits any more"


def test_a_correction_that_was_not_learned_is_called_so_with_what_to_do(page, learn, qtbot):
    learn.missed = 1
    correct(page)
    learn_now(page, qtbot)
    assert figures(page)[0] == ["0 of 1", "0 of 1"]
    told = page.learn.state.text()
    assert told.startswith("1 new correction") and "misread: not learned. Run 1 reads from now on." in told
    assert "then learn again" in told and "Learned in" not in told
    assert not page.learn.learn.isEnabled(), "as it says, another example comes first"
    correct(page, 4)
    assert page.learn.learn.isEnabled()


def test_the_model_of_a_lesson_is_not_said_to_have_learnt_all_labelled_digits(page, qtbot):
    correct(page)
    learn_now(page, qtbot)
    facts = page.models_bar.facts.text()
    assert "your own digits and rehearsed others" in facts and "held none back" in facts
    assert "all labelled digits" not in facts


def test_a_second_lesson_starts_where_the_first_did_and_shows_the_earlier_corrections(
    page, models, learn, qtbot
):
    correct(page)
    learn_now(page, qtbot)
    until(qtbot, lambda: models.reader)
    correct(page, 4)
    assert page.learn.state.text().startswith("1 correction"), "what was said before is old"
    learn_now(page, qtbot)
    assert learn.asked == [("base", "base"), ("base", "1")]
    assert figures(page)[:2] == [["0 of 1", "1 of 1"], ["1 of 1", "1 of 1"]]
    assert models.current.run == 2


def test_undo_takes_the_model_the_run_and_then_the_corrections_back(page, session, models, qtbot):
    correct(page)
    correct(page)
    learn_now(page, qtbot)
    press(page.learn.undo)
    assert models.current.run is None
    assert session.document.runs.list() == []
    assert not page.learn.outcome.isVisible()
    assert "reads again" in page.learn.state.text()
    assert page.learn.learn.isEnabled(), "both wait again"
    press(page.learn.undo)
    assert session.document.samples.count() == 0
    assert page.learn.state.text().startswith("2 correction")
    assert not page.learn.undo.isVisible() and not page.learn.learn.isEnabled()
    session.undo()
    session.undo()
    assert session.document.samples.count() == 2
    assert [record.id for record in session.document.runs.list()] == [1]


def test_the_corrections_are_only_taken_out_while_nothing_else_was_done(page, session, qtbot):
    correct(page)
    learn_now(page, qtbot)
    press(page.learn.undo)
    session.add_digit(np.full((28, 28), 9, np.uint8), 3, "canvas")
    assert not page.learn.undo.isVisible()
    assert page.lesson.take_out() == 0
    assert session.document.samples.count() == 2


def test_another_model_has_other_corrections_waiting_and_nothing_to_undo(page, models, qtbot):
    correct(page)
    learn_now(page, qtbot)
    models.choose(None)
    assert not page.learn.undo.isVisible()
    assert page.learn.learn.isEnabled()


def test_progress_is_seen_drawing_goes_on_and_cancel_keeps_the_model(page, models, learn, qtbot, session):
    correct(page)
    learn.gate.clear()
    press(page.learn.learn)
    until(qtbot, lambda: page.learn.progress.maximum() == 60)
    assert page.learn.progress.isVisible() and not page.learn.learn.isVisible()
    assert not page.teach.hand.isEnabled(), "one lesson at a time"
    correct(page, 2)
    assert session.document.samples.count() == 2
    press(page.learn.cancel)
    learn.gate.set()
    until(qtbot, lambda: not page.lesson.is_running)
    assert page.learn.state.text().startswith("Cancelled")
    assert models.current.run is None
    assert page.learn.learn.isEnabled() and page.teach.hand.isEnabled()


def test_a_training_that_begins_ends_the_lesson_and_keeps_it_from_starting(page, learn, qtbot):
    correct(page)
    learn.gate.clear()
    press(page.learn.learn)
    page.lesson.make_way(RUNNING)
    learn.gate.set()
    until(qtbot, lambda: not page.lesson.is_running)
    assert not page.learn.learn.isEnabled()
    page.learn.close_button.click()
    assert "training" in page.learn.state.text()
    page.lesson.make_way(IDLE)
    assert page.learn.learn.isEnabled()


def test_a_failure_is_said_and_the_next_lesson_works(page, learn, qtbot):
    correct(page)
    learn.error = EngineError(Code.DISK_FULL, path="a.dojo")
    learn_now(page, qtbot)
    assert page.learn.state.text() == sentence_of(learn.error)
    learn.error = None
    learn_now(page, qtbot)
    assert page.learn.outcome.isVisible()
    press(page.learn.close_button)
    assert not page.learn.outcome.isVisible()


def test_in_another_document_nothing_of_the_lesson_is_used(page, session, models, learn, qtbot):
    correct(page)
    learn.gate.clear()
    press(page.learn.learn)
    session.new()
    add_run(session)
    learn.gate.set()
    until(qtbot, lambda: not page.lesson.is_running)
    assert models.current.run is None
    assert not page.learn.outcome.isVisible() and not page.learn.undo.isVisible()


def test_closing_ends_a_lesson_and_uses_nothing_of_it(session, models, qtbot):
    waiting = threading.Event()

    def learn(document, start_from, in_use, progress, name):
        while progress(1, 60):
            waiting.wait(0.005)

    page = TestPage(session, models, learn=learn)
    qtbot.addWidget(page)
    session.add_digit(np.full((28, 28), 9, np.uint8), 3, CORRECTION)
    assert page.lesson.start("Corrections") and page.lesson.is_running
    assert page.shutdown()
    assert not page.lesson.is_running
    assert models.current.run is None


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_control_of_it_has_a_name(start_dojo, language):
    dojo = start_dojo(language=language)
    dojo.window.show_page("test")
    bar = dojo.test_page.learn
    for part in (bar.learn, bar.cancel, bar.undo, bar.close_button, bar.progress, bar.state):
        assert part.objectName() and part.accessibleName(), part.objectName()
    bar.outcome.show_learned(Learned(1, 3, 3))
    QApplication.processEvents()
    smallest = dojo.window.minimumSizeHint()
    assert smallest.width() <= 1_000 and smallest.height() <= 720


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_message_of_two_lines_hides_nothing_of_what_learning_brought(start_dojo, qtbot, language):
    dojo = start_dojo(language=language)
    dojo.window.resize(1_280, 720)
    dojo.window.show_page("test")
    outcome, strip = dojo.test_page.learn.outcome, dojo.window.strip
    outcome.show_learned(Learned(1, 3, 3))
    strip.dismiss()
    strip.show_message("warning", "a message of two lines " * 12)
    qtbot.waitUntil(lambda: strip.height() > 2 * strip.fontMetrics().height())
    note = outcome.note
    qtbot.waitUntil(lambda: note.height() >= note.heightForWidth(note.width()))
    assert strip.height() < 4 * strip.fontMetrics().height(), "two lines, as was meant"
    assert dojo.window.height() == 720
    assert note.mapTo(dojo.window, QPoint(0, note.height())).y() <= strip.geometry().top()
