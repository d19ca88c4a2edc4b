"""The canvas: what a mouse, a pen or a finger does becomes strokes, and is painted where it happened."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QInputDevice, QKeyEvent, QKeySequence, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from gui import theme
from gui.widgets.canvas import DrawingCanvas

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def canvas(qtbot):
    canvas = DrawingCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.setFocus()
    return canvas


def drag(canvas, *points, button=LEFT):
    QTest.mousePress(canvas, button, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, QPoint(*point))
    QTest.mouseRelease(canvas, button, pos=QPoint(*points[-1]))


def ink(canvas):
    """Where ink is painted: (height, width) bool."""
    image = canvas.grab().toImage()
    color = theme.colors(canvas.palette()).canvas_ink
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine() // 4, 4)
    return (
        np.abs(pixels[:, :width, :3].astype(int) - [color.blue(), color.green(), color.red()]).sum(axis=2)
        < 60
    )


def shown_on_screen(widget):
    """What the last paint events left on the screen, not a fresh rendering."""
    return widget.screen().grabWindow(widget.winId()).toImage()


def test_a_mouse_drag_is_one_stroke_through_the_points_of_the_pointer(canvas):
    drag(canvas, (50, 60), (120, 60), (120, 200))
    (stroke,) = canvas.strokes()
    assert stroke.dtype == np.float32
    np.testing.assert_allclose(stroke[:, :2], [(50, 60), (120, 60), (120, 200)], atol=0.01)
    np.testing.assert_allclose(stroke[:, 2], 0.5)


def test_ink_appears_along_the_drag_and_nowhere_else(canvas):
    drag(canvas, (50, 150), (100, 150), (150, 150), (250, 150))
    painted = ink(canvas)
    assert painted[150, 45:255].all()
    assert not painted[:130].any() and not painted[170:].any()


def test_ink_is_painted_while_the_button_is_still_down_up_to_the_pointer(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 150))
    for x in range(60, 201, 20):
        QTest.mouseMove(canvas, QPoint(x, 150))
    assert ink(canvas)[150, 50:200].all()
    assert len(canvas.strokes()) == 1
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 150))


def test_what_is_painted_piece_by_piece_equals_a_drawing_painted_at_once(canvas):
    path = [(150 + int(90 * np.cos(a)), 150 + int(60 * np.sin(2 * a))) for a in np.linspace(0, 6, 60)]
    QTest.mousePress(canvas, LEFT, pos=QPoint(*path[0]))
    for point in path[1:]:
        QTest.mouseMove(canvas, QPoint(*point))
        QApplication.processEvents()
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*path[-1]))
    QApplication.processEvents()
    piecewise = shown_on_screen(canvas)
    canvas.set_strokes(canvas.strokes())
    QApplication.processEvents()
    assert shown_on_screen(canvas) == piecewise


def test_a_new_point_repaints_only_the_ink_around_it(canvas):
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                areas.append(event.rect())
            return False

    areas, watch = [], Watch()
    QTest.mousePress(canvas, LEFT, pos=QPoint(30, 150))
    QApplication.processEvents()
    canvas.installEventFilter(watch)
    for x in range(40, 250, 10):
        QTest.mouseMove(canvas, QPoint(x, 150))
        QApplication.processEvents()
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(250, 150))
    assert len(areas) >= 20
    assert all(area.width() < 90 and area.height() < 60 for area in areas)


def test_a_click_without_movement_is_a_dot(canvas):
    QTest.mouseClick(canvas, LEFT, pos=QPoint(80, 90))
    (stroke,) = canvas.strokes()
    assert stroke.shape == (1, 3)
    assert ink(canvas)[90, 80]


def test_a_stroke_that_leaves_the_widget_goes_on_and_stays_on_the_paper(canvas):
    drag(canvas, (200, 100), (290, 100), (400, 120), (350, 200), (250, 200))
    (stroke,) = canvas.strokes()
    assert len(stroke) == 5
    assert stroke[:, 0].max() == pytest.approx(300)
    np.testing.assert_allclose(stroke[-1, :2], (250, 200), atol=0.01)


def test_a_second_button_changes_nothing(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 50))
    QTest.mouseMove(canvas, QPoint(100, 50))
    QTest.mousePress(canvas, RIGHT, pos=QPoint(200, 200))
    QTest.mouseRelease(canvas, RIGHT, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(150, 50))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(150, 50))
    (stroke,) = canvas.strokes()
    np.testing.assert_allclose(stroke[:, 0], (50, 100, 150), atol=0.01)
    drag(canvas, (10, 10), (60, 60), button=RIGHT)
    assert len(canvas.strokes()) == 1


def test_two_quick_strokes_are_two_strokes_not_a_double_click(canvas):
    QTest.mouseClick(canvas, LEFT, pos=QPoint(80, 80))
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(80, 80))
    assert len(canvas.strokes()) >= 2


def test_the_pressure_of_a_pen_is_kept_and_widens_the_line(canvas):
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )

    def pen(kind, x, y, pressure, buttons):
        at = QPointF(x, y)
        none = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(kind, device, at, at, pressure, 0, 0, 0, 0, 0, none, LEFT, buttons)
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted()  # else Qt sends the same again as a mouse

    for y, pressure in ((80, 0.1), (220, 1.0)):
        pen(QEvent.Type.TabletPress, 50, y, pressure, LEFT)
        pen(QEvent.Type.TabletMove, 150.25, y, pressure, LEFT)
        pen(QEvent.Type.TabletMove, 250, y, pressure, LEFT)
        pen(QEvent.Type.TabletRelease, 250, y, 0.0, Qt.MouseButton.NoButton)
    light, firm = canvas.strokes()
    np.testing.assert_allclose(light[:, 2], 0.1, atol=0.001)
    np.testing.assert_allclose(firm[:, 2], 1.0)
    assert light[1, 0] == pytest.approx(150.25, abs=0.001)
    column = ink(canvas)[:, 150]
    assert 0 < column[40:120].sum() < column[180:260].sum()


def test_a_finger_draws_and_a_second_finger_does_not_disturb_it(canvas):
    device = QTest.createTouchDevice()

    def touch():
        return QTest.touchEvent(canvas, device)

    touch().press(1, QPoint(50, 50), canvas).commit()
    touch().move(1, QPoint(100, 60), canvas).commit()
    touch().stationary(1).press(2, QPoint(250, 250), canvas).commit()
    touch().move(1, QPoint(150, 70), canvas).move(2, QPoint(200, 200), canvas).commit()
    touch().stationary(1).release(2, QPoint(200, 200), canvas).commit()
    touch().release(1, QPoint(150, 70), canvas).commit()
    (stroke,) = canvas.strokes()
    np.testing.assert_allclose(stroke[:, 0], (50, 100, 150), atol=0.01)


def test_resizing_keeps_the_drawing_in_its_place_on_the_paper(canvas):
    drag(canvas, (60, 60), (240, 150))
    canvas.resize(150, 200)
    (stroke,) = canvas.strokes()
    np.testing.assert_allclose(stroke[:, :2], [(30, 55), (120, 100)], atol=0.05)
    painted = ink(canvas)
    assert painted[55, 30] and painted[100, 120] and painted[77, 75]
    canvas.resize(300, 300)
    np.testing.assert_allclose(canvas.strokes()[0][:, :2], [(60, 60), (240, 150)], atol=0.05)


def test_ctrl_z_takes_strokes_back_one_by_one_then_is_left_to_the_window(qtbot):
    window, canvas, calls = QMainWindow(), DrawingCanvas(), []
    action = QAction("Undo", window)
    action.setShortcut(QKeySequence.StandardKey.Undo)
    action.triggered.connect(lambda: calls.append("window"))
    window.addAction(action)
    window.setCentralWidget(canvas)
    qtbot.addWidget(window)
    window.resize(320, 320)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    canvas.setFocus()
    drag(canvas, (60, 60), (200, 60))
    drag(canvas, (60, 160), (200, 160))
    handle = window.windowHandle()  # as the system delivers keys: the window's shortcuts are asked, too
    QTest.keyClick(handle, Qt.Key.Key_Z, CONTROL)
    assert len(canvas.strokes()) == 1
    assert calls == []
    QTest.keyClick(handle, Qt.Key.Key_Z, CONTROL)
    assert canvas.is_empty()
    QTest.keyClick(handle, Qt.Key.Key_Z, CONTROL)
    assert calls == ["window"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_Y])
def test_a_key_that_is_held_down_stays_with_the_drawing_once_that_is_empty(canvas, key):
    repeated = [
        QKeyEvent(kind, key, CONTROL, autorep=True)
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    ]
    drag(canvas, (60, 60), (200, 60))
    canvas.undo()
    canvas.redo()
    canvas.clear()
    for _ in range(4):
        for event in repeated:
            event.setAccepted(event.type() == QEvent.Type.KeyPress)  # as the system sends them
            QApplication.sendEvent(canvas, event)
            assert event.isAccepted()


def test_redo_brings_a_stroke_back_until_something_new_is_drawn(canvas):
    drag(canvas, (60, 60), (200, 60))
    canvas.undo()
    QTest.keySequence(canvas, QKeySequence(QKeySequence.StandardKey.Redo))
    assert len(canvas.strokes()) == 1
    canvas.undo()
    QTest.mouseClick(canvas, LEFT, pos=QPoint(150, 150))
    canvas.redo()
    assert len(canvas.strokes()) == 1
    assert len(canvas.strokes()[0]) == 1


def test_escape_clears_and_undo_brings_the_drawing_back(canvas):
    drag(canvas, (60, 60), (200, 60))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.is_empty()
    assert not ink(canvas).any()
    canvas.undo()
    assert len(canvas.strokes()) == 1
    assert ink(canvas)[60, 100]


def test_starting_over_forgets_the_old_drawing(canvas):
    drag(canvas, (60, 60), (200, 60))
    canvas.start_over()
    assert canvas.is_empty()
    assert not canvas.can_undo()


def test_signals_say_each_new_point_and_each_finished_stroke(canvas, qtbot):
    points, strokes = [], []
    canvas.ink_changed.connect(lambda: points.append(len(canvas.strokes()[-1])))
    canvas.stroke_finished.connect(lambda: strokes.append(len(canvas.strokes())))
    drag(canvas, (60, 60), (100, 60), (140, 60))
    drag(canvas, (60, 100), (100, 100))
    assert points == [1, 2, 3, 1, 2]
    assert strokes == [1, 2]


def test_digit_keys_pass_through_to_the_page(qtbot):
    class Page(QMainWindow):
        def keyPressEvent(self, event):
            keys.append(event.key())

    keys, page, canvas = [], Page(), DrawingCanvas()
    page.setCentralWidget(canvas)
    qtbot.addWidget(page)
    page.show()
    QTest.keyClick(canvas, Qt.Key.Key_7)
    assert keys == [Qt.Key.Key_7]


def test_paper_and_ink_follow_light_and_dark(canvas, qapp):
    drag(canvas, (60, 150), (200, 150))
    for dark in (False, True):
        palette = theme.own_palette(dark)
        canvas.setPalette(palette)
        image = canvas.grab().toImage()
        colors = theme.colors(palette)
        assert image.pixelColor(150, 150) == colors.canvas_ink
        assert image.pixelColor(40, 40) == colors.canvas_paper


def test_the_drawing_is_sharp_on_a_screen_of_twice_the_pixels(canvas):
    drag(canvas, (60, 150), (240, 150))
    assert QRect(0, 0, 300, 300).contains(canvas.paper().toRect())
    assert canvas.grab().toImage().size() == canvas.size() * canvas.devicePixelRatio()
