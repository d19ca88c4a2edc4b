"""The Runs page: repetition with other seeds, names, notes, deletion."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from runs_setup import Setup
from stored_runs import add_run

from engine.config import TrainConfig
from engine.data.run_lock import held_run
from engine.errors import Code


@pytest.fixture
def setup(qtbot, session, system_again):
    QLocale.setDefault(QLocale(QLocale.Language.English))
    made = Setup(qtbot, session)
    yield made
    assert made.controller.shutdown()


# -- seeds ---------------------------------------------------------------------------------------------


def add_seeds(document, levels=(1.0, 3.0, 2.0), **options) -> list[int]:
    return [
        add_run(document, TrainConfig(epochs=3, batch_size=50, seed=seed), level=level, **options)
        for seed, level in enumerate(levels)
    ]


def test_runs_that_differ_in_the_seed_alone_are_a_band_with_their_median(setup):
    runs = add_seeds(setup.session.document)
    setup.show()
    (median,) = setup.overlay.loss.medians.values()
    x, y = median.getOriginalDataset()
    assert (list(x), list(y)) == ([1, 2, 3], pytest.approx([2.0, 1.0, 2 / 3]))
    assert all(run in setup.overlay.loss.curves for run in runs), "the single runs stay to be seen"
    setup.find("runsBandsCheck").setChecked(False)
    assert setup.overlay.loss.medians == {}


def test_the_band_ends_where_the_first_of_its_runs_ends_and_leaves_out_unfinished_ones(setup):
    document = setup.session.document
    config = TrainConfig(epochs=5, batch_size=50, early_stop=1)
    for seed, epochs in enumerate((5, 3)):
        seeded = TrainConfig(**{**config.to_dict(), "seed": seed})
        add_run(document, seeded, epochs=epochs, reason="early_stop" if epochs < 5 else "completed")
    cut = TrainConfig(**{**config.to_dict(), "seed": 2})
    add_run(document, cut, epochs=1, state="stopped", reason="stopped")
    setup.show()
    (median,) = setup.overlay.loss.medians.values()
    assert list(median.getOriginalDataset()[0]) == [1, 2, 3]


def test_repeating_trains_the_seeds_that_are_missing_one_after_the_other(setup, qtbot):
    add_run(setup.session.document, TrainConfig(epochs=2, batch_size=50, seed=3))
    setup.show()
    configs: list[TrainConfig] = []
    jobs = setup.controller._jobs
    setup.click("repeatRunButton")
    assert setup.page.queue.isVisible() and not setup.find("repeatRunButton").isEnabled()
    qtbot.waitUntil(lambda: not setup.repetition.is_active, timeout=20_000)
    configs = [call[2] for call in jobs.calls]
    assert [config.seed for config in configs] == [4, 5, 6, 7]
    assert {config.epochs for config in configs} == {2}
    assert not setup.page.queue.isVisible()


def test_five_runs_are_not_repeated_again(setup):
    add_seeds(setup.session.document, (1.0,) * 5)
    setup.show()
    setup.click("repeatRunButton")
    assert not setup.repetition.is_active
    assert setup.messages[-1][1]() == "There are 5 runs with these settings already."


def test_repeating_ticks_the_runs_that_the_band_is_made_of(setup, qtbot):
    runs = add_seeds(setup.session.document)
    for epochs in (4, 5, 6):
        add_run(setup.session.document, TrainConfig(epochs=epochs))
    setup.show()
    assert not set(runs) & setup.page.table.runs.shown
    setup.page.table.select_runs(runs[:1])
    setup.click("repeatRunButton")
    assert set(runs) <= setup.page.table.runs.shown and len(setup.overlay.loss.medians) == 1
    qtbot.waitUntil(lambda: not setup.repetition.is_active, timeout=20_000)


def test_repetitions_pause_go_on_and_stop(setup, qtbot):
    add_run(setup.session.document, TrainConfig(epochs=5_000, batch_size=50))
    setup.show()
    setup.click("repeatRunButton")
    qtbot.waitUntil(lambda: setup.controller.state == "running")
    setup.click("repetitionPause")
    qtbot.waitUntil(lambda: setup.repetition.is_paused)
    assert setup.find("repetitionPause").text() == "Continue"
    setup.click("repetitionPause")
    qtbot.waitUntil(lambda: setup.controller.state == "running")
    setup.click("repetitionStop")
    qtbot.waitUntil(lambda: not setup.repetition.is_active)
    qtbot.waitUntil(lambda: not setup.controller.is_active)
    assert len(setup.controller._jobs.calls) == 1, "no other one was begun"


# -- edits ---------------------------------------------------------------------------------------------


def test_a_name_is_typed_in_its_row_and_can_be_undone(setup, qtbot):
    run = add_run(setup.session.document)
    setup.show()
    setup.click("renameRunButton")
    editor = setup.page.table.findChild(QLineEdit)
    QTest.keyClicks(editor, "batch 50")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: setup.session.document.runs.get(run).name == "batch 50")
    assert setup.cell(run, "name") == f"{run}  batch 50"
    assert setup.session.undo() == "rename_run"
    assert setup.cell(run, "name") == f"{run}"


def test_a_note_is_kept_when_the_field_is_left_and_when_the_window_closes(setup):
    first, second = add_run(setup.session.document), add_run(setup.session.document)
    setup.show()
    setup.panels.setCurrentIndex(2)
    setup.page.table.select_runs([first])
    setup.page.activateWindow()
    setup.panels.note.setFocus()
    setup.qtbot.waitUntil(setup.panels.note.hasFocus)
    setup.panels.note.insertPlainText("smaller batches\nare noisier")
    setup.page.table.setFocus()
    setup.qtbot.waitUntil(lambda: setup.session.document.runs.get(first).note != "")
    assert setup.session.document.runs.get(first).note == "smaller batches\nare noisier"
    assert setup.cell(first, "note") == "smaller batches"
    setup.page.table.select_runs([second])
    assert setup.panels.note.toPlainText() == ""
    setup.panels.note.insertPlainText("last words")
    setup.page.keep_note()
    assert setup.session.document.runs.get(second).note == "last words"


def test_a_note_that_is_being_written_goes_to_its_own_run_when_another_is_selected(setup):
    first, second = add_run(setup.session.document), add_run(setup.session.document)
    setup.show()
    setup.page.table.select_runs([first])
    setup.panels.note.setPlainText("of the first")
    setup.page.table.select_runs([second])
    setup.qtbot.waitUntil(lambda: setup.session.document.runs.get(first).note == "of the first")
    assert setup.session.document.runs.get(second).note == ""


def test_deleted_runs_come_back_with_the_message_s_button(setup):
    document = setup.session.document
    runs = [add_run(document, TrainConfig(epochs=number)) for number in (1, 2, 3)]
    setup.show()
    setup.page.table.select_runs(runs[:2])
    QTest.keyClick(setup.page.table, Qt.Key.Key_Delete)
    assert setup.order() == [runs[2]]
    assert set(setup.overlay.loss.curves) == {runs[2]}
    _, words, action, take_back, _ = setup.messages[-1]
    assert (words(), action()) == ("Deleted 2 run(s).", "Undo")
    take_back()
    assert setup.order() == runs[::-1]


def test_the_undo_of_a_message_takes_back_nothing_else(setup):
    document = setup.session.document
    first, second = add_run(document), add_run(document)
    setup.show()
    setup.page.table.select_runs([first])
    setup.click("deleteRunButton")
    take_back = setup.messages[-1][3]
    setup.session.rename_run(second, "later")
    take_back()
    assert document.runs.get(second).name == "later"
    assert "Something else has changed" in setup.messages[-1][1]()


def test_deleting_the_last_run_shows_the_empty_page_again(setup):
    add_run(setup.session.document)
    setup.show()
    setup.click("deleteRunButton")
    assert setup.find("emptyTrainButton").isVisible()
    setup.session.undo()
    assert setup.page.table.isVisible()


def test_a_run_that_is_being_trained_is_not_deleted_and_that_is_said(setup):
    run = add_run(setup.session.document)
    setup.show()
    failures: list = []
    setup.session.failed.connect(failures.append)
    with held_run(setup.session.document.path, run):
        setup.click("deleteRunButton")
    assert [error.code for error in failures] == [Code.RUN_BUSY]
    assert setup.order() == [run]
