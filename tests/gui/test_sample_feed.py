"""Many new digits come to the Data page batch by batch; the window is free in between."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_data_page import bars, labels, picture, select

from gui.pages.data_page import DataPage
from gui.widgets import sample_feed


@pytest.fixture
def page(session, qtbot, system_again):
    page = DataPage(session)
    page.said = []
    page.message.connect(lambda kind, text, action, on_action: page.said.append((kind, text(), on_action)))
    qtbot.addWidget(page)
    page.resize(1_100, 600)
    page.show()
    qtbot.waitExposed(page)
    yield page
    assert page.shutdown()


def test_many_new_digits_come_batch_by_batch_and_edits_meanwhile_are_seen_at_once(
    page, session, qtbot, monkeypatch
):
    monkeypatch.setattr(sample_feed, "BATCH", 5)
    session.document.samples.add_arrays(bars(23), [1] * 23)
    session.imported()
    model = page.browse.grid.model
    assert model.count() == 5  # the window is free again
    session.set_label([2], 7)
    session.delete([3])
    session.add_digit(bars(24)[23], 4, "canvas")
    assert [int(model.labels[model.rows_of(np.array([2]))[0]]), 3 in model.ids[model.shown]] == [7, False]
    qtbot.waitUntil(lambda: not page._feed.is_behind)
    stored, shown = session.document.samples.load(), model.shown[::-1]
    assert len(stored.ids) == 23
    np.testing.assert_array_equal(model.ids[shown], stored.ids)
    np.testing.assert_array_equal(model.labels[shown], stored.labels)
    np.testing.assert_array_equal(model.images[shown], stored.images)
    assert page.browse.counts.counts()[:8] == [0, 21, 0, 0, 1, 0, 0, 1]
    for _ in range(4):  # the last is the import itself
        session.undo()
    qtbot.waitUntil(lambda: not page._feed.is_behind)
    assert model.count() == session.document.samples.count() == 0
    session.redo()
    page.shutdown()  # the document is closed now; what waits is not asked for
    QApplication.processEvents()
    assert model.count() == 5


def test_an_import_is_told_when_all_of_its_digits_are_shown(page, session, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(sample_feed, "BATCH", 2)
    for foot in range(5, 33, 4):
        picture(tmp_path / "mine" / f"{'abcdefghijk'[foot // 4]}.png", foot)
    (tmp_path / "mine" / "5_broken.png").write_text("this is no picture")
    page.import_paths([tmp_path / "mine"])
    qtbot.waitUntil(lambda: bool(page.said), timeout=20_000)
    assert page.browse.grid.selected_ids() == session.document.samples.load().ids.tolist()
    assert len(page.browse.grid.selected_ids()) == 7
    assert page._panel.rejected_lines() and page._panel.isVisible()


def test_after_an_import_of_labelled_digits_nothing_older_is_selected(page, session, qtbot, tmp_path):
    session.document.samples.add_arrays(bars(3), [1, 1, 1])
    session.samples_changed.emit()
    select(page, 1, 2)
    picture(tmp_path / "mine" / "4_a.png", 20)
    page.import_paths([tmp_path / "mine"])
    qtbot.waitUntil(lambda: bool(page.said) and not page.is_importing, timeout=20_000)
    assert page.browse.grid.selected_ids() == []
    QTest.keyClick(page.browse.grid, Qt.Key.Key_6)
    assert sorted(labels(session)) == [1, 1, 1, 4]
