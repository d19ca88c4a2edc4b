"""What a page says while there is nothing on it: what to do next, with one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme

WIDTH_IN_LETTERS = 52


class EmptyPage(QWidget):
    """Title, text and button in the middle; those below say which.

    Args:
        name: object name of the button.
        icon: drawn on it.

    Signals:
        pressed: the button was.
    """

    pressed = Signal()

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.button = QPushButton(autoDefault=False)
        self.button.setObjectName(name)
        self.button.clicked.connect(self.pressed)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth())
        inside = QVBoxLayout(middle)
        inside.setSpacing(self.fontMetrics().height())
        for widget in (self._title, self._text):
            inside.addWidget(widget)
        inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QGridLayout(self)
        outer.addWidget(middle, 1, 1)
        outer.setColumnStretch(1, 1)
        for side in (0, 2):
            outer.setRowStretch(side, 1 + side)
        self.retranslate()
        self._dress()

    def words(self) -> tuple[str, str, str]:
        """Return title, text and what stands on the button, in the window's language."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        title, text, action = self.words()
        self._title.setText(title)
        self._text.setText(text)
        self.button.setText(action)
        self.button.setAccessibleName(action)

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
        self.button.setIcon(icons.icon(self._icon, self.palette()))
        self.button.setIconSize(QSize(round(height * 1.3), round(height * 1.3)))
        self.button.setMinimumHeight(round(height * 2.4))


class EmptyData(EmptyPage):
    """No digits: offers the starter digits; drawing is to the left, importing above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("emptyStarterButton", "digits", parent)

    def words(self) -> tuple[str, str, str]:
        """Return title, text and what stands on the button, in the window's language."""
        text = self.tr(
            "Write one on the left and press its key, drop images or a folder here, "
            "or begin with digits that others wrote."
        )
        return self.tr("No digits yet"), text, self.tr("Start with 10,000 digits")


class EmptyRuns(EmptyPage):
    """No runs: leads to the first training."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("emptyTrainButton", "train", parent)

    def words(self) -> tuple[str, str, str]:
        """Return title, text and what stands on the button, in the window's language."""
        text = self.tr(
            "Each training is kept here as a run, with its settings and its result, so that you can see "
            "what a change of them does."
        )
        return self.tr("No runs yet"), text, self.tr("Train the first one")
