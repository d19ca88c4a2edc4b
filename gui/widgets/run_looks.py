"""How each of many runs is drawn: by colour and by dash, so that colour-blind eyes tell them apart too."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from gui import theme
from gui.widgets.curve_picture import Entry, paint_sample

# Okabe and Ito's colours, the yellow darkened, and a violet; on dark ground they are lightened as needed.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#b8578f", "#9a7b00", "#3a9fd8", "#7a4fb5")
DASHES: tuple[tuple[float, ...], ...] = (  # only the baseline is solid
    *((6, 3), (2, 2), (8, 3, 2, 3)),
    *((12, 4), (8, 3, 2, 3, 2, 3)),
)
BASELINE_MARK = "d"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is drawn.

    Attributes:
        color: of its line.
        dash: lengths of lines and gaps in widths of the pen; empty for a solid line, as the baseline has.
        is_baseline: drawn thick, in the colour of text, with diamonds.
    """

    color: QColor
    dash: tuple[float, ...] = ()
    is_baseline: bool = False

    @property
    def thick(self) -> int:
        """The width of the line in pixels of the window."""
        return 3 if self.is_baseline else 2

    def pen(self, width: float | None = None) -> QPen:
        """Return the pen of the line."""
        pen = QPen(self.color, self.thick if width is None else width)
        pen.setCosmetic(True)
        if self.dash:
            pen.setDashPattern(list(self.dash))
        return pen

    def faint(self, palette: QPalette) -> QColor:
        """Return the colour of what stands behind the line."""
        return theme.mixed(self.color, palette.color(QPalette.ColorRole.Base), 0.45)


def look_of(slot: int, palette: QPalette) -> Look:
    """Return the look of the run in a slot, 0 …; 35 slots look different."""
    ground = palette.color(QPalette.ColorRole.Base)
    color = theme.legible(QColor(COLORS[slot % len(COLORS)]), ground, theme.VISIBLE)
    return Look(color, DASHES[slot % len(DASHES)])


def baseline_look(palette: QPalette) -> Look:
    """Return the look of the pinned run, which no other run has."""
    return Look(palette.color(QPalette.ColorRole.Text), is_baseline=True)


def sample_icon(look: Look | None, size: QSize, ratio: float, ground: QColor) -> QIcon:
    """Return a piece of a run's line on its ``ground``, also where its row is selected.

    None gives an empty picture of that size.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if look is not None:
        pixmap.fill(ground)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = size.height() / 2
        pen = look.pen(look.thick * ratio)
        paint_sample(painter, Entry("", pen), 1, size.width() - 1, middle)
        if look.is_baseline:
            painter.translate(size.width() / 2, middle)
            painter.rotate(45)
            painter.fillRect(QRectF(-3.5, -3.5, 7, 7), look.color)
        painter.end()
    return QIcon(pixmap)
