"""Decoding pictures safely: any mode of any common format becomes one plane of tone, or of coverage."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from engine.data.plain_files import open_plain
from engine.errors import Code, EngineError

ImageSource: TypeAlias = Path | bytes | Image.Image | NDArray[np.uint8]

LIMIT_MEGAPIXELS = 100
WORKING_PIXELS = 1_000_000
"""Larger pictures are reduced by a whole factor first, which bounds the cost of all that follows."""
# formats that only decode pixels: none of these starts another program
_FORMATS = ("PNG", "JPEG", "MPO", "BMP", "GIF", "WEBP", "TIFF", "PPM", "TGA", "ICO", "AVIF")
_WIDE_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_UNIFORM_SPREAD = 48  # levels within which visible pixels count as one colour of ink
_COLOUR_SPREAD = 12  # mean levels between the channels from which a picture counts as coloured
_DOTTED_FROM = 100  # pixels of the shorter side from which two-colour pictures may show greys as dots
_DOTS_MELT = 0.8  # pixels of blur that make lone dots too faint for ink; lines of one pixel stay


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is looked at for ink.

    Attributes:
        tone: (H, W) uint8; brightness, or coverage where the picture is transparent.
        is_coverage: tone is how much ink covers each pixel: 255 is ink whatever its colour.
        dark_ink: for coverage: the ink that covers is dark.
        scale: source pixels a pixel of tone.
    """

    tone: NDArray[np.uint8]
    is_coverage: bool
    dark_ink: bool
    scale: int


def read_picture(source: ImageSource) -> Picture:
    """Decode a file, its bytes, a Pillow image or an array of shape (H, W), (H, W, 3) or (H, W, 4).

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE (found from
            the header, before anything is decoded). ``path`` is empty where the source is not a file.
    """
    if isinstance(source, Path):
        return _read_file(source)
    if isinstance(source, bytes):
        if not source:
            raise EngineError(Code.FILE_EMPTY, path="")
        return _decode(io.BytesIO(source), "")
    try:
        image = source if isinstance(source, Image.Image) else _array_image(source)
        _check_size(image.size, "")
        return _picture(image)
    except (OSError, ValueError, TypeError) as error:
        raise EngineError(Code.IMAGE_UNREADABLE, path="") from error


def _read_file(path: Path) -> Picture:
    try:
        # an open file, not a path: libraries below Pillow mishandle Japanese names on Windows
        with open_plain(path) as file:
            if not file.read(1):
                raise EngineError(Code.FILE_EMPTY, path=path)
            file.seek(0)
            return _decode(file, path)
    except FileNotFoundError as error:
        raise EngineError(Code.FILE_MISSING, path=path) from error
    except OSError as error:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from error


def _decode(file: BinaryIO, path: Path | str) -> Picture:
    try:
        Image.init()
        formats = [name for name in _FORMATS if name in Image.OPEN]
        with _size_checked_here(), Image.open(file, formats=formats) as image:
            _check_size(image.size, path)
            width, factor = image.width, _factor(image.size)
            if image.format == "JPEG" and factor > 1:  # a JPEG can be decoded at a half, quarter or eighth
                image.draft(None, (image.width // factor, image.height // factor))
            return _picture(image, decoded_at=round(width / image.width))
    except EngineError:
        raise
    except Exception as error:  # decoders raise OSError, SyntaxError, ValueError, struct.error, EOFError, …
        raise EngineError(Code.IMAGE_UNREADABLE, path=path) from error


@contextmanager
def _size_checked_here() -> Iterator[None]:
    """Silence Pillow's own limit while a file is read: ``_check_size`` is stricter and has its own words."""
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _check_size(size: tuple[int, int], path: Path | str) -> None:
    width, height = size
    if width * height > LIMIT_MEGAPIXELS * 1_000_000:
        raise EngineError(Code.IMAGE_TOO_LARGE, path=path, width=width, height=height, limit=LIMIT_MEGAPIXELS)
    if width * height == 0:
        raise EngineError(Code.IMAGE_UNREADABLE, path=path)


def _factor(size: tuple[int, int]) -> int:
    return math.ceil(math.sqrt(size[0] * size[1] / WORKING_PIXELS))


def _array_image(pixels: NDArray[Any]) -> Image.Image:
    array = np.asarray(pixels)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.dtype == np.bool_:
        array = array.astype(np.uint8) * 255
    if array.dtype != np.uint8:
        array = _stretched(array)
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4)):
        return Image.fromarray(np.ascontiguousarray(array))
    raise ValueError("a picture has the shape (H, W), (H, W, 3) or (H, W, 4)")


def _stretched(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Bring values of any range to 0…255; what is not finite becomes the smallest."""
    wide = np.asarray(values, np.float64)
    finite = np.isfinite(wide)
    if not finite.any():
        return np.zeros(wide.shape, np.uint8)
    low, high = float(wide[finite].min()), float(wide[finite].max())
    if low >= 0 and 1 < high <= 255:  # already in the usual range: a flat picture stays flat
        low, high = 0.0, 255.0
    span = high / 2 - low / 2  # halves: the difference of two large numbers may overflow
    if span == 0:
        return np.zeros(wide.shape, np.uint8)
    tone = np.where(finite, (wide / 2 - low / 2) / span, 0.0)
    return (tone * 255 + 0.5).astype(np.uint8)


def _picture(image: Image.Image, decoded_at: int = 1) -> Picture:
    """Reduce, turn upright and flatten to one plane."""
    if image.mode in _WIDE_MODES:
        image = Image.fromarray(_stretched(np.asarray(image)))
    elif image.mode == "1":
        image = image.convert("L")
        if min(image.size) >= _DOTTED_FROM:
            image = image.filter(ImageFilter.GaussianBlur(_DOTS_MELT))
    elif "transparency" in image.info or image.mode in ("LA", "La", "PA", "RGBa"):
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    factor = _factor(image.size)
    orientation = image.getexif().get(0x0112, 1)
    if factor > 1:
        image = image.reduce(factor)
        image.getexif()[0x0112] = orientation
    if orientation != 1:
        image = ImageOps.exif_transpose(image)
    scale = factor * decoded_at
    if image.mode == "RGBA":
        return _flatten(np.asarray(image), scale)
    return Picture(_tone(np.asarray(image)), is_coverage=False, dark_ink=False, scale=scale)


def _flatten(pixels: NDArray[np.uint8], scale: int) -> Picture:
    """Take coverage as the ink where all that shows has one colour, else lay the picture on its own paper."""
    coverage = pixels[:, :, 3]
    tone = _tone(pixels[:, :, :3])
    if coverage.min() >= 250:
        return Picture(tone, is_coverage=False, dark_ink=False, scale=scale)
    visible = tone[coverage >= 128]
    if not len(visible):
        visible = tone[coverage > 0]
    if not len(visible):
        return Picture(coverage, is_coverage=True, dark_ink=False, scale=scale)
    low, median, high = np.percentile(visible, (2, 50, 98))
    if high - low < _UNIFORM_SPREAD:
        return Picture(coverage, is_coverage=True, dark_ink=bool(median < 128), scale=scale)
    share = coverage.astype(np.float32) / 255
    laid = tone * share + np.float32(median) * (1 - share)
    return Picture((laid + 0.5).astype(np.uint8), is_coverage=False, dark_ink=False, scale=scale)


def _tone(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return brightness, or for coloured pictures the colour axis along which they vary most.

    Red on green of the same brightness has no contrast in grey; along the first principal axis it has.
    """
    if pixels.ndim == 2:
        return pixels
    sample = pixels[:: max(1, pixels.shape[0] // 64), :: max(1, pixels.shape[1] // 64)].reshape(-1, 3)
    if np.ptp(sample, axis=1).mean() < _COLOUR_SPREAD / 4:
        return np.asarray(Image.fromarray(pixels).convert("L"))
    colours = sample.astype(np.float64)
    _, axes = np.linalg.eigh(np.cov(colours.T))
    axis = axes[:, -1]
    if axis.sum() < 0:  # brighter stays larger
        axis = -axis
    axis = axis / np.abs(axis).sum()
    tone = pixels @ axis.astype(np.float32) + np.float32(255 * -np.minimum(axis, 0).sum())
    flat: NDArray[np.uint8] = np.clip(tone + 0.5, 0, 255).astype(np.uint8)
    return flat
