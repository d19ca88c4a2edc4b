"""What a model answers when the same digit is laid on the paper in another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from engine.data.preprocess import from_image

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction
    from engine.inference.predictor import Predictor

SIDE = 28
PAGE = 64  # side of the sheet on which the digit is varied, pixels
LARGE = 2 * SIDE  # side of the digit on it
MOVE = 10  # pixels of the sheet: a digit of 20 × 20 nearly reaches its corner
TURN = 20.0  # degrees
SMALL, WIDE = 0.6, 1.35

Page = NDArray[np.uint8]  # (PAGE, PAGE), 0 paper … 255 ink


class Kind(StrEnum):
    """In which way it lies there."""

    MOVED = "moved"
    TURNED_LEFT = "turned_left"
    TURNED_RIGHT = "turned_right"
    SMALLER = "smaller"
    WIDER = "wider"
    THINNER = "thinner"
    THICKER = "thicker"
    INVERTED = "inverted"


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """One way and the answer to it.

    Attributes:
        kind: the way.
        page: the sheet as it was read, (PAGE, PAGE) uint8, 0 dark … 255 light.
        digit: what the model saw of it, (28, 28) uint8.
        prediction: the answer.
    """

    kind: Kind
    page: Page
    digit: NDArray[np.uint8]
    prediction: Prediction


def variations(
    predictor: Predictor, digit: NDArray[np.uint8], is_wanted: Callable[[], bool] = lambda: True
) -> list[Variation]:
    """Vary (28, 28) uint8 ``digit`` in every way and read each through the one preprocessing.

    Where ``is_wanted``, asked before each, says no, there are none.
    """
    sheets: list[Page] = []
    digits: list[NDArray[np.uint8]] = []
    for kind in Kind:
        if not is_wanted():
            return []
        sheets.append(sheet(digit, kind))
        digits.append(from_image(sheets[-1]).digit)
    answers = predictor.predict(np.stack(digits))
    return [Variation(*each) for each in zip(Kind, sheets, digits, answers, strict=True)]


def sheet(digit: NDArray[np.uint8], kind: Kind) -> Page:
    """Return the digit varied, as dark ink on light paper; inverted, as light ink on a dark ground."""
    page = vary(lay(digit), kind)
    return page if kind is Kind.INVERTED else 255 - page


def lay(digit: NDArray[np.uint8]) -> Page:
    """Return the digit with its ink in the middle of a blank sheet, enlarged; 0 paper … 255 ink."""
    page = np.zeros((PAGE, PAGE), np.uint8)
    if digit.any():
        large = np.asarray(Image.fromarray(digit).resize((LARGE, LARGE), Image.Resampling.BICUBIC))
        rows, columns = (np.flatnonzero(large.any(axis=axis)) for axis in (1, 0))
        ink = large[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        top, left = ((PAGE - side) // 2 for side in ink.shape)
        page[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return page


def vary(page: Page, kind: Kind) -> Page:
    """Return a sheet of ink varied; what is inverted is only read the other way round."""
    if kind is Kind.MOVED:
        return _seen(page, shift=MOVE)
    if kind in (Kind.TURNED_LEFT, Kind.TURNED_RIGHT):
        degrees = TURN if kind is Kind.TURNED_LEFT else -TURN
        return np.asarray(Image.fromarray(page).rotate(degrees, Image.Resampling.BICUBIC))
    if kind is Kind.SMALLER:
        return _seen(page, wide=SMALL, high=SMALL)
    if kind is Kind.WIDER:
        return _seen(page, wide=WIDE)
    if kind is Kind.THINNER:
        return np.asarray(Image.fromarray(page).filter(ImageFilter.MinFilter(3)))
    if kind is Kind.THICKER:
        return np.asarray(Image.fromarray(page).filter(ImageFilter.MaxFilter(5)))
    return page


def _seen(page: Page, wide: float = 1.0, high: float = 1.0, shift: int = 0) -> Page:
    """Return the sheet stretched about its middle, or moved right and down by whole pixels."""
    middle = PAGE / 2
    matrix = (1 / wide, 0, middle - middle / wide - shift, 0, 1 / high, middle - middle / high - shift)
    how = Image.Resampling.BICUBIC if (wide, high) != (1.0, 1.0) else Image.Resampling.NEAREST
    return np.asarray(Image.fromarray(page).transform((PAGE, PAGE), Image.Transform.AFFINE, matrix, how))
