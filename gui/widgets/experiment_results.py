"""What an experiment came to: a sentence, five plots and a table; with two settings a table of pairs, too."""

from __future__ import annotations

from collections.abc import Callable

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
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.training.interval import wilson
from engine.training.sweep_plan import SweepPlan, SweepPoint
from gui.messages import joined
from gui.widgets.curve_series import AXES, RunSeries
from gui.widgets.curves_experiment import PointPlot, RunsPlot
from gui.widgets.curves_frame import ACCURACY, LOSS
from gui.widgets.experiment_choice import ChoiceWords
from gui.widgets.experiment_grid import Cell, HeatTable, LineLegend
from gui.widgets.percent import percent

NOTHING = "–"


class ExperimentResults(QWidget):
    """Shows the points of one experiment and grows with them.

    Attributes:
        sentence: ``experimentSentence``.
        accuracy, noise, speed, memory: ``experimentAccuracyPlot`` … against the varied setting.
        runs: ``experimentRunsPlot``: all runs over one another; ``quantity_combo`` and ``axis_combo`` choose
            what is drawn over what.
        legend: which line is which value of a second setting.
        grid: ``experimentGrid``: all pairs, coloured by accuracy; seen where two settings vary.
        table: ``experimentTable``: all runs.
        tabs: ``experimentTabs`` of both.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: SweepPlan | None = None
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
        self.quantity_combo = QComboBox()
        self.quantity_combo.setObjectName("experimentQuantityCombo")
        for quantity in (ACCURACY, LOSS):
            self.quantity_combo.addItem("", quantity)
        for combo in (self.axis_combo, self.quantity_combo):
            combo.currentIndexChanged.connect(lambda _index: self._show_runs())
        self.legend = LineLegend()
        self.grid = HeatTable()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("experimentTabs")
        self.tabs.setDocumentMode(True)
        self.table = QTableWidget(0, 8)
        self.table.setObjectName("experimentTable")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setVisible(False)
        self.table.setTabKeyNavigation(False)
        self._titles = {plot: QLabel() for plot in self._plots()}
        self._arrange()
        self.retranslate()

    def show_points(self, plan: SweepPlan, points: list[SweepPoint], series: list[RunSeries]) -> None:
        """Show the points there are of an experiment, with the curves of their runs."""
        if self._plan is not plan:
            self.tabs.setCurrentIndex(0 if plan.second is not None else 1)
        self._plan, self._points, self._series = plan, list(points), list(series)
        self._show_all()

    def _show_all(self) -> None:
        """Show what there is in the window's language."""
        if self._plan is not None and self._plan.second is not None:
            self._show_pairs(self._plan)
        else:
            self._show_values()
        self._name_plots()
        self._show_runs()
        self._fill_table()
        self.sentence.setText(self._conclusion())
        self.sentence.setAccessibleName(self.sentence.text())

    def _show_values(self) -> None:
        names, points = self._names(), self._points
        ends = [self._interval(point) for point in points]
        self.accuracy.show_points(
            names,
            [_share(point.train_accuracy) for point in points],
            [_share(point.val_accuracy) for point in points],
            [None if pair is None else (100 * pair[0], 100 * pair[1]) for pair in ends],
        )
        for plot, value in self._measures():
            plot.show_points(names, [value(point) for point in points], from_zero=True)
        self.legend.show_names("", [])
        self._show_tabs(False)

    def _show_pairs(self, plan: SweepPlan) -> None:
        """Draw a line for each value of the second setting, and fill the table of pairs."""
        assert plan.second is not None
        names = [self._words.value(plan.field, value) for value in plan.values]
        others = [self._words.value(plan.second, value) for value in plan.second_values]
        found = {(point.value, point.second): point for point in self._points}
        rows = [[found.get((value, other)) for value in plan.values] for other in plan.second_values]
        self.accuracy.show_lines(
            names, [[None if point is None else _share(self._score(point)) for point in row] for row in rows]
        )
        for plot, value in self._measures():
            lines = [[None if point is None else value(point) for point in row] for row in rows]
            plot.show_lines(names, lines, from_zero=True)
        titles = self._words.field(plan.field), self._words.field(plan.second)
        self.legend.show_names(titles[1], others)
        self.grid.show_cells(titles, names, others, [[self._cell(point) for point in row] for row in rows])
        self._show_tabs(True)

    def _show_tabs(self, has_pairs: bool) -> None:
        """Show the table of pairs, which needs more room, or that of runs alone."""
        self.tabs.setTabVisible(0, has_pairs)
        self.tabs.tabBar().setVisible(has_pairs)
        self._column.setStretchFactor(self.tabs, 2 if has_pairs else 1)

    def _measures(self) -> tuple[tuple[PointPlot, Callable[[SweepPoint], float | None]], ...]:
        """Return the other plots, and what each draws of a point."""
        return (
            (self.noise, lambda point: None if point.noise is None else 100 * point.noise),
            (self.speed, lambda point: point.images_per_second),
            (self.memory, lambda point: None if point.step_bytes is None else point.step_bytes / 2**20),
        )

    def _cell(self, point: SweepPoint | None) -> Cell:
        if point is None:
            return Cell()
        if point.failure is not None or self._score(point) is None:
            return Cell(note=self.tr("failed"))
        if point.val_images:
            return Cell(point.val_accuracy, self._interval(point), point.val_images)
        return Cell(point.train_accuracy, None, point.train_images)

    def _is_validated(self) -> bool:
        return not self._points or any(point.val_images for point in self._points)

    def _score(self, point: SweepPoint) -> float | None:
        """Return what pairs are compared by: of validation digits, or where there are none, its own."""
        return point.val_accuracy if self._is_validated() else point.train_accuracy

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        names = (self.tr("by epoch"), self.tr("by step"), self.tr("by images seen"), self.tr("by seconds"))
        for index, name in enumerate(names):
            self.axis_combo.setItemText(index, name)
        self.axis_combo.setAccessibleName(self.tr("Horizontal axis of the runs"))
        self.quantity_combo.setItemText(0, self.tr("accuracy, %"))
        self.quantity_combo.setItemText(1, self.tr("loss"))
        self.quantity_combo.setAccessibleName(self.tr("What is drawn of the runs"))
        self.table.setAccessibleName(self.tr("Results of the experiment"))
        self.grid.setAccessibleName(self.tr("Accuracy of every pair of values"))
        self.tabs.setAccessibleName(self.tr("Results of the experiment"))
        self.tabs.setTabText(0, self.tr("All pairs"))
        self.tabs.setTabText(1, self.tr("All runs"))
        self._show_all()

    def _name_plots(self) -> None:
        """Say above each plot what it shows."""
        if self._plan is None or self._plan.second is None:
            accuracy = self.tr("Accuracy, % (dashed: validation with its 95 % interval)")
        else:
            accuracy = self.tr("Validation accuracy, %")
        runs = self.tr("All runs, on the validation digits")
        if not self._is_validated():
            accuracy = self.tr("Accuracy on its own training digits, %")
            runs = self.tr("All runs, on their own training digits")
        titles = {
            self.accuracy: accuracy,
            self.noise: self.tr("Noise from batch to batch, % of the loss"),
            self.speed: self.tr("Images a second"),
            self.memory: self.tr("Memory of one step, MiB"),
            self.runs: runs,
        }
        for plot, title in titles.items():
            self._titles[plot].setText(title)
            plot.setAccessibleName(title)

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
        field = self._plan.field if self._plan is not None else ""
        return [self._words.value(field, point.value) for point in self._points]

    def _slots(self) -> list[int] | None:
        """Return which line each run belongs to; None where one setting varies."""
        if self._plan is None or self._plan.second is None:
            return None
        return [self._plan.second_values.index(point.second) for point in self._points]

    @staticmethod
    def _interval(point: SweepPoint) -> tuple[float, float] | None:
        if point.val_accuracy is None or not point.val_images:
            return None
        return wilson(round(point.val_accuracy * point.val_images), point.val_images)

    def _show_runs(self) -> None:
        axis = str(self.axis_combo.currentData())
        quantity = str(self.quantity_combo.currentData())
        column = f"{'val' if self._is_validated() else 'train'}_{quantity}"
        scale = 100 if quantity == ACCURACY else 1
        self.runs.show_runs(
            [
                (name, series.epoch_x(axis), scale * series.epochs.column(column))
                for name, series in zip(self._names(), self._series, strict=False)
            ],
            self._slots(),
        )

    def _conclusion(self) -> str:
        """Return what may be said: the highest value or pair, and which others could be as good."""
        plan, measured = self._plan, [point for point in self._points if self._interval(point) is not None]
        if plan is None or not self._points:
            return ""
        if not measured:
            return self.tr(
                "Without validation digits nobody knows which of them reads new digits best; what is shown "
                "is how well each reads the digits it learnt from."
            )
        best = max(measured, key=lambda point: point.val_accuracy or 0.0)
        low, _high = self._interval(best) or (0.0, 0.0)
        close = [
            point
            for point in measured
            if point is not best and (self._interval(point) or (0.0, 0.0))[1] >= low
        ]
        share, n = percent(best.val_accuracy or 0.0, 1), best.val_images
        if plan.second is None:
            first = self.tr(
                "{field}: validation accuracy is highest at {value}, {share} of %Ln digit(s).", "", n
            )
            value = self._words.value(plan.field, best.value)
            said = first.format(field=self._words.field(plan.field), value=value, share=share)
            others = ", ".join(self._words.value(plan.field, point.value) for point in close)
        else:
            first = self.tr("Validation accuracy is highest with {pair}: {share} of %Ln digit(s).", "", n)
            said = first.format(pair=self._words.pair(plan, best.value, best.second), share=share)
            others = self.tr("%Ln other pair(s)", "", len(close))
        if close:
            chance = self.tr("The intervals of {others} overlap with it: that difference may be chance.")
            return joined(said, chance.format(others=others))
        return joined(said, self.tr("No other interval overlaps with it.")) if len(measured) > 1 else said

    def _fill_table(self) -> None:
        locale = QLocale()
        plan = self._plan
        second = plan.second if plan is not None else None
        titles = [
            *(self._words.field(field) for field in (plan.field if plan else "batch_size", second) if field),
            *(self.tr("Run"), self.tr("Validation"), self.tr("Training"), self.tr("Best epoch")),
            *(self.tr("Noise"), self.tr("Images/s"), self.tr("Memory")),
        ]
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels(titles)
        header, wide = self.table.horizontalHeader(), titles.index(self.tr("Validation"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.table.setRowCount(len(self._points))
        for row, (name, point) in enumerate(zip(self._names(), self._points, strict=True)):
            interval = self._interval(point)
            shown = NOTHING
            if point.failure is not None:
                shown = self.tr("failed")
            elif interval is not None and point.val_accuracy is not None:
                shown = f"{percent(point.val_accuracy, 1)} [{percent(interval[0], 1)} – "
                shown += f"{percent(interval[1], 1)}], n = {locale.toString(point.val_images)}"
            training = NOTHING if point.train_accuracy is None else percent(point.train_accuracy, 1)
            speed = point.images_per_second
            texts = (
                name,
                *([self._words.value(second, point.second)] if second is not None else []),
                str(point.run),
                shown,
                training,
                locale.toString(point.best_epoch) if point.best_epoch else NOTHING,
                NOTHING if point.noise is None else percent(point.noise, 1),
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
        head.setSpacing(line // 2)
        head.addWidget(self._titles[self.runs], 1)
        head.addWidget(self.quantity_combo)
        head.addWidget(self.axis_combo)
        grid.addLayout(head, 0, 2)
        grid.addWidget(self.runs, 1, 2, 3, 1)
        for place, share in enumerate((3, 3, 4)):
            grid.setColumnStretch(place, share)
        for row in (1, 3):
            grid.setRowStretch(row, 1)
        self.table.setMinimumHeight(5 * line)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.legend)
        column.addLayout(grid, 3)
        self.tabs.addTab(self.grid, "")
        self.tabs.addTab(self.table, "")
        column.addWidget(self.tabs, 2)


def _share(value: float | None) -> float | None:
    return None if value is None else 100 * value
