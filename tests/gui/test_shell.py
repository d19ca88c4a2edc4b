"""The frame of the window: first start, rail, keys, menus, language, light and dark, drops, closing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollBar,
    QWidget,
)

from engine import __version__
from engine.data.document import Document
from engine.errors import Code, EngineError
from gui import i18n, theme
from gui.app import Dojo
from gui.messages import Kind
from gui.navigation import PAGES


def digit(value: int) -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 10 + value : 14 + value] = 255
    return image


@pytest.fixture
def named(tmp_path) -> Path:
    """A document with a name and three digits."""
    document = Document.create(tmp_path / "named.dojo")
    document.samples.add_arrays(np.stack([digit(1), digit(2), digit(3)]), [1, 2, 3])
    document.close()
    return tmp_path / "named.dojo"


def find(dojo: Dojo, name: str) -> QWidget:
    widget = dojo.window.findChild(QWidget, name)
    assert widget is not None, name
    return widget


def click(dojo: Dojo, name: str) -> None:
    widget = find(dojo, name)
    assert widget.isVisible() and widget.isEnabled(), name
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def act(dojo: Dojo, name: str) -> QAction:
    return dojo.window.menus.actions[name]


def drop(target: QWidget, paths: list[Path]) -> bool:
    """Drag files over ``target`` and let them go; True when it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *keys)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), *keys))
    return enter.isAccepted()


def test_the_first_start_offers_four_ways_to_begin(start_dojo):
    dojo = start_dojo()
    buttons = [find(dojo, f"welcome{name}") for name in ("Starter", "Draw", "Import", "Open")]
    assert [button.text() for button in buttons] == [
        "Start with 10,000 digits",
        "Draw my own",
        "Import",
        "Open",
    ]
    assert all(button.isVisible() and button.isEnabled() for button in buttons)
    assert dojo.window.page == ""


def test_draw_my_own_goes_to_the_canvas(start_dojo):
    dojo = start_dojo()
    click(dojo, "welcomeDraw")
    assert dojo.window.page == "data"
    assert find(dojo, "drawCanvas").isVisible()


def test_two_clicks_lead_from_the_first_start_to_the_test_page(start_dojo, qtbot):
    dojo = start_dojo()
    click(dojo, "welcomeStarter")
    qtbot.waitUntil(lambda: dojo.window.page == "train", timeout=30_000)
    assert dojo.session.document.samples.count() == 10_000
    qtbot.waitUntil(find(dojo, "trainButton").hasFocus)
    click(dojo, "trainButton")
    qtbot.waitUntil(lambda: dojo.window.page == "test", timeout=30_000)
    assert dojo.window.strip.kind() is Kind.SUCCESS
    assert find(dojo, "testCanvas").isVisible()


def test_only_the_first_training_leads_to_the_test_page(start_dojo, qtbot):
    dojo = start_dojo()
    dojo.settings.has_trained = True
    dojo.session.document.samples.add_arrays(np.stack([digit(1), digit(2)]), [1, 2])
    dojo.session.imported()
    dojo.window.show_page("train")
    with qtbot.waitSignal(dojo.controller.run_ended):
        click(dojo, "trainButton")
    assert dojo.window.page == "train"


def test_the_starter_digits_are_not_added_twice(start_dojo, qtbot):
    dojo = start_dojo()
    for _ in range(2):
        with qtbot.waitSignal(dojo.session.starter_finished, timeout=30_000):
            act(dojo, "add_starter").trigger()
    assert dojo.session.document.samples.count() == 10_000
    assert dojo.window.strip.text() == "The starter digits are all here already."


@pytest.mark.parametrize("page", PAGES)
def test_the_rail_and_the_keys_show_a_page(start_dojo, qtbot, page):
    dojo = start_dojo()
    click(dojo, f"nav{page.capitalize()}")
    assert dojo.window.page == page
    assert [find(dojo, f"nav{name.capitalize()}").isChecked() for name in PAGES] == [p == page for p in PAGES]
    dojo.window.show_welcome()
    dojo.window.activateWindow()
    qtbot.waitUntil(dojo.window.isActiveWindow)
    QTest.keyClick(dojo.window, Qt.Key.Key_1 + PAGES.index(page), Qt.KeyboardModifier.ControlModifier)
    assert dojo.window.page == page


def test_the_rail_is_reached_and_pressed_by_keyboard(start_dojo):
    dojo = start_dojo()
    find(dojo, "navTrain").setFocus()
    QTest.keyClick(find(dojo, "navTrain"), Qt.Key.Key_Space)
    assert dojo.window.page == "train"


def test_the_status_bar_tells_document_digits_device_and_model(start_dojo, qtbot):
    dojo = start_dojo()
    qtbot.waitUntil(lambda: find(dojo, "statusDevice").text() == "Device: CPU")
    assert find(dojo, "statusDocument").text() == "Untitled · all changes saved"
    assert find(dojo, "statusSamples").text() == "0 digits"
    dojo.session.add_digit(digit(1), 1, "canvas")
    assert find(dojo, "statusSamples").text() == "1 digit"
    assert find(dojo, "statusModel").text().startswith("Model: ")


def test_the_language_is_switched_live_and_nothing_is_lost(start_dojo, qtbot):
    dojo = start_dojo()
    dojo.session.add_digit(digit(1), 1, "canvas")
    click(dojo, "navTrain")
    find(dojo, "epochsSpin").setValue(7)
    click(dojo, "navData")
    canvas = find(dojo, "drawCanvas")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(canvas, QPoint(120, 160))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 160))
    dojo.window.menus.language_chosen.emit("ja")
    qtbot.waitUntil(lambda: find(dojo, "navTrain").text() == "学習")
    assert dojo.window.windowTitle() == "名称未設定 – 数字道場"
    assert find(dojo, "statusSamples").text() == "数字 1 個"
    assert (dojo.window.page, find(dojo, "epochsSpin").value()) == ("data", 7)
    assert len(canvas.strokes()) == 1
    dojo.window.menus.language_chosen.emit("en")
    qtbot.waitUntil(lambda: find(dojo, "navTrain").text() == "Train")
    assert dojo.settings.language == "en"


def test_no_english_is_left_in_the_japanese_window(start_dojo, qtbot, named):
    dojo = start_dojo(named, language="ja")
    for page in PAGES:
        dojo.window.show_page(page)
    QApplication.processEvents()
    allowed = {"English", "CNN", "MLP", "PyTorch", "named", "Ctrl", "CPU", "Light"}
    english = [
        text
        for label in dojo.window.findChildren(QLabel) + dojo.window.findChildren(QAbstractButton)
        for text in [label.text()]
        if any(len(word) > 4 and word.isascii() and word.isalpha() for word in text.split())
        and not any(word in text for word in allowed)
    ]
    assert english == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_light_and_dark_are_chosen_in_the_menu_and_kept(start_dojo, look):
    dojo = start_dojo(look="dark" if look == "light" else "light")
    dojo.window.menus.theme_chosen.emit(look)
    QApplication.processEvents()
    assert theme.is_dark(dojo.window.palette()) == (look == "dark")
    assert dojo.settings.theme == look


def test_every_control_has_an_accessible_name(start_dojo, named):
    dojo = start_dojo(named)
    for page in PAGES:
        dojo.window.show_page(page)
    pages = (dojo.data_page, dojo.train_page, dojo.test_page, dojo.window.rail, dojo.window.welcome)
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QAbstractSlider)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in kinds
        for widget in dojo.window.findChildren(kind)
        if not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")  # inner parts of Qt's own widgets
        and any(widget.isVisibleTo(page) for page in pages if page.isAncestorOf(widget))
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_the_names_that_scripts_rely_on_are_all_there(start_dojo, named):
    dojo = start_dojo(named)
    for page in PAGES:
        dojo.window.show_page(page)
    names = [
        *("navData", "navTrain", "navTest", "drawCanvas", "testCanvas", "sampleGrid", "epochsSpin"),
        *("batchSizeSpin", "learningRateSpin", "modelCombo", "startFromCombo", "augmentCombo", "deviceCombo"),
        *(
            "trainButton",
            "pauseButton",
            "stopButton",
            "stepButton",
            "runProgress",
            "lossPlot",
            "accuracyPlot",
        ),
        *("axisCombo", "predictedDigit", "confidenceBars", "modelSeesView", "clearButton", "messageStrip"),
    ]
    names += [f"{kind}Button{label}" for kind in ("label", "teach") for label in range(10)]
    assert [name for name in names if dojo.window.findChild(QWidget, name) is None] == []


def test_a_dropped_document_is_opened(start_dojo, named):
    dojo = start_dojo()
    assert drop(dojo.window, [named])
    assert dojo.session.document.path == named
    assert dojo.window.windowTitle() == "named – Digit Dojo"
    assert dojo.window.page == "data"


@pytest.mark.parametrize("page", PAGES)
def test_what_is_dropped_beside_a_document_is_not_passed_over_in_silence(start_dojo, named, tmp_path, page):
    other, picture = tmp_path / "other.dojo", tmp_path / "3.png"
    Document.create(other).close()
    Image.fromarray(digit(3)).save(picture)
    dojo = start_dojo()
    dojo.window.show_page(page)
    for dropped in ([named, other], [picture, named]):
        assert drop(getattr(dojo, f"{page}_page"), dropped)
        assert dojo.session.document.path == named
        assert dojo.window.strip.text().startswith("One document at a time: only named.dojo was taken")
        dojo.window.strip.dismiss()
    assert dojo.session.document.samples.count() == 3


@pytest.mark.parametrize("page", PAGES)
def test_a_document_dropped_on_any_page_is_opened(start_dojo, named, page):
    dojo = start_dojo()
    dojo.window.show_page(page)
    assert drop(getattr(dojo, f"{page}_page"), [named])
    assert dojo.session.document.path == named


def test_a_dropped_image_goes_to_the_data_page(start_dojo, qtbot, tmp_path):
    Image.fromarray(digit(3)).save(tmp_path / "3.png")
    dojo = start_dojo()
    with qtbot.waitSignal(dojo.session.samples_changed, timeout=10_000):
        assert drop(dojo.window, [tmp_path / "3.png"])
    assert dojo.window.page == "data"
    assert dojo.session.document.samples.count() == 1


def test_undo_and_redo_in_the_menu_follow_the_document(start_dojo):
    dojo = start_dojo()
    assert not act(dojo, "undo").isEnabled() and not act(dojo, "redo").isEnabled()
    dojo.session.add_digit(digit(1), 1, "canvas")
    assert act(dojo, "undo").isEnabled()
    act(dojo, "undo").trigger()
    assert dojo.session.document.samples.count() == 0
    assert not act(dojo, "undo").isEnabled() and act(dojo, "redo").isEnabled()
    act(dojo, "redo").trigger()
    assert dojo.session.document.samples.count() == 1


def test_full_screen_and_back(start_dojo):
    dojo = start_dojo()
    act(dojo, "full_screen").trigger()
    assert dojo.window.isFullScreen()
    act(dojo, "full_screen").trigger()
    assert not dojo.window.isFullScreen()


def test_about_does_not_stop_the_window(start_dojo):
    dojo = start_dojo()
    act(dojo, "about").trigger()
    box = find(dojo, "aboutBox")
    assert "MNIST" in box.informativeText()
    assert __version__ in box.text()
    box.close()


def test_about_leads_to_the_licences_of_everything_inside(start_dojo):
    dojo = start_dojo()
    act(dojo, "about").trigger()
    click(dojo, "aboutLicences")
    names, text = find(dojo, "licencesList"), find(dojo, "licenceText")
    listed = [names.item(row).text() for row in range(names.count())]
    assert listed == sorted(listed, key=str.lower)
    for part, word in (("PySide6", "LGPL"), ("torch", "Redistribution and use"), ("numpy", "NumPy")):
        row = next(row for row, name in enumerate(listed) if name.lower().startswith(part.lower()))
        QTest.mouseClick(
            names.viewport(), Qt.MouseButton.LeftButton, pos=visible_center(names, names.item(row))
        )
        assert names.currentRow() == row and word in text.toPlainText(), part
    find(dojo, "licencesDialog").close()


def visible_center(view: QListWidget, item: QListWidgetItem) -> QPoint:
    view.scrollToItem(item)
    return view.visualItemRect(item).center()


def test_without_a_japanese_font_a_button_in_english_leads_back_to_english(start_dojo, monkeypatch):
    monkeypatch.setattr(i18n, "japanese_family", lambda: None)
    dojo = start_dojo(language="ja")
    assert dojo.window.strip.text().startswith("No Japanese font is installed")
    button = next(one for one in dojo.window.strip.findChildren(QAbstractButton) if one.text() == "English")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert find(dojo, "navData").text() == "Data" and dojo.window.strip.text() == ""


def test_everything_fits_at_1280_by_720_in_japanese(start_dojo, named):
    dojo = start_dojo(named, language="ja")
    for page in PAGES:
        dojo.window.show_page(page)
    QApplication.processEvents()
    least = dojo.window.minimumSizeHint()
    assert least.width() <= 1280 and least.height() <= 720


def test_closing_keeps_geometry_and_leaves_one_file(start_dojo, tmp_path):
    dojo = start_dojo()
    dojo.session.add_digit(digit(1), 1, "canvas")
    dojo.window.close()
    assert dojo.shutdown()
    assert [path.suffix for path in (tmp_path / "data").iterdir()].count(".dojo") == 1
    assert not list((tmp_path / "data").glob("*-wal"))
    again = start_dojo()
    assert not again.settings.geometry.isEmpty()
    assert again.session.document.samples.count() == 1
    assert again.window.strip.texts() == ["Your last digits are here again."]


def test_an_error_that_nobody_foresaw_is_said_and_the_window_stays(start_dojo):
    dojo = start_dojo()
    dojo.window.strip.show_error(EngineError(Code.INTERNAL, detail="KeyError: 'x'"))
    assert "KeyError" in dojo.window.strip.text()
    assert dojo.window.isVisible()


def test_starting_imports_neither_pytorch_nor_the_plots():
    """The window is there before PyTorch is asked for."""
    program = (
        "import sys, tempfile, pathlib\n"
        "from gui.app import Compute, Dojo, make_application\n"
        "application = make_application()\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "dojo = Dojo(application, folder, compute=Compute(find_device=lambda: 'cpu'))\n"
        "dojo.open(language='en', look='light')\n"
        "assert dojo.window.isVisible()\n"
        "print([name for name in ('torch', 'torchvision', 'pyqtgraph') if name in sys.modules])\n"
        "dojo.window.close()\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr
