"""The window's language: follows the system, switched live, with Qt's own texts beside ours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QTranslator,
)
from PySide6.QtGui import QFontDatabase

from engine.resources import ASSETS

LANGUAGES = ("en", "ja")
CHOICES = ("system", *LANGUAGES)
JAPANESE_FAMILIES = (  # sans-serif, as windows have it: Windows, macOS, Linux
    "Yu Gothic UI",
    "Meiryo UI",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "IPAexGothic",
    "IPAGothic",
    "TakaoPGothic",
    "VL PGothic",
)


class Translation:
    """Installs the translators of one language at a time; widgets hear a LanguageChange event.

    The English file only holds plural forms; without it the texts of the source appear.

    Args:
        app: the application that gets the translators.
        folder: holds ``digit_dojo_LANGUAGE.qm``.
        system: the system's locale; tests pass another.

    Attributes:
        choice: one of CHOICES.
        language: one of LANGUAGES, what is shown now.
    """

    def __init__(
        self, app: QCoreApplication, folder: Path = ASSETS / "i18n", system: QLocale | None = None
    ) -> None:
        self.choice = "system"
        self.language = "en"
        self._app = app
        self._folder = folder
        self._system = system if system is not None else QLocale.system()
        if self._system.language() == QLocale.Language.C:  # it would write 10000 where we say 10,000
            self._system = QLocale(QLocale.Language.English)
        self._installed: list[QTranslator] = []

    def use(self, choice: str) -> None:
        """Show ``choice``; anything but a known one means the system's language."""
        self.choice = choice if choice in CHOICES else "system"
        self.language = _spoken_by(self._system) if self.choice == "system" else self.choice
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        # The region's way to write numbers stays where the language is the system's own.
        own = self._system.name().partition("_")[0] == self.language
        QLocale.setDefault(self._system if own or self.choice == "system" else QLocale(self.language))
        qt_texts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        files = [qt_texts / f"qtbase_{self.language}.qm", self._folder / f"digit_dojo_{self.language}.qm"]
        self._installed = [found for file in files if (found := self._load(file)) is not None]
        for translator in self._installed:
            self._app.installTranslator(translator)

    def _load(self, file: Path) -> QTranslator | None:
        translator = QTranslator(self._app)
        return translator if file.is_file() and translator.load(str(file)) else None


# What Qt's own file dialog says and its Japanese lacks; standing here brings it into our translation files.
QT_WORDS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
)


def language() -> str:
    """Return the language of the window, one of LANGUAGES, as its numbers are written."""
    return _spoken_by(QLocale())


def japanese_family() -> str | None:
    """Return an installed font family with Japanese shapes; None where there is no Japanese font.

    Many kanji are drawn differently in Chinese fonts, which Qt would otherwise take where they come first.
    """
    families = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    for wanted in JAPANESE_FAMILIES:
        if wanted in families:
            return wanted
    return families[0] if families else None


def _spoken_by(locale: QLocale) -> str:
    languages = locale.uiLanguages() or [locale.name()]
    return "ja" if languages[0].startswith("ja") else "en"
