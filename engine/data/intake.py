"""New digits on their way into a document: duplicates left out, sides chosen, rows written."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np

from engine.data import edits
from engine.data.database import Database
from engine.data.sample_types import CORRECTION, SIDE, Misreading, NewSample, digest_of
from engine.data.splits import Split, SplitRule
from engine.errors import Code, EngineError


def store(database: Database, samples: list[NewSample], skip_duplicates: bool) -> range:
    """Write digits in one transaction and return their ids.

    Raises:
        EngineError: LABEL_INVALID and what writing may raise; nothing is written then.
    """
    for sample in samples:
        if sample.label is not None and not 0 <= sample.label <= 9:
            raise EngineError(Code.LABEL_INVALID, value=sample.label)
        if sample.digit.shape != (SIDE, SIDE) or sample.digit.dtype != np.uint8:
            raise ValueError(f"a digit is (28, 28) uint8, not {sample.digit.shape} {sample.digit.dtype}")
    pixels = [sample.digit.tobytes() for sample in samples]
    digests = [digest_of(content) for content in pixels]
    with database.transaction():
        chosen = list(range(len(samples)))
        if skip_duplicates:
            chosen = _without_duplicates(database, samples, digests)
        if not chosen:
            return range(0)
        new = [samples[index] for index in chosen]
        row = database.one("SELECT coalesce(max(id), 0) + 1 FROM samples")
        first = int(row[0]) if row else 1
        ids = range(first, first + len(new))
        _insert(database, ids, new, _place(database, new))
        database.run_many(
            "INSERT INTO digits VALUES (?, ?, ?)",
            ((id_, pixels[index], digests[index]) for id_, index in zip(ids, chosen, strict=True)),
        )
        edits.count_version(database)
    return ids


def _insert(database: Database, ids: range, samples: list[NewSample], sides: list[int]) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    database.run_many(
        "INSERT INTO samples (id, label, split, automatic, group_key, source, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (id_, new.label, side, int(new.split is None), new.group, new.source, now)
            for id_, new, side in zip(ids, samples, sides, strict=True)
        ),
    )
    database.run_many(
        "INSERT INTO originals VALUES (?, ?, ?)",
        (
            (id_, new.original_kind, new.original)
            for id_, new in zip(ids, samples, strict=True)
            if new.original is not None
        ),
    )
    corrected = [(id_, new) for id_, new in zip(ids, samples, strict=True) if new.source == CORRECTION]
    database.run_many(
        "INSERT INTO corrections (id, answer, confidence, run, epoch) VALUES (?, ?, ?, ?, ?)",
        ((id_, *_misread(new.misreading or Misreading())) for id_, new in corrected),
    )


def _misread(found: Misreading) -> tuple[int | None, float | None, int | None, int | None]:
    return found.answer, found.confidence, found.run, found.epoch


def _without_duplicates(database: Database, samples: list[NewSample], digests: list[bytes]) -> list[int]:
    """Return the places in ``samples`` of those that are neither stored nor earlier in the list."""
    seen = set(
        database.all_in(
            "SELECT d.digest, s.label FROM digits d CROSS JOIN samples s ON s.id = d.id"
            " WHERE s.deleted = 0 AND d.digest IN {}",
            digests,
        )
    )
    fresh = []
    for index, (sample, digest) in enumerate(zip(samples, digests, strict=True)):
        if (digest, sample.label) not in seen:
            seen.add((digest, sample.label))
            fresh.append(index)
    return fresh


def _place(database: Database, samples: list[NewSample]) -> list[int]:
    """Return the side of each sample: its group's, the wanted one, or the one the rule chooses."""
    members: dict[str, Counter[int | None]] = {}
    wanted: dict[str, Split] = {}
    for sample in samples:
        if sample.group is not None:
            members.setdefault(sample.group, Counter())[sample.label] += 1
            if sample.split is not None:
                wanted.setdefault(sample.group, sample.split)
    free = {sample.label for sample in samples if sample.split is None}
    rule = _rule(database, list(members), free)
    sides: dict[str, int] = {}
    for group, labels in members.items():
        known = rule.side_of(group)
        if known is None and group in wanted:
            sides[group] = wanted[group].code
        else:
            sides[group] = rule.place_group(group, labels)
    return [
        sides[sample.group]
        if sample.group is not None
        else sample.split.code
        if sample.split is not None
        else rule.place(sample.label)
        for sample in samples
    ]


def _rule(database: Database, groups: list[str], labels: set[int | None]) -> SplitRule:
    """Return the rule as it stands for digits of these groups and labels."""
    counts: dict[int | None, list[int]] = {}
    for label in labels:
        rows = database.all(
            "SELECT split, count(*) FROM samples WHERE deleted = 0 AND automatic = 1 AND label IS ?"
            " GROUP BY split",
            (label,),
        )
        placed = {int(side): int(count) for side, count in rows}
        counts[label] = [placed.get(side, 0) for side in range(3)]
    # deleted members count too: undo may bring them back
    known = database.all_in(
        "SELECT group_key, min(split) FROM samples WHERE group_key IN {} GROUP BY group_key", groups
    )
    return SplitRule(counts, dict(known))
