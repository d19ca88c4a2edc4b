"""The veil over a page while files are held above it: here they can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme


class DropVeil(QWidget):
    """Covers its parent, lets every event through, and says what a drop does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName("dropVeil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the text of the window's language."""
        self._text = self.tr("Drop images or folders here to import them")
        self.setAccessibleName(self._text)

    def cover(self, on: bool) -> None:
        """Cover the parent, or uncover it."""
        if on:
            self.setGeometry(self._page.rect())
            self.raise_()
        self.setVisible(on)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a tint, a dashed frame and the sentence."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = QColor(colors.accent_soft)
        tint.setAlphaF(0.88)
        painter.fillRect(self.rect(), tint)
        painter.setPen(QPen(colors.accent, 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(8, 8, -8, -8), 10, 10)
        large = self.font()
        large.setPointSizeF(large.pointSizeF() * 1.6)
        painter.setFont(large)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.rect().adjusted(32, 32, -32, -32)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()
