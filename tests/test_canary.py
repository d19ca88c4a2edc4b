"""PySide6 6.12.0 on Python 3.11 loses a reference to None at every void call and so ends the process."""

from __future__ import annotations

import sys

import pytest

CALLS = 50_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_void_qt_calls_keep_the_references_to_none(qapp) -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.blockSignals(False)
        thing.setObjectName("")
    moved = sys.getrefcount(None) - before
    assert abs(moved) < CALLS // 100, f"{CALLS} void calls moved the count by {moved}"
