"""The digits of a run, packed: ids and labels as small blobs."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

_MOST_MEMBERS = 16_000_000  # no packed list of nothing fills the memory


def pack_ids(ids: NDArray[np.int64]) -> bytes:
    """Return ids (N,) as compressed differences; rising ids take almost nothing."""
    return zlib.compress(np.diff(np.asarray(ids, "<i8"), prepend=np.int64(0)).astype("<i8").tobytes())


def unpack_ids(packed: bytes) -> NDArray[np.int64]:
    """Return what ``pack_ids`` packed; ValueError, TypeError or zlib.error where it is damaged."""
    return np.cumsum(np.frombuffer(_unpack(packed, 8), "<i8"), dtype=np.int64)


def pack_labels(labels: NDArray[np.int8], count: int) -> bytes:
    """Return labels (N,) compressed."""
    if len(labels) != count:
        raise ValueError(f"{count} ids but {len(labels)} labels")
    return zlib.compress(np.asarray(labels, np.int8).tobytes())


def unpack_labels(packed: bytes) -> NDArray[np.int8]:
    """Return what ``pack_labels`` packed; ValueError, TypeError or zlib.error where it is damaged."""
    return np.frombuffer(_unpack(packed, 1), np.int8)


def _unpack(packed: bytes, item_bytes: int) -> bytes:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _MOST_MEMBERS * item_bytes)
    if not unpacker.eof:
        raise ValueError("incomplete, or far too long")
    return content
