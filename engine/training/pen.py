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


class Pen:
    """Redraws the digits of a train split; how, follows from seed, epoch and digit alone.

    Strokes are read when a digit first comes, so that a training on many begins at once.
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

    def redrawn(self, images: Tensor, places: Tensor, epoch: int) -> Tensor:
        """Return a batch as it is drawn in ``epoch``.

        Args:
            images: (B, 28, 28) uint8 as they are stored.
            places: (B,) of them in the split.
            epoch: from 1.

        Raises:
            EngineError: DOCUMENT_DAMAGED where strokes cannot be read.
        """
        wanted = [(row, place) for row, place in enumerate(places.tolist()) if self._trace(place) is not None]
        if not wanted:
            return images
        drawn = self.draw([place for _, place in wanted], epoch)
        rows = torch.tensor([row for row, _ in wanted], device=images.device)
        return images.index_copy(0, rows, torch.from_numpy(drawn).to(images.device))

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
