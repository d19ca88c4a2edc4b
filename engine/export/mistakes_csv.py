"""What a model takes for what, as tables: the matrix, a line a digit, a line an image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.events import Confusion
from engine.export.tables import table
from engine.training.scores import DIGITS, scores_of

SCORE_COLUMNS = (
    *("digit", "n", "right", "recall", "recall_low", "recall_high"),
    *("answers", "precision", "precision_low", "precision_high", "f1"),
)
IMAGE_COLUMNS = ("id", "split", "label", "answer", "probability", *(f"p{digit}" for digit in range(DIGITS)))


def matrix_table(confusion: Confusion) -> bytes:
    """Return the matrix: a line a label, a column an answer."""
    return table(
        ["label \\ answer", *map(str, range(DIGITS))],
        [[digit, *row] for digit, row in enumerate(confusion)],
    )


def scores_table(confusion: Confusion) -> bytes:
    """Return a line a digit: recall and precision, 0 … 1, with n and 95 % Wilson intervals."""
    lines = []
    for score in scores_of(confusion):
        recall, precision = score.recall_interval(), score.precision_interval()
        known = score.recall is not None, score.precision is not None
        lines.append(
            [
                *(score.digit, score.n, score.right, score.recall),
                *(recall if known[0] else (None, None)),
                *(score.said, score.precision),
                *(precision if known[1] else (None, None)),
                score.f1,
            ]
        )
    return table(SCORE_COLUMNS, lines)


def images_table(lines: Iterable[tuple[int, str, int, int, Sequence[float]]]) -> bytes:
    """Return a line an image; each of ``lines``: id, split, label, answer, ten probabilities."""
    return table(
        IMAGE_COLUMNS,
        (
            [id_, split, label, answer, float(max(shares)), *map(float, shares)]
            for id_, split, label, answer, shares in lines
        ),
    )
