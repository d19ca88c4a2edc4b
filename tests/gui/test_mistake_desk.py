"""The mistake desk with a real run: fields open their images, keys put labels right, everything is undone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QTabBar,
    QTableView,
)

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.training import session as training
from engine.training.control import Control
from gui.document_session import DocumentSession
from gui.mistake_exports import MistakeExports
from gui.mistake_reader import MistakeReader
from gui.widgets.confusion_table import MISTAKES, Field
from gui.widgets.mistake_desk import EXPORTS, MistakeDesk
from gui.widgets.mistake_list import FIELD, SUSPICIOUS

LEFT = Qt.MouseButton.LeftButton
CONFIG = TrainConfig(
    model="mlp", hidden=(16,), epochs=6, batch_size=16, augment="off", learning_rate=0.01, device="cpu"
)
TIMEOUT = 30_000
WRONG = 2  # validation digits of a 4 that are labelled 9


@pytest.fixture(scope="module")
def trained_file(tmp_path_factory):
    """A document whose digits differ in where their ink is, and a run on them; two labels are wrong."""
    path = tmp_path_factory.mktemp("desk") / "trained.dojo"
    document = Document.create(path)
    labels = np.arange(80) % 10
    images = np.random.default_rng(5).integers(0, 60, (80, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    told = labels.copy()
    told[50:][np.flatnonzero(labels[50:] == 4)[:WRONG]] = 9
    for split, part in ((Split.TRAIN, slice(0, 50)), (Split.VAL, slice(50, 80))):
        document.samples.add_arrays(images[part], told[part], split=split, source="import")
    list(training.start(document, CONFIG, Control()))
    document.close()
    return path


class Dialogs:
    """Stands in for the system's dialogs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.suffix = folder, ""

    def file_to_save(self, title, name, kinds):
        assert title and name and all(words for words, _ in kinds)
        return self.folder / f"out{self.suffix or kinds[0][1]}"

    def folder_to_fill(self, title):
        return None


@pytest.fixture
def opened(qapp, qtbot, tmp_path, trained_file):
    """A session over a copy, and the desk on the run's validation digits."""
    path = tmp_path / "copy.dojo"
    path.write_bytes(trained_file.read_bytes())
    session = DocumentSession(tmp_path / "data")
    session.start(path)
    reader = MistakeReader(session)
    desk = MistakeDesk(session, reader)
    qtbot.addWidget(desk)
    desk.open_model(1)
    qtbot.waitUntil(lambda: desk.confusion() is not None, timeout=TIMEOUT)
    qtbot.waitExposed(desk)
    yield session, desk
    assert reader.shutdown()
    desk.close()
    session.close()


def press(desk, row: int, column: int) -> None:
    index = desk.table.model().index(row, column)
    QTest.mouseClick(desk.table.viewport(), LEFT, pos=desk.table.visualRect(index).center())


def press_digit(desk, position: int, keys=Qt.KeyboardModifier.NoModifier) -> None:
    grid = desk.list.grid
    QTest.mouseClick(grid.viewport(), LEFT, keys, grid.cell_rect(position).center())


def shown(desk) -> list[int]:
    model = desk.list.grid.model
    return model.ids[model.shown].tolist()


def show_split(desk, qtbot, split: Split) -> None:
    desk.choice.split_combo.setCurrentIndex(split.code)
    desk.choice.split_combo.activated.emit(split.code)
    qtbot.waitUntil(lambda: not desk._reader.is_reading, timeout=TIMEOUT)


def test_matrix_and_scores_are_those_of_evaluate(opened, capsys):
    session, desk = opened
    assert main(["evaluate", str(session.document.path), "--run", "1", "--split", "val", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [list(row) for row in desk.confusion()] == told["confusion"]
    for digit, line in enumerate(told["per_class"]):
        cells = [desk.scores.item(digit, column).text() for column in range(6)]
        assert cells[:2] == [str(digit), str(line["n"])]
        assert cells[2].split()[0] == f"{100 * line['accuracy']:.1f}"
        low, high = line["interval"]
        assert cells[2].endswith(f"[{100 * low:.1f}–{100 * high:.1f}]")
    assert desk.figure.text().startswith(f"{100 * told['accuracy']:.1f} % of 30 read right")


def test_a_pressed_field_lists_its_digits_and_a_head_the_mistakes_of_its_row(opened):
    _session, desk = opened
    press(desk, 9, 4)
    assert len(shown(desk)) == WRONG == desk.confusion()[9][4]
    assert desk.list.grid.describe(0).startswith("Written 9, read as 4 (")
    assert desk.list.heading.text().startswith(f"Written 9, read as 4: {WRONG} (")
    press(desk, 10, 10)
    assert len(shown(desk)) == 30
    header = desk.table.verticalHeader()
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(5, header.sectionViewportPosition(9) + 5))
    assert desk.list.field == Field(9, None, True)
    assert len(shown(desk)) == sum(desk.confusion()[9]) - desk.confusion()[9][9]
    QTest.mouseClick(desk.all_button, LEFT)
    assert desk.list.field == MISTAKES
    sure = desk.list.listed.sure
    assert (np.diff(sure) <= 0).all(), "surest first"


def test_the_arrow_keys_walk_through_the_fields_and_each_is_spoken(opened):
    _session, desk = opened
    press(desk, 9, 5)
    QTest.keyClick(desk.table, Qt.Key.Key_Left)
    assert desk.list.field == Field(9, 4)
    assert QAccessible.queryAccessibleInterface(desk.table).role() == QAccessible.Role.Table
    spoken = desk.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"Written 9, read as 4: {WRONG} ")


def test_keys_put_labels_right_and_undo_brings_them_back(opened, qtbot):
    session, desk = opened
    before = desk.confusion()
    press(desk, 9, 4)
    ids = shown(desk)
    press_digit(desk, 0)
    press_digit(desk, 1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(desk.list.grid, Qt.Key.Key_4)
    assert [session.document.samples.get(id_).label for id_ in ids] == [4, 4]
    assert desk.confusion()[9][4] == 0
    assert desk.confusion()[4][4] == before[4][4] + WRONG
    assert shown(desk) == []
    assert desk.list.said.text() == "Relabelled 2 digit(s) as 4."
    assert "Trained before 2 sample(s) changed." in desk.note.text()
    QTest.mouseClick(desk.list.undo, LEFT)
    assert desk.confusion() == before
    assert shown(desk) == ids
    assert "Trained before" not in desk.note.text()
    QTest.keyClick(
        desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert desk.confusion()[9][4] == 0
    QTest.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.confusion() == before


def test_after_an_edit_by_key_the_next_digit_is_selected(opened):
    _session, desk = opened
    press(desk, 9, 4)
    _first, second = shown(desk)
    press_digit(desk, 0)
    QTest.keyClick(desk.list.grid, Qt.Key.Key_4)
    assert desk.list.grid.selected_ids() == [second]
    QTest.keyClick(desk.list.grid, Qt.Key.Key_Delete)
    assert shown(desk) == []
    assert desk.list.said.text() == "Deleted 1 digit(s)."


def test_a_key_moves_to_another_split(opened, qtbot):
    session, desk = opened
    press(desk, 9, 4)
    ids = shown(desk)
    press_digit(desk, 0)
    QTest.keyClick(desk.list.grid, Qt.Key.Key_E)
    assert session.document.samples.get(ids[0]).split is Split.TEST
    assert shown(desk) == ids[1:]
    show_split(desk, qtbot, Split.TEST)
    assert sum(map(sum, desk.confusion())) == 1
    assert desk.note.text().startswith("Test digits are for the final look only")


def test_the_most_suspicious_labels_are_the_wrong_ones(opened, qtbot):
    _session, desk = opened
    press(desk, 9, 4)
    ids = set(shown(desk))
    tabs = desk.list.kind
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(SUSPICIOUS).center())
    assert set(shown(desk)[:WRONG]) == ids
    assert "judged by run 1, which has not learned from them" in desk.list.heading.text()
    show_split(desk, qtbot, Split.TRAIN)
    assert "judged by the shipped model" in desk.list.heading.text()
    assert "The run has learned from these digits" in desk.note.text()
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(FIELD).center())


def test_digits_of_the_training_that_were_moved_are_told(opened, qtbot):
    session, desk = opened
    ids = session.document.samples.load(Split.TRAIN).ids[:3].tolist()
    session.set_split(ids, Split.VAL)
    qtbot.waitUntil(lambda: not desk._reader.is_reading and not desk._reader.unread, timeout=TIMEOUT)
    assert sum(map(sum, desk.confusion())) == 33
    assert "The run has learned from 3 of these digit(s)" in desk.note.text()


def test_another_epoch_and_the_shipped_model_have_their_own_mistakes(opened, qtbot):
    session, desk = opened
    best = desk.confusion()
    kept = {row.epoch: row.confusion for row in session.document.epochs.list(1)}
    assert best == kept[session.document.runs.get(1).best_epoch]
    place = desk.choice.epoch_combo.findData(1)
    desk.choice.epoch_combo.setCurrentIndex(place)
    desk.choice.epoch_combo.activated.emit(place)
    qtbot.waitUntil(lambda: desk.confusion() == kept[1], timeout=TIMEOUT)
    desk.open_model(None)
    qtbot.waitUntil(lambda: not desk._reader.is_reading, timeout=TIMEOUT)
    assert desk.choice.run_combo.currentText() == "Shipped model"
    assert sum(map(sum, desk.confusion())) == 30
    desk.open_model(1)
    assert desk.confusion() == best, "it is remembered: nothing is read again"


def test_rates_are_shares_of_the_rows(opened):
    _session, desk = opened
    desk.choice.rates.setChecked(True)
    row = desk.confusion()[9]
    text = desk.table.model().index(9, 4).data()
    assert text == f"{100 * row[4] / sum(row):.1f}"


def test_reading_can_be_cancelled_and_gone_on_with(opened, qtbot):
    session, desk = opened
    desk._reader.cancel()
    desk._reader._was_cancelled = True
    session.set_split(session.document.samples.load(Split.TRAIN).ids[:2].tolist(), Split.VAL)
    assert desk.cancel.isVisible() and desk.cancel.text() == "Read the rest"
    assert desk.note.text().startswith("Cancelled: 2 digit(s) are not read yet.")
    QTest.mouseClick(desk.cancel, LEFT)
    qtbot.waitUntil(lambda: sum(map(sum, desk.confusion())) == 32, timeout=TIMEOUT)
    assert not desk.cancel.isVisible()


def test_everything_is_exported(opened, tmp_path):
    _session, desk = opened
    dialogs = Dialogs(tmp_path)
    exports = MistakeExports(desk, desk._reader, dialogs)
    told = []
    exports.message.connect(lambda *message: told.append(message))
    for kind in EXPORTS:
        desk.export_actions[kind].trigger()
        assert told.pop() == ("success", f"Saved: out{'.png' if kind == 'picture' else '.csv'}")
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.size[0] > 1_000
    dialogs.suffix = ".svg"
    desk.export_actions["picture"].trigger()
    assert "read as →" in (tmp_path / "out.svg").read_text(encoding="utf-8")
    desk.export_actions["digits"].trigger()
    lines = (tmp_path / "out.svg").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(desk.list.listed.ids)


def test_suspicious_labels_are_exported_with_the_answers_that_are_shown(opened, qtbot, tmp_path):
    _session, desk = opened
    show_split(desk, qtbot, Split.TRAIN)
    tabs = desk.list.kind
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(SUSPICIOUS).center())
    qtbot.waitUntil(lambda: "judged by the shipped model" in desk.list.heading.text(), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: len(desk.list.listed.ids) > 0, timeout=TIMEOUT)
    exports = MistakeExports(desk, desk._reader, Dialogs(tmp_path))
    exports.export("digits")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    written = [tuple(map(int, (line.split(",")[0], line.split(",")[3]))) for line in lines]
    listed = desk.list.listed
    assert written == list(zip(listed.ids.tolist(), listed.answers.tolist(), strict=True))


def test_a_split_without_digits_and_a_damaged_model_are_told_in_a_sentence(opened, qtbot):
    session, desk = opened
    show_split(desk, qtbot, Split.TEST)
    assert desk.note.text() == "There are no labelled digits in this split. Choose another, or add some."
    assert desk.confusion() is None and not desk.export.isEnabled()
    epoch = next(row.epoch for row in session.document.epochs.list(1) if row.epoch != 6)
    session.document.epochs._database.run("UPDATE epochs SET weights = x'00' WHERE epoch = ?", (epoch,))
    if session.document.runs.get(1).best_epoch != epoch:
        desk.open_model(1, epoch, Split.VAL)
        qtbot.waitUntil(lambda: "damaged" in desk.note.text(), timeout=TIMEOUT)


def test_an_empty_document_says_what_to_do(opened, qtbot):
    session, desk = opened
    session.new()
    qtbot.waitUntil(lambda: desk.note.text().startswith("There are no labelled digits"), timeout=TIMEOUT)
    assert desk.choice.run_combo.count() == 1


def test_pages_and_menu_open_it(start_dojo, qtbot):
    dojo = start_dojo()
    dojo.window.show_page("test")
    QTest.mouseClick(dojo.test_page.models_bar.mistakes, LEFT)
    desk = dojo.desk.mistakes
    assert desk.isVisible()
    dojo.choose_language("ja")
    qtbot.waitUntil(lambda: desk.windowTitle() == "間違い")
    desk.close()
    dojo.window.menus.actions["mistakes"].trigger()
    assert desk.isVisible()
    qtbot.waitUntil(lambda: not dojo.desk.reader.is_reading, timeout=TIMEOUT)
    desk.close()


def test_an_edit_that_changes_nothing_is_no_step_of_undo(opened):
    session, desk = opened
    press(desk, 9, 4)
    press_digit(desk, 0)
    QTest.keyClick(desk.list.grid, Qt.Key.Key_9)
    assert desk.list.said.text() == "That is so already."
    assert not session.document.samples.can_undo


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_control_has_a_name_and_all_fit_a_small_screen(start_dojo, qtbot, language):
    dojo = start_dojo(language=language)
    dojo.window.menus.actions["mistakes"].trigger()
    desk = dojo.desk.mistakes
    qtbot.waitUntil(lambda: not dojo.desk.reader.is_reading, timeout=TIMEOUT)
    nameless = [
        widget.objectName() or type(widget).__name__
        for kind in (QAbstractButton, QComboBox, QTabBar, QTableView, QAbstractScrollArea)
        for widget in desk.findChildren(kind)
        if widget.isVisible() and not widget.objectName().startswith("qt_")
        if not isinstance(widget, QHeaderView) and not isinstance(widget.parent(), QComboBox | QTableView)
        if widget.parent() is not desk.list.grid and not isinstance(widget.parent(), QTabBar)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []
    smallest = desk.minimumSizeHint()
    assert smallest.width() <= 1_000 and smallest.height() <= 640
    desk.close()


def test_a_cross_check_judges_what_was_learned(opened, qtbot):
    session, desk = opened
    show_split(desk, qtbot, Split.TRAIN)
    tabs = desk.list.kind
    assert not desk.list.check.isVisible()
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(SUSPICIOUS).center())
    QTest.mouseClick(desk.list.check, LEFT)
    assert desk.bar.isVisible() and desk.cancel.text() == "Cancel"
    QTest.mouseClick(desk.cancel, LEFT)
    qtbot.waitUntil(lambda: not desk._reader.is_reading, timeout=TIMEOUT)
    assert "judged by the shipped model" in desk.list.heading.text(), "a cancelled one changes nothing"
    QTest.mouseClick(desk.list.check, LEFT)
    qtbot.waitUntil(lambda: "cross-checked" in desk.list.heading.text(), timeout=TIMEOUT)
    assert len(desk._reader.checked()) == 50
    session.delete(session.document.samples.load(Split.TRAIN).ids[5:].tolist())
    QTest.mouseClick(desk.list.check, LEFT)
    qtbot.waitUntil(lambda: "no labelled digits to train on" in desk.list.said.text(), timeout=TIMEOUT)
    assert desk.confusion() is not None
