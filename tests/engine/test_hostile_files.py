"""Files that are not what their name says: each ends in an error with a code, soon and in little memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from engine.data.document import Document
from engine.data.importers import import_paths, read_digits
from engine.data.preprocess import from_image
from engine.data.strokes import LONGEST_LINE, read_lines
from engine.errors import Code, EngineError

HEADERS = [
    '{"descr":"|u1", ',
    "{'descr':',','fortran_order':False,'shape':(1,28,28)}",
    "{'descr':'|u1','fortran_order':False,'shape':" + "(" * 3_000 + "}",
    "{'descr':'|u1','fortran_order':False,'shape':(2.5,28,28)}",
    "__import__('os')",
]


def code_of(path: Path) -> Code:
    with pytest.raises(EngineError) as caught:
        read_digits(path)
    assert caught.value.fields.get("path", str(path)) == str(path)
    return caught.value.code


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("suffix", [".npy", ".npz"])
def test_a_damaged_header_of_an_array_is_damage(tmp_path: Path, header: str, suffix: str) -> None:
    text = header.encode() + b"\n"
    content = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(784)
    if suffix == ".npz":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("images.npy", content)
        content = packed.getvalue()
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    assert code_of(path) is Code.ARRAYS_DAMAGED


def test_every_damaged_byte_of_packed_arrays_is_damage_or_harmless(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    np.savez_compressed(path, images=np.full((3, 28, 28), 9, np.uint8), labels=np.arange(3))
    good = path.read_bytes()
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        with suppress(EngineError):
            read_digits(path)


def test_every_damaged_byte_of_packed_strokes_is_damage_or_harmless(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    good = gzip.compress(b'{"strokes": [[[1, 2], [5, 9], [3, 1]]], "label": 3}\n' * 20)
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        with suppress(EngineError):
            read_digits(path)


def test_a_line_without_end_fills_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * (LONGEST_LINE + 1), 1))
    assert code_of(path) is Code.STROKES_DAMAGED


def test_half_a_character_as_a_writer_is_damage_not_a_failure_of_the_import(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"strokes": [[[1, 2], [5, 9]]], "writer": "\ud800"}), encoding="utf-8")
    document = Document.create(tmp_path / "a.dojo")
    with pytest.raises(EngineError) as caught:
        import_paths(document, [path])
    assert caught.value.code is Code.STROKES_DAMAGED
    document.close()


def test_images_without_pixels_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "a-images-idx3-ubyte"
    path.write_bytes(b"\x00\x00\x08\x03" + b"".join(size.to_bytes(4, "big") for size in (2, 0, 0)))
    (tmp_path / "a-labels-idx1-ubyte").write_bytes(b"\x00\x00\x08\x01\x00\x00\x00\x02\x01\x02")
    assert code_of(path) is Code.IDX_DAMAGED


def test_an_error_inside_an_array_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    np.save(path, np.zeros((1, 20_000, 20_000), np.uint8)[:, ::1, :5_001])
    assert code_of(path) is Code.IMAGE_TOO_LARGE


def test_strokes_that_leave_no_ink_are_said_to_be_blank(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"strokes": []}\n', encoding="utf-8")
    assert code_of(path) is Code.IMAGE_BLANK


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["x.png", "x.jsonl", "x.npz", "x.csv", "x-images-idx3-ubyte", "x"])
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    assert code_of(path) is Code.FILE_UNREADABLE
    with pytest.raises(EngineError) as caught:
        from_image(path)
    assert caught.value.code is Code.FILE_UNREADABLE
    with pytest.raises(EngineError) as caught:
        list(read_lines(path))
    assert caught.value.code is Code.FILE_UNREADABLE
