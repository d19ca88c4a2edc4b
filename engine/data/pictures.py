"""Digits from image files, and the files of a folder in a fixed order."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from engine.data import preprocess
from engine.data.found import NONE, Found
from engine.errors import Code, EngineError

SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".gif", ".webp", ".tif", ".tiff", ".avif"),
    *(".jp2", ".ppm", ".pgm", ".pbm", ".pnm", ".tga"),
)
ORIGINAL_BYTES = 256 * 1_024  # a larger file is kept as a small copy
ORIGINAL_SIDE = 256  # pixels of the small copy's longer side
_NAMED = re.compile(r"([0-9])([_\- ].*)?")
_SYSTEM_FOLDERS = ("__MACOSX",)


def read(path: Path, label: int | None) -> Found:
    """Read one image with one digit.

    The file is kept as the original, or, above 256 KiB, a PNG copy of at most 256 × 256 pixels.

    Raises:
        EngineError: IMAGE_BLANK, and what ``engine.data.preprocess.from_image`` raises.
    """
    prepared = preprocess.from_image(path)
    if prepared.is_blank:
        raise EngineError(Code.IMAGE_BLANK, path=path)
    return Found(
        prepared.digit[np.newaxis],
        np.array([NONE if label is None else label], np.int8),
        originals=[_original(path)],
        original_kind="image",
    )


def walk(folder: Path) -> list[Path]:
    """Return all files below a folder in a fixed order: by name, numbers by value, file by file.

    Hidden files and folders are left out; links are followed, each folder is entered once.
    """
    return list(_walk(folder, set()))


def label_from(path: Path, root: Path | None) -> int | None:
    """Return the label that names tell: the nearest folder up to ``root`` named 0 … 9, else the file's name.

    A file tells it by a digit alone or before ``_``, ``-`` or a space: ``7.png``, ``7_anna.png``; ``70.png``
    does not.
    """
    if root is not None:
        for part in reversed((root.resolve().name, *path.relative_to(root).parts[:-1])):
            plain = unicodedata.normalize("NFKC", part)
            if len(plain) == 1 and plain in "0123456789":
                return int(plain)
    found = _NAMED.fullmatch(unicodedata.normalize("NFKC", path.stem))
    return int(found[1]) if found else None


def _walk(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: _order(entry.name))
    except OSError:
        return  # a folder that may not be read holds nothing for us
    if (status.st_dev, status.st_ino) in entered:
        return
    entered.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SYSTEM_FOLDERS:
            continue
        if entry.is_dir():
            yield from _walk(folder / entry.name, entered)
        elif entry.is_file():
            yield folder / entry.name


def _order(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return a key by which 2 comes before 10, whatever the system's order is."""
    parts = re.split(r"([0-9]{1,18})", name)
    return tuple((int(part), "") if at % 2 else (0, part.casefold()) for at, part in enumerate(parts)), name


def _original(path: Path) -> bytes:
    if path.stat().st_size <= ORIGINAL_BYTES:
        return path.read_bytes()
    with path.open("rb") as file, Image.open(file) as image:
        small = image.convert("RGBA" if "A" in image.getbands() else "RGB")
        small.thumbnail((ORIGINAL_SIDE, ORIGINAL_SIDE))
        buffer = io.BytesIO()
        small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
