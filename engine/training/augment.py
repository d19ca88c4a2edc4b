"""Variations of a batch as other hands would write it: moved, turned, slanted, thicker; never mirrored."""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from engine.augmentation import Amounts

SIZE = 28
PIXEL = 2 / SIZE  # one pixel in grid_sample's coordinates, which run from -1 to 1
KNOTS = 5  # the elastic field is drawn on a KNOTS × KNOTS grid and interpolated


def augment(images: Tensor, limits: Amounts, generator: torch.Generator) -> Tensor:
    """Return a varied copy of ``images``.

    Args:
        images: (B, 1, 28, 28) float32, 0 … 1.
        limits: how far.
        generator: a CPU generator; the numbers are drawn there on every device, so that they are equal.
    """
    count, device = len(images), images.device
    amounts = torch.rand(count, 7, generator=generator) * 2 - 1
    grid = functional.affine_grid(
        _affine(amounts, limits).to(device), [count, 1, SIZE, SIZE], align_corners=False
    )
    if limits.elastic:
        knots = torch.randn(count, KNOTS, KNOTS, 2, generator=generator) * (limits.elastic * PIXEL)
        grid = grid + _spread(knots.to(device))
    moved = functional.grid_sample(images, grid, align_corners=False)
    if limits.thicker or limits.thinner:
        moved = _change_width(moved, amounts[:, 6].to(device), limits)
    return moved


def _affine(amounts: Tensor, limits: Amounts) -> Tensor:
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


def _change_width(images: Tensor, amount: Tensor, limits: Amounts) -> Tensor:
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
