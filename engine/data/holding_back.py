"""Choosing digits to hold back for validation, where somebody has none there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

SHARE = 0.2


def choose(rows: Iterable[tuple[int, int, str | None]]) -> list[int]:
    """Return about a fifth of the digits of each label, whole groups only, by the order of their ids.

    Args:
        rows: id, label and group (None: of no group) of the training digits.
    """
    units: defaultdict[str | int, list[tuple[int, int]]] = defaultdict(list)
    for id_, label, group in sorted(rows, key=lambda row: row[0]):
        units[id_ if group is None else group].append((id_, label))
    totals = Counter(label for unit in units.values() for _, label in unit)
    wanted = {label: max(1, round(SHARE * total)) if total > 1 else 0 for label, total in totals.items()}
    chosen: list[int] = []
    # From the newest on: the first digits of a class are often the ones it was begun with.
    for unit in reversed(units.values()):
        counts = Counter(label for _, label in unit)
        if all(wanted[label] >= count for label, count in counts.items()):
            chosen += [id_ for id_, _ in unit]
            for label, count in counts.items():
                wanted[label] -= count
    return sorted(chosen)
