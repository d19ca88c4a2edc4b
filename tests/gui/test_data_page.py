"""The Data page: a drawing becomes a row, rows are corrected and brought back, files are imported."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSlider,
)

from engine.data.samples import Split
from engine.data.strokes import from_json
from gui.i18n import Translation
from gui.pages.data_page import DataPage
from gui.widgets.canvas import DrawingCanvas
from gui.widgets.sample_grid import SampleGrid
from gui.widgets.sample_grid_model import Filter

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
SEVEN = ((80, 60), (200, 60), (170, 130), (130, 230))


@pytest.fixture
def page(session, qtbot, system_again):
    page = DataPage(session)
    page.said = []
    page.message.connect(lambda kind, text, action, on_action: page.said.append((kind, text(), on_action)))
    qtbot.addWidget(page)
    page.resize(1_100, 600)
    page.show()
    qtbot.waitExposed(page)
    yield page
    assert page.shutdown()


def write(page, *points):
    canvas = page.drawing.canvas
    QTest.mousePress(canvas, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, QPoint(*point))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*points[-1]))


def labels(session):
    return session.document.samples.load().labels.tolist()


def bars(count):
    """``count`` different pictures of a one."""
    images = np.zeros((count, 28, 28), np.uint8)
    for index in range(count):
        images[index, 4:24, 13:15] = 255 - index % 200
        images[index, index % 20 + 4, 12] = 200
    return images


def select(page, *ids):
    page.browse.grid.select_ids(list(ids))


def test_a_drawing_and_a_digit_key_store_a_row_with_that_label(page, session):
    write(page, *SEVEN)
    QTest.keyClick(page.drawing.canvas, Qt.Key.Key_7)
    samples = session.document.samples.load()
    assert samples.labels.tolist() == [7]
    assert samples.images[0].max() > 200
    assert page.drawing.canvas.is_empty()
    stored = session.document.samples.get(int(samples.ids[0]))
    assert (stored.source, stored.original_kind) == ("canvas", "strokes")
    (stroke,) = from_json(stored.original.decode())
    np.testing.assert_allclose(stroke[:, :2], SEVEN, atol=0.01)


def test_a_label_button_stores_too_and_says_how_many_there_are(page, session):
    for _ in range(2):
        write(page, *SEVEN)
        button = page.findChild(QPushButton, "labelButton4")
        QTest.mouseClick(button, LEFT)
    assert labels(session) == [4, 4]
    assert "Added a 4 (2 now)." in [label.text() for label in page.findChildren(type(page.drawing._note))]
    assert page.browse.counts.counts() == [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]


def test_an_empty_canvas_stores_nothing_and_says_so_kindly(page, session):
    QTest.keyClick(page.drawing.canvas, Qt.Key.Key_3)
    assert labels(session) == []
    assert page.drawing._note.text() == "Nothing is written yet. Write a digit first, then press its key."
    assert page.said == []


def test_what_the_model_sees_follows_the_pen_and_equals_what_is_stored(page, session, qtbot):
    write(page, *SEVEN)
    qtbot.waitUntil(lambda: page.drawing.sees.digit().any())
    seen = page.drawing.sees.digit()
    page.store(7)
    np.testing.assert_array_equal(session.document.samples.load().images[0], seen)
    qtbot.waitUntil(lambda: not page.drawing.sees.digit().any())


def test_the_digit_that_is_fewest_is_asked_for_next(page, session):
    session.document.samples.add_arrays(bars(9), [0, 1, 2, 3, 4, 6, 7, 8, 9])
    session.samples_changed.emit()
    assert page.drawing._suggested == 5


def test_undo_after_storing_takes_the_row_back_not_an_old_stroke(page, session):
    write(page, *SEVEN)
    page.store(7)
    QTest.keyClick(page.drawing.canvas, Qt.Key.Key_Z, CONTROL)  # nothing on the canvas: left to the window
    assert labels(session) == [7]
    session.undo()
    assert labels(session) == []
    assert page.browse.grid.model.count() == 0


def test_delete_removes_the_selected_digits_and_undo_brings_them_back(page, session):
    session.document.samples.add_arrays(bars(5), [0, 1, 2, 3, 4])
    session.samples_changed.emit()
    select(page, 2, 4)
    QTest.keyClick(page.browse.grid, Qt.Key.Key_Delete)
    assert labels(session) == [0, 2, 4]
    assert page.browse.grid.model.count() == 3
    session.undo()
    assert labels(session) == [0, 1, 2, 3, 4]
    assert page.browse.grid.model.ids[page.browse.grid.model.shown].tolist() == [5, 4, 3, 2, 1]
    session.redo()
    assert page.browse.grid.model.count() == 3


def test_the_grid_stays_equal_to_the_document_through_many_edits_undone_and_redone(page, session):
    session.document.samples.add_arrays(bars(30), [index % 10 for index in range(30)])
    session.samples_changed.emit()
    random = np.random.default_rng(5)

    def some():
        ids = session.document.samples.load().ids
        return random.choice(ids, min(len(ids), int(random.integers(1, 12))), replace=False).tolist()

    for _ in range(120):
        choice = int(random.integers(6))
        if choice == 0:
            session.add_digit(bars(1)[0], int(random.integers(10)), "canvas")
        elif choice == 1:
            session.delete(some())
        elif choice == 2:
            session.set_label(some(), int(random.integers(10)))
        elif choice == 3:
            session.redo()
        else:
            session.undo()
        stored, model = session.document.samples.load(), page.browse.grid.model
        shown = model.shown[::-1]
        np.testing.assert_array_equal(model.ids[shown], stored.ids)
        np.testing.assert_array_equal(model.labels[shown], stored.labels)
        np.testing.assert_array_equal(model.splits[shown], stored.splits)
        np.testing.assert_array_equal(model.images[shown], stored.images)


def test_the_message_after_a_delete_offers_undo_while_nothing_else_changed(page, session):
    session.document.samples.add_arrays(bars(3), [0, 1, 2])
    session.samples_changed.emit()
    select(page, 1)
    page.delete_selected()
    _, _, take_back = page.said[-1]
    take_back()
    assert labels(session) == [0, 1, 2]
    select(page, 2)
    page.delete_selected()
    _, _, take_back = page.said[-1]
    session.set_label([3], 9)
    take_back()
    assert labels(session) == [0, 9]
    assert page.said[-1][1].startswith("Something else has changed since.")


def test_a_digit_key_on_the_grid_relabels_what_is_selected(page, session):
    session.document.samples.add_arrays(bars(4), [0, 1, 2, -1])
    session.samples_changed.emit()
    select(page, 3, 4)
    QTest.keyClick(page.browse.grid, Qt.Key.Key_8)
    assert labels(session) == [0, 1, 8, 8]
    assert page.browse.grid.selected_ids() == [3, 4]
    session.undo()
    assert labels(session) == [0, 1, 2, -1]


def test_move_to_puts_the_selected_digits_into_another_split(page, session):
    session.document.samples.add_arrays(bars(3), [0, 1, 2])
    session.samples_changed.emit()
    select(page, 1, 2)
    page.browse.selection.move_wanted.emit(2)
    assert session.document.samples.split_counts()[Split.TEST] == 2
    assert page.browse.grid.model.split_counts() == [1, 0, 2]


def test_digits_without_a_label_are_not_counted_as_training_digits(page, session):
    session.document.samples.add_arrays(bars(5), [1, 1, 1, -1, -1], split=Split.TRAIN)
    session.samples_changed.emit()
    totals = page.findChild(QLabel, "splitCounts")
    assert totals.text() == "5 digit(s): training 3 · validation 0 · test 0 · no label 2"
    session.set_label([4, 5], 1)
    assert totals.text() == "5 digit(s): training 5 · validation 0 · test 0"


def test_a_click_on_a_bar_filters_and_a_second_click_shows_all_again(page, session):
    session.document.samples.add_arrays(bars(20), [index % 10 for index in range(20)])
    session.samples_changed.emit()
    counts = page.browse.counts
    bar = QPoint(counts.width() * 7 // 22, counts.height() // 2)  # the middle of the fourth
    QTest.mouseClick(counts, LEFT, pos=bar)
    assert page.browse.filters.filter() == Filter(label=3)
    assert len(page.browse.grid.model.shown) == 2
    QTest.mouseClick(counts, LEFT, pos=bar)
    assert len(page.browse.grid.model.shown) == 20


def picture(path, foot):
    """A scan of an L whose foot is so many pixels long."""
    pixels = np.full((60, 60), 255, np.uint8)
    pixels[10:50, 10:15] = 0
    pixels[45:50, 10 : 15 + foot] = 0
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(pixels).save(path)


def drag(page, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, none)
    QApplication.sendEvent(page, enter)
    return mime, enter


def drop(page, *paths):
    mime, _ = drag(page, *paths)
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, LEFT, none, QEvent.Type.Drop)
    QApplication.sendEvent(page, event)


def test_dropped_files_are_imported_and_a_bad_one_is_named_with_its_reason(page, session, qtbot, tmp_path):
    for name, foot in (("4_a.png", 20), ("4_b.png", 28), ("7.png", 34)):
        picture(tmp_path / "mine" / name, foot)
    (tmp_path / "mine" / "5_broken.png").write_text("this is no picture")
    drop(page, tmp_path / "mine")
    qtbot.waitUntil(lambda: bool(page.said) and not page.is_importing, timeout=20_000)
    assert sorted(labels(session)) == [4, 4, 7]
    assert page.browse.grid.model.count() == 3
    assert page.browse.grid.selected_ids() == []
    (line,) = page._panel.rejected_lines()
    assert line.startswith("5_broken.png is not a readable image")
    kind, text, _ = page.said[-1]
    assert kind == "success"
    assert "3" in text and "1 file" in text
    session.undo()  # one step for the whole import
    assert labels(session) == []
    assert page.browse.grid.model.count() == 0
    assert not page._panel.isVisible()  # its list of what was left out is of no import any more


def test_imported_digits_without_a_label_are_selected_so_that_one_key_labels_them(
    page, session, qtbot, tmp_path
):
    for name, foot in (("4_a.png", 5), ("one.png", 15), ("two.png", 25)):
        picture(tmp_path / "mine" / name, foot)
    page.import_paths([tmp_path / "mine"])
    qtbot.waitUntil(lambda: bool(page.said) and not page.is_importing, timeout=20_000)
    assert sorted(labels(session)) == [-1, -1, 4]
    assert "2 digit(s) have no label yet" in page.said[-1][1]
    QTest.keyClick(page.browse.grid, Qt.Key.Key_6)
    assert sorted(labels(session)) == [4, 6, 6]


def test_a_drop_of_nothing_readable_says_the_sentence_and_changes_nothing(page, session, qtbot, tmp_path):
    (tmp_path / "0.png").write_bytes(b"")
    drop(page, tmp_path / "0.png")
    qtbot.waitUntil(lambda: bool(page.said), timeout=20_000)
    kind, text, _ = page.said[-1]
    assert kind == "error"
    assert "is empty (0 bytes)" in text
    assert labels(session) == []
    assert not page._panel.isVisible()


def test_the_page_shows_where_files_can_be_dropped_and_leaves_documents_to_the_window(page, tmp_path):
    _, enter = drag(page, tmp_path / "one.png")
    assert enter.isAccepted()
    assert page._veil.isVisible()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page._veil.isVisible()
    _, enter = drag(page, tmp_path / "other.dojo")
    assert not enter.isAccepted()
    assert not page._veil.isVisible()


def test_a_second_import_waits_for_the_first(page, qtbot, tmp_path):
    picture(tmp_path / "mine" / "4_a.png", 20)
    page.import_paths([tmp_path / "mine"])
    page.import_paths([tmp_path / "mine"])
    assert page.said[-1][1].startswith("An import is under way.")
    qtbot.waitUntil(lambda: not page.is_importing, timeout=20_000)


def test_cancel_ends_an_import_and_keeps_what_was_read_as_one_step(page, session, qtbot, tmp_path):
    digits = np.random.default_rng(3).integers(0, 256, (20_000, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "many.npz", images=digits)
    page.import_paths([tmp_path / "many.npz"])
    button = page.findChild(QPushButton, "importCancelButton")
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: bool(page.said) and not page.is_importing, timeout=30_000)
    assert page.said[-1][1].startswith("Import cancelled.")
    assert page.browse.grid.model.count() == session.document.samples.count() < 20_000
    session.undo()
    assert session.document.samples.count() == 0
    assert not button.isVisible()


def test_another_language_keeps_drawing_filter_and_selection(page, session, qapp, translations):
    session.document.samples.add_arrays(bars(20), [index % 10 for index in range(20)])
    session.samples_changed.emit()
    write(page, *SEVEN)
    page.browse.filters.set_filter(Filter(label=3))
    select(page, 4)
    english = page._images.text()
    Translation(qapp, translations).use("ja")
    QApplication.processEvents()
    assert page._images.text() != english
    assert page.browse.filters.filter() == Filter(label=3)
    assert page.browse.grid.selected_ids() == [4]
    assert len(page.drawing.canvas.strokes()) == 1


def test_an_empty_page_offers_the_starter_digits_and_shows_them_when_they_are_there(page, session, qtbot):
    button = page.findChild(QPushButton, "emptyStarterButton")
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: page.browse.grid.model.count() == 10_000, timeout=30_000)
    assert not button.isVisible()
    assert page.browse.grid.isVisible()
    assert page.browse.counts.counts() == [1_000] * 10 + [0]


def test_another_document_shows_its_own_digits(page, session, tmp_path):
    session.document.samples.add_arrays(bars(3), [0, 1, 2])
    session.samples_changed.emit()
    page.browse.filters.set_filter(Filter(label=2))
    session.new()
    assert page.browse.grid.model.count() == 0
    assert page.browse.filters.filter() == Filter()


def test_saving_under_a_name_keeps_a_drawing_that_was_begun(page, session, tmp_path):
    write(page, *SEVEN)
    assert session.save_as(tmp_path / "mine.dojo")
    assert len(page.drawing.canvas.strokes()) == 1


def test_every_control_has_an_accessible_name(page, session):
    session.document.samples.add_arrays(bars(3), [0, 1, 2])
    session.samples_changed.emit()
    kinds = (QAbstractButton, QComboBox, QSlider, QProgressBar, QListWidget, SampleGrid, DrawingCanvas)
    controls = [widget for kind in kinds for widget in page.findChildren(kind)]
    named = [widget for widget in controls if not widget.objectName().startswith("qt_")]
    assert len(named) > 25
    assert [widget.objectName() for widget in named if not widget.accessibleName()] == []
