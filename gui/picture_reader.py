"""Reads a picture of a digit beside the window: a file, or an image from the clipboard."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from engine.errors import Code, EngineError
from gui.latest_task import LatestTask
from gui.model_choice import IsWanted
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.data.preprocess import Prepared
    from engine.inference.rows import Row

PREVIEW_SIDE = 1_200  # pixels; enough for a large canvas on a screen of 200 %
ORIENTATION = 0x0112  # EXIF tag; 5 to 8 are turned by a quarter
LARGEST_ORIGINAL = 16 * 2**20  # bytes of a file that is kept as it came


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture that was read.

    Attributes:
        name: the file's name; empty for the clipboard.
        prepared: what the model sees of it.
        preview: the picture, at most PREVIEW_SIDE pixels wide and high.
        size: width and height of the picture itself, to which ``prepared.box`` belongs.
        original: the file's bytes; None where they are too many to keep.
        rows: all ways to divide what is written in it into digits.
    """

    name: str
    prepared: Prepared
    preview: QImage
    size: tuple[int, int]
    original: bytes | None
    rows: tuple[Row, ...] = ()


class PictureReader(QObject):
    """Decodes in a worker; of several wishes only the newest is answered.

    Signals:
        read: the Picture.
        failed: the EngineError.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = LatestTask(self)
        self._tasks.finished.connect(self.read)
        self._tasks.failed.connect(self.failed)

    @property
    def is_running(self) -> bool:
        """True until ``read`` or ``failed``."""
        return self._tasks.is_running

    def open_file(self, path: Path) -> None:
        """Read the picture in a file."""
        self._tasks.start(lambda progress: read_file(path, lambda: progress(0, 0)))

    def open_image(self, image: QImage) -> None:
        """Read a picture that is in memory."""
        copied = image.copy()
        self._tasks.start(lambda progress: _read_image(copied, lambda: progress(0, 0)))

    def forget(self) -> None:
        """Want nothing any more."""
        self._tasks.forget()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Wait for the worker; True when no thread is left."""
        return self._tasks.shutdown(timeout_ms)


def read_file(path: Path, is_wanted: IsWanted = lambda: True) -> Picture | None:
    """Return the picture in a file; None soon where ``is_wanted``, asked between the steps, says no.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
    """
    from engine.data.preprocess import from_image  # with it comes the library that decodes

    prepared = from_image(path)  # it judges the file, and its size, before anything else is read
    return _read(path.name, prepared, path.read_bytes(), is_wanted) if is_wanted() else None


def _read_image(image: QImage, is_wanted: IsWanted) -> Picture | None:
    from engine.data.preprocess import from_image

    data = _png(image)
    return _read("", from_image(data), data, is_wanted) if is_wanted() else None


def _read(name: str, prepared: Prepared, data: bytes, is_wanted: IsWanted) -> Picture | None:
    from engine.inference.pages import rows_in

    preview, size = _preview(data)
    if not is_wanted():
        return None
    original = data if len(data) <= LARGEST_ORIGINAL else None
    return Picture(name, prepared, preview, size, original, tuple(rows_in(data)))


def thumbnail(path: Path, side: int) -> QImage | None:
    """Return a picture at most ``side`` pixels wide and high; None where it has gone in the meantime."""
    try:
        return _preview(path.read_bytes(), side)[0]
    except OSError:
        return None


def preview(path: Path) -> tuple[QImage, tuple[int, int]]:
    """Return a picture at most PREVIEW_SIDE pixels wide and high, and its full size.

    Raises:
        EngineError: FILE_UNREADABLE where it has gone since it was read.
    """
    try:
        return _preview(path.read_bytes())
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None


def _preview(data: bytes, side: int = PREVIEW_SIDE) -> tuple[QImage, tuple[int, int]]:
    """Return the picture upright and small, and its full size; ``from_image`` has accepted it before."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():  # Pillow warns of sizes that were found acceptable
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        source: Image.Image = Image.open(BytesIO(data))
    with source:
        width, height = source.size
        is_turned = source.getexif().get(ORIENTATION, 1) >= 5
        if source.mode.startswith("I;16"):
            source = Image.fromarray((np.asarray(source) >> 8).astype(np.uint8))
        source.thumbnail((side, side), reducing_gap=2.0)  # before any copy of a large picture
        small = ImageOps.exif_transpose(source).convert("RGBA")
    rows = small.tobytes()
    image = QImage(rows, small.width, small.height, 4 * small.width, QImage.Format.Format_RGBA8888)
    return image.copy(), (height, width) if is_turned else (width, height)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
