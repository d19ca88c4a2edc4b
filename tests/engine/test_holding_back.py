"""Which digits are held back for validation where none were."""

from __future__ import annotations

from collections import Counter

from engine.data.holding_back import choose


def test_a_fifth_of_each_label_is_held_back() -> None:
    rows = [(number, number % 10, None) for number in range(200)]
    chosen = choose(rows)
    assert Counter(number % 10 for number in chosen) == dict.fromkeys(range(10), 4)
    assert chosen == sorted(set(chosen))


def test_a_single_digit_of_a_label_stays_to_be_learnt() -> None:
    assert choose([(1, 7, None), (2, 3, None), (3, 3, None)]) == [3]


def test_a_group_stays_on_one_side() -> None:
    rows = [(number, number % 10, f"writer {number // 50}") for number in range(250)]
    chosen = choose(rows)
    assert len(chosen) == 50 and len({number // 50 for number in chosen}) == 1


def test_one_writer_alone_cannot_be_divided() -> None:
    assert choose([(number, number % 10, "anna") for number in range(50)]) == []
