"""The system's own dialogs for files; tests pass an object that answers instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIX = ".dojo"


def folder_of(kind: QStandardPaths.StandardLocation) -> Path:
    """Return the user's folder for documents, pictures…, or their home where it was never made."""
    folder = Path(QStandardPaths.writableLocation(kind))
    return folder if folder.is_dir() else Path.home()


class FileDialogs(QObject):
    """Asks the user for a path; None means that they thought better of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder_of(QStandardPaths.StandardLocation.DocumentsLocation)

    def document_to_open(self) -> Path | None:
        """Ask which document to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a document"), str(self._folder), self._filter()
        )
        return self._chosen(name)

    def document_to_save(self, name: str) -> Path | None:
        """Ask where to keep the document and propose ``name``; a missing ending is added."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the document as"),
            str(self._folder / f"{name}{SUFFIX}"),
            self._filter(),
        )
        path = self._chosen(chosen)
        return path.with_name(path.name + SUFFIX) if path is not None and path.suffix != SUFFIX else path

    def _filter(self) -> str:
        return self.tr("Digit Dojo documents (*.dojo)")

    def _chosen(self, name: str) -> Path | None:
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)
