"""What the window remembers from one start to the next; a damaged file only means that it forgot."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gui import i18n, theme

MOST_RECENT = 8


class Settings:
    """Typed values over one INI file; each property falls back to its default.

    Args:
        path: the file; it and its folder appear with the first value that is set.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """One of ``i18n.CHOICES``."""
        return self._choice("language", i18n.CHOICES)

    @language.setter
    def language(self, choice: str) -> None:
        self._store.setValue("language", choice)

    @property
    def theme(self) -> str:
        """One of ``theme.CHOICES``."""
        return self._choice("theme", theme.CHOICES)

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def last_document(self) -> Path | None:
        """The named document that was open last; None for an untitled one."""
        text = self._text("last_document")
        return Path(text) if text else None

    @last_document.setter
    def last_document(self, path: Path | None) -> None:
        self._store.setValue("last_document", "" if path is None else str(path))

    @property
    def recent(self) -> list[Path]:
        """Documents that were open, the newest first, only those that are still there."""
        try:
            names = json.loads(self._text("recent") or "[]")
        except ValueError:
            return []
        if not isinstance(names, list):
            return []
        return [Path(name) for name in names if isinstance(name, str) and Path(name).is_file()][:MOST_RECENT]

    def remember(self, path: Path) -> None:
        """Put ``path`` at the head of ``recent``."""
        names = [str(path), *(str(other) for other in self.recent if other != path)]
        self._store.setValue("recent", json.dumps(names[:MOST_RECENT]))

    def forget_recent(self) -> None:
        """Empty ``recent``."""
        self._store.remove("recent")

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window as Qt saved it; empty where it is not known."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def has_trained(self) -> bool:
        """True once a training of this user has ended; before that the window leads to the Test page."""
        return self._text("has_trained") == "yes"

    @has_trained.setter
    def has_trained(self, value: bool) -> None:
        self._store.setValue("has_trained", "yes" if value else "")

    @property
    def reject_percent(self) -> int | None:
        """How sure an answer must be, 0 … 99 %; None for the threshold that suits the model."""
        text = self._text("reject_percent")
        return min(int(text), 99) if text.isascii() and text.isdecimal() else None

    @reject_percent.setter
    def reject_percent(self, value: int | None) -> None:
        self._store.setValue("reject_percent", "" if value is None else str(value))

    def save(self) -> None:
        """Write the file now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def _choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self._text(key)
        return value if value in choices else choices[0]
