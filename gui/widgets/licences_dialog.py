"""The licences of everything inside, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gui.licences import Component

COLUMNS, LINES = 80, 30  # of the text


class LicencesDialog(QDialog):
    """A list of names; the text of the chosen one beside it.

    Args:
        components: what is inside, in the order of the list.
        parent: the window it belongs to.
    """

    def __init__(self, components: list[Component], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("licencesDialog")
        self.setWindowTitle(self.tr("Licences"))
        self._names = QListWidget()
        self._names.setObjectName("licencesList")
        self._names.setAccessibleName(self.tr("What is inside"))
        self._text = QPlainTextEdit()
        self._text.setObjectName("licenceText")
        self._text.setAccessibleName(self.tr("Licence"))
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)  # licences come with their own lines
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        for component in components:
            item = QListWidgetItem(f"{component.name} {component.version}".strip(), self._names)
            item.setToolTip(component.licence)
            item.setData(Qt.ItemDataRole.UserRole, component)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._names)
        split.addWidget(self._text)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        layout.addWidget(buttons)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) * 2
        wide = self._names.sizeHintForColumn(0) + bar
        text = self._text.fontMetrics()
        self.resize(wide + text.horizontalAdvance("0") * COLUMNS + 2 * bar, text.lineSpacing() * LINES)
        split.setSizes([wide, self.width() - wide])
        self._names.currentItemChanged.connect(self._show)
        self._names.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        component: Component = item.data(Qt.ItemDataRole.UserRole)
        head = "\n".join(part for part in (component.licence, component.home) if part)
        self._text.setPlainText(f"{head}\n\n{component.text}")
