"""Digits from NumPy files, and arrays of any size or polarity made canonical."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from engine.data import preprocess
from engine.data.found import MOST_DIGITS, NONE, SIDE, Found
from engine.data.plain_files import open_plain
from engine.errors import Code, EngineError

SUFFIXES = (".npz", ".npy")
_MOST_BYTES = MOST_DIGITS * SIDE * SIDE

# names of images and labels that go together, as the well-known files have them
_PAIRS = (
    ("images", "labels"),
    ("x", "y"),
    ("x_train", "y_train"),
    ("x_val", "y_val"),
    ("x_test", "y_test"),
    ("train_images", "train_labels"),
    ("val_images", "val_labels"),
    ("test_images", "test_labels"),
    ("data", "target"),
    ("arr_0", "arr_1"),
)

Arrays = dict[str, NDArray[Any]]


def read(path: Path) -> Found:
    """Read an ``.npz`` or ``.npy`` file; nothing in it is ever executed.

    Images are (N, 28, 28), (N, 784) or with one channel, of whole numbers 0 … 255 or of 0 … 1; other sizes
    go through the preprocessing of pictures. Pairs such as ``x_train``, ``y_train`` are joined. Polarity is
    that of the whole array (see ``canonical``).

    Raises:
        EngineError: ARRAYS_DAMAGED, LABEL_INVALID, FILE_UNREADABLE.
    """
    try:
        with open_plain(path) as file:
            arrays = (
                _read_zip(file)
                if path.suffix.lower() == ".npz"
                else {"images": _read_array(file, path.stat().st_size)}
            )
        pairs = _pairs(arrays)
        images = [canonical(_as_images(pixels)) for pixels, _ in pairs]
        labels = [as_labels(answers, len(pixels)) for pixels, answers in pairs]
    except EngineError:
        raise
    except OSError as error:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from error
    except Exception as error:  # the readers of zip files and headers raise whatever the damage leads them to
        raise EngineError(Code.ARRAYS_DAMAGED, path=path) from error
    return Found(np.concatenate(images), np.concatenate(labels))


def canonical(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return digits (N, H, W) as (N, 28, 28), white ink on black.

    Polarity is decided for the array as a whole, from the outermost ring of pixels, where ink is rare: a
    light ring means dark ink on a light ground, and everything is inverted. 28×28 pixels are otherwise kept
    as they are, since data sets of that size are canonical already; other sizes are prepared like pictures.
    """
    if images.shape[1:] != (SIDE, SIDE):
        prepared = [preprocess.from_image(image).digit for image in images]
        return np.stack(prepared) if prepared else np.zeros((0, SIDE, SIDE), np.uint8)
    ring = np.ones((SIDE, SIDE), bool)
    ring[1:-1, 1:-1] = False
    is_light = len(images) > 0 and float(images[:, ring].mean()) > 127.5
    return np.ascontiguousarray(255 - images if is_light else images, np.uint8)


def as_labels(answers: NDArray[Any] | None, count: int) -> NDArray[np.int8]:
    """Return ``count`` labels as int8, -1 for none; one-hot rows are understood.

    Raises:
        ValueError: there are not as many.
        EngineError: LABEL_INVALID.
    """
    if answers is None:
        return np.full(count, NONE, np.int8)
    if answers.ndim == 2 and answers.shape[1] == 10:
        answers = answers.argmax(axis=1)
    answers = answers.reshape(-1)
    if len(answers) != count:
        raise ValueError(f"{len(answers)} labels for {count} images")
    wrong = (answers < NONE) | (answers > 9) | (answers != np.floor(answers))
    if wrong.any():
        raise EngineError(Code.LABEL_INVALID, value=answers[wrong][0])
    return answers.astype(np.int8)


def _read_zip(file: IO[bytes]) -> Arrays:
    arrays: Arrays = {}
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".npy"):
                with archive.open(entry) as member:
                    arrays[entry.filename[: -len(".npy")]] = _read_array(member, entry.file_size)
    return arrays


def _read_array(file: IO[bytes], size: int) -> NDArray[Any]:
    """Read one array of at most ``size`` bytes; its header is judged before memory is taken."""
    version = npy.read_magic(file)
    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, fortran, dtype = header(file)
    length = int(np.prod(shape, dtype=object)) * dtype.itemsize
    if dtype.hasobject or dtype.kind not in "buif" or not 0 < length <= min(size, 8 * _MOST_BYTES):
        raise ValueError(f"not numbers, or not {length} bytes")
    content = file.read(length)
    if len(content) != length:
        raise EOFError
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran else "C")


def _pairs(arrays: Arrays) -> list[tuple[NDArray[Any], NDArray[Any] | None]]:
    """Return images with their labels: by well-known names, else by what their shapes allow."""
    by_name = {name.lower(): array for name, array in arrays.items()}
    pairs = [
        (by_name[images], by_name.get(labels))
        for images, labels in _PAIRS
        if images in by_name and by_name[images].ndim >= 2
    ]
    if pairs:
        return pairs
    pictures = [array for array in arrays.values() if array.ndim >= 3 or array.shape[1:] == (SIDE * SIDE,)]
    if len(pictures) != 1:
        raise ValueError(f"{len(pictures)} arrays of images")
    answers = [array for array in arrays.values() if array.shape == (len(pictures[0]),)]
    return [(pictures[0], answers[0] if len(answers) == 1 else None)]


def _as_images(array: NDArray[Any]) -> NDArray[np.uint8]:
    """Return (N, H, W) uint8 of what holds one grey value a pixel."""
    if array.ndim == 4 and 1 in (array.shape[1], array.shape[3]):
        array = array[:, 0] if array.shape[1] == 1 else array[..., 0]
    if array.ndim == 2 and array.shape[1] == SIDE * SIDE:
        array = array.reshape(-1, SIDE, SIDE)
    if array.ndim != 3 or len(array) > MOST_DIGITS or 0 in array.shape:
        raise ValueError(f"not images: {array.shape}")
    if array.dtype == np.uint8:
        return array
    low, high = float(array.min()), float(array.max())
    if not 0 <= low <= high <= 255:  # also where a value is not a number
        raise ValueError(f"values from {low} to {high}")
    scale = 255.0 if array.dtype.kind in "bf" and high <= 1 else 1.0
    whole: NDArray[np.uint8] = np.rint(array.astype(np.float32) * scale).astype(np.uint8)
    return whole
