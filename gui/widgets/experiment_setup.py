"""What an experiment varies: one setting, or two of which every pair is tried; how many runs, how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from engine.config import TrainConfig
from engine.data.splits import Split
from engine.errors import EngineError
from engine.training.sweep_plan import SweepPlan
from gui.document_session import DocumentSession
from gui.messages import joined
from gui.sweep_forecast import SweepForecast
from gui.widgets.experiment_choice import (
    FOUNDING,
    PRESETS,
    Choice,
    ChoiceWords,
    few,
    offered,
    plan_of,
    second_of,
)
from gui.widgets.run_progress import clock


class ExperimentSetup(QWidget):
    """Two rows of choices, and a sentence of what they come to.

    Args:
        session: whose digits are learnt from.
        config: returns the settings of the form.
        forecast: tells how long it takes.
        is_free: tells whether nothing else is trained, so that the time may be measured.

    Signals:
        submitted: Enter was pressed in a field.
        edited: somebody has changed what varies.

    Attributes:
        preset_combo, values: ``experimentCombo`` and ``experimentValues``.
        second_combo, second_values: ``experimentSecondCombo`` (data None: nothing else varies) and
            ``experimentSecondValues``.
        plan_label: ``experimentPlan``.
    """

    submitted = Signal()
    edited = Signal()

    def __init__(
        self,
        session: DocumentSession,
        config: Callable[[], TrainConfig],
        forecast: SweepForecast,
        is_free: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._config = session, config
        self._forecast, self._is_free = forecast, is_free
        self._seconds: float | None = None
        self._typed: dict[QLineEdit, tuple[str, str]] = {}  # setting, and values as the engine names them
        self._words = ChoiceWords()
        self._make()
        self.retranslate()
        self.offer()

    def choice(self) -> Choice:
        """Return the chosen experiment with the form's settings as they are now."""
        return offered(self.preset_combo.currentData(), self._config(), self.images())

    @property
    def second(self) -> str | None:
        """The setting that varies besides, None for none."""
        field = self.second_combo.currentData()
        return None if field is None else str(field)

    def plan(self) -> SweepPlan:
        """Return what is to be trained.

        Raises:
            EngineError: CONFIG_INVALID.
        """
        choice = self.choice()
        text = self._words.meant(choice.field, self.values.text())
        others = self._words.meant(self.second or "", self.second_values.text())
        return plan_of(choice, text, self.second, others, self.images())

    def images(self) -> int:
        """Return the training digits there are."""
        return self._counts()[Split.TRAIN]

    def val_images(self) -> int:
        """Return the validation digits there are."""
        return self._counts()[Split.VAL]

    def offer(self) -> None:
        """Offer the usual values of the chosen experiment, and what may vary besides."""
        choice, chosen = self.choice(), self.second
        self._write(self.values, choice.field, choice.values)
        with QSignalBlocker(self.second_combo):
            self.second_combo.clear()
            self.second_combo.addItem("", None)
            for field in second_of(choice.preset):
                self.second_combo.addItem("", field)
            self.second_combo.setCurrentIndex(max(0, self.second_combo.findData(chosen)))
        self._name_seconds()
        if self.second != chosen:
            self._offer_second()
        self.look()

    def look(self) -> None:
        """Say what the choices come to; measure how long it takes, where nothing is trained."""
        self._seconds = None
        try:
            plan = self.plan()
        except EngineError:
            self._forecast.stop()  # what is wrong is said when it is to start
        else:
            if self._is_free() and self.images() and self.isVisible():
                self._seconds = self._forecast.ask(plan, self.images(), self.val_images())
        self._tell()

    def enable(self, is_enabled: bool) -> None:
        """Let the choices be changed, or not."""
        for field in (self.preset_combo, self.values, self.second_combo, self.second_values):
            field.setEnabled(is_enabled)

    # -- what it says --------------------------------------------------------------------------------

    def _tell(self) -> None:
        try:
            plan = self.plan()
        except EngineError:
            self.plan_label.clear()
            return
        self.plan_label.setText(joined(self._told_runs(plan), self._told_time(plan)))

    def _told_runs(self, plan: SweepPlan) -> str:
        locale = QLocale()
        runs = self.tr("%Ln run(s)", "", len(plan.pairs()))
        text = self.tr("{runs}, one after another.").format(runs=runs)
        if plan.second is not None:
            text = self.tr("{first} × {second} values = {runs}, one after another.").format(
                first=locale.toString(len(plan.values)),
                second=locale.toString(len(plan.second_values)),
                runs=runs,
            )
        if self.choice().preset == FOUNDING and plan.base.batch_size != self._config().batch_size:
            text = joined(
                text,
                self.tr("With so few digits, in batches of {size}.").format(
                    size=locale.toString(plan.base.batch_size)
                ),
            )
        return text

    def _told_time(self, plan: SweepPlan) -> str:
        if self._forecast.is_measuring:
            return self.tr("Measuring how long that takes here…")
        if self._seconds is None:
            return ""
        time = clock(max(1.0, self._seconds))
        if plan.base.early_stop is not None or plan.base.strokes == "redrawn":
            return self.tr("At most {time} here, as measured just now.").format(time=time)
        return self.tr("About {time} here, as measured just now.").format(time=time)

    def _on_told(self, seconds: object) -> None:
        self._seconds = seconds if isinstance(seconds, float) else None
        self._tell()

    # -- the fields ----------------------------------------------------------------------------------

    def _offer_second(self) -> None:
        second = self.second
        self.second_values.setVisible(second is not None)
        self._second_title.setVisible(second is not None)
        if second is not None:
            self._write(self.second_values, second, few(second, self.images()))
            self._second_title.setText(self._words.field(second))

    def _on_second(self) -> None:
        self._offer_second()
        self.look()

    def _write(self, field: QLineEdit, name: str, values: Sequence[Any]) -> None:
        with QSignalBlocker(field):
            field.setText(", ".join(self._words.value(name, value) for value in values))
        self._typed[field] = name, self._words.meant(name, field.text())
        self._title.setText(self._words.field(self.choice().field))

    def _on_edited(self, field: QLineEdit, text: str) -> None:
        name, _ = self._typed[field]
        self._typed[field] = name, self._words.meant(name, text)
        self.look()

    def _counts(self) -> dict[Split, int]:
        return self._session.document.samples.split_counts(labelled_only=True)

    def _make(self) -> None:
        self.preset_combo, self.second_combo = QComboBox(), QComboBox()
        self.preset_combo.setObjectName("experimentCombo")
        self.second_combo.setObjectName("experimentSecondCombo")
        for preset in PRESETS:
            self.preset_combo.addItem("", preset)
        self.second_combo.addItem("", None)
        self.values, self.second_values = QLineEdit(), QLineEdit()
        self.values.setObjectName("experimentValues")
        self.second_values.setObjectName("experimentSecondValues")
        self._title, self._second_title = QLabel(), QLabel()
        self._title.setBuddy(self.values)
        self._second_title.setBuddy(self.second_values)
        self.plan_label = QLabel(wordWrap=True)
        self.plan_label.setObjectName("experimentPlan")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        rows = (
            (self.preset_combo, self._title, self.values),
            (self.second_combo, self._second_title, self.second_values),
        )
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        grid.addWidget(self.plan_label, 2, 0, 1, 3)
        for column, share in ((0, 2), (2, 3)):
            grid.setColumnStretch(column, share)
        self._offer_second()
        self.preset_combo.activated.connect(lambda _index: self.offer())
        self.second_combo.activated.connect(lambda _index: self._on_second())
        for field in (self.values, self.second_values):
            field.textEdited.connect(lambda text, field=field: self._on_edited(field, text))
            field.textEdited.connect(self.edited)
            field.returnPressed.connect(self.submitted)
        for combo in (self.preset_combo, self.second_combo):
            combo.activated.connect(self.edited)
        self._forecast.told.connect(self._on_told)

    # -- words ---------------------------------------------------------------------------------------

    def _name_seconds(self) -> None:
        self.second_combo.setItemText(0, self.tr("… and nothing else"))
        for index in range(1, self.second_combo.count()):
            name = self._words.field(self.second_combo.itemData(index))
            self.second_combo.setItemText(index, self.tr("… and with it: {field}").format(field=name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts of the window's language; values that are words are written in it, too."""
        for index, preset in enumerate(PRESETS):
            self.preset_combo.setItemText(index, self._words.preset(preset))
        self.preset_combo.setAccessibleName(self.tr("What is to vary"))
        self.preset_combo.setToolTip(self.tr("Everything else stays as it is set on the Train page."))
        self.values.setAccessibleName(self.tr("Values to try"))
        self.second_combo.setAccessibleName(self.tr("What is to vary besides"))
        self.second_combo.setToolTip(self.tr("With a second setting, every pair of values is trained."))
        self.second_values.setAccessibleName(self.tr("Values to try of the second setting"))
        for field in (self.values, self.second_values):
            field.setToolTip(self.tr("The values to try, with commas between them"))
        self._name_seconds()
        for field, (name, typed) in self._typed.items():
            self._write(field, name, typed.split(", "))
        self._title.setText(self._words.field(self.choice().field))
        if self.second is not None:
            self._second_title.setText(self._words.field(self.second))
        self._tell()
