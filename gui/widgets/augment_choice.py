"""The setting of augmentation: a kind, and beside it the way to its amounts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from engine import augmentation
from engine.augmentation import Amounts
from engine.config import CUSTOM
from gui.widgets.augment_amounts import KINDS, AmountsDialog, kind_names

NOTHING = Amounts()


class AugmentChoice(QWidget):
    """A list of kinds; moving any amount makes it the custom one.

    Signals:
        amounts_changed: amounts of the custom kind were moved; another kind is told by ``combo``.

    Attributes:
        combo: ``augmentCombo``.
        button: ``amountsButton``, opens the dialog.
        dialog: the amounts.
    """

    amounts_changed = Signal()

    def __init__(self, combo: QComboBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = combo
        self.button = QToolButton()
        self.button.setObjectName("amountsButton")
        self.button.setText("…")
        self.dialog = AmountsDialog(self)
        self._custom: Amounts | None = None  # as they were last
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(combo, 1)
        row.addWidget(self.button)
        self.retranslate()
        combo.currentIndexChanged.connect(self._on_kind)
        combo.activated.connect(self._on_activated)
        self.button.clicked.connect(self.open)
        self.dialog.edited.connect(self._on_edited)
        self.dialog.kind_chosen.connect(self._choose)

    @property
    def kind(self) -> str:
        """``off``, ``light``, ``strong`` or ``custom``."""
        return str(self.combo.currentData())

    @property
    def custom_amounts(self) -> Amounts | None:
        """The amounts, where the kind has none of its own."""
        return self._custom if self.kind == CUSTOM else None

    def set_choice(self, kind: str, amounts: Amounts | None) -> None:
        """Show a kind and, of ``custom``, its amounts."""
        if amounts is not None:
            self._custom = amounts
        self._choose(kind)
        self._show()

    def open(self) -> None:
        """Show the amounts."""
        self._show()
        self.dialog.show()
        self.dialog.activateWindow()

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        for index, name in enumerate(kind_names()):
            self.combo.setItemText(index, name)
        told = self.tr("Set shift, rotation, stroke width and the others one by one")
        self.button.setToolTip(told)
        self.button.setAccessibleName(self.tr("Amounts of augmentation"))
        self.button.setAccessibleDescription(told)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.EnabledChange:
            self.dialog.setEnabled(True)  # else nobody could close it while a training runs
            self.dialog.allow_changes(self.isEnabled())

    def _choose(self, kind: str) -> None:
        self.combo.setCurrentIndex(KINDS.index(kind))

    def _on_activated(self) -> None:
        if self.kind == CUSTOM:
            self.open()

    def _on_kind(self) -> None:
        if self.kind == CUSTOM and self._custom is None:
            self._custom = augmentation.NAMED["light"]  # something to begin with
        self._show()

    def _show(self) -> None:
        own = self._custom or NOTHING
        amounts = own if self.kind == CUSTOM else augmentation.NAMED.get(self.kind, NOTHING)
        self.dialog.show_amounts(self.kind, amounts)

    def _on_edited(self, amounts: Amounts) -> None:
        self._custom = amounts
        if self.kind == CUSTOM:
            self.amounts_changed.emit()
        else:
            self._choose(CUSTOM)
