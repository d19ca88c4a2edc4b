"""Frames around the digits of a number on the canvas, with what each is read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme

ROOM = 8.0  # pixels between ink and frame
CORNER = 4.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One digit: its box (left, top, right, bottom) in pixels of the widget, what is read, and how surely."""

    box: tuple[int, int, int, int]
    text: str
    share: str


class NumberFrames(QWidget):
    """Lies over a canvas and lets the pen through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("numberFrames")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frames: tuple[Frame, ...] = ()
        self._chosen = 0
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("Frames around the digits of the number"))

    def frames(self) -> tuple[Frame, ...]:
        """Return what is framed."""
        return self._frames

    def show_frames(self, frames: Sequence[Frame], chosen: int = 0) -> None:
        """Frame these digits; the chosen one stands out."""
        if tuple(frames) != self._frames or chosen != self._chosen:
            self._frames, self._chosen = tuple(frames), chosen
            self.setVisible(bool(frames))
            self.update()

    def frame_at(self, position: QPointF) -> int | None:
        """Return which frame holds a position; the nearest middle of several."""
        inside = [place for place, frame in enumerate(self._frames) if around(frame).contains(position)]
        middles = {place: abs(around(self._frames[place]).center().x() - position.x()) for place in inside}
        return min(middles, key=lambda place: middles[place]) if middles else None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each frame, and under it what is read; above it where the paper ends."""
        colors = theme.colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(self.fontMetrics().height())
        for place, frame in enumerate(self._frames):
            is_chosen = place == self._chosen
            color = colors.accent if is_chosen else colors.quiet
            room = around(frame)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(
                    color, 2 if is_chosen else 1, Qt.PenStyle.SolidLine if is_chosen else Qt.PenStyle.DashLine
                )
            )
            painter.drawRoundedRect(room, CORNER, CORNER)
            below = room.bottom() + 1.3 * line <= self.height()
            top = room.bottom() + 0.1 * line if below else room.top() - 1.2 * line
            words = QRectF(room.center().x() - 4 * line, top, 8 * line, 1.1 * line)
            fits = self.fontMetrics().horizontalAdvance(frame.share) <= room.width()
            painter.setPen(theme.legible(color, colors.canvas_paper, theme.READABLE))
            text = f"{frame.text} {frame.share}" if len(self._frames) <= 3 and fits else frame.text
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


def around(frame: Frame) -> QRectF:
    """Return the frame's rectangle, with room for the pen's width."""
    left, top, right, bottom = frame.box
    return QRectF(left, top, right - left, bottom - top).adjusted(-ROOM, -ROOM, ROOM, ROOM)
