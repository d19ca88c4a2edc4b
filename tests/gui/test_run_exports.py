"""Curves and runs are copied and saved where somebody wants them, or a sentence says why not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from stored_runs import add_run

from engine.config import TrainConfig
from engine.errors import Code, EngineError
from gui.i18n import Translation
from gui.messages import sentence_of
from gui.run_exports import RunExports
from gui.run_history import RunHistory
from gui.widgets.curve_view import Curves


class Paths:
    """Stands in for the system's dialogs; None is Cancel."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.folder: Path | None = None
        self.asked: list[tuple] = []

    def file_to_save(self, title: str, name: str, kinds) -> Path | None:
        self.asked.append((title, name, [suffix for _, suffix in kinds]))
        return self.file

    def folder_to_fill(self, title: str) -> Path | None:
        self.asked.append((title,))
        return self.folder


@pytest.fixture
def paths() -> Paths:
    return Paths()


@pytest.fixture
def exports(session, paths, qtbot):
    made = RunExports(lambda: session.document, paths)
    made.told = []
    made.message.connect(lambda *told: made.told.append(told))
    yield made
    assert made.shutdown()


@pytest.fixture
def curves(session, qtbot) -> Curves:
    """Curves of one run beside another."""
    for batch in (50, 65):
        add_run(session.document, TrainConfig(epochs=4, batch_size=batch))
    history = RunHistory(lambda: session.document)
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(800, 500)
    curves.show()
    curves.show_run(history.series(2))
    curves.compare_with(history.series(1), "run 1")
    return curves


def wait(exports, qtbot) -> tuple:
    qtbot.waitUntil(lambda: not exports.task.is_running and bool(exports.told), timeout=20_000)
    return exports.told[-1]


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 11) for y in range(image.height())}


def test_the_curves_are_copied_as_a_picture_twice_as_sharp_as_the_window(exports, curves):
    exports.export_curves(curves, "copy")
    image = QGuiApplication.clipboard().image()
    assert image.width() >= 2 * 800 and image.height() >= 2 * 400
    assert curves.loss.train.opts["pen"].color().name() in colors(image)
    assert exports.told == [("success", "The curves lie in the clipboard as a picture.")]
    QGuiApplication.clipboard().clear()


def test_a_png_file_holds_both_plots(exports, curves, paths, tmp_path):
    paths.file = tmp_path / "曲線.png"
    exports.export_curves(curves, "picture")
    image = QImage(str(paths.file))
    seen = colors(image)
    assert curves.loss.val.opts["pen"].color().name() in seen
    assert not image.isNull() and image.height() > image.width() / 2
    assert exports.told[-1] == ("success", "Saved: 曲線.png")
    assert paths.asked == [("Save the curves as", "Curves", [".png", ".svg"])]


def test_an_svg_file_holds_lines_and_words_not_pixels(exports, curves, paths, tmp_path):
    paths.file = tmp_path / "curves.SVG"
    exports.export_curves(curves, "picture")
    root = ElementTree.fromstring(paths.file.read_bytes())
    kinds = [element.tag.partition("}")[2] for element in root.iter()]
    assert kinds.count("image") == 0
    assert kinds.count("polyline") + kinds.count("path") > 10
    words = " ".join(text for element in root.iter() if (text := (element.text or "").strip()))
    assert "validation" in words and "Loss" in words


def gray(image: QImage) -> np.ndarray:
    """Return the brightness of each pixel, (height, width) float."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(float)


def test_the_drawing_and_the_picture_show_the_same(curves):
    figure = curves.figure("Run 2")
    picture = figure.image()
    drawing = QImage(picture.size(), QImage.Format.Format_RGB32)
    drawing.fill(curves.palette().base().color())
    painter = QPainter(drawing)
    QSvgRenderer(QByteArray(figure.svg())).render(painter)
    painter.end()
    # what is drawn in one is near what is drawn in the other: letters are not set to the same half pixel
    ink = [255 - gray(image) > 60 for image in (picture, drawing)]
    shifts = [(y, x) for y in range(-8, 9, 2) for x in range(-8, 9, 2)]
    wide = [sum(np.roll(one, shift, (0, 1)) for shift in shifts) > 0 for one in ink]
    assert (ink[0] & wide[1]).sum() > 0.82 * ink[0].sum()  # axes at 72 dots an inch: 0.78
    assert (ink[1] & wide[0]).sum() > 0.99 * ink[1].sum()  # and 0.95


def test_the_values_of_all_runs_that_are_drawn_are_saved_as_csv(exports, curves, paths, tmp_path, qtbot):
    paths.file = tmp_path / "values.csv"
    exports.export_curves(curves, "values")
    assert wait(exports, qtbot) == ("success", "Saved: values.csv")
    rows = list(csv.DictReader(io.StringIO(paths.file.read_text("utf-8-sig"))))
    assert {row["run"] for row in rows} == {"1", "2"}
    losses = [float(row["val_loss"]) for row in rows if row["run"] == "2" and row["point"] == "epoch"]
    assert losses == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])


def test_a_table_of_runs_and_tensorboard_s_files_are_written(exports, session, paths, tmp_path, qtbot):
    runs = [add_run(session.document) for _ in range(2)]
    paths.file, paths.folder = tmp_path / "runs.csv", tmp_path / "logs"
    exports.export_runs(runs, "table")
    wait(exports, qtbot)
    assert len(paths.file.read_text("utf-8-sig").splitlines()) == 3
    exports.told.clear()
    exports.export_runs(runs, "tensorboard")
    assert wait(exports, qtbot) == ("success", "Saved: logs")
    assert sorted(path.name for path in paths.folder.iterdir()) == ["run-001", "run-002"]


@pytest.mark.parametrize("kind", ["picture", "values", "tensorboard"])
def test_cancel_writes_and_says_nothing(exports, curves, tmp_path, kind):
    exports.export_curves(curves, kind)
    assert exports.told == []


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("kind", ["picture", "values", "tensorboard"])
def test_a_folder_that_cannot_be_written_is_said_in_the_window_s_language(
    exports, curves, paths, tmp_path, qtbot, qapp, translations, system_again, language, kind
):
    Translation(qapp, translations).use(language)
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    paths.file = closed / "a.png"
    paths.folder = tmp_path / "taken"
    paths.folder.write_bytes(b"a file")
    exports.export_curves(curves, kind)
    told = wait(exports, qtbot)
    closed.chmod(0o700)
    if kind == "tensorboard":
        wanted = EngineError(Code.DOCUMENT_EXISTS, path=paths.folder)
    else:
        wanted = EngineError(Code.FOLDER_UNWRITABLE, path=closed)
    assert told == ("error", sentence_of(wanted))
    assert list(closed.iterdir()) == []


def test_nothing_to_save_is_said(exports):
    exports.export_runs([], "table")
    assert exports.told == [("info", "There is no run to save yet. Train one first.")]


def test_a_run_that_is_gone_is_said(exports, paths, tmp_path, qtbot):
    paths.file = tmp_path / "a.csv"
    exports.export_runs([7], "values")
    kind, text = wait(exports, qtbot)
    assert kind == "error" and "7" in text and not paths.file.exists()
