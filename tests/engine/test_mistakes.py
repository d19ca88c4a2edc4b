"""Mistakes of a model: the figures of ``evaluate``, label doubts, and what changed since a training."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.export.charts import confusion_drawing
from engine.export.mistakes_csv import images_table, matrix_table, scores_table
from engine.export.svg import PRINTED, ticks
from engine.inference.crosscheck import cross_check, halves_of
from engine.inference.label_book import LabelBook, changes_since
from engine.inference.mistakes import Wanted, examine
from engine.inference.predictor import load_run
from engine.inference.readings import Readings, confusion_of, read, surest_first, suspicion
from engine.training import session as training
from engine.training.control import Control
from engine.training.scores import scores_of

CONFIG = TrainConfig(
    model="mlp", hidden=(24,), epochs=5, batch_size=16, augment="off", learning_rate=0.01, device="cpu"
)
WRONG = 3  # 4s among the validation digits that are labelled 9


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("mistakes") / "trained.dojo"
    document = Document.create(path)
    for split, each, seed in ((Split.TRAIN, 12, 1), (Split.VAL, 6, 2), (Split.TEST, 3, 3)):
        some = digits(each, seed)
        labels = some.labels.copy()
        if split is Split.VAL:
            labels[np.flatnonzero(labels == 4)[:WRONG]] = 9
        document.samples.add_arrays(some.images, labels, split=split)
    list(training.start(document, CONFIG, Control()))
    document.close()
    return path


@pytest.fixture
def document(trained, tmp_path):
    path = tmp_path / "copy.dojo"
    path.write_bytes(trained.read_bytes())
    document = Document.open(path)
    yield document
    document.close()


def examined(document: Document, split: Split, run: int | None = 1, epoch: int | None = None):
    found = examine(document, Wanted(run, epoch, split), Readings.none(), Readings.none())
    _, labels = found.book.of(split)
    return found, labels


@pytest.mark.parametrize(
    ("split", "run", "epoch"),
    [(Split.VAL, 1, None), (Split.TRAIN, 1, 2), (Split.TEST, 1, None), (Split.VAL, None, None)],
)
def test_matrix_and_scores_are_those_of_evaluate(document, capsys, split, run, epoch):
    found, labels = examined(document, split, run, epoch)
    confusion = confusion_of(labels, found.readings.answers)
    words = ["--run", str(run) if run else "base", "--split", split.value, "--json"]
    words += ["--epoch", str(epoch)] if epoch else []
    assert main(["evaluate", str(document.path), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["confusion"] == [list(row) for row in confusion]
    for line, score in zip(told["per_class"], scores_of(confusion), strict=True):
        assert (line["label"], line["n"], line["said"]) == (score.digit, score.n, score.said)
        assert (line["accuracy"], line["precision"], line["f1"]) == (score.recall, score.precision, score.f1)
        assert tuple(line["interval"]) == score.recall_interval()
        assert tuple(line["precision_interval"]) == score.precision_interval()


def test_what_is_known_is_not_read_again_and_cancelling_keeps_what_was_read(document):
    first, _ = examined(document, Split.VAL)
    again = examine(document, first.wanted, first.readings, first.opinions)
    assert len(again.readings) == 0
    asked = []
    part = examine(
        document,
        Wanted(1, None, Split.TRAIN),
        first.readings,
        first.opinions,
        lambda done, total: asked.append((done, total)) or total == 0,
    )
    assert len(part.readings) == len(part.opinions) == 0
    assert asked[-1] == (0, 240), "120 by the run, and as many by the model that has not learned them"


def test_labels_that_are_wrong_are_the_most_suspicious(document):
    found, labels = examined(document, Split.VAL)
    doubt = suspicion(found.readings.probabilities, labels)
    worst = np.argsort(-doubt)[:WRONG]
    assert labels[worst].tolist() == [9] * WRONG
    assert found.readings.answers[worst].tolist() == [4] * WRONG
    assert (doubt[worst] > 0.3).all()
    right = found.readings.answers == labels
    assert (doubt[right] <= 0).all()


def test_what_a_run_has_learned_is_judged_by_a_model_that_has_not(document):
    found, _ = examined(document, Split.TRAIN)
    assert found.opinions.ids.tolist() == found.readings.ids.tolist()
    shipped, _ = examined(document, Split.TRAIN, run=None)
    assert np.array_equal(found.opinions.probabilities, shipped.readings.probabilities)
    held_back, _ = examined(document, Split.VAL)
    assert len(held_back.opinions) == 0


def test_the_surest_answer_comes_first():
    ids = np.array([3, 5, 9])
    shares = np.full((3, 10), 0.01, np.float32)
    shares[:, 2] = (0.6, 0.9, 0.7)
    assert surest_first(Readings(ids, shares, np.full(3, 2, np.int8))).tolist() == [1, 2, 0]
    assert len(surest_first(Readings.none())) == 0


def test_every_kind_of_edit_counts_as_a_change_since_the_run_and_undo_takes_it_back(document):
    members = {split: document.runs.member_labels(1, split) for split in (Split.TRAIN, Split.VAL)}

    def changes(knew_all: bool = True) -> int:
        return changes_since(LabelBook.read(document), members, knew_all)

    assert changes() == 0
    train = document.samples.load(Split.TRAIN).ids.tolist()
    document.samples.set_label(train[:2], 7)
    document.samples.set_split(train[5:6], Split.TEST)
    document.samples.delete(train[8:10])
    changed_labels = int((members[Split.TRAIN][1][:2] != 7).sum())
    assert changes() == changed_labels + 1 + 2
    document.samples.add_arrays(digits(1, 9).images[:3], [0, 1, 2], split=Split.TRAIN)
    assert changes() == changed_labels + 6
    assert changes(knew_all=False) == changed_labels + 3
    while document.samples.can_undo:
        document.samples.undo()
    assert changes() == 0


def test_the_book_follows_edits_without_being_read_again(document):
    mark, _ = document.samples.changed_since(0)
    book = LabelBook.read(document)
    ids = book.ids.tolist()
    document.samples.set_label(ids[:3], 5)
    document.samples.set_label(ids[3:4], None)
    document.samples.delete(ids[4:6])
    document.samples.set_split(ids[7:8], Split.TEST)
    document.samples.add_arrays(digits(1, 9).images[:2], [0, None], split=Split.VAL)
    _, touched = document.samples.changed_since(mark)
    followed, fresh = book.updated(touched, document.samples.pick(touched)), LabelBook.read(document)
    assert followed.ids.tolist() == fresh.ids.tolist()
    assert followed.labels.tolist() == fresh.labels.tolist()
    assert followed.splits.tolist() == fresh.splits.tolist()


def test_readings_are_the_same_however_they_are_cut(document):
    samples, model = document.samples.load(Split.TRAIN), load_run(document, 1)
    whole = read(model, samples.ids, samples.images)
    one, two = (
        read(model, samples.ids[part], samples.images[part]) for part in (slice(0, 50), slice(50, None))
    )
    joined = two.joined(one)
    assert joined.ids.tolist() == whole.ids.tolist()
    assert np.allclose(joined.probabilities, whole.probabilities, atol=1e-6)
    assert np.array_equal(joined.of(samples.ids[10:20]).answers, whole.answers[10:20])


def test_tables_hold_what_is_shown(document):
    found, labels = examined(document, Split.VAL)
    confusion = confusion_of(labels, found.readings.answers)
    lines = rows_of(matrix_table(confusion))
    assert [list(map(int, line[1:])) for line in lines[1:]] == [list(row) for row in confusion]
    scores = rows_of(scores_table(confusion))
    assert scores[0][:4] == ["digit", "n", "right", "recall"]
    assert float(scores[5][3]) == pytest.approx(confusion[4][4] / sum(confusion[4]))
    images = rows_of(images_table([(7, "val", 9, 4, [0.1] * 4 + [0.6] + [0.0] * 5)]))
    assert images[1][:5] == ["7", "val", "9", "4", "0.6"]


def test_a_digit_without_images_has_no_share_and_no_division_fails():
    empty = ((0,) * 10,) * 10
    assert {score.recall for score in scores_of(empty)} == {None}
    assert rows_of(scores_table(empty))[1] == ["0", "0", "0", "", "", "", "0", "", "", "", ""]


def test_the_drawing_names_its_axes_and_escapes_words():
    drawing = confusion_drawing(((1,) * 10,) * 10, PRINTED, "a < b", "written", "read as").svg()
    assert "a &lt; b" in drawing and "written" in drawing and "read as →" in drawing
    assert drawing.count("<rect") == 1 + 200


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.85, 1), (0, 2.37), (1, 300), (0, 0.0004), (5, 5)])
def test_ticks_are_round_and_inside(low, high):
    found = ticks(low, high)
    assert len(found) <= 6
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in found)


def test_labels_and_readings_need_no_pytorch():
    code = (
        "import sys, engine.inference.readings, engine.inference.label_book, engine.training.scores;"
        " import engine.export.charts; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


def test_a_cross_check_finds_wrong_training_labels_that_the_run_has_learned(document):
    train = document.samples.load(Split.TRAIN)
    wrong = {int(np.flatnonzero(train.labels == true)[0]): told for true, told in ((7, 2), (1, 8))}
    for row, label in wrong.items():
        document.samples.set_label([int(train.ids[row])], label)
    told: list[tuple[int, int]] = []
    found = cross_check(document, lambda done, total: told.append((done, total)) or True)
    assert found is not None
    assert found.ids.tolist() == train.ids.tolist()
    labels = document.samples.load(Split.TRAIN).labels
    doubt = suspicion(found.probabilities, labels)
    assert set(wrong) <= set(np.argsort(-doubt)[:4].tolist())
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert document.runs.list()[-1].id == 1, "nothing is kept of its trainings"


def test_a_cross_check_can_be_cancelled_and_needs_enough_digits(document):
    assert cross_check(document, lambda done, _total: done < 5) is None
    document.samples.delete(document.samples.load(Split.TRAIN).ids[10:].tolist())
    with pytest.raises(EngineError) as raised:
        cross_check(document)
    assert raised.value.code is Code.NO_TRAINING_DIGITS


def test_halves_keep_groups_together_and_are_about_equal():
    groups = ["anna", None, "anna", "ben", None, "ben", "cleo", None, None, "anna"]
    halves = halves_of(groups, seed=3)
    for name in ("anna", "ben"):
        assert len({int(half) for half, group in zip(halves, groups, strict=True) if group == name}) == 1
    assert abs(int((halves == 0).sum()) - int((halves == 1).sum())) <= 3
    assert halves_of(groups, seed=3).tolist() == halves.tolist()
