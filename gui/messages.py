"""What the window says: an error's sentence in the window's language, and the kinds of messages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from engine.errors import Code, EngineError
from engine.sentences import sentence, sentence_for
from gui import i18n


class Kind(StrEnum):
    """How a message looks and how long it stays: info and success fade, the others wait to be closed.

    Busy looks like info and goes when what it tells of has ended.
    """

    BUSY = "busy"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


def joined(*sentences: str) -> str:
    """Return sentences as one text; a Japanese full stop brings its own space."""
    return " ".join(sentences).replace("。 ", "。")


def sentence_of(error: EngineError) -> str:
    """Return what ``error`` means, in the window's language."""
    return sentence(error, i18n.language())


def sentence_of_code(code: Code | str, fields: Mapping[str, object]) -> str:
    """Return the same for a code and its fields, as ``RunFailed`` carries them."""
    return sentence_for(code, fields, i18n.language())
