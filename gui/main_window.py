"""The frame: menu, rail, pages, status bar, messages; it shows and tells, others decide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from gui import icons
from gui.document_session import DocumentSession
from gui.menus import Menus
from gui.navigation import NavigationRail
from gui.settings import Settings
from gui.status_bar import StatusBar, document_name
from gui.widgets.message_strip import MessageStrip
from gui.widgets.welcome import Welcome

FIRST_SIZE = QSize(1200, 680)


class MainWindow(QMainWindow):
    """Shows one of ``pages`` or the welcome.

    Args:
        pages: the widget of each of ``navigation.PAGES``.

    Signals:
        page_shown: the name of the page that is in front now, empty for the welcome.
        paths_dropped: the list of Paths that were dropped where no page takes them itself.
        closing: the window closes; whoever works must stop.

    Attributes:
        menus, rail, strip, status, welcome: the parts of the frame.
    """

    page_shown = Signal(str)
    paths_dropped = Signal(list)
    closing = Signal()

    def __init__(self, session: DocumentSession, settings: Settings, pages: Mapping[str, QWidget]) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self._session = session
        self._settings = settings
        self._pages = pages
        self.strip = MessageStrip()
        self.rail = NavigationRail()
        self.welcome = Welcome()
        self.status = StatusBar(session)
        self._stack = QStackedWidget()
        self._arrange()
        self.menus = Menus(self)
        self.rail.chosen.connect(self.show_page)
        self.menus.page_chosen.connect(self.show_page)
        session.document_changed.connect(self._on_document_changed)
        self.retranslate()
        self.resize(FIRST_SIZE)
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)

    @property
    def page(self) -> str:
        """The name of the page in front; empty for the welcome."""
        current = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is current), "")

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self._show(self._pages[name], name)

    def show_welcome(self) -> None:
        """Bring the four ways to begin to the front."""
        self._show(self.welcome, "")
        self.welcome.begin()

    def retranslate(self) -> None:
        """Set the title in the window's language."""
        document = self._session.document
        name = document_name(document.path, document.is_untitled)
        # Qt puts this name behind every title that does not end in it
        QGuiApplication.setApplicationDisplayName(self.tr("Digit Dojo"))
        self.setWindowTitle(self.tr("{name} – Digit Dojo").format(name=name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the keyboard on the first button of an empty window."""
        super().showEvent(event)
        if self._stack.currentWidget() is self.welcome:
            self.welcome.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Be gone at once; what still runs ends behind it."""
        self._settings.geometry = self.saveGeometry()
        self.hide()
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files and folders on."""
        event.acceptProposedAction()
        self.paths_dropped.emit(_paths(event))

    def _show(self, widget: QWidget, name: str) -> None:
        self._stack.setCurrentWidget(widget)
        self.rail.show_page(name or None)
        self.menus.show_page(name or None)
        self.page_shown.emit(name)

    def _arrange(self) -> None:
        self._stack.addWidget(self.welcome)
        for page in self._pages.values():
            self._stack.addWidget(page)
        middle = QWidget()
        beside = QHBoxLayout(middle)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        beside.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)
        self.strip.lie_on(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _on_document_changed(self) -> None:
        self.retranslate()


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
