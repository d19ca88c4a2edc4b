"""A picture that lies on the canvas: it is looked at, and the pen goes through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme

CORNER = 6.0  # as the canvas's paper
RIM = 0.04  # of the paper's side, free around a picture


class PictureView(QWidget):
    """Covers the square paper of a canvas with a picture and frames the digit found in it.

    Mouse and pen reach the canvas underneath, so that the first stroke is not lost.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._image = QImage()
        self._found: QRectF | None = None  # shares of the picture's width and height
        self._drop_text = ""
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("The picture that is read"))

    def has_picture(self) -> bool:
        """Return whether a picture is shown."""
        return not self._image.isNull()

    def show_picture(
        self, image: QImage, size: tuple[int, int], box: tuple[int, int, int, int] | None
    ) -> None:
        """Show a picture that is ``size`` pixels large, with the digit found in ``box`` of them."""
        self._image = image
        self._found = None
        if box is not None:
            left, top, right, bottom = box
            width, height = size
            self._found = QRectF(left / width, top / height, (right - left) / width, (bottom - top) / height)
        self.show()
        self.update()

    def clear(self) -> None:
        """Take the picture away."""
        self._image, self._found = QImage(), None
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
        side = min(self.width(), self.height())
        paper = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side).adjusted(
            1, 1, -1, -1
        )
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.has_picture():
            painter.setPen(QPen(colors.line, 1))
            painter.setBrush(colors.canvas_paper)
            painter.drawRoundedRect(paper, CORNER, CORNER)
            self._paint_picture(painter, paper, colors)
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

    def _paint_picture(self, painter: QPainter, paper: QRectF, colors: theme.Colors) -> None:
        room = paper.width() * (1 - 2 * RIM)
        shown = self._image.size().toSizeF().scaled(room, room, Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, shown.width(), shown.height())
        where.moveCenter(paper.center())
        small = self._image.width() < shown.width() / 3
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not small)  # few pixels stay squares
        painter.drawImage(where, self._image)
        if self._found is None:
            return
        frame = QRectF(
            where.left() + self._found.left() * where.width(),
            where.top() + self._found.top() * where.height(),
            self._found.width() * where.width(),
            self._found.height() * where.height(),
        ).adjusted(-4, -4, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((QColor("white"), 4), (colors.accent, 2)):  # seen on any picture
            painter.setPen(QPen(color, width))
            painter.drawRoundedRect(frame, 4, 4)
