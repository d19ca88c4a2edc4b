"""What the mistake desk shows, for other programs: tables and a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.data.splits import SPLITS
from engine.errors import EngineError
from engine.events import Confusion
from engine.export.charts import confusion_drawing
from engine.export.mistakes_csv import images_table, matrix_table, scores_table
from engine.export.saving import save
from engine.export.svg import PRINTED
from gui.messages import Kind, sentence_of
from gui.mistake_reader import MistakeReader
from gui.save_dialogs import SaveDialogs
from gui.widgets.mistake_desk import DIGITS_CSV, MATRIX_CSV, PICTURE, SCORES_CSV, MistakeDesk

SHARPNESS = 4  # pixels of a picture for each unit of the drawing


class MistakeExports(QObject):
    """Asks where to, and writes; files are whole or not there.

    Args:
        desk: what it shows is written.
        reader: has the answers.
        dialogs: asks for paths.

    Signals:
        message: (kind, text).
    """

    message = Signal(str, str)

    def __init__(self, desk: MistakeDesk, reader: MistakeReader, dialogs: SaveDialogs) -> None:
        super().__init__(desk)
        self._desk = desk
        self._reader = reader
        self._dialogs = dialogs
        desk.export_wanted.connect(self.export)

    def export(self, kind: str) -> None:
        """Save one of the desk's EXPORTS."""
        confusion = self._desk.confusion()
        if confusion is None:
            return
        csv = ((self.tr("CSV table"), ".csv"),)
        if kind == MATRIX_CSV:
            self._save(self.tr("Confusion matrix"), csv, lambda _path: matrix_table(confusion))
        elif kind == SCORES_CSV:
            self._save(self.tr("Each digit"), csv, lambda _path: scores_table(confusion))
        elif kind == DIGITS_CSV:
            self._save(self.tr("Digits"), csv, lambda _path: self._digits())
        elif kind == PICTURE:
            kinds = ((self.tr("PNG picture"), ".png"), (self.tr("SVG drawing"), ".svg"))
            self._save(self.tr("Confusion matrix"), kinds, lambda path: self._picture(confusion, path))

    def _digits(self) -> bytes:
        """Return a line for each digit that is listed, in that order, with the answers of the list."""
        listed, (readings, labels) = self._desk.list.listed, self._desk.list.judged()
        book = self._reader.book
        assert book is not None  # there is a matrix
        at = np.searchsorted(readings.ids, listed.ids)
        splits = book.splits[np.searchsorted(book.ids, listed.ids)]
        return images_table(
            (
                int(id_),
                SPLITS[splits[place]].value,
                int(labels[row]),
                int(readings.answers[row]),
                readings.probabilities[row].tolist(),
            )
            for place, (id_, row) in enumerate(zip(listed.ids, at, strict=True))
        )

    def _picture(self, confusion: Confusion, path: Path) -> bytes:
        drawing = confusion_drawing(
            confusion,
            PRINTED,
            self.tr("Confusion matrix"),
            self.tr("written"),
            self.tr("read as"),
            self._desk.choice.rates.isChecked(),
        ).svg()
        return drawing.encode() if path.suffix.lower() == ".svg" else as_png(drawing)

    def _save(self, name: str, kinds: tuple[tuple[str, str], ...], content: Callable[[Path], bytes]) -> None:
        path = self._dialogs.file_to_save(self.tr("Save as"), name, kinds)
        if path is None:
            return
        try:
            save(path, content(path))
        except EngineError as error:
            self.message.emit(Kind.ERROR, sentence_of(error))
        else:
            self.message.emit(Kind.SUCCESS, self.tr("Saved: {name}").format(name=path.name))


def as_png(svg: str) -> bytes:
    """Return a drawing as the content of a PNG file."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size: QSize = renderer.defaultSize() * SHARPNESS
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
