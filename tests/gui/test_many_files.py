"""Many files on the Test page: a table of answers beside the window, saved, filtered, put on the canvas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from try_fakes import FakeModels, FakePrediction, FakeReader, Unmeasured, until

from engine.inference.prediction import Prediction
from gui.i18n import Translation
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.widgets.answers_model import ANSWER, FILE, ROW, SURE, VERDICT, Show

LEFT = Qt.MouseButton.LeftButton


class ByPlace(Unmeasured):
    """Reads a 1 in what is narrow and a 7 elsewhere; it is not sure where little is written."""

    def predict(self, images) -> list[Prediction]:
        wide = [int(image.any(axis=0).sum()) for image in images]
        return [FakePrediction({1: 0.95} if width < 9 else {7: 0.45, 9: 0.4}) for width in wide]


class Saving:
    """Stands in for the system's dialog."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file_to_save(self, title, name, kinds) -> Path:
        assert kinds[0][1] == ".csv"
        return self.path

    def folder_to_fill(self, title) -> None:
        return None


@pytest.fixture
def page(session, qtbot, system_again, tmp_path):
    reader = ByPlace()
    models = ModelChoice(session, FakeModels({None: reader}))
    page = TestPage(session, models)
    page.many._dialogs = Saving(tmp_path / "answers.csv")
    page.said = []
    page.message.connect(lambda kind, words: page.said.append(words()))
    qtbot.addWidget(page)
    page.resize(1_100, 640)
    page.show()
    qtbot.waitExposed(page)
    until(qtbot, lambda: models.reader)
    yield page
    assert page.shutdown()
    assert models.shutdown()


def drawn(path: Path, lines) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", (140, 200), 240)
    for line in lines:
        ImageDraw.Draw(image).line(line, fill=30, width=12, joint="curve")
    image.save(path)
    return path


def one(path: Path) -> Path:
    return drawn(path, [[(70, 30), (70, 170)]])


def seven(path: Path) -> Path:
    return drawn(path, [[(30, 40), (110, 40), (60, 170)]])


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "digits"
    one(root / "1" / "a.png")
    seven(root / "7" / "b.png")
    one(root / "7" / "c.png")
    (root / "7" / "d.png").write_text("no picture")
    drawn(root / "2" / "e.png", [])
    return root


def drop(page: QWidget, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, copy, nothing = QPoint(50, 50), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, copy, data, LEFT, nothing)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(where), copy, data, LEFT, nothing))
    return enter.isAccepted()


def read(page, qtbot, *paths: Path):
    assert drop(page, *paths)
    window = page.many.window
    assert window is not None and window.isVisible()
    until(qtbot, lambda: not window.reader.is_running)
    return window


def cells(window, column: int) -> list[str]:
    shown = window.table.answers
    return [shown.index(row, column).data() for row in range(shown.rowCount())]


def choose(window, which: Show) -> None:
    window.filter.setCurrentIndex(list(Show).index(which))
    window.filter.activated.emit(window.filter.currentIndex())


def test_a_dropped_folder_becomes_a_table_of_answers(page, qtbot, folder):
    window = read(page, qtbot, folder)
    assert cells(window, FILE) == ["a.png", "e.png", "b.png", "c.png", "d.png"]
    assert cells(window, ANSWER) == ["1", "", "7 ?", "1", ""]
    assert cells(window, SURE) == ["95 %", "", "45 %", "95 %", ""]
    verdicts = cells(window, VERDICT)
    assert verdicts[:4] == ["right", "No ink was found here.", "right · not sure", "wrong"]
    assert verdicts[4].endswith("Save it again as PNG or JPEG.")
    text = window.summary.text()
    assert "2 of 3 with a known label are right: 66.7 % [20.8 % to 93.9 %]." in text
    assert "too few" in text
    assert not page.said


def test_what_is_wrong_unsure_or_unread_is_filtered_and_sorted(page, qtbot, folder):
    window = read(page, qtbot, folder)
    for which, names in (
        (Show.WRONG, ["c.png"]),
        (Show.UNSURE, ["b.png"]),
        (Show.UNREAD, ["e.png", "d.png"]),
        (Show.ALL, ["a.png", "e.png", "b.png", "c.png", "d.png"]),
    ):
        choose(window, which)
        assert cells(window, FILE) == names, which
    window.table.sortByColumn(VERDICT, Qt.SortOrder.AscendingOrder)
    assert cells(window, FILE)[:2] == ["d.png", "c.png"], "what asks for a look comes first"
    window.table.setCurrentIndex(window.table.answers.index(1, FILE))
    window.table.sortByColumn(SURE, Qt.SortOrder.AscendingOrder)
    assert cells(window, FILE)[2] == "b.png"
    assert window.table.current().answer.item.path.name == "c.png", "the row that was chosen still is"
    choose(window, Show.UNSURE)
    assert window.table.current() is None
    choose(window, Show.ALL)
    window.table.sortByColumn(SURE, Qt.SortOrder.DescendingOrder)
    assert cells(window, FILE)[2] == "b.png"


def test_a_row_shows_its_picture_with_the_digit_framed(page, qtbot, folder):
    window = read(page, qtbot, folder)
    window.table.setCurrentIndex(window.table.answers.index(3, FILE))
    until(qtbot, window.picture.has_picture)
    (frame,) = window.picture.frames
    assert (frame.text, frame.is_right, window.picture.chosen) == ("1", False, 0)
    assert frame.box[0] == pytest.approx(64, abs=4) and frame.box[3] == pytest.approx(170, abs=8)
    window.table.setCurrentIndex(window.table.answers.index(4, FILE))
    assert not window.picture.has_picture()


def test_a_picture_of_many_digits_is_a_row_and_a_frame_for_each(page, qtbot, tmp_path):
    sheet = Image.new("L", (700, 240), 240)
    pen = ImageDraw.Draw(sheet)
    for left in (60, 260, 460):
        pen.line([(left, 60), (left + 70, 60), (left + 20, 180)], fill=30, width=12, joint="curve")
    pen.line([(640, 60), (640, 180)], fill=30, width=12)
    path = tmp_path / "sheet.png"
    sheet.save(path)
    window = read(page, qtbot, path, one(tmp_path / "alone.png"))
    assert cells(window, FILE) == [
        "sheet.png",
        "sheet.png · 2",
        "sheet.png · 3",
        "sheet.png · 4",
        "alone.png",
    ]
    assert cells(window, ANSWER) == ["7 ?", "7 ?", "7 ?", "1", "1"]
    window.table.setCurrentIndex(window.table.answers.index(3, FILE))
    until(qtbot, window.picture.has_picture)
    assert [frame.text for frame in window.picture.frames] == ["?", "?", "?", "1"]
    assert window.picture.chosen == 3
    lefts = [frame.box[0] for frame in window.picture.frames]
    assert lefts == pytest.approx([54, 254, 454, 634], abs=6)
    window.table.setCurrentIndex(window.table.answers.index(1, FILE))
    assert window.picture.chosen == 1 and window.picture.has_picture(), "the picture is not read again"


def test_the_threshold_of_the_page_says_what_is_not_sure(page, qtbot, folder):
    page.many._threshold = lambda: 0.99
    window = read(page, qtbot, folder / "1", folder / "7")
    assert cells(window, ANSWER) == ["1 ?", "7 ?", "1 ?", ""]


def test_a_double_click_puts_the_picture_on_the_canvas(page, qtbot, folder):
    window = read(page, qtbot, folder)
    index = window.table.answers.index(3, FILE)
    QTest.mouseClick(window.table.viewport(), LEFT, pos=window.table.visualRect(index).center())
    QTest.mouseDClick(window.table.viewport(), LEFT, pos=window.table.visualRect(index).center())
    until(qtbot, page.pad.has_picture)
    assert page.answer.digit.text() == "1"


def test_lines_of_strokes_are_rows_and_enter_writes_one_on_the_canvas(page, qtbot, tmp_path):
    path = tmp_path / "pen.jsonl"
    lines = [
        {"strokes": [[[3, 1], [3, 9]]], "label": 1},
        {"strokes": [[[0, 0], [8, 0], [2, 9]]], "label": 1},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    window = read(page, qtbot, path)
    assert cells(window, FILE) == ["pen.jsonl", "pen.jsonl · 2"]
    assert cells(window, ANSWER) == ["1", "7 ?"]
    window.table.setCurrentIndex(window.table.answers.index(1, FILE))
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    (stroke,) = page.pad.canvas.strokes()
    assert len(stroke) == 3
    extent = (stroke.max(axis=0) - stroke.min(axis=0))[:2].max()
    assert extent == pytest.approx(0.7 * page.pad.canvas.paper().width(), abs=1)
    seen = page.pad.prepared().digit
    assert (seen == window.table.current().answer.item.prepared.digit).mean() > 0.97


def test_the_table_is_saved_as_csv(page, qtbot, folder, tmp_path):
    window = read(page, qtbot, folder)
    QTest.mouseClick(window.csv, LEFT)
    lines = (tmp_path / "answers.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("path,index,answer,confidence,is_digit,label,right")
    assert "answers.csv" in window.said.text()


def test_why_the_table_could_not_be_saved_is_said_in_the_windows_language(
    page, qtbot, folder, tmp_path, qapp, translations, system_again
):
    window = read(page, qtbot, folder)
    (tmp_path / "answers.csv").mkdir()  # where the file should go
    QTest.mouseClick(window.csv, LEFT)
    english = window.said.text()
    assert "answers.csv" in english
    Translation(qapp, translations).use("ja")
    qapp.processEvents()
    assert "answers.csv" in window.said.text()
    assert window.said.text() != english


def test_reading_is_cancelled_and_what_came_stays(page, qtbot, tmp_path):
    files = [one(tmp_path / f"{place}.png") for place in range(60)]
    assert drop(page, *files)
    window = page.many.window
    assert window.cancel.isVisible() and window.progress.isVisible()
    assert not window.csv.isEnabled()
    drop(page, files[0], files[1])
    assert page.said == ["Other files are being read. Wait for their end, or cancel it."]
    QTest.mouseClick(window.cancel, LEFT)
    until(qtbot, lambda: not window.reader.is_running)
    assert len(window.table.answers.rows) < 60
    assert window.summary.text().startswith("Cancelled")
    window = read(page, qtbot, *files)
    assert window.table.answers.rowCount() == 60
    assert not window.summary.text().startswith("Cancelled")
    assert "No label is known" not in window.summary.text(), "0.png … 9.png tell theirs"


def test_files_wait_for_the_model_that_is_being_loaded(session, qtbot, tmp_path, system_again):
    loader = FakeModels({None: FakeReader({4: 0.9})})
    loader.gate.clear()
    models = ModelChoice(session, loader)
    page = TestPage(session, models)
    qtbot.addWidget(page)
    page.show()
    page.many.read([one(tmp_path / "a.png"), one(tmp_path / "b.png")])
    window = page.many.window
    assert window.reader.is_running and not window.table.answers.rows
    loader.gate.set()
    until(qtbot, lambda: not window.reader.is_running)
    assert cells(window, ANSWER) == ["4", "4"]
    assert page.shutdown() and models.shutdown()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_window_speaks_the_language_and_every_control_has_a_name(start_dojo, qtbot, folder, language):
    dojo = start_dojo(language=language)
    dojo.window.show_page("test")
    until(qtbot, lambda: dojo.models.reader)
    dojo.test_page.many.read([folder])
    window = dojo.test_page.many.window
    until(qtbot, lambda: not window.reader.is_running)
    assert window.windowTitle() == {"en": "Answers for many files", "ja": "まとめて読んだ結果"}[language]
    assert window.summary.text().startswith({"en": "5 items.", "ja": "5 件。"}[language])
    for part in (*window.findChildren(QPushButton), window.table, window.filter, window.picture):
        assert part.accessibleName() and part.objectName(), part
    assert window.table.answers.index(0, 0).data(ROW) is not None
    window.close()
