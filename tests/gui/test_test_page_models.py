"""The Test page with real models: the one that ships, and runs whose models are missing or damaged."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from try_fakes import add_run, until

from gui.messages import Kind
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.tour_hand import draw

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(session, qtbot, system_again):
    models = ModelChoice(session)
    page = TestPage(session, models)
    page.models = models
    page.said = []
    page.message.connect(lambda kind, words: page.said.append((kind, words())))
    qtbot.addWidget(page)
    page.resize(1_100, 600)
    page.show()
    qtbot.waitExposed(page)
    until(qtbot, lambda: models.reader)
    yield page
    assert page.shutdown()
    assert models.shutdown()


def choose(page, qtbot, run):
    """Choose a run as a hand does, and wait until it can read or cannot."""
    combo = page.models_bar.combo
    index = combo.findData(run)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)
    until(qtbot, lambda: not page.models.is_loading)


def test_a_vertical_line_is_read_as_a_one(page):
    canvas = page.pad.canvas
    x, height = canvas.width() // 2, canvas.height()
    QTest.mousePress(canvas, LEFT, pos=QPoint(x, height // 4))
    for y in range(height // 4, 3 * height // 4, 8):
        QTest.mouseMove(canvas, QPoint(x, y))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(x, 3 * height // 4))
    assert page.answer.digit.text() == "1"
    assert len(page.answer.bars.shares()) == 10


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_drawn_plainly_is_read_right(page, digit):
    draw(page.pad.canvas, digit)
    assert page.answer.digit.text() == str(digit)


def test_a_rendered_digit_in_a_picture_is_read(page, qtbot, tmp_path):
    image = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(image).text((170, 60), "3", fill=40, font=ImageFont.load_default(150))
    image.save(tmp_path / "three.png")
    page.read_file(tmp_path / "three.png")
    until(qtbot, page.pad.has_picture)
    assert page.answer.digit.text() == "3"


def test_a_run_without_a_model_says_so_and_reads_nothing(page, session, qtbot):
    run = add_run(session)
    draw(page.pad.canvas, 1)
    choose(page, qtbot, run)
    ((kind, text),) = page.said
    assert kind == Kind.ERROR
    assert text.startswith(f"Run {run} has no saved model yet")
    assert page.answer.digit.text() == ""


def test_a_damaged_model_says_so_and_the_shipped_one_still_reads_when_it_is_chosen(page, session, qtbot):
    run = add_run(session)
    session.document.runs.save_checkpoint(run, 3, 30, b"not a model", "best", None)
    draw(page.pad.canvas, 1)
    choose(page, qtbot, run)
    assert page.said == [
        (Kind.ERROR, f"The saved model of run {run} is damaged. Choose another run, or train again.")
    ]
    assert page.answer.digit.text() == ""
    choose(page, qtbot, None)
    assert page.answer.digit.text() == "1"
    assert len(page.said) == 1
