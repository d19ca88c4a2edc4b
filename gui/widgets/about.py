"""Who made this, which version, whose digits and licences: a small window that does not hold up the work."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from engine import __version__
from gui import icons
from gui.licences import components
from gui.widgets.licences_dialog import LicencesDialog


class About(QObject):
    """Opens the box; it is built each time, in the window's language."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Show the box without stopping the window."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setObjectName("aboutBox")
        box.setWindowTitle(self.tr("About Digit Dojo"))
        box.setIconPixmap(icons.app_icon().pixmap(QSize(96, 96)))
        box.setText(self.tr("Digit Dojo {version}").format(version=__version__))
        box.setInformativeText(
            self.tr(
                "Draw or import handwritten digits, train a neural network on them, try it, and see how it "
                "learns. It runs offline and keeps everything in one file.\n\n"
                "The starter digits are from MNIST (Yann LeCun, Corinna Cortes, Christopher Burges), "
                "CC BY-SA 3.0.\n\n"
                "MIT licence. Python {python}, Qt {qt}."
            ).format(python=platform.python_version(), qt=PySide6.__version__)
        )
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        licences = box.addButton(self.tr("Licences"), QMessageBox.ButtonRole.ActionRole)
        licences.setObjectName("aboutLicences")
        licences.clicked.connect(self._show_licences)
        box.open()

    def _show_licences(self) -> None:
        LicencesDialog(components(), self._window).show()
