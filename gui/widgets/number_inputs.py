"""Number fields for settings that grow by factors: batch size and learning rate."""

from __future__ import annotations

import math

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

ROUND = (1.0, 2.0, 3.0, 5.0)  # the arrows go 0.001, 0.002, 0.003, 0.005, 0.01 …


class DoublingSpin(QSpinBox):
    """Any whole number can be typed; the arrows go to the next power of two."""

    def stepBy(self, steps: int) -> None:
        for _ in range(abs(steps)):
            value = max(self.value(), 1)
            power = math.floor(math.log2(value))
            if steps > 0:
                self.setValue(2 ** (power + 1))
            else:
                smaller = 2 ** (power - 1) if power else self.minimum()
                self.setValue(2**power if 2**power < value else smaller)


class FactorSpin(QDoubleSpinBox):
    """Shows 0.003 as 0.003, takes 0.003, .003 and 3e-3; the arrows go 1, 2, 3, 5, 10."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(9)

    def textFromValue(self, value: float) -> str:
        if value == 0:
            return "0"
        digits = max(0, 3 - math.floor(math.log10(abs(value))))  # four figures are enough
        text = self.locale().toString(value, "f", digits)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text

    def valueFromText(self, text: str) -> float:
        number = self._number(text)
        return number if number is not None else self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number(text)
        if number is not None:
            inside = self.minimum() <= number <= self.maximum()
            return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position
        unfinished = all(sign in "0123456789.,eE+-" for sign in text.strip())
        return (QValidator.State.Intermediate if unfinished else QValidator.State.Invalid), text, position

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = _next_round(value, steps > 0)
        self.setValue(value)

    def _number(self, text: str) -> float | None:
        """Read ``text`` with a point or as the locale writes it; None if it is not a number."""
        plain = text.strip().replace(self.locale().decimalPoint(), ".").replace(",", ".")
        try:
            number = float(plain)
        except ValueError:
            return None
        return number if math.isfinite(number) else None


def _next_round(value: float, up: bool) -> float:
    """Return the next of …, 0.001, 0.002, 0.003, 0.005, 0.01, … above or below ``value``."""
    if value <= 0:
        return 1e-4 if up else 0.0
    power = math.floor(math.log10(value) + 1e-9)
    ladder = [float(f"{base}e{exponent}") for exponent in (power - 1, power, power + 1) for base in ROUND]
    if up:
        return next(rung for rung in ladder if rung > value * (1 + 1e-6))
    return next(rung for rung in reversed(ladder) if rung < value * (1 - 1e-6))
