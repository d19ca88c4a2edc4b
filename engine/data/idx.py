"""Digits from IDX files, MNIST's own format (http://yann.lecun.com/exdb/mnist)."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.arrays import as_labels, canonical
from engine.data.found import MOST_DIGITS, Found
from engine.data.plain_files import open_plain
from engine.errors import Code, EngineError

_IMAGES, _LABELS = b"\x00\x00\x08\x03", b"\x00\x00\x08\x01"  # unsigned bytes in 3 and 1 dimensions
_NAME = re.compile(r"idx[13][-.]?ubyte|\.idx[13]?(\.gz)?$", re.IGNORECASE)
_LARGEST_SIDE = 1_024  # pixels


def is_idx(path: Path) -> bool:
    """Say whether a file's name is that of an IDX file."""
    return _NAME.search(path.name) is not None


def is_labels(path: Path) -> bool:
    """Say whether a file's name is that of an IDX file of labels."""
    return is_idx(path) and re.search(r"labels|idx1", path.name, re.IGNORECASE) is not None


def images_of(labels: Path) -> list[Path]:
    """Return the names that the images of a file of labels may have."""
    return _siblings(labels, (("labels", "images"), ("idx1", "idx3")))


def labels_of(images: Path) -> list[Path]:
    """Return the names that the labels of a file of images may have, the usual one first."""
    return _siblings(images, (("images", "labels"), ("idx3", "idx1")))


def read(path: Path, needs_labels: bool = True) -> Found:
    """Read a file of images, plain or ``.gz``, with the labels that are beside it by MNIST's naming.

    28×28 pixels are kept as they are (see ``engine.data.arrays.canonical``). EMNIST stores its images
    transposed; they are turned upright.

    Raises:
        EngineError: IDX_DAMAGED, IDX_LABELS_MISSING, LABEL_INVALID, FILE_UNREADABLE.
    """
    images = _read(path, _IMAGES)
    if path.name.lower().startswith("emnist"):
        images = images.transpose(0, 2, 1)
    beside = labels_of(path)
    found = next((labels for labels in beside if labels.is_file()), None)
    if found is None and needs_labels:
        raise EngineError(Code.IDX_LABELS_MISSING, path=path, expected=beside[0].name)
    answers = _read(found, _LABELS) if found is not None else None
    try:
        return Found(canonical(images), as_labels(answers, len(images)))
    except ValueError:
        raise EngineError(Code.IDX_DAMAGED, path=found or path) from None


def _siblings(path: Path, words: tuple[tuple[str, str], ...]) -> list[Path]:
    name = path.name
    for old, new in words:
        name = re.sub(old, new, name, flags=re.IGNORECASE)
    plain = name.removesuffix(".gz")
    names = dict.fromkeys([name, plain, plain + ".gz"])
    return [path.with_name(other) for other in names]


def _read(path: Path, magic: bytes) -> NDArray[np.uint8]:
    """Return the array of a file; no more is unpacked than its header declares and is sensible."""
    try:
        with open_plain(path) as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file: Any = gzip.GzipFile(fileobj=raw) if is_packed else raw
            head = file.read(4 * (1 + magic[3]))
            sizes = [int.from_bytes(head[at : at + 4], "big") for at in range(4, len(head), 4)]
            length = int(np.prod(sizes, dtype=object))
            sensible = (
                len(sizes) == magic[3]
                and 0 < sizes[0] <= MOST_DIGITS
                and all(1 <= side <= _LARGEST_SIDE for side in sizes[1:])
            )
            if head[:4] != magic or not sensible or length > MOST_DIGITS * 784:
                raise EngineError(Code.IDX_DAMAGED, path=path)
            content = file.read(length + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise EngineError(Code.IDX_DAMAGED, path=path) from None
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None
    if len(content) != length:
        raise EngineError(Code.IDX_DAMAGED, path=path)
    return np.frombuffer(content, np.uint8).reshape(sizes)
