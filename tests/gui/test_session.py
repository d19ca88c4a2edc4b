"""The session: every edit is kept and told, what cannot be opened changes nothing, nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code
from gui.document_session import DocumentSession, Start


def digit(value: int) -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 10 + value : 14 + value] = 255
    return image


class Heard(list):
    """Names of the signals of a session, in order; failures by their code."""

    def __init__(self, session: DocumentSession) -> None:
        super().__init__()
        session.document_changed.connect(lambda: self.append("document"))
        session.samples_changed.connect(lambda: self.append("samples"))
        session.runs_changed.connect(lambda: self.append("runs"))
        session.failed.connect(lambda error: self.append(error.code))


@pytest.fixture
def make_session(qapp, tmp_path):
    """Returns a function that makes a session over one folder; all are closed after the test."""
    made = []

    def make() -> DocumentSession:
        session = DocumentSession(tmp_path / "data")
        made.append(session)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(make_session) -> DocumentSession:
    session = make_session()
    session.start()
    return session


def test_the_first_start_makes_an_untitled_document_in_the_data_folder(make_session, tmp_path):
    session = make_session()
    heard = Heard(session)
    assert session.start() is Start.NEW
    assert session.document.is_untitled
    assert session.document.path.parent == tmp_path / "data"
    assert heard == ["document"]


def test_an_untitled_document_with_digits_is_found_again_at_the_next_start(make_session):
    first = make_session()
    first.start()
    first.add_digit(digit(1), 1, "canvas")
    first.close()
    second = make_session()
    assert second.start() is Start.RECOVERED
    assert second.document.samples.count() == 1


def test_an_untitled_document_that_never_held_anything_leaves_no_file(make_session, tmp_path):
    session = make_session()
    session.start()
    session.close()
    assert list((tmp_path / "data").iterdir()) == []


def test_every_edit_is_committed_and_told(session):
    heard = Heard(session)
    one = session.add_digit(digit(1), 1, "canvas")
    two = session.add_digit(digit(2), 2, "canvas")
    assert session.set_label([one], 7)
    assert session.set_split([two], Split.TEST)
    assert session.delete([two])
    assert heard == ["samples"] * 5
    elsewhere = session.document.open_again()
    assert elsewhere.samples.counts()[7] == 1
    assert elsewhere.samples.count() == 1
    elsewhere.close()


def test_undo_and_redo_name_what_they_did(session):
    one = session.add_digit(digit(1), 1, "canvas")
    session.delete([one])
    assert session.undo() == "delete"
    assert session.document.samples.count() == 1
    assert session.redo() == "delete"
    assert session.document.samples.count() == 0


def test_undo_with_nothing_to_undo_says_nothing(session):
    heard = Heard(session)
    assert session.undo() is None
    assert heard == []


@pytest.mark.parametrize("kind", ["missing", "foreign", "empty", "text"])
def test_a_document_that_cannot_be_opened_leaves_the_open_one(session, tmp_path, kind):
    session.add_digit(digit(3), 3, "canvas")
    path = tmp_path / "other.dojo"
    expected = {
        "missing": Code.DOCUMENT_MISSING,
        "foreign": Code.DOCUMENT_FOREIGN,
        "empty": Code.FILE_EMPTY,
        "text": Code.DOCUMENT_FOREIGN,
    }[kind]
    if kind == "foreign":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE t (x)")
        other.close()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("not a document, but long enough to look at its first hundred bytes\n" * 4)
    before, heard = session.document, Heard(session)
    assert not session.open(path)
    assert heard == [expected]
    assert session.document is before
    assert session.document.samples.count() == 1


def test_save_as_gives_the_document_a_name_and_the_untitled_file_goes(session, tmp_path):
    session.add_digit(digit(3), 3, "canvas")
    untitled, heard = session.document.path, Heard(session)
    assert session.save_as(tmp_path / "数字.dojo")
    assert heard == ["document"]
    assert session.document.path == tmp_path / "数字.dojo"
    assert not session.document.is_untitled
    assert not untitled.exists()
    session.add_digit(digit(4), 4, "canvas")
    assert session.document.samples.count() == 2


def test_a_save_as_that_fails_keeps_the_document_where_it_is(session, tmp_path):
    session.add_digit(digit(3), 3, "canvas")
    before, heard = session.document.path, Heard(session)
    assert not session.save_as(tmp_path / "no such folder" / "a.dojo")
    assert heard == [Code.FOLDER_MISSING]
    assert session.document.path == before
    assert session.document.samples.count() == 1


def test_a_new_document_leaves_the_digits_of_the_old_one_in_its_file(session):
    session.add_digit(digit(3), 3, "canvas")
    before = session.document.path
    session.new()
    assert session.document.samples.count() == 0
    assert session.open(before)
    assert session.document.samples.count() == 1


def test_the_named_document_of_last_time_is_opened_again(make_session, tmp_path):
    document = Document.create(tmp_path / "named.dojo")
    document.close()
    session = make_session()
    assert session.start(last=tmp_path / "named.dojo") is Start.OPENED
    assert session.document.path == tmp_path / "named.dojo"


def test_a_relative_path_is_remembered_as_a_whole_one(session, tmp_path, monkeypatch):
    Document.create(tmp_path / "named.dojo").close()
    monkeypatch.chdir(tmp_path)
    assert session.open(Path("named.dojo"))
    assert session.document.path == tmp_path / "named.dojo"


def test_a_document_of_last_time_that_is_gone_is_said_and_an_untitled_one_serves(make_session, tmp_path):
    session = make_session()
    heard = Heard(session)
    assert session.start(last=tmp_path / "gone.dojo") is Start.NEW
    assert heard == [Code.DOCUMENT_MISSING, "document"]


def test_two_windows_never_share_an_untitled_document(make_session):
    first, second = make_session(), make_session()
    first.start()
    first.add_digit(digit(1), 1, "canvas")
    assert second.start() is Start.NEW
    assert second.document.path != first.document.path


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_without_permission_is_said_and_the_window_still_has_a_document(make_session, tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)
    session = make_session()
    heard = Heard(session)
    assert session.start() is Start.NEW
    assert heard == [Code.FOLDER_UNWRITABLE, "document"]
    assert session.add_digit(digit(1), 1, "canvas") is not None


def test_a_data_folder_that_is_a_file_is_said_and_the_window_still_has_a_document(make_session, tmp_path):
    (tmp_path / "data").write_text("in the way")
    session = make_session()
    heard = Heard(session)
    assert session.start() is Start.NEW
    assert heard == [Code.FOLDER_UNWRITABLE, "document"]
    assert session.add_digit(digit(1), 1, "canvas") is not None
    assert (tmp_path / "data").read_text() == "in the way"


def test_every_correction_is_there_to_be_learnt_from(session):
    for _ in range(30):
        session.add_digit(digit(4), 4, "correction")
    counts = session.document.samples.split_counts()
    assert counts[Split.TRAIN] == 30, counts
