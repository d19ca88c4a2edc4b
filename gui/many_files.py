"""Many files on the Test page: chosen or dropped, read in a window of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.file_dialogs import folder_of
from gui.model_choice import ModelChoice
from gui.save_dialogs import SaveDialogs
from gui.widgets.answers_window import AnswersWindow
from gui.workers import CLOSING_MS


class ManyFiles(QObject):
    """Opens the window of answers when it is needed first.

    Args:
        models: has the model that reads.
        page: the window stands over its window.
        dialogs: asks where a CSV file goes; the system's dialog where none is given.

    Signals:
        row_opened: the AnswerRow that is to be looked at on the canvas.
        is_busy: other files are being read; these were not taken.

    Attributes:
        window: the window of answers; None before the first files.
    """

    row_opened = Signal(object)
    is_busy = Signal()

    def __init__(self, models: ModelChoice, page: QWidget, dialogs: SaveDialogs | None = None) -> None:
        super().__init__(page)
        self._models, self._page, self._dialogs = models, page, dialogs
        self._look_in = folder_of(QStandardPaths.StandardLocation.PicturesLocation)
        self.window: AnswersWindow | None = None

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
            self.window = AnswersWindow(self._models, self._dialogs, self._page.window())
            self.window.row_opened.connect(self.row_opened)
        if not self.window.read(paths):
            self.is_busy.emit()
        self.window.show()
        self.window.activateWindow()

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop reading; True when no thread is left."""
        return self.window is None or self.window.shutdown(timeout_ms)
