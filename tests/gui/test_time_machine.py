"""The time machine with real runs: the slider takes figures and answers back, and an epoch's model reads."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.inference.past import load_past
from engine.training import session as training
from engine.training.control import Control
from gui.document_session import DocumentSession
from gui.model_choice import ModelChoice
from gui.widgets.model_bar import ModelBar
from gui.widgets.time_machine import TimeMachine
from gui.widgets.watched_digits import MOST

EPOCHS = 6
CONFIG = TrainConfig(
    model="mlp", hidden=(16,), epochs=EPOCHS, batch_size=16, augment="off", learning_rate=0.01, device="cpu"
)
TIMEOUT = 30_000


@pytest.fixture(scope="module")
def trained_file(tmp_path_factory):
    """A document whose 60 digits differ in where their ink is, and a run on them."""
    path = tmp_path_factory.mktemp("past") / "trained.dojo"
    document = Document.create(path)
    labels = np.arange(60) % 10
    images = np.random.default_rng(5).integers(0, 60, (60, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    for split, part in ((Split.TRAIN, slice(0, 40)), (Split.VAL, slice(40, 60))):
        document.samples.add_arrays(images[part], labels[part], split=split, source="import")
    list(training.start(document, CONFIG, Control()))
    document.close()
    return path


@pytest.fixture
def opened(qapp, qtbot, tmp_path, trained_file):
    """A session over a copy of it, and the time machine on its run."""
    path = tmp_path / "copy.dojo"
    path.write_bytes(trained_file.read_bytes())
    session = DocumentSession(tmp_path / "data")
    session.start(path)
    machine = TimeMachine(session)
    qtbot.addWidget(machine)
    machine.open_run()
    qtbot.waitUntil(lambda: machine.place() >= 0, timeout=TIMEOUT)
    yield session, machine
    assert machine.shutdown()
    machine.close()
    session.close()


def write(machine) -> None:
    canvas = machine.digits.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    for y in range(25, 110, 8):
        QTest.mouseMove(canvas, QPoint(60, y))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 110))


def go_to(machine, place: int) -> None:
    machine.slider.setFocus()
    QTest.keyClick(machine.slider, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(machine.slider, Qt.Key.Key_Right)
    assert machine.place() == place


def test_it_opens_at_the_best_epoch(opened):
    session, machine = opened
    assert machine.moment().epoch == session.document.runs.get(1).best_epoch
    assert machine.slider.maximum() == EPOCHS - 1


def test_the_slider_takes_figures_confusion_and_the_curves_marker_back(opened):
    session, machine = opened
    past = load_past(session.document, 1)
    for place in (0, EPOCHS - 1):
        go_to(machine, place)
        moment = past.moments[place]
        assert machine.confusion.confusion() == moment.confusion
        right = [row[digit] / sum(row) for digit, row in enumerate(moment.confusion)]
        assert machine.confusion.shares() == right
        assert machine.plot.cursor_line.value() == moment.epoch
        assert f"{100 * moment.val_accuracy:.1f} % of 20" in machine.what_if.text()
        assert machine.epoch.text() == f"Epoch {place + 1} of {EPOCHS}"


def test_the_digit_on_the_canvas_is_read_as_each_epoch_read_it(opened, qtbot):
    session, machine = opened
    write(machine)
    digit = machine.digits.watched.digits()
    assert digit.shape == (1, 28, 28)
    assert digit.any()
    qtbot.waitUntil(lambda: len(machine.digits.watched.current.labels()) == EPOCHS, timeout=TIMEOUT)
    expected = load_past(session.document, 1).answers(digit)[:, 0]
    for place in (0, EPOCHS - 1):
        go_to(machine, place)
        assert np.allclose(machine.digits.bars.shares(), expected[place], atol=1e-5)
        sure = expected[place].max() >= 0.5
        assert machine.digits.answer.text() == (str(expected[place].argmax()) if sure else "?")
    assert machine.digits.watched.current.labels() == expected.argmax(axis=1).tolist()
    QTest.mouseClick(machine.digits.clear, Qt.MouseButton.LeftButton)
    assert machine.digits.bars.shares() == ()
    assert machine.digits.answer.text() == ""


def test_watched_digits_stay_with_the_document_and_go_when_they_are_let_go(opened, qtbot):
    session, machine = opened
    assert not machine.digits.watch.isEnabled()
    for number in range(MOST):
        write(machine)
        QTest.mouseClick(machine.digits.watch, Qt.MouseButton.LeftButton)
        assert len(machine.digits.watched.strips) == number + 1
    write(machine)
    assert not machine.digits.watch.isEnabled(), "there is no room for more"
    machine.open_run()  # as after a restart
    qtbot.waitUntil(lambda: all(len(strip.labels()) == EPOCHS for strip in machine.digits.watched.strips))
    buttons = machine.digits.watched.findChildren(type(machine.play))
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert len(machine.digits.watched.strips) == MOST - 1 == len(session.document.watched.list())


def test_a_press_on_a_field_of_a_strip_goes_to_that_epoch(opened, qtbot):
    _session, machine = opened
    write(machine)
    strip = machine.digits.watched.current
    qtbot.waitUntil(lambda: len(strip.labels()) == EPOCHS, timeout=TIMEOUT)
    left, width = strip._fields()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(left + 2.5 * width), 10))
    assert machine.place() == 2
    assert strip.accessibleDescription().startswith("After epoch 3: read as ")


def test_the_film_runs_to_the_last_epoch_and_stops(opened, qtbot):
    _session, machine = opened
    machine._film.setInterval(1)
    go_to(machine, EPOCHS - 1)
    QTest.mouseClick(machine.play, Qt.MouseButton.LeftButton)
    assert machine.place() == 0
    qtbot.waitUntil(lambda: not machine.play.isChecked(), timeout=TIMEOUT)
    assert machine.place() == EPOCHS - 1


def test_the_model_of_an_epoch_reads_on_the_test_page(opened, qtbot):
    session, machine = opened
    models = ModelChoice(session)
    bar = ModelBar(models)
    qtbot.addWidget(bar)
    models.prepare()
    machine.model_wanted.connect(models.choose)
    go_to(machine, 1)
    QTest.mouseClick(machine.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: models.reader is not None, timeout=TIMEOUT)
    moment = machine.moment()
    assert bar.combo.currentText() == f"Run 1 · epoch 2 · MLP · {100 * moment.val_accuracy:.1f} %"
    some = session.document.samples.load(Split.VAL).images[:3]
    expected = load_past(session.document, 1).answers(some)[1]
    told = np.array([answer.probabilities for answer in models.reader.predict(some)])
    assert np.allclose(told, expected, atol=1e-5)
    session.runs_changed.emit()
    assert models.current.epoch == 2, "a look at the list changes nothing"
    models.choose(1)
    assert bar.combo.count() == 2
    assert models.shutdown()


def test_an_empty_document_says_what_to_do(opened):
    session, machine = opened
    session.new()
    assert machine.what_if.text() == "There is no run yet. Train one, then look back at its epochs here."
    assert not machine.restore.isEnabled()
    assert machine.confusion.confusion() is None


def test_a_damaged_epoch_is_told_in_a_sentence(opened, qtbot):
    session, machine = opened
    best = session.document.runs.get(1).best_epoch
    session.document.epochs._database.run("UPDATE epochs SET weights = x'00' WHERE epoch <> ?", (best,))
    machine.open_run()
    qtbot.waitUntil(lambda: "damaged" in machine.what_if.text(), timeout=TIMEOUT)


def test_the_train_page_opens_it(start_dojo, qtbot):
    dojo = start_dojo()
    dojo.window.show_page("train")
    QTest.mouseClick(dojo.train_page.lab.past, Qt.MouseButton.LeftButton)
    machine = dojo.laboratory.time_machine
    assert machine.isVisible()
    assert machine.what_if.text().startswith("There is no run yet.")
    dojo.choose_language("ja")
    qtbot.waitUntil(lambda: machine.windowTitle() == "タイムマシン")
    machine.close()
