"""Pictures on the Test page: dropped, pasted, opened; read beside the window and shown on the canvas."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from try_fakes import FakeModels, FakeReader, until

from engine.data.preprocess import from_image
from gui.messages import Kind
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.picture_reader import read_file

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(session, qtbot, system_again):
    models = ModelChoice(session, FakeModels({None: FakeReader({7: 0.9})}))
    page = TestPage(session, models, lambda: page.chosen_path)
    page.chosen_path = None
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


def seven(size=(300, 400)) -> Image.Image:
    """A dark seven on light paper."""
    image = Image.new("RGB", size, (240, 235, 225))
    pen = ImageDraw.Draw(image)
    pen.line([(90, 120), (210, 120), (130, 290)], fill=(30, 30, 60), width=16, joint="curve")
    return image


def saved(path, image=None):
    (seven() if image is None else image).save(path)
    return path


def files(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(page, data) -> bool:
    event = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    return event.isAccepted()


def drop(page, data):
    assert drag(page, data)
    QApplication.sendEvent(
        page,
        QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier),
    )


def write_one(page):
    QTest.mousePress(page.pad.canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad.canvas, QPoint(200, 300))
    QTest.mouseRelease(page.pad.canvas, LEFT, pos=QPoint(200, 300))


def test_a_dropped_picture_is_shown_and_read(page, qtbot, tmp_path):
    path = saved(tmp_path / "seven.png")
    write_one(page)
    drop(page, files(path))
    until(qtbot, page.pad.has_picture)
    assert page.pad.picture.isVisible()
    assert page.pad.canvas.is_empty()
    assert page.answer.digit.text() == "7"
    assert (page.answer.sees.digit() == from_image(path).digit).all()


def test_drawing_again_takes_the_picture_away_and_loses_no_stroke(page, qtbot, tmp_path):
    drop(page, files(saved(tmp_path / "seven.png")))
    until(qtbot, page.pad.has_picture)
    at = page.pad.picture.mapTo(page, QPoint(200, 100))
    assert page.childAt(at) is page.pad.canvas  # the pen goes through the picture
    write_one(page)
    assert not page.pad.picture.isVisible()
    assert len(page.pad.canvas.strokes()) == 1


def test_clear_takes_the_picture_away(page, qtbot, tmp_path):
    drop(page, files(saved(tmp_path / "seven.png")))
    until(qtbot, page.pad.has_picture)
    QTest.mouseClick(page.pad.clear_button, LEFT)
    assert not page.pad.picture.isVisible()
    assert page.answer.digit.text() == ""


def test_escape_takes_the_picture_away_and_undo_brings_the_drawing_back(page, qtbot, tmp_path):
    write_one(page)
    drop(page, files(saved(tmp_path / "seven.png")))
    until(qtbot, page.pad.has_picture)
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_Escape)
    assert page.pad.is_empty()
    QTest.mouseClick(page.pad.undo_button, LEFT)
    assert len(page.pad.canvas.strokes()) == 1


def test_a_taught_picture_is_kept_with_its_file(page, session, qtbot, tmp_path):
    path = saved(tmp_path / "seven.png")
    drop(page, files(path))
    until(qtbot, page.pad.has_picture)
    QTest.mouseClick(page.teach.buttons[7], LEFT)
    stored = session.document.samples.get(1)
    assert (stored.label, stored.source, stored.original_kind) == (7, "confirmed", "image")
    assert stored.original == path.read_bytes()


def test_a_blank_picture_says_that_nothing_is_there(page, qtbot, tmp_path):
    drop(page, files(saved(tmp_path / "blank.png", Image.new("L", (200, 200), 230))))
    until(qtbot, page.pad.has_picture)
    assert page.answer.digit.text() == ""
    assert page.answer.sentence.text().startswith("There is nothing here")
    QTest.mouseClick(page.teach.buttons[7], LEFT)
    assert page.teach.note.text() == "Write a digit first, then tell which one it is."


def test_a_bad_file_is_a_sentence_and_the_drawing_stays(page, qtbot, tmp_path):
    bad = tmp_path / "text.png"
    bad.write_text("not a picture")
    write_one(page)
    drop(page, files(bad))
    until(qtbot, lambda: page.said)
    kind, text = page.said[0]
    assert kind == Kind.ERROR
    assert text.startswith(f"{bad} is not a readable image")
    assert not page.pad.canvas.is_empty()
    assert page.answer.digit.text() == "7"


def test_documents_are_left_to_the_window(page, tmp_path):
    document = tmp_path / "digits.dojo"
    document.touch()
    assert not drag(page, files(document))
    assert not drag(page, files(document, saved(tmp_path / "a.png")))


def test_a_hovering_picture_is_invited_and_forgotten_when_it_leaves(page, tmp_path):
    assert drag(page, files(saved(tmp_path / "a.png")))
    assert page.pad.picture.isVisible()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page.pad.picture.isVisible()


def test_a_picture_on_the_clipboard_is_pasted(page, qtbot):
    buffer = io.BytesIO()
    seven().save(buffer, "PNG")
    QGuiApplication.clipboard().setImage(QImage.fromData(buffer.getvalue()))
    page.activateWindow()
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, page.pad.has_picture)
    assert page.answer.digit.text() == "7"
    assert (page.answer.sees.digit() == from_image(seven()).digit).all()


def test_a_clipboard_without_a_picture_says_so(page):
    QGuiApplication.clipboard().setText("7")
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.said == [(Kind.INFO, "There is no picture on the clipboard.")]


def test_a_picture_is_opened_with_the_button(page, qtbot, tmp_path):
    page.chosen_path = saved(tmp_path / "seven.jpg")
    QTest.mouseClick(page.pad.open_button, LEFT)
    until(qtbot, page.pad.has_picture)
    assert page.answer.digit.text() == "7"


def test_drawing_while_a_picture_is_read_wins(page, qtbot, tmp_path):
    page.read_file(saved(tmp_path / "seven.png"))
    write_one(page)
    until(qtbot, lambda: not page._pictures._tasks._runner.is_running)
    assert not page.pad.has_picture()
    assert len(page.pad.canvas.strokes()) == 1


def test_a_turned_photo_is_shown_upright_with_its_digit_framed(qapp, tmp_path):
    upright, turned = saved(tmp_path / "a.jpg"), tmp_path / "b.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90° clockwise
    seven().transpose(Image.Transpose.ROTATE_90).save(turned, exif=exif)
    first, second = read_file(upright), read_file(turned)
    assert first.size == second.size == (300, 400)
    assert second.preview.height() > second.preview.width()
    assert first.prepared.box == pytest.approx(second.prepared.box, abs=4)


def test_a_deep_grey_picture_is_shown_as_it_is(qapp, tmp_path):
    grey = np.asarray(seven().convert("L")).astype(np.uint16) * 257
    path = tmp_path / "deep.png"
    Image.fromarray(grey).save(path)
    preview = read_file(path).preview
    assert abs(preview.pixelColor(5, 5).red() - int(grey[5, 5] // 257)) <= 1


def test_a_large_picture_is_shown_small(qapp, tmp_path):
    picture = read_file(saved(tmp_path / "large.png", seven().resize((3_000, 4_000))))
    assert max(picture.preview.width(), picture.preview.height()) == 1_200
    assert picture.size == (3_000, 4_000)
