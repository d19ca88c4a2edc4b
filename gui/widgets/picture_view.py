"""A picture that lies on the canvas: it is looked at, and the pen goes through it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme

CORNER = 6.0  # as the canvas's paper
RIM = 0.04  # of the paper's side, free around a picture


class PictureView(QWidget):
    """Covers the square paper of a canvas with a picture and frames the digits found in it.

    Mouse and pen reach the canvas underneath, so that the first stroke is not lost.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._image = QImage()
        self._size = (1, 1)  # of the picture itself, pixels
        self._found: list[QRectF] = []  # pixels of the picture itself
        self._chosen = 0
        self._drop_text = ""
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("The picture that is read"))

    def has_picture(self) -> bool:
        """Return whether a picture is shown."""
        return not self._image.isNull()

    def show_picture(self, image: QImage, size: tuple[int, int]) -> None:
        """Show a picture that is ``size`` pixels large."""
        self._image, self._size = image, size
        self._found = []
        self.show()
        self.update()

    def show_boxes(self, boxes: Sequence[tuple[int, int, int, int] | None], chosen: int = 0) -> None:
        """Frame the digits found in ``boxes`` (left, top, right, bottom) of the picture; one stands out."""
        self._found = [
            QRectF(left, top, right - left, bottom - top)
            for left, top, right, bottom in (box for box in boxes if box is not None)
        ]
        self._chosen = chosen
        self.update()

    def box_at(self, position: QPointF) -> int | None:
        """Return which of several boxes holds a position of the widget."""
        frames = [self._frame(found) for found in self._found]
        inside = [place for place, frame in enumerate(frames) if frame.contains(position)]
        return inside[0] if inside and len(frames) > 1 else None

    def clear(self) -> None:
        """Take the picture away."""
        self._image, self._found = QImage(), []
        self.setVisible(bool(self._drop_text))
        self.update()

    def invite(self, text: str) -> None:
        """Say where a picture can be dropped, while one hovers; empty when it has gone."""
        self._drop_text = text
        self.setVisible(bool(text) or self.has_picture())
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, picture and frame; over all of it the invitation."""
        colors = theme.colors(self.palette())
        paper = self._paper()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.has_picture():
            painter.setPen(QPen(colors.line, 1))
            painter.setBrush(colors.canvas_paper)
            painter.drawRoundedRect(paper, CORNER, CORNER)
            self._paint_picture(painter, self._where(), colors)
        if self._drop_text:
            ground = QColor(colors.canvas_paper)
            ground.setAlphaF(0.93)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(paper.adjusted(1, 1, -1, -1), CORNER, CORNER)
            painter.setPen(QPen(colors.accent, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(paper.adjusted(14, 14, -14, -14), CORNER, CORNER)
            painter.setPen(theme.legible(colors.accent, colors.canvas_paper, theme.READABLE))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(paper.adjusted(20, 20, -20, -20), flags, self._drop_text)
        painter.end()

    def _paint_picture(self, painter: QPainter, where: QRectF, colors: theme.Colors) -> None:
        small = self._image.width() < where.width() / 3
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not small)  # few pixels stay squares
        painter.drawImage(where, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, found in enumerate(self._found):
            is_chosen = place == self._chosen
            widths = (4, 2) if is_chosen else (2.5, 1)
            for color, width in zip(
                (QColor("white"), colors.accent), widths, strict=True
            ):  # seen on any picture
                painter.setPen(QPen(color, width))
                painter.drawRoundedRect(self._frame(found), 4, 4)

    def _paper(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side).adjusted(
            1, 1, -1, -1
        )

    def _where(self) -> QRectF:
        """Return where on the widget the picture lies."""
        paper = self._paper()
        room = paper.width() * (1 - 2 * RIM)
        shown = self._image.size().toSizeF().scaled(room, room, Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, shown.width(), shown.height())
        where.moveCenter(paper.center())
        return where

    def _frame(self, found: QRectF) -> QRectF:
        """Return where on the widget a box of the picture is framed."""
        where = self._where()
        across, down = where.width() / self._size[0], where.height() / self._size[1]
        return QRectF(
            where.left() + found.left() * across,
            where.top() + found.top() * down,
            found.width() * across,
            found.height() * down,
        ).adjusted(-4, -4, 4, 4)
