"""A report on A4 pages, painted as vectors; it looks as the page in a browser does."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatchmethod
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from engine.export.report import Block, Charts, Digits, Heading, Pairs, Report, Score, Table, Text
from engine.export.svg import PRINTED

PAGE = QSizeF(793.7, 1122.5)  # A4 in units of 1/96 inch
MARGIN = 60.0
WIDTH = PAGE.width() - 2 * MARGIN
BOTTOM = PAGE.height() - MARGIN - 8
ACCENT = "#1f66b0"
GAP = 10.0


def pdf_of(report: Report, family: str | None = None) -> bytes:
    """Return a report as the content of a PDF file.

    Args:
        report: what stands on the pages.
        family: the font; the program's where none is named.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("Digit Dojo")
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    _Pages(writer, report, family).paint()
    buffer.close()
    return bytes(data.data())


class _Pages:
    """Paints one report; y is how far the page is filled, in units of 1/96 inch."""

    def __init__(self, writer: QPdfWriter, report: Report, family: str | None) -> None:
        self._writer = writer
        self._report = report
        self._family = family
        self._number = 1
        self._y = MARGIN
        self._painter = QPainter()

    def paint(self) -> None:
        self._painter.begin(self._writer)
        scale = self._writer.resolution() / 96
        self._painter.scale(scale, scale)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._head()
        for section in self._report.sections:
            heights = [self._height(block) for block in section]
            if self._y + sum(heights) > BOTTOM and sum(heights) < BOTTOM - MARGIN:
                self._new_page()
            for block, height in zip(section, heights, strict=True):
                if self._y + height > BOTTOM and self._y > MARGIN:
                    self._new_page()
                self._draw(block)
                self._y += height
        self._foot()
        self._painter.end()

    # -- pages ---------------------------------------------------------------------------------------

    def _head(self) -> None:
        title = self._text(self._report.title, 22, bold=True)
        self._y += title + 2
        self._text(self._report.subtitle, 11, color=PRINTED.quiet, is_measured_only=False)
        room = QRectF(MARGIN + 0.66 * WIDTH, self._y, 0.34 * WIDTH, 16)
        self._pen(PRINTED.quiet, 11)
        self._painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self._report.name_line)
        self._painter.setPen(QPen(QColor(PRINTED.line), 0.8))
        self._painter.drawLine(room.bottomLeft(), room.bottomRight())
        self._y += 22
        self._painter.setPen(QPen(QColor(ACCENT), 1.6))
        self._rule(self._y)
        self._y += 12

    def _foot(self) -> None:
        y = PAGE.height() - MARGIN + 12
        self._pen(PRINTED.quiet, 9.5)
        room = QRectF(MARGIN, y, WIDTH, 16)
        self._painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self._report.footer)
        self._painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(self._number))

    def _new_page(self) -> None:
        self._foot()
        self._writer.newPage()
        self._number += 1
        self._y = MARGIN

    # -- blocks --------------------------------------------------------------------------------------

    def _height(self, block: Block) -> float:
        """Return how much room a block takes, with the gap below it."""
        return self._block(block, is_measured_only=True)

    def _draw(self, block: Block) -> None:
        self._block(block, is_measured_only=False)

    @singledispatchmethod
    def _block(self, block: Any, is_measured_only: bool) -> float:
        raise TypeError(type(block))

    @_block.register
    def _heading(self, block: Heading, is_measured_only: bool) -> float:
        before = 12.0 if self._y > MARGIN else 0.0
        return (
            before + self._text(block.text, 15, bold=True, is_measured_only=is_measured_only, down=before) + 5
        )

    @_block.register
    def _paragraph(self, block: Text, is_measured_only: bool) -> float:
        size, color = (11.0, PRINTED.quiet) if block.is_quiet else (12.5, PRINTED.ink)
        indent = 10.0 if block.is_marked else 0.0
        height = self._text(block.text, size, color=color, is_measured_only=is_measured_only, indent=indent)
        if block.is_marked and not is_measured_only:
            self._painter.fillRect(QRectF(MARGIN, self._y, 3, height), QColor(PRINTED.val))
        return height + 6

    @_block.register
    def _score(self, block: Score, is_measured_only: bool) -> float:
        font = self._font(32, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(block.figure) + 16
        height = self._text(block.words, 12.5, is_measured_only=True, indent=width)
        whole = max(42.0, height)
        if not is_measured_only:
            self._painter.setFont(font)
            self._painter.setPen(QColor(ACCENT))
            room = QRectF(MARGIN, self._y, width, whole)
            self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, block.figure)
            down = (whole - height) / 2
            self._text(block.words, 12.5, is_measured_only=False, indent=width, down=down)
        return whole + 4

    @_block.register
    def _table(self, block: Table, is_measured_only: bool) -> float:
        line = 20.0
        height = line * (len(block.rows) + 1)
        if is_measured_only:
            return height + GAP
        plain, bold = QFontMetricsF(self._font(11)), QFontMetricsF(self._font(11, bold=True))
        rows = [block.head, *block.rows]
        widths = np.array(
            [
                max(max(plain.horizontalAdvance(row[n]), bold.horizontalAdvance(row[n])) for row in rows)
                for n in range(len(block.head))
            ]
        )
        widths += max(0.0, WIDTH - widths.sum()) / len(widths)
        for number, row in enumerate(rows):
            y = self._y + number * line
            is_sum = block.has_sum and number == len(rows) - 1
            self._pen(PRINTED.ink, 11, bold=number == 0 or is_sum)
            x = MARGIN
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                self._painter.drawText(QRectF(x, y, width, line), side | Qt.AlignmentFlag.AlignVCenter, cell)
                x += width
            self._painter.setPen(QPen(QColor(PRINTED.line), 0.8))
            self._rule(y + line)
        return height + GAP

    @_block.register
    def _pair_list(self, block: Pairs, is_measured_only: bool) -> float:
        line = 18.0
        height = -(-len(block.rows) // 2) * line
        if not is_measured_only:
            metrics = QFontMetricsF(self._font(12))
            names = max(metrics.horizontalAdvance(name) for name, _ in block.rows) + 14
            for number, (name, value) in enumerate(block.rows):
                row, column = divmod(number, 2)
                x, y = MARGIN + column * WIDTH / 2, self._y + row * line
                self._pen(PRINTED.quiet, 12)
                flags = Qt.AlignmentFlag.AlignVCenter
                self._painter.drawText(QRectF(x, y, names, line), flags, name)
                self._pen(PRINTED.ink, 12)
                self._painter.drawText(QRectF(x + names, y, WIDTH / 2 - names, line), flags, value)
        return height + GAP

    @_block.register
    def _charts(self, block: Charts, is_measured_only: bool) -> float:
        gap = 16.0
        width = (block.share * WIDTH - gap * (len(block.makers) - 1)) / len(block.makers)
        tallest = 0.0
        for number, make in enumerate(block.makers):
            drawing = make(PRINTED)
            height = width * drawing.height / drawing.width
            tallest = max(tallest, height)
            if not is_measured_only:
                self._painter.setFont(self._font(11))  # what a drawing's words begin with
                renderer = QSvgRenderer(QByteArray(drawing.svg().encode()))
                room = QRectF(MARGIN + number * (width + gap), self._y, width, height)
                renderer.render(self._painter, room)
        return tallest + GAP

    @_block.register
    def _digits(self, block: Digits, is_measured_only: bool) -> float:
        gap, words = 4.0, 15.0 if block.captions else 0.0
        side = (WIDTH - gap * (block.columns - 1)) / block.columns
        rows = -(-len(block.images) // block.columns)
        height = rows * (side + words + gap)
        if not is_measured_only:
            for place, digit in enumerate(block.images):
                row, column = divmod(place, block.columns)
                cell = QRectF(
                    MARGIN + column * (side + gap), self._y + row * (side + words + gap), side, side
                )
                self._painter.drawImage(cell, _ink(digit))
                self._painter.setPen(QPen(QColor(PRINTED.line), 0.6))
                self._painter.drawRect(cell)
                if block.captions:
                    self._pen(PRINTED.ink, 10)
                    below = QRectF(cell.left() - 4, cell.bottom(), side + 8, words)
                    self._painter.drawText(below, Qt.AlignmentFlag.AlignCenter, block.captions[place])
        return height + GAP

    # -- strokes -------------------------------------------------------------------------------------

    def _text(
        self,
        text: str,
        size: float,
        bold: bool = False,
        color: str = PRINTED.ink,
        is_measured_only: bool = False,
        indent: float = 0.0,
        down: float = 0.0,
    ) -> float:
        """Write words in as many lines as they need; return how high they are."""
        font = self._font(size, bold)
        room = QRectF(MARGIN + indent, self._y + down, WIDTH - indent, 10_000)
        wrap: Callable[..., QRectF] = self._painter.boundingRect
        self._painter.setFont(font)
        self._painter.setPen(QColor(color))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        height = wrap(room, text, option).height()
        if not is_measured_only:
            self._painter.drawText(room, text, option)
        return height

    def _font(self, size: float, bold: bool = False) -> QFont:
        font = QFont()
        if self._family is not None:
            font.setFamily(self._family)
        font.setPixelSize(round(size))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _pen(self, color: str, size: float, bold: bool = False) -> None:
        self._painter.setFont(self._font(size, bold))
        self._painter.setPen(QColor(color))

    def _rule(self, y: float) -> None:
        self._painter.drawLine(round(MARGIN), round(y), round(MARGIN + WIDTH), round(y))


def _ink(digit: np.ndarray) -> QImage:
    """Return a digit (28, 28), white on black, as ink on paper."""
    large = np.ascontiguousarray(np.repeat(np.repeat(255 - digit, 4, axis=0), 4, axis=1))
    side = large.shape[0]
    return QImage(large.data, side, side, side, QImage.Format.Format_Grayscale8).copy()
