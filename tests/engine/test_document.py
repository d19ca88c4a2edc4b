"""The document as a file: made, opened, saved under another name, found again."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.config import TrainConfig
from engine.data import schema
from engine.data.document import Document
from engine.data.samples import NewSample, Split
from engine.errors import Code, EngineError


def digit(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (28, 28), np.uint8)


def refusal(action) -> EngineError:
    with pytest.raises(EngineError) as caught:
        action()
    return caught.value


def test_a_document_is_one_file_when_it_is_closed_and_holds_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "数字 と spaces.dojo"
    document = Document.create(path)
    new = NewSample(digit(0), 7, Split.VAL, "anna", "canvas", b"[[[1,2],[3,4]]]", "strokes")
    (id_,) = document.samples.add([new]).ids
    document.close()
    document.close()
    assert os.listdir(tmp_path) == [path.name]
    again = Document.open(path)
    stored = again.samples.get(id_)
    again.close()
    assert (stored.digit == new.digit).all()
    assert (stored.label, stored.split, stored.group) == (7, Split.VAL, "anna")
    assert (stored.source, stored.original, stored.original_kind) == ("canvas", new.original, "strokes")
    assert not again.is_untitled


def test_a_document_says_what_it_is_in_its_first_bytes(tmp_path: Path) -> None:
    Document.create(tmp_path / "a.dojo").close()
    header = (tmp_path / "a.dojo").read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert header[68:72] == b"dojo"
    assert int.from_bytes(header[60:64], "big") == schema.VERSION


def test_a_commit_is_flushed_to_the_disk_and_references_are_checked(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    database = document._database
    assert database.one("PRAGMA journal_mode") == ("wal",)
    assert database.one("PRAGMA synchronous") == (2,)
    assert database.one("PRAGMA foreign_keys") == (1,)
    document.close()


def test_a_new_document_keeps_the_name_as_given_and_never_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "no suffix"
    Document.create(path).close()
    before = path.read_bytes()
    error = refusal(lambda: Document.create(path))
    assert error.code == Code.DOCUMENT_EXISTS
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize(
    ("name", "code"), [("none/a.dojo", Code.FOLDER_MISSING), ("file/a.dojo", Code.FOLDER_MISSING)]
)
def test_a_new_document_needs_a_folder(tmp_path: Path, name: str, code: Code) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert refusal(lambda: Document.create(tmp_path / name)).code == code


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    try:
        error = refusal(lambda: Document.create(folder / "a.dojo"))
        assert (error.code, error.fields["path"]) == (Code.FOLDER_UNWRITABLE, str(folder))
        assert not os.listdir(folder)
    finally:
        folder.chmod(0o755)


def test_save_as_goes_on_in_the_new_file_with_everything_and_undo(tmp_path: Path) -> None:
    document = Document.untitled(tmp_path)
    old = document.path
    table = document.samples
    ids = table.add([NewSample(digit(n), n) for n in range(3)]).ids
    run = document.runs.create(
        TrainConfig(), {"version": "x"}, {Split.TRAIN: (np.array(ids), np.arange(3, dtype=np.int8))}
    )
    (tmp_path / "new").mkdir()
    new = tmp_path / "new" / "mine.dojo"
    document.save_as(new)
    assert document.path == new
    assert not document.is_untitled
    assert not old.exists()
    assert os.listdir(tmp_path) == ["new"]
    assert table.count() == 3  # the same table goes on
    assert table.undo() == "add"
    document.close()
    assert os.listdir(tmp_path / "new") == ["mine.dojo"]
    again = Document.open(new)
    assert again.samples.count() == 0
    assert again.runs.members(run, Split.TRAIN).ids.tolist() == ids
    assert not again.is_untitled
    assert again.check() == []
    again.close()


def test_save_as_leaves_a_named_document_where_it_is_and_replaces_the_target(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document.samples.add([NewSample(digit(0), 1)])
    (tmp_path / "b.dojo").write_text("what was there before")
    document.save_as(tmp_path / "b.dojo")
    document.samples.add([NewSample(digit(1), 1)])
    document.close()
    counts = []
    for name in ("a.dojo", "b.dojo"):
        opened = Document.open(tmp_path / name)
        counts.append(opened.samples.count())
        opened.close()
    assert counts == [1, 2]


def test_save_as_that_fails_leaves_the_document_where_it_was(tmp_path: Path) -> None:
    document = Document.untitled(tmp_path)
    document.samples.add([NewSample(digit(0), 1)])
    path = document.path
    protected = tmp_path / "protected.dojo"
    protected.write_bytes(b"mine")
    protected.chmod(0o444)
    assert refusal(lambda: document.save_as(tmp_path / "none" / "a.dojo")).code == Code.FOLDER_MISSING
    assert refusal(lambda: document.save_as(protected)).code == Code.DOCUMENT_READ_ONLY
    assert refusal(lambda: document.save_as(tmp_path)).code == Code.DOCUMENT_EXISTS
    assert document.path == path
    assert document.is_untitled
    assert document.samples.count() == 1
    assert protected.read_bytes() == b"mine"
    document.close()
    assert sorted(os.listdir(tmp_path)) == sorted(["protected.dojo", path.name])


def test_a_document_that_went_bad_is_not_saved_over_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "a.dojo"
    document = Document.create(path)
    images = np.random.default_rng(0).integers(0, 256, (300, 28, 28), np.uint8)
    document.samples.add_arrays(images, [1] * 300)
    document.close()
    document = Document.open(path)
    with path.open("r+b") as file:  # a disk that loses pages behind our back
        file.seek(50 * 4_096)
        file.write(b"Z" * 4_096 * 10)
    (tmp_path / "good.dojo").write_bytes(b"good")
    assert refusal(lambda: document.save_as(tmp_path / "good.dojo")).code == Code.DOCUMENT_DAMAGED
    assert (tmp_path / "good.dojo").read_bytes() == b"good"
    assert document.check()[0].code == "file_damaged"
    document.close()
    assert sorted(os.listdir(tmp_path)) == ["a.dojo", "good.dojo"]


def test_save_as_neither_replaces_an_open_document_nor_leaves_an_open_worker_behind(tmp_path: Path) -> None:
    document, other = Document.create(tmp_path / "a.dojo"), Document.create(tmp_path / "b.dojo")
    assert refusal(lambda: document.save_as(other.path)).code == Code.DOCUMENT_BUSY
    other.close()
    worker = document.open_again()
    assert refusal(lambda: document.save_as(tmp_path / "b.dojo")).code == Code.DOCUMENT_BUSY
    worker.close()
    document.save_as(tmp_path / "b.dojo")
    document.close()


def test_save_as_onto_itself_changes_nothing(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document.save_as(tmp_path / "." / "a.dojo")
    assert document.path == tmp_path / "a.dojo"
    document.close()


def test_a_full_disk_is_said_and_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document.samples.add([NewSample(digit(0), 1)])
    pages = document._database.one("PRAGMA page_count")
    document._database.run(f"PRAGMA max_page_count = {pages[0] + 3}")
    many = np.random.default_rng(1).integers(0, 256, (500, 28, 28), np.uint8)
    assert refusal(lambda: document.samples.add_arrays(many, [3] * 500)).code == Code.DISK_FULL
    assert document.samples.count() == 1
    assert document.check() == []
    document.close()


def test_a_document_that_another_program_writes_is_busy(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document._database.run("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(document.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refusal(lambda: document.samples.add([NewSample(digit(0), 1)])).code == Code.DOCUMENT_BUSY
    assert document.samples.count() == 0
    other.execute("ROLLBACK")
    other.close()
    document.samples.add([NewSample(digit(0), 1)])
    document.close()


def test_another_thread_works_through_its_own_connection_and_shares_undo(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")

    def work() -> None:
        mine = document.open_again()
        mine.samples.add([NewSample(digit(0), 4)])
        mine.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert document.samples.count() == 1
    assert document.samples.undo() == "add"
    assert document.samples.count() == 0
    document.close()
    assert os.listdir(tmp_path) == ["a.dojo"]


def test_the_data_version_grows_with_every_edit_and_only_then(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    samples = document.samples
    versions = [document.data_version()]

    def note() -> None:
        versions.append(document.data_version())

    ids = samples.add([NewSample(digit(n), 1) for n in range(2)]).ids
    note()
    samples.set_label(ids, 2)
    note()
    samples.set_split(ids, Split.TEST)
    note()
    samples.delete(ids[:1])
    note()
    samples.undo()
    note()
    assert versions == sorted(set(versions))
    samples.load()
    samples.set_label(ids, 2)  # changes nothing
    document.runs.create(TrainConfig(), {}, {})
    assert document.data_version() == versions[-1]
    document.close()


def test_the_newest_untitled_document_that_can_be_opened_is_found_again(tmp_path: Path) -> None:
    assert Document.find_untitled(tmp_path / "none") is None
    assert Document.find_untitled(tmp_path) is None
    first, second = Document.untitled(tmp_path), Document.untitled(tmp_path)
    assert first.is_untitled
    assert Document.find_untitled(tmp_path) is None, "both are in use"
    second.samples.add([NewSample(digit(0), 1)])
    paths = first.path, second.path
    first.close()
    second.close()
    for age, path in enumerate(paths):
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    assert Document.find_untitled(tmp_path) == paths[1]
    paths[1].write_bytes(b"overwritten by something else")
    assert Document.find_untitled(tmp_path) == paths[0]
    again = Document.open(paths[0])
    assert again.is_untitled
    again.close()
    assert sorted(os.listdir(tmp_path)) == sorted(path.name for path in paths)


posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")


@posix_only
def test_a_document_that_is_moved_while_it_is_open_keeps_all_its_digits(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document.samples.add([NewSample(digit(0), 1, source="canvas")])
    assert document.is_in_place()
    (tmp_path / "a.dojo").rename(tmp_path / "moved.dojo")
    assert not document.is_in_place()
    document.samples.add([NewSample(digit(1), 1, source="canvas")])
    document.close()
    assert os.listdir(tmp_path) == ["moved.dojo"]
    moved = Document.open(tmp_path / "moved.dojo")
    assert (moved.samples.count(), moved.check()) == (2, [])
    moved.close()


@posix_only
@pytest.mark.parametrize("name", ["a.dojo", "other.dojo", "new.dojo"])
def test_a_document_that_is_deleted_while_it_is_open_can_be_saved_again(tmp_path: Path, name: str) -> None:
    Document.create(tmp_path / "other.dojo").close()
    document = Document.create(tmp_path / "a.dojo")
    document.samples.add([NewSample(digit(0), 1, source="canvas")])
    (tmp_path / "a.dojo").unlink()
    document.samples.add([NewSample(digit(1), 1, source="canvas")])
    document.save_as(tmp_path / name)
    document.samples.add([NewSample(digit(2), 1, source="canvas")])
    assert document.is_in_place()
    document.close()
    assert sorted(os.listdir(tmp_path)) == sorted({"other.dojo", name})
    again = Document.open(tmp_path / name)
    assert (again.samples.count(), again.check()) == (3, [])
    again.close()


@posix_only
def test_a_strangers_file_under_the_name_of_an_open_document_stays_as_it_is(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "a.dojo")
    document.samples.add([NewSample(digit(0), 1, source="canvas")])
    (tmp_path / "a.dojo").unlink()
    (tmp_path / "a.dojo").write_text("a letter")
    assert not document.is_in_place()
    assert refusal(lambda: document.save_as(tmp_path / "a.dojo")).code is Code.DOCUMENT_EXISTS
    assert (tmp_path / "a.dojo").read_text() == "a letter"
    document.save_as(tmp_path / "b.dojo")
    assert document.samples.count() == 1
    document.close()
