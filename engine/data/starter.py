"""The 10,000 digits that ship with the program: 1,000 a class, of MNIST's train part."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.document import Document
from engine.data.sample_types import SIDE, STARTER, Added
from engine.data.splits import Split, SplitRule
from engine.errors import Code, EngineError
from engine.resources import asset

COUNT = 10_000
KEPT = 10
FILE = "starter/digits.xz"
# of labels and pixels as they are unpacked, so that any version of xz may pack them
SHA256 = "21c9a0a338f6e5fbc09bd5777b50e27487be2cd55f1668d53e92692ed754a4f4"


def load() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return images (10000, 28, 28), white ink on black, and labels (10000,).

    Raises:
        EngineError: ASSET_MISSING or ASSET_DAMAGED.
    """
    path = asset(FILE)
    try:
        packed = path.read_bytes()
    except OSError:
        raise EngineError(Code.ASSET_DAMAGED, path=path) from None
    return _unpack(packed, path)


def load_rehearsed() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return those that are mixed in where few own digits are learned.

    They are nine of ten (see ``load_kept``), without those that a new document holds back to validate and
    test: a lesson would flatter itself there.
    """
    images, labels = load()
    chosen = ~_is_kept() & ~held_back(labels)
    return images[chosen], labels[chosen]


def load_kept() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return every KEPT-th digit: never rehearsed, so that they show whether something was forgotten."""
    images, labels = load()
    return images[_is_kept()], labels[_is_kept()]


def held_back(labels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which of the starter digits validate or test in a new document, (10000,)."""
    rule = SplitRule({}, {})
    return np.array([rule.place(int(label)) != Split.TRAIN.code for label in labels])


def _is_kept() -> NDArray[np.bool_]:
    kept: NDArray[np.bool_] = np.arange(COUNT) % KEPT == 0
    return kept


def add_to(document: Document) -> Added:
    """Add the starter digits as one step of undo; those that are there already are left out."""
    images, labels = load()
    return document.samples.add_arrays(images, labels, source=STARTER, skip_duplicates=True)


def pack(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> bytes:
    """Return the file that ``load`` reads: labels, then pixels, in one xz stream.

    The settings were measured on a plain draw: 1.37 MB, against 1.52 MB as a lossless WebP sheet and
    1.67 MB as a PNG sheet.
    """
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
    return lzma.compress(content_of(images, labels), lzma.FORMAT_XZ, lzma.CHECK_CRC64, filters=filters)


def content_of(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> bytes:
    """Return what the file holds before it is packed."""
    return labels.astype(np.uint8).tobytes() + images.astype(np.uint8).tobytes()


def _unpack(packed: bytes, path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    try:
        content = lzma.decompress(packed, lzma.FORMAT_XZ)
    except lzma.LZMAError:
        raise EngineError(Code.ASSET_DAMAGED, path=path) from None
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise EngineError(Code.ASSET_DAMAGED, path=path)
    values = np.frombuffer(content, np.uint8)
    return values[COUNT:].reshape(COUNT, SIDE, SIDE), values[:COUNT]
