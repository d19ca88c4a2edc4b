"""Language, font, light and dark of the whole program: what is chosen, at once and for the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from gui import i18n, theme
from gui.i18n import Translation
from gui.settings import Settings

NO_JAPANESE_FONT = (  # in English: Japanese would be boxes
    "No Japanese font is installed, so Japanese text shows as boxes. "
    "Install one, for example Noto Sans CJK JP."
)


class Appearance:
    """Keeps application and settings in step.

    Args:
        application: gets language, font and colours.
        settings: remember what was chosen.
        translations: holds the compiled translation files; those of the program where none is given.

    Attributes:
        language, look: what is chosen now, of ``i18n.CHOICES`` and ``theme.CHOICES``.
    """

    def __init__(
        self, application: QApplication, settings: Settings, translations: Path | None = None
    ) -> None:
        self.language = settings.language
        self.look = settings.theme
        self._application = application
        self._settings = settings
        self._font = application.font()
        self._translation = (
            Translation(application, translations) if translations else Translation(application)
        )

    @property
    def lacks_font(self) -> bool:
        """True where Japanese is spoken and no font can show it."""
        return self._translation.language == "ja" and i18n.japanese_family() is None

    def use(self, language: str | None, look: str | None) -> None:
        """Begin with what is remembered, or with what is given for this time only."""
        self._speak(language or self.language)
        self._wear(look or self.look)

    def choose_language(self, choice: str) -> None:
        """Speak another language from now on."""
        self._settings.language = choice
        self._speak(choice)

    def choose_look(self, choice: str) -> None:
        """Be light, dark or as the system is from now on."""
        self._settings.theme = choice
        self._wear(choice)

    def _speak(self, choice: str) -> None:
        self.language = choice
        self._translation.use(choice)
        font = QFont(self._font)
        japanese = i18n.japanese_family() if self._translation.language == "ja" else None
        if japanese is not None:
            font.setFamilies([*self._font.families(), japanese])
        self._application.setFont(font)

    def _wear(self, choice: str) -> None:
        self.look = choice
        theme.apply(self._application, choice)
