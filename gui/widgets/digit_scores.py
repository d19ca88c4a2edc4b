"""Each digit's recall and precision, with how many images they rest on and how sure they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from engine.events import Confusion
from engine.training.interval import USEFUL, wilson
from engine.training.scores import scores_of, total_of
from gui import theme
from gui.widgets.percent import percent

DIGITS = 10
COLUMNS = 6
SHARES = (2, 4)  # the columns of recall and precision


class DigitScores(QTableWidget):
    """A row a digit, and one for all; what rests on few images is written quietly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(DIGITS + 1, COLUMNS, parent)
        self.setObjectName("digitScoresTable")
        self._confusion: Confusion | None = None
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in SHARES:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(round(1.3 * self.fontMetrics().height()))
        self.retranslate()

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show the figures of ten rows (label) of ten counts (answer), or nothing."""
        self._confusion = confusion
        self.clearContents()
        if confusion is None:
            return
        locale = QLocale()
        for score in scores_of(confusion):
            self._fill(
                score.digit,
                (
                    str(score.digit),
                    locale.toString(score.n),
                    _share(score.recall, score.recall_interval()),
                    locale.toString(score.said),
                    _share(score.precision, score.precision_interval()),
                    "–" if score.f1 is None else locale.toString(100 * score.f1, "f", 1),
                ),
                score.n,
            )
        right, n = total_of(confusion)
        total = locale.toString(n)
        share = _share(right / n if n else None, wilson(right, n))
        self._fill(DIGITS, (self.tr("all"), total, share, total, share, ""), n)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        heads = {
            self.tr("Digit"): "",
            self.tr("Images"): self.tr("Digits with this label"),
            self.tr("Recall %"): self.tr(
                "Share of the digits with this label that are read right; likely range for all such digits"
            ),
            self.tr("Answers"): self.tr("How often this digit is the answer"),
            self.tr("Precision %"): self.tr("Share of these answers that are right; likely range"),
            "F1": self.tr("Harmonic mean of recall and precision, in percent"),
        }
        for column, (head, tip) in enumerate(heads.items()):
            item = QTableWidgetItem(head)
            item.setToolTip(tip)
            self.setHorizontalHeaderItem(column, item)
        self.setAccessibleName(self.tr("Recall and precision of each digit"))
        self.show_confusion(self._confusion)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.show_confusion(self._confusion)

    def _fill(self, row: int, texts: tuple[str, ...], n: int) -> None:
        quiet = theme.colors(self.palette()).quiet
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if n < USEFUL:
                item.setForeground(QBrush(quiet))
            if row == DIGITS:
                font = self.font()
                font.setBold(True)
                item.setFont(font)
            self.setItem(row, column, item)


def _share(share: float | None, interval: tuple[float, float]) -> str:
    if share is None:
        return "–"
    low, high = (percent(value, 1).removesuffix(" %") for value in interval)
    return f"{percent(share, 1).removesuffix(' %')}  [{low}–{high}]"
