"""Which line is which: one legend for both plots, in the window's font and language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui import theme

TRAIN, VAL, STEPS, BEST, OTHER = KINDS = ("train", "val", "steps", "best", "other")


class LineSample(QWidget):
    """A short piece of the line it stands for."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height if self._kind == BEST else 2 * height, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        chosen, paper = theme.colors(self.palette()), self.palette().color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        color, width, style = {
            TRAIN: (chosen.train, 2, Qt.PenStyle.SolidLine),
            VAL: (chosen.val, 2, Qt.PenStyle.DashLine),
            STEPS: (theme.mixed(chosen.train, paper, 0.5), 1, Qt.PenStyle.SolidLine),
            BEST: (chosen.val, 2, Qt.PenStyle.SolidLine),
            OTHER: (theme.mixed(chosen.quiet, paper, 0.6), 2, Qt.PenStyle.SolidLine),
        }[self._kind]
        painter.setPen(QPen(color, width, style))
        if self._kind == BEST:
            painter.drawEllipse(QPointF(self.width() / 2, middle), 5, 5)
            return
        painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))
        if self._kind == VAL:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(QPointF(self.width() / 2, middle), 3, 3)


class CurveLegend(QWidget):
    """The legend; the run it is compared with appears while there is one."""

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
        self.retranslate()

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
        wanted = self._legend.minimumSizeHint().width() + self._choices.minimumSizeHint().width()
        fits = self.width() >= wanted + self._box.spacing()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
