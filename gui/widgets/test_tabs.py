"""The tabs of the Test page: the answer, why it is so, and another model's answer beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget


class TestTabs(QTabWidget):
    """Tabs *Answer · Why · Compare*, ``testTabs``; a press on one leaves the keyboard on the canvas.

    Args:
        answer, why, compare: what the tabs hold.
    """

    __test__ = False  # its name looks like a test's

    def __init__(
        self, answer: QWidget, why: QWidget, compare: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("testTabs")
        self.setDocumentMode(True)  # no frame: the page is one surface
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabBar().setObjectName("testTabBar")
        self.tabBar().setExpanding(False)
        for tab in (answer, why, compare):
            self.addTab(tab, "")
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("What to see of the model's answer"))
        self.tabBar().setAccessibleName(self.accessibleName())
        self.setTabText(0, self.tr("Answer"))
        self.setTabText(1, self.tr("Why"))
        self.setTabText(2, self.tr("Compare"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
