"""A digit key that comes while the pen is down means the digit as it is when the pen is lifted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.data.strokes import from_json
from gui.pages.data_page import DataPage

LEFT = Qt.MouseButton.LeftButton
SEVEN = ((80, 60), (200, 60), (170, 130), (130, 230))


@pytest.fixture
def page(qtbot, session):
    page = DataPage(session)
    qtbot.addWidget(page)
    page.resize(1_100, 600)
    page.show()
    qtbot.waitExposed(page)
    yield page
    assert page.shutdown()


def begin(page: DataPage) -> None:
    """Write the first half of a seven and press its key."""
    canvas = page.drawing.canvas
    QTest.mousePress(canvas, LEFT, pos=QPoint(*SEVEN[0]))
    QTest.mouseMove(canvas, QPoint(*SEVEN[1]))
    QTest.keyClick(canvas, Qt.Key.Key_7)


def end(page: DataPage) -> None:
    for point in SEVEN[2:]:
        QTest.mouseMove(page.drawing.canvas, QPoint(*point))
    QTest.mouseRelease(page.drawing.canvas, LEFT, pos=QPoint(*SEVEN[-1]))


def test_the_whole_digit_is_stored_when_the_pen_is_lifted(page, session):
    begin(page)
    assert session.document.samples.count() == 0
    end(page)
    samples = session.document.samples.load()
    assert samples.labels.tolist() == [7]
    (stroke,) = from_json(session.document.samples.get(int(samples.ids[0])).original.decode())
    np.testing.assert_allclose(stroke[:, :2], SEVEN, atol=0.01)


def test_the_key_is_for_that_one_digit(page, session):
    begin(page)
    end(page)
    QTest.mousePress(page.drawing.canvas, LEFT, pos=QPoint(*SEVEN[0]))
    end(page)
    assert session.document.samples.count() == 1
    assert not page.drawing.canvas.is_empty()


def test_the_key_is_forgotten_with_a_stroke_that_is_given_up(page, session):
    begin(page)
    QTest.keyClick(page.drawing.canvas, Qt.Key.Key_Escape)
    end(page)
    QTest.mousePress(page.drawing.canvas, LEFT, pos=QPoint(*SEVEN[0]))
    end(page)
    assert session.document.samples.count() == 0
