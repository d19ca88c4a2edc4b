"""How sure an answer must be, as a slider that says what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.percent import percent

if TYPE_CHECKING:
    from engine.inference.trust import Study

HIGHEST = 99  # percent: a trust of 100 % is never reached


class RejectBar(QWidget):
    """Slider ``rejectSlider``, 0 … 99 %; what is less likely to be this digit is answered with ``?``.

    Signals:
        chosen: (object) the percentage that somebody chose; None for the model's own.
        details_wanted: how far the answers can be trusted is to be shown.

    Attributes:
        slider: ``rejectSlider``.
        usual: ``rejectDefaultButton``: back to the model's own threshold.
        details: ``trustButton``.
        cost: ``rejectCost``: what is turned away at this place of the slider.
    """

    chosen = Signal(object)
    details_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._study: Study | None = None
        self._percent: int | None = None
        self._title = QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("rejectSlider")
        self.slider.setRange(0, HIGHEST)
        self.slider.setPageStep(10)
        self._value = QLabel()
        self.usual = QPushButton(autoDefault=False)
        self.usual.setObjectName("rejectDefaultButton")
        self.details = QPushButton(autoDefault=False)
        self.details.setObjectName("trustButton")
        self.cost = QLabel(wordWrap=True)
        self.cost.setObjectName("rejectCost")
        for button in (self.usual, self.details):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arrange()
        self._dress()
        self.slider.valueChanged.connect(self._on_moved)
        self.usual.clicked.connect(lambda: self._choose(None))
        self.details.clicked.connect(self.details_wanted)
        self.retranslate()

    def threshold(self) -> float | None:
        """Return the trust, 0 … 1, from which an answer is given; None where the model itself knows best."""
        if self._percent is not None:
            return self._percent / 100
        return self._study.threshold if self._study is not None else None

    def show_choice(self, percentage: int | None) -> None:
        """Show what was chosen earlier, 0 … 99; None for the model's own."""
        self._percent = None if percentage is None else min(max(percentage, 0), HIGHEST)
        self._show()

    def show_study(self, study: Study | None) -> None:
        """Show the cost for this model; None while it is not known."""
        self._study = study
        self._show()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._title.setText(self.tr("Answer only from"))
        self.slider.setAccessibleName(self.tr("How sure an answer must be"))
        self.slider.setToolTip(
            self.tr("What is less likely to be a digit, and this one, is answered with “?”")
        )
        self.usual.setText(self.tr("Default"))
        self.usual.setAccessibleName(self.tr("Back to the threshold that suits this model"))
        self.usual.setToolTip(self.usual.accessibleName())
        self.details.setText(self.tr("How sure is it?"))
        self.details.setAccessibleName(self.tr("How far the answers can be trusted"))
        self.details.setToolTip(self.details.accessibleName())
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _on_moved(self, value: int) -> None:
        self._choose(value)

    def _choose(self, percentage: int | None) -> None:
        self._percent = percentage
        self._show()
        self.chosen.emit(percentage)

    def _show(self) -> None:
        threshold = self.threshold()
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * (threshold or 0.0)))
        if threshold is None:
            self._value.setText("…")
        else:
            self._value.setText(self.tr("always") if threshold == 0 else percent(threshold))
        self.usual.setEnabled(self._percent is not None)
        self.details.setEnabled(self._study is not None)
        self.cost.setText(self._words(threshold))
        self.slider.setAccessibleDescription(f"{self._value.text()}. {self.cost.text()}")

    def _words(self, threshold: float | None) -> str:
        study = self._study
        if study is None or threshold is None:
            return self.tr("The cost of this threshold is being measured…")
        digits, others = study.turned_away(threshold)
        number = QLocale().toString
        strange = {"others": number(others), "of_others": number(len(study.others))}
        if not study.n:
            return self.tr(
                "Turns away {others} of {of_others} made-up scribbles and letters. "
                "There are no validation digits to measure its cost on."
            ).format(**strange)
        return self.tr(
            "Turns away {digits} of {of_digits} of your validation digits, and {others} of {of_others} "
            "made-up scribbles and letters."
        ).format(digits=number(digits), of_digits=number(study.n), **strange)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self.slider, 1)
        for widget in (self._value, self.usual, self.details):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.cost)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self.cost.setPalette(quiet)
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100.0 %"))
