"""The Runs page on a real document: the table, the overlaid curves, what differs, and every command."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from runs_setup import Setup
from stored_runs import add_run

from engine.config import TrainConfig
from engine.data.run_lock import held_run
from gui.widgets.run_looks import COLORS, DASHES, look_of
from gui.widgets.runs_table import COLUMNS


@pytest.fixture
def setup(qtbot, session, system_again):
    QLocale.setDefault(QLocale(QLocale.Language.English))
    made = Setup(qtbot, session)
    yield made
    assert made.controller.shutdown()


def drawn(plot, run: int) -> tuple[list[float], list[float]]:
    x, y = plot.curves[run].getOriginalDataset()
    return ([], []) if x is None else (list(x), list(y))


# -- the table -----------------------------------------------------------------------------------------


def test_an_empty_page_leads_to_the_first_training_with_one_button(setup, qtbot):
    setup.show()
    buttons = [button for button in setup.page.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["Train the first one"]
    with qtbot.waitSignal(setup.page.train_requested):
        setup.click("emptyTrainButton")


def test_every_run_is_listed_with_settings_facts_and_result(setup):
    run = add_run(setup.session.document, TrainConfig(epochs=4, batch_size=50, seed=7), val_images=1_000)
    setup.show()
    assert setup.cell(run, "result") == "90.0 %  [88.0–91.7]"
    assert setup.cell(run, "n") == "1,000"
    told = {name: setup.cell(run, name) for name in ("epochs", "batch_size", "seed", "device", "time")}
    assert told == {
        "epochs": "4",
        "batch_size": "50",
        "seed": "7",
        "device": "CPU (1 thread(s))",
        "time": "0:08",
    }
    facts = setup.panels.facts
    rows = {facts.item(row, 0).text(): facts.item(row, 1).text() for row in range(facts.rowCount())}
    assert rows["PyTorch"] == "2.13.0" and rows["Version of the data"] == "0"
    assert rows["Training digits"] == "130"


def test_a_result_on_few_digits_is_grey_and_says_why(setup):
    document = setup.session.document
    few, many = add_run(document, val_images=20), add_run(document, val_images=500)
    none = add_run(document, val_images=0)
    setup.show()
    model = setup.page.table.runs

    def color(run: int):
        index = model.index(model.row_of(run), COLUMNS.index("result"))
        return index.data(Qt.ItemDataRole.ForegroundRole)

    assert color(few) is not None and color(many) is None
    index = model.index(model.row_of(few), COLUMNS.index("result"))
    assert "say little" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert setup.cell(none, "result") == "–"


def test_a_run_that_nobody_ended_is_running_only_while_somebody_trains_it(setup):
    run = add_run(setup.session.document, state="running", reason=None)
    with held_run(setup.session.document.path, run):
        setup.show()
        assert setup.cell(run, "state") == "running"
    setup.session.trained()
    assert setup.cell(run, "state") == "cut off"


def test_the_newest_run_stands_first_and_any_column_sorts(setup):
    document = setup.session.document
    for batch in (600, 8, 64):
        add_run(document, TrainConfig(epochs=2, batch_size=batch))
    setup.show()
    assert setup.order() == [3, 2, 1]
    setup.page.table.sortByColumn(COLUMNS.index("batch_size"), Qt.SortOrder.AscendingOrder)
    assert setup.order() == [2, 3, 1]


def test_the_keyboard_sorts_by_the_column_of_the_cell_and_again_the_other_way(setup):
    for batch in (600, 8, 64):
        add_run(setup.session.document, TrainConfig(epochs=2, batch_size=batch))
    setup.show()
    table = setup.page.table
    table.setCurrentIndex(table.model().index(0, COLUMNS.index("batch_size")))
    QTest.keyClick(table, Qt.Key.Key_F3)
    assert setup.order() == [2, 3, 1]
    QTest.keyClick(table, Qt.Key.Key_F3)
    assert setup.order() == [1, 3, 2]


def test_a_run_that_was_damaged_does_not_take_the_others_along(setup):
    document = setup.session.document
    good, bad = add_run(document), add_run(document)
    document.runs._database.run("UPDATE runs SET config = 'x' WHERE id = ?", (bad,))
    document.runs._database.run("UPDATE runs SET created = 'once' WHERE id = ?", (good,))
    setup.show()
    assert setup.order() == [good]


# -- curves --------------------------------------------------------------------------------------------


def test_the_overlaid_curves_are_the_stored_figures_on_every_axis(setup):
    run = add_run(setup.session.document)
    setup.show()
    assert drawn(setup.overlay.loss, run) == ([1, 2, 3, 4], [1, 1 / 2, 1 / 3, 1 / 4])
    for axis, ends in (("step", [3, 6, 9, 12]), ("images", [130, 260, 390, 520]), ("seconds", [2, 4, 6, 8])):
        combo = setup.overlay.axis_combo
        combo.setCurrentIndex(combo.findData(axis))
        x, y = drawn(setup.overlay.accuracy, run)
        assert x == ends
        assert y == pytest.approx([100 * (1 - 0.4 / epoch) for epoch in (1, 2, 3, 4)])


def test_the_newest_three_runs_are_drawn_at_first_and_a_box_draws_any_other(setup):
    runs = [add_run(setup.session.document, TrainConfig(epochs=number)) for number in range(1, 7)]
    setup.show()
    assert set(setup.overlay.loss.curves) == set(runs[-3:])
    table = setup.page.table
    table.select_runs([runs[0]])
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert set(setup.overlay.loss.curves) == {runs[0], *runs[-3:]}
    table.select_runs(runs)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert set(setup.overlay.loss.curves) == set(runs)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert setup.overlay.loss.curves == {}


def test_a_mouse_click_into_the_box_takes_a_run_away(setup):
    run = add_run(setup.session.document)
    setup.show()
    table = setup.page.table
    box = table.visualRect(table.model().index(0, 0))
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.topLeft() + QPointF(10, box.height() / 2).toPoint(),
    )
    assert run not in setup.overlay.loss.curves


def test_no_two_runs_look_alike_and_none_is_solid_like_the_baseline(setup):
    palette = setup.page.palette()
    looks = [look_of(slot, palette) for slot in range(len(COLORS) * len(DASHES))]
    assert len({(look.color.name(), look.dash) for look in looks}) == len(looks)
    assert all(look.dash for look in looks)


def test_the_pinned_baseline_is_thick_solid_in_the_colour_of_text_with_diamonds_and_stays_pinned(setup):
    document = setup.session.document
    first, second = add_run(document, TrainConfig(epochs=3)), add_run(document, TrainConfig(epochs=4))
    setup.show()
    setup.page.table.select_runs([first])
    setup.click("pinRunButton")
    pens = {run: setup.overlay.loss.curves[run].opts["pen"] for run in (first, second)}
    assert pens[first].color() == setup.page.palette().text().color()
    assert pens[first].style() == Qt.PenStyle.SolidLine
    assert pens[second].style() == Qt.PenStyle.CustomDashLine
    assert pens[first].width() > pens[second].width()
    assert setup.overlay.loss.curves[first].opts["symbol"] == "d"
    assert document.runs.baseline() == first
    assert setup.find("pinRunButton").text() == "Unpin the baseline"
    setup.click("pinRunButton")
    assert document.runs.baseline() is None
    assert setup.overlay.loss.curves[first].opts["pen"].style() == Qt.PenStyle.CustomDashLine


def test_the_samples_of_lines_lie_on_the_ground_of_the_look_one_switches_to(setup):
    add_run(setup.session.document)
    setup.show()

    def ground() -> QColor:
        icon = setup.panels.values.item(0, 0).icon()
        return icon.pixmap(icon.availableSizes()[0]).toImage().pixelColor(0, 0)

    for color in (QColor("#101820"), QColor("#fdfdfd")):
        palette = setup.page.palette()
        palette.setColor(QPalette.ColorRole.Base, color)
        setup.page.setPalette(palette)
        setup.qtbot.waitUntil(lambda color=color: ground() == color)


def test_the_cursor_reads_every_run_at_that_place_and_nothing_behind_its_end(setup):
    document = setup.session.document
    short = add_run(document, TrainConfig(epochs=2, batch_size=50))
    long = add_run(document, TrainConfig(epochs=6, batch_size=50), level=2.0)
    setup.show()
    plot = setup.overlay.loss
    at = plot.mapFromScene(plot.plotItem.vb.mapViewToScene(QPointF(4.2, 0.5)))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(plot.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)
    table = setup.panels.values
    texts = [[table.item(row, column).text() for column in range(4)] for row in range(2)]
    assert texts == [
        [f"Run {short}", "–", "–", "–"],
        [f"Run {long}", "4", "0.5000", "90.00 %"],
    ]
    assert setup.overlay.accuracy.cursor_line.isVisible()
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert table.item(0, 1).text() == "2", "without a cursor it is the best epoch"


def test_an_early_stop_is_crossed_and_single_steps_are_drawn_when_wanted(setup):
    config = TrainConfig(epochs=9, batch_size=50, early_stop=2)
    run = add_run(setup.session.document, config, epochs=4, reason="early_stop")
    setup.show()
    crosses = [item for item in setup.overlay.loss._items if getattr(item, "opts", {}).get("symbol") == "x"]
    assert [point.pos().x() for item in crosses for point in item.points()] == [4]
    setup.overlay.which_combo.setCurrentIndex(2)
    x, y = drawn(setup.overlay.loss, run)
    assert y == pytest.approx([3.0 / step for step in range(1, 13)])
    assert x[:3] == pytest.approx([50 / 130, 100 / 130, 1])


def test_a_run_without_validation_is_drawn_by_its_training_digits(setup):
    run = add_run(setup.session.document, val_images=0)
    setup.show()
    assert drawn(setup.overlay.loss, run)[1] == pytest.approx([1.2 / epoch for epoch in (1, 2, 3, 4)])


def test_a_zoom_moves_both_plots_and_the_button_shows_everything_again(setup):
    add_run(setup.session.document)
    setup.show()
    reset = setup.overlay.tools.reset
    assert not reset.isEnabled()
    QTest.keyClick(setup.overlay.loss, Qt.Key.Key_Plus)
    assert reset.isEnabled()
    narrow = setup.overlay.accuracy.plotItem.vb.viewRange()[0]
    assert narrow[1] - narrow[0] < 4
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert setup.overlay.accuracy.plotItem.vb.viewRange()[0][1] >= 4
    assert not reset.isEnabled()


# -- what differs --------------------------------------------------------------------------------------


def test_only_the_settings_that_differ_are_in_the_table(setup):
    document = setup.session.document
    add_run(document, TrainConfig(epochs=3, batch_size=50))
    setup.show()
    assert not setup.panels.differences.isVisibleTo(setup.panels)
    add_run(document, TrainConfig(epochs=3, batch_size=600, augment="off"), images=6_000)
    setup.session.trained()
    table = setup.panels.differences
    rows = [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    assert rows == [
        ["Batch size", "50", "600"],
        ["Augmentation", "Light", "Off"],
        ["Training digits", "130", "6,000"],
    ]


# -- the rest ------------------------------------------------------------------------------------------


def test_a_run_that_ends_meanwhile_is_there_and_drawn_when_the_page_is_seen_again(setup):
    add_run(setup.session.document)
    setup.show()
    setup.page.hide()
    run = add_run(setup.session.document, TrainConfig(epochs=7))
    setup.session.trained()
    setup.page.show()
    assert setup.order()[0] == run and run in setup.overlay.loss.curves


def test_another_document_has_other_runs(setup):
    add_run(setup.session.document)
    setup.show()
    setup.session.new()
    assert setup.find("emptyTrainButton").isVisible()


def test_all_runs_are_exported_unless_several_are_selected(setup):
    runs = [add_run(setup.session.document, TrainConfig(epochs=number)) for number in (1, 2, 3)]
    setup.show()
    wanted: list[tuple] = []
    setup.page.export_wanted.connect(lambda *told: wanted.append(told))
    setup.page.bar.export_actions["table"].trigger()
    setup.page.table.select_runs(runs[1:])
    setup.page.bar.export_actions["tensorboard"].trigger()
    assert wanted == [(runs, "table"), (runs[1:], "tensorboard")]


def test_fifty_runs_of_two_hundred_epochs_are_read_without_their_single_steps(setup):
    document = setup.session.document
    for number in range(50):
        add_run(
            document, TrainConfig(epochs=200, batch_size=50), images=50, steps=False, level=1 + number / 9
        )
    setup.show()
    setup.page.table.runs.show_runs(range(1, 51), True)
    assert len(setup.overlay.loss.curves) == 50
    assert all(not len(series.steps) for _, series in setup.page._series.values())
    lengths = {len(np.asarray(curve.getOriginalDataset()[0])) for curve in setup.overlay.loss.curves.values()}
    assert lengths == {200}
