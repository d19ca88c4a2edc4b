"""The place to try a digit: a canvas, and a picture that may lie on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.data.preprocess import Prepared, from_strokes
from engine.data.strokes import Strokes, to_json
from engine.inference.rows import StrokeRows, single
from gui import icons
from gui.live_reader import Reading
from gui.page_reader import Written
from gui.picture_reader import Picture
from gui.teaching import Tried
from gui.widgets.canvas import DrawingCanvas
from gui.widgets.number_frames import Frame, NumberFrames
from gui.widgets.percent import certainty
from gui.widgets.picture_view import PictureView

FILLED = 0.7  # of the paper's side, by strokes that come from elsewhere


class TryPad(QWidget):
    """Holds a drawing or a picture. Drawing takes the picture away; Undo brings an earlier drawing back.

    Signals:
        changed: there is something else to read.
        stroke_finished: the pen was lifted.
        open_requested: a picture is to be chosen.
        files_requested, folder_requested: many files, or a folder, are to be chosen.
        digit_chosen: (place) a digit of a number was clicked.

    Attributes:
        canvas: ``testCanvas``.
        picture, frames: lie over it.
        clear_button: ``clearButton``.
    """

    changed = Signal()
    stroke_finished = Signal()
    open_requested = Signal()
    files_requested = Signal()
    folder_requested = Signal()
    digit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._clicked = 0
        self.canvas = DrawingCanvas()
        self.canvas.setObjectName("testCanvas")
        self.canvas.set_click(self._on_click)
        self.picture = PictureView()
        self.frames = NumberFrames()
        self._rows = StrokeRows()
        self.open_button = self._button("openPictureButton")
        self.many_button = self._button("readFilesButton")
        self._many = QMenu(self)
        self._files, self._folder = QAction(self), QAction(self)
        self._many.addActions([self._files, self._folder])
        self.many_button.setMenu(self._many)
        self.undo_button = self._button("undoStrokeButton")
        self.clear_button = self._button("clearButton")
        self._arrange()
        self.canvas.ink_changed.connect(self._on_ink_changed)
        self.canvas.stroke_finished.connect(self._show_buttons)
        self.canvas.stroke_finished.connect(self.stroke_finished)
        self.open_button.clicked.connect(self.open_requested)
        self._files.triggered.connect(lambda: self.files_requested.emit())
        self._folder.triggered.connect(lambda: self.folder_requested.emit())
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.clear)
        self.retranslate()
        self._dress()
        self._show_buttons()

    def is_empty(self) -> bool:
        """Return whether there is neither drawing nor picture."""
        return self._picture is None and self.canvas.is_empty()

    def has_picture(self) -> bool:
        """Return whether a picture is read, not a drawing."""
        return self._picture is not None

    def written(self) -> Written | None:
        """Return what is to be read; None where there is nothing."""
        if self._picture is not None:
            return Written(self._picture.rows or (single(self._picture.prepared),), self._picture.prepared)
        strokes = self.canvas.strokes()
        return Written((self._rows.row(strokes),)) if strokes else None

    def prepared(self) -> Prepared | None:
        """Return all that is written as one digit; None where there is nothing."""
        if self._picture is not None:
            return self._picture.prepared
        strokes = self.canvas.strokes()
        return from_strokes(strokes) if strokes else None

    def tried(self, reading: Reading) -> Tried | None:
        """Return the digit that is looked at with what it was made from; None where nothing is written."""
        prepared = self.prepared()
        is_number = len(reading.digits) > 1
        pieces: tuple[int, ...] = ()
        if is_number:
            prepared, pieces = reading.digits[reading.chosen].prepared, reading.digits[reading.chosen].pieces
        if prepared is None or prepared.is_blank:
            return None
        if self._picture is not None:
            original = None if is_number else self._picture.original
            return Tried(prepared.digit, original, "image" if original is not None else None, pieces)
        strokes = self.canvas.strokes()
        if is_number:
            strokes = [strokes[piece] for piece in pieces]
        return Tried(prepared.digit, to_json(strokes).encode(), "strokes", pieces)

    def show_reading(self, reading: Reading) -> None:
        """Frame the digits of a number; a single digit is framed in a picture only."""
        boxes = [digit.prepared.box for digit in reading.digits]
        if self._picture is not None:
            self.picture.show_boxes(boxes if len(boxes) > 1 else [self._picture.prepared.box], reading.chosen)
            boxes = []
        frames = [
            Frame(box, digit.text, certainty(digit.prediction.trust))
            for box, digit in zip(boxes, reading.digits, strict=False)
            if box is not None
        ]
        self.frames.show_frames(frames if len(boxes) > 1 else [], reading.chosen)

    def show_picture(self, picture: Picture) -> None:
        """Read a picture instead of the drawing."""
        self._picture = None
        self.canvas.clear()
        self._picture = picture
        self.picture.show_picture(picture.preview, picture.size)
        self._show_buttons()
        self.changed.emit()

    def show_strokes(self, strokes: Strokes) -> None:
        """Write strokes of any scale on the canvas, as large as it is, instead of what is there."""
        points = np.concatenate([np.asarray(stroke, np.float64)[:, :2] for stroke in strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        paper = self.canvas.paper()
        scale = FILLED * paper.width() / max(float((high - low).max()), 1e-9)
        middle = np.array([paper.center().x(), paper.center().y()])
        self.canvas.set_strokes(
            [
                np.column_stack([(stroke[:, :2] - (low + high) / 2) * scale + middle, stroke[:, 2:]]).astype(
                    np.float32
                )
                for stroke in strokes
            ]
        )
        self.stroke_finished.emit()

    def clear(self) -> None:
        """Take drawing and picture away."""
        self._drop_picture()
        self.canvas.clear()
        self._show_buttons()
        self.changed.emit()

    def start_over(self) -> None:
        """Take drawing, picture and their history away."""
        self._drop_picture()
        self.canvas.start_over()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.canvas.setAccessibleName(self.tr("Canvas to try a digit"))
        self.canvas.setAccessibleDescription(
            self.tr("Write a digit, or several side by side; it is read while you write. Escape clears.")
        )
        self.canvas.set_hint(self.tr("Write a digit or a number here, or drop a picture"))
        self.open_button.setText(self.tr("Read a picture…"))
        self.open_button.setToolTip(
            self.tr("Choose a picture of one digit; Ctrl+V takes one from the clipboard")
        )
        self.many_button.setText(self.tr("Files"))
        self.many_button.setToolTip(self.tr("Read many pictures or a whole folder into a table of answers"))
        self._files.setText(self.tr("Many pictures…"))
        self._folder.setText(self.tr("A folder…"))
        self.undo_button.setText(self.tr("Undo"))
        self.undo_button.setToolTip(self.tr("Take the last stroke back (Ctrl+Z)"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Empty the canvas (Esc)"))
        for button in (self.open_button, self.many_button, self.undo_button, self.clear_button):
            button.setAccessibleName(button.toolTip())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet no higher than wide, so that its buttons stay at its foot."""
        self._sheet.setMaximumHeight(max(self.width(), self.canvas.minimumSizeHint().height()))
        super().resizeEvent(event)

    def _on_click(self, position: QPointF, is_tap: bool) -> bool:
        """Choose the digit that is clicked: at once in a picture, in a drawing where a dot was made."""
        place = None
        if self._picture is not None and not is_tap:
            place = self.picture.box_at(position)
        elif self._picture is None and is_tap:
            place = self.frames.frame_at(position)
        if place is not None:
            self._clicked = place
            QTimer.singleShot(0, self, self._tell_click)  # what the click took away is read first
        return place is not None

    def _tell_click(self) -> None:
        self.digit_chosen.emit(self._clicked)

    def _on_ink_changed(self) -> None:
        self._drop_picture()
        self._show_buttons()
        self.changed.emit()

    def _drop_picture(self) -> None:
        if self._picture is not None:
            self._picture = None
            self.picture.clear()

    def _show_buttons(self) -> None:
        self.undo_button.setEnabled(self.canvas.can_undo())
        self.clear_button.setEnabled(not self.is_empty())

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(autoDefault=False)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the canvas
        return button

    def _arrange(self) -> None:
        self._sheet = QWidget()
        self._sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layers = QStackedLayout(self._sheet)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(self.picture)
        layers.addWidget(self.canvas)
        layers.addWidget(self.frames)
        self.frames.raise_()
        self.picture.clear()  # a layer is shown when it is added
        self.frames.hide()
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addWidget(self.many_button)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        row.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet, 1)
        column.addLayout(row)
        column.addStretch(0)

    def _dress(self) -> None:
        side = self.fontMetrics().height()
        for name, button in (
            ("image", self.open_button),
            ("folder", self.many_button),
            ("undo", self.undo_button),
            ("clear", self.clear_button),
        ):
            button.setIcon(icons.icon(name, self.palette()))
            button.setIconSize(QSize(side, side))
