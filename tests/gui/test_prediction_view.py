"""The answer as it is shown: the digit, the share, the sentence and the bars."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from try_fakes import FakePrediction

from engine.data.preprocess import Prepared
from gui import theme
from gui.live_reader import Reading
from gui.widgets.confidence_bars import ConfidenceBars
from gui.widgets.percent import certainty
from gui.widgets.prediction_view import PredictionView


@pytest.fixture
def view(qtbot, system_again):
    view = PredictionView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    return view


def reading(shares: dict[int, float]) -> Reading:
    digit = np.zeros((28, 28), np.uint8)
    digit[4:24, 13:15] = 255
    return Reading(Prepared(digit, False, False, (0, 0, 1, 1)), FakePrediction(shares))


def show(view, shares):
    view.show_reading(reading(shares), lambda: "")


def test_a_sure_answer_is_the_digit_and_its_share(view):
    show(view, {4: 0.92})
    assert (view.digit.text(), view.confidence.text()) == ("4", "92 %")
    assert view.sentence.text() == "The model reads 4."
    assert view.sees.digit().any()


def test_a_close_second_is_named(view):
    show(view, {4: 0.7, 9: 0.25})
    assert view.digit.text() == "4"
    assert view.sentence.text() == "Probably 4, but it could be 9."


def test_an_unsure_answer_is_a_question_mark_and_says_between_what(view):
    show(view, {4: 0.45, 9: 0.4})
    assert view.digit.text() == "?"
    assert view.sentence.text() == "Not sure: it looks like 4 or 9."


def test_an_unsure_answer_without_a_rival_names_one_digit(view):
    show(view, {4: 0.3})
    assert view.sentence.text() == "Not sure: it looks a little like 4."


def test_nothing_to_read_is_an_empty_digit(view):
    show(view, {4: 0.92})
    view.show_nothing()
    assert (view.digit.text(), view.confidence.text(), view.bars.shares()) == ("", "", ())
    assert not view.sees.digit().any()


def test_the_bars_read_their_top_answers_to_a_screen_reader(view):
    show(view, {4: 0.7, 9: 0.2, 7: 0.06})
    assert view.bars.accessibleDescription() == "4: 70 %, 9: 20 %, 7: 6 %"


def test_nobody_is_told_a_hundred_percent(qapp):
    assert certainty(0.9999) == "> 99 %"
    assert certainty(0.984) == "98 %"


def test_each_bar_is_as_high_as_its_share(qtbot):
    bars = ConfidenceBars()
    qtbot.addWidget(bars)
    bars.resize(500, 300)
    bars.show_shares([0.5, 0.25] + [0.03125] * 8)
    picture = bars.grab().toImage()
    accent, quiet = (
        QColor(color.rgb())
        for color in (theme.colors(bars.palette()).accent, theme.colors(bars.palette()).quiet)
    )

    def height(column: int, color: QColor) -> int:
        ratio = picture.devicePixelRatio()
        x = round((column * 50 + 25) * ratio)
        tall = int((300 - 1.6 * bars.fontMetrics().height()) * ratio)  # above the digit and the mark under it
        return sum(QColor(picture.pixel(x, y)) == color for y in range(tall))

    assert height(0, accent) > 60
    assert height(1, quiet) == pytest.approx(height(0, accent) / 2, abs=3)
