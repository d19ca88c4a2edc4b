"""The grid of all samples: scrolls tens of thousands, selects, relabels and deletes by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QScroller,
    QToolTip,
    QWidget,
)

from gui import theme
from gui.widgets.glide import Glide
from gui.widgets.grid_band import GridBand
from gui.widgets.grid_geometry import GridGeometry
from gui.widgets.grid_painter import GridPainter
from gui.widgets.grid_selection import GridSelection
from gui.widgets.sample_grid_model import NO_LABEL, Filter, Rows, SampleGridModel
from gui.widgets.sample_words import label_word, number, origin_words, split_word

SMALLEST, DEFAULT, LARGEST = 20, 46, 120  # side of a cell, pixels
EXTEND, TOGGLE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class SampleGrid(QAbstractScrollArea):
    """Paints only the cells that are seen, straight from the model's arrays.

    Signals:
        relabel_wanted: (ids, label) the user asks for a label (-1: none) for the selected samples.
        delete_wanted: (ids) the user asks to delete them.
        menu_wanted: (QPoint) the user asks for the menu of the selection, at this screen position.
        selection_changed: other samples are selected, or other samples are shown.
        pitch_changed: (int) cells have another size.
    """

    relabel_wanted = Signal(list, int)
    delete_wanted = Signal(list)
    menu_wanted = Signal(QPoint)
    selection_changed = Signal()
    pitch_changed = Signal(int)

    def __init__(
        self,
        parent: QWidget | None = None,
        model: SampleGridModel | None = None,
        painter: GridPainter | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sampleGrid")
        self.model = model if model is not None else SampleGridModel()
        self._selection = GridSelection(self.model)
        self._painter = painter if painter is not None else GridPainter()
        self._pitch = DEFAULT
        self._hint = ""
        self._selected_before: NDArray[np.bool_] | None = None
        self._band = GridBand(self)
        self._band.stretched.connect(self._on_band_stretched)
        self._glide = Glide(self.verticalScrollBar())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setAccessibleName(self.tr("All digits"))
        self._describe_current()

    # Contents: each keeps the scroll position, the current sample and the selection

    def reset(self, rows: Rows) -> None:
        """Show other samples."""
        with self._keeping_place():
            self.model.reset(rows)

    def put(self, rows: Rows) -> None:
        """Add or update some samples."""
        with self._keeping_place():
            self.model.put(rows)

    def remove(self, ids: list[int]) -> None:
        """Take some samples out."""
        with self._keeping_place():
            self.model.remove(ids)

    def set_filter(self, wanted: Filter) -> None:
        """Show only what ``wanted`` names, from the top."""
        with self._keeping_place():
            self.model.set_filter(wanted)
        self.verticalScrollBar().setValue(0)

    def set_hint(self, text: str) -> None:
        """Set the line that is shown where there is nothing to show."""
        self._hint = text
        self.viewport().update()

    # The selection, for those who act on it

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected samples, rising."""
        return self.model.selected_ids()

    def select_ids(self, ids: list[int]) -> None:
        """Select exactly these."""
        self.model.select_ids(ids)
        self._selected()

    def current_position(self) -> int:
        """Return the position with the focus, -1 where there is none."""
        return self._selection.current

    def cell_rect(self, position: int) -> QRect:
        """Return where a position is painted now, in the viewport."""
        return self._geometry().rect(position).translated(0, -self.verticalScrollBar().value())

    # Sizes and scrolling

    def pitch(self) -> int:
        """Return the side of a cell, pixels."""
        return self._pitch

    def set_pitch(self, pitch: int) -> None:
        """Make cells larger or smaller; what is in the first row stays there."""
        pitch = min(max(pitch, SMALLEST), LARGEST)
        if pitch != self._pitch:
            first = self.verticalScrollBar().value() // self._pitch * self._geometry().columns
            self._pitch = pitch
            self._fit_scroll_bar()
            self.verticalScrollBar().setValue(self._geometry().rect(first).top())
            self.viewport().update()
            self.pitch_changed.emit(pitch)

    def sizeHint(self) -> QSize:
        """Twelve by eight cells."""
        return QSize(12 * DEFAULT, 8 * DEFAULT)

    def minimumSizeHint(self) -> QSize:
        """Three by two cells."""
        return QSize(3 * DEFAULT, 2 * DEFAULT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first visible row in view while the columns change."""
        old = GridGeometry(self._pitch, max(1, event.oldSize().width()), len(self.model.shown))
        first = self.verticalScrollBar().value() // self._pitch * old.columns
        self._fit_scroll_bar()
        if old.columns != self._geometry().columns and first:
            self.verticalScrollBar().setValue(self._geometry().rect(first).top())
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the painted pixels; only the strip that comes into view is painted."""
        self.viewport().scroll(0, dy)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Glide a notch; follow a touch pad at once; with Ctrl change the size of the cells."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_pitch(self._pitch + (4 if turned > 0 else -4 if turned < 0 else 0))
        elif not event.pixelDelta().isNull():
            self._glide.jump_to(self.verticalScrollBar().value() - event.pixelDelta().y())
        else:
            lines = QApplication.wheelScrollLines() * turned / 120
            self._glide.glide_to(round(self._glide.goal() - lines * self._pitch / 2))
        event.accept()

    def _show_position(self, position: int) -> None:
        """Scroll just as far as it takes to see the whole cell."""
        if position < 0:
            return
        cell = self._geometry().rect(position)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._glide.stop()
        if cell.top() < bar.value():
            bar.setValue(cell.top())
        elif cell.bottom() >= bar.value() + height:
            bar.setValue(cell.bottom() + 1 - height)

    def _geometry(self) -> GridGeometry:
        return GridGeometry(self._pitch, self.viewport().width(), len(self.model.shown))

    def _fit_scroll_bar(self) -> None:
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._geometry().height - height))
        bar.setPageStep(max(self._pitch, height - self._pitch))
        bar.setSingleStep(max(1, self._pitch // 2))

    @contextmanager
    def _keeping_place(self) -> Iterator[None]:
        """Let the contents change while the same samples stay in view, current and selected."""
        bar = self.verticalScrollBar()
        geometry, place = self._geometry(), self._selection.place()
        first = bar.value() // self._pitch * geometry.columns
        offset = bar.value() - geometry.rect(first).top()
        top_id = int(self.model.ids[self.model.shown[first]]) if 0 < first < geometry.count else -1
        yield
        self._selection.return_to(place)
        self._fit_scroll_bar()
        found = self.model.position_of(top_id) if top_id >= 0 else -1
        if found >= 0:
            bar.setValue(self._geometry().rect(found).top() + offset)
        self._selected()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a cell, or begin a rubber band."""
        point = self._content(event.position().toPoint())
        position = self._geometry().position_at(point)
        modifiers = event.modifiers()
        if event.button() == Qt.MouseButton.RightButton:
            if position >= 0 and not self.model.selected[self.model.shown[position]]:
                self._selection.click(position, extend=False, toggle=False)
                self._selected()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        keep = bool(modifiers & (EXTEND | TOGGLE))
        self._selected_before = self.model.selected.copy() if keep else None
        self._band.press(event.position().toPoint())
        if position >= 0:
            self._selection.click(position, bool(modifiers & EXTEND), bool(modifiers & TOGGLE))
        elif not keep:
            self._selection.nothing()
        self._selected()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band larger."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._band.drag(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the rubber band go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._band.release()

    def _on_band_stretched(self, area: QRect) -> None:
        self._selection.catch(self._geometry().positions_in(area), self._selected_before)
        self._selected()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or by the menu key."""
        if not self.selected_ids():
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._selection.current >= 0:
            self._show_position(self._selection.current)
            here = self.cell_rect(self._selection.current).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(here))
        else:
            self.menu_wanted.emit(event.globalPos())

    def _content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self.verticalScrollBar().value())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, relabel with 0–9, delete."""
        extend, look = bool(event.modifiers() & EXTEND), bool(event.modifiers() & TOGGLE)
        target = self._target(event.key())
        digit = event.key() - Qt.Key.Key_0
        plain = not event.modifiers() & (TOGGLE | Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.everything()
        elif target is not None:
            self._selection.move(target, extend, look)
            self._show_position(self._selection.current)
        elif event.key() == Qt.Key.Key_Space and self._selection.current >= 0:
            self._selection.click(self._selection.current, extend=False, toggle=True)
        elif event.key() == Qt.Key.Key_Escape and self.model.selected.any():
            self._selection.nothing()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.model.selected.any():
            self.delete_wanted.emit(self.selected_ids())
            return
        elif 0 <= digit <= 9 and plain and self.model.selected.any():
            self.relabel_wanted.emit(self.selected_ids(), digit)
            return
        else:
            event.ignore()
            return
        self._selected()

    def _target(self, key: int) -> int | None:
        """Return the position that a movement key leads to; None for any other key."""
        geometry, current = self._geometry(), self._selection.current
        columns = geometry.columns
        page = max(1, self.viewport().height() // self._pitch) * columns
        targets: dict[int, int] = {
            Qt.Key.Key_Left: current - 1,
            Qt.Key.Key_Right: current + 1,
            Qt.Key.Key_Up: current - columns if current >= columns else current,
            Qt.Key.Key_Down: current + columns if current + columns < geometry.count else current,
            Qt.Key.Key_PageUp: current - page,
            Qt.Key.Key_PageDown: current + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: geometry.count - 1,
        }
        return targets.get(key) if geometry.count else None

    # What is shown and said

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that the event's rectangle touches."""
        painter = QPainter(self.viewport())
        if not len(self.model.shown):
            painter.setPen(theme.colors(self.palette()).quiet)
            room = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
        else:
            scrolled = self.verticalScrollBar().value()
            painter.translate(0, -scrolled)
            self._painter.prepare(self.palette(), self.font(), self._pitch, self.devicePixelRatioF())
            area = event.rect().translated(0, scrolled)
            current = self._selection.current if self.hasFocus() else -1
            self._painter.paint(painter, self.model, self._geometry(), area, current)
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a cell is when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self._geometry().position_at(self._content(event.pos()))
            text = self.describe(position) if position >= 0 else ""
            cell = self.cell_rect(position) if position >= 0 else QRect()
            QToolTip.showText(event.globalPos(), text, self.viewport(), cell)
            return True
        return super().viewportEvent(event)

    def describe(self, position: int) -> str:
        """Return a line about the sample at a position."""
        row = self.model.shown[position]
        label = int(self.model.labels[row])
        name = (
            self.tr("Unlabelled digit") if label == NO_LABEL else self.tr("A {0}").format(label_word(label))
        )
        return self.tr("{0} · {1} · {2} · no. {3}").format(
            name,
            split_word(int(self.model.splits[row])),
            origin_words(self.model, row),
            number(int(self.model.ids[row])),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current cell."""
        super().focusInEvent(event)
        if self._selection.current < 0 and len(self.model.shown):
            self._selection.current = self._selection.anchor = 0
        self._describe_current()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the current cell's frame."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        super().changeEvent(event)

    def _selected(self) -> None:
        self.viewport().update()
        self._describe_current()
        self.selection_changed.emit()

    def _describe_current(self) -> None:
        """Tell assistive tools which sample has the focus and how many are selected."""
        current = self._selection.current
        text = self.describe(current) if 0 <= current < len(self.model.shown) else self.tr("No digit")
        chosen = int(self.model.selected.sum())
        text = self.tr("{0}. {1} selected").format(text, number(chosen))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
