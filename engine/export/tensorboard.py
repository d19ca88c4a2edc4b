"""Curves as TensorBoard reads them: event files, written without TensorFlow.

A file is a row of records (TFRecord): length as uint64, its masked CRC, the data, the data's masked CRC, all
little-endian. The data is the protocol buffer ``tensorflow.Event``: wall_time (1, double), step (2, int64),
file_version (3, string), summary (5) → value (1) → tag (1, string), simple_value (2, float). The CRC is
CRC-32C (Castagnoli, RFC 3720), masked as TFRecord does.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.data.runs import RunRecord, RunTable
from engine.export.saving import make_folder, save
from engine.training.history import begun_at, epoch_points, step_points

VERSION = "brain.Event:2"
TAGS = {  # as the names of charts: what stands before the slash groups them
    "train_loss": "loss/train",
    "val_loss": "loss/validation",
    "train_accuracy": "accuracy/train",
    "val_accuracy": "accuracy/validation",
    "learning_rate": "learning_rate",
    "loss": "loss/batch",
}
_MASK_DELTA = 0xA282EAD8
_POLYNOMIAL = 0x82F63B78  # of CRC-32C, bits reversed
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (_POLYNOMIAL if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


_TABLE = _crc_table()


def crc32c(data: bytes) -> int:
    """Return the CRC-32C of ``data``."""
    crc, table = 0xFFFFFFFF, _TABLE
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def masked_crc(data: bytes) -> int:
    """Return the CRC of ``data`` as TFRecord stores it: turned right by 15 bits, plus a constant."""
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + _MASK_DELTA) & 0xFFFFFFFF


def record(data: bytes) -> bytes:
    """Return ``data`` framed as one record."""
    length = struct.pack("<Q", len(data))
    return b"".join(
        (length, struct.pack("<I", masked_crc(length)), data, struct.pack("<I", masked_crc(data)))
    )


def version_event(wall_time: float) -> bytes:
    """Return the event that begins every file."""
    return _double(1, wall_time) + _bytes(3, VERSION.encode())


def scalar_event(wall_time: float, step: int, tag: str, value: float) -> bytes:
    """Return the event of one figure."""
    figure = _bytes(1, tag.encode()) + b"\x15" + struct.pack("<f", value)
    return _double(1, wall_time) + b"\x10" + _varint(step) + _bytes(5, _bytes(1, figure))


def event_file(runs: RunTable, run: RunRecord) -> bytes:
    """Return a run as one event file, by step; figures that are no numbers are left out."""
    begun = begun_at(run)
    parts = [record(version_event(begun))]
    for wall_time, step, tag, value in _figures(runs, run, begun):
        parts.append(record(scalar_event(wall_time, step, tag, value)))
    return b"".join(parts)


def export(
    runs: RunTable,
    records: Sequence[RunRecord],
    folder: Path,
    progress: Callable[[int, int], bool] = lambda done, total: True,
) -> list[Path]:
    """Write a folder for each run into ``folder``; what an earlier export of the run left is replaced.

    Args:
        runs: where the figures are.
        records: the runs.
        folder: what TensorBoard is to be pointed at; it is made where it is missing.
        progress: told how many runs are done of how many; False ends the export.

    Returns:
        The files that were written.

    Raises:
        EngineError: as ``saving.save`` and ``saving.make_folder``.
    """
    make_folder(folder)
    written = []
    for done, run in enumerate(records):
        if not progress(done, len(records)):
            break
        place = folder / folder_name(run)
        make_folder(place)
        path = place / f"events.out.tfevents.{int(begun_at(run))}.digit-dojo"
        save(path, event_file(runs, run))
        written.append(path)
    progress(len(records), len(records))
    return written


def folder_name(run: RunRecord) -> str:
    """Return what TensorBoard calls the run: its number, and its name as far as file systems allow."""
    name = " ".join(_UNSAFE.sub(" ", run.name).split())[:60].strip(" .")
    return f"run-{run.id:03} {name}".rstrip()


def _figures(runs: RunTable, run: RunRecord, begun: float) -> Iterator[tuple[float, int, str, float]]:
    """Yield wall time, step, tag and value of every figure, by step."""
    found = [
        (float(step), float(seconds), tag, float(value))
        for points in (step_points(runs, run), epoch_points(runs, run))
        for name, tag in TAGS.items()
        if name in points.values
        for step, seconds, value in zip(points.step, points.seconds, points.values[name], strict=True)
        if np.isfinite(value)
    ]
    for step, seconds, tag, value in sorted(found):
        yield begun + (seconds if np.isfinite(seconds) else 0.0), int(step), tag, value


def _varint(value: int) -> bytes:
    """Return a whole number ≥ 0, seven bits a byte, the lowest first."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _bytes(field: int, content: bytes) -> bytes:
    return bytes([field << 3 | 2]) + _varint(len(content)) + content


def _double(field: int, value: float) -> bytes:
    return bytes([field << 3 | 1]) + struct.pack("<d", value)
