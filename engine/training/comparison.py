"""What tells runs apart: only the settings and facts that differ, and which runs differ in the seed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.data.runs import RunRecord

FACTS = ("device", "threads", "n_train", "n_val", "data_version", "torch", "python", "app", "platform")


def settings_of(record: RunRecord) -> dict[str, Any]:
    """Return a run's settings and facts by name, in the order in which people read them.

    ``hidden`` is None for a network without such layers; ``added_epochs`` counts the extensions;
    ``device`` is where it computed, not what was asked for. Each amount of a ``custom`` augmentation stands
    alone, as ``augment_shift`` and so on; other augmentations have no such rows.
    """
    config, facts = record.config, record.facts
    values = config.to_dict()
    values["hidden"] = tuple(config.hidden) if config.model == "mlp" else None
    amounts = values.pop("augment_amounts") or {}
    values |= {f"augment_{name}": amount for name, amount in amounts.items()}
    segments = facts.get("segments", [config.epochs])
    values["added_epochs"] = sum(segments[1:])
    values |= {name: facts.get(name) for name in FACTS}
    values["device"] = facts.get("spoken_device", facts.get("device", config.device))
    return values


def differing(records: Sequence[RunRecord]) -> dict[str, list[Any]]:
    """Return the settings and facts that are not the same in all runs, each with a value a run."""
    tables = [settings_of(record) for record in records]
    names = list(dict.fromkeys(name for table in tables for name in table))
    columns = {name: [table.get(name) for table in tables] for name in names}
    return {name: values for name, values in columns.items() if any(value != values[0] for value in values)}


def repetition_key(record: RunRecord, members: bytes) -> tuple[object, ...]:
    """Return what is equal for runs that differ in the seed alone.

    Args:
        record: the run.
        members: its ``RunTable.members_mark``.
    """
    segments = tuple(record.facts.get("segments", [record.config.epochs])[1:])
    return replace(record.config, seed=0).to_json(), segments, record.facts.get("device"), members
