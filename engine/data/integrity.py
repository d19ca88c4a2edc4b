"""Is everything in a document what it should be? Each finding has a code and says where."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from engine.data.database import Database
from engine.data.packing import unpack_ids, unpack_labels
from engine.data.run_settings import is_of_another_version, read_settings
from engine.data.sample_types import digest_of

_MOST = 100  # findings told; a damaged file may have thousands


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: ``code`` is stable, ``detail`` says where and what."""

    code: str
    detail: str


# what must find nothing: code, query for the places
_QUERIES = (
    (
        "digit_missing",
        "SELECT 'sample ' || s.id FROM samples s LEFT JOIN digits d ON d.id = s.id WHERE d.id IS NULL",
    ),
    (
        "digit_size",
        "SELECT 'sample ' || id || ': ' || length(pixels) || ' bytes' FROM digits"
        " WHERE typeof(pixels) <> 'blob' OR length(pixels) <> 784",
    ),
    (
        "label_range",
        "SELECT 'sample ' || id || ': ' || label FROM samples WHERE label IS NOT NULL"
        " AND (typeof(label) <> 'integer' OR label NOT BETWEEN 0 AND 9)",
    ),
    ("split_unknown", "SELECT 'sample ' || id || ': ' || split FROM samples WHERE split NOT IN (0, 1, 2)"),
    (
        "group_divided",
        "SELECT 'group ' || group_key FROM samples WHERE group_key IS NOT NULL"
        " GROUP BY group_key HAVING count(DISTINCT split) > 1",
    ),
    (
        "state_unknown",
        "SELECT 'run ' || id || ': ' || state FROM runs"
        " WHERE state NOT IN ('running', 'paused', 'finished', 'stopped', 'failed')",
    ),
)


def problems(database: Database) -> list[Problem]:
    """Return what is wrong with a document, at most 100 findings; an empty list when all is well."""
    return list(islice(_all(database), _MOST))


def _all(database: Database) -> Iterator[Problem]:
    with database.snapshot() as connection:
        try:
            yield from _file(connection)
            for code, query in _QUERIES:
                yield from (Problem(code, str(row[0])) for row in connection.execute(query))
            yield from _digests(connection)
            yield from _runs(connection)
            yield from _checkpoints(connection)
        except sqlite3.DatabaseError as error:  # a page that cannot be read at all
            yield Problem("file_damaged", str(error))


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem("file_damaged", line)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem("reference_broken", f"{table} {row} → {parent}")


def _digests(connection: sqlite3.Connection) -> Iterator[Problem]:
    for id_, pixels, digest in connection.execute("SELECT id, pixels, digest FROM digits"):
        if digest_of(pixels) != digest:
            yield Problem("digest_wrong", f"sample {id_}")


def _runs(connection: sqlite3.Connection) -> Iterator[Problem]:
    for run, config, facts in connection.execute("SELECT id, config, facts FROM runs"):
        try:
            read_settings(config, facts)
        except ValueError as error:
            if not is_of_another_version(error):  # that one is whole, only unknown here
                yield Problem("run_unreadable", f"run {run}: {error}")
    known = np.array([row[0] for row in connection.execute("SELECT id FROM digits")], np.int64)
    for run, split, count, ids, labels in connection.execute(
        "SELECT run, split, count, ids, labels FROM run_samples"
    ):
        place = f"run {run}, split {split}"
        try:
            members, answers = unpack_ids(ids), unpack_labels(labels)
        except (zlib.error, ValueError, TypeError) as error:
            yield Problem("members_damaged", f"{place}: {error}")
            continue
        if not len(members) == len(answers) == count:
            yield Problem("members_damaged", f"{place}: {len(members)}, {len(answers)}, {count}")
        missing = int((~np.isin(members, known)).sum())
        if missing:
            yield Problem("members_missing", f"{place}: {missing} digits")
        if len(answers) and not -1 <= int(answers.min()) <= int(answers.max()) <= 9:
            yield Problem("label_range", place)


def _checkpoints(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = connection.execute("SELECT run, kind, weights, training_state FROM checkpoints")
    for run, kind, weights, state in rows:
        for name, content in (("weights", weights), ("training state", state)):
            if content is not None and not is_safetensors(content):
                yield Problem("checkpoint_damaged", f"run {run}, {kind}: {name}")
    for run, epoch, weights in connection.execute("SELECT run, epoch, weights FROM epochs"):
        if weights is not None and not is_safetensors(weights):
            yield Problem("checkpoint_damaged", f"run {run}, epoch {epoch}: weights")


def is_safetensors(content: Any) -> bool:
    """Say whether bytes are a whole safetensors file, from its header (8 bytes of length, JSON, data)."""
    if not isinstance(content, bytes) or len(content) < 8:
        return False
    length = int.from_bytes(content[:8], "little")
    data = len(content) - 8 - length
    if data < 0:
        return False
    try:
        header = json.loads(content[8 : 8 + length])
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return False
    return max(ends, default=0) == data
