"""What a user reads when a file is not what it should be: one sentence, and nothing is lost."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli.command_line import main
from engine.data.document import Document
from engine.errors import Code


def good_document(path: Path) -> Path:
    document = Document.create(path)
    document.close()
    return path


def newer(folder: Path) -> Path:
    path = good_document(folder / "newer.dojo")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    return path


def foreign(folder: Path) -> Path:
    path = folder / "foreign.dojo"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
    connection.close()
    return path


def not_a_database(folder: Path) -> Path:
    path = folder / "letter.dojo"
    path.write_text("Dear diary", encoding="utf-8")
    return path


def truncated(folder: Path) -> Path:
    path = good_document(folder / "truncated.dojo")
    path.write_bytes(path.read_bytes()[:-5_000])
    return path


def scrambled(folder: Path) -> Path:
    path = good_document(folder / "scrambled.dojo")
    content = bytearray(path.read_bytes())
    for position in range(4_096, len(content)):
        content[position] = 0x5A
    path.write_bytes(content)
    return path


def read_only(folder: Path) -> Path:
    path = good_document(folder / "read only.dojo")
    path.chmod(0o444)
    return path


def empty_image(folder: Path) -> Path:
    path = folder / "empty.png"
    path.write_bytes(b"")
    return path


def text_named_png(folder: Path) -> Path:
    path = folder / "text.png"
    path.write_text("I am not a picture", encoding="utf-8")
    return path


def huge_image(folder: Path) -> Path:
    """Write a true PNG of 30,000 × 30,000 black-and-white pixels; it compresses to some 100 kB."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(1 + 3_750) * 1_000) for _ in range(30)) + packer.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    path = folder / "huge.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return path


def folder_without_images(folder: Path) -> Path:
    path = folder / "notes"
    path.mkdir()
    (path / "readme.txt").write_text("none", encoding="utf-8")
    return path


DOCUMENTS: list[tuple[Callable[[Path], Path], Code]] = [
    (newer, Code.DOCUMENT_NEWER),
    (foreign, Code.DOCUMENT_FOREIGN),
    (not_a_database, Code.DOCUMENT_FOREIGN),
    (truncated, Code.DOCUMENT_TRUNCATED),
    (scrambled, Code.DOCUMENT_DAMAGED),
    (read_only, Code.DOCUMENT_READ_ONLY),
]
PICTURES: list[tuple[Callable[[Path], Path], Code]] = [
    (empty_image, Code.FILE_EMPTY),
    (text_named_png, Code.IMAGE_UNREADABLE),
    (huge_image, Code.IMAGE_TOO_LARGE),
    (folder_without_images, Code.FOLDER_WITHOUT_IMAGES),
]


def sentence_of(words: list[object], language: str, capsys: pytest.CaptureFixture[str]) -> str:
    code = main([*map(str, words), "--language", language])
    streams = capsys.readouterr()
    assert code == 2
    lines = streams.err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize(("make", "code"), DOCUMENTS, ids=lambda value: getattr(value, "__name__", None))
def test_a_document_that_cannot_be_opened_says_why_and_stays_byte_identical(
    make: Callable[[Path], Path], code: Code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make(tmp_path)
    before = hashlib.sha256(path.read_bytes()).digest()
    commands: list[list[object]] = [["train", path], ["import", path, tmp_path]]
    if code is not Code.DOCUMENT_READ_ONLY:  # it can be read: see test_protected_documents
        commands += [["check", path], ["runs", path]]
    for command in commands:
        english, japanese = (sentence_of(command, language, capsys) for language in ("en", "ja"))
        assert str(path) in english
        assert str(path) in japanese
        assert english != japanese
    with pytest.raises(Exception, match=code.value):
        Document.open(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name], "something was left beside it"


@pytest.mark.parametrize(("make", "code"), PICTURES, ids=lambda value: getattr(value, "__name__", None))
def test_a_picture_that_cannot_be_read_says_why(
    make: Callable[[Path], Path], code: Code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = good_document(tmp_path / "own.dojo")
    path = make(tmp_path)
    for command in (["import", document, path], ["predict", path]):
        english, japanese = (sentence_of(command, language, capsys) for language in ("en", "ja"))
        assert str(path) in english
        assert english != japanese


def test_a_folder_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    unwritable = Path("/proc/self")  # refuses even the superuser
    if not unwritable.is_dir():
        pytest.skip("needs a folder that nobody can write to, as Linux has")
    for language in ("en", "ja"):
        assert str(unwritable) in sentence_of(["new", unwritable / "own.dojo"], language, capsys)


def test_an_existing_document_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = good_document(tmp_path / "own.dojo")
    before = path.read_bytes()
    assert str(path) in sentence_of(["new", path], "en", capsys)
    assert path.read_bytes() == before
