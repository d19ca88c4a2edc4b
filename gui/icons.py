"""Our own icons: one-colour drawings that take the colour of the text beside them."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from engine.resources import asset

SIZES = (16, 20, 24, 32, 48, 64)  # device pixels; Qt picks the nearest above what it needs


def icon(name: str, color: QColor | QPalette) -> QIcon:
    """Return ``assets/icons/NAME.svg`` in ``color``; a palette also gives the disabled look.

    A widget asks again when its palette changes.

    Raises:
        EngineError: ASSET_MISSING.
    """
    drawing = asset(f"icons/{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    if isinstance(color, QPalette):
        role, group = QPalette.ColorRole.ButtonText, QPalette.ColorGroup
        _add(result, drawing, color.color(group.Active, role), QIcon.Mode.Normal)
        _add(result, drawing, color.color(group.Disabled, role), QIcon.Mode.Disabled)
    else:
        _add(result, drawing, color, QIcon.Mode.Normal)
    return result


def app_icon() -> QIcon:
    """Return the icon of the program, in its own colours."""
    result = QIcon()
    drawing = asset("icons/digit_dojo.svg").read_text(encoding="utf-8")
    for size in (*SIZES, 128, 256):
        result.addPixmap(_pixmap(drawing, size))
    return result


def _add(target: QIcon, drawing: str, color: QColor, mode: QIcon.Mode) -> None:
    colored = drawing.replace("currentColor", color.name())
    for size in SIZES:
        target.addPixmap(_pixmap(colored, size), mode)


def _pixmap(drawing: str, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
