"""Scrolling that glides: short, and picked up where it is when the wheel is turned on."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QScrollBar, QStyle

GLIDE_MS = 110  # a wheel notch; short enough to feel direct


class Glide:
    """Moves a scroll bar; at once where the desktop asks for no animations."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._animation = QPropertyAnimation(bar, b"value", bar)
        self._animation.setDuration(GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)

    def goal(self) -> int:
        """Return where the bar is, or where it glides to."""
        if self._animation.state() == QPropertyAnimation.State.Running:
            return int(self._animation.endValue())
        return self._bar.value()

    def stop(self) -> None:
        """Stay here."""
        self._animation.stop()

    def jump_to(self, value: int) -> None:
        """Be at ``value`` now."""
        self.stop()
        self._bar.setValue(value)

    def glide_to(self, value: int) -> None:
        """Move to ``value`` in GLIDE_MS."""
        value = min(max(value, self._bar.minimum()), self._bar.maximum())
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        if self._bar.style().styleHint(hint, None, self._bar) <= 0:
            self.jump_to(value)
            return
        self._animation.stop()
        self._animation.setStartValue(self._bar.value())
        self._animation.setEndValue(value)
        self._animation.start()
