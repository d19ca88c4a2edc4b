"""What a lesson came to: own digits and the others, before and after, and how much that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.training.interval import USEFUL
from gui import theme
from gui.messages import joined
from gui.widgets.sample_words import number
from gui.widgets.score_label import ScoreLabel

if TYPE_CHECKING:
    from engine.training.teach import Score, Taught


class HandResult(QWidget):
    """A table of two rows and what stands behind it; empty until something was learned.

    Attributes:
        own, others: ``handOwnBefore``, ``handOwnAfter`` and ``handOthersBefore``, ``handOthersAfter``.
        note: ``handNote``: how it was measured.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads = [QLabel() for _ in range(3)]
        self._names = [QLabel(wordWrap=True) for _ in range(2)]
        self.own = [ScoreLabel("handOwnBefore"), ScoreLabel("handOwnAfter")]
        self.others = [ScoreLabel("handOthersBefore"), ScoreLabel("handOthersAfter")]
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("handNote")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(self.fontMetrics().height())
        for column, head in enumerate(self._heads):
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, column)
        for row, figures in enumerate((self.own, self.others), start=1):
            grid.addWidget(self._names[row - 1], row, 0)
            for column, figure in enumerate(figures, start=1):
                grid.addWidget(figure, row, column)
        grid.addWidget(self.note, 3, 0, 1, 3)
        self.hide()

    def show_taught(self, taught: Taught) -> None:
        """Say what was learned."""
        own, others = taught.own_before.n, taught.kept_before.n
        self._heads[1].setText(self.tr("before"))
        self._heads[2].setText(self.tr("after"))
        self._names[0].setText(self.tr("Your digits ({0})").format(number(own)))
        self._names[1].setText(self.tr("Starter digits ({0})").format(number(others)))
        self._fill(self.own, taught.own_before, taught.own_after)
        self._fill(self.others, taught.kept_before, taught.kept_after)
        self.note.setText(self._how(taught))
        self.note.setAccessibleName(self.note.text())
        self._dress()
        self.show()

    def _how(self, taught: Taught) -> str:
        others = self.tr(
            "The starter digits were not used in this lesson: they show whether anything was forgotten."
        )
        if not taught.own_before.n:
            nothing = self.tr(
                "How well it reads you now was not measured: that takes two of a digit that the model before "
                "has not learned from."
            )
            return joined(nothing, others)
        how = self.tr(
            "For “after”, each of your digits was read by a model that had learned from the other half only; "
            "the model in use learned from all %n.",
            "",
            taught.digits,
        )
        small = self.tr("That is too few digits to rely on.")
        return joined(how, *([small] if taught.own_before.n < USEFUL else []), others)

    def _fill(self, figures: list[ScoreLabel], before: Score, after: Score) -> None:
        for figure, score in zip(figures, (before, after), strict=True):
            figure.show_share(score)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        for label in (*self._heads, self.note):
            label.setPalette(quiet)
