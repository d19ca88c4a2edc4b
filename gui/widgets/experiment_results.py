"""What an experiment came to: a sentence, five plots and a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.training.interval import wilson
from engine.training.sweep_plan import SweepPoint
from gui.messages import joined
from gui.widgets.curve_series import AXES, RunSeries
from gui.widgets.curves_experiment import PointPlot, RunsPlot
from gui.widgets.experiment_choice import ChoiceWords
from gui.widgets.percent import percent

NOTHING = "–"


class ExperimentResults(QWidget):
    """Shows the points of one experiment and grows with them.

    Attributes:
        sentence: ``experimentSentence``.
        accuracy, noise, speed, memory: ``experimentAccuracyPlot`` … against the varied setting.
        runs: ``experimentRunsPlot``: validation accuracy of all runs on one axis, chosen in ``axis_combo``.
        table: ``experimentTable``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = "batch_size"
        self._points: list[SweepPoint] = []
        self._series: list[RunSeries] = []
        self._words = ChoiceWords()
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setObjectName("experimentSentence")
        self.accuracy, self.noise, self.speed, self.memory = (PointPlot() for _ in range(4))
        self.runs = RunsPlot()
        self.axis_combo = QComboBox()
        self.axis_combo.setObjectName("experimentAxisCombo")
        for axis in AXES:
            self.axis_combo.addItem("", axis)
        self.axis_combo.currentIndexChanged.connect(lambda _index: self._show_runs())
        self.table = QTableWidget(0, 8)
        self.table.setObjectName("experimentTable")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setVisible(False)
        self.table.setTabKeyNavigation(False)
        self._titles = {plot: QLabel() for plot in self._plots()}
        self._arrange()
        self.retranslate()

    def show_points(self, field: str, points: list[SweepPoint], series: list[RunSeries]) -> None:
        """Show the points of an experiment that varies ``field``, with the curves of their runs."""
        self._field, self._points, self._series = field, list(points), list(series)
        names = self._names()
        ends = [self._interval(point) for point in points]
        self.accuracy.show_points(
            names,
            [_share(point.train_accuracy) for point in points],
            [_share(point.val_accuracy) for point in points],
            [None if pair is None else (100 * pair[0], 100 * pair[1]) for pair in ends],
        )
        self.noise.show_points(names, [point.noise for point in points], from_zero=True)
        self.speed.show_points(names, [point.images_per_second for point in points], from_zero=True)
        self.memory.show_points(
            names,
            [None if point.step_bytes is None else point.step_bytes / 2**20 for point in points],
            from_zero=True,
        )
        self._show_runs()
        self._fill_table()
        self.sentence.setText(self._conclusion())
        self.sentence.setAccessibleName(self.sentence.text())

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        titles = {
            self.accuracy: self.tr("Accuracy, % (dashed: validation with its 95 % interval)"),
            self.noise: self.tr("Noise of the loss from batch to batch"),
            self.speed: self.tr("Images a second"),
            self.memory: self.tr("Memory of one step, MiB"),
            self.runs: self.tr("Validation accuracy of all runs, %"),
        }
        for plot, title in titles.items():
            self._titles[plot].setText(title)
            plot.setAccessibleName(title)
        names = (self.tr("by epoch"), self.tr("by step"), self.tr("by images seen"), self.tr("by seconds"))
        for index, name in enumerate(names):
            self.axis_combo.setItemText(index, name)
        self.axis_combo.setAccessibleName(self.tr("Horizontal axis of the runs"))
        self.table.setAccessibleName(self.tr("Results of the experiment"))
        self.show_points(self._field, self._points, self._series)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.dress()
        super().changeEvent(event)

    def dress(self) -> None:
        """Take the colours of the window."""
        for plot in self._plots():
            plot.paint_with(self.palette(), self.font())

    def _plots(self) -> tuple[PointPlot | RunsPlot, ...]:
        return self.accuracy, self.noise, self.speed, self.memory, self.runs

    def _names(self) -> list[str]:
        return [self._words.value(self._field, point.value) for point in self._points]

    @staticmethod
    def _interval(point: SweepPoint) -> tuple[float, float] | None:
        if point.val_accuracy is None or not point.val_images:
            return None
        return wilson(round(point.val_accuracy * point.val_images), point.val_images)

    def _show_runs(self) -> None:
        axis = str(self.axis_combo.currentData())
        self.runs.show_runs(
            [
                (name, series.epoch_x(axis), 100 * series.epochs.column("val_accuracy"))
                for name, series in zip(self._names(), self._series, strict=False)
            ]
        )

    def _conclusion(self) -> str:
        """Return what may be said: the highest value, and which others could be as good."""
        measured = [point for point in self._points if self._interval(point) is not None]
        if not measured:
            return "" if not self._points else self.tr("Without validation digits there is no best value.")
        best = max(measured, key=lambda point: point.val_accuracy or 0.0)
        low, _high = self._interval(best) or (0.0, 0.0)
        name = self._words.value(self._field, best.value)
        said = [
            self.tr("{field}: validation accuracy is highest at {value}, {share} of {n} digits.").format(
                field=self._words.field(self._field),
                value=name,
                share=percent(best.val_accuracy or 0.0, 1),
                n=QLocale().toString(best.val_images),
            )
        ]
        close = [
            self._words.value(self._field, point.value)
            for point in measured
            if point is not best and (self._interval(point) or (0.0, 0.0))[1] >= low
        ]
        if close:
            said.append(
                self.tr("The intervals of {others} overlap with it: that difference may be chance.").format(
                    others=", ".join(close)
                )
            )
        elif len(measured) > 1:
            said.append(self.tr("No other interval overlaps with it."))
        return joined(*said)

    def _fill_table(self) -> None:
        locale = QLocale()
        self.table.setHorizontalHeaderLabels(
            [
                self._words.field(self._field),
                self.tr("Run"),
                self.tr("Validation"),
                self.tr("Training"),
                self.tr("Best epoch"),
                self.tr("Noise"),
                self.tr("Images/s"),
                self.tr("Memory"),
            ]
        )
        self.table.setRowCount(len(self._points))
        for row, (name, point) in enumerate(zip(self._names(), self._points, strict=True)):
            interval = self._interval(point)
            shown = NOTHING
            if point.failure is not None:
                shown = self.tr("failed")
            elif interval is not None and point.val_accuracy is not None:
                shown = f"{percent(point.val_accuracy, 1)} [{percent(interval[0], 1)} – "
                shown += f"{percent(interval[1], 1)}]"
            training = NOTHING if point.train_accuracy is None else percent(point.train_accuracy, 1)
            speed = point.images_per_second
            texts = (
                name,
                str(point.run),
                shown,
                training,
                locale.toString(point.best_epoch) if point.best_epoch else NOTHING,
                NOTHING if point.noise is None else locale.toString(point.noise, "f", 3),
                NOTHING if speed is None else locale.toString(round(speed)),
                NOTHING if point.step_bytes is None else locale.formattedDataSize(point.step_bytes, 1),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, column, item)

    def _arrange(self) -> None:
        line = self.fontMetrics().height()
        grid = QGridLayout()
        grid.setHorizontalSpacing(line // 2)
        for plot, name in (
            (self.accuracy, "experimentAccuracyPlot"),
            (self.noise, "experimentNoisePlot"),
            (self.speed, "experimentSpeedPlot"),
            (self.memory, "experimentMemoryPlot"),
            (self.runs, "experimentRunsPlot"),
        ):
            plot.setObjectName(name)
            plot.setMinimumHeight(6 * line)
        for plot, row, place in (
            (self.accuracy, 0, 0),
            (self.speed, 0, 1),
            (self.noise, 2, 0),
            (self.memory, 2, 1),
        ):
            grid.addWidget(self._titles[plot], row, place)
            grid.addWidget(plot, row + 1, place)
        head = QHBoxLayout()
        head.addWidget(self._titles[self.runs], 1)
        head.addWidget(self.axis_combo)
        grid.addLayout(head, 0, 2)
        grid.addWidget(self.runs, 1, 2, 3, 1)
        for place, share in enumerate((3, 3, 4)):
            grid.setColumnStretch(place, share)
        for row in (1, 3):
            grid.setRowStretch(row, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(5 * line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addLayout(grid, 3)
        column.addWidget(self.table, 1)


def _share(value: float | None) -> float | None:
    return None if value is None else 100 * value
