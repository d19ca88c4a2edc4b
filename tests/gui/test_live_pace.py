"""How often a growing drawing is read, and how little of the answer is painted anew."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication
from test_prediction_view import reading

from gui.live_reader import PACE_MS, LiveReader
from gui.widgets.confidence_bars import DIGITS, ConfidenceBars
from gui.widgets.prediction_view import PredictionView

POINT = PACE_MS / 1000  # seconds between two points of a mouse


class Drawing:
    """A drawing that is read in time of its own: a look takes ``takes`` seconds."""

    def __init__(self) -> None:
        self.now, self.takes, self.looks = 100.0, 0.0, 0
        self.reader = LiveReader(self.look, SimpleNamespace(reader=None), clock=lambda: self.now)

    def look(self) -> None:
        self.looks += 1
        self.now += self.takes

    def point(self, seconds_later: float) -> int:
        """Draw a point so many seconds after the last look; return how many looks it had at once."""
        before = self.looks
        self.now += seconds_later
        self.reader.ask()
        QApplication.processEvents()
        return self.looks - before


@pytest.fixture
def drawing(qapp):
    return Drawing()


def test_each_point_of_a_mouse_is_read_at_once(drawing):
    drawing.takes = POINT / 2
    assert [drawing.point(POINT / 2) for _ in range(5)] == [1] * 5


def test_several_points_of_one_moment_are_read_once(drawing):
    for _ in range(4):
        drawing.reader.ask()
    QApplication.processEvents()
    assert drawing.looks == 1


def test_a_slow_look_is_followed_by_a_pause_as_long_as_itself(drawing):
    drawing.takes = 60.0
    assert drawing.point(POINT) == 1
    assert drawing.point(POINT) == 0  # it waits for a minute
    drawing.reader.read_now()  # as when the pen is lifted
    assert drawing.looks == 2
    assert drawing.point(60.0) == 1


class Paints(QObject):
    """Hears what is painted and laid out in a widget."""

    def __init__(self, watched) -> None:
        super().__init__()
        self.region, self.layouts = QRegion(), 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        self.layouts += event.type() == QEvent.Type.LayoutRequest
        return False


def test_only_the_bars_that_changed_are_painted_anew(qtbot):
    bars = ConfidenceBars()
    qtbot.addWidget(bars)
    bars.resize(500, 200)
    bars.show()
    qtbot.waitExposed(bars)
    bars.show_shares([0.0, 0.3, 0.0, 0.0, 0.7, 0.0, 0.0, 0.0, 0.0, 0.0])
    QApplication.processEvents()
    paints = Paints(bars)
    bars.show_shares([0.0, 0.6, 0.0, 0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0])
    QApplication.processEvents()
    middles = [QPoint(round(bars.width() * (digit + 0.5) / DIGITS), 100) for digit in range(DIGITS)]
    assert [digit for digit, middle in enumerate(middles) if paints.region.contains(middle)] == [1, 4]


def test_another_share_of_the_same_digit_lays_nothing_out_anew(qtbot, system_again):
    view = PredictionView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    view.show_reading(reading({4: 0.95}), lambda: "")
    QApplication.processEvents()
    paints = Paints(view)
    for share in (0.97, 0.999, 0.92):
        view.show_reading(reading({4: share}), lambda: "")
        QApplication.processEvents()
    assert paints.layouts == 0
    assert view.confidence.text() == "92 %"
