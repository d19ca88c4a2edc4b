"""The digits of the mistake desk: of the chosen field or the most suspicious, with all that mends them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QTabBar, QVBoxLayout, QWidget

from engine.data.samples import SPLITS
from engine.inference.readings import Readings, surest_first, suspicion
from gui import theme
from gui.document_session import DocumentSession
from gui.mistake_reader import MistakeReader
from gui.widgets.confusion_table import MISTAKES, Field
from gui.widgets.mistake_grid import Listed, MistakeGrid
from gui.widgets.sample_grid_model import NO_LABEL, Rows
from gui.widgets.sample_words import number, split_word
from gui.widgets.selection_bar import SelectionBar

FIELD, SUSPICIOUS = range(2)
MOST = 3_000  # digits that are shown at once
REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z)


class MistakeList(QWidget):
    """Lists digits and edits them through the session.

    Args:
        session: takes the edits.
        reader: has answers and labels.
        told: returns what a field says in words.

    Signals:
        kind_changed: the other tab was chosen.
        check_wanted: the training digits are to be cross-checked.

    Attributes:
        kind: ``mistakeKindTabs``.
        heading: ``mistakeHeading``.
        grid: ``mistakeGrid``.
        check: ``crossCheckButton``, beside the most suspicious labels.
        said, undo: ``mistakeSaid`` and ``undoMistakeButton``.
        listed: what the grid shows, and more where there are more than MOST.
    """

    kind_changed = Signal()
    check_wanted = Signal()

    def __init__(
        self,
        session: DocumentSession,
        reader: MistakeReader,
        told: Callable[[Field], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._told = told
        self._judge = ""  # who judges the suspicious ones, in words
        self._words: Callable[[], str] = lambda: ""
        self._holds: Callable[[], bool] = lambda: True
        self.field = MISTAKES
        self.listed = Listed.none()
        self._make()
        self._arrange()
        self._wire()
        self.retranslate()

    def show_field(self, field: Field) -> None:
        """List the digits of a field of the matrix."""
        self.field = field
        self.grid.start_at_top()
        if self.kind.currentIndex() == FIELD:
            self.refresh()
        else:
            self.kind.setCurrentIndex(FIELD)

    def refresh(self, judge: str | None = None) -> None:
        """List what is to be seen now; ``judge`` says who finds labels suspicious."""
        self._judge = self._judge if judge is None else judge
        self.listed = self._field_digits() if self.kind.currentIndex() == FIELD else self._suspicious_digits()
        shown = Listed(self.listed.ids[:MOST], self.listed.answers[:MOST], self.listed.sure[:MOST])
        table = self._session.document.samples
        samples = table.pick(shown.ids)
        there = np.isin(shown.ids, samples.ids)
        shown = Listed(shown.ids[there], shown.answers[there], shown.sure[there])
        rows = Rows(
            samples.ids,
            samples.images,
            samples.labels,
            samples.splits.astype(np.uint8),
            table.sources(samples.ids),
        )
        self.grid.show_digits(shown, rows)
        self._say_heading()
        self._show_selection()
        if not self._holds():
            self.say(lambda: "")
        self._show_undo()

    def say(self, words: Callable[[], str], holds: Callable[[], bool] = lambda: True) -> None:
        """Say what was just done; it goes when it no longer ``holds``."""
        self._words, self._holds = words, holds
        self.said.setText(words())

    def judged(self) -> tuple[Readings, np.ndarray]:
        """Return the readings that the list is from, by id, and the labels (N,) as they are now."""
        is_field = self.kind.currentIndex() == FIELD
        return self._reader.answered() if is_field else self._reader.opinions()

    # -- what is listed ------------------------------------------------------------------------------

    def _field_digits(self) -> Listed:
        readings, labels = self._reader.answered()
        chosen = np.ones(len(labels), bool)
        if self.field.true is not None:
            chosen &= labels == self.field.true
        if self.field.answer is not None:
            chosen &= readings.answers == self.field.answer
        if self.field.only_wrong:
            chosen &= readings.answers != labels
        found = _part(readings, np.flatnonzero(chosen))
        return _listed(_part(found, surest_first(found)))

    def _suspicious_digits(self) -> Listed:
        readings, labels = self._reader.opinions()
        if not len(readings):
            return Listed.none()
        doubt = suspicion(readings.probabilities, labels)
        order = np.argsort(-doubt, kind="stable")
        return _listed(_part(readings, order[doubt[order] > 0]))

    # -- edits ---------------------------------------------------------------------------------------

    def relabel(self, ids: list[int], label: int) -> None:
        """Give digits another label; -1 takes it away."""
        self._edit(
            lambda: self._session.set_label(ids, None if label == NO_LABEL else label),
            lambda: (
                self.tr("Removed the label from %Ln digit(s).", "", len(ids))
                if label == NO_LABEL
                else self.tr("Relabelled %Ln digit(s) as {0}.", "", len(ids)).format(label)
            ),
        )

    def move_to(self, ids: list[int], code: int) -> None:
        """Move digits to another split, with the others of their group."""
        self._edit(
            lambda: self._session.set_split(ids, SPLITS[code]),
            lambda: self.tr("Moved %Ln digit(s) to {0}.", "", len(ids)).format(split_word(code)),
        )

    def delete(self, ids: list[int]) -> None:
        """Delete digits."""
        self._edit(lambda: self._session.delete(ids), lambda: self.tr("Deleted %Ln digit(s).", "", len(ids)))

    def _edit(self, command: Callable[[], bool], words: Callable[[], str]) -> None:
        samples = self._session.document.samples
        before = samples.undo_mark
        if command():
            is_same = samples.undo_mark == before
            self._tell((lambda: self.tr("That is so already.")) if is_same else words)

    def take_back(self) -> None:
        """Undo the last edit of digits or runs."""
        if self._session.document.samples.can_undo and self._session.undo():
            self._tell(lambda: self.tr("Taken back."))

    def do_again(self) -> None:
        """Redo what was taken back last."""
        if self._session.document.samples.can_redo and self._session.redo():
            self._tell(lambda: self.tr("Redone."))

    def _tell(self, words: Callable[[], str]) -> None:
        self.say(words, self._session.nothing_since())
        self._show_undo()

    # -- words ---------------------------------------------------------------------------------------

    def _say_heading(self) -> None:
        count = len(self.listed.ids)
        if self.kind.currentIndex() == SUSPICIOUS:
            first = self.tr("%Ln digit(s) that look like another one than their label", "", count)
            parts = [first, self._judge]
        else:
            parts = [self._told(self.field)]
            if count > 1:
                parts.append(self.tr("surest answers first"))
        if count > MOST:
            parts.append(self.tr("the first {0} are shown").format(number(MOST)))
        self.heading.setText(" · ".join(part for part in parts if part))
        is_all_right = self.field.only_wrong or self.kind.currentIndex() == SUSPICIOUS
        self.grid.set_hint(self.tr("None: well done.") if is_all_right else self.tr("There is none."))

    def _show_selection(self) -> None:
        self.bar.show_counts(len(self.grid.selected_ids()), len(self.grid.model.shown))

    def _show_undo(self) -> None:
        self.undo.setEnabled(self._session.document.samples.can_undo)

    # -- building ------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.kind = QTabBar()
        self.kind.setObjectName("mistakeKindTabs")
        self.kind.setExpanding(False)
        self.kind.setDrawBase(False)
        for _ in range(2):
            self.kind.addTab("")
        self.heading = QLabel(wordWrap=True)
        self.heading.setObjectName("mistakeHeading")
        self.check = QPushButton(autoDefault=False)
        self.check.setObjectName("crossCheckButton")
        self.check.hide()
        self.grid = MistakeGrid()
        self.bar = SelectionBar()
        self.keys = QLabel(wordWrap=True)
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("mistakeSaid")
        self.undo = QPushButton(autoDefault=False)
        self.undo.setObjectName("undoMistakeButton")
        self._menu: QMenu = self.bar.menu
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._redo_key = QShortcut(QKeySequence(REDO), self)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.kind, 1)
        top.addWidget(self.check)
        column.addLayout(top)
        column.addWidget(self.heading)
        column.addWidget(self.grid, 1)
        column.addWidget(self.bar)
        column.addWidget(self.keys)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.undo)
        column.addLayout(row)

    def _wire(self) -> None:
        grid, bar = self.grid, self.bar
        self.kind.currentChanged.connect(self._on_kind)
        self.check.clicked.connect(self.check_wanted)
        grid.relabel_wanted.connect(self.relabel)
        grid.delete_wanted.connect(self.delete)
        grid.move_wanted.connect(self.move_to)
        grid.selection_changed.connect(self._show_selection)
        grid.menu_wanted.connect(self._menu.popup)
        bar.relabel_wanted.connect(lambda label: self.relabel(grid.selected_ids(), label))
        bar.move_wanted.connect(lambda code: self.move_to(grid.selected_ids(), code))
        bar.delete_wanted.connect(lambda: self.delete(grid.selected_ids()))
        self.undo.clicked.connect(self.take_back)
        self._undo_key.activated.connect(self.take_back)
        self._redo_key.activated.connect(self.do_again)

    def _on_kind(self) -> None:
        self.grid.start_at_top()
        self.check.setVisible(self.kind.currentIndex() == SUSPICIOUS)
        self.kind_changed.emit()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self.keys.setPalette(quiet)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.kind.setTabText(FIELD, self.tr("Chosen cell"))
        self.kind.setTabText(SUSPICIOUS, self.tr("Most suspicious labels"))
        self.kind.setAccessibleName(self.tr("Which digits are listed"))
        self.keys.setText(
            self.tr("Keys: 0–9 label, Del delete, T training, V validation, E test, Ctrl+Z undo")
        )
        self.check.setText(self.tr("Cross-check"))
        self.check.setAccessibleName(self.tr("Cross-check the training digits"))
        self.check.setToolTip(
            self.tr(
                "Trains two small models, each on one half of the training digits, and has each judge the "
                "labels of the half that it has not seen. Nothing is kept of them."
            )
        )
        self.undo.setText(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Take the last change back"))
        self.said.setText(self._words())
        self._dress()
        if self._reader.book is not None:
            self._say_heading()


def _part(readings: Readings, rows: np.ndarray) -> Readings:
    return Readings(readings.ids[rows], readings.probabilities[rows], readings.answers[rows])


def _listed(readings: Readings) -> Listed:
    sure = readings.probabilities.max(axis=1, initial=0.0)
    return Listed(readings.ids, readings.answers, sure)
