"""The largest batch that fits is found by trying, and never by filling the computer's memory."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.config import TrainConfig
from engine.training import batch_size, memory
from engine.training.batch_size import MARGIN, Found, largest

CONFIG = TrainConfig(model="mlp", hidden=(16,), device="cpu")
EACH = 1_000  # bytes an image


class Card:
    """A device with room for ``room`` images: more raise what PyTorch raises."""

    def __init__(self, room: int, error: Exception) -> None:
        self.room, self.error, self.asked = room, error, []

    def __call__(self, size: int) -> int:
        self.asked.append(size)
        if size > self.room:
            raise self.error
        return size * EACH


def found(*arguments, **more) -> Found:
    answer = largest(CONFIG, *arguments, **more)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        MemoryError(),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
    ],
)
@pytest.mark.parametrize("room", [1, 7, 8, 100, 777, 4_096, 5_000])
def test_it_is_found_within_an_eighth_for_every_kind_of_refusal(room: int, error: Exception) -> None:
    card = Card(room, error)
    answer = found(100_000, attempt=card, free=1 << 40)
    assert answer.limit == "memory"
    assert room * (1 - 1 / 8) - 1 <= answer.batch_size <= room
    assert len(card.asked) < 24


def test_all_the_digits_in_one_batch_are_the_limit_where_they_fit() -> None:
    answer = found(1_234, attempt=Card(10_000, MemoryError()), free=1 << 40)
    assert (answer.batch_size, answer.limit) == (1_234, "data")


def test_no_setting_is_larger_than_the_largest_allowed() -> None:
    answer = found(10_000_000, attempt=Card(10_000_000, MemoryError()), free=1 << 60)
    assert (answer.batch_size, answer.limit) == (65_536, "range")


def test_the_cpu_is_never_asked_for_more_than_is_free() -> None:
    card = Card(10**9, MemoryError())
    answer = found(100_000, attempt=card, free=100 * EACH)
    assert max(card.asked) * EACH <= MARGIN * 100 * EACH
    assert answer.limit == "memory"
    assert 0.8 * MARGIN * 100 <= answer.batch_size <= MARGIN * 100


def test_where_nothing_fits_it_says_so() -> None:
    assert found(1_000, attempt=Card(0, MemoryError()), free=1 << 40).batch_size == 0


def test_below_a_size_that_has_failed_only_smaller_ones_are_tried() -> None:
    card = Card(10_000, MemoryError())
    answer = found(100_000, attempt=card, free=1 << 40, below=512)
    assert (answer.batch_size, answer.limit) == (511, "memory")
    assert max(card.asked) < 512


def test_another_error_is_not_taken_for_a_full_memory() -> None:
    with pytest.raises(RuntimeError, match="broken"):
        largest(CONFIG, 100, attempt=Card(0, RuntimeError("broken")), free=1 << 40)


def test_it_can_be_cancelled() -> None:
    card = Card(10_000, MemoryError())
    assert largest(CONFIG, 1_000, attempt=card, free=1, progress=lambda done, _total: done < 1) is None
    assert len(card.asked) == 1


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_a_real_step_takes_memory_in_proportion_to_the_batch(model: str) -> None:
    config = TrainConfig(model=model, hidden=(64,), device="cpu")
    one, two, three = (memory.step_bytes(config, size) for size in (16, 32, 48))
    assert three - two == two - one > 16 * 784 * 4


def test_real_steps_end_at_the_digits_there_are() -> None:
    answer = largest(CONFIG, 100)
    assert answer is not None
    assert (answer.batch_size, answer.limit) == (100, "data")
    assert [done.batch_size for done in answer.tries] == [8, 16, 32, 64, 100]
    assert all(done.bytes for done in answer.tries)


def test_the_free_memory_of_a_container_counts_where_it_is_less(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9 kB\nMemAvailable:     2048 kB\n")
    assert memory._free_on_linux(meminfo, tmp_path) == 2048 * 1024
    (tmp_path / "memory.max").write_text("max\n")
    assert memory._free_on_linux(meminfo, tmp_path) == 2048 * 1024
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("400\n")
    assert memory._free_on_linux(meminfo, tmp_path) == 600
    assert memory._free_on_linux(tmp_path / "none", tmp_path / "none") is None
    assert batch_size.memory.free_bytes() is None or batch_size.memory.free_bytes() > 0
