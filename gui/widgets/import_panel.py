"""How far an import is, and afterwards which files were left out and why."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.data.importers import Rejected
from gui.messages import sentence_of_code
from gui.widgets.sample_words import number

MOST_LINES = 1_000  # of a folder with nothing but other files, the first thousand tell enough


class ImportPanel(QWidget):
    """Hidden while there is nothing to say.

    Signals:
        cancel_wanted: the user has seen enough.
    """

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 0
        self._is_starter = False
        self._rejected: list[Rejected] = []
        self._progress_row, self._text = QWidget(), QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("importProgress")
        self._cancel = QPushButton(autoDefault=False)
        self._cancel.setObjectName("importCancelButton")
        self._cancel.clicked.connect(self.cancel_wanted)
        self._details_box, self._details_title = QWidget(), QLabel(wordWrap=True)
        self._details = QListWidget()
        self._details.setObjectName("importDetails")
        self._details.setWordWrap(True)
        self._details.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self._details.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._details.setMaximumHeight(7 * self.fontMetrics().height())
        self._close = QPushButton(autoDefault=False)
        self._close.setObjectName("importDetailsClose")
        self._close.clicked.connect(self.clear)
        self._arrange()
        self.clear()
        self.retranslate()

    def show_progress(self, done: int, total: int, is_starter: bool = False) -> None:
        """Show that digits are being read; a ``total`` of 0 is not known, the starter has no Cancel."""
        self._done, self._total, self._is_starter = done, total, is_starter
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._cancel.setVisible(not is_starter)
        self._progress_row.show()
        self._details_box.hide()
        self.show()
        self._say_progress()

    def show_rejected(self, rejected: list[Rejected]) -> None:
        """List what was left out, each with its reason; an empty list hides the panel."""
        self._rejected = list(rejected)
        self._progress_row.hide()
        self._details_box.setVisible(bool(rejected))
        self.setVisible(bool(rejected))
        self._fill_details()

    def rejected_lines(self) -> list[str]:
        """Return what the list says."""
        return [self._details.item(row).text() for row in range(self._details.count())]

    def clear(self) -> None:
        """Hide everything."""
        self.show_rejected([])

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel the import"))
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close the list of files that were left out"))
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self._details.setAccessibleName(self.tr("Files that were left out, and why"))
        self._say_progress()
        self._fill_details()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        row = QHBoxLayout(self._progress_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        title = QHBoxLayout()
        title.addWidget(self._details_title, 1)
        title.addWidget(self._close)
        box = QVBoxLayout(self._details_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(title)
        box.addWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._progress_row)
        column.addWidget(self._details_box)

    def _say_progress(self) -> None:
        if self._is_starter:
            self._text.setText(self.tr("Adding the starter digits…"))
        elif self._total:
            done, total = number(self._done), number(self._total)
            self._text.setText(self.tr("Reading {0} of {1}…").format(done, total))
        else:
            self._text.setText(self.tr("Looking for digits…"))

    def _fill_details(self) -> None:
        self._details_title.setText(self.tr("%Ln file(s) left out:", "", len(self._rejected)))
        self._details.clear()
        for one in self._rejected[:MOST_LINES]:
            # the sentence names the file by its name; where it lies is in the tooltip
            fields = {**getattr(one, "fields", {}), "path": PurePath(one.path).name}
            self._details.addItem(sentence_of_code(one.code, fields))
            self._details.item(self._details.count() - 1).setToolTip(one.path)
