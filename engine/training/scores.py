"""What a confusion matrix says of each digit: recall, precision, both with n and an interval."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import Confusion
from engine.training.interval import wilson

DIGITS = 10


@dataclass(frozen=True, slots=True)
class DigitScore:
    """How one digit is read.

    Attributes:
        digit: 0 … 9.
        n: images that are this digit.
        said: images that are read as it.
        right: images that are both.
    """

    digit: int
    n: int
    said: int
    right: int

    @property
    def recall(self) -> float | None:
        """Share of its images that are read right, 0 … 1; None without images."""
        return self.right / self.n if self.n else None

    @property
    def precision(self) -> float | None:
        """Share of the answers "it is this digit" that are right, 0 … 1; None where it was never said."""
        return self.right / self.said if self.said else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, 0 … 1; None where neither image nor answer is this digit."""
        return 2 * self.right / (self.n + self.said) if self.n + self.said else None

    def recall_interval(self) -> tuple[float, float]:
        """Return the 95 % Wilson interval of the recall."""
        return wilson(self.right, self.n)

    def precision_interval(self) -> tuple[float, float]:
        """Return the 95 % Wilson interval of the precision."""
        return wilson(self.right, self.said)


def scores_of(confusion: Confusion) -> list[DigitScore]:
    """Return a score for each digit 0 … 9 of a matrix of 10 rows (true digit) of 10 counts (answer)."""
    return [
        DigitScore(
            digit,
            n=sum(confusion[digit]),
            said=sum(row[digit] for row in confusion),
            right=confusion[digit][digit],
        )
        for digit in range(DIGITS)
    ]


def total_of(confusion: Confusion) -> tuple[int, int]:
    """Return how many images are read right, and how many there are."""
    return sum(confusion[digit][digit] for digit in range(DIGITS)), sum(sum(row) for row in confusion)
