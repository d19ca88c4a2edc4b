"""A sheet of paper on a table: where it lies, so that the table's grain and the sheet's edge are not ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.data.closing import open_up, shrink

_DARK = 0.45  # of the brightest light: hardly a shadow on paper is deeper, a table may be
_LEAST_TABLE = 0.03  # of the picture
_AROUND = 0.3  # of the picture's border: a table takes up more
_SHEET = 0.25  # of the long side: a sheet is wider
_EDGE = 0.012  # of the long side: as near to its edge a sheet curls, shades and blurs
_SHARP = 0.1  # of the brightest light: a sheet's edge is a greater step than light that fades
_LAG = 3  # pixels between two that are compared for grain
_SMOOTHEST = 0.8  # share of the pixels that show the grain; the others may be edges and ink
_COARSER = 1.3  # times the grain of the paper: no shadow raises it, another material does

Levels = NDArray[np.uint8]


def paper_on_table(smooth: Levels, ground: Levels, threshold: int) -> NDArray[np.bool_] | None:
    """Return where the paper of a sheet is, (H, W) bool, without its edge; None where none lies on a table.

    What is darker than a shadow is a table, and so is what is darker and has a coarser grain.

    Args:
        smooth: (H, W) uint8 picture.
        ground: (H, W) uint8, the same without dark ink.
        threshold: levels of the ground up to it are dark.
    """
    edge = max(2, round(_EDGE * max(smooth.shape)))
    brightest = float(np.percentile(ground, 99))
    for level in (_DARK * brightest, threshold):
        sheet = ground > level
        if not _is_surrounded(sheet):
            continue
        paper, table = shrink(sheet, edge), shrink(~sheet, edge)
        is_other = level == _DARK * brightest or _grain(smooth, table) > _COARSER * _grain(smooth, paper)
        if is_other and _step(ground, paper, table, edge) > _SHARP * brightest:
            return paper
    return None


def _step(ground: Levels, paper: NDArray[np.bool_], table: NDArray[np.bool_], edge: int) -> float:
    """Return by how many levels the ground falls from the edge of the paper to the table beside it."""
    within, beyond = paper & ~shrink(paper, edge), table & ~shrink(table, edge)
    if not within.any() or not beyond.any():
        return 0.0
    return float(ground[within].mean()) - float(ground[beyond].mean())


def _is_surrounded(paper: NDArray[np.bool_]) -> bool:
    border = np.concatenate([paper[0], paper[-1], paper[:, 0], paper[:, -1]])
    if 1 - paper.mean() < _LEAST_TABLE or 1 - border.mean() < _AROUND:
        return False
    factor = max(1, max(paper.shape) // 64)
    coarse = np.where(paper[::factor, ::factor], np.uint8(255), np.uint8(0))
    return bool(open_up(coarse, round(_SHEET * max(coarse.shape))).any())


def _grain(smooth: Levels, where: NDArray[np.bool_]) -> float:
    """Return by how many levels neighbours differ there, without what differs most."""
    apart = np.abs(smooth[:, _LAG:].astype(np.int16) - smooth[:, :-_LAG])[where[:, _LAG:] & where[:, :-_LAG]]
    if not len(apart):
        return 0.0
    kept = np.minimum(np.cumsum(np.bincount(apart, minlength=256)), _SMOOTHEST * len(apart))
    return float(np.diff(kept, prepend=0) @ np.arange(len(kept))) / float(kept[-1])
