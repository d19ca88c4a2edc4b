"""Images, folders and strokes become digits of a document; what cannot be read is said, the rest comes in."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.data.document import Document
from engine.data.importers import image_files, import_paths, read_digits
from engine.data.pictures import ORIGINAL_BYTES, label_from
from engine.data.preprocess import from_image, from_strokes
from engine.data.samples import Split
from engine.data.strokes import from_json
from engine.errors import Code, EngineError


@pytest.fixture
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    opened = Document.create(tmp_path_factory.mktemp("document") / "a.dojo")
    yield opened
    opened.close()


def draw(path: Path, slant: int = 0, size: int = 64, colour: int = 0) -> Path:
    """Write a picture of a line, dark on white; another slant makes another digit."""
    image = Image.new("L", (size, size), 255)
    line = [(size // 2 + slant, size // 6), (size // 2 - slant, size - size // 6)]
    ImageDraw.Draw(image).line(line, fill=colour, width=max(4, size // 16))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return path


def strokes_file(path: Path, count: int, writer: str | None = None) -> Path:
    lines = [
        {
            "strokes": [[[10 + n, 10], [20, 60 + n], [15, 100]]],
            "label": n % 10,
            **({"writer": writer} if writer else {}),
        }
        for n in range(count)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def refused(document: Document, *paths: Path, **options) -> EngineError:
    with pytest.raises(EngineError) as caught:
        import_paths(document, paths, **options)
    assert document.samples.count() == 0
    return caught.value


def test_one_image_is_prepared_and_its_file_kept(document: Document, tmp_path: Path) -> None:
    path = draw(tmp_path / "7_アンナ.png")
    report = import_paths(document, [path])
    assert (report.added, report.duplicates, report.rejected) == (1, 0, [])
    sample = document.samples.get(report.ids[0])
    assert (sample.digit == from_image(path).digit).all()
    assert (sample.label, sample.source, sample.original_kind) == (7, "import", "image")
    assert sample.original == path.read_bytes()


def test_a_large_image_is_kept_as_a_small_copy(document: Document, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(200, 256, (700, 900, 3), np.uint8)
    noise[100:600, 400:450] = 0
    Image.fromarray(noise).save(tmp_path / "photo.png")
    assert (tmp_path / "photo.png").stat().st_size > ORIGINAL_BYTES
    report = import_paths(document, [tmp_path / "photo.png"], label=1)
    original = document.samples.get(report.ids[0]).original
    assert original is not None
    with Image.open(io.BytesIO(original)) as copy:
        assert copy.format == "PNG"
        assert max(copy.size) == 256


def test_folders_give_the_labels_and_are_walked_deep(document: Document, tmp_path: Path) -> None:
    root = tmp_path / "数字 の folder"
    draw(root / "3" / "a.png", 1)
    draw(root / "3" / "deep" / "b.png", 2)
    draw(root / "4" / "c.JPG", 3)
    draw(root / "5_x.png", 4)
    draw(root / "unknown.png", 5)
    draw(root / ".hidden" / "3.png", 6)
    draw(root / "3" / ".hidden.png", 7)
    (root / "notes.txt").write_text("not a picture, and not a complaint either")
    report = import_paths(document, [root])
    assert report.rejected == []
    assert [document.samples.get(id_).label for id_ in report.ids] == [3, 3, 4, 5, None]


def test_a_folder_itself_may_be_named_by_its_digit(document: Document, tmp_path: Path) -> None:
    draw(tmp_path / "8" / "a.png")
    report = import_paths(document, [tmp_path / "8"])
    assert document.samples.get(report.ids[0]).label == 8


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("7.png", 7),
        ("7_anna.png", 7),
        ("7-2.png", 7),
        ("7 (2).png", 7),
        ("７.png", 7),
        ("70.png", None),
        ("7a.png", None),
        ("img7.png", None),
        ("2024-01-05.png", None),
    ],
)
def test_a_file_name_tells_a_label_only_when_it_is_clear(name: str, label: int | None) -> None:
    assert label_from(Path(name), None) == label


def test_the_nearest_folder_speaks_before_the_file_name() -> None:
    root = Path("scans")
    assert label_from(root / "3" / "anna" / "5.png", root) == 3
    assert label_from(root / "3" / "4" / "5.png", root) == 4
    assert label_from(root / "anna" / "5.png", root) == 5


def test_one_bad_file_does_not_keep_the_others_out(document: Document, tmp_path: Path) -> None:
    draw(tmp_path / "1" / "good.png", 1)
    draw(tmp_path / "1" / "zz.png", 2)
    (tmp_path / "1" / "empty.png").write_bytes(b"")
    (tmp_path / "1" / "text.png").write_text("I am not a picture")
    Image.new("L", (40, 40), 255).save(tmp_path / "1" / "blank.png")
    (tmp_path / "1" / "cut.png").write_bytes((tmp_path / "1" / "good.png").read_bytes()[:60])
    report = import_paths(document, [tmp_path])
    assert report.added == 2
    assert {Path(item.path).name: item.code for item in report.rejected} == {
        "empty.png": Code.FILE_EMPTY,
        "text.png": Code.IMAGE_UNREADABLE,
        "blank.png": Code.IMAGE_BLANK,
        "cut.png": Code.IMAGE_UNREADABLE,
    }
    assert all(item.fields["path"] == item.path for item in report.rejected)


def test_what_alone_was_asked_for_and_cannot_be_had_is_an_error(document: Document, tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    empty.write_bytes(b"")
    (tmp_path / "letter.doc").write_text("Dear diary")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("x")
    assert refused(document, tmp_path / "none.png").code == Code.FILE_MISSING
    assert refused(document, empty).code == Code.FILE_EMPTY
    assert refused(document, tmp_path / "letter.doc").code == Code.FORMAT_UNKNOWN
    assert refused(document, tmp_path / "notes").code == Code.FOLDER_WITHOUT_IMAGES
    assert refused(document, draw(tmp_path / "1.png"), label=10).code == Code.LABEL_INVALID


def test_several_things_asked_for_come_in_as_far_as_they_can(document: Document, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    report = import_paths(document, [tmp_path / "none.png", tmp_path / "notes", draw(tmp_path / "1.png")])
    assert report.added == 1
    assert [item.code for item in report.rejected] == [Code.FOLDER_WITHOUT_IMAGES, Code.FILE_MISSING]


def test_label_split_and_group_that_are_given_apply_to_all(document: Document, tmp_path: Path) -> None:
    draw(tmp_path / "3" / "a.png", 1)
    strokes_file(tmp_path / "s.jsonl", 2, "ben")
    report = import_paths(document, [tmp_path], label=9, split=Split.TEST, group="anna")
    rows = [document.samples.get(id_) for id_ in report.ids]
    assert [(row.label, row.split, row.group) for row in rows] == [(9, Split.TEST, "anna")] * 3


def test_the_same_import_again_finds_only_duplicates_and_undo_takes_it_back_whole(
    document: Document, tmp_path: Path
) -> None:
    for n in range(5):
        draw(tmp_path / str(n) / "a.png", n)
    strokes_file(tmp_path / "s.jsonl", 300)
    report = import_paths(document, [tmp_path])
    assert report.added + report.duplicates == 305
    again = import_paths(document, [tmp_path])
    assert (again.added, again.duplicates) == (0, 305)
    assert document.samples.undo() == "add"
    assert document.samples.count() == 0
    assert not document.samples.can_undo


def test_strokes_keep_their_writer_and_their_trajectory(document: Document, tmp_path: Path) -> None:
    path = strokes_file(tmp_path / "s.jsonl", 3, "30")
    report = import_paths(document, [path])
    row = document.samples.get(report.ids[1])
    assert (row.label, row.group, row.original_kind) == (1, "30", "strokes")
    assert row.original is not None
    strokes = from_json(row.original.decode())
    assert strokes[0].tolist() == [[11, 10], [20, 61], [15, 100]]
    assert (from_strokes(strokes).digit == row.digit).all()


def test_a_damaged_stroke_line_is_named_and_nothing_of_the_file_taken(
    document: Document, tmp_path: Path
) -> None:
    path = strokes_file(tmp_path / "s.jsonl", 3)
    path.write_text(path.read_text() + "\n{broken", encoding="utf-8")
    error = refused(document, path)
    assert (error.code, error.fields["line"]) == (Code.STROKES_DAMAGED, 4)


def test_progress_rises_to_the_end_and_can_cancel(document: Document, tmp_path: Path) -> None:
    for n in range(6):
        draw(tmp_path / "many" / f"{n}.png", n)
    strokes_file(tmp_path / "many" / "s.jsonl", 600)
    told: list[tuple[int, int]] = []
    report = import_paths(
        document, [tmp_path / "many"], on_progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (606, 606)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not report.is_cancelled
    document.samples.undo()
    stopped = import_paths(document, [tmp_path / "many"], on_progress=lambda done, total: done < 3)
    assert stopped.is_cancelled
    assert stopped.added == document.samples.count() == 3
    assert document.samples.undo() == "add"
    assert document.samples.count() == 0


def test_a_folder_is_read_in_one_order_whatever_the_system_says(tmp_path: Path) -> None:
    for name in ("10.png", "9.png", "b/1.png", "B2.png", "a.png", "数.png"):
        draw(tmp_path / name)
    names = [path.relative_to(tmp_path).as_posix() for path in image_files(tmp_path)]
    assert names == ["9.png", "10.png", "a.png", "b/1.png", "B2.png", "数.png"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_loop_of_links_ends_and_a_linked_folder_is_entered_once(tmp_path: Path) -> None:
    draw(tmp_path / "folder" / "1.png")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path / "folder")
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    (tmp_path / "folder" / "dead.png").symlink_to(tmp_path / "nowhere.png")
    assert [path.name for path in image_files(tmp_path / "folder")] == ["1.png"]


def test_a_folder_without_images_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for ask in (image_files, read_digits):
        with pytest.raises(EngineError, match=Code.FOLDER_WITHOUT_IMAGES):
            ask(tmp_path)


def test_digits_are_read_without_a_document(tmp_path: Path) -> None:
    draw(tmp_path / "1" / "a.png", 1)
    draw(tmp_path / "x.png", 2)
    (tmp_path / "1" / "bad.png").write_text("x")
    images, labels = read_digits(tmp_path)
    assert images.shape == (2, 28, 28)
    assert labels.tolist() == [1, -1]
    with pytest.raises(EngineError, match=Code.IMAGE_UNREADABLE):
        read_digits(tmp_path / "1" / "bad.png")
    with pytest.raises(EngineError, match=Code.FILE_MISSING):
        read_digits(tmp_path / "none.csv")


def test_an_image_without_a_suffix_is_known_by_its_first_bytes(document: Document, tmp_path: Path) -> None:
    draw(tmp_path / "a.png").rename(tmp_path / "scan")
    assert import_paths(document, [tmp_path / "scan"]).added == 1
