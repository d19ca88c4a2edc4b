"""A digit drawn with a pen of any width on a large page, as a picture of it would show it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from engine.data.strokes import Stroke

PAGE, RIM = 176, 28  # pixels of a page, and of its empty border


def draw(strokes: Sequence[Stroke], pen: int) -> Image.Image:
    """Draw ``strokes`` so that their longer side is PAGE less both borders; light on dark, cut to the ink.

    Args:
        strokes: (n, 2 or 3) x, y (down) and perhaps pressure, which is not drawn; in any unit.
        pen: pixels, the diameter of its round tip.
    """
    points = np.concatenate([stroke[:, :2] for stroke in strokes])
    low = points.min(axis=0)
    size = max(float(np.ptp(points, axis=0).max()), 1e-6)
    page = Image.new("L", (PAGE, PAGE))
    pencil = ImageDraw.Draw(page)
    for stroke in strokes:
        path = [(float(x), float(y)) for x, y in (stroke[:, :2] - low) / size * (PAGE - 2 * RIM) + RIM]
        pencil.line(path, fill=255, width=pen, joint="curve")
        for x, y in (path[0], path[-1]):
            pencil.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=255)
    return page.crop(page.getbbox() or (0, 0, PAGE, PAGE))
