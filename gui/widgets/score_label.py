"""One accuracy: its share with the 95 % interval, or, of few digits, how many of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from engine.training.interval import USEFUL
from gui import theme
from gui.widgets.percent import percent
from gui.widgets.sample_words import number

if TYPE_CHECKING:
    from engine.training.teach import Score

NO_FIGURE = "–"


class ScoreLabel(QLabel):
    """Shows a Score; of fewer than USEFUL digits it stands in quiet colour."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def show_share(self, score: Score) -> None:
        """Show the share, and its interval beneath."""
        if self._has(score):
            low, high = (percent(share, 1) for share in score.interval())
            self.setText(self.tr("{0}\n[{1} to {2}]").format(percent(score.accuracy, 1), low, high))

    def show_counts(self, score: Score) -> None:
        """Show how many of how many; from USEFUL digits on the share and its interval, in one line."""
        if not self._has(score):
            return
        if score.n < USEFUL:
            self.setText(self.tr("{0} of {1}").format(number(score.right), number(score.n)))
        else:
            low, high = (percent(share, 1) for share in score.interval())
            self.setText(self.tr("{0} [{1} to {2}]").format(percent(score.accuracy, 1), low, high))

    def _has(self, score: Score) -> bool:
        """Show that there is nothing, or set colour and tooltip."""
        if not score.n:
            self.setText(NO_FIGURE)
            self.setToolTip("")
            return False
        low, high = (percent(share, 1) for share in score.interval())
        self.setToolTip(self.tr("With 95 % confidence between {0} and {1}").format(low, high))
        ink = self.palette()
        ink.setColor(self.foregroundRole(), self._color(score))
        self.setPalette(ink)
        return True

    def _color(self, score: Score) -> QColor:
        parent = self.parentWidget()
        palette = parent.palette() if parent is not None else self.palette()
        return theme.colors(palette).quiet if score.n < USEFUL else palette.color(self.foregroundRole())
