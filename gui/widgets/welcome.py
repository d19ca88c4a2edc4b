"""The first start: an empty window that offers four ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme

WIDTH_IN_LETTERS = 76


class Welcome(QWidget):
    """Four ways to begin, the quickest first.

    Signals:
        starter_requested, draw_requested, import_requested, open_requested: the button that was pressed.
    """

    starter_requested = Signal()
    draw_requested = Signal()
    import_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._lead = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._starter = self._button("welcomeStarter", self.starter_requested)
        self._draw = self._button("welcomeDraw", self.draw_requested)
        self._import = self._button("welcomeImport", self.import_requested)
        self._open = self._button("welcomeOpen", self.open_requested)
        self._starter.setDefault(True)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setObjectName("welcomeProgress")
        room = self._progress.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # nothing moves when it appears
        self._progress.setSizePolicy(room)
        self._progress.hide()
        self._arrange()
        self.retranslate()
        self._dress()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._title.setText(self.tr("Welcome to the dojo"))
        self._lead.setText(
            self.tr("Teach a neural network to read handwritten digits, and watch how it learns.")
        )
        self._starter.setText(self.tr("Start with 10,000 digits"))
        self._draw.setText(self.tr("Draw my own"))
        self._import.setText(self.tr("Import"))
        self._open.setText(self.tr("Open"))
        self._hint.setText(
            self.tr("10,000 handwritten digits come with the program. Press Train, then write one yourself.")
        )
        self._progress.setAccessibleName(self.tr("Adding the starter digits"))
        for button in (self._starter, self._draw, self._import, self._open):
            button.setAccessibleName(button.text())

    def show_busy(self, busy: bool) -> None:
        """Show that the starter digits are being added; the buttons wait meanwhile."""
        self._progress.setRange(0, 0)
        self._progress.setVisible(busy)
        for button in (self._starter, self._draw, self._import, self._open):
            button.setEnabled(not busy)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the adding is; a ``total`` of 0 is unknown."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def begin(self) -> None:
        """Put the keyboard on the first button."""
        self._starter.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, light and dark."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def _button(self, name: str, pressed: SignalInstance) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.clicked.connect(pressed)
        return button

    def _arrange(self) -> None:
        others = QHBoxLayout()
        for button in (self._draw, self._import, self._open):
            others.addWidget(button, 1)
        column = QVBoxLayout()
        gap = self.fontMetrics().height()
        for widget, after in (
            (self._picture, gap // 2),
            (self._title, gap // 3),
            (self._lead, gap * 2),
            (self._starter, gap // 2),
        ):
            column.addWidget(widget)
            column.addSpacing(after)
        column.addLayout(others)
        column.addSpacing(gap)
        column.addWidget(self._progress)
        column.addWidget(self._hint)
        frame = QWidget()
        frame.setLayout(column)
        frame.setMaximumWidth(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth())
        outer = QGridLayout(self)
        outer.addWidget(frame, 1, 1)
        for side in (0, 2):
            outer.setRowStretch(side, 1)
            outer.setColumnStretch(side, 1)
        outer.setColumnStretch(1, 4)

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        self._picture.setPixmap(icons.app_icon().pixmap(QSize(size * 6, size * 6)))
        large = self.font()
        large.setPointSizeF(self.font().pointSizeF() * 1.9)
        large.setWeight(large.Weight.DemiBold)
        self._title.setFont(large)
        middle = self.font()
        middle.setPointSizeF(self.font().pointSizeF() * 1.2)
        self._lead.setFont(middle)
        self._starter.setFont(middle)
        self._starter.setMinimumHeight(size * 3)
        colors = theme.colors(self.palette())
        self._starter.setStyleSheet(theme.primary_style(self.palette()))
        for name, button in (
            ("digits", self._starter),
            ("pen", self._draw),
            ("import", self._import),
            ("open", self._open),
        ):
            tint = colors.accent_text if button is self._starter else self.palette()
            button.setIcon(icons.icon(name, tint))
            button.setIconSize(QSize(round(size * 1.3), round(size * 1.3)))
            if button is not self._starter:
                button.setMinimumHeight(round(size * 2.2))
