"""What can be done with the selected digits: another label, another split, delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from gui import icons
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.sample_grid_model import NO_LABEL, SPLITS
from gui.widgets.sample_words import number, split_word


class SelectionBar(QWidget):
    """How many are selected, and three buttons; the same choices make the grid's menu.

    Signals:
        relabel_wanted: (int) give them this label; -1 takes it away.
        move_wanted: (int) move them to this split, a place in SPLITS.
        delete_wanted: delete them.
    """

    relabel_wanted = Signal(int)
    move_wanted = Signal(int)
    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._shown = 0
        self._text = ElidedLabel()
        self._text.setObjectName("selectionText")
        self._relabel_menu, self._move_menu = QMenu(self), QMenu(self)
        self._relabel = self._button("relabelButton")
        self._relabel.setMenu(self._relabel_menu)
        self._move = self._button("moveButton")
        self._move.setMenu(self._move_menu)
        self._delete = self._button("deleteButton")
        self._delete.clicked.connect(self.delete_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        for button in (self._relabel, self._move, self._delete):
            row.addWidget(button)
        self._fill_menus()
        self.menu = QMenu(self)  # the grid's context menu
        self.menu.addMenu(self._relabel_menu)
        self.menu.addMenu(self._move_menu)
        self.menu.addSeparator()
        self._delete_action = self.menu.addAction("", self.delete_wanted.emit)
        self.retranslate()
        self._dress()

    def show_counts(self, selected: int, shown: int) -> None:
        """Say how many of how many digits are selected."""
        self._count, self._shown = selected, shown
        for button in (self._relabel, self._move, self._delete):
            button.setEnabled(selected > 0)
        if selected:
            self._text.setText(self.tr("{0} of {1} selected").format(number(selected), number(shown)))
        else:
            self._text.setText(
                self.tr("{0} shown. Select some to relabel, move or delete them.").format(number(shown))
            )

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._relabel.setText(self.tr("Relabel"))
        self._relabel.setAccessibleName(self.tr("Give the selected digits another label"))
        self._relabel.setToolTip(self.tr("Give the selected digits another label (keys 0 to 9)"))
        self._move.setText(self.tr("Move to"))
        self._move.setAccessibleName(self.tr("Move the selected digits to another split"))
        self._move.setToolTip(self._move.accessibleName())
        self._delete.setText(self.tr("Delete"))
        self._delete.setAccessibleName(self.tr("Delete the selected digits"))
        self._delete.setToolTip(self.tr("Delete the selected digits (Del)"))
        self._relabel_menu.setTitle(self.tr("Relabel"))
        self._move_menu.setTitle(self.tr("Move to"))
        self._delete_action.setText(self.tr("Delete"))
        self._no_label.setText(self.tr("No label"))
        for code, action in enumerate(self._splits):
            action.setText(split_word(code))
        self.show_counts(self._count, self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        return button

    def _fill_menus(self) -> None:
        for digit in range(10):
            self._relabel_menu.addAction(str(digit), partial(self.relabel_wanted.emit, digit))
        self._relabel_menu.addSeparator()
        self._no_label = self._relabel_menu.addAction("", lambda: self.relabel_wanted.emit(NO_LABEL))
        self._splits = [
            self._move_menu.addAction("", partial(self.move_wanted.emit, code)) for code in range(len(SPLITS))
        ]

    def _dress(self) -> None:
        self._delete.setIcon(icons.icon("delete", self.palette()))
