"""Each amount of augmentation on a slider, with a digit that shows at once what it does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from engine.augmentation import RANGES, Amounts
from engine.config import AUGMENTATIONS, CUSTOM
from gui.widgets.augment_preview import AugmentPreview

KINDS = (*AUGMENTATIONS, CUSTOM)
PREVIEW_SIDE = 46  # pixels of a picture, about


@dataclass(frozen=True, slots=True)
class Scale:
    """How an amount is shown: times ``factor``, in steps of ``step``."""

    step: float
    decimals: int
    factor: float = 1.0


SCALES: Mapping[str, Scale] = {
    "shift": Scale(0.1, 1),
    "turn": Scale(0.5, 1),
    "scale": Scale(1, 0, 100),
    "shear": Scale(1, 0, 100),
    "thicker": Scale(1, 0, 100),
    "thinner": Scale(1, 0, 100),
    "elastic": Scale(0.05, 2),
}


class AmountRow:
    """A label, a slider and a number for one amount; slider and number always agree."""

    def __init__(self, name: str) -> None:
        scale, (low, high) = SCALES[name], RANGES[name]
        self._scale = scale
        self.label = QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"{name}Slider")
        self.slider.setRange(round(low * scale.factor / scale.step), round(high * scale.factor / scale.step))
        self.slider.setPageStep(max(1, self.slider.maximum() // 10))
        self.number = QDoubleSpinBox()
        self.number.setObjectName(f"{name}Spin")
        self.number.setDecimals(scale.decimals)
        self.number.setSingleStep(scale.step)
        self.number.setRange(low * scale.factor, high * scale.factor)
        self.label.setBuddy(self.number)

    def show_value(self, value: float) -> None:
        """Show an amount, in the engine's unit, and say nothing of it."""
        if not math.isclose(self.value_of_number(), value, abs_tol=1e-9):  # it may just be typed
            blocked = self.number.blockSignals(True)
            self.number.setValue(value * self._scale.factor)
            self.number.blockSignals(blocked)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(value * self._scale.factor / self._scale.step))
        self.slider.blockSignals(blocked)

    def value_of_slider(self) -> float:
        """Return where the slider stands, in the engine's unit."""
        return round(self.slider.value() * self._scale.step / self._scale.factor, 6)

    def value_of_number(self) -> float:
        """Return what the number says, in the engine's unit."""
        return round(self.number.value() / self._scale.factor, 6)

    def name(self, label: str, told: str, suffix: str) -> None:
        """Take the texts of the window's language."""
        self.label.setText(label)
        self.number.setSuffix(suffix)
        for widget in (self.label, self.slider, self.number):
            widget.setToolTip(told)
            widget.setAccessibleName(label)
            widget.setAccessibleDescription(told)


class AmountsDialog(QDialog):
    """Stays open beside the settings; whatever moves is told at once.

    Signals:
        edited: the Amounts, after one of them was moved.
        kind_chosen: ``off``, ``light``, ``strong`` or ``custom`` was pressed.

    Attributes:
        kinds: a button for each kind of augmentation.
        rows: slider and number of each amount, by its name.
        preview: a digit as these amounts vary it.
        close_button: ``amountsCloseButton``.
    """

    edited = Signal(object)
    kind_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("amountsDialog")
        self._amounts = Amounts()
        self._group = QButtonGroup(self)
        self.kinds = {kind: QRadioButton() for kind in KINDS}
        for kind, button in self.kinds.items():
            button.setObjectName(f"{kind}AmountsRadio")
            self._group.addButton(button)
            button.clicked.connect(lambda _checked, kind=kind: self.kind_chosen.emit(kind))
        self.rows = {name: AmountRow(name) for name in RANGES}
        for name, row in self.rows.items():
            row.slider.valueChanged.connect(lambda _value, name=name: self._on_slid(name))
            row.number.valueChanged.connect(lambda _value, name=name: self._on_typed(name))
        self.preview = AugmentPreview("amountsPreview", PREVIEW_SIDE)
        self.close_button = QPushButton(autoDefault=False)
        self.close_button.setObjectName("amountsCloseButton")
        self.close_button.clicked.connect(self.close)
        self._settings = QWidget()
        self._lay_out()
        self.retranslate()

    def show_amounts(self, kind: str, amounts: Amounts) -> None:
        """Show what the settings say."""
        self._amounts = amounts
        self.kinds[kind].setChecked(True)
        for name, row in self.rows.items():
            row.show_value(getattr(amounts, name))

    def allow_changes(self, allowed: bool) -> None:
        """Let the amounts be moved, or only be looked at while a training goes by them."""
        self._settings.setEnabled(allowed)

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        self.setWindowTitle(self.tr("Augmentation: each amount"))
        for button, text in zip(self.kinds.values(), kind_names(), strict=True):
            button.setText(text)
            button.setAccessibleName(text)
        pixels, share = self.tr(" px"), " %"
        self.rows["shift"].name(
            self.tr("Shift"), self.tr("How far a digit moves, in pixels of 28, in each direction."), pixels
        )
        self.rows["turn"].name(
            self.tr("Rotation"),
            self.tr(
                "How far it is turned, to the left and to the right. Much of it makes a 1 look like a 7."
            ),
            "°",
        )
        self.rows["scale"].name(
            self.tr("Scale"), self.tr("How much wider or narrower, higher or lower it becomes."), share
        )
        self.rows["shear"].name(
            self.tr("Shear"), self.tr("How far its top leans aside, in parts of the height."), share
        )
        self.rows["thicker"].name(
            self.tr("Thicker strokes"), self.tr("How much of a pixel its strokes may grow at most."), share
        )
        self.rows["thinner"].name(
            self.tr("Thinner strokes"), self.tr("How much of a pixel its strokes may lose at most."), share
        )
        self.rows["elastic"].name(
            self.tr("Elastic"),
            self.tr("How far its parts are drawn apart, each another way, in pixels."),
            pixels,
        )
        self.close_button.setText(self.tr("Close"))
        self.close_button.setAccessibleName(self.close_button.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_slid(self, name: str) -> None:
        self._take(name, self.rows[name].value_of_slider())

    def _on_typed(self, name: str) -> None:
        self._take(name, self.rows[name].value_of_number())

    def _take(self, name: str, value: float) -> None:
        """Change one amount; the others stay as they were, to the last decimal."""
        self._amounts = replace(self._amounts, **{name: value})
        self.rows[name].show_value(value)
        self.edited.emit(self._amounts)

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        kept = self.preview.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves while somebody slides
        self.preview.setSizePolicy(kept)
        kinds = QHBoxLayout()
        kinds.setSpacing(line)
        for button in self.kinds.values():
            kinds.addWidget(button)
        kinds.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(line // 2)
        for number, row in enumerate(self.rows.values()):
            grid.addWidget(row.label, number, 0)
            grid.addWidget(row.slider, number, 1)
            grid.addWidget(row.number, number, 2)
        grid.setColumnStretch(1, 1)
        settings = QVBoxLayout(self._settings)
        settings.setContentsMargins(0, 0, 0, 0)
        settings.addLayout(kinds)
        settings.addLayout(grid)
        ending = QHBoxLayout()
        ending.addStretch(1)
        ending.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setSpacing(line // 2)
        column.addWidget(self.preview)
        column.addWidget(self._settings)
        column.addStretch(1)
        column.addLayout(ending)
        self.resize(26 * line, self.sizeHint().height())


def kind_names() -> tuple[str, str, str, str]:
    """Return what the kinds of augmentation are called, in the window's language."""
    translate = QCoreApplication.translate
    return (
        translate("ConfigForm", "Off"),
        translate("ConfigForm", "Light"),
        translate("ConfigForm", "Strong"),
        translate("ConfigForm", "Custom"),
    )
