"""Which digits train, which validate, which test: stratified, incremental, whole groups on one side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Split(StrEnum):
    """A side of the data. Val chooses (early stopping, settings), test only measures."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"

    @property
    def code(self) -> int:
        """Its number in arrays and files: 0, 1, 2."""
        return SPLITS.index(self)


SPLITS = (Split.TRAIN, Split.VAL, Split.TEST)
SHARES = (0.8, 0.1, 0.1)
FEWEST = 10  # a class with fewer digits trains with all of them


class SplitRule:
    """Places digits one after the other; the same digits in the same order get the same places.

    A group of digits (one alone is a group of one) goes to the side that lacks most, class by class, of
    its share of 80 % train, 10 % val, 10 % test; ties go to val, then test. Groups that have a side keep it.

    Args:
        counts: for each label (None: not labelled) how many digits the rule placed in train, val and test.
        groups: the side of each known group.
    """

    def __init__(self, counts: Mapping[int | None, Iterable[int]], groups: Mapping[str, int]) -> None:
        self._counts: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._counts.update((label, list(sides)) for label, sides in counts.items())
        self._groups = dict(groups)

    def side_of(self, group: str) -> int | None:
        """Return the side of a known group, else None."""
        return self._groups.get(group)

    def place(self, label: int | None) -> int:
        """Return the side, 0 … 2, of one digit of no group."""
        sides = self._counts[label]
        total = sum(sides) + 1
        if total < FEWEST:
            side = 0
        else:
            train, val, test = (share * total - have for share, have in zip(SHARES, sides, strict=True))
            side = 0 if train > val + _TIE and train > test + _TIE else 1 if val > test - _TIE else 2
        sides[side] += 1
        return side

    def place_group(self, group: str, labels: Mapping[int | None, int]) -> int:
        """Return the side of the digits of a group: its own, or for a new group the one that lacks most.

        Args:
            group: its name.
            labels: how many of its digits have each label.
        """
        side = self._groups.get(group)
        if side is None:
            side = self._neediest(labels)
            self._groups[group] = side
        for label, count in labels.items():
            self._counts[label][side] += count
        return side

    def _neediest(self, labels: Mapping[int | None, int]) -> int:
        lacking = [0.0, 0.0, 0.0]
        for label, count in labels.items():
            sides = self._counts[label]
            total = sum(sides) + count
            shares = SHARES if total >= FEWEST else (1.0, 0.0, 0.0)
            for side in range(3):
                lacking[side] += count * (shares[side] * total - sides[side])
        if lacking[0] > max(lacking[1:]) + _TIE:
            return 0
        return 1 if lacking[1] > lacking[2] - _TIE else 2


_TIE = 1e-9  # shares are not exact in binary
