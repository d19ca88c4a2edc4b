"""The report: what it says is what was measured; one file, two languages, nothing from outside."""

from __future__ import annotations

import io
import re
import string
import time
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from training_data import digits

from engine.augmentation import Amounts
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.export import report_sections
from engine.export.report import Charts, Digits, Measured, Pairs, Report, Score, Table, Text
from engine.export.report_facts import SHOWN, facts_of, some_of_each
from engine.export.report_html import html_of, png_of
from engine.export.report_sections import report_of
from engine.export.report_words import LANGUAGES, VALUES, WORDS, Words
from engine.export.svg import PRINTED, STYLED
from engine.inference.predictor import load_run
from engine.inference.readings import Readings, confusion_of
from engine.setting_words import SETTINGS
from engine.training import session as training
from engine.training.control import Control
from engine.training.interval import wilson

CONFIG = TrainConfig(
    model="mlp", hidden=(32,), epochs=10, batch_size=16, augment="off", learning_rate=0.01, device="cpu"
)
VAL = 6  # digits of each label


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> Path:
    """Run 1 with validation digits, some of which are wrong; run 2 without any; run 3 without a model."""
    path = tmp_path_factory.mktemp("report") / "school.dojo"
    document = Document.create(path)
    for split, each, seed in ((Split.TRAIN, 12, 1), (Split.VAL, VAL, 2), (Split.TEST, 2, 3)):
        some = digits(each, seed)
        labels = some.labels.copy()
        if split is Split.VAL:
            labels[np.flatnonzero(labels == 4)[:3]] = 9
        document.samples.add_arrays(some.images, labels, split=split, source="canvas")
    list(training.start(document, CONFIG, Control(), name="<b>first & last</b>"))
    document.runs.set_note(1, "two lines\nof <notes>")
    held = document.samples.load(Split.VAL).ids.tolist()
    document.samples.set_split(held, Split.TRAIN)
    list(training.start(document, CONFIG, Control()))
    document.samples.undo()
    document.runs.create(CONFIG, {"n_train": 3, "n_val": 0}, {})
    document.close()
    return path


@pytest.fixture
def document(trained, tmp_path):
    path = tmp_path / "school.dojo"
    path.write_bytes(trained.read_bytes())
    document = Document.open(path)
    yield document
    document.close()


def made(document: Document, run: int = 1, language: str = "en") -> Report:
    facts = facts_of(document, run, language)
    assert facts is not None
    return report_of(facts, language)


def blocks(report: Report, kind: type) -> list:
    return [block for section in report.sections for block in section if isinstance(block, kind)]


def test_its_figures_are_the_models_on_the_digits_of_the_run(document):
    report = made(document)
    val = document.runs.members(1, Split.VAL)
    metrics = load_run(document, 1).evaluate(val.images, val.labels)
    low, high = metrics.interval()
    score = blocks(report, Score)[0]
    assert score.figure == f"{100 * metrics.accuracy:.1f} %"
    assert score.words == (
        f"of 60 validation digits read right (95 % interval {100 * low:.1f} % to {100 * high:.1f} %)"
    )
    table = blocks(report, Table)[1]
    for digit, row in enumerate(table.rows[:10]):
        counts = metrics.confusion[digit]
        low, high = wilson(counts[digit], sum(counts))
        assert row[:4] == (
            *(str(digit), str(sum(counts)), f"{100 * counts[digit] / sum(counts):.1f} %"),
            f"{100 * low:.1f}–{100 * high:.1f}",
        )
    wrong = round((1 - metrics.accuracy) * 60)
    assert len(blocks(report, Digits)[1].images) == min(wrong, report_sections.WORST)
    assert blocks(report, Digits)[1].captions[0].startswith("9 → 4 (")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one time zone for all")
def test_the_day_of_the_training_is_the_readers(document, monkeypatch):
    facts = facts_of(document, 1, "en")
    assert facts is not None
    late = replace(facts, record=replace(facts.record, created="2026-01-31T20:00:00+00:00"))
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    try:
        assert "trained 2026-02-01" in report_of(late, "en").subtitle
    finally:
        monkeypatch.undo()
        time.tzset()


def test_its_data_and_settings_are_the_runs(document):
    report = made(document)
    counts = blocks(report, Table)[0]
    assert [row[-1] for row in counts.rows] == ["120", "60", "20"]
    pairs = dict(pair for block in blocks(report, Pairs) for pair in block.rows)
    assert pairs["Epochs"] == "10" and pairs["Batch size"] == "16" and pairs["Seed"] == "0"
    assert pairs["Hidden layers"] == "32" and pairs["PyTorch"].startswith("2.")
    texts = [block.text for block in blocks(report, Text)]
    arithmetic = (
        "120 training digits ÷ batch size 16 = 8 steps an epoch; × 10 epochs = 80 steps and 1,200 digits"
    )
    assert f"{arithmetic} shown." in texts
    assert "Where the digits come from: drawn (180)." in texts
    assert "Note: two lines\nof <notes>" in texts


def test_one_epoch_one_step_and_one_digit_are_told_in_the_singular(tmp_path):
    document = Document.create(tmp_path / "one.dojo")
    some = digits(1)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN)
    document.samples.add_arrays(255 - some.images[:1], some.labels[:1], split=Split.VAL)
    list(training.start(document, replace(CONFIG, epochs=1, batch_size=10), Control()))
    report = made(document)
    texts = [block.text for block in blocks(report, Text)]
    told = "10 training digits ÷ batch size 10 = 1 step an epoch; × 1 epoch = 1 step and 10 digits shown."
    assert told in texts
    assert blocks(report, Score)[0].words.startswith("of 1 validation digit read right (95 % interval")
    document.close()


def test_an_edit_since_the_training_is_told_and_changes_no_figure(document):
    before = made(document)
    ids = document.samples.load(Split.VAL).ids.tolist()
    document.samples.set_label(ids[:2], 0)
    document.samples.delete(ids[2:3])
    after = made(document)
    assert blocks(after, Score)[0] == blocks(before, Score)[0]
    told = [block.text for block in blocks(after, Text) if "Changed since" in block.text]
    changed = 2 if document.runs.members(1, Split.VAL).labels[0] == 0 else 3
    assert told == [
        f"Changed since this run was trained: {changed} digits. The report shows the run as it was."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_well_formed_and_asks_for_nothing_outside(document, language):
    html = html_of(made(document, language=language))
    assert html.startswith("<!DOCTYPE html>") and f'<html lang="{language}">' in html
    outside = re.findall(r"(?:https?:)?//[^\s\"'<]+", html.replace("http://www.w3.org/2000/svg", ""))
    assert [found for found in outside if not re.fullmatch(r"//[A-Za-z0-9+/=]*", found)] == []
    assert "<script" not in html and "<link" not in html and "@import" not in html and "url(" not in html
    assert "&lt;b&gt;first &amp; last&lt;/b&gt;" in html and "<b>first" not in html
    Balanced().feed(html)
    for drawing in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ElementTree.fromstring(drawing)
    assert html.count("data:image/png;base64,") == sum(
        len(block.images) for block in blocks(made(document, language=language), Digits)
    )


class Balanced(HTMLParser):
    """Fails where an element is closed that was not opened last."""

    EMPTY = ("meta", "img", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_japanese_reports_are_japanese(document):
    report = made(document, language="ja")
    assert report.title.startswith("学習レポート: 実行 1")
    assert "検証用の数字 60 個の正解率" in blocks(report, Score)[0].words
    html = html_of(report)
    assert "混同行列" in html and "Confusion matrix" not in html


def test_a_run_without_validation_digits_shows_its_training_digits_and_says_so(document):
    report = made(document, 2)
    texts = [block.text for block in blocks(report, Text)]
    assert any(text.startswith("No digits were held back for validation") for text in texts)
    assert any("of its own training digits" in block.words for block in blocks(report, Score))
    assert any("nobody knows" in text for text in texts), "the doctor says so too"
    assert blocks(report, Table)[1].rows[-1][1] == "180"


def test_a_run_without_a_model_has_a_report_without_mistakes(document):
    report = made(document, 3)
    assert "This run kept no model: there are no mistakes to show." in [
        block.text for block in blocks(report, Text)
    ]
    assert blocks(report, Charts) == [] and blocks(report, Score) == []
    assert html_of(report)


def test_it_can_be_cancelled_before_it_has_read(document):
    assert facts_of(document, 1, "en", lambda _done, total: total == 0) is None


def test_both_languages_say_the_same_with_the_same_values():
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, (english, japanese) in WORDS.items():
        assert values(english) == values(japanese), key
        assert not re.search("[ぁ-んァ-ヶ一-龠]", english), key
    for table in (SETTINGS, VALUES):
        assert all(len(pair) == 2 and all(pair) for pair in table.values())
    amounts = [f"augment_{item.name}" for item in fields(Amounts)]
    settings = [item.name for item in fields(TrainConfig) if item.name != "augment_amounts"]
    assert set(settings + amounts) - set(SETTINGS) == set(), "every setting has a name"
    source = Path(report_sections.__file__).read_text(encoding="utf-8")
    used = set(re.findall(r"[\"'](\w+)[\"']", source)) | {
        "run",
        "source",
        "starter",
        "import",
        "correction",
        "confirmed",
        "canvas",
    }
    assert set(WORDS) - used == set(), "no text is left over"


def test_drawings_stand_alone_in_print_and_follow_the_page_on_screen(document):
    for chart in blocks(made(document), Charts):
        for make in chart.makers:
            printed, styled = make(PRINTED).svg(), make(STYLED).svg()
            assert "var(" not in printed and "var(--" in styled
            assert ElementTree.fromstring(printed).find("{http://www.w3.org/2000/svg}title").text


def test_pictures_are_ink_on_paper():
    image = np.zeros((28, 28), np.uint8)
    image[3, 5] = 255
    with Image.open(io.BytesIO(png_of(image))) as picture:
        pixels = np.asarray(picture)
    assert pixels[7, 11] == 0 and pixels[0, 0] == 255


def test_some_of_each_label_are_shown_in_order():
    labels = np.array([1] * 40 + [0] * 5 + [-1] * 3, np.int8)
    images = np.arange(48, dtype=np.uint8)[:, None, None] * np.ones((1, 28, 28), np.uint8)
    chosen = some_of_each(images, labels)[:, 0, 0].tolist()
    assert chosen[:5] == [40, 41, 42, 43, 44]
    assert len(chosen) == 5 + SHOWN and chosen[5] == 0 and chosen[-1] == 39


def test_calibration_is_shown_as_trained_and_as_on_the_test_page():
    """600 answers that are right four times in five and claim 99 %: calibrated, they claim what is true."""
    random = np.random.default_rng(4)
    labels = random.integers(0, 10, 600).astype(np.int8)
    answers = np.where(random.random(600) < 0.8, labels, (labels + 1) % 10).astype(np.int8)
    shares = np.full((600, 10), 0.01 / 9, np.float32)
    shares[np.arange(600), answers] = 0.99
    readings = Readings(np.arange(600), shares, answers)
    images = np.zeros((600, 28, 28), np.uint8)
    facts = SimpleNamespace(val=Measured(images, labels, readings, confusion_of(labels, answers)))
    _, text, drawn = report_sections._calibration(facts, Words("en"))
    before, after = re.findall(r"([\d.]+) %", text.text.replace("80 %", ""))
    assert 15 < float(before) < 23
    assert float(after) < 4
    assert len(drawn.makers) == 2
