"""Variations of a batch as other hands would write it: moved, turned, slanted, thicker; never mirrored."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

SIZE = 28
PIXEL = 2 / SIZE  # one pixel in grid_sample's coordinates, which run from -1 to 1
KNOTS = 5  # the elastic field is drawn on a KNOTS × KNOTS grid and interpolated


@dataclass(frozen=True, slots=True)
class Strength:
    """How far a digit may move; each amount is drawn uniformly from plus or minus its limit.

    Attributes:
        shift: pixels in each direction.
        turn: degrees; small enough that a 6 never becomes a 9, nor a 1 a 7.
        scale: relative change of width and of height, each drawn on its own.
        shear: horizontal slant, pixels a pixel of height.
        elastic: standard deviation of the local displacement, pixels.
        thinner, thicker: how much of one eroded or dilated pixel is mixed in, 0 … 1.
    """

    shift: float
    turn: float
    scale: float
    shear: float
    elastic: float = 0.0
    thinner: float = 0.0
    thicker: float = 0.0


STRENGTHS = {
    "light": Strength(shift=1.5, turn=9.0, scale=0.1, shear=0.12),
    "strong": Strength(shift=2.0, turn=12.0, scale=0.15, shear=0.2, elastic=0.8, thinner=0.3, thicker=0.5),
}


def augment(images: Tensor, strength: str, generator: torch.Generator) -> Tensor:
    """Return a varied copy of ``images``.

    Args:
        images: (B, 1, 28, 28) float32, 0 … 1.
        strength: ``light`` or ``strong``.
        generator: a CPU generator; the numbers are drawn there on every device, so that they are equal.
    """
    limits = STRENGTHS[strength]
    count, device = len(images), images.device
    amounts = torch.rand(count, 7, generator=generator) * 2 - 1
    grid = functional.affine_grid(
        _affine(amounts, limits).to(device), [count, 1, SIZE, SIZE], align_corners=False
    )
    if limits.elastic:
        knots = torch.randn(count, KNOTS, KNOTS, 2, generator=generator) * (limits.elastic * PIXEL)
        grid = grid + _spread(knots.to(device))
    moved = functional.grid_sample(images, grid, align_corners=False)
    if limits.thicker:
        moved = _change_width(moved, amounts[:, 6].to(device), limits)
    return moved


def _affine(amounts: Tensor, limits: Strength) -> Tensor:
    """Return (B, 2, 3) matrices from output to input coordinates; ``amounts`` (B, 6+) lie in -1 … 1."""
    turn = amounts[:, 0] * math.radians(limits.turn)
    cosine, sine = turn.cos(), turn.sin()
    width = 1 + amounts[:, 1] * limits.scale
    height = 1 + amounts[:, 2] * limits.scale
    shear = amounts[:, 3] * limits.shear
    shift = amounts[:, 4:6] * (limits.shift * PIXEL)
    matrix = torch.empty(len(amounts), 2, 3)
    matrix[:, 0, 0] = width * cosine
    matrix[:, 0, 1] = width * (shear * cosine - sine)
    matrix[:, 1, 0] = height * sine
    matrix[:, 1, 1] = height * (shear * sine + cosine)
    matrix[:, :, 2] = shift
    return matrix


@cache
def _interpolation(device: torch.device) -> Tensor:
    """Return (28, KNOTS) weights that spread values at the knots smoothly over the pixels."""
    knots = torch.eye(KNOTS)[None]  # (1, KNOTS, KNOTS)
    return functional.interpolate(knots[None], (SIZE, KNOTS), mode="bicubic", align_corners=True)[0, 0].to(
        device
    )


def _spread(knots: Tensor) -> Tensor:
    """Return (B, KNOTS, KNOTS, 2) displacements as a smooth (B, 28, 28, 2) field."""
    weights = _interpolation(knots.device)
    return torch.einsum("yk,bklc,xl->byxc", weights, knots, weights)


def _change_width(images: Tensor, amount: Tensor, limits: Strength) -> Tensor:
    """Mix in the dilated (amount > 0) or eroded (amount < 0) digit; ``amount`` (B,) lies in -1 … 1."""
    share = amount.view(-1, 1, 1, 1)
    thicker = _maximum(images) - images
    thinner = -_maximum(-images) - images
    return (
        images
        + share.clamp(min=0) * limits.thicker * thicker
        + (-share).clamp(min=0) * limits.thinner * thinner
    )


def _maximum(images: Tensor) -> Tensor:
    """Return the maximum over each pixel's cross of five; shifted copies are faster than pooling here."""
    padded = functional.pad(images, (1, 1, 1, 1), mode="replicate")
    across = torch.maximum(padded[..., 1:-1, :-2], padded[..., 1:-1, 2:])
    down = torch.maximum(padded[..., :-2, 1:-1], padded[..., 2:, 1:-1])
    return torch.maximum(torch.maximum(across, down), images)
