"""The Runs page with its collaborators, as the application wires them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from training_fakes import FakeJobs

from gui.pages.runs_page import RunsPage
from gui.repetition import Repetition
from gui.training_controller import TrainingController
from gui.widgets.runs_table import COLUMNS, RUN


class Setup:
    """A page with its collaborators, as the application wires them."""

    def __init__(self, qtbot, session) -> None:
        self.session, self.qtbot = session, qtbot
        self.controller = TrainingController(lambda: session.document.path, FakeJobs())
        self.controller.run_ended.connect(lambda _ending: session.trained())
        self.repetition = Repetition(self.controller)
        self.page = RunsPage(session, self.repetition)
        self.messages: list[tuple] = []
        self.page.message.connect(lambda *told: self.messages.append(told))
        qtbot.addWidget(self.page)
        self.page.resize(1_180, 640)

    def show(self) -> Setup:
        self.page.show()
        self.qtbot.waitExposed(self.page)
        return self

    @property
    def overlay(self):
        return self.page.comparison.overlay

    @property
    def panels(self):
        return self.page.comparison.panels

    def find(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton) and button.isEnabled() and button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def cell(self, run: int, column: str) -> str:
        model = self.page.table.runs
        return model.index(model.row_of(run), COLUMNS.index(column)).data()

    def order(self) -> list[int]:
        model = self.page.table.model()
        return [model.index(row, 0).data(RUN) for row in range(model.rowCount())]
