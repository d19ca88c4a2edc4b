"""What can be done with the runs that are selected: a row of buttons over their table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from gui import icons
from gui.repetition import SEEDS
from gui.widgets.run_doors import RunDoors

TABLE, VALUES, TENSORBOARD = EXPORTS = ("table", "values", "tensorboard")


class RunsBar(QWidget):
    """The buttons of the page Runs.

    Signals:
        export_wanted: (one of EXPORTS).

    Attributes:
        repeat, pin, rename, delete, export: ``repeatRunButton`` and so on.
        export_actions: what the menu of ``export`` offers.
        doors: to the mistakes of the selected run, and to a report.
    """

    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = ("repeat", "pin", "rename", "delete", "export")
        self._buttons = {name: QPushButton(autoDefault=False) for name in names}
        for name, button in self._buttons.items():
            button.setObjectName(f"{name}RunButton")
        self.repeat, self.pin, self.rename, self.delete, self.export = self._buttons.values()
        menu = QMenu(self)
        self.export_actions = {kind: menu.addAction("") for kind in EXPORTS}
        for kind, action in self.export_actions.items():
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_wanted.emit(kind))
        self.export.setMenu(menu)
        self.doors = RunDoors()
        self._is_pinned = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.repeat, self.pin, self.rename, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.doors)
        row.addWidget(self.export)
        self.retranslate()
        self._dress()

    def show_state(self, has_run: bool, can_repeat: bool, is_pinned: bool) -> None:
        """Enable what can be done with the selected run; ``is_pinned``: it is the baseline."""
        for part in (self.rename, self.delete, self.pin, self.doors):
            part.setEnabled(has_run)
        self.repeat.setEnabled(has_run and can_repeat)
        self._is_pinned = is_pinned
        self._say_pin()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.repeat.setText(self.tr("Repeat with {0} seeds").format(SEEDS))
        self.repeat.setToolTip(
            self.tr(
                "Trains these settings with other seeds, until there are {0} runs on the present digits: how "
                "far they lie apart is chance, not the settings."
            ).format(SEEDS)
        )
        self.rename.setText(self.tr("Rename"))
        self.rename.setToolTip(self.tr("Give the run a name (F2)"))
        self.delete.setText(self.tr("Delete"))
        self.delete.setToolTip(self.tr("Delete the selected runs (Delete); this can be undone"))
        self.export.setText(self.tr("Export"))
        self.export.setToolTip(self.tr("Save all runs, or those that are selected"))
        self.pin.setToolTip(
            self.tr("The run that others are compared with: thick, in the colour of text, with diamonds")
        )
        for button in self._buttons.values():
            button.setAccessibleName(button.text())
        self.export_actions[TABLE].setText(self.tr("&Table of the runs (CSV)…"))
        self.export_actions[VALUES].setText(self.tr("All &points of their curves (CSV)…"))
        self.export_actions[TENSORBOARD].setText(self.tr("For Tensor&Board…"))
        self._say_pin()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def _say_pin(self) -> None:
        text = self.tr("Unpin the baseline") if self._is_pinned else self.tr("Pin as the baseline")
        self.pin.setText(text)
        self.pin.setAccessibleName(text)

    def _dress(self) -> None:
        size = round(1.2 * self.fontMetrics().height())
        for button, drawing in ((self.repeat, "redo"), (self.delete, "delete"), (self.export, "save")):
            button.setIcon(icons.icon(drawing, self.palette()))
            button.setIconSize(QSize(size, size))
