"""What can be done with curves beside looking at them: zoom back, smooth, copy, save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gui import icons

SMOOTHINGS = (0, 10, 50)  # points of the single steps that are averaged; 0 draws them as they are
COPY, PICTURE, VALUES, TENSORBOARD = "copy", "picture", "values", "tensorboard"


class CurveTools(QWidget):
    """Two buttons: everything again after a zoom, and a menu with the rest.

    Signals:
        everything_wanted: a zoom is to end.
        smoothing_chosen: one of SMOOTHINGS.
        rate_toggled: whether the learning rate is to be seen.
        export_wanted: COPY, PICTURE, VALUES or TENSORBOARD.

    Attributes:
        reset: ``resetZoomButton``, enabled while something is zoomed.
        more: ``curveToolsButton`` with the menu.
        rate: the action that shows and hides the learning rate.
        smoothings: the action of each of SMOOTHINGS.
        exports: the action of each kind of export.
    """

    everything_wanted = Signal()
    smoothing_chosen = Signal(int)
    rate_toggled = Signal(bool)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reset = QToolButton()
        self.reset.setObjectName("resetZoomButton")
        self.reset.setEnabled(False)
        self.reset.clicked.connect(self.everything_wanted)
        self.more = QToolButton()
        self.more.setObjectName("curveToolsButton")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.reset, self.more):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._smoothing = self._menu.addMenu("")
        self.smoothings = self._make_smoothings()
        self.rate = QAction(self, checkable=True)
        self.rate.setChecked(True)
        self.rate.toggled.connect(self.rate_toggled)
        self._menu.addAction(self.rate)
        self._menu.addSeparator()
        self.exports = {kind: QAction(self) for kind in (COPY, PICTURE, VALUES, TENSORBOARD)}
        for kind, action in self.exports.items():
            action.setObjectName(f"export_{kind}")
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_wanted.emit(kind))
            self._menu.addAction(action)
        self.more.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.reset)
        row.addWidget(self.more)
        self.retranslate()
        self._dress()

    def show_zoomed(self, zoomed: bool) -> None:
        """Say whether there is a zoom to end."""
        self.reset.setEnabled(zoomed)

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.reset.setAccessibleName(self.tr("Show the whole curves"))
        self.reset.setToolTip(self.tr("Show the whole curves again (Home, or a double click)"))
        self.more.setAccessibleName(self.tr("More about the curves"))
        self.more.setToolTip(self.tr("Smooth, copy or save the curves"))
        self._smoothing.setTitle(self.tr("S&mooth the single steps"))
        self.smoothings[0].setText(self.tr("&Off"))
        for count in SMOOTHINGS[1:]:
            self.smoothings[count].setText(self.tr("Mean of %Ln point(s)", "", count))
        self.rate.setText(self.tr("Show the &learning rate"))
        self.exports[COPY].setText(self.tr("&Copy as a picture"))
        self.exports[PICTURE].setText(self.tr("&Save the picture (PNG, SVG)…"))
        self.exports[VALUES].setText(self.tr("Save the &values (CSV)…"))
        self.exports[TENSORBOARD].setText(self.tr("Save for &TensorBoard…"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _make_smoothings(self) -> dict[int, QAction]:
        group = QActionGroup(self)
        actions = {count: QAction(self, checkable=True) for count in SMOOTHINGS}
        for count, action in actions.items():
            group.addAction(action)
            self._smoothing.addAction(action)
            action.triggered.connect(lambda _checked=False, count=count: self.smoothing_chosen.emit(count))
        actions[0].setChecked(True)
        return actions

    def _dress(self) -> None:
        self.reset.setIcon(icons.icon("whole", self.palette()))
        self.more.setIcon(icons.icon("more", self.palette()))
