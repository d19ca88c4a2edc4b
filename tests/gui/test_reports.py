"""Reports from the window: HTML and PDF, in its language, of the run that is meant."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from stored_runs import add_run

from engine.data.document import Document
from engine.export.report import Charts, Digits, Heading, Pairs, Report, Score, Table, Text
from engine.export.svg import Colors, Drawing
from gui import workers
from gui.report_pdf import pdf_of
from gui.reports import Reports
from gui.widgets import message_row

TIMEOUT = 30_000


class Dialogs:
    """Stands in for the system's dialogs."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.proposed = path, []

    def file_to_save(self, title, name, kinds):
        self.proposed.append((name, [suffix for _, suffix in kinds]))
        return self.path

    def folder_to_fill(self, title):
        return None


def drawing(colors: Colors) -> Drawing:
    made = Drawing(100, 60, "a line")
    made.line(0, 0, 100, 60, colors.ink)
    made.text(50, 30, "words", colors.ink)
    return made


def long_report() -> Report:
    """A report with every kind of block, too long for two pages."""
    digits = np.random.default_rng(1).integers(0, 256, (30, 28, 28)).astype(np.uint8)
    table = Table(("a", "b"), tuple((str(n), str(n * n)) for n in range(30)), has_sum=True)
    sections = (
        (Score("97.7 %", "of them " * 30), Text("plain " * 900), Text("marked", is_marked=True)),
        (Heading("Tables"), table, Pairs((("Seed", "1"), ("Epochs", "5"), ("Model", "CNN")))),
        (Heading("Drawings"), Charts((drawing, drawing)), Charts((drawing,), share=0.5)),
        (
            Heading("Digits"),
            Digits(digits, tuple(map(str, range(30))), columns=8),
            Digits(digits, columns=24),
        ),
    )
    return Report("en", "A title", "a subtitle", "Name:", "a foot", sections)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_every_kind_of_block_is_painted_on_as_many_pages_as_it_needs(qapp):
    pdf = pdf_of(long_report())
    assert pdf.startswith(b"%PDF-")
    assert pages_of(pdf) == 3
    short = Report("en", "A title", "", "", "", ((Text("short"),),))
    assert pages_of(pdf_of(short)) == 1


@pytest.fixture
def reports(session):
    made = Reports(session, Dialogs(None))
    yield made
    assert made.shutdown()


def said(reports: Reports) -> list[str]:
    found: list[str] = []
    reports.message.connect(lambda _kind, words, *_rest: found.append(words()))
    return found


def test_without_a_run_there_is_a_sentence_and_no_dialog(reports):
    told = said(reports)
    reports.save_report()
    assert told == ["There is no run to report yet. Train one first."]
    assert reports._dialogs.proposed == []


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_a_report_is_written_whole_and_told(reports, session, qtbot, tmp_path, suffix):
    add_run(session.document)
    told = said(reports)
    reports._dialogs.path = tmp_path / f"out{suffix}"
    reports.save_report()
    assert reports._dialogs.proposed == [("Training report Run 1", [".html", ".pdf"])]
    assert told == ["Writing the report…"]
    qtbot.waitUntil(lambda: len(told) == 2, timeout=TIMEOUT)
    assert told[1] == f"Saved: out{suffix}"
    content = reports._dialogs.path.read_bytes()
    assert content.startswith(b"%PDF-" if suffix == ".pdf" else b"<!DOCTYPE html>")
    assert content.rstrip().endswith(b"%%EOF" if suffix == ".pdf" else b"</html>")


@pytest.fixture
def slow(start_dojo, tmp_path, monkeypatch):
    """The window, with a report of 200 digits that waits after each of its steps until it may go on."""
    monkeypatch.setattr(workers, "PROGRESS_SECONDS", 0)  # every word of progress comes
    path = tmp_path / "runs.dojo"
    document = Document.create(path)
    add_run(document)
    document.close()
    dojo = start_dojo(path, "en")
    go_on = threading.Semaphore(0)

    def make(document, run, language, progress):
        for done in (0, 50, 150):
            if not progress(done, 200):
                return None
            assert go_on.acquire(timeout=20)
        return Report("en", "A title", "", "", "", ((Text("short"),),)) if progress(200, 200) else None

    reports = dojo.desk.reports
    reports._make, reports._dialogs = make, Dialogs(tmp_path / "out.html")
    dojo.window.strip.dismiss()
    reports.save_report()
    yield dojo, go_on
    go_on.release(9)


def test_the_strip_says_how_far_the_report_is_until_it_is_written(slow, qtbot, monkeypatch):
    monkeypatch.setattr(message_row, "FADE_MS", 1)
    dojo, go_on = slow
    strip = dojo.window.strip
    qtbot.waitUntil(lambda: strip.text() == "Writing the report… 0 %", timeout=TIMEOUT)
    go_on.release()
    qtbot.waitUntil(lambda: strip.text() == "Writing the report… 25 %", timeout=TIMEOUT)
    dojo.choose_language("ja")
    qtbot.waitUntil(lambda: strip.text() == "レポートを書き出しています… 25 %")
    dojo.choose_language("en")
    monkeypatch.setattr(message_row, "FADE_MS", 60_000)
    go_on.release(2)
    qtbot.waitUntil(lambda: strip.texts() == ["Saved: out.html"], timeout=TIMEOUT)


def test_a_report_can_be_cancelled_and_leaves_no_file(slow, qtbot, tmp_path):
    dojo, go_on = slow
    strip = dojo.window.strip
    qtbot.waitUntil(lambda: strip.text() == "Writing the report… 0 %", timeout=TIMEOUT)
    before = sorted(tmp_path.iterdir())
    button = next(one for one in strip.findChildren(QPushButton) if one.isVisible())
    assert button.text() == "Cancel"
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())  # it has slid in
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    go_on.release()
    qtbot.waitUntil(lambda: not dojo.desk.reports.task.is_running, timeout=TIMEOUT)
    assert strip.texts() == ["Cancelled: no report was written."]
    assert sorted(tmp_path.iterdir()) == before


def test_where_nothing_can_be_written_it_says_so(reports, session, qtbot, tmp_path):
    add_run(session.document)
    told = said(reports)
    reports._dialogs.path = tmp_path / "missing" / "out.html"
    reports.save_report()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=TIMEOUT)
    assert told[1].startswith("There is no folder ")


def test_menu_and_runs_page_write_in_the_windows_language(start_dojo, tmp_path, qtbot):
    path = tmp_path / "runs.dojo"
    document = Document.create(path)
    add_run(document)
    add_run(document)
    document.close()
    dojo = start_dojo(path, "ja")
    dialogs = Dialogs(tmp_path / "out.html")
    dojo.desk.reports._dialogs = dialogs
    dojo.window.show_page("runs")
    dojo.runs_page.table.select_runs([1])
    QTest.mouseClick(dojo.runs_page.doors.report, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialogs.path.exists() and not dojo.desk.reports.task.is_running, timeout=TIMEOUT)
    assert dialogs.proposed == [("学習レポート 実行 1", [".html", ".pdf"])]
    assert "学習レポート: 実行 1" in dialogs.path.read_text(encoding="utf-8")
    dojo.window.menus.actions["report"].trigger()
    qtbot.waitUntil(lambda: not dojo.desk.reports.task.is_running, timeout=TIMEOUT)
    assert dialogs.proposed[1][0] == "学習レポート 実行 2", "the model in use"
