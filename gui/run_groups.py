"""Which runs are repetitions of one another: the same settings and digits, other seeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.data.runs import RunRecord
from engine.training.comparison import repetition_key
from gui.document_session import DocumentSession


class RunGroups:
    """Compares the runs of the session's document."""

    def __init__(self, session: DocumentSession) -> None:
        self._session = session
        self._marks: dict[int, bytes] = {}  # by run: of its digits

    def clear(self) -> None:
        """Forget everything: another document is open."""
        self._marks.clear()

    def groups(self, records: Sequence[RunRecord]) -> list[list[int]]:
        """Return the runs that differ in the seed alone and went to their end, two or more a group."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for record in records:
            if record.state == "finished":
                groups.setdefault(self._key(record), []).append(record.id)
        return [group for group in groups.values() if len(group) > 1]

    def like(self, record: RunRecord, records: Iterable[RunRecord]) -> list[RunRecord]:
        """Return those that were trained to the end with its settings on the digits there are now."""
        version = self._session.document.data_version()
        wanted = replace(record.config, seed=0)
        return [
            other
            for other in records
            if other.state == "finished"
            and other.facts.get("data_version") == version
            and len(other.facts.get("segments", [0])) == 1  # never extended
            and replace(other.config, seed=0) == wanted
        ]

    def _key(self, record: RunRecord) -> tuple[object, ...]:
        if record.id not in self._marks:
            self._marks[record.id] = self._session.document.runs.members_mark(record.id)
        return repetition_key(record, self._marks[record.id])
