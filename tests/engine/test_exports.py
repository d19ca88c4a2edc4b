"""Runs leave the document as tables and as TensorBoard's event files, exact and whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cli.command_line import main
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.export import curves_csv, tensorboard
from engine.export.saving import save
from engine.training.comparison import differing, repetition_key
from engine.training.history import epoch_points, images_at, schedule_of, step_points
from engine.training.interval import wilson
from engine.training.plan import EpochPlan
from engine.training.schedule import learning_rate

CONFIG = TrainConfig(model="mlp", epochs=4, batch_size=50, learning_rate=0.01, early_stop=2)
PLAN = EpochPlan(130, 50, 3)  # early stopping cut the fourth epoch


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    opened = Document.create(tmp_path / "a.dojo")
    yield opened
    opened.close()


def add_run(document: Document, config: TrainConfig = CONFIG, name: str = "", **facts: object) -> int:
    """Store a run of three epochs whose figures are known."""
    told = {"device": "cpu", "n_train": 130, "n_val": 20, "segments": [3], "data_version": 5, **facts}
    members = {Split.TRAIN: (np.arange(1, 4), np.zeros(3, np.int8))}
    run = document.runs.create(config, told, members, name)
    rows = []
    for step in range(1, PLAN.total_steps + 1):
        epoch = -(-step // PLAN.steps_per_epoch)
        rows.append((step, epoch, "loss", 2.0 / step))
        if step % PLAN.steps_per_epoch == 0:
            rows += [
                (step, epoch, "train_loss", 1.0 / epoch),
                (step, epoch, "val_loss", 1.5 / epoch),
                (step, epoch, "train_accuracy", 1 - 0.5 / epoch),
                (step, epoch, "val_accuracy", 1 - 0.6 / epoch),
                (step, epoch, "learning_rate", learning_rate(step, 0.01, [4], 3)),
                (step, epoch, "seconds", 2.0 * epoch),
            ]
    document.runs.add_metrics(run, rows)
    document.runs.update(
        run,
        state="finished",
        reason="early_stop",
        best_epoch=3,
        val_loss=0.5,
        val_accuracy=0.8,
        val_images=20,
    )
    return run


# -- places of the points ------------------------------------------------------------------------------


def test_every_point_has_its_exact_place_on_all_four_axes(document: Document) -> None:
    record = document.runs.get(add_run(document))
    epochs, steps = epoch_points(document.runs, record), step_points(document.runs, record)
    assert epochs.epoch.tolist() == [1, 2, 3]
    assert epochs.images.tolist() == [130, 260, 390]
    assert epochs.seconds.tolist() == [2, 4, 6]
    assert steps.images.tolist() == [PLAN.images_seen(step) for step in range(1, 10)]
    assert steps.epoch.tolist() == [PLAN.images_seen(step) / 130 for step in range(1, 10)]
    assert steps.seconds == pytest.approx([2 / 3 * step for step in range(1, 10)])


def test_between_two_steps_the_images_rise_straight() -> None:
    assert images_at(PLAN, np.array([0.5, 2.25, 3.0, 5.5])).tolist() == [25, 112.5, 130, 130 + 125]


def test_the_schedule_of_a_run_cut_short_is_the_one_it_had_planned(document: Document) -> None:
    record = document.runs.get(add_run(document))
    x, rates = schedule_of(record, epoch_points(document.runs, record))
    assert x[-1] == 9, "it ends where the run ended"
    steps = np.arange(1, 10)
    wanted = [learning_rate(int(step), 0.01, [4], 3) for step in steps]
    assert np.interp(steps - 0.5, x, rates) == pytest.approx(wanted)


def test_the_schedule_of_an_extended_run_has_both_cycles(document: Document) -> None:
    run = add_run(document, segments=[4, 6])
    document.runs.update(run, reason="completed")
    record = document.runs.get(run)
    x, rates = schedule_of(record, epoch_points(document.runs, record))
    steps = np.arange(1, 31)
    wanted = [learning_rate(int(step), 0.01, [4, 6], 3) for step in steps]
    assert np.interp(steps - 0.5, x, rates) == pytest.approx(wanted)


# -- what differs --------------------------------------------------------------------------------------


def test_only_the_settings_and_facts_that_differ_are_named(document: Document) -> None:
    first = add_run(document)
    second = add_run(document, TrainConfig(**{**CONFIG.to_dict(), "batch_size": 600}), n_train=6_000)
    records = [document.runs.get(run) for run in (first, second, first)]
    assert differing(records) == {"batch_size": [50, 600, 50], "n_train": [130, 6_000, 130]}
    assert differing(records[:1]) == {}
    assert differing([]) == {}


def test_layers_that_a_network_does_not_have_are_no_difference(document: Document) -> None:
    runs = [add_run(document, TrainConfig(model="cnn", hidden=hidden)) for hidden in ((64,), (32, 16))]
    assert differing([document.runs.get(run) for run in runs]) == {}


def test_runs_that_differ_in_the_seed_alone_belong_together(document: Document) -> None:
    configs = [TrainConfig(seed=1), TrainConfig(seed=2), TrainConfig(seed=1, epochs=9)]
    keys = []
    for config in configs:
        run = add_run(document, config)
        keys.append(repetition_key(document.runs.get(run), document.runs.members_mark(run)))
    assert keys[0] == keys[1] != keys[2]
    assert repetition_key(document.runs.get(1), b"other digits") != keys[0]


# -- tables --------------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_of_runs_holds_result_interval_settings_and_note(document: Document) -> None:
    run = add_run(document, name="名前, “quoted”\nand a line")
    document.runs.set_note(run, "=1+1")
    (row,) = rows_of(curves_csv.runs_table(document.runs, document.runs.list()))
    assert row["name"] == "名前, “quoted”\nand a line"
    assert row["note"] == "'=1+1", "a spreadsheet must not compute it"
    assert (row["val_accuracy"], row["val_images"], row["seconds"]) == ("0.8", "20", "6")
    low, high = wilson(16, 20)
    assert (float(row["interval_low"]), float(row["interval_high"])) == pytest.approx((low, high))
    assert (row["hidden"], row["batch_size"], row["data_version"]) == ("128", "50", "5")


def test_the_table_of_curves_holds_every_point_in_order(document: Document) -> None:
    run = add_run(document)
    rows = rows_of(curves_csv.curves_table(document.runs, [document.runs.get(run)]))
    assert [row["point"] for row in rows] == ["step", "step", "step", "epoch"] * 3
    assert [int(row["step"]) for row in rows if row["point"] == "step"] == list(range(1, 10))
    assert float(rows[1]["loss"]) == 1.0 and rows[1]["val_loss"] == ""
    assert float(rows[3]["val_loss"]) == 1.5 and rows[3]["images"] == "130" and rows[3]["loss"] == ""


def test_a_document_without_runs_gives_a_table_with_its_heading_only(document: Document) -> None:
    assert rows_of(curves_csv.runs_table(document.runs, [])) == []
    assert rows_of(curves_csv.curves_table(document.runs, [])) == []


# -- TensorBoard ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        (b"123456789", 0xE3069283),  # the check value of CRC-32C
        (bytes(32), 0x8A9136AA),  # RFC 3720, B.4
        (b"\xff" * 32, 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
        (bytes(range(31, -1, -1)), 0x113FDB5C),
    ],
)
def test_the_checksum_is_the_published_one(data: bytes, crc: int) -> None:
    assert tensorboard.crc32c(data) == crc
    rotated = ((crc >> 15) | (crc << 17)) & 0xFFFFFFFF
    assert tensorboard.masked_crc(data) == (rotated + 0xA282EAD8) % 2**32


def records_in(content: bytes) -> list[bytes]:
    """Read TFRecords, checking every checksum."""
    found, at = [], 0
    while at < len(content):
        length, length_crc = struct.unpack_from("<QI", content, at)
        data = content[at + 12 : at + 12 + length]
        (data_crc,) = struct.unpack_from("<I", content, at + 12 + length)
        assert length_crc == tensorboard.masked_crc(content[at : at + 8])
        assert data_crc == tensorboard.masked_crc(data)
        found.append(data)
        at += 16 + length
    return found


def fields_of(message: bytes) -> dict[int, object]:
    """Read a protocol buffer: wire types 0, 1, 2 and 5; the last of a field counts."""
    at, found = 0, {}

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            found[key >> 3] = varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or varint()
            raw = message[at : at + size]
            at += size
            found[key >> 3] = {1: "<d", 5: "<f"}.get(kind) and struct.unpack({1: "<d", 5: "<f"}[kind], raw)[0]
            if kind == 2:
                found[key >> 3] = raw
    assert at == len(message)
    return found


def test_an_event_file_holds_every_figure_at_its_step(document: Document) -> None:
    run = add_run(document)
    document.runs.add_metrics(run, [(10, 4, "loss", math.nan)])
    first, *others = records_in(tensorboard.event_file(document.runs, document.runs.get(run)))
    assert fields_of(first)[3] == b"brain.Event:2"
    seen: dict[str, list[tuple[int, float]]] = {}
    times = []
    for data in others:
        event = fields_of(data)
        figure = fields_of(fields_of(event[5])[1])
        seen.setdefault(figure[1].decode(), []).append((event[2], figure[2]))
        times.append(event[1])
    assert set(seen) == set(tensorboard.TAGS.values())
    assert seen["loss/validation"] == [(3, 1.5), (6, 0.75), (9, 0.5)]
    assert [step for step, _ in seen["loss/batch"]] == list(range(1, 10)), "what is no number is left out"
    assert seen["loss/batch"][2][1] == pytest.approx(2 / 3)
    assert times == sorted(times)


def test_large_steps_are_written_whole() -> None:
    event = fields_of(tensorboard.scalar_event(0.0, 2_000_000_000, "t", 1.0))
    assert event[2] == 2_000_000_000


def test_a_second_export_replaces_the_first_and_names_are_fit_for_every_file_system(
    document: Document, tmp_path: Path
) -> None:
    run = add_run(document, name='数字 <a>/b:"c" .')
    for _ in range(2):
        written = tensorboard.export(document.runs, document.runs.list(), tmp_path / "new" / "logs")
    assert [path.parent.name for path in written] == ["run-001 数字 a b c"]
    assert len(os.listdir(written[0].parent)) == 1
    assert tensorboard.folder_name(document.runs.get(run)) == written[0].parent.name


def test_a_cancelled_export_ends_between_two_runs(document: Document, tmp_path: Path) -> None:
    for _ in range(3):
        add_run(document)
    written = tensorboard.export(
        document.runs, document.runs.list(), tmp_path / "l", lambda done, _: done < 2
    )
    assert len(written) == 2


# -- files ---------------------------------------------------------------------------------------------


def test_what_cannot_be_written_is_said_and_what_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    (tmp_path / "file").write_bytes(b"old")
    for path, code in (
        (tmp_path / "missing" / "a.csv", Code.FOLDER_MISSING),
        (closed / "a.csv", Code.FOLDER_UNWRITABLE),
        (tmp_path / "folder", Code.DOCUMENT_EXISTS),
    ):
        with pytest.raises(EngineError, match=code):
            save(path, b"new")
    closed.chmod(0o700)
    assert sorted(os.listdir(tmp_path)) == ["closed", "file", "folder"]
    save(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_an_export_into_a_file_is_said(document: Document, tmp_path: Path) -> None:
    add_run(document)
    (tmp_path / "taken").write_bytes(b"old")
    with pytest.raises(EngineError, match=Code.DOCUMENT_EXISTS):
        tensorboard.export(document.runs, document.runs.list(), tmp_path / "taken")


def test_the_command_line_writes_all_three_and_its_lines_stay_as_they_were(
    document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_run(document, name="one")
    places = [tmp_path / "runs.csv", tmp_path / "curves.csv", tmp_path / "logs"]
    words = ["runs", str(document.path), "--json", "--csv", str(places[0])]
    words += ["--curves-csv", str(places[1]), "--tensorboard", str(places[2])]
    assert main(words) == 0
    told = capsys.readouterr()
    (line,) = told.out.splitlines()
    assert json.loads(line)["name"] == "one"
    assert all(str(place) in told.err for place in places)
    assert rows_of(places[0].read_bytes())[0]["name"] == "one"
    assert len(rows_of(places[1].read_bytes())) == 12
    assert [path.name for path in places[2].iterdir()] == ["run-001 one"]
    assert main(["runs", str(document.path), "--csv", str(tmp_path / "no" / "a.csv")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
