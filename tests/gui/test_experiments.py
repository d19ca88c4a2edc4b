"""Experiments of one setting, and the batch size finder; memory that ends is played by a fake device."""

from __future__ import annotations

import threading

import pytest
from lab_setup import SMALL, TIMEOUT, choose, click, fill, opened, run_to_the_end
from PySide6.QtTest import QTest
from training_fakes import FakeJobs, started

from engine.config import TrainConfig
from engine.errors import Code, EngineError
from engine.events import RunFailed
from engine.training.sweep_plan import SweepPoint
from gui.experiment import measure
from gui.widgets.experiment_choice import FOUNDING, ChoiceWords, offered, plan_of, read_values


def test_batch_sizes_become_runs_points_curves_and_a_sentence(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    assert dialog.hint.isVisible() and not dialog.results.isVisible()
    assert dialog.setup.values.text() == "8, 16, 32", "no larger than the 40 digits there are"
    run_to_the_end(qtbot, dialog)
    records = lab._session.document.runs.list()
    assert [record.config.batch_size for record in records] == [8, 16, 32]
    assert {record.config.epochs for record in records} == {2}, "everything else stays"
    points = lab.experiment.points
    x, y = dialog.results.speed.main.getData()
    assert list(x) == [0, 1, 2]
    assert list(y) == [point.images_per_second for point in points]
    x, y = dialog.results.accuracy.second.getData()
    assert list(y) == pytest.approx([100 * record.val_accuracy for record in records])
    assert [curve.getData()[0].tolist() for curve in dialog.results.runs.curves] == [[1, 2]] * 3
    assert dialog.results.table.rowCount() == 3
    assert dialog.results.table.item(2, 0).text() == "32"
    assert dialog.results.sentence.text().startswith("Batch size: validation accuracy is highest at ")
    assert dialog.bar.value() == dialog.bar.maximum()
    assert dialog.results.table.item(2, 2).text().endswith("], n = 20")
    assert dialog.status.text().startswith("Done.")
    assert lab._page.form.config() == SMALL, "the form is as it was before"
    assert dialog.run_button.isEnabled()


def test_the_founding_experiment_is_one_choice_and_one_click(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, FOUNDING)
    assert dialog.setup.values.text() == "5, 40"
    run_to_the_end(qtbot, dialog)
    records = lab._session.document.runs.list()
    assert [(record.config.epochs, record.config.model) for record in records] == [(5, "mlp"), (40, "mlp")]
    assert [len(curve.getData()[0]) for curve in dialog.results.runs.curves] == [5, 40]
    dialog.results.axis_combo.setCurrentIndex(1)
    assert dialog.results.runs.curves[0].getData()[0].tolist() == [5, 10, 15, 20, 25]


def test_transfer_lies_beside_a_start_from_random_weights(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "start")
    run_to_the_end(qtbot, dialog)
    configs = [record.config for record in lab._session.document.runs.list()]
    assert [(config.start_from, config.layers) for config in configs] == [
        *(("random", "all"), ("base", "all"), ("base", "last")),
    ]
    assert len(dialog.results.runs.curves) == 3


def test_pause_holds_the_run_and_cancel_keeps_what_was_trained(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "epochs", "2, 5000")
    click(dialog.run_button)
    qtbot.waitUntil(lambda: len(lab.experiment.points) == 1, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: lab._controller.state == "running", timeout=TIMEOUT)
    click(dialog.pause_button)
    qtbot.waitUntil(lambda: lab._controller.state == "paused", timeout=TIMEOUT)
    assert dialog.pause_button.text() == "Resume"
    click(dialog.pause_button)
    click(dialog.cancel_button)
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)
    assert dialog.status.text().startswith("Ended before all runs were trained")
    assert [record.state for record in lab._session.document.runs.list()] == ["finished", "stopped"]
    assert len(lab.experiment.points) == 2


def test_a_run_that_is_deleted_meanwhile_stays_in_the_table_and_the_others_are_drawn(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "epochs", "1, 2, 3")
    click(dialog.run_button)
    qtbot.waitUntil(lambda: len(lab.experiment.points) == 1, timeout=TIMEOUT)
    lab._session.document.runs.delete([1])
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)
    assert dialog.status.text().startswith("Done.")
    assert dialog.results.table.rowCount() == 3
    assert len(dialog.results.runs.curves) == 3


def test_a_measurement_for_a_document_that_was_left_ends_the_experiment(open_lab, qtbot, tmp_path):
    going_on = threading.Event()

    def slow(*asked):
        going_on.wait(60)
        return measure(*asked)

    lab = open_lab(measure=slow)
    dialog = opened(lab)
    choose(dialog, "epochs", "1, 2")
    click(dialog.run_button)
    qtbot.waitUntil(lambda: lab.experiment._measuring.is_running, timeout=TIMEOUT)
    lab._session.new()
    going_on.set()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)
    assert lab.experiment.points == []
    assert lab._session.document.runs.list() == []


def test_there_is_no_progress_bar_before_anything_has_begun(open_lab, qtbot):
    dialog = opened(open_lab())
    assert dialog.status.isVisible() and not dialog.bar.isVisible()
    choose(dialog, "batch_size", "many")
    click(dialog.run_button)
    assert not dialog.bar.isVisible(), "nothing began"
    choose(dialog, "batch_size", "8")
    click(dialog.run_button)
    assert dialog.bar.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)
    assert dialog.bar.isVisible()


def test_what_was_said_of_the_values_goes_when_others_are_typed(open_lab):
    dialog = opened(open_lab())
    choose(dialog, "batch_size", "many")
    click(dialog.run_button)
    assert dialog.status.text().startswith("The setting ")
    dialog.setup.values.clear()
    QTest.keyClicks(dialog.setup.values, "8")
    assert dialog.status.text() == ""


def test_the_lack_of_digits_is_forgotten_when_there_are_some(open_lab):
    lab = open_lab(digits=False)
    dialog = opened(lab)
    assert dialog.status.text().startswith("There are no labelled training digits")
    fill(lab._session)
    lab._session.samples_changed.emit()
    assert dialog.status.text() == "" and dialog.run_button.isEnabled()


def test_values_that_cannot_be_are_told_and_nothing_is_trained(open_lab):
    lab = open_lab()
    dialog = opened(lab)
    for preset, values in (("batch_size", "8, many"), ("epochs", "0"), ("augment", "flip"), ("epochs", ",")):
        choose(dialog, preset, values)
        click(dialog.run_button)
        assert dialog.status.text().startswith("The setting "), values
        assert not dialog.is_running
    assert lab._session.document.runs.list() == []


def test_without_digits_it_says_what_is_missing(open_lab):
    dialog = opened(open_lab(digits=False))
    assert not dialog.run_button.isEnabled()
    assert dialog.status.text() == "There are no labelled training digits yet. Add some first."


def test_a_measurement_that_fails_ends_the_experiment_with_its_sentence(open_lab, qtbot):
    def failing(document, run, value, second):
        raise EngineError(Code.RUN_MISSING, run=run)

    lab = open_lab(FakeJobs(40), failing)
    dialog = opened(lab)
    run_to_the_end(qtbot, dialog)
    assert dialog.status.text().startswith("There is no run 1")
    assert dialog.run_button.isEnabled()


def test_the_largest_batch_is_found_and_can_be_taken_over(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    click(dialog.find_button)
    qtbot.waitUntil(lambda: dialog.use_button.isEnabled(), timeout=TIMEOUT)
    assert dialog.found.text().startswith("40: all training digits in one batch (")
    click(dialog.use_button)
    assert lab._page.form.batch_size.value() == 40


class FullMemory(FakeJobs):
    """A device with room for batches of ``room`` images: larger ones fail in their second epoch."""

    def __init__(self, room: int) -> None:
        super().__init__(40)
        self.room = room

    def start(self, path, config, control):
        if config.batch_size <= self.room:
            return super().start(path, config, control)
        run = len(self.configs) + 1
        self.configs[run] = config
        failed = RunFailed(run, Code.OUT_OF_MEMORY.value, {"device": "cuda", "batch_size": config.batch_size})
        return iter([started(config, self.images, run), failed])


def test_after_a_batch_that_did_not_fit_the_training_goes_on_with_the_largest_that_does(open_lab, qtbot):
    jobs = FullMemory(room=16)
    asked = []

    def finder(config, images, below, progress):
        asked.append((images, below))
        return find_largest_on(16)

    lab = open_lab(jobs, finder=finder)
    page = lab._page
    page.form.batch_size.setValue(32)
    click(page.buttons.train)
    outcome = page.run_view.outcome
    qtbot.waitUntil(outcome.isVisible, timeout=TIMEOUT)
    assert outcome.button.text() == "Find the size that fits and go on"
    assert len(jobs.configs) == 1, "nothing goes on before the user agrees"
    click(outcome.button)
    qtbot.waitUntil(lambda: len(jobs.configs) == 2, timeout=TIMEOUT)
    assert asked == [(40, 32)]
    assert jobs.configs[2] == TrainConfig(**{**SMALL.to_dict(), "batch_size": 16})
    assert page.form.batch_size.value() == 16
    qtbot.waitUntil(lambda: not lab._controller.is_active, timeout=TIMEOUT)


def find_largest_on(room: int):
    """Search for real on a device that is full at ``room``."""
    from engine.training.batch_size import largest

    def attempt(size: int) -> int:
        if size > room:
            raise MemoryError
        return size

    return largest(SMALL, 40, attempt=attempt, free=1 << 40, below=32)


def test_where_no_batch_fits_that_is_said(open_lab, qtbot):
    lab = open_lab(FullMemory(room=0), finder=lambda *_: find_largest_on(0))
    told = []
    lab._page.message.connect(lambda _kind, words, *_: told.append(words()))
    click(lab._page.buttons.train)
    qtbot.waitUntil(lab._page.run_view.outcome.isVisible, timeout=TIMEOUT)
    click(lab._page.run_view.outcome.button)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=TIMEOUT)
    assert told[1].startswith("No batch smaller than 8 fits either")


def test_what_is_left_of_a_run_is_trained_from_its_model(open_lab, qtbot):
    lab = open_lab()
    page = lab._page
    click(page.buttons.train)
    qtbot.waitUntil(lambda: len(lab._session.document.runs.list()) == 1, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not lab._controller.is_active, timeout=TIMEOUT)
    longer = TrainConfig(**{**SMALL.to_dict(), "epochs": 9, "batch_size": 4})
    rest = lab._rest_of(longer, 1)
    assert (rest.start_from, rest.epochs, rest.batch_size) == ("1", 7, 4)
    assert lab._rest_of(longer, 0) == longer, "it never got a number"


@pytest.mark.parametrize(
    ("preset", "images", "values"),
    [
        ("batch_size", 9_000, (8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)),
        ("train_images", 450, (10, 30, 100, 300, 450)),
        ("start", 40, ("random", "base", "base last")),
        ("augment", 40, ("off", "light", "strong")),
    ],
)
def test_what_is_offered_fits_the_data_and_reads_back(preset, images, values):
    choice = offered(preset, SMALL, images)
    assert choice.values == values
    text = ", ".join(str(value) for value in values)
    assert plan_of(choice, text).values == values
    words = ChoiceWords()
    shown = ", ".join(words.value(choice.field, value) for value in values)
    assert words.meant(choice.field, shown) == text
    assert read_values(choice.field, text.replace(", ", "、")) == values


def test_a_failed_value_is_a_row_without_a_point(open_lab, qtbot):
    def failed(document, run, value, second):
        return SweepPoint(value, run, second, failure=Code.LOSS_NOT_FINITE.value)

    dialog = opened(open_lab(FakeJobs(40), failed))
    dialog._session.document.runs.create(SMALL, {}, {})
    dialog._session.document.runs.create(SMALL, {}, {})
    choose(dialog, "epochs", "1, 2")
    run_to_the_end(qtbot, dialog)
    assert dialog.results.table.item(0, 2).text() == "failed"
    assert dialog.results.sentence.text().startswith("Without validation digits nobody knows")
