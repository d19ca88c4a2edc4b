"""What the Runs page says while there are no runs: what to do next, with one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme

WIDTH_IN_LETTERS = 52


class EmptyRuns(QWidget):
    """Leads to the first training.

    Signals:
        train_wanted: go to the Train page.
    """

    train_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.train = QPushButton(autoDefault=False)
        self.train.setObjectName("emptyTrainButton")
        self.train.clicked.connect(self.train_wanted)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth())
        inside = QVBoxLayout(middle)
        inside.setSpacing(self.fontMetrics().height())
        for widget in (self._title, self._text):
            inside.addWidget(widget)
        inside.addWidget(self.train, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QGridLayout(self)
        outer.addWidget(middle, 1, 1)
        outer.setColumnStretch(1, 1)
        for side in (0, 2):
            outer.setRowStretch(side, 1 + side)
        self.retranslate()
        self._dress()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._title.setText(self.tr("No runs yet"))
        self._text.setText(
            self.tr(
                "Each training is kept here as a run, with its settings and its result, so that you can see "
                "what a change of them does."
            )
        )
        self.train.setText(self.tr("Train the first one"))
        self.train.setAccessibleName(self.train.text())

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
        self.train.setIcon(icons.icon("train", self.palette()))
        self.train.setIconSize(QSize(round(height * 1.3), round(height * 1.3)))
        self.train.setMinimumHeight(round(height * 2.4))
