"""What a model answers for one picture; nothing here needs PyTorch."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer for one image.

    Attributes:
        label: the most probable digit, even when unsure.
        confidence: its probability among the digits, 0 … 1.
        probabilities: of the digits 0 … 9, sum 1.
        is_digit: False for an empty image, for what is no digit, and for an unsure answer.
        digit_share: how likely it is one digit at all, 0 … 1; 1 where nobody judged that.
    """

    label: int
    confidence: float
    probabilities: tuple[float, ...]
    is_digit: bool
    digit_share: float = 1.0

    @property
    def trust(self) -> float:
        """How likely it is a digit, or this one, whichever is less likely, 0 … 1."""
        return min(self.confidence, self.digit_share)

    def judged(self, threshold: float) -> Prediction:
        """Return the same answer, given where its trust reaches ``threshold``; always given at 0."""
        return replace(self, is_digit=self.trust >= threshold)
