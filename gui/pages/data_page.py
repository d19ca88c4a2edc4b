"""The Data page: write digits, import them, look at all of them, put right what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from engine.data.document import Document
from engine.data.importers import ImportReport
from engine.data.samples import SPLITS
from engine.data.strokes import to_json
from engine.errors import EngineError
from gui import icons
from gui.document_session import DocumentSession
from gui.file_dialogs import folder_of
from gui.messages import Kind, joined, sentence_of
from gui.widgets.browse_panel import BrowsePanel
from gui.widgets.drawing_panel import DrawingPanel
from gui.widgets.drop_veil import DropVeil
from gui.widgets.empty_page import EmptyData
from gui.widgets.import_flow import ImportFlow
from gui.widgets.import_panel import ImportPanel
from gui.widgets.message_row import Holds, Words, always
from gui.widgets.sample_feed import SampleFeed
from gui.widgets.sample_grid_model import NO_LABEL
from gui.widgets.sample_words import number, split_word
from gui.workers import CLOSING_MS

PANEL_SHARES = (9, 20)  # of the width: writing, looking
OTHER_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class DataPage(QWidget):
    """Joins the drawing panel, the grid and the import with the session.

    Args:
        session: owns the document.

    Signals:
        message: (kind, text, action, on_action, holds) for the message strip; action and on_action are None
            where there is nothing to press.
    """

    message = Signal(str, object, object, object, object)

    def __init__(self, session: DocumentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document: Document | None = None  # whose digits are shown
        self.drawing = DrawingPanel()
        self.browse = BrowsePanel()
        self._feed = SampleFeed(session, self.browse.grid, self)
        self._import = ImportFlow(session, self)
        self._panel = ImportPanel()
        self._report: ImportReport | None = None  # of an import whose digits are not all shown yet
        self._imported = np.empty(0, np.int64)  # what the import added whose list of left-out files is open
        self._images, self._folder = self._button("importImagesButton"), self._button("importFolderButton")
        self._starter = self._button("starterButton")
        self._empty = EmptyData()
        self._stack = QStackedWidget()
        self._veil = DropVeil(self)
        self._look_in = folder_of(QStandardPaths.StandardLocation.PicturesLocation)
        self.setAcceptDrops(True)
        self._arrange()
        self._wire()
        self.retranslate()
        self._dress()
        self._on_document_changed()

    # What the menu and the window call

    @property
    def is_importing(self) -> bool:
        """True while a worker adds digits from files."""
        return self._import.is_running

    def choose_images(self) -> None:
        """Ask for files and import them."""
        kinds = "*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff"
        data = "*.csv *.npz *.gz *.jsonl *ubyte"
        filters = [
            self.tr("Images ({0})").format(kinds),
            self.tr("Digit data ({0})").format(data),
            self.tr("All files (*)"),
        ]
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Import images"), str(self._look_in), ";;".join(filters)
        )
        if names:
            self._look_in = Path(names[0]).parent
            self.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Import a folder of images"), str(self._look_in)
        )
        if name:
            self._look_in = Path(name).parent
            self.import_paths([Path(name)])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders beside the window."""
        if not self._import.start(list(paths)):
            self._say(
                Kind.INFO,
                lambda: self.tr("An import is under way. Wait for its end, or cancel it."),
                lambda: self._import.is_running,
            )

    def delete_selected(self) -> None:
        """Delete what is selected in the grid."""
        self._delete(self.browse.grid.selected_ids())

    def shutdown(self, timeout_ms: int = CLOSING_MS) -> bool:
        """Stop what runs beside the window; True when no thread is left."""
        self._feed.stop()
        return self._import.shutdown(timeout_ms)

    # Drawing

    def store(self, label: int) -> None:
        """Put the drawing into the dataset as ``label`` and make room for the next one."""
        canvas = self.drawing.canvas
        prepared = self.drawing.prepared()
        if prepared is None:
            self.drawing.say(self.tr("Nothing is written yet. Write a digit first, then press its key."))
            return
        original = to_json(canvas.strokes()).encode()
        if self._session.add_digit(prepared.digit, label, "canvas", original, "strokes") is None:
            return
        canvas.start_over()
        count = self.browse.grid.model.label_counts()[label]
        self.drawing.say(self.tr("Added a {0} ({1} now).").format(label, number(count)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Store the drawing with 0–9 wherever the focus is on this page."""
        digit = event.key() - Qt.Key.Key_0
        if 0 <= digit <= 9 and not event.modifiers() & OTHER_KEYS:
            if not event.isAutoRepeat():
                self.drawing.choose(digit)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the pen."""
        super().showEvent(event)
        self.drawing.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    # Editing

    def _relabel(self, ids: list[int], label: int) -> None:
        if self._session.set_label(ids, None if label == NO_LABEL else label):
            self._offer_undo(
                lambda: (
                    self.tr("Removed the label from %Ln digit(s).", "", len(ids))
                    if label == NO_LABEL
                    else self.tr("Relabelled %Ln digit(s) as {0}.", "", len(ids)).format(label)
                )
            )

    def _move(self, ids: list[int], code: int) -> None:
        if self._session.set_split(ids, SPLITS[code]):
            self._offer_undo(
                lambda: self.tr("Moved %Ln digit(s) to {0}.", "", len(ids)).format(split_word(code))
            )

    def _delete(self, ids: list[int]) -> None:
        if ids and self._session.delete(ids):
            self._offer_undo(lambda: self.tr("Deleted %Ln digit(s).", "", len(ids)))

    def _offer_undo(self, words: Words) -> None:
        """Say what was done with a button that takes it back, as long as nothing was done after it."""
        holds = self._session.nothing_since()

        def take_back() -> None:
            if holds():
                self._session.undo()
            else:
                self._say(
                    Kind.INFO,
                    lambda: self.tr("Something else has changed since. Undo goes back step by step."),
                )

        self.message.emit(Kind.INFO, words, lambda: self.tr("Undo"), take_back, holds)

    def _say(self, kind: Kind, words: Words, holds: Holds = always) -> None:
        self.message.emit(kind, words, None, None, holds)

    # Importing

    def _on_import_started(self) -> None:
        self._panel.show_progress(0, 0)
        self._show_busy()

    def _on_import_ended(self, report: ImportReport) -> None:
        self._panel.show_rejected(list(report.rejected))
        self._imported = np.array(report.ids if report.rejected else [], np.int64)
        self._show_busy()
        if self._feed.is_behind:
            self._report = report
        else:
            self._tell_import(report)

    def _tell_import(self, report: ImportReport) -> None:
        nameless = self._ask_for_labels(report.ids)
        kind = Kind.SUCCESS if report.added else Kind.WARNING if report.rejected else Kind.INFO
        self._say(kind, lambda: self._summary(report, nameless), self._session.nothing_since())

    def _ask_for_labels(self, ids: Sequence[int]) -> int:
        """Show what was imported and select just what has no label: one key gives it. Return how many."""
        if not ids:
            return 0
        grid = self.browse.grid
        self.browse.show_all()
        grid.verticalScrollBar().setValue(0)  # the newest are at the top
        new = np.array(ids, np.int64)
        nameless = new[grid.model.labels[grid.model.rows_of(new)] == NO_LABEL]
        grid.select_ids(nameless.tolist())
        if len(nameless):
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return len(nameless)

    def _summary(self, report: ImportReport, nameless: int) -> str:
        parts = [self.tr("Import cancelled.")] if report.is_cancelled else []
        parts.append(self.tr("Added %Ln digit(s).", "", report.added))
        if report.duplicates:
            parts.append(self.tr("%Ln digit(s) were here already.", "", report.duplicates))
        if report.rejected:
            parts.append(self.tr("%Ln file(s) were left out; the list tells why.", "", len(report.rejected)))
        if nameless:
            parts.append(
                self.tr("%Ln digit(s) have no label yet and are selected: press a digit key.", "", nameless)
            )
        return joined(*parts)

    def _on_import_failed(self, error: EngineError) -> None:
        self._panel.clear()
        self._show_busy()
        self._say(Kind.ERROR, lambda: sentence_of(error))

    def _on_starter_progressed(self, done: int, total: int) -> None:
        self._panel.show_progress(done, total, is_starter=True)
        self._show_busy()

    def _on_starter_ended(self) -> None:
        self._panel.clear()
        self._show_busy()

    def _show_busy(self) -> None:
        free = not self._import.is_running and not self._session.starter.is_running
        for button in (self._images, self._folder, self._starter, self._empty.button):
            button.setEnabled(free)

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files can be dropped; a document is left to the window, which opens it."""
        if _paths(event):
            event.acceptProposedAction()
            self._veil.cover(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to normal."""
        self._veil.cover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self._veil.cover(False)
        event.acceptProposedAction()
        self.import_paths(_paths(event))

    # The document

    def _on_document_changed(self) -> None:
        if self._document is self._session.document:
            return  # it only has another name now: a drawing that was begun stays
        self._document = self._session.document
        self._import.cancel()
        self._report = None
        self._panel.clear()
        self._feed.reload()
        self.drawing.canvas.start_over()
        self.browse.show_all()
        self._show_samples()

    def _on_samples_changed(self) -> None:
        self._feed.refresh()
        self.drawing.say("")  # what it said may no longer be true
        self._show_samples()

    def _on_caught_up(self) -> None:
        self._show_samples()
        report, self._report = self._report, None
        if report is not None:
            self._tell_import(report)

    def _forget_undone_import(self) -> None:
        """Close the list of left-out files once nothing of its import is left, as after an undo."""
        is_known = len(self._imported) > 0 and not self._feed.is_behind
        if is_known and not self.browse.grid.model.exist(self._imported).any():
            self._imported = self._imported[:0]
            if not self._import.is_running:  # then the panel shows that one
                self._panel.clear()

    def _show_samples(self) -> None:
        self._forget_undone_import()
        self.browse.show_counts()
        counts = self.browse.grid.model.label_counts()[:10]
        self.drawing.suggest(counts.index(min(counts)))
        is_empty = self.browse.grid.model.count() == 0
        self._stack.setCurrentWidget(self._empty if is_empty else self.browse)
        self._starter.setVisible(not is_empty)  # the empty page has a larger one

    # Building

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self._images.setText(self.tr("Import images…"))
        self._images.setAccessibleName(self.tr("Import images or other files"))
        self._folder.setText(self.tr("Import folder…"))
        self._folder.setAccessibleName(self.tr("Import a folder of images"))
        self._starter.setText(self.tr("Add starter digits"))
        self._starter.setAccessibleName(self.tr("Add the 10,000 starter digits"))
        self._starter.setToolTip(self._starter.accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        return button

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        for button in (self._images, self._folder, self._starter):
            tools.addWidget(button)
        tools.addStretch(1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.browse)
        right = QVBoxLayout()
        right.addLayout(tools)
        right.addWidget(self._panel)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setSpacing(row.spacing() * 2)
        row.addWidget(self.drawing, PANEL_SHARES[0])
        row.addLayout(right, PANEL_SHARES[1])

    def _wire(self) -> None:
        session = self._session
        session.document_changed.connect(self._on_document_changed)
        session.samples_changed.connect(self._on_samples_changed)
        session.starter.progressed.connect(self._on_starter_progressed)
        session.starter.finished.connect(self._on_starter_ended)
        session.starter.failed.connect(self._on_starter_ended)
        self._feed.moved_on.connect(self.browse.show_counts)
        self._feed.caught_up.connect(self._on_caught_up)
        self.drawing.label_chosen.connect(self.store)
        self.browse.relabel_wanted.connect(self._relabel)
        self.browse.move_wanted.connect(self._move)
        self.browse.delete_wanted.connect(self._delete)
        self._images.clicked.connect(self.choose_images)
        self._folder.clicked.connect(self.choose_folder)
        for button in (self._starter, self._empty.button):
            button.clicked.connect(session.add_starter)
        self._import.started.connect(self._on_import_started)
        self._import.progressed.connect(self._panel.show_progress)
        self._import.ended.connect(self._on_import_ended)
        self._import.failed.connect(self._on_import_failed)
        self._panel.cancel_wanted.connect(self._import.cancel)

    def _dress(self) -> None:
        for name, button in (("image", self._images), ("folder", self._folder), ("digits", self._starter)):
            button.setIcon(icons.icon(name, self.palette()))


def _paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders of a drag; none where a document is among them."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [] if any(path.suffix.lower() == ".dojo" for path in paths) else paths
