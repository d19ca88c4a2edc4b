"""Where the command line speaks: results on standard output, progress on standard error."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TextIO

from engine.errors import Code, EngineError
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
        self._results, self._remarks = _stream(sys.stdout), _stream(sys.stderr)
        if as_json:
            _configure(self._results, encoding="utf-8")

    def say(self, english: str, japanese: str) -> str:
        """Return the text in the language spoken."""
        return japanese if self.language == "ja" else english

    def text(self, english: str, japanese: str) -> None:
        """Print a line for people; nothing when JSON is asked for."""
        if not self.as_json:
            self._result(self.say(english, japanese))

    def json(self, values: Mapping[str, Any]) -> None:
        """Print a line for programs; nothing when text is asked for."""
        if self.as_json:
            self._result(json.dumps(values, ensure_ascii=False))

    def note(self, english: str, japanese: str) -> None:
        """Print a remark on standard error, in both modes."""
        self._remark(self.say(english, japanese))

    def error(self, error: EngineError) -> None:
        """Print the sentence of an error on standard error, as one line."""
        self._remark(" ".join(sentence(error, self.language).split()))

    def progress(self, done: int, total: int, label: str = "") -> bool:
        """Draw a bar on standard error where that is a terminal; always returns True (go on)."""
        now = time.monotonic()
        if not self._remarks.isatty() or (done < total and now - self._bar_drawn_at < _REDRAW_SECONDS):
            return True
        self._bar_drawn_at = now
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        self._remarks.write(f"\r\x1b[K{label}{bar} {done:,}/{total:,}")
        self._remarks.flush()
        self._bar_shown = True
        return True

    def clear_progress(self) -> None:
        """Wipe the bar, so that the next line starts clean."""
        if self._bar_shown:
            self._remarks.write("\r\x1b[K")
            self._remarks.flush()
            self._bar_shown = False

    def _remark(self, text: str) -> None:
        with suppress(OSError):  # nobody can be told that nobody can be told
            self.clear_progress()
            print(text, file=self._remarks, flush=True)

    def _result(self, text: str) -> None:
        self.clear_progress()
        try:
            print(text, file=self._results, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise EngineError(Code.OUTPUT_UNWRITABLE, reason=error.strerror or error) from error


def _stream(stream: TextIO | None) -> TextIO:
    """Return a stream that takes every character; where it was closed (``>&-``), one that takes nothing."""
    if stream is None:
        stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program
    _configure(stream)
    return stream


def _configure(stream: TextIO, encoding: str | None = None) -> None:
    """Set the encoding; a console that cannot show Japanese must not end the program."""
    stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[attr-defined]
