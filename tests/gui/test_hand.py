"""“Teach it my hand”: writing one's digits, learning, what it brought, and the way back."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from try_fakes import FakeModels, FakeReader, until

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from gui import theme
from gui.hand_lesson import HandLesson
from gui.messages import sentence_of
from gui.model_choice import ModelChoice
from gui.widgets.hand_dialog import MOST, HandDialog
from gui.workers import Progress

LEFT = Qt.MouseButton.LeftButton


class Score:
    """The attributes of a score; importing the real one would load PyTorch."""

    def __init__(self, right: int, n: int) -> None:
        self.right, self.n = right, n
        self.accuracy = right / max(1, n)

    def interval(self) -> tuple[float, float]:
        return max(0.0, self.accuracy - 0.1), min(1.0, self.accuracy + 0.05)


class Taught:
    """The attributes of what a lesson came to."""

    def __init__(self, run: int, own: int = 20) -> None:
        self.run, self.digits, self.seconds = run, 23, 3.21
        self.own_before, self.own_after = Score(round(own * 0.8), own), Score(round(own * 0.95), own)
        self.kept_before, self.kept_after = Score(996, 1_000), Score(995, 1_000)


class FakeTeacher:
    """Writes a run into the document as the engine does; ``gate`` holds it back, ``error`` ends it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: EngineError | None = None
        self.own = 20

    def __call__(self, document: Document, start_from: str, progress: Progress, name: str) -> Taught | None:
        self.asked.append((start_from, name))
        progress(10, 180)
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        if not progress(180, 180):
            return None
        own = document.open_again()
        try:
            run = own.runs.create(TrainConfig(rehearse=64, start_from=start_from), {}, {}, name)
            own.runs.update(run, state="finished", best_epoch=3)
        finally:
            own.close()
        return Taught(run, self.own)


@pytest.fixture
def teacher():
    return FakeTeacher()


@pytest.fixture
def models(session):
    answers = {run: FakeReader({4: 0.9}) for run in (None, *range(1, 9))}
    models = ModelChoice(session, FakeModels(answers))
    yield models
    assert models.shutdown()


@pytest.fixture
def lesson(session, models, teacher):
    lesson = HandLesson(session, models, teacher)
    yield lesson
    teacher.gate.set()
    assert lesson.shutdown()


@pytest.fixture
def open_dialog(session, lesson, qtbot, system_again):
    """Returns a function that opens the dialog; it is closed after the test."""
    opened = []

    def open_it(is_training: bool = False) -> HandDialog:
        dialog = HandDialog(session, lesson, is_training)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        opened.append(dialog)
        return dialog

    yield open_it
    for dialog in opened:
        dialog.close()


def write(dialog: HandDialog) -> None:
    canvas = dialog.drawing.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, LEFT, pos=middle - QPoint(0, 60))
    for down in range(-40, 61, 20):
        QTest.mouseMove(canvas, middle + QPoint(down // 8, down))
    QTest.mouseRelease(canvas, LEFT, pos=middle + QPoint(8, 60))


def add(session, *labels: int, source: str = "canvas") -> None:
    images = np.random.default_rng(1).integers(0, 256, (len(labels), 28, 28), np.uint8)
    session.document.samples.add_arrays(images, labels, Split.TRAIN, source=source)
    session.samples_changed.emit()


def press(button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, LEFT, pos=button.rect().center())


def learn(dialog: HandDialog, lesson: HandLesson, qtbot) -> None:
    press(dialog.learn)
    until(qtbot, lambda: not lesson.is_running)


def test_what_is_written_is_learned_from_and_the_rarest_digit_is_asked_for(open_dialog, session):
    dialog = open_dialog()
    assert not dialog.learn.isEnabled()
    assert dialog.drawing.canvas.accessibleName()
    for key in (Qt.Key.Key_0, Qt.Key.Key_2, Qt.Key.Key_Return):
        write(dialog)
        QTest.keyClick(dialog.drawing.canvas, key)
    write(dialog)
    press(dialog.drawing.labels.buttons[7])
    assert session.document.samples.load().labels.tolist() == [0, 2, 1, 7]
    assert set(session.document.samples.load().splits.tolist()) == {Split.TRAIN.code}
    assert session.document.samples.get(1).original_kind == "strokes"
    assert dialog.counts.counts == [1, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    assert "3, 4, 5, 6, 8, 9" in dialog.note.text()
    assert dialog.learn.isEnabled()
    assert dialog.drawing.canvas.is_empty()


def test_an_empty_canvas_stores_nothing(open_dialog, session):
    dialog = open_dialog()
    QTest.keyClick(dialog.drawing.canvas, Qt.Key.Key_5)
    QTest.keyClick(dialog.drawing.canvas, Qt.Key.Key_Return)
    assert session.document.samples.count() == 0
    assert dialog.isVisible()


def test_starter_digits_and_unlabelled_ones_do_not_count_as_own(open_dialog, session):
    add(session, 1, 2, 3, source="starter")
    dialog = open_dialog()
    assert dialog.counts.counts == [0] * 10
    assert not dialog.learn.isEnabled()


def test_after_a_lesson_the_new_run_reads_and_undo_goes_back(
    open_dialog, session, models, lesson, teacher, qtbot
):
    add(session, *range(10))
    dialog = open_dialog()
    learn(dialog, lesson, qtbot)
    assert teacher.asked == [("base", "My hand")]
    assert models.current.run == 1
    assert [label.text().splitlines()[0] for label in dialog.outcome.own] == ["80.0 %", "95.0 %"]
    assert [label.text().splitlines()[0] for label in dialog.outcome.others] == ["99.6 %", "99.5 %"]
    assert "other half" in dialog.outcome.note.text() and "too few" in dialog.outcome.note.text()
    assert "3.2" in dialog.note.text()
    press(dialog.undo)
    assert models.current.run is None
    assert not dialog.undo.isVisible()
    assert [record.id for record in session.document.runs.list()] == [1]


def test_few_digits_stand_in_quiet_figures(open_dialog, session, lesson, teacher, qtbot):
    add(session, *range(10))
    dialog = open_dialog()
    quiet = theme.colors(dialog.palette()).quiet
    for own, is_quiet in ((20, True), (200, False)):
        teacher.own = own
        learn(dialog, lesson, qtbot)
        inks = [label.palette().color(label.foregroundRole()) for label in dialog.outcome.own]
        assert (inks == [quiet, quiet]) == is_quiet
        assert ("too few" in dialog.outcome.note.text()) == is_quiet


def test_what_could_not_be_measured_has_no_figure(open_dialog, session, lesson, teacher, qtbot):
    add(session, 7)
    teacher.own = 0
    dialog = open_dialog()
    learn(dialog, lesson, qtbot)
    assert [label.text() for label in dialog.outcome.own] == ["–", "–"]
    assert "not measured" in dialog.outcome.note.text()


def test_a_second_lesson_starts_where_the_first_did(open_dialog, session, models, lesson, teacher, qtbot):
    session.document.runs.create(TrainConfig(), {}, {})
    session.document.runs.update(1, state="finished", best_epoch=1)
    session.runs_changed.emit()
    models.choose(1)
    add(session, *range(10))
    dialog = open_dialog()
    learn(dialog, lesson, qtbot)
    learn(dialog, lesson, qtbot)
    assert [start for start, _ in teacher.asked] == ["1", "1"]
    assert models.current.run == 3
    press(dialog.undo)
    assert models.current.run == 2


def test_with_another_model_in_use_there_is_nothing_to_undo(open_dialog, session, models, lesson, qtbot):
    add(session, *range(10))
    dialog = open_dialog()
    learn(dialog, lesson, qtbot)
    assert lesson.can_undo
    dialog.close()
    models.choose(None)
    assert not open_dialog().undo.isVisible()


def test_cancel_ends_the_lesson_and_the_model_before_reads_on(
    open_dialog, session, models, lesson, teacher, qtbot
):
    add(session, 1, 2)
    teacher.gate.clear()
    dialog = open_dialog()
    press(dialog.learn)
    until(qtbot, lambda: dialog.progress.maximum() == 180)
    assert not dialog.learn.isVisible() and not dialog.drawing.isEnabled()
    press(dialog.cancel)
    teacher.gate.set()
    until(qtbot, lambda: not lesson.is_running)
    assert "Cancelled" in dialog.note.text()
    assert models.current.run is None
    assert dialog.learn.isVisible() and dialog.drawing.isEnabled()
    assert not dialog.outcome.isVisible()


def test_closing_the_dialog_ends_the_lesson(open_dialog, session, models, lesson, teacher, qtbot):
    add(session, 1, 2)
    teacher.gate.clear()
    dialog = open_dialog()
    press(dialog.learn)
    dialog.close()
    teacher.gate.set()
    until(qtbot, lambda: not lesson.is_running)
    assert models.current.run is None


def test_a_failure_is_said_and_another_lesson_can_begin(open_dialog, session, lesson, teacher, qtbot):
    add(session, 1, 2)
    teacher.error = EngineError(Code.RUN_MISSING, run=9)
    dialog = open_dialog()
    learn(dialog, lesson, qtbot)
    assert dialog.note.text() == sentence_of(teacher.error)
    teacher.error = None
    learn(dialog, lesson, qtbot)
    assert dialog.outcome.isVisible()


def test_while_a_training_runs_nothing_is_learned(open_dialog, session):
    add(session, *range(10))
    dialog = open_dialog(is_training=True)
    assert not dialog.learn.isEnabled()
    assert "training runs" in dialog.note.text()


def test_a_whole_data_set_is_sent_to_the_train_page(open_dialog, session):
    add(session, *[3] * (MOST + 1))
    dialog = open_dialog()
    assert not dialog.learn.isEnabled()
    assert "Train page" in dialog.note.text()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_test_page_opens_it_and_every_control_has_a_name(start_dojo, qtbot, language):
    dojo = start_dojo(language=language)
    dojo.window.show_page("test")
    press(dojo.window.findChild(QPushButton, "teachHandButton"))
    dialog = dojo.window.findChild(HandDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == {"en": "Teach it my hand", "ja": "自分の字を教える"}[language]
    for button in dialog.findChildren(QPushButton):
        assert button.accessibleName(), button.objectName()
    assert dialog.progress.accessibleName() and dialog.counts.accessibleDescription()
    dialog.close()
