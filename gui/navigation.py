"""The rail on the left: one button a page, with icon and word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui import icons, theme

PAGES = ("data", "train", "test", "runs")


class NavigationRail(QWidget):
    """Shows and tells which page is chosen.

    Signals:
        chosen: the page whose button was pressed, one of PAGES.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {page: _RailButton(page, self) for page in PAGES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 8)
        layout.setSpacing(4)
        for page, button in self._buttons.items():
            button.setObjectName(f"nav{page.capitalize()}")
            button.clicked.connect(self._choose(page))
            layout.addWidget(button)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Pages"))
        words = {
            "data": self.tr("Data"),
            "train": self.tr("Train"),
            "test": self.tr("Test"),
            "runs": self.tr("Runs"),
        }
        hints = {
            "data": self.tr("Write, import and label digits"),
            "train": self.tr("Teach a model with these digits"),
            "test": self.tr("Write a digit and see what the model reads"),
            "runs": self.tr("Compare trainings with one another"),
        }
        for number, (page, button) in enumerate(self._buttons.items(), start=1):
            button.setText(words[page])
            button.setAccessibleName(words[page])
            button.setAccessibleDescription(hints[page])
            button.setToolTip(f"{hints[page]} (Ctrl+{number})")

    def show_page(self, page: str | None) -> None:
        """Mark ``page`` as the chosen one; None marks none."""
        for name, button in self._buttons.items():
            button.setChecked(name == page)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between rail and page."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.colors(self.palette()).line, 1))
        right = self.width() - 0.5
        painter.drawLine(QPointF(right, 0), QPointF(right, self.height()))

    def _choose(self, page: str) -> Callable[[], None]:
        def choose() -> None:
            self.show_page(page)
            self.chosen.emit(page)

        return choose


class _RailButton(QAbstractButton):
    """Icon over word; the chosen one stands on a tinted ground with a bar of the accent colour."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._chosen_icon = QIcon()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._recolor()

    def nextCheckState(self) -> None:
        """Stay as it is: the rail says what is chosen."""

    def sizeHint(self) -> QSize:
        """Return room for icon and word in any language and text size."""
        height = self.fontMetrics().height()
        width = max(self.fontMetrics().horizontalAdvance(self.text()) + height, 4 * height)
        return QSize(width, self._icon_size() + height + height + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light, dark and the text size."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bar, icon, word and the frame of the keyboard's focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors(self.palette())
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colors.accent_soft)
            painter.drawRoundedRect(box, 6, 6)
            painter.setBrush(colors.accent)
            painter.drawRoundedRect(
                QRectF(box.left(), box.top() + box.height() / 4, 3, box.height() / 2), 1.5, 1.5
            )
        elif self.underMouse() or self.isDown():
            painter.setBrush(theme.mixed(colors.line, self.palette().window().color(), 0.5))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.accent, 1.5))
            painter.drawRoundedRect(box, 6, 6)
        size = self._icon_size()
        word = self.fontMetrics().height()
        top = round((self.height() - size - word - 4) / 2)
        picture = self._chosen_icon if self.isChecked() else self.icon()
        picture.paint(painter, round((self.width() - size) / 2), top, size, size)
        painter.setPen(colors.accent if self.isChecked() else self.palette().windowText().color())
        where = QRectF(0, top + size + 4, self.width(), word)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.text())

    def _icon_size(self) -> int:
        return round(self.fontMetrics().height() * 1.6)

    def _recolor(self) -> None:
        self.setIcon(icons.icon(self._icon_name, self.palette().windowText().color()))
        self._chosen_icon = icons.icon(self._icon_name, theme.colors(self.palette()).accent)
        self.update()
