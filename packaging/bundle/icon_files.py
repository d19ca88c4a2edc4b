"""The program's icon in the formats of each system, painted from the one drawing."""

from __future__ import annotations

from pathlib import Path

from console import ROOT, run_quietly
from pythons import venv_python

DRAWING = ROOT / "assets" / "icons" / "digit_dojo.svg"
PAINT = """
import sys
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication([])
drawing = QSvgRenderer(sys.argv[1])
for size, target in zip(sys.argv[2::2], sys.argv[3::2]):
    image = QImage(QSize(int(size), int(size)), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(image.rect()))
    painter.end()
    assert image.save(target), target
"""
GATHER = """
import sys
from PIL import Image
pictures = [Image.open(name) for name in sys.argv[2:]]
pictures[-1].save(sys.argv[1], append_images=pictures[:-1], sizes=[picture.size for picture in pictures])
"""
SIZES = {".ico": (16, 24, 32, 48, 64, 128, 256), ".icns": (16, 32, 64, 128, 256, 512)}
FAILURE = "The icons could not be painted."


def paint(targets: dict[int, Path]) -> None:
    """Paint the icon as PNG files, by their size in pixels."""
    for path in targets.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    words = [word for size, path in targets.items() for word in (str(size), str(path))]
    command = [str(venv_python()), "-c", PAINT, str(DRAWING), *words]
    run_quietly(command, FAILURE, {"QT_QPA_PLATFORM": "offscreen"})


def gather(target: Path) -> Path:
    """Paint the icon in all its sizes into one .ico or .icns file; return it."""
    pictures = {size: target.parent / f"{target.stem}-{size}.png" for size in SIZES[target.suffix]}
    paint(pictures)
    run_quietly([str(venv_python()), "-c", GATHER, str(target), *map(str, pictures.values())], FAILURE)
    return target
