"""The rubber band of the sample grid: it stays with the content and scrolls it at the edges."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRubberBand

AUTOSCROLL_MS = 16
FASTEST = 60  # pixels each AUTOSCROLL_MS


class GridBand(QObject):
    """Watches one drag over a scroll area.

    Signals:
        stretched: (QRect) the band's rectangle in content pixels.
    """

    stretched = Signal(QRect)

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._origin: QPoint | None = None  # content pixels
        self._pointer = QPoint()  # viewport pixels
        self._band: QRubberBand | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(AUTOSCROLL_MS)
        self._timer.timeout.connect(self._scroll)

    def press(self, point: QPoint) -> None:
        """Note where a drag may begin, in viewport pixels."""
        self._origin = self._content(point)

    def drag(self, point: QPoint) -> None:
        """Follow the pointer; the band appears once it has moved far enough to be meant."""
        if self._origin is None:
            return
        self._pointer = point
        reach = (self._content(point) - self._origin).manhattanLength()
        if self._band is None and reach >= QApplication.startDragDistance():
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._area.viewport())
            self._band.show()
            self._timer.start()
        self._stretch()

    def release(self) -> None:
        """Let the band go."""
        self._origin = None
        self._timer.stop()
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None

    def _content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self._area.verticalScrollBar().value())

    def _stretch(self) -> None:
        if self._band is not None and self._origin is not None:
            area = QRect(self._origin, self._content(self._pointer)).normalized()
            self._band.setGeometry(area.translated(0, -self._area.verticalScrollBar().value()))
            self.stretched.emit(area)

    def _scroll(self) -> None:
        below = self._pointer.y() - self._area.viewport().height()
        beyond = min(self._pointer.y(), 0) + max(below, 0)
        if beyond:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + max(-FASTEST, min(FASTEST, beyond)))
            self._stretch()
