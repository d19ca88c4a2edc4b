"""What a device is called in the window's language; the engine's own word is for the log."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

_SPOKEN = re.compile(r"(?P<name>cpu|cuda|mps)(?: \((?P<more>.+)\))?")
_THREADS = re.compile(r"(\d+) threads?")


class DeviceWords(QObject):
    """Says it; lupdate finds the plural form of a text only in a ``tr``."""

    def words(self, spoken: str) -> str:
        """Return words for what the engine calls ``spoken``."""
        found = _SPOKEN.fullmatch(spoken)
        if found is None:
            return spoken
        more = found["more"] or {"mps": "Apple"}.get(found["name"], "")
        if threads := _THREADS.fullmatch(more):
            count = int(threads[1])
            more = self.tr("%Ln thread(s)", "", count)
        kind = "CPU" if found["name"] == "cpu" else "GPU"
        return self.tr("{kind} ({more})").format(kind=kind, more=more) if more else kind


def device_words(spoken: str) -> str:
    """Return words for what the engine calls a device, as ``cpu (2 threads)``; others stay as they are."""
    return DeviceWords().words(spoken)
