"""The menu bar: every command with its key, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gui.navigation import PAGES

COMMANDS = (
    *("new", "open", "save", "save_as", "import_images", "import_folder", "add_starter", "report", "quit"),
    *("undo", "redo", "delete", "mistakes", "full_screen", "about", "open_folder"),
)
KEYS = {
    "new": QKeySequence.StandardKey.New,
    "open": QKeySequence.StandardKey.Open,
    "save": QKeySequence.StandardKey.Save,
    "save_as": QKeySequence.StandardKey.SaveAs,
    "quit": QKeySequence.StandardKey.Quit,
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence.StandardKey.Redo,
    "full_screen": QKeySequence.StandardKey.FullScreen,
}
OTHER_KEYS = {
    "save": "Ctrl+S",
    "save_as": "Ctrl+Shift+S",
    "quit": "Ctrl+Q",
    "full_screen": "F11",
    "import_images": "Ctrl+I",
    "mistakes": "Ctrl+Shift+M",
    "report": "Ctrl+Shift+R",
}


class Menus(QObject):
    """Builds the menus of a window; what they do is wired elsewhere.

    Signals:
        page_chosen, language_chosen, theme_chosen: the name that was chosen.
        recent_chosen: the path of the document.

    Attributes:
        actions: a QAction for each of COMMANDS.
        recent: the menu of documents that were open before.
    """

    page_chosen = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    recent_chosen = Signal(object)
    recent_cleared = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.actions = {name: self._command(name) for name in COMMANDS}
        self._recent_paths: list[Path] = []
        bar = window.menuBar()
        self._file, self._edit, self._view, self._help = (bar.addMenu("") for _ in range(4))
        self.recent = QMenu(window)
        self._language = QMenu(window)
        self._appearance = QMenu(window)
        self._pages = self._choices(PAGES, self.page_chosen)
        self._languages = self._choices(("en", "ja", "system"), self.language_chosen)
        self._themes = self._choices(("light", "dark", "system"), self.theme_chosen)
        self._fill()
        self._clear_recent = QAction(self)
        self._clear_recent.triggered.connect(self.recent_cleared)
        window.installEventFilter(self)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        for menu, text in (
            (self._file, self.tr("&File")),
            (self._edit, self.tr("&Edit")),
            (self._view, self.tr("&View")),
            (self._help, self.tr("&Help")),
            (self.recent, self.tr("Open &recent")),
            (self._language, self.tr("&Language")),
            (self._appearance, self.tr("&Appearance")),
        ):
            menu.setTitle(text)
        for name, text in self._command_texts().items():
            self.actions[name].setText(text)
        self._pages["data"].setText(self.tr("&Data"))
        self._pages["train"].setText(self.tr("&Train"))
        self._pages["test"].setText(self.tr("T&est"))
        self._pages["runs"].setText(self.tr("&Runs"))
        self._languages["en"].setText("English")  # a language is found by its own name
        self._languages["ja"].setText("日本語")
        self._languages["system"].setText(self.tr("&System", "language"))
        self._themes["light"].setText(self.tr("&Light"))
        self._themes["dark"].setText(self.tr("&Dark"))
        self._themes["system"].setText(self.tr("&System", "appearance"))
        self._clear_recent.setText(self.tr("&Clear this list"))
        self.show_recent(self._recent_paths)

    def show_choices(self, language: str, theme: str) -> None:
        """Mark the chosen language and appearance."""
        self._languages[language].setChecked(True)
        self._themes[theme].setChecked(True)

    def show_page(self, page: str | None) -> None:
        """Mark the page that is shown; None marks none."""
        for name, action in self._pages.items():
            action.setChecked(name == page)

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List the documents that were open before."""
        self._recent_paths = list(paths)
        self.recent.clear()
        self.recent.setEnabled(bool(self._recent_paths))
        for number, path in enumerate(self._recent_paths, start=1):
            action = self.recent.addAction(f"&{number}  {path.name.replace('&', '&&')}")
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.recent_chosen.emit(path))
        self.recent.setToolTipsVisible(True)
        self.recent.addSeparator()
        self.recent.addAction(self._clear_recent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the language of the window."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().eventFilter(watched, event)

    def _command_texts(self) -> dict[str, str]:
        return {
            "new": self.tr("&New"),
            "open": self.tr("&Open…"),
            "save": self.tr("&Save"),
            "save_as": self.tr("Save &As…"),
            "import_images": self.tr("&Import images…"),
            "import_folder": self.tr("Import &folder…"),
            "add_starter": self.tr("Add the 10,000 &starter digits"),
            "report": self.tr("Save a &report…"),
            "quit": self.tr("&Quit"),
            "undo": self.tr("&Undo"),
            "redo": self.tr("&Redo"),
            "delete": self.tr("&Delete the selected digits"),
            "mistakes": self.tr("&Mistakes…"),
            "full_screen": self.tr("&Full screen"),
            "about": self.tr("&About Digit Dojo"),
            "open_folder": self.tr("Open the &data folder"),
        }

    def _command(self, name: str) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action_{name}")
        keys = QKeySequence.keyBindings(KEYS[name]) if name in KEYS else []
        if name in OTHER_KEYS and not keys:
            keys = [QKeySequence(OTHER_KEYS[name])]
        action.setShortcuts(keys)
        return action

    def _choices(self, names: Iterable[str], chosen: SignalInstance) -> dict[str, QAction]:
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        actions = {}
        for name in names:
            action = QAction(self, checkable=True)
            action.triggered.connect(lambda _checked=False, name=name: chosen.emit(name))
            group.addAction(action)
            actions[name] = action
        return actions

    def _fill(self) -> None:
        commands = self.actions
        self._file.addActions([commands["new"], commands["open"]])
        self._file.addMenu(self.recent)
        self._file.addActions([commands["save"], commands["save_as"]])
        self._file.addSeparator()
        self._file.addActions([commands[name] for name in ("import_images", "import_folder", "add_starter")])
        self._file.addSeparator()
        self._file.addAction(commands["report"])
        self._file.addSeparator()
        self._file.addAction(commands["quit"])
        commands["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._edit.addActions([commands["undo"], commands["redo"]])
        self._edit.addSeparator()
        self._edit.addAction(commands["delete"])
        for number, action in enumerate(self._pages.values(), start=1):
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            self._view.addAction(action)
        self._view.addSeparator()
        self._view.addAction(commands["mistakes"])
        self._view.addSeparator()
        self._language.addActions(list(self._languages.values()))
        self._appearance.addActions(list(self._themes.values()))
        self._view.addMenu(self._language)
        self._view.addMenu(self._appearance)
        self._view.addAction(commands["full_screen"])
        commands["full_screen"].setCheckable(True)
        self._help.addActions([commands["about"], commands["open_folder"]])
        commands["about"].setMenuRole(QAction.MenuRole.AboutRole)
