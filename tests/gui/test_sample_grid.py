"""The sample grid: the right picture in the right cell of 70,000, selected, filtered and edited."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.widgets.grid_geometry import CELL_PIXELS, GridGeometry
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import NO_LABEL, Filter, Rows, SampleGridModel

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MANY = 70_000


def rows(ids, labels=None, split=0, source="import"):
    """Samples whose pictures tell their id: random pixels drawn from it."""
    ids = np.asarray(ids, np.int64)
    images = np.random.default_rng(int(ids[0])).integers(2, 256, (len(ids), 28, 28), dtype=np.uint8)
    labels = ids % 10 if labels is None else np.full(len(ids), labels)
    return Rows(ids, images, labels.astype(np.int8), np.full(len(ids), split, np.uint8), [source] * len(ids))


@pytest.fixture
def grid(qtbot):
    grid = SampleGrid()
    qtbot.addWidget(grid)
    grid.resize(500, 400)
    grid.set_pitch(CELL_PIXELS)  # one pixel of the screen for each of a digit
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), 2::-1].astype(int)


def assert_shows(grid, screen, position, digit):
    """The lower right part of a cell (the label is in the upper left) is the digit, paper to ink."""
    cell, colors = grid.cell_rect(position), theme.colors(grid.palette())
    paper, ink = (np.array(color.getRgb()[:3]) for color in (colors.canvas_paper, colors.canvas_ink))
    expected = paper + digit[14:, 14:, None] / 255 * (ink - paper)
    left, top = cell.left() + 1 + 14, cell.top() + 1 + 14
    found = screen[top : top + 14, left : left + 14]
    assert np.abs(found - expected).max() <= 1.0


def test_70000_digits_each_appear_in_their_own_cell_newest_first(grid):
    samples = rows(range(1, MANY + 1))
    grid.reset(samples)
    bar = grid.verticalScrollBar()
    for value in (0, bar.maximum() // 3, bar.maximum()):
        bar.setValue(value)
        screen = pixels(grid.viewport().grab().toImage())
        geometry = GridGeometry(CELL_PIXELS, grid.viewport().width(), MANY)
        visible = [
            position
            for row in geometry.rows_in(value, value + grid.viewport().height())
            for position in range(row * geometry.columns, min((row + 1) * geometry.columns, MANY))
            if grid.viewport().rect().contains(grid.cell_rect(position))
        ]
        assert len(visible) > 100
        for position in visible:
            assert_shows(grid, screen, position, samples.images[MANY - 1 - position])


def test_scrolling_by_moving_pixels_leaves_what_a_fresh_painting_shows(grid, qtbot):
    grid.reset(rows(range(1, 5_001)))
    QApplication.processEvents()
    for step in (7, 200, -31, 1_500, -3, 64):
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + step)
        QApplication.processEvents()
    moved = grid.screen().grabWindow(grid.winId()).toImage()
    grid.viewport().update()
    QApplication.processEvents()
    assert grid.screen().grabWindow(grid.winId()).toImage() == moved


def click(grid, position, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, grid.cell_rect(position).center())


def test_click_shift_and_ctrl_select_one_a_range_and_single_ones(grid):
    grid.reset(rows(range(1, 201)))
    click(grid, 3)
    assert grid.selected_ids() == [197]
    click(grid, 6, SHIFT)
    assert grid.selected_ids() == [194, 195, 196, 197]
    click(grid, 20, CONTROL)
    click(grid, 5, CONTROL)
    assert grid.selected_ids() == [180, 194, 196, 197]
    click(grid, 0)
    assert grid.selected_ids() == [200]


def test_a_rubber_band_selects_the_cells_it_touches(grid):
    grid.reset(rows(range(1, 201)))
    start, end = grid.cell_rect(0).center(), grid.cell_rect(0).center() + QPoint(CELL_PIXELS, CELL_PIXELS)
    QTest.mousePress(grid.viewport(), LEFT, pos=start)
    QTest.mouseMove(grid.viewport(), (start + end) / 2)
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseRelease(grid.viewport(), LEFT, pos=end)
    columns = GridGeometry(CELL_PIXELS, grid.viewport().width(), 200).columns
    assert grid.selected_ids() == sorted(200 - place for place in (0, 1, columns, columns + 1))


def test_arrow_keys_move_shift_extends_home_and_end_jump(grid):
    grid.reset(rows(range(1, 201)))
    grid.setFocus()
    columns = GridGeometry(CELL_PIXELS, grid.viewport().width(), 200).columns
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current_position() == columns + 1
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert grid.selected_ids() == [198 - columns, 199 - columns]
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.current_position() == 199
    assert grid.viewport().rect().contains(grid.cell_rect(199))
    QTest.keyClick(grid, Qt.Key.Key_A, CONTROL)
    assert len(grid.selected_ids()) == 200
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.selected_ids() == []


def test_digit_keys_ask_to_relabel_and_delete_asks_to_delete_the_selection(grid, qtbot):
    grid.reset(rows(range(1, 201)))
    click(grid, 3)
    with qtbot.waitSignal(grid.relabel_wanted) as relabel:
        QTest.keyClick(grid, Qt.Key.Key_7)
    assert relabel.args == [[197], 7]
    with qtbot.waitSignal(grid.delete_wanted) as delete:
        QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert delete.args == [[197]]


def test_an_added_digit_keeps_the_view_the_selection_and_the_current_cell(grid):
    grid.reset(rows(range(1, 5_001)))
    bar = grid.verticalScrollBar()
    bar.setValue(1_234)
    columns = GridGeometry(CELL_PIXELS, grid.viewport().width(), 5_000).columns
    position = (1_234 // CELL_PIXELS + 3) * columns + 2
    click(grid, position)
    chosen, place = grid.selected_ids(), grid.cell_rect(position).top()
    grid.put(rows(range(5_001, 5_001 + columns)))  # a whole row above
    assert grid.selected_ids() == chosen
    assert grid.current_position() == position + columns
    assert grid.cell_rect(position + columns).top() == place


def test_at_the_top_an_added_digit_is_seen_at_once(grid):
    grid.reset(rows(range(1, 5_001)))
    new = rows([5_001])
    grid.put(new)
    assert grid.verticalScrollBar().value() == 0
    assert_shows(grid, pixels(grid.viewport().grab().toImage()), 0, new.images[0])


def test_a_deleted_digit_leaves_the_grid_and_the_next_one_becomes_current(grid):
    grid.reset(rows(range(1, 201)))
    click(grid, 3)
    grid.remove([197])
    assert grid.selected_ids() == []
    assert grid.current_position() == 3
    assert grid.model.ids[grid.model.shown[3]] == 196
    grid.put(rows([197]))
    assert grid.model.position_of(197) == 3


def test_filters_by_label_split_and_source_show_only_what_matches(grid):
    grid.reset(rows(range(1, 101)))
    grid.put(rows(range(101, 111), labels=NO_LABEL, split=2, source="canvas"))
    for wanted, expected in (
        (Filter(label=7), list(range(97, 0, -10))),
        (Filter(label=NO_LABEL), list(range(110, 100, -1))),
        (Filter(split=2), list(range(110, 100, -1))),
        (Filter(label=3, source="import"), list(range(93, 0, -10))),
        (Filter(label=3, source="canvas"), []),
    ):
        grid.set_filter(wanted)
        assert grid.model.ids[grid.model.shown].tolist() == expected


def test_what_a_filter_hides_is_no_longer_selected(grid):
    grid.reset(rows(range(1, 101)))
    grid.select_ids([7, 8, 17])
    grid.set_filter(Filter(label=7))
    assert grid.selected_ids() == [7, 17]


def turn_wheel(grid, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    middle = QPointF(grid.viewport().rect().center())
    turned, phase = QPoint(0, 120 * notches), Qt.ScrollPhase.NoScrollPhase
    everywhere = grid.viewport().mapToGlobal(middle)
    event = QWheelEvent(
        middle, everywhere, QPoint(), turned, Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_the_wheel_glides_and_two_quick_notches_go_twice_as_far(grid, qtbot):
    grid.reset(rows(range(1, 5_001)))
    bar = grid.verticalScrollBar()
    notch = round(QApplication.wheelScrollLines() * CELL_PIXELS / 2)
    turn_wheel(grid, -1)
    turn_wheel(grid, -1)
    qtbot.waitUntil(lambda: bar.value() == 2 * notch)
    turn_wheel(grid, 1)
    qtbot.waitUntil(lambda: bar.value() == notch)


def test_ctrl_and_wheel_change_the_size_and_keep_the_first_row(grid):
    grid.reset(rows(range(1, 5_001)))
    columns = GridGeometry(CELL_PIXELS, grid.viewport().width(), 5_000).columns
    grid.verticalScrollBar().setValue(40 * CELL_PIXELS)
    turn_wheel(grid, 3, CONTROL)
    assert grid.pitch() > CELL_PIXELS
    assert grid.viewport().rect().intersects(grid.cell_rect(40 * columns))


def test_the_current_cell_is_described_to_assistive_tools(grid):
    grid.reset(rows(range(1, 201)))
    assert grid.accessibleName() == "All digits"
    click(grid, 3)
    assert grid.accessibleDescription() == "A 7 · training · imported · no. 197. 1 selected"


def test_geometry_finds_the_cell_at_every_pixel_and_nothing_beside_them():
    geometry = GridGeometry(pitch=40, width=210, count=13)
    assert (geometry.columns, geometry.rows, geometry.height, geometry.left) == (5, 3, 120, 5)
    for position in range(13):
        rectangle = geometry.rect(position)
        assert geometry.position_at(rectangle.topLeft()) == position
        assert geometry.position_at(rectangle.bottomRight()) == position
    assert geometry.position_at(QPoint(4, 10)) == -1
    assert geometry.position_at(QPoint(205, 10)) == -1
    assert geometry.position_at(geometry.rect(13).center()) == -1


def test_a_sample_from_before_the_last_reset_comes_back_to_its_place():
    model, all_rows = SampleGridModel(), rows(range(1, 11))
    keep = np.array([0, 1, 2, 4, 6, 7, 8, 9])
    model.reset(
        Rows(
            all_rows.ids[keep],
            all_rows.images[keep],
            all_rows.labels[keep],
            all_rows.splits[keep],
            ["import"] * 8,
        )
    )
    model.remove([1])
    model.select_ids([8])
    back = np.array([3, 5])
    model.put(
        Rows(
            all_rows.ids[back],
            all_rows.images[back],
            all_rows.labels[back],
            all_rows.splits[back],
            ["canvas"] * 2,
        )
    )
    assert model.ids[model.shown].tolist() == [10, 9, 8, 7, 6, 5, 4, 3, 2]
    assert model.selected_ids() == [8]
    for position, sample_id in enumerate(range(10, 1, -1)):
        np.testing.assert_array_equal(model.images[model.shown[position]], all_rows.images[sample_id - 1])
        expected = "canvas" if sample_id in (4, 6) else "import"
        assert model.source_of(int(model.shown[position])) == expected


def test_counts_follow_what_is_put_and_removed():
    model = SampleGridModel()
    model.reset(rows(range(1, 21)))
    model.put(rows([21, 22], labels=NO_LABEL, split=1))
    model.remove([1, 11])
    model.put(rows([2], labels=5))
    assert model.count() == 20
    assert model.label_counts() == [2, 0, 1, 2, 2, 3, 2, 2, 2, 2, 2]
    assert model.split_counts() == [18, 2, 0]
