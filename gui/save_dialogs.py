"""Asks where a file or folder is to be written; tests pass an object that answers instead."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.file_dialogs import folder_of


class SaveDialogs(Protocol):
    """What asks for a path; None means that the user thought better of it."""

    def file_to_save(self, title: str, name: str, kinds: Sequence[tuple[str, str]]) -> Path | None: ...
    def folder_to_fill(self, title: str) -> Path | None: ...


class SystemSaveDialogs:
    """The system's own dialogs over ``window``; they begin where the last file was saved."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._folder = folder_of(QStandardPaths.StandardLocation.DocumentsLocation)

    def file_to_save(self, title: str, name: str, kinds: Sequence[tuple[str, str]]) -> Path | None:
        """Ask for a file.

        Args:
            title: of the dialog.
            name: what is proposed, without an ending.
            kinds: name and ending (``.png``) of the kinds of files that are possible; a name without one of
                these endings gets that of the chosen kind.
        """
        filters = [f"{words} (*{suffix})" for words, suffix in kinds]
        suffixes = [suffix for _, suffix in kinds]
        proposed = self._folder / f"{name}{suffixes[0]}"
        while True:
            chosen, kind = QFileDialog.getSaveFileName(self._window, title, str(proposed), ";;".join(filters))
            if not chosen:
                return None
            path = Path(chosen)
            self._folder = path.parent
            if path.suffix.lower() in suffixes:
                return path
            path = path.with_name(path.name + suffixes[filters.index(kind) if kind in filters else 0])
            if not os.path.lexists(path):  # of a name too long too, which whoever saves tells
                return path
            proposed = path  # the dialog asks whether that one may be replaced

    def folder_to_fill(self, title: str) -> Path | None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(self._folder))
        if not chosen:
            return None
        self._folder = Path(chosen)
        return self._folder
