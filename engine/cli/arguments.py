"""An argument parser that speaks English and Japanese and ends in one clear line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from engine.errors import Code, EngineError

Say = Callable[[str, str], str]
Number = TypeVar("Number", int, float)

# argparse's own complaints (left) in Japanese; a new one stays English rather than unsaid
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"\1 が指定されていません"),
    (r"unrecognized arguments: (.+)", r"\1 という引数はありません"),
    (r"argument (.+): expected .*argument.*", r"\1 の値が指定されていません"),
    (r"argument (.+): invalid choice: (\S+) \(choose from (.+)\)", r"\1 に \2 は使えません(使える値: \3)"),
    (r"argument (.+): invalid \S+ value: (.+)", r"\1 に \2 は使えません"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 と \2 は同時に使えません"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 はあいまいです(候補: \2)"),
)


class Parser(argparse.ArgumentParser):
    """Raises USAGE instead of printing and exiting."""

    def __init__(self, *, say: Say, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self._say = say
        self._optionals.title = say("options", "オプション")
        self._positionals.title = say("what it takes", "引数")
        self.add_argument("-h", "--help", action="help", help=say("show this help", "この説明を表示する"))

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as the user's error."""
        japanese = message
        for pattern, replacement in _COMPLAINTS:
            if re.fullmatch(pattern, message):
                japanese = re.sub(pattern, replacement, message)
                break
        english = message[:1].upper() + message[1:]
        raise EngineError(Code.USAGE, detail=self._say(english, japanese))


def label(text: str) -> int:
    """Read a label, 0 to 9.

    Raises:
        EngineError: LABEL_INVALID.
    """
    if len(text) != 1 or text not in "0123456789":
        raise EngineError(Code.LABEL_INVALID, value=text)
    return int(text)


def whole(field: str, allowed: str) -> Callable[[str], int]:
    """Return a reader of whole numbers whose failure names the setting."""
    return _reader(int, field, allowed)


def number(field: str, allowed: str) -> Callable[[str], float]:
    """Return a reader of decimal numbers whose failure names the setting."""
    return _reader(float, field, allowed)


def name(text: str) -> str:
    """Read a name that can be stored.

    Raises:
        EngineError: CONFIG_INVALID where bytes of another encoding came in.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise EngineError(Code.CONFIG_INVALID, field="group", value=text, allowed="UTF-8") from None
    return text


def split(text: str) -> str:
    """Read a split's name.

    Raises:
        EngineError: CONFIG_INVALID.
    """
    if text not in ("train", "val", "test"):
        raise EngineError(Code.CONFIG_INVALID, field="split", value=text, allowed="train, val, test")
    return text


def add_document(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the document that a command works on."""
    parser.add_argument("document", metavar="DOC", type=Path, help=say("the .dojo file", ".dojo ファイル"))


def _reader(convert: Callable[[str], Number], field: str, allowed: str) -> Callable[[str], Number]:
    def read(text: str) -> Number:
        try:
            return convert(text)
        except ValueError:
            raise EngineError(Code.CONFIG_INVALID, field=field, value=text, allowed=allowed) from None

    return read
