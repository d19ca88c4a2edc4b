"""Which line is which: one legend for both plots, in the window's font and language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui import theme
from gui.widgets.curve_picture import Entry, paint_sample

TRAIN, VAL, STEPS, BEST, STOP, OTHER = KINDS = ("train", "val", "steps", "best", "stop", "other")


class LineSample(QWidget):
    """A short piece of the line it stands for."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height if self._kind in (BEST, STOP) else 2 * height, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        pen = pen_of(self._kind, self.palette())
        if self._kind == STOP:
            painter.setPen(pen)
            painter.drawLine(QPointF(self.width() / 2, 1), QPointF(self.width() / 2, self.height() - 1))
        else:
            entry = Entry("", pen, self._kind == VAL, self._kind == BEST)
            paint_sample(painter, entry, 1, self.width() - 1, middle)


def pen_of(kind: str, palette: QPalette) -> QPen:
    """Return the pen of one of KINDS."""
    chosen, paper = theme.colors(palette), palette.color(QPalette.ColorRole.Base)
    color, width, style = {
        TRAIN: (chosen.train, 2, Qt.PenStyle.SolidLine),
        VAL: (chosen.val, 2, Qt.PenStyle.DashLine),
        STEPS: (theme.steps(chosen.train, paper), 2, Qt.PenStyle.SolidLine),
        BEST: (chosen.val, 2, Qt.PenStyle.SolidLine),
        STOP: (chosen.bad, 1, Qt.PenStyle.DashDotLine),
        OTHER: (theme.mixed(chosen.quiet, paper, 0.6), 2, Qt.PenStyle.SolidLine),
    }[kind]
    return QPen(color, width, style)


class CurveLegend(QWidget):
    """The legend; what is not always drawn appears in it while it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other = ""
        self._samples = {kind: LineSample(kind) for kind in KINDS}
        self._names = {kind: QLabel() for kind in KINDS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for kind in KINDS:
            row.addWidget(self._samples[kind])
            row.addWidget(self._names[kind])
            row.addSpacing(6)
        row.addStretch(1)
        self.set_other("")
        self.show_stop(False)
        self.retranslate()

    def show_stop(self, seen: bool) -> None:
        """Say whether an early stop is marked."""
        self._has_stop = seen
        for widget in (self._samples[STOP], self._names[STOP]):
            widget.setVisible(seen)

    def entries(self) -> list[Entry]:
        """Return the lines that are drawn, for a picture."""
        hidden = {STOP: not self._has_stop, OTHER: not self._other}
        return [
            Entry(self.text(kind), pen_of(kind, self.palette()), kind == VAL, kind == BEST)
            for kind in KINDS
            if not hidden.get(kind)
        ]

    def set_other(self, name: str) -> None:
        """Name the run it is compared with; an empty name hides it."""
        self._other = name
        for widget in (self._samples[OTHER], self._names[OTHER]):
            widget.setVisible(bool(name))
        self._names[OTHER].setText(name)

    def text(self, kind: str) -> str:
        """Return the name beside a line."""
        return self._names[kind].text()

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        names = self._names
        names[TRAIN].setText(self.tr("training"))
        names[TRAIN].setToolTip(self.tr("Mean of each epoch, on the digits it learns from."))
        names[VAL].setText(self.tr("validation"))
        names[VAL].setToolTip(self.tr("On digits held back: it never learns from them."))
        names[STEPS].setText(self.tr("single steps"))
        names[STEPS].setToolTip(self.tr("One batch at a time: small batches make it noisy."))
        names[BEST].setText(self.tr("best epoch"))
        names[STOP].setText(self.tr("stopped early"))
        names[STOP].setToolTip(self.tr("Early stopping ended the training here: it no longer got better."))
        names[BEST].setToolTip(self.tr("The epoch with the lowest validation loss; its model is kept."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class LegendRow(QWidget):
    """The legend and what is chosen beside it; on a narrow window the legend has a row of its own."""

    def __init__(self, legend: CurveLegend, chosen: list[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legend = legend
        self._choices = QWidget()
        beside = QHBoxLayout(self._choices)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addStretch(1)
        for widget in chosen:
            beside.addWidget(widget)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(legend)
        self._box.addWidget(self._choices, 1)

    def minimumSizeHint(self) -> QSize:
        """The width of the wider of the two: they can stand one above the other."""
        width = max(self._legend.minimumSizeHint().width(), self._choices.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Find room anew when the legend has got another entry or other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return done

    def _turn(self) -> None:
        """Put the legend beside the choices where both have room, else above them."""
        wanted = self._legend.minimumSizeHint().width() + self._choices.minimumSizeHint().width()
        fits = self.width() >= wanted + self._box.spacing()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
