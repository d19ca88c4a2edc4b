"""Several digits side by side on the Test page are a number, and what is no digit is turned away."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from try_fakes import FakeModels, FakePrediction, FakeReader, until

from engine.data.preprocess import from_strokes
from engine.data.samples import Split
from engine.data.strokes import from_json
from engine.inference.trust import Study
from gui.model_choice import ModelChoice
from gui.pages.test_page import TestPage
from gui.settings import Settings
from gui.widgets.trust_dialog import TrustDialog

LEFT = Qt.MouseButton.LeftButton


class CountingReader(FakeReader):
    """Reads a bar as 1, and what is wider as 7; has a study where one is given."""

    def __init__(self, study: Study | None = None) -> None:
        super().__init__({1: 0.9})
        self.given = study
        self.trusted: list[Study] = []

    def predict(self, images: np.ndarray) -> list:
        wide = [np.flatnonzero(image.any(axis=0)) for image in images]
        return [FakePrediction({7 if np.ptp(columns) > 10 else 1: 0.9}) for columns in wide]

    def study(self, document: object, run: int | None, is_wanted: object) -> Study | None:
        return self.given

    def trust(self, study: Study) -> None:
        self.trusted.append(study)


class UnsureOfSevens(CountingReader):
    """Reads a bar as 1, and is at a loss about what is wider."""

    def predict(self, images: np.ndarray) -> list:
        wide = [np.flatnonzero(image.any(axis=0)) for image in images]
        return [FakePrediction({7: 0.45} if np.ptp(columns) > 10 else {1: 0.9}) for columns in wide]


def study(n: int = 200) -> Study:
    digits, others = np.linspace(0.3, 1, n), np.linspace(0, 0.6, 100)
    return Study(n, n, 1.5, True, 0.4, digits, others, (), (), 0.05, 0.02)


@pytest.fixture
def show_page(qtbot, session, tmp_path):
    """Returns a function that shows the page with a reader and waits until it reads."""

    def show(reader: FakeReader) -> TestPage:
        models = ModelChoice(session, FakeModels({None: reader}))
        page = TestPage(session, models, settings=Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        pages.append((page, models))
        until(qtbot, lambda: models.reader is not None)
        return page

    pages: list = []
    yield show
    for page, models in pages:
        assert page.shutdown()
        assert models.shutdown()


def draw(page: TestPage, *strokes: list[tuple[float, float]]) -> None:
    """Draw strokes with the mouse; points are shares of the canvas."""
    canvas = page.pad.canvas
    for stroke in strokes:
        points = [QPoint(int(x * canvas.width()), int(y * canvas.height())) for x, y in stroke]
        QTest.mousePress(canvas, LEFT, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, LEFT, pos=points[-1])


ONE = [(0.2, 0.3), (0.2, 0.5), (0.2, 0.7)]
SEVEN_LEFT = [(0.1, 0.3), (0.2, 0.3), (0.4, 0.3), (0.3, 0.5), (0.2, 0.7)]
ONE_RIGHT = [(0.8, 0.3), (0.8, 0.5), (0.8, 0.7)]
SEVEN = [(0.5, 0.3), (0.6, 0.3), (0.8, 0.3), (0.7, 0.5), (0.6, 0.7)]


def test_digits_side_by_side_are_shown_as_one_number(show_page) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    assert page.answer.digit.text() == "17"
    assert [frame.text for frame in page.pad.frames.frames()] == ["1", "7"]
    assert "17" in page.answer.sentence.text()


def test_a_single_digit_has_no_frame(show_page) -> None:
    page = show_page(CountingReader())
    draw(page, SEVEN)
    assert page.answer.digit.text() == "7"
    assert page.pad.frames.frames() == ()
    assert not page.pad.frames.isVisible()
    assert not page.answer.chips.isVisible()


def test_a_click_into_a_frame_shows_that_digits_bars_and_leaves_no_dot(show_page, qtbot) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    assert page.answer.bars.shares().index(max(page.answer.bars.shares())) == 7
    canvas = page.pad.canvas
    QTest.mouseClick(canvas, LEFT, pos=QPoint(int(0.2 * canvas.width()), int(0.4 * canvas.height())))
    until(qtbot, lambda: page.answer.bars.shares().index(max(page.answer.bars.shares())) == 1)
    assert len(canvas.strokes()) == 2
    assert page.answer.digit.text() == "17"


def test_a_button_of_the_number_shows_its_digits_bars(show_page) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    first, second = (page.findChild(QPushButton, f"numberDigit{place}") for place in (0, 1))
    assert second.isChecked()
    first.click()
    assert first.isChecked()
    assert not second.isChecked()
    assert page.answer.bars.shares().index(max(page.answer.bars.shares())) == 1


def test_telling_the_right_digit_keeps_the_digit_that_is_looked_at_alone(show_page, session) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    page.findChild(QPushButton, "numberDigit0").click()
    page.teach.buttons[1].click()
    samples = session.document.samples
    (id_,) = samples.load().ids.tolist()
    sample = samples.get(id_)
    assert sample.label == 1
    assert len(from_json(sample.original.decode())) == 1
    assert (sample.digit == page.pad.written().rows[0].parts[0].prepared.digit).all()
    assert sample.split in Split


def test_each_digit_of_a_number_is_taught_as_a_row_of_its_own(show_page, session) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    for place, label in ((0, 4), (1, 9)):
        page.findChild(QPushButton, f"numberDigit{place}").click()
        page.teach.buttons[label].click()
    assert session.document.samples.load().labels.tolist() == [4, 9]
    read = session.document.corrections.misreadings([1, 2])
    assert [read[sample].answer for sample in (1, 2)] == [1, 7]


def test_a_digit_of_a_number_whose_label_is_told_anew_keeps_its_row(show_page, session) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    for place, label in ((0, 4), (1, 7), (0, 1)):
        page.findChild(QPushButton, f"numberDigit{place}").click()
        page.teach.buttons[label].click()
    assert session.document.samples.load().labels.tolist() == [1, 7]


def test_the_digit_that_is_looked_at_stays_so_until_something_is_written(show_page, qtbot) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    first, second = (page.findChild(QPushButton, f"numberDigit{place}") for place in (0, 1))
    first.click()
    page.answer.reject.slider.setValue(30)
    assert first.isChecked()
    assert not second.isChecked()
    page.pad.canvas.undo()
    page.pad.canvas.redo()
    until(qtbot, second.isChecked)


def test_a_label_told_right_after_an_undo_is_for_what_is_left(show_page, session) -> None:
    page = show_page(CountingReader())
    draw(page, ONE, SEVEN)
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.pad.canvas, Qt.Key.Key_1)
    (id_,) = session.document.samples.load().ids.tolist()
    left = page.pad.canvas.strokes()
    assert len(left) == 1
    assert (session.document.samples.get(id_).digit == from_strokes(left).digit).all()


def test_where_no_digit_of_a_number_is_read_no_number_is_named(show_page) -> None:
    page = show_page(UnsureOfSevens())
    draw(page, SEVEN_LEFT, SEVEN)
    assert page.answer.digit.text() == "??"
    assert page.answer.sentence.text() == "Not sure: it looks a little like 7. Below: digit 2 of 2."


def test_a_number_with_a_digit_in_doubt_says_so_whichever_digit_is_looked_at(show_page) -> None:
    page = show_page(UnsureOfSevens())
    draw(page, SEVEN_LEFT, ONE_RIGHT)
    assert page.answer.digit.text() == "?1"
    assert page.answer.bars.shares().index(max(page.answer.bars.shares())) == 1
    assert page.answer.sentence.text().startswith("The model reads ?1, and is not sure about the “?”.")


def test_the_slider_turns_unsure_answers_away_and_is_remembered(show_page, tmp_path) -> None:
    page = show_page(CountingReader())
    draw(page, SEVEN)
    assert page.answer.digit.text() == "7"
    page.answer.reject.slider.setValue(95)
    assert page.answer.digit.text() == "?"
    assert Settings(tmp_path / "settings.ini").reject_percent in (95, None)
    page.answer.reject.slider.setValue(0)
    assert page.answer.digit.text() == "7"
    page.answer.reject.usual.click()
    assert page.answer.reject.threshold() is None


def test_the_slider_says_what_it_costs(show_page, qtbot) -> None:
    page = show_page(CountingReader(study()))
    until(qtbot, lambda: page.trust.study is not None)
    bar = page.answer.reject
    assert bar.slider.value() == 40
    assert "29 of 200" in bar.cost.text()
    assert "66 of 100" in bar.cost.text() or "67 of 100" in bar.cost.text()
    bar.slider.setValue(0)
    assert "0 of 200" in bar.cost.text()


def test_a_measured_temperature_is_given_to_the_model(show_page, qtbot) -> None:
    reader = CountingReader(study())
    page = show_page(reader)
    until(qtbot, lambda: page.trust.study is not None)
    assert reader.trusted == [reader.given]


def test_what_is_no_digit_is_answered_with_a_question_mark_and_why(show_page) -> None:
    reader = FakeReader({})
    reader.answer = FakePrediction({3: 0.99}, digit_share=0.02)
    page = show_page(reader)
    draw(page, SEVEN)
    assert page.answer.digit.text() == "?"
    assert page.answer.sentence.text() == "This does not look like a digit."


def test_the_reliability_dialog_says_n_and_both_errors(show_page, qtbot) -> None:
    page = show_page(CountingReader(study()))
    assert not page.answer.reject.details.isEnabled()
    until(qtbot, lambda: page.trust.study is not None)
    page.answer.reject.details.click()
    dialog = page.findChild(TrustDialog)
    assert "200" in dialog.figures.text()
    assert "5.0\u00a0%" in dialog.figures.text()
    assert "2.0\u00a0%" in dialog.figures.text()
    dialog.reject()


def test_a_chosen_threshold_is_there_at_the_next_start(tmp_path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    assert settings.reject_percent is None
    settings.reject_percent = 60
    settings.save()
    assert Settings(tmp_path / "settings.ini").reject_percent == 60
    settings.reject_percent = None
    settings.save()
    assert Settings(tmp_path / "settings.ini").reject_percent is None
