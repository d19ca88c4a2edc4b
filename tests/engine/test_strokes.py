"""Strokes: their JSON lines, and the ink they become."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.data.placing import is_canonical
from engine.data.preprocess import from_strokes
from engine.data.strokes import from_json, parse_line, read_lines, render, to_json
from engine.errors import Code, EngineError

SEVEN = [[[100, 100], [200, 100], [150, 300]], [[120, 200], [190, 200]]]


def arrays(strokes: list[list[list[float]]]) -> list[NDArray[np.float32]]:
    return [np.array(stroke, np.float32) for stroke in strokes]


def centre_of_mass(digit: NDArray[np.uint8]) -> tuple[float, float]:
    down, across = np.indices(digit.shape)
    total = float(digit.sum())
    return float((down * digit).sum()) / total, float((across * digit).sum()) / total


def test_drawn_strokes_lie_in_mnists_frame() -> None:
    digit = render(arrays(SEVEN))
    assert digit.shape == (28, 28) and digit.dtype == np.uint8
    assert is_canonical(digit)
    assert np.abs(np.subtract(centre_of_mass(digit), 14)).max() <= 0.5


def test_scale_and_place_of_strokes_do_not_matter() -> None:
    strokes = arrays(SEVEN)
    moved = [stroke * 4 + 1000 for stroke in strokes]
    assert np.abs(render(strokes).astype(int) - render(moved)).max() <= 1


def test_a_straight_line_has_the_pens_width_and_keeps_its_aspect() -> None:
    digit = render(arrays([[[50, 0], [50, 400]]]))
    across = digit[14] / 255
    assert 2.5 < across.sum() < 2.9
    assert digit.any(axis=1).sum() == 20


def test_a_few_points_of_a_circle_become_a_round_line() -> None:
    angles = np.linspace(0, 2 * np.pi, 9)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    digit = render([circle])
    edge = digit > 127
    down, across = np.nonzero(edge)
    away = np.hypot(down - down.mean(), across - across.mean())
    assert away.min() > 6 and away.max() < 11


def test_pressure_makes_a_line_wider_where_it_is_strong() -> None:
    line = np.stack([np.full(21, 5.0), np.linspace(0, 40, 21), np.linspace(0.1, 0.9, 21)], axis=1)
    digit = render([line.astype(np.float32)]).astype(int)
    assert digit[20].sum() > digit[7].sum() * 1.2


@pytest.mark.parametrize("points", [[[5, 5]], [[5, 5], [5, 5]], [[1e-30, 0], [0, 0]], [[5, 5, 0.5]]])
def test_a_tap_is_a_dot_of_ink(points: list[list[float]]) -> None:
    prepared = from_strokes(arrays([points]))
    assert not prepared.is_blank
    assert prepared.digit.max() > 200


def test_a_dot_beside_a_line_is_seen() -> None:
    with_dot = render(arrays([[[0, 0], [0, 100]], [[60, 50]]]))
    assert with_dot[:, 18:].max() > 200


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [np.empty((0, 2), np.float32)],
        [np.full((3, 2), np.nan, np.float32)],
        [np.empty((0, 3), np.float32)],
    ],
)
def test_no_points_are_nothing(strokes: list[NDArray[np.float32]]) -> None:
    prepared = from_strokes(strokes)
    assert prepared.is_blank and prepared.box is None and not prepared.digit.any()


def test_points_that_are_not_numbers_are_left_out() -> None:
    broken = np.array([[100, 100], [np.nan, 3], [200, 100], [np.inf, 0], [150, 300]], np.float32)
    assert np.array_equal(render([broken]), render(arrays([[[100, 100], [200, 100], [150, 300]]])))


@pytest.mark.parametrize("scale", [1e-20, 1e15, 1e36])
def test_coordinates_of_any_size_are_drawn(scale: float) -> None:
    assert is_canonical(render([stroke * np.float32(scale) for stroke in arrays(SEVEN)]))


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert render(arrays(SEVEN)).tobytes() == render(arrays(SEVEN)).tobytes()


def test_json_keeps_points_and_pressure() -> None:
    strokes = [np.array([[1.5, 2], [3, 4]], np.float32), np.array([[1, 2, 0.5]], np.float32)]
    read = from_json(to_json(strokes))
    assert all(np.array_equal(one, other) for one, other in zip(strokes, read, strict=True))


def test_a_line_gives_strokes_label_and_writer() -> None:
    digit = parse_line('{"strokes": [[[1, 2], [3, 4]]], "label": 7, "writer": "12"}')
    assert (digit.label, digit.writer, len(digit.strokes)) == (7, "12", 1)
    assert parse_line('{"strokes": []}').label is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        '{"strokes": 3}',
        '{"strokes": [[[1]]]}',
        '{"strokes": [[[1, "x"]]]}',
        '{"strokes": [[[1, null]]]}',
        '{"strokes": [], "label": 10}',
        '{"strokes": [], "label": "7"}',
        '{"strokes": [[[1, 1' + "0" * 400 + "]]]}",
        '{"strokes": [[[1, NaN], [2, 3]]]}',
        '{"strokes": [[[1, 1e999], [2, 3]]]}',
        '{"strokes": [[[-Infinity, 1], [2, 3]]]}',
        '{"strokes": [[[1, 1e300], [2, 3]]]}',
        '{"strokes": [[[1, 2, NaN], [2, 3, 0.5]]]}',
    ],
)
def test_a_damaged_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        parse_line(line)


@pytest.mark.parametrize("packed", [False, True])
def test_a_stroke_file_is_read_plain_or_packed(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "数字.jsonl"
    text = b'\xef\xbb\xbf{"strokes": [[[1, 2]]], "label": 3}\n\n{"strokes": []}\n'
    path.write_bytes(gzip.compress(text) if packed else text)
    assert [digit.label for digit in read_lines(path)] == [3, None]


@pytest.mark.parametrize("damaged", ["not json", '{"strokes": [[[NaN, 0], [1, 1]]]}'])
def test_errors_of_a_stroke_file_name_the_line(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "digits.jsonl"
    path.write_text('{"strokes": []}\n' + damaged + "\n")
    with pytest.raises(EngineError) as caught:
        list(read_lines(path))
    assert caught.value.code == Code.STROKES_DAMAGED
    assert caught.value.fields["line"] == 2


def test_missing_empty_and_torn_stroke_files_are_told_apart(tmp_path: Path) -> None:
    empty, torn = tmp_path / "empty.jsonl", tmp_path / "torn.jsonl.gz"
    empty.write_bytes(b"")
    torn.write_bytes(gzip.compress(b'{"strokes": []}\n' * 100)[:-12])
    cases = [(tmp_path / "none", Code.FILE_MISSING), (empty, Code.FILE_EMPTY), (torn, Code.STROKES_DAMAGED)]
    for path, code in cases:
        with pytest.raises(EngineError) as caught:
            list(read_lines(path))
        assert caught.value.code == code
