"""Which model's mistakes, in which split: the head of the mistake desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from engine.data.splits import SPLITS, Split
from gui import run_history
from gui.document_session import DocumentSession
from gui.mistake_reader import Question
from gui.widgets.sample_words import split_word

if TYPE_CHECKING:
    from engine.data.runs import RunRecord

ENDED = ("paused", "stopped", "finished")  # runs that keep a model even before their first whole epoch


class MistakeChoice(QWidget):
    """Combo boxes for run, epoch and split, and whether the matrix shows shares.

    Signals:
        changed: something else was chosen.
        rates_changed: counts or shares.

    Attributes:
        run_combo, epoch_combo: ``mistakeRunCombo``, ``mistakeEpochCombo``.
        split_combo: ``mistakeSplitCombo``.
        rates: ``mistakeRatesCheck``.
    """

    changed = Signal()
    rates_changed = Signal()

    def __init__(self, session: DocumentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.run_combo, self.epoch_combo, self.split_combo = QComboBox(), QComboBox(), QComboBox()
        names = ("mistakeRunCombo", "mistakeEpochCombo", "mistakeSplitCombo")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        combos = (self.run_combo, self.epoch_combo, self.split_combo)
        for combo, name, share in zip(combos, names, (3, 2, 2), strict=True):
            combo.setObjectName(name)
            combo.setMinimumContentsLength(10)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row.addWidget(combo, share)
        self.rates = QCheckBox()
        self.rates.setObjectName("mistakeRatesCheck")
        row.addWidget(self.rates)
        self.run_combo.activated.connect(lambda _index: self._on_run())
        self.epoch_combo.activated.connect(lambda _index: self.changed.emit())
        self.split_combo.activated.connect(lambda _index: self.changed.emit())
        self.rates.toggled.connect(lambda _on: self.rates_changed.emit())
        self.retranslate()

    def question(self) -> Question:
        """Return what is chosen."""
        run, split = self.run_combo.currentData(), SPLITS[max(0, self.split_combo.currentIndex())]
        record = self.record()
        if record is None:
            return Question(None, None, split)
        epoch = self.epoch_combo.currentData() or record.best_epoch
        return Question(run, epoch or None, split, "" if epoch else record.updated)

    def record(self) -> RunRecord | None:
        """Return the chosen run; None for the shipped model."""
        run = self.run_combo.currentData()
        return next((one for one in self._session.document.runs.list() if one.id == run), None)

    def choose(self, run: int | None, epoch: int | None = None, split: Split | None = None) -> None:
        """Choose a model, and a split where one is named."""
        self.list_runs(run if run is not None else 0)
        if epoch is not None:
            self.epoch_combo.setCurrentIndex(max(0, self.epoch_combo.findData(epoch)))
        if split is not None:
            self.split_combo.setCurrentIndex(split.code)

    def list_runs(self, wanted: int | None = None) -> None:
        """Offer the runs there are; ``wanted`` (0: the shipped model) or the one before stays chosen."""
        chosen = self.run_combo.currentData() if wanted is None else wanted or None
        epoch = self.epoch_combo.currentData()
        records = [one for one in self._session.document.runs.list() if one.best_epoch or one.state in ENDED]
        with QSignalBlocker(self.run_combo):
            self.run_combo.clear()
            for record in reversed(records):
                name = f" “{record.name}”" if record.name else ""
                title = self.tr("Run {0}").format(record.id) + name
                self.run_combo.addItem(f"{title} – {run_history.described(record)}", record.id)
            self.run_combo.addItem(self.tr("Shipped model"), None)
            numbers = [record.id for record in reversed(records)]
            self.run_combo.setCurrentIndex(numbers.index(chosen) if chosen in numbers else len(numbers))
        self._list_epochs(epoch)

    def prefer_split(self) -> None:
        """Look at the validation digits, or where there are none at the training digits."""
        counts = self._session.document.samples.split_counts(labelled_only=True)
        self.split_combo.setCurrentIndex((Split.VAL if counts[Split.VAL] else Split.TRAIN).code)

    def _list_epochs(self, wanted: int | None = None) -> None:
        locale, record = QLocale(), self.record()
        with QSignalBlocker(self.epoch_combo):
            self.epoch_combo.clear()
            best = record.best_epoch if record is not None else None
            of_best = self.tr("Its best epoch ({0})").format(locale.toString(best or 0))
            self.epoch_combo.addItem(of_best if best else self.tr("As it is"), None)
            if record is not None:
                for kept in self._session.document.epochs.list(record.id):
                    if kept.has_model and kept.epoch != best:
                        self.epoch_combo.addItem(
                            self.tr("Epoch {0}").format(locale.toString(kept.epoch)), kept.epoch
                        )
            self.epoch_combo.setCurrentIndex(max(0, self.epoch_combo.findData(wanted) if wanted else 0))
        self.epoch_combo.setEnabled(self.epoch_combo.count() > 1)

    def _on_run(self) -> None:
        self._list_epochs()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        index = max(0, self.split_combo.currentIndex())
        with QSignalBlocker(self.split_combo):
            self.split_combo.clear()
            for code in range(len(SPLITS)):
                self.split_combo.addItem(self.tr("{0} digits").format(split_word(code)))
            self.split_combo.setCurrentIndex(index)
        self.run_combo.setAccessibleName(self.tr("Whose mistakes"))
        self.epoch_combo.setAccessibleName(self.tr("As the model was after which epoch"))
        self.split_combo.setAccessibleName(self.tr("Which digits are read"))
        self.rates.setText(self.tr("Percent of each row"))
        self.rates.setAccessibleName(self.rates.text())
        for combo in (self.run_combo, self.epoch_combo, self.split_combo):
            combo.setToolTip(combo.accessibleName())
        if self.run_combo.count():
            self.list_runs()
