"""What learning the corrections came to: the corrections and the fixed test digits, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.training.interval import USEFUL
from gui import theme
from gui.messages import joined
from gui.widgets.sample_words import number
from gui.widgets.score_label import ScoreLabel

if TYPE_CHECKING:
    from engine.training.corrections import Learned

ROWS = ("New", "Earlier", "Test")


class LearnResult(QWidget):
    """A row each for new corrections, earlier ones and test digits; hidden until something was learned.

    Attributes:
        figures: ``learnNewBefore``, ``learnNewAfter``, ``learnEarlierBefore`` … by row and column.
        note: ``learnNote``: what the figures say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learned: Learned | None = None
        self._heads = [QLabel() for _ in range(2)]
        self._names = [QLabel(wordWrap=True) for _ in ROWS]
        self.figures = [
            [ScoreLabel(f"learn{row}{when}", self) for when in ("Before", "After")] for row in ROWS
        ]
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("learnNote")
        grid = QGridLayout(self)
        foot = (
            self.fontMetrics().height() // 2
        )  # a message of two lines at the foot of the window hides nothing
        grid.setContentsMargins(0, 0, 0, foot)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(self.fontMetrics().height())
        grid.setVerticalSpacing(2)
        for column, head in enumerate(self._heads, start=1):
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, column)
        for row, (name, figures) in enumerate(zip(self._names, self.figures, strict=True), start=1):
            grid.addWidget(name, row, 0)
            for column, figure in enumerate(figures, start=1):
                grid.addWidget(figure, row, column)
        grid.addWidget(self.note, len(ROWS) + 1, 0, 1, 3)
        self._dress()
        self.hide()

    def show_learned(self, learned: Learned | None) -> None:
        """Show what was learned; None hides it."""
        self._learned = learned
        self.setVisible(learned is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        learned = self._learned
        if learned is None:
            return
        self._heads[0].setText(self.tr("before"))
        self._heads[1].setText(self.tr("after"))
        test = self.tr("Test digits of this document") if learned.is_own_test else self.tr("Starter digits")
        names = (self.tr("New corrections"), self.tr("Earlier corrections"), test)
        scores = (
            (learned.new_before, learned.new_after),
            (learned.earlier_before, learned.earlier_after),
            (learned.test_before, learned.test_after),
        )
        for label, name, figures, pair in zip(self._names, names, self.figures, scores, strict=True):
            label.setText(self.tr("{0} ({1})").format(name, number(pair[0].n)))
            figures[0].show_counts(pair[0])
            figures[1].show_counts(pair[1])
            for part in (label, *figures):
                part.setVisible(pair[0].n > 0)
        self.note.setText(self._how(learned))
        self.note.setAccessibleName(self.note.text())
        self.setToolTip(self.tr("It has learned the corrections, so they only show that it knows them now."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
            self.retranslate()
        super().changeEvent(event)

    def _how(self, learned: Learned) -> str:
        how = self.tr("The last row was neither learned nor rehearsed: it shows what was forgotten.")
        few = self.tr("Of fewer than {0} digits a share would say little.").format(number(USEFUL))
        return joined(how, few) if learned.test_before.n < USEFUL else how

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        for label in (*self._heads, self.note):
            label.setPalette(quiet)
