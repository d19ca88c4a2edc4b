"""Many files on the Test page: chosen or dropped, read in a window of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.data.reading import is_strokes
from gui.answers_reader import Threshold
from gui.file_dialogs import folder_of
from gui.model_choice import ModelChoice
from gui.save_dialogs import SaveDialogs
from gui.widgets.answers_window import AnswersWindow
from gui.workers import CLOSING_MS

DOCUMENT_SUFFIX = ".dojo"  # a document that is dropped is for the window


class ManyFiles(QObject):
    """Opens the window of answers when it is needed first.

    Args:
        models: has the model that reads.
        page: the window stands over its window.
        dialogs: asks where a CSV file goes; the system's dialog where none is given.
        threshold: returns the trust from which an answer is given; None leaves that to the model.

    Signals:
        row_opened: the AnswerRow that is to be looked at on the canvas.
        is_busy: other files are being read; these were not taken.

    Attributes:
        window: the window of answers; None before the first files.
    """

    row_opened = Signal(object)
    is_busy = Signal()

    def __init__(
        self,
        models: ModelChoice,
        page: QWidget,
        dialogs: SaveDialogs | None = None,
        threshold: Threshold = lambda: None,
    ) -> None:
        super().__init__(page)
        self._threshold = threshold
        self._models, self._page, self._dialogs = models, page, dialogs
        self._look_in = folder_of(QStandardPaths.StandardLocation.PicturesLocation)
        self.window: AnswersWindow | None = None

    def choose_picture(self) -> Path | None:
        """Ask for one picture."""
        patterns = "*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff"
        kinds = [self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")]
        name, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Read a picture"), str(self._look_in), ";;".join(kinds)
        )
        if not name:
            return None
        self._look_in = Path(name).parent
        return Path(name)

    def choose_files(self) -> None:
        """Ask for files and read them."""
        patterns = "*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff *.jsonl *.jsonl.gz"
        kinds = [self.tr("Pictures and strokes ({0})").format(patterns), self.tr("All files (*)")]
        names, _ = QFileDialog.getOpenFileNames(
            self._page, self.tr("Read files"), str(self._look_in), ";;".join(kinds)
        )
        if names:
            self._look_in = Path(names[0]).parent
            self.read([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and read the pictures in it."""
        name = QFileDialog.getExistingDirectory(
            self._page, self.tr("Read a folder of pictures"), str(self._look_in)
        )
        if name:
            self._look_in = Path(name).parent
            self.read([Path(name)])

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show their answers."""
        if self.window is None:
            self.window = AnswersWindow(self._models, self._dialogs, self._threshold, self._page.window())
            self.window.row_opened.connect(self.row_opened)
        if not self.window.read(paths):
            self.is_busy.emit()
        self.window.show()
        self.window.activateWindow()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop reading; True when no thread is left."""
        return self.window is None or self.window.shutdown(timeout_ms)


def files_in(data: QMimeData) -> list[Path]:
    """Return the files and folders in ``data``; none where a document is among them."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    has_document = any(path.suffix.lower() == DOCUMENT_SUFFIX for path in paths)
    return [] if has_document else paths


def are_many(files: list[Path]) -> bool:
    """Return whether ``files`` give a table: more than one, a folder, or strokes, which are digits a line."""
    return len(files) > 1 or any(path.is_dir() or is_strokes(path) for path in files)
