"""The time machine: a slider takes curve, confusion matrix and answers back to any kept epoch of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from gui import icons, run_history
from gui.document_session import DocumentSession
from gui.messages import joined, sentence_of
from gui.past_reader import Loader, PastReader, load_past
from gui.widgets.confusion_view import ConfusionView
from gui.widgets.curve_series import EPOCH, RunSeries
from gui.widgets.curves import ACCURACY, Plot
from gui.widgets.past_digits import PastDigits
from gui.widgets.past_words import PastWords
from gui.workers import CLOSING_MS

if TYPE_CHECKING:
    from engine.data.runs import RunRecord
    from engine.inference.past import Moment, Past

FRAME_MS = 250  # of the film through the epochs


class TimeMachine(QDialog):
    """Looks at a run as it was after each epoch.

    Args:
        session: the window's document.
        loader: loads a run's past in a worker; tests pass their own.

    Signals:
        model_wanted: (run, epoch) whose model is to read on the Test page.
        looked_at: (run, epoch) that is shown now; 0, 0 for none.

    Attributes:
        run_combo, slider, play: ``pastRunCombo``, ``epochSlider``, ``playEpochsButton``.
        what_if: ``whatIfLabel``: what stopping there would have meant.
        plot, confusion, digits: what goes back in time.
        restore: ``restoreEpochButton``.
    """

    model_wanted = Signal(int, int)
    looked_at = Signal(int, int)

    def __init__(
        self, session: DocumentSession, loader: Loader = load_past, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeMachine")
        self._session = session
        self._past: Past | None = None
        self._series: RunSeries | None = None
        self._error: EngineError | None = None
        self._words = PastWords()
        self._reader = PastReader(loader, self)
        self._film = QTimer(self)
        self._film.setInterval(FRAME_MS)
        self._make()
        self._arrange()
        self._wire()
        self.retranslate()

    def open_run(self, run: int | None = None) -> None:
        """Show the dialog with ``run``, or the newest that has epochs."""
        self.list_runs(run)
        self.show()
        self.activateWindow()

    def list_runs(self, wanted: int | None = None) -> None:
        """Offer the runs of the document; ``wanted`` or the one before stays chosen."""
        chosen = wanted if wanted is not None else self.run_combo.currentData()
        records = [record for record in self._session.document.runs.list() if record.best_epoch]
        with QSignalBlocker(self.run_combo):
            self.run_combo.clear()
            for record in reversed(records):
                self.run_combo.addItem(self._run_name(record), record.id)
            self.run_combo.setCurrentIndex(max(0, self.run_combo.findData(chosen)))
        self._load()

    def _run_name(self, record: RunRecord) -> str:
        name = f" “{record.name}”" if record.name else ""
        run = self.tr("Run {0}").format(record.id)
        return f"{run}{name} – {run_history.described(record)}"

    def _rename_runs(self) -> None:
        """Call the runs what the window's language calls them."""
        runs = self._session.document.runs
        for index in range(self.run_combo.count()):
            self.run_combo.setItemText(index, self._run_name(runs.get(self.run_combo.itemData(index))))

    def place(self) -> int:
        """Return which of the kept epochs is looked at, from 0; -1 for none."""
        return self.slider.value() if self._past is not None and self._past.moments else -1

    def moment(self) -> Moment | None:
        """Return the epoch that is looked at."""
        return self._past.moments[self.place()] if self._past is not None and self.place() >= 0 else None

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop the film and wait for what runs; True when no thread is left."""
        self._film.stop()
        return self._reader.shutdown(timeout_ms)

    # -- what it shows -------------------------------------------------------------------------------

    def _load(self) -> None:
        """Want the past of the chosen run."""
        self._film.stop()
        self._past, self._series, self._error = None, None, None
        run = self.run_combo.currentData()
        if run is None:
            self._reader.forget()
        else:
            document = self._session.document
            self._series = run_history.series_of(document, document.runs.get(run))
            self._reader.load(document, run)
        self.digits.list_watched()
        self.digits.expect_answers()
        self._show_past()

    def _on_loaded(self, past: Past) -> None:
        self._past = past
        self._show_past()
        self._ask()

    def _on_failed(self, error: EngineError) -> None:
        self._error = error
        self._show_moment()

    def _show_past(self) -> None:
        moments = self._past.moments if self._past is not None else ()
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(moments) - 1))
            best = next((n for n, kept in enumerate(moments) if kept.epoch == self._past_best()), 0)
            self.slider.setValue(best)
        for control in (self.slider, self.play, self.restore):
            control.setEnabled(bool(moments))
        self.plot.show_run(self._series, EPOCH)
        self.plot.fit(self._series, None, EPOCH)
        self._show_moment()

    def _past_best(self) -> int:
        return self._past.best_epoch if self._past is not None else 0

    def _show_moment(self) -> None:
        moment = self.moment()
        self.confusion.show_confusion(moment.confusion if moment is not None else None)
        self.confusion.setVisible(moment is not None)  # else it would speak of digits that are not the matter
        if moment is None:
            self.epoch.setText("")
            self.plot.look_at(None)
        else:
            locale = QLocale()
            done = self._past.done if self._past is not None else 0
            self.epoch.setText(
                self.tr("Epoch {0} of {1}").format(locale.toString(moment.epoch), locale.toString(done))
            )
            self.plot.look_at(float(moment.epoch), self.epoch.text())
        self.what_if.setText(self._what_if())
        self.what_if.setAccessibleName(self.what_if.text())
        self.slider.setAccessibleDescription(joined(self.epoch.text(), self.what_if.text()))
        self.digits.show_place(self.place())
        self._tell_epoch()

    def _tell_epoch(self) -> None:
        moment = self.moment() if self.isVisible() else None
        run = self._past.run if self._past is not None else 0
        self.looked_at.emit(*((run, moment.epoch) if moment is not None else (0, 0)))

    def _what_if(self) -> str:
        if self._error is not None:
            return sentence_of(self._error)
        if self.run_combo.currentData() is None:
            return self.tr("There is no run yet. Train one, then look back at its epochs here.")
        if self._past is None:
            return self.tr("Getting the epochs of this run…")
        moment = self.moment()
        if moment is None:
            return self.tr("No epochs were kept of this run. Train it for more epochs, or train a new one.")
        return joined(*self._words.sentences(moment, self._past))

    # -- the digits ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Want what all epochs read the digits as."""
        self.digits.expect_answers()
        digits = self.digits.watched.digits()
        if self._past is not None and self._past.moments and len(digits):
            self._reader.ask(self._past, digits)

    def _on_answered(self, answers: NDArray[np.float32]) -> None:
        if self._past is not None:
            self.digits.show_answers(answers, [moment.epoch for moment in self._past.moments])

    # -- commands ------------------------------------------------------------------------------------

    def _on_play(self, checked: bool) -> None:
        if checked:
            if self.slider.value() == self.slider.maximum():
                self.slider.setValue(0)
            self._film.start()
        else:
            self._film.stop()
        self._dress()

    def _next_frame(self) -> None:
        if self.slider.value() < self.slider.maximum():
            self.slider.setValue(self.slider.value() + 1)
        else:
            self.play.setChecked(False)

    def _on_restore(self) -> None:
        moment = self.moment()
        if moment is not None and self._past is not None:
            self.model_wanted.emit(self._past.run, moment.epoch)

    def _on_looked_at(self, x: float | None) -> None:
        """Let a press on the curve choose the nearest kept epoch."""
        if x is not None and self._past is not None and self._past.moments:
            epochs = [moment.epoch for moment in self._past.moments]
            self.slider.setValue(int(np.argmin(np.abs(np.array(epochs) - x))))

    # -- building ------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.run_combo = QComboBox()
        self.run_combo.setObjectName("pastRunCombo")
        self.run_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.run_combo.setMinimumContentsLength(24)  # a run's name may be long
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("epochSlider")
        self.slider.setPageStep(1)
        self.play = QToolButton()
        self.play.setObjectName("playEpochsButton")
        self.play.setCheckable(True)
        self.epoch = QLabel()
        self.epoch.setObjectName("pastEpochLabel")
        self.what_if = QLabel(wordWrap=True)
        self.what_if.setObjectName("whatIfLabel")
        bold = QFont(self.font())
        bold.setBold(True)
        self.epoch.setFont(bold)
        self.plot = Plot(ACCURACY)
        self.plot.setObjectName("pastPlot")
        self.confusion = ConfusionView()
        keeps_room = self.confusion.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.confusion.setSizePolicy(keeps_room)
        self.digits = PastDigits(self._session)
        self.restore, self.close_button = QPushButton(), QPushButton()
        buttons = ((self.restore, "restoreEpochButton"), (self.close_button, "closePastButton"))
        for button, name in buttons:
            button.setObjectName(name)
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        top = QHBoxLayout()
        top.addWidget(self.run_combo, 2)
        top.addWidget(self.play)
        top.addWidget(self.slider, 3)
        top.addWidget(self.epoch)
        self.epoch.setMinimumWidth(self.fontMetrics().horizontalAdvance("Epoch 10,000 of 10,000 "))
        self.what_if.setMinimumHeight(2 * line)
        left = QVBoxLayout()
        left.addWidget(self.plot, 2)
        left.addWidget(self.confusion, 3)
        self.plot.setMinimumHeight(6 * line)
        both = QHBoxLayout()
        both.setSpacing(line)
        both.addLayout(left, 1)
        both.addWidget(self.digits, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.restore)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.what_if)
        column.addLayout(both, 1)
        column.addLayout(bottom)
        self.resize(60 * line, 36 * line)

    def _wire(self) -> None:
        self.run_combo.activated.connect(lambda _index: self._load())
        self.slider.valueChanged.connect(lambda _value: self._show_moment())
        self.play.toggled.connect(self._on_play)
        self._film.timeout.connect(self._next_frame)
        self.plot.looked_at.connect(self._on_looked_at)
        self.digits.changed.connect(self._ask)
        self.digits.watched.place_pressed.connect(self.slider.setValue)
        self.restore.clicked.connect(self._on_restore)
        self.close_button.clicked.connect(self.close)
        self._reader.loaded.connect(self._on_loaded)
        self._reader.answered.connect(self._on_answered)
        self._reader.failed.connect(self._on_failed)
        self._session.document_changed.connect(self._on_runs_changed)
        self._session.runs_changed.connect(self._on_runs_changed)

    def _on_runs_changed(self) -> None:
        if self.isVisible():
            self.list_runs()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colours of the window."""
        super().showEvent(event)
        self._dress()
        self._tell_epoch()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the mark away from the other curves."""
        super().hideEvent(event)
        self.looked_at.emit(0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the film; what is being loaded is not wanted any more."""
        self.play.setChecked(False)
        self._reader.forget()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.plot.paint_with(self.palette(), self.font())
        self.play.setIcon(icons.icon("pause" if self.play.isChecked() else "play", self.palette()))

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setWindowTitle(self.tr("Time machine"))
        self.run_combo.setAccessibleName(self.tr("Run to look back at"))
        self.slider.setAccessibleName(self.tr("Epoch to look at"))
        self.slider.setToolTip(self.tr("Drag, or use the arrow keys, to go back in time."))
        self.play.setAccessibleName(self.tr("Play the epochs one after another"))
        self.play.setToolTip(self.play.accessibleName())
        self.plot.setAccessibleName(self.tr("Accuracy by epoch"))
        self.plot.setToolTip(self.tr("Point at an epoch to go there."))
        self.restore.setText(self.tr("Try this epoch's model →"))
        self.restore.setToolTip(self.tr("Read with it on the Test page; the run itself stays as it is."))
        self.close_button.setText(self.tr("Close"))
        for button in (self.restore, self.close_button):
            button.setAccessibleName(button.text())
        if self._session.document is not None and self.isVisible():
            self._rename_runs()
            self._show_moment()
