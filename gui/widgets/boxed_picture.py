"""A picture with a frame around each digit that was found in it, and what was read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme


@dataclass(frozen=True, slots=True)
class Frame:
    """A digit in a picture.

    Attributes:
        box: left, top, right, bottom in pixels of the whole picture.
        text: what was read.
        is_right: None where the right answer is not known.
    """

    box: tuple[int, int, int, int]
    text: str
    is_right: bool | None = None


class BoxedPicture(QWidget):
    """Fits the picture into itself; one frame is the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._size = (1, 1)
        self.frames: list[Frame] = []
        self.chosen = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("The picture of the chosen row"))
        self._describe()

    def has_picture(self) -> bool:
        """Return whether a picture is shown."""
        return not self._image.isNull()

    def show_picture(self, image: QImage, size: tuple[int, int]) -> None:
        """Show a picture whose full width and height is ``size``, to which boxes belong."""
        self._image, self._size = image, size
        self.update()

    def show_frames(self, frames: Sequence[Frame], chosen: int) -> None:
        """Draw these frames; the one at ``chosen`` is thick."""
        self.frames, self.chosen = list(frames), chosen
        self._describe()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.show_frames([], -1)

    def sizeHint(self) -> QSize:
        """Twenty lines of text."""
        side = 20 * self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Eight lines of text."""
        side = 8 * self.fontMetrics().height()
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, then the frames, the chosen one last."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._image.size().toSizeF().scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, shown.width(), shown.height())
        where.moveCenter(QRectF(self.rect()).center())
        large = self._image.width() * 3 >= shown.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, large)  # few pixels stay squares
        painter.drawImage(where, self._image)
        colors = theme.colors(self.palette())
        order = sorted(range(len(self.frames)), key=lambda place: place == self.chosen)
        for place in order:
            self._paint_frame(painter, where, self.frames[place], place == self.chosen, colors)
        painter.end()

    def _paint_frame(
        self, painter: QPainter, where: QRectF, frame: Frame, is_chosen: bool, colors: theme.Colors
    ) -> None:
        width, height = self._size
        left, top, right, bottom = frame.box
        across, down = where.width() / width, where.height() / height
        box = QRectF(
            where.left() + left * across,
            where.top() + top * down,
            (right - left) * across,
            (bottom - top) * down,
        ).adjusted(-3, -3, 3, 3)
        color = {True: QColor("#1a7a45"), False: QColor("#b3261e"), None: colors.accent}[frame.is_right]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, pen in ((QColor("white"), 5 if is_chosen else 3), (color, 3 if is_chosen else 1)):
            painter.setPen(QPen(ink, pen))  # seen on any picture
            painter.drawRoundedRect(box, 3, 3)
        metrics = painter.fontMetrics()
        sign = QRectF(0, 0, metrics.horizontalAdvance(frame.text) + 8, metrics.height())
        sign.moveBottomLeft(box.topLeft())
        sign.moveTop(max(0.0, sign.top()))
        painter.fillRect(sign, color)
        painter.setPen(QColor("white") if frame.is_right is not None else colors.accent_text)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, frame.text)

    def _describe(self) -> None:
        told = self.tr("%Ln digit(s) found: {0}", "", len(self.frames))
        self.setAccessibleDescription(told.format(" ".join(frame.text for frame in self.frames)))
