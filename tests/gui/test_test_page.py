"""The Test page with models that answer what they were told: drawing, teaching, models, messages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from try_fakes import FakeModels, FakeReader, add_run, until

from engine.data.strokes import from_json
from engine.errors import Code, EngineError
from gui.messages import Kind
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_page(session, qtbot, system_again):
    """Returns a function that shows the page over the given models; the shipped one reads 4."""
    opened = []

    def open_over(of=None, is_ready: bool = True) -> TestPage:
        models = ModelChoice(session, FakeModels({None: FakeReader({4: 0.9}), **(of or {})}))
        page = TestPage(session, models)
        page.said = []
        page.message.connect(lambda kind, words: page.said.append((kind, words())))
        opened.append((page, models))
        if not is_ready:
            models._loader.gate.clear()
        qtbot.addWidget(page)
        page.resize(1_100, 600)
        page.show()
        qtbot.waitExposed(page)
        if is_ready:
            until(qtbot, lambda: models.reader or models.error)
        return page

    yield open_over
    for page, models in opened:
        models._loader.gate.set()
        assert page.shutdown()
        assert models.shutdown()


def write(page, *points):
    canvas = page.pad.canvas
    QTest.mousePress(canvas, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, QPoint(*point))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*points[-1]))


def write_one(page):
    write(page, (200, 100), (200, 180), (200, 260), (200, 340))


def press(page, digit):
    QTest.mouseClick(page.teach.buttons[digit], LEFT)


def labels(session):
    return session.document.samples.load().labels.tolist()


def test_a_drawing_is_read_while_it_is_written(open_page, qtbot):
    page = open_page()
    QTest.mousePress(page.pad.canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad.canvas, QPoint(200, 300))
    until(qtbot, lambda: page.answer.digit.text() == "4")
    QTest.mouseRelease(page.pad.canvas, LEFT, pos=QPoint(200, 300))
    assert page.answer.confidence.text() == "90 %"
    assert page.answer.sees.digit().any()


def test_many_points_are_one_reading_of_the_newest(open_page, qtbot):
    page = open_page()
    reader = page._models.reader
    QTest.mousePress(page.pad.canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad.canvas, QPoint(200, 110))
    until(qtbot, lambda: page.answer.digit.text())
    before = len(reader.seen)
    for y in range(120, 330, 10):
        page.pad.canvas._move(QPoint(200, y).toPointF(), 0.5)
    until(qtbot, lambda: len(reader.seen) > before)
    assert len(reader.seen) == before + 1
    QTest.mouseRelease(page.pad.canvas, LEFT, pos=QPoint(200, 320))
    assert (reader.seen[-1] == page.pad.prepared().digit).all()


def test_a_digit_key_while_the_pen_is_down_teaches_no_half_digit(open_page, session):
    page = open_page()
    QTest.mousePress(page.pad.canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad.canvas, QPoint(200, 200))
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_1)
    assert labels(session) == []
    QTest.mouseRelease(page.pad.canvas, LEFT, pos=QPoint(200, 300))
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_1)
    assert labels(session) == [1]


def test_clear_empties_everything_at_once(open_page):
    page = open_page()
    write_one(page)
    assert page.answer.digit.text() == "4"
    QTest.mouseClick(page.pad.clear_button, LEFT)
    assert page.pad.canvas.is_empty()
    assert (page.answer.digit.text(), page.answer.bars.shares()) == ("", ())
    assert not page.answer.sees.digit().any()
    assert not page.pad.clear_button.isEnabled()


def test_escape_clears_and_undo_brings_the_drawing_back(open_page, qtbot):
    page = open_page()
    write_one(page)
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_Escape)
    assert page.answer.digit.text() == ""
    QTest.mouseClick(page.pad.undo_button, LEFT)
    until(qtbot, lambda: page.answer.digit.text() == "4")


def test_the_right_digit_goes_into_the_data_and_the_drawing_stays(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 1)
    samples = session.document.samples.load()
    stored = session.document.samples.get(int(samples.ids[0]))
    assert (stored.label, stored.source, stored.original_kind) == (1, "correction", "strokes")
    assert (stored.digit == page.pad.prepared().digit).all()
    (stroke,) = from_json(stored.original.decode())
    assert stroke[0, :2].tolist() == pytest.approx([200, 100], abs=0.01)
    assert not page.pad.canvas.is_empty()
    assert "as a 1" in page.teach.note.text()
    assert page.teach.undo.isVisible()


def test_a_digit_key_teaches_too(open_page, session):
    page = open_page()
    write_one(page)
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_7)
    assert labels(session) == [7]


def test_confirming_the_answer_says_so_and_keeps_it(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 4)
    assert labels(session) == [4]
    assert page.teach.note.text() == "Right, it is a 4. It is in your data now."


def test_a_second_press_relabels_the_same_row(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 1)
    press(page, 1)
    assert page.teach.note.text() == "It is in your data as a 1 already."
    press(page, 7)
    assert labels(session) == [7]
    assert page.teach.note.text() == "Changed: it is in your data as a 7 now."


def test_another_drawing_is_another_row(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 1)
    QTest.mouseClick(page.pad.clear_button, LEFT)
    assert page.teach.note.text() == ""
    write_one(page)
    press(page, 1)
    assert labels(session) == [1, 1]


def test_teaching_is_taken_back_step_by_step(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 1)
    QTest.mouseClick(page.teach.undo, LEFT)
    assert labels(session) == []
    assert page.teach.note.text() == "Taken back."
    assert not page.teach.undo.isVisible()
    press(page, 7)
    assert labels(session) == [7]


def test_undo_is_withdrawn_when_something_else_was_edited(open_page, session):
    page = open_page()
    write_one(page)
    press(page, 1)
    session.delete([1])
    assert not page.teach.undo.isVisible()
    press(page, 1)  # the row is gone, so the drawing is stored again
    assert labels(session) == [1]


def test_teaching_without_a_drawing_is_a_kind_sentence(open_page, session):
    page = open_page()
    press(page, 3)
    assert labels(session) == []
    assert page.teach.note.text() == "Write a digit first, then tell which one it is."


def test_another_model_reads_the_same_drawing_anew(open_page, session, qtbot):
    run = add_run(session)
    page = open_page({run: FakeReader({9: 0.8})})
    write_one(page)
    assert page.answer.digit.text() == "9"
    combo = page.models_bar.combo
    assert [combo.itemText(row) for row in range(combo.count())] == ["Shipped model", "Run 1 · CNN · 98.4 %"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    until(qtbot, lambda: page.answer.digit.text() == "4")
    assert not page.pad.canvas.is_empty()


def test_the_accuracy_is_told_with_its_interval_and_its_number(open_page, session):
    add_run(session, 0.984, 1000)
    page = open_page({1: FakeReader({9: 0.8})})
    facts = page.models_bar.facts.text()
    for part in ("98.4\u00a0%", "1000", "97.4\u00a0%", "99.0\u00a0%"):
        assert part in facts.replace(",", "")
    assert "too few" not in facts


def test_an_accuracy_of_few_digits_is_called_so(open_page, session):
    add_run(session, 1.0, 12)
    page = open_page({1: FakeReader({9: 0.8})})
    assert "too few digits to rely on" in page.models_bar.facts.text()


def test_a_drawing_made_before_the_model_is_there_is_read_when_it_comes(open_page, qtbot):
    page = open_page(is_ready=False)
    assert page.answer.sentence.text().startswith("Getting ready")
    write_one(page)
    assert page.answer.digit.text() == ""
    assert page.answer.sees.digit().any()
    page._models._loader.gate.set()
    until(qtbot, lambda: page.answer.digit.text() == "4")


def test_a_damaged_model_is_said_and_nothing_else_answers(open_page, session):
    add_run(session)
    page = open_page({1: EngineError(Code.CHECKPOINT_DAMAGED, run=1)})
    write_one(page)
    sentence = "The saved model of run 1 is damaged. Choose another run, or train again."
    assert page.said == [(Kind.ERROR, sentence)]
    assert page.answer.sentence.text() == page.models_bar.facts.text() == sentence
    assert page.answer.digit.text() == ""


def test_everything_that_is_pressed_has_a_name(open_page):
    page = open_page()
    pad, bar, teach = page.pad, page.models_bar, page.teach
    parts = [pad.canvas, pad.open_button, pad.undo_button, pad.clear_button, bar.combo, teach.undo]
    for part in [*parts, *teach.buttons, page.answer.digit, page.answer.bars, page.answer.sees]:
        assert part.accessibleName(), part.objectName()
        assert part.objectName()
