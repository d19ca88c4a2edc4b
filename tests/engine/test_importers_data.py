"""IDX, CSV and NumPy files: kept pixel by pixel, or refused with the place of the damage."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.data import starter
from engine.data.document import Document
from engine.data.importers import import_paths, read_digits
from engine.errors import Code, EngineError

COUNT = 40


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    images, labels = starter.load()
    return images[:COUNT], labels[:COUNT]


def idx(path: Path, array: np.ndarray, packed: bool = False) -> Path:
    content = (
        struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()
    )
    path.write_bytes(gzip.compress(content, 1) if packed else content)
    return path


def code_of(path: Path) -> Code:
    with pytest.raises(EngineError) as caught:
        read_digits(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("images_name", "labels_name"),
    [
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
        ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
        ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
        ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte"),
    ],
)
def test_idx_files_are_read_with_the_labels_beside_them(
    digits, tmp_path: Path, images_name: str, labels_name: str
) -> None:
    path = idx(tmp_path / images_name, digits[0], images_name.endswith(".gz"))
    idx(tmp_path / labels_name, digits[1], labels_name.endswith(".gz"))
    for source in (path, tmp_path):
        images, labels = read_digits(source)
        assert (images == digits[0]).all()
        assert (labels == digits[1]).all()


def test_idx_images_and_labels_chosen_together_come_in_once(digits, tmp_path: Path) -> None:
    paths = [
        idx(tmp_path / "train-labels-idx1-ubyte", digits[1]),
        idx(tmp_path / "train-images-idx3-ubyte", digits[0]),
    ]
    document = Document.create(tmp_path / "a.dojo")
    report = import_paths(document, paths)
    assert (report.added, report.rejected) == (COUNT, [])
    document.close()


def test_idx_without_labels_names_the_file_it_needs_or_takes_a_given_label(digits, tmp_path: Path) -> None:
    path = idx(tmp_path / "train-images-idx3-ubyte.gz", digits[0], packed=True)
    document = Document.create(tmp_path / "a.dojo")
    with pytest.raises(EngineError) as caught:
        import_paths(document, [path])
    assert caught.value.code == Code.IDX_LABELS_MISSING
    assert caught.value.fields["expected"] == "train-labels-idx1-ubyte.gz"
    assert import_paths(document, [path], label=4).added == COUNT
    assert document.samples.counts()[4] == COUNT
    document.close()


def test_damaged_idx_files_are_refused(digits, tmp_path: Path) -> None:
    path = tmp_path / "train-images-idx3-ubyte"
    idx(tmp_path / "train-labels-idx1-ubyte", digits[1])
    whole = idx(path, digits[0]).read_bytes()
    bad_labels = [digits[1][:-1]]
    for content in (
        whole[:3],
        whole[:10],
        whole[:-1],
        whole + b"\0",
        b"\0\0\x0d\x03" + whole[4:],
        b"text" * 99,
    ):
        path.write_bytes(content)
        assert code_of(path) == Code.IDX_DAMAGED
    path.write_bytes(struct.pack(">HBB3I", 0, 8, 3, 4_000_000_000, 28, 28))
    assert code_of(path) == Code.IDX_DAMAGED, "a header that claims three terabytes takes no memory"
    path.write_bytes(whole)
    for labels in bad_labels:
        idx(tmp_path / "train-labels-idx1-ubyte", labels)
        assert code_of(path) == Code.IDX_DAMAGED
    idx(tmp_path / "train-labels-idx1-ubyte", np.full(COUNT, 11))
    assert code_of(path) == Code.LABEL_INVALID


def test_a_packed_idx_that_is_cut_or_swells_is_refused(digits, tmp_path: Path) -> None:
    path = tmp_path / "train-images-idx3-ubyte.gz"
    idx(tmp_path / "train-labels-idx1-ubyte", digits[1])
    whole = idx(path, digits[0], packed=True).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path) == Code.IDX_DAMAGED
    bomb = struct.pack(">HBB3I", 0, 8, 3, COUNT, 28, 28) + bytes(50_000_000)
    path.write_bytes(gzip.compress(bomb, 1))
    assert code_of(path) == Code.IDX_DAMAGED


def test_idx_of_another_size_is_prepared_like_pictures(tmp_path: Path) -> None:
    images = np.zeros((3, 16, 16), np.uint8)
    images[:, 2:14, 7:9] = 255
    idx(tmp_path / "usps-images-idx3-ubyte", images)
    idx(tmp_path / "usps-labels-idx1-ubyte", np.array([1, 1, 1]))
    found, labels = read_digits(tmp_path / "usps-images-idx3-ubyte")
    assert found.shape == (3, 28, 28)
    assert found[0, 5:23, 12:16].mean() > 100
    assert labels.tolist() == [1, 1, 1]


def table(images: np.ndarray, labels: np.ndarray | None, separator: str = ",") -> str:
    rows = images.reshape(len(images), -1).tolist()
    if labels is not None:
        rows = [[int(label), *row] for label, row in zip(labels, rows, strict=True)]
    return "\n".join(separator.join(map(str, row)) for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("heading", [True, False])
def test_tables_with_any_separator_with_and_without_heading(
    digits, tmp_path: Path, separator: str, heading: bool
) -> None:
    first = separator.join(["label", *(f"pixel{n}" for n in range(784))]) + "\n" if heading else ""
    path = tmp_path / "digits.csv"
    path.write_text("\ufeff" + first + table(*digits, separator) + "\n\n", encoding="utf-8")
    images, labels = read_digits(path)
    assert (images == digits[0]).all()
    assert (labels == digits[1]).all()


def test_tables_without_labels_packed_or_with_decimal_points_are_read(digits, tmp_path: Path) -> None:
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(gzip.compress(table(digits[0], None).encode()))
    images, labels = read_digits(path)
    assert (images == digits[0]).all()
    assert (labels == -1).all()
    plain = tmp_path / "floats.csv"
    plain.write_text(table(digits[0].astype(np.float32), digits[1]))
    assert (read_digits(plain)[0] == digits[0]).all()


def test_dark_ink_on_light_ground_is_inverted_for_the_whole_table_or_array(digits, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(255 - digits[0], digits[1]))
    np.savez(tmp_path / "a.npz", images=255 - digits[0], labels=digits[1])
    for name in ("a.csv", "a.npz"):
        assert (read_digits(tmp_path / name)[0] == digits[0]).all()


@pytest.mark.parametrize(
    "wrong",
    [
        "3,1,2",
        "11" + ",0" * 784,
        "3" + ",256" * 784,
        "3" + ",-1" * 784,
        "x" + ",0" * 784,
        "nan" + ",0" * 784,
        "3" + ",1" * 785,
        "1" * 70_000,
    ],
)
def test_a_damaged_line_of_a_table_is_named(digits, tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(digits[0][:2], digits[1][:2]) + "\n" + wrong)
    with pytest.raises(EngineError) as caught:
        read_digits(path)
    assert (caught.value.code, caught.value.fields["line"]) == (Code.TABLE_DAMAGED, 3)


def test_a_table_without_digits_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("label,pixel0\n")
    assert code_of(path) == Code.TABLE_DAMAGED


@pytest.mark.parametrize(
    "names",
    [("images", "labels"), ("x_train", "y_train"), ("X", "Y"), ("pictures", "answers"), ("arr_0", "arr_1")],
)
@pytest.mark.parametrize("shape", [(COUNT, 28, 28), (COUNT, 784), (COUNT, 28, 28, 1), (COUNT, 1, 28, 28)])
def test_arrays_of_every_usual_name_and_shape(
    digits, tmp_path: Path, names: tuple[str, str], shape: tuple[int, ...]
) -> None:
    path = tmp_path / "a.npz"
    np.savez_compressed(path, **{names[0]: digits[0].reshape(shape), names[1]: digits[1]})
    images, labels = read_digits(path)
    assert (images == digits[0]).all()
    assert (labels == digits[1]).all()


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64, ">i2", "fraction"])
def test_arrays_of_every_usual_number_come_back_exactly(digits, tmp_path: Path, kind) -> None:
    images = (digits[0] / 255).astype(np.float32) if kind == "fraction" else digits[0].astype(kind)
    np.savez(tmp_path / "a.npz", images=np.asfortranarray(images), labels=np.eye(10)[digits[1]])
    found, labels = read_digits(tmp_path / "a.npz")
    assert (found == digits[0]).all()
    assert (labels == digits[1]).all()


def test_train_and_test_parts_are_joined_and_a_bare_array_has_no_labels(digits, tmp_path: Path) -> None:
    np.savez(
        tmp_path / "a.npz",
        x_train=digits[0][:30],
        y_train=digits[1][:30],
        x_test=digits[0][30:],
        y_test=digits[1][30:],
    )
    assert (read_digits(tmp_path / "a.npz")[1] == digits[1]).all()
    np.save(tmp_path / "b.npy", digits[0])
    images, labels = read_digits(tmp_path / "b.npy")
    assert (images == digits[0]).all()
    assert (labels == -1).all()


def test_damaged_and_hostile_arrays_are_refused(digits, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    images, labels = digits
    cases: list[dict[str, np.ndarray]] = [
        {"images": images, "labels": labels[:-1]},
        {"images": images.astype(np.float32) * np.nan},
        {"images": images.astype(np.int64) + 1},
        {"images": np.array([{"a": 1}], object)},
        {"images": np.zeros((2, 28, 28, 3), np.uint8)},
        {"labels": labels},
        {"images": np.zeros((0, 28, 28), np.uint8)},
    ]
    for case in cases:
        np.savez(path, **case)
        assert code_of(path) == Code.ARRAYS_DAMAGED
    np.savez(path, images=images, labels=labels + 8)
    assert code_of(path) == Code.LABEL_INVALID
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"PK" + b"x" * 50, b"text"):
        path.write_bytes(content)
        assert code_of(path) == Code.ARRAYS_DAMAGED


def test_an_array_whose_header_claims_more_than_the_file_holds_takes_no_memory(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        buffer, {"descr": "|u1", "fortran_order": False, "shape": (1_000_000_000_000, 28, 28)}
    )
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("images.npy", buffer.getvalue() + bytes(784))
    assert code_of(tmp_path / "a.npz") == Code.ARRAYS_DAMAGED
