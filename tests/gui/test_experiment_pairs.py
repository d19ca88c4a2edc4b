"""Experiments of two settings: every pair is a run, how many and how long is said before; ten own digits."""

from __future__ import annotations

import numpy as np
from lab_setup import SMALL, TIMEOUT, choose, choose_second, click, opened, run_to_the_end
from PySide6.QtGui import QFont

from engine.config import TrainConfig
from engine.data.samples import Split
from gui.widgets.experiment_choice import FOUNDING, few, offered, plan_of, second_of
from gui.widgets.experiment_grid import Cell, HeatTable


def test_of_two_settings_every_pair_is_a_run_a_cell_and_a_point_of_its_values_line(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "batch_size", "8, 20")
    choose_second(dialog, "learning_rate", "0.001, 0.01, 0.02")
    run_to_the_end(qtbot, dialog)
    configs = [record.config for record in lab._session.document.runs.list()]
    pairs = [(config.batch_size, config.learning_rate) for config in configs]
    assert pairs == [(8, 0.001), (20, 0.001), (8, 0.01), (20, 0.01), (8, 0.02), (20, 0.02)]
    results, points = dialog.results, lab.experiment.points
    assert [(point.value, point.second) for point in points] == pairs
    grid = results.grid
    assert grid.isVisible() and (grid.rowCount(), grid.columnCount()) == (3, 2)
    for place, point in enumerate(points):
        text = grid.item(place // 2, place % 2).text()
        assert text.startswith(f"{100 * point.val_accuracy:.1f} %\n[") and text.endswith("n = 20")
    assert grid.verticalHeaderItem(2).text() == "Learning rate 0.02"
    for plot, of in ((results.speed, "images_per_second"), (results.memory, "step_bytes")):
        assert len(plot.lines) == 3 and plot.main.getData()[0] is None
        scale = 2**20 if of == "step_bytes" else 1
        for row, line in enumerate(plot.lines):
            expected = [getattr(point, of) / scale for point in points[2 * row : 2 * row + 2]]
            assert line.getData()[1].tolist() == expected
    looks = [
        (line.opts["pen"].color().name(), line.opts["pen"].dashPattern()) for line in results.accuracy.lines
    ]
    assert len({name for name, _ in looks}) == 3 and len({tuple(dash) for _, dash in looks}) == 3
    assert len(results.runs.curves) == 6
    assert results.sentence.text().startswith("Validation accuracy is highest with Batch size ")
    assert results.table.columnCount() == 9
    assert results.table.item(5, 1).text() == "0.02"
    choose_second(dialog, None)
    choose(dialog, "epochs", "1, 2")
    run_to_the_end(qtbot, dialog)
    assert not grid.isVisible() and results.table.isVisible()
    assert results.accuracy.lines == [] and len(results.accuracy.second.getData()[0]) == 2


def test_the_plan_says_how_many_runs_and_how_long_before_it_starts(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "epochs", "2, 3")
    choose_second(dialog, "batch_size", "8, 20")
    dialog.setup.look()
    label = dialog.setup.plan_label
    assert label.text().startswith("2 × 2 values = 4 run(s), one after another. Measuring")
    # 40 ÷ 8 = 5 and 40 ÷ 20 = 2 steps an epoch: (2 + 3) × 5 + (2 + 3) × 2 seconds, and one around each run
    qtbot.waitUntil(lambda: "0:39 here" in label.text(), timeout=TIMEOUT)
    assert lab._session.document.runs.list() == []
    choose_second(dialog, None)
    dialog.setup.look()
    qtbot.waitUntil(lambda: "0:27 here" in label.text(), timeout=TIMEOUT)
    assert label.text().startswith("2 run(s), one after another. About")


def test_cancelling_pairs_keeps_what_was_trained_and_the_rest_of_the_table_waits(open_lab, qtbot):
    lab = open_lab()
    dialog = opened(lab)
    choose(dialog, "epochs", "2, 5000")
    choose_second(dialog, "augment", "off, light")
    click(dialog.run_button)
    qtbot.waitUntil(lambda: len(lab.experiment.points) == 1, timeout=TIMEOUT)
    assert dialog.status.text() == "Run 2 of 4: Epochs 5000 · Augmentation off"
    click(dialog.cancel_button)
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=TIMEOUT)
    grid = dialog.results.grid
    assert grid.item(0, 0).text().endswith("n = 20")
    assert [grid.item(1, column).text() for column in (0, 1)] == ["…", "…"]


def test_a_setting_is_not_offered_with_itself_and_ten_digits_are_cut_into_batches(qapp):
    for preset in ("batch_size", "epochs", "start"):
        assert preset not in second_of(preset)
    assert "start" not in second_of(FOUNDING) and "epochs" not in second_of(FOUNDING)
    choice = offered(FOUNDING, TrainConfig(), 10)
    plan = plan_of(choice, "5, 40", images=10)
    assert [config.batch_size for config in plan.configs()] == [2, 2]
    plan = plan_of(choice, "5, 40", "train_images", "10, 1000", images=8_000)
    assert {(config.train_images, config.batch_size) for config in plan.configs()} == {(10, 2), (1_000, 2)}
    assert plan_of(choice, "5, 40", images=8_000).base.batch_size == TrainConfig().batch_size
    for field in second_of("batch_size"):
        text = ", ".join(str(value) for value in few(field, 40))
        plan = plan_of(offered("batch_size", SMALL, 40), "8, 16", field, text)
        assert len(plan.configs()) == 2 * len(few(field, 40))


def write_ten(session) -> None:
    """One digit of each class, as somebody's first ten."""
    images = np.zeros((10, 28, 28), np.uint8)
    for label, image in enumerate(images):
        image[2 * label : 8 + 2 * label, 6:22] = 200
    session.document.samples.add_arrays(images, np.arange(10), source="drawn")
    session.samples_changed.emit()


def test_the_founding_experiment_on_ten_own_digits_says_what_it_cannot_show(open_lab, qtbot):
    lab = open_lab(digits=False)
    write_ten(lab._session)
    dialog = opened(lab)
    choose(dialog, FOUNDING)
    assert dialog.lacking.isVisible() and "Write a second one of each digit" in dialog.lacking.text()
    assert not dialog.hold_button.isVisible(), "a class would have nothing left to learn from"
    assert "in batches of 2." in dialog.setup.plan_label.text()
    run_to_the_end(qtbot, dialog)
    results, points = dialog.results, lab.experiment.points
    assert results.sentence.text().startswith("Without validation digits nobody knows")
    assert results.runs.curves[1].getData()[1][-1] == 100 * points[1].train_accuracy
    assert len(results.runs.curves[1].getData()[1]) == 40


def test_with_two_of_each_digit_a_press_holds_ten_back_and_over_fitting_can_be_seen(open_lab, qtbot):
    lab = open_lab(digits=False)
    write_ten(lab._session)
    write_ten(lab._session)
    dialog = opened(lab)
    choose(dialog, FOUNDING)
    click(dialog.hold_button)
    counts = lab._session.document.samples.split_counts(labelled_only=True)
    assert (counts[Split.TRAIN], counts[Split.VAL]) == (10, 10)
    assert not dialog.lacking.isVisible()
    run_to_the_end(qtbot, dialog)
    assert all(point.val_images == 10 for point in lab.experiment.points)


def test_larger_letters_make_the_rows_of_the_pairs_higher(qtbot):
    grid = HeatTable()
    qtbot.addWidget(grid)
    grid.resize(500, 120)
    grid.show_cells(("A", "B"), ["1"], ["1", "2", "3"], [[Cell(0.5, (0.4, 0.6), 100)]] * 3)
    grid.show()
    larger = QFont(grid.font())
    larger.setPointSizeF(2 * larger.pointSizeF())
    grid.setFont(larger)
    assert all(grid.rowHeight(row) >= 2 * grid.fontMetrics().lineSpacing() for row in range(3))
