"""Many files read at once: the same answers as one by one, labels from names, bad files listed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.cli.command_line import main
from engine.data.preprocess import from_image
from engine.data.reading import items, sources
from engine.data.strokes import to_json
from engine.errors import Code
from engine.export.answers_csv import COLUMNS, answers_table
from engine.inference.answers import answers, summary
from engine.inference.predictor import load_base
from engine.sentences import sentence


def draw(path: Path, lines: list[list[tuple[int, int]]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", (140, 200), 240)
    pen = ImageDraw.Draw(image)
    for line in lines:
        pen.line(line, fill=30, width=12, joint="curve")
    image.save(path)
    return path


SEVEN = [[(30, 40), (110, 40), (60, 170)]]
ONE = [[(70, 30), (70, 170)]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A 7 and a 1 in the right folders, a 1 in a wrong one, an empty page and no picture at all."""
    root = tmp_path / "digits"
    draw(root / "7" / "a.png", SEVEN)
    draw(root / "1" / "b.png", ONE)
    draw(root / "4" / "c.png", ONE)
    draw(root / "2" / "empty.png", [])
    (root / "broken.png").write_text("no picture")
    return root


def read(*paths: Path):
    found = [item for source in sources(list(paths)) for item in items(source)]
    return answers(load_base(), found)


def test_a_folder_gives_an_answer_for_each_file_with_the_label_its_folder_tells(folder: Path) -> None:
    found = {answer.item.path.name: answer for answer in read(folder)}
    assert sorted(found) == ["a.png", "b.png", "broken.png", "c.png", "empty.png"]
    verdicts = {name: answer.is_right for name, answer in found.items()}
    assert verdicts == {"a.png": True, "b.png": True, "c.png": False, "empty.png": None, "broken.png": None}
    broken = found["broken.png"].item.error
    assert broken is not None and broken.code == Code.IMAGE_UNREADABLE
    counts = summary(found.values())
    assert (counts.items, counts.unreadable, counts.right, counts.known) == (5, 2, 2, 3)
    assert counts.accuracy == pytest.approx(2 / 3)
    half = summary(list(found.values())[:2]).plus(summary(list(found.values())[2:]))
    assert half == counts


def test_a_path_that_is_nowhere_is_an_item_too(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "nothing").mkdir()
    found = read(tmp_path / "gone.png", tmp_path / "nothing", folder / "7")
    codes = [answer.item.error.code if answer.item.error else None for answer in found]
    assert codes == [Code.FILE_MISSING, Code.FOLDER_WITHOUT_IMAGES, None]


def test_each_line_of_strokes_is_an_item_with_its_strokes(tmp_path: Path) -> None:
    lines = [{"strokes": json.loads(to_json([np.array(ONE[0], np.float32)])), "label": 1}, {"strokes": []}]
    path = tmp_path / "pen.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    one, empty = read(path)
    assert (one.item.index, one.item.label, one.is_right) == (0, 1, True)
    assert one.item.strokes is not None and len(one.item.strokes) == 1
    assert (empty.item.index, empty.prediction) == (1, None)


def test_the_table_says_what_predict_says(folder: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "answers.csv"
    assert main(["predict", "--json", "--csv", str(target), str(folder)]) == 2, "one file is broken"
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    content = target.read_bytes()
    assert content == answers_table(read(folder), lambda error: sentence(error, "en"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(printed) == 5
    for row, line in zip(rows, printed, strict=True):
        assert row["path"] == line["path"]
        assert row["answer"] == ("" if line["label"] is None else str(line["label"]))
        if line["label"] is not None:
            shares = [float(row[f"p{digit}"]) for digit in range(10)]
            assert shares == pytest.approx(line["probabilities"], abs=1e-9)
            box = from_image(Path(row["path"])).box
            assert box is not None
            assert (int(row["left"]), int(row["top"])) == box[:2]
    by_name = {Path(row["path"]).name: row for row in rows}
    assert (by_name["c.png"]["label"], by_name["c.png"]["right"]) == ("4", "0")
    assert "not a readable image" in by_name["broken.png"]["problem"]
    assert by_name["empty.png"]["answer"] == "" and by_name["empty.png"]["right"] == ""


def test_every_digit_of_a_picture_is_an_item_where_that_is_wanted(tmp_path: Path, capsys) -> None:
    sheet = Image.new("L", (420, 240), 240)
    pen = ImageDraw.Draw(sheet)
    for left in (40, 240):
        pen.line([(left, 60), (left + 80, 60), (left + 30, 190)], fill=30, width=12, joint="curve")
    sheet.save(tmp_path / "sheet.png")
    draw(tmp_path / "7" / "a.png", SEVEN)
    assert main(["predict", "--json", "--all-digits", str(tmp_path / "sheet.png"), str(tmp_path / "7")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(Path(line["path"]).name, line["index"], line["label"]) for line in lines] == [
        ("sheet.png", 0, 7),
        ("sheet.png", 1, 7),
        ("a.png", 0, 7),
    ]
    assert main(["predict", "--json", str(tmp_path / "sheet.png")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
