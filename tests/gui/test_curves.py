"""The curves are the events: every point, on every axis, in one setData a look."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from training_fakes import epoch_completed, step_completed

from engine.training.history import images_at
from engine.training.plan import EpochPlan
from gui import theme
from gui.widgets.curve_series import AXES, RunSeries
from gui.widgets.curve_view import Curves
from gui.widgets.curves import DENSE, LONG
from gui.widgets.curves_frame import THIN

PLAN = EpochPlan(130, 50, 4)  # 3 steps an epoch, the last of 30


def events_of(plan: EpochPlan, run: int = 1) -> list:
    events: list = []
    for step in range(1, plan.total_steps + 1):
        epoch = -(-step // plan.steps_per_epoch)
        events.append(step_completed(run, epoch, step, plan))
        if step % plan.steps_per_epoch == 0:
            events.append(replace(epoch_completed(run, epoch, plan), is_best=epoch == 2))
    return events


def series_of(plan: EpochPlan = PLAN, run: int = 1) -> RunSeries:
    series = RunSeries(run, plan.images, plan.epochs, plan.total_steps)
    for event in events_of(plan, run):
        series.add(event)
    return series


@pytest.fixture
def curves(qtbot) -> Curves:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(800, 400)
    curves.show()
    return curves


def points(curve) -> tuple[list[float], list[float]]:
    x, y = curve.getOriginalDataset()
    return ([], []) if x is None else (list(x), list(y))


def test_the_curves_data_equals_the_events(curves):
    curves.show_run(series_of())
    assert points(curves.loss.train) == ([1, 2, 3, 4], [2.0 / epoch for epoch in (1, 2, 3, 4)])
    assert points(curves.loss.val) == ([1, 2, 3, 4], [2.2 / epoch for epoch in (1, 2, 3, 4)])
    x, y = points(curves.accuracy.val)
    assert (x, y) == ([1, 2, 3, 4], pytest.approx([100 * (1 - 0.6 / epoch) for epoch in (1, 2, 3, 4)]))
    x, y = points(curves.loss.steps)
    assert y == [2.3 / step for step in range(1, 13)]
    assert x == pytest.approx([PLAN.images_seen(step) / 130 for step in range(1, 13)])


@pytest.mark.parametrize(
    ("axis", "ends"),
    [("epoch", [1, 2, 3, 4]), ("step", [3, 6, 9, 12]), ("images", [130, 260, 390, 520])],
)
def test_every_axis_is_converted_exactly(curves, axis, ends):
    curves.axis_combo.setCurrentIndex(AXES.index(axis))
    curves.show_run(series_of())
    assert points(curves.loss.train)[0] == ends
    steps = points(curves.loss.steps)[0]
    assert steps[2::3] == ends  # the last step of an epoch lies where the epoch ends
    assert np.asarray(curves.loss.steps.getOriginalDataset()[0]).dtype == np.float64


def test_the_seconds_of_the_events_are_the_seconds_of_the_axis(curves):
    curves.show_run(series_of())
    curves.axis_combo.setCurrentIndex(AXES.index("seconds"))
    assert points(curves.accuracy.train)[0] == pytest.approx([0.03, 0.06, 0.09, 0.12])


def test_the_x_axis_reaches_to_the_planned_end_from_the_first_step_on(curves):
    series = RunSeries(1, 130, 4, 12)
    series.add(step_completed(1, 1, 1, PLAN))
    curves.show_run(series)
    low, high = curves.loss.plotItem.vb.viewRange()[0]
    assert low == 0 and high == pytest.approx(4, rel=0.02)


def test_the_best_epoch_is_marked_in_both_plots(curves):
    curves.show_run(series_of())
    for plot in curves.plots:
        (mark,) = plot.best.points()
        assert mark.pos().x() == 2


def test_a_mark_near_zero_or_a_hundred_percent_is_not_cut_by_the_edge(curves):
    curves.show_run(series_of())
    for plot, end in ((curves.loss, 0.0), (curves.accuracy, 100.0)):
        low, high = plot.plotItem.vb.viewRange()[1]
        room = min(end - low, high - end) / (high - low) * plot.plotItem.vb.height()
        assert room >= plot.best.opts["size"] / 3


def test_without_validation_there_is_neither_a_second_curve_nor_a_mark(curves):
    series = RunSeries(1, 130, 4, 12)
    for epoch in (1, 2, 3):
        series.add(epoch_completed(1, epoch, PLAN, val_images=0))
    curves.show_run(series)
    assert len(curves.loss.best.points()) == 0
    assert points(curves.loss.val) == ([], [])
    assert points(curves.loss.train)[0] == [1, 2, 3]


def test_two_runs_of_different_length_lie_in_one_plot(curves):
    short, long = EpochPlan(10, 10, 5), EpochPlan(10, 10, 40)
    curves.show_run(series_of(long, 2))
    curves.compare_with(series_of(short, 1), "run 1")
    assert points(curves.loss.old_train)[0] == [1, 2, 3, 4, 5]
    assert points(curves.loss.train)[0] == list(range(1, 41))
    assert curves.loss.plotItem.vb.viewRange()[0][1] >= 40
    assert curves.legend.text("other") == "run 1"
    curves.compare_with(None)
    assert points(curves.loss.old_train) == ([], [])


def test_training_and_validation_differ_by_dash_and_not_only_by_colour(curves):
    curves.show_run(series_of())
    assert curves.loss.train.opts["pen"].style() == Qt.PenStyle.SolidLine
    assert curves.loss.val.opts["pen"].style() == Qt.PenStyle.DashLine
    assert curves.loss.val.opts["symbol"] == "o"


def test_a_long_curve_is_drawn_without_smoothing_and_a_very_long_one_thin(curves):
    curves.show_run(series_of(EpochPlan(10, 10, LONG + 1)))
    assert curves.loss.train.opts["pen"].width() == 2
    assert not curves.loss.train.opts["antialias"]
    curves.show_run(series_of(EpochPlan(10, 10, THIN + 1)))
    assert curves.loss.train.opts["pen"].width() == 1
    curves.show_run(series_of())
    assert curves.loss.train.opts["pen"].width() == 2
    assert curves.loss.train.opts["antialias"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_epochs_lines_stand_out_from_an_area_of_single_steps(curves, dark):
    palette = theme.own_palette(dark)
    curves.setPalette(palette)
    curves.show_run(series_of(EpochPlan(DENSE, 1, 2)))
    line, area = (curve.opts["pen"].color() for curve in (curves.loss.train, curves.loss.steps))
    assert theme.contrast(line, area) >= theme.VISIBLE
    assert area != palette.color(QPalette.ColorRole.Base)
    assert curves.loss.train.opts["pen"].width() > curves.loss.steps.opts["pen"].width()


def test_the_colours_follow_light_and_dark(curves):
    for dark in (True, False):
        palette = theme.own_palette(dark)
        curves.setPalette(palette)
        QApplication.processEvents()
        assert curves.loss.train.opts["pen"].color() == theme.colors(palette).train
        assert curves.loss.backgroundBrush().color() == palette.color(QPalette.ColorRole.Base)
        image = curves.loss.grab().toImage()
        assert QColor(image.pixel(2, 2)) == palette.color(QPalette.ColorRole.Base)


def move(plot, x: float) -> None:
    at = plot.mapFromScene(plot.plotItem.vb.mapViewToScene(QPointF(x, 1.0)))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(plot.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_the_pointer_reads_the_nearest_epoch_in_both_plots(curves):
    curves.show_run(series_of())
    move(curves.loss, 2.9)
    assert "Epoch 3" in curves.loss.readout.text() and "0.6667" in curves.loss.readout.text()
    assert "80.00 %" in curves.accuracy.readout.text()
    assert curves.accuracy.cursor_line.value() == 3
    QApplication.sendEvent(curves.loss, QEvent(QEvent.Type.Leave))
    assert not curves.loss.readout.isVisible() and not curves.accuracy.cursor_line.isVisible()


def test_the_read_out_stays_in_sight_when_the_window_becomes_narrower(curves, qtbot):
    curves.show_run(series_of())
    move(curves.loss, 2.9)
    readout = curves.loss.readout
    for width in (600, 1_100):
        curves.resize(width, 400)
        qtbot.waitUntil(lambda: readout.geometry().right() == curves.loss.width() - 15)


def test_the_keyboard_reads_the_curves_too(curves):
    curves.show_run(series_of())
    for _ in range(80):
        QTest.keyClick(curves.loss, Qt.Key.Key_Right)
    assert "Epoch" in curves.loss.readout.text()


def test_a_zoom_stays_until_everything_is_wanted_again(curves):
    curves.show_run(series_of())
    curves.loss.plotItem.vb.setRange(xRange=(1, 2), padding=0)
    curves.loss.plotItem.vb.sigRangeChangedManually.emit((True, True))
    curves.refresh()
    assert curves.loss.plotItem.vb.viewRange()[0] == [1, 2]
    QTest.keyClick(curves.loss, Qt.Key.Key_Home)
    assert curves.loss.plotItem.vb.viewRange()[0][0] == 0


def test_a_series_forgets_what_came_after_its_last_saved_step():
    series = series_of()
    series.keep_until(7)
    assert series.steps.column("step")[-1] == 7
    assert list(series.epochs.column("epoch")) == [1, 2]


@pytest.mark.parametrize("epochs", [1, 2, 7, 40, 200])
def test_the_epochs_are_numbered_beneath_the_curves_with_whole_numbers_only(curves, epochs):
    curves.show_run(series_of(EpochPlan(130, 50, epochs)))
    low, high = curves.loss.plotItem.vb.viewRange()[0]
    levels = curves.loss.x_axis.tickValues(low, high, 700)
    ticks = [tick for _, values in levels for tick in values]
    labelled = [tick for tick in levels[0][1] if 1 <= tick <= epochs]
    assert labelled, "no epoch is numbered"
    assert all(tick == int(tick) for tick in ticks)
    if epochs <= 7:
        assert set(range(1, epochs + 1)) <= set(ticks)


def test_on_a_narrow_window_the_legend_stands_above_the_choices_and_nothing_is_cut(curves, qtbot):
    curves.compare_with(series_of(run=2), "run 2")

    def top_of(widget):
        return widget.mapTo(curves, widget.rect().topLeft()).y()

    curves.resize(1_000, 400)
    qtbot.waitUntil(lambda: abs(top_of(curves.legend) - top_of(curves.axis_combo)) < 20)
    curves.resize(curves.minimumSizeHint().width(), 400)
    qtbot.waitUntil(lambda: top_of(curves.axis_combo) > top_of(curves.legend) + 10)
    assert curves.width() < 600
    for widget in (curves.legend, curves.compare_combo, curves.axis_combo):
        assert widget.width() >= widget.minimumSizeHint().width()
    curves.resize(1_000, 400)
    qtbot.waitUntil(lambda: abs(top_of(curves.legend) - top_of(curves.axis_combo)) < 20)


def test_a_legend_that_gets_another_entry_makes_room_for_it_at_once(curves, qtbot):
    def top_of(widget):
        return widget.mapTo(curves, widget.rect().topLeft()).y()

    legend, axis = curves.legend, curves.axis_combo
    row = legend.parentWidget()
    beside = legend.minimumSizeHint().width() + axis.parentWidget().minimumSizeHint().width()
    curves.resize(beside + curves.width() - row.width() + 20, 400)
    qtbot.waitUntil(lambda: abs(top_of(legend) - top_of(axis)) < 20)
    curves.compare_with(series_of(run=2), "a run with a long name")
    qtbot.waitUntil(lambda: top_of(axis) > top_of(legend) + 10)
    assert legend.width() >= legend.minimumSizeHint().width()
    curves.compare_with(None, "")
    qtbot.waitUntil(lambda: abs(top_of(legend) - top_of(axis)) < 20)


# -- marks, smoothing, learning rate, read-out ---------------------------------------------------------


def test_an_early_stop_is_marked_at_the_last_epoch_and_named_in_the_legend(curves):
    series = series_of()
    curves.show_run(series)
    assert not curves.loss.early_stop.isVisible()
    assert "stopped early" not in [entry.text for entry in curves.legend.entries()]
    series.stopped_early = True
    curves.refresh()
    assert curves.loss.early_stop.isVisible() and curves.loss.early_stop.value() == 4
    assert curves.accuracy.early_stop.isVisible()
    assert "stopped early" in [entry.text for entry in curves.legend.entries()]


def test_the_raw_steps_stay_when_they_are_smoothed_and_smoothing_is_off_at_first(curves):
    curves.show_run(series_of())
    raw = points(curves.loss.steps)
    assert points(curves.loss.smooth) == ([], [])
    curves.tools.smoothings[10].trigger()
    assert points(curves.loss.steps) == raw
    x, y = points(curves.loss.smooth)
    assert x == raw[0]
    assert y == pytest.approx([np.mean(raw[1][max(0, at - 9) : at + 1]) for at in range(12)])
    curves.tools.smoothings[0].trigger()
    assert points(curves.loss.smooth) == ([], [])


def with_schedule() -> RunSeries:
    """A series whose learning rate rises over a quarter of its 12 steps and falls to 0."""
    series = series_of()
    steps = np.array([0.0, 3.0, 12.0])
    series.rates.extend(steps, images_at(PLAN, steps), np.array([0.0, 0.01, 0.0]))
    return series


@pytest.mark.parametrize(
    ("axis", "places"),
    [("epoch", [0, 1, 4]), ("step", [0, 3, 12]), ("images", [0, 130, 520]), ("seconds", [0, 0.03, 0.12])],
)
def test_the_learning_rate_is_drawn_beneath_on_every_axis(curves, axis, places):
    curves.resize(800, 500)
    curves.axis_combo.setCurrentIndex(AXES.index(axis))
    curves.show_run(with_schedule())
    assert curves.rate.isVisible()
    x, y = points(curves.rate.rate)
    assert (x, y) == (pytest.approx(places), pytest.approx([0, 0.01, 0]))
    curves.tools.rate.setChecked(False)
    assert not curves.rate.isVisible()


def test_the_learning_rate_leaves_its_place_where_there_is_little(curves, qtbot):
    curves.show_run(with_schedule())
    curves.resize(800, 250)
    qtbot.waitUntil(lambda: not curves.rate.isVisible())
    curves.resize(800, 600)
    qtbot.waitUntil(curves.rate.isVisible)


def test_the_cursor_reads_both_runs_and_the_learning_rate(curves):
    curves.resize(800, 500)
    curves.show_run(with_schedule())
    curves.compare_with(series_of(EpochPlan(130, 50, 2), 2), "run 2")
    move(curves.loss, 2.2)
    first, second = curves.loss.readout.text().splitlines()
    assert first.startswith("Epoch 2") and "1.0000" in first
    assert second.startswith("run 2:") and "Epoch 2" in second and "1.1000" in second
    assert curves.rate.readout.text() == "learning rate 0.00667"
    QApplication.sendEvent(curves.loss, QEvent(QEvent.Type.Leave))
    assert curves.rate.readout.text() == "learning rate"


def test_a_zoom_in_one_plot_is_one_in_all_and_the_button_ends_it(curves):
    curves.show_run(series_of())
    assert not curves.tools.reset.isEnabled()
    QTest.keyClick(curves.loss, Qt.Key.Key_Plus)
    assert curves.tools.reset.isEnabled()
    low, high = curves.loss.plotItem.vb.viewRange()[0]
    assert high - low < 4
    assert curves.accuracy.plotItem.vb.viewRange()[0] == pytest.approx([low, high], abs=0.02)
    curves.refresh()
    assert curves.accuracy.plotItem.vb.viewRange()[0] == pytest.approx([low, high], abs=0.02)
    QTest.mouseClick(curves.tools.reset, Qt.MouseButton.LeftButton)
    assert curves.accuracy.plotItem.vb.viewRange()[0][1] >= 4
    assert not curves.tools.reset.isEnabled()
