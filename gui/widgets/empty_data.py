"""What the Data page says while there are no digits: what to do next, with one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme

WIDTH_IN_LETTERS = 52


class EmptyData(QWidget):
    """Offers the starter digits; drawing is to the left, importing above.

    Signals:
        starter_wanted: add the starter digits.
    """

    starter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.starter = QPushButton(autoDefault=False)
        self.starter.setObjectName("emptyStarterButton")
        self.starter.clicked.connect(self.starter_wanted)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth())
        inside = QVBoxLayout(middle)
        inside.setSpacing(self.fontMetrics().height())
        for widget in (self._title, self._text):
            inside.addWidget(widget)
        inside.addWidget(self.starter, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QGridLayout(self)
        outer.addWidget(middle, 1, 1)
        outer.setColumnStretch(1, 1)
        for side in (0, 2):
            outer.setRowStretch(side, 1 + side)
        self.retranslate()
        self._dress()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._title.setText(self.tr("No digits yet"))
        self._text.setText(
            self.tr(
                "Write one on the left and press its key, drop images or a folder here, "
                "or begin with digits that others wrote."
            )
        )
        self.starter.setText(self.tr("Start with 10,000 digits"))
        self.starter.setAccessibleName(self.starter.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        large = self.font()
        large.setPointSizeF(self.font().pointSizeF() * 1.6)
        self._title.setFont(large)
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self._text.setPalette(quiet)
        height = self.fontMetrics().height()
        self.starter.setIcon(icons.icon("digits", self.palette()))
        self.starter.setIconSize(QSize(round(height * 1.3), round(height * 1.3)))
        self.starter.setMinimumHeight(round(height * 2.4))
