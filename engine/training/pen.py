"""Training digits that are stored as pen strokes, drawn anew for each epoch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.handwriting.redraw import Trace, redraw, trace_of
from engine.data.strokes import from_json
from engine.errors import Code, EngineError

AHEAD = 256  # digits that are drawn at once, for this batch and the next ones


class Pen:
    """Redraws the digits of a train split; how, follows from seed, epoch and digit alone.

    Strokes are read when a digit first comes, so that a training on many begins at once. Drawing goes some
    batches ahead: each call into NumPy may wait for a window that is busy, however much it then draws.
    """

    def __init__(self, strokes: Mapping[int, bytes], seed: int, path: Path) -> None:
        """Take the strokes by the digits' places in the split.

        Args:
            strokes: as JSON; digits without are shown as they are.
            seed: of the training.
            path: where the strokes come from.
        """
        self._strokes = strokes
        self._seed = seed
        self._path = path
        self._traces: dict[int, Trace | None] = {}
        self._order: Tensor | None = None  # of the epoch whose places these are
        self._places: list[int] = []
        self._drawn = np.empty((0, 28, 28), np.uint8)
        self._row_of: dict[tuple[int, int], int] = {}  # in ``_drawn``, by epoch and place

    def redrawn(self, images: Tensor, order: Tensor, first: int, epoch: int) -> Tensor:
        """Return a batch as it is drawn in ``epoch``.

        Args:
            images: (B, 28, 28) uint8 as they are stored.
            order: (N,) places in the split, in the order of the epoch.
            first: where in ``order`` the batch begins.
            epoch: from 1.

        Raises:
            EngineError: DOCUMENT_DAMAGED where strokes cannot be read.
        """
        if order is not self._order:
            self._order, self._places = order, order.tolist()
        places = self._places[first : first + len(images)]
        rows = [row for row, place in enumerate(places) if self._trace(place) is not None]
        if not rows:
            return images
        wanted = [(epoch, places[row]) for row in rows]
        if not all(key in self._row_of for key in wanted):
            self._draw_ahead(self._places[first : first + max(AHEAD, len(images))], epoch)
        drawn = torch.from_numpy(self._drawn[[self._row_of[key] for key in wanted]])
        return images.index_copy(0, torch.tensor(rows, device=images.device), drawn.to(images.device))

    def _draw_ahead(self, upcoming: list[int], epoch: int) -> None:
        places = [place for place in dict.fromkeys(upcoming) if self._trace(place) is not None]
        self._drawn = self.draw(places, epoch)
        self._row_of = {(epoch, place): row for row, place in enumerate(places)}

    def draw(self, places: list[int], epoch: int) -> NDArray[np.uint8]:
        """Return digits that have strokes, at least one, as ``epoch`` shows them: (B, 28, 28)."""
        traces = [trace for place in places if (trace := self._trace(place)) is not None]
        return redraw(traces, [np.random.default_rng((self._seed, epoch, place)) for place in places])

    def _trace(self, place: int) -> Trace | None:
        if place not in self._strokes:
            return None
        if place not in self._traces:
            try:
                self._traces[place] = trace_of(from_json(self._strokes[place].decode()))
            except (ValueError, RecursionError) as error:
                detail = "the strokes of a digit"
                raise EngineError(Code.DOCUMENT_DAMAGED, path=self._path, detail=detail) from error
        return self._traces[place]
