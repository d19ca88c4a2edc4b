"""Where the command line speaks: results on standard output, progress on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import Any, TextIO

from engine.errors import EngineError
from engine.sentences import sentence

_BAR_WIDTH = 30
_REDRAW_SECONDS = 0.1


class Output:
    """Speaks one language, as text or as JSON lines.

    Attributes:
        language: ``en`` or ``ja``.
        as_json: True prints one JSON object a line on standard output and nothing else.
    """

    def __init__(self, language: str, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        self._bar_shown = False
        self._bar_drawn_at = 0.0
        for stream in (sys.stdout, sys.stderr):
            # a console that cannot show Japanese must not end the program
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        if as_json:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]

    def say(self, english: str, japanese: str) -> str:
        """Return the text in the language spoken."""
        return japanese if self.language == "ja" else english

    def text(self, english: str, japanese: str) -> None:
        """Print a line for people; nothing when JSON is asked for."""
        if not self.as_json:
            self._line(self.say(english, japanese), sys.stdout)

    def json(self, values: Mapping[str, Any]) -> None:
        """Print a line for programs; nothing when text is asked for."""
        if self.as_json:
            self._line(json.dumps(values, ensure_ascii=False), sys.stdout)

    def note(self, english: str, japanese: str) -> None:
        """Print a remark on standard error, in both modes."""
        self._line(self.say(english, japanese), sys.stderr)

    def error(self, error: EngineError) -> None:
        """Print the sentence of an error on standard error, as one line."""
        self._line(" ".join(sentence(error, self.language).split()), sys.stderr)

    def progress(self, done: int, total: int, label: str = "") -> bool:
        """Draw a bar on standard error where that is a terminal; always returns True (go on)."""
        now = time.monotonic()
        if not sys.stderr.isatty() or (done < total and now - self._bar_drawn_at < _REDRAW_SECONDS):
            return True
        self._bar_drawn_at = now
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        sys.stderr.write(f"\r\x1b[K{label}{bar} {done:,}/{total:,}")
        sys.stderr.flush()
        self._bar_shown = True
        return True

    def clear_progress(self) -> None:
        """Wipe the bar, so that the next line starts clean."""
        if self._bar_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._bar_shown = False

    def _line(self, text: str, stream: TextIO) -> None:
        self.clear_progress()
        print(text, file=stream, flush=True)
